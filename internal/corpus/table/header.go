package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// maxHeader bounds the first row, and so the number of columns.
const maxHeader = 64 << 10

// A header is what the first row says of all others.
type header struct {
	syntax
	names []string
	at    [corpus.Roles][]int // the columns of each role, the preferred one first
	serve [][]service         // of each column

	members []string // the names as those of an object, once they were asked for
}

// A service is a role that a column has, and its rank among those that have
// it, from 1.
type service struct {
	role corpus.Role
	rank int
}

func newHeader(s syntax, row []byte, wanted corpus.Fields) header {
	h := header{syntax: s}
	for rest := s.fieldsOf(row); ; {
		one, ok := rest.next()
		if !ok {
			break
		}
		value, _ := s.appendValue(nil, one)
		h.names = append(h.names, strings.ToValidUTF8(string(bytes.TrimSpace(value)), "\uFFFD"))
	}
	h.at = wanted.Columns(h.names)
	h.serve = make([][]service, len(h.names))
	for role := range h.at {
		if len(h.at[role]) == 0 {
			h.at[role] = inAnyCase(h.names, wanted[role])
		}
		for i, column := range h.at[role] {
			h.serve[column] = append(h.serve[column], service{corpus.Role(role), i + 1})
		}
	}
	return h
}

// inAnyCase returns the columns that bear the names, but for case.
func inAnyCase(columns, names []string) (at []int) {
	for _, name := range names {
		found := slices.IndexFunc(columns, func(column string) bool { return strings.EqualFold(column, name) })
		if found >= 0 && !slices.Contains(at, found) {
			at = append(at, found)
		}
	}
	return at
}

// headerOf returns the header that the head of an input begins with, and the
// length of its row. Of several separators the one counts that makes a column of
// texts, or else most columns. False says that the row does not end in the head.
func headerOf(head []byte, final bool, candidates []syntax, wanted corpus.Fields) (best header, length int, ok bool) {
	for _, s := range candidates {
		first := row{syntax: s}
		if first.scan(head, final) != ended {
			continue
		}
		h := newHeader(s, head[:first.pos], wanted)
		if !ok || h.isBetter(&best) {
			best, length, ok = h, first.pos, true
		}
	}
	return best, length, ok
}

func (h *header) isBetter(than *header) bool {
	if text := h.hasText(); text != than.hasText() {
		return text
	}
	return len(h.names) > len(than.names)
}

func (h *header) hasText() bool { return len(h.at[corpus.Text]) > 0 }

// maxListed is how many columns a message lists.
const maxListed = 8

// missing says that the table has no column of the name, and what it has.
func (h *header) missing(name string) string {
	listed, more := h.names, ""
	if len(listed) > maxListed {
		listed, more = listed[:maxListed], ", …"
	}
	shown := make([]string, len(listed))
	for i, name := range listed {
		shown[i] = corpus.ShowName(name)
	}
	return fmt.Sprintf("no column %q (this table has: %s%s)", name, strings.Join(shown, ", "), more)
}
