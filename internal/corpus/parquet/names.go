package parquet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// maxListedNames is how many columns of a file a message lists: enough to
// find the one that holds the text.
const maxListedNames = 12

// noColumn says that the file has no such column, and what it has instead.
func noColumn(leaves []leaf, name string) string {
	var names []string
	for _, l := range leaves {
		if shown := corpus.ShowName(l.name); l.name != "" && !slices.Contains(names, shown) {
			names = append(names, shown)
		}
		if len(names) > maxListedNames {
			break
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("no column %q (this file has none)", name)
	}
	more := ""
	if len(names) > maxListedNames {
		names, more = names[:maxListedNames], ", …"
	}
	return fmt.Sprintf("no column %q (this file has: %s%s)", name, strings.Join(names, ", "), more)
}
