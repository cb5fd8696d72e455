package parquet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A leaf is a column: a node of the schema that has values.
type leaf struct {
	// name is that of its fields from the outermost inwards, with dots between;
	// of a list, that of the field that is one.
	name     string
	physical int
	width    int // of a value, 0 where each has its own
	kind     kind
	repeated bool
	// defined is the definition level of a value that is not null: how many
	// fields on the way to it may be absent.
	defined int
}

const (
	maxDepth = 100
	// maxNameBytes bounds the name of a column, which holds those of all its groups.
	maxNameBytes = 1 << 10
)

var errSchema = errors.New("its columns do not form a tree")

// leaves returns the columns in the order in which row groups have them.
func (f *footer) leaves() ([]leaf, error) {
	w := treeWalk{rest: f.elements[1:]}
	for range f.elements[0].children {
		if !w.node(leaf{}, nil) {
			return nil, errSchema
		}
	}
	if len(w.rest) > 0 {
		return nil, errSchema
	}
	return w.leaves, nil
}

// A treeWalk makes a tree of the elements, which stand depth first.
type treeWalk struct {
	rest   []element
	leaves []leaf
}

// node takes the next node, below what the leaf tells of the way to it.
func (w *treeWalk) node(above leaf, path []string) bool {
	if len(w.rest) == 0 || len(path) >= maxDepth {
		return false
	}
	e := w.rest[0]
	w.rest = w.rest[1:]
	path = append(path, e.name)
	if e.repetition != 0 {
		above.defined++
	}
	if e.repetition == repeated && !above.repeated {
		above.repeated = true
		above.name = join(path[:max(1, len(path)-1)])
	}
	if e.physical == noPhysical {
		for range e.children {
			if !w.node(above, path) {
				return false
			}
		}
		return true
	}
	if !above.repeated {
		above.name = join(path)
	}
	above.physical, above.width, above.kind = e.physical, e.valueWidth(), e.kind()
	w.leaves = append(w.leaves, above)
	return true
}

// join returns the dotted name, "" where it is too long to be asked for.
func join(path []string) string {
	length := len(path) - 1
	for _, name := range path {
		length += len(name)
	}
	if length > maxNameBytes {
		return ""
	}
	return strings.Join(path, ".")
}

// choose returns the columns of each role, the preferred one first and none
// behind one without nulls: for the text those that hold text, for the others
// what can be written as such.
func choose(leaves []leaf, fields corpus.Fields) [corpus.Roles][]int {
	named := make([]string, len(leaves))
	texts := make([]string, len(leaves))
	for i, l := range leaves {
		if l.kind != other && !l.repeated {
			named[i] = l.name
		}
		if l.kind == text {
			texts[i] = named[i]
		}
	}
	at := fields.Columns(named)
	at[corpus.Text] = fields.Columns(texts)[corpus.Text]
	for role, wanted := range at {
		if full := slices.IndexFunc(wanted, func(i int) bool { return leaves[i].defined == 0 }); full >= 0 {
			at[role] = wanted[:full+1]
		}
	}
	return at
}

// noText says why there is no column of the text, and what the user may do.
func noText(leaves []leaf, fields corpus.Fields) string {
	for _, name := range fields[corpus.Text] {
		at := slices.IndexFunc(leaves, func(l leaf) bool { return l.name == name })
		switch {
		case at < 0:
		case leaves[at].repeated:
			return fmt.Sprintf("the column %q holds lists, not text; --text-field names the text", name)
		default:
			return fmt.Sprintf("the column %q holds %s, not text; --text-field names the text", name, leaves[at].kind.called())
		}
	}
	return noColumn(leaves, fields[corpus.Text][0]) + "; --text-field names the text"
}
