package table

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// maxHeader bounds the first row, and so the number of columns.
const maxHeader = 64 << 10

// A header is what the first row says of all others.
type header struct {
	syntax
	names []string
	at    [corpus.Roles]int // the column of each role, -1 where there is none
	roles []uint16          // of each column, a bit for each
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
	h.roles = make([]uint16, len(h.names))
	for role := range h.at {
		if h.at[role] < 0 {
			h.at[role] = inAnyCase(h.names, wanted[role])
		}
		if h.at[role] >= 0 {
			h.roles[h.at[role]] |= 1 << role
		}
	}
	return h
}

// inAnyCase returns the first column that bears one of the names, but for case.
func inAnyCase(columns, names []string) int {
	for _, name := range names {
		if at := slices.IndexFunc(columns, func(column string) bool { return strings.EqualFold(column, name) }); at >= 0 {
			return at
		}
	}
	return -1
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
	if text := h.at[corpus.Text] >= 0; text != (than.at[corpus.Text] >= 0) {
		return text
	}
	return len(h.names) > len(than.names)
}

const (
	// maxListed is how many columns a message lists.
	maxListed = 8
	// maxNameBytes is how long a listed name may be before it is cut.
	maxNameBytes = 40
)

// missing says that the table has no column of the name, and what it has.
func (h *header) missing(name string) string {
	listed, more := h.names, ""
	if len(listed) > maxListed {
		listed, more = listed[:maxListed], ", …"
	}
	shown := make([]string, len(listed))
	for i, name := range listed {
		shown[i] = showName(name)
	}
	return fmt.Sprintf("no column %q (this table has: %s%s)", name, strings.Join(shown, ", "), more)
}

// showName returns the name as it stands where it is a plain word, else quoted.
func showName(name string) string {
	cut := ""
	if len(name) > maxNameBytes {
		name, cut = strings.ToValidUTF8(name[:maxNameBytes], ""), "…"
	}
	if name != "" && strings.Trim(name, plainName) == "" {
		return name + cut
	}
	return strconv.Quote(name) + cut
}

// plainName are the bytes of a name that needs no quotes.
const plainName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:@$/"
