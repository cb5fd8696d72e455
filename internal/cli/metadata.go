package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// noMetadata is the name of none.
const noMetadata = "none"

// metadata is what may be told of an article, in the order of reports.
func metadata() []corpus.Role {
	return []corpus.Role{corpus.Title, corpus.URL, corpus.Published, corpus.Language}
}

func metadataNames() []string {
	var names []string
	for _, role := range metadata() {
		names = append(names, role.String())
	}
	return names
}

// setMetadata takes over what is told of an article.
func (o *scanOptions) setMetadata() error {
	for _, name := range o.metadata {
		if name != noMetadata && !slices.Contains(metadataNames(), name) {
			return fmt.Errorf("unknown metadata %q: known are %s and %s", name, strings.Join(metadataNames(), ", "), noMetadata)
		}
		if name == noMetadata && len(o.metadata) > 1 {
			return fmt.Errorf("metadata %s and others at once", noMetadata)
		}
	}
	for _, role := range metadata() {
		o.corpus.Omit[role] = !slices.Contains(o.metadata, role.String())
	}
	return nil
}
