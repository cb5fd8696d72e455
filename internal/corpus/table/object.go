package table

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// object is a row as a JSON object of strings, by the names of the columns. A column
// without a name is called by its number, from 1, and so is one whose name another
// bears, behind it.
func object(of corpus.Splitter, record corpus.Record) []byte {
	h := &of.(*splitter).header
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	write := func(value string) {
		_ = encoder.Encode(value) // of a string, to memory
		out.Truncate(out.Len() - 1)
	}
	rest := h.fieldsOf(record.Data)
	if h.members == nil {
		h.members = h.uniqueNames()
	}
	for i, name := range h.members {
		one, ok := rest.next()
		if !ok {
			break
		}
		out.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		write(name)
		out.WriteByte(':')
		if h.isNull(one) {
			out.WriteString("null")
			continue
		}
		value, _ := h.appendValue(nil, one)
		write(string(value))
	}
	if out.Len() == 0 {
		return nil
	}
	out.WriteByte('}')
	return out.Bytes()
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
