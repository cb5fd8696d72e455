package jsonl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// maxListedNames is how many fields of a record a message lists: enough to
// see which kind of dump it is.
const maxListedNames = 5

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
		if shown := corpus.ShowName(string(name.plain())); !slices.Contains(names, shown) {
			names = append(names, shown)
		}
	}
	return names
}
