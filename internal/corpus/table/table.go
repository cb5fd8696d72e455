package table

import (
	"bytes"
	"regexp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

var (
	commas = []syntax{{separator: ','}, {separator: ';'}, {separator: '\t'}}
	tabs   = []syntax{{separator: '\t', tabs: true}}
)

// CSV is comma-separated values whose articles stand in the given columns.
func CSV(wanted corpus.Fields) corpus.Format { return format("csv", commas, wanted) }

// TSV is tab-separated values whose articles stand in the given columns.
func TSV(wanted corpus.Fields) corpus.Format { return format("tsv", tabs, wanted) }

func format(name string, candidates []syntax, wanted corpus.Fields) corpus.Format {
	wanted = wanted.OrDefault()
	return corpus.Format{
		Name: name,
		Open: func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) {
			s := &splitter{in: in, candidates: candidates, wanted: wanted}
			return s, s.decode
		},
		Writing: &corpus.Writing{LineEnds: 1, Body: bodyAt},
		Object:  object,
	}
}

// column is how the name of a column is written: no sentence of news is made
// of such words alone with commas between and no blanks.
var column = regexp.MustCompile(`^("[\w .:/-]{0,40}"|[\w.:/-]{0,40})$`)

// Columns returns the columns that the head of an input names in its first
// line, if it looks like a table: several, and nothing but names.
// tabbed says that tabs part them; known, that one is of the texts.
func Columns(head []byte, wanted corpus.Fields) (names []string, tabbed, known bool) {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	h, _, ok := headerOf(line, true, commas, wanted.OrDefault())
	if !ok || len(h.names) < 2 {
		return nil, false, false
	}
	for rest := bytes.TrimSuffix(line, []byte{'\r'}); ; {
		name, more, found := bytes.Cut(rest, []byte{h.separator})
		if !column.Match(name) {
			return nil, false, false
		}
		if rest = more; !found {
			return h.names, h.separator == '\t', h.hasText()
		}
	}
}
