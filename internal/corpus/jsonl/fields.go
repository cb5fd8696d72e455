package jsonl

import (
	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A value is a JSON value as it is written, nil where there is none.
type value []byte

func (v value) isString() bool { return len(v) > 0 && v[0] == '"' }

// literal returns the inside of a string.
func (v value) literal() literal { return literal(v[1 : len(v)-1]) }

const (
	number = "a number"
	object = "an object"
)

// kind names the kind of value, for messages.
func (v value) kind() string {
	if len(v) == 0 {
		return "missing"
	}
	switch v[0] {
	case '"':
		return "a string"
	case '{':
		return object
	case '[':
		return "an array"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	default:
		return number
	}
}

// find passes over the object and keeps the members that are wanted, the last
// of each name. It returns false where the object is not sound.
func (s *scanner) find(in *members) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	for {
		name, ok := s.memberName()
		if !ok || !s.memberValue(name, in) {
			return false
		}
		if !s.take(',') {
			return s.take('}')
		}
	}
}

// memberName passes over the name of the next member of an object, up to the
// first byte of its value.
func (s *scanner) memberName() (name literal, ok bool) {
	if s.next() != '"' {
		return nil, false
	}
	start := s.pos + 1
	if !s.text() {
		return nil, false
	}
	name = literal(s.data[start : s.pos-1])
	if !s.take(':') {
		return nil, false
	}
	s.next()
	return name, true
}

// memberValue passes over the value of a member, and keeps it if it is wanted.
func (s *scanner) memberValue(name literal, in *members) bool {
	wanted := in.names.called(name.plain())
	for _, one := range wanted {
		if one.role == corpus.Text && s.here() == '"' && one.at <= in.ofBody {
			return s.bodyValue(wanted, one.at, in)
		}
	}
	start := s.pos
	if !s.value() {
		return false
	}
	in.keep(wanted, s.data[start:s.pos])
	return true
}

// bodyValue is memberValue for the string that may be the article's text, which
// is made while it is passed over.
func (s *scanner) bodyValue(wanted []name, at int, in *members) bool {
	start := s.pos
	l, ok := s.quoted()
	if !ok || !in.body.set(l) {
		return false
	}
	in.ofBody = at
	in.keep(wanted, s.data[start:s.pos])
	return true
}

// findAll finds the members in the whole text, which is one object. A dotted
// name that no member bears is looked for in the objects that it leads into.
func findAll(text []byte, in *members) bool {
	s := scanner{data: text}
	if !s.find(in) || s.next() != 0 || s.pos < len(text) {
		return false
	}
	for _, one := range in.names.dotted {
		v := in.value(one.at)
		if outer := *in.value(one.head); *v == nil && outer.kind() == object {
			*v = outer.inside(one.rest)
		}
	}
	return true
}

// inside follows a name, which may be dotted, into a sound object.
func (v value) inside(name string) value {
	if found := v.member(name); found != nil {
		return found
	}
	for dot := range len(name) {
		if name[dot] != '.' {
			continue
		}
		if outer := v.member(name[:dot]); outer.kind() == object {
			if found := outer.inside(name[dot+1:]); found != nil {
				return found
			}
		}
	}
	return nil
}

// member returns the value of a member of a sound object, nil where it has none.
func (v value) member(called string) value {
	s, found := scanner{data: v}, value(nil)
	for ok := s.take('{'); ok; ok = s.take(',') {
		name, ok := s.memberName()
		start := s.pos
		if !ok || !s.value() {
			break
		}
		if string(name.plain()) == called {
			found = s.data[start:s.pos]
		}
	}
	return found
}

// isObject reports whether the text is one JSON object and nothing else.
func isObject(text []byte) bool { return findAll(text, &members{names: &names{}}) }
