package jsonl

import (
	"math"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A name is what a member may be called whose value is wanted.
type name struct {
	text string
	role corpus.Role
	at   int // its place among all names, those of one role in the order of preference
}

// names are all of them. They are many and looked up for each member: there
// are one or two of most lengths.
type names struct {
	byLength [][][]name // those of the length, those of one text together
	dotted   []dotted
	ofRole   [corpus.Roles]struct{ first, end int }
	count    int
	askedID  bool // the user has named the fields of the identifier
}

func newNames(fields corpus.Fields) *names {
	n := &names{askedID: fields.Asked(corpus.ID)}
	for role, called := range fields {
		n.ofRole[role].first = n.count
		for _, text := range called {
			n.add(text, corpus.Role(role))
		}
		n.ofRole[role].end = n.count
	}
	for role, called := range fields {
		for i, text := range called {
			n.addHeads(text, n.ofRole[role].first+i)
		}
	}
	return n
}

// A dotted is a name that may lead into the object that its head, up to a dot,
// is the name of.
type dotted struct {
	at, head int    // places
	rest     string // behind the dot
}

// noRole is that of names that are only the heads of others.
const noRole = corpus.Roles

func (n *names) addHeads(text string, at int) {
	for dot := range len(text) {
		if text[dot] == '.' {
			n.dotted = append(n.dotted, dotted{at, n.count, text[dot+1:]})
			n.add(text[:dot], noRole)
		}
	}
}

func (n *names) add(text string, role corpus.Role) {
	one := name{text, role, n.count}
	n.count++
	for len(n.byLength) <= len(one.text) {
		n.byLength = append(n.byLength, nil)
	}
	groups := &n.byLength[len(one.text)]
	same := slices.IndexFunc(*groups, func(group []name) bool { return group[0].text == one.text })
	if same < 0 {
		same = len(*groups)
		*groups = append(*groups, nil)
	}
	(*groups)[same] = append((*groups)[same], one)
}

// called returns the names that a member so called bears, mostly none.
func (n *names) called(member []byte) []name {
	if len(member) >= len(n.byLength) {
		return nil
	}
	for _, group := range n.byLength[len(member)] {
		if group[0].text == string(member) {
			return group
		}
	}
	return nil
}

// members are what an object has of the names.
type members struct {
	names  *names
	values [manyNames]value // by the place of the name, nil where there is none
	more   []value          // of the names behind the first many
	body   text             // of the member that is preferred among those seen
	ofBody int              // its place
}

// manyNames is how many names a record is searched for without an allocation,
// more than the default ones.
const manyNames = 48

// value returns the place of the value of a name.
func (m *members) value(at int) *value {
	if at < manyNames {
		return &m.values[at]
	}
	if m.more == nil {
		m.more = make([]value, m.names.count-manyNames)
	}
	return &m.more[at-manyNames]
}

// noBody is the place of the text of an object that has none.
const noBody = math.MaxInt

func (m *members) keep(wanted []name, v value) {
	for _, one := range wanted {
		*m.value(one.at) = v
	}
}

// of returns the value of the role: the first that it can have.
func (m *members) of(role corpus.Role) (v value, at int) {
	numbers := role == corpus.ID || role == corpus.Published
	names := m.names.ofRole[role]
	for at := names.first; at < names.end; at++ {
		if v := *m.value(at); v.isString() || numbers && v.kind() == number {
			return v, at
		}
	}
	return nil, noBody
}

// any returns the first value of the role, though it cannot have it, and the
// name that bears it; the preferred name where there is none.
func (m *members) any(role corpus.Role) (value, string) {
	of := m.names.ofRole[role]
	at := of.first
	for i := of.first; i < of.end; i++ {
		if *m.value(i) != nil {
			at = i
			break
		}
	}
	return *m.value(at), m.names.text(at)
}

// text returns the name of a place.
func (n *names) text(at int) string {
	for _, groups := range n.byLength {
		for _, group := range groups {
			for _, one := range group {
				if one.at == at {
					return one.text
				}
			}
		}
	}
	return ""
}
