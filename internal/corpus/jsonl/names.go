package jsonl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	// maxListedNames is how many fields of a record a message lists: enough to
	// see which kind of dump it is.
	maxListedNames = 5
	// maxNameBytes is how long a listed name may be before it is cut.
	maxNameBytes = 40
)

// noField says that a sound record has no such field, and what it has instead.
func noField(record corpus.Record, field string) string {
	names := memberNames(record.Data)
	if len(names) == 0 {
		return fmt.Sprintf("no field %q (this record has none)", field)
	}
	more := ""
	if len(names) > maxListedNames {
		names, more = names[:maxListedNames], ", …"
	}
	return fmt.Sprintf("no field %q (this record has: %s%s)", field, strings.Join(names, ", "), more)
}

// memberNames returns the names of the members of a sound object, in their
// order and fit to be shown; of many, one more than are listed.
func memberNames(object []byte) []string {
	var names []string
	s := scanner{data: object}
	for ok := s.take('{'); ok && len(names) <= maxListedNames; ok = s.take(',') {
		name, ok := s.memberName()
		if !ok || !s.value() {
			break
		}
		if shown := showName(name); !slices.Contains(names, shown) {
			names = append(names, shown)
		}
	}
	return names
}

// showName returns the name as it stands where it is a plain word, else quoted.
func showName(l literal) string {
	name, cut := string(l.plain()), ""
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
