package table

import (
	"strconv"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// object is a row as a JSON object of strings, by the names of the columns. A column
// without a name is called by its number, from 1, and so is one whose name another
// bears, behind it.
func object(of corpus.Splitter, record corpus.Record, _ *corpus.Article) []byte {
	h := &of.(*splitter).header
	var row corpus.Object
	rest := h.fieldsOf(record.Data)
	if h.members == nil {
		h.members = h.uniqueNames()
	}
	for _, name := range h.members {
		one, ok := rest.next()
		if !ok {
			break
		}
		if h.isNull(one) {
			row.AddJSON(name, []byte("null"))
			continue
		}
		value, _ := h.appendValue(nil, one)
		row.AddText(name, string(value))
	}
	return row.Bytes()
}

// uniqueNames returns the names of the columns as members of one object.
func (h *header) uniqueNames() []string {
	names, taken := make([]string, len(h.names)), make(map[string]bool)
	for _, name := range h.names {
		taken[name] = true
	}
	seen := make(map[string]bool)
	for i, name := range h.names {
		for number := i + 1; name == "" || seen[name]; number++ {
			if numbered := h.names[i] + "#" + strconv.Itoa(number); !taken[numbered] {
				name = numbered
			}
			taken[name] = true
		}
		seen[name] = true
		names[i] = name
	}
	return names
}
