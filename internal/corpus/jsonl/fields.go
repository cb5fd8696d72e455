package jsonl

import (
	"bytes"
	"strings"
)

// A value is a JSON value as it is written, nil where there is none.
type value []byte

func (v value) isString() bool { return len(v) > 0 && v[0] == '"' }

// literal returns the inside of a string.
func (v value) literal() literal { return literal(v[1 : len(v)-1]) }

// kind names the kind of value, for messages.
func (v value) kind() string {
	if len(v) == 0 {
		return "missing"
	}
	switch v[0] {
	case '"':
		return "a string"
	case '{':
		return "an object"
	case '[':
		return "an array"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// A lookup is a member that is wanted, and its value once it is found.
type lookup struct {
	name  string
	value value
	asked bool // whether its text is wanted, too
	text  text // of the value, if that is a string
}

// find passes over the object and sets the lookups whose names are members of
// it, the last of each name. It returns false where the object is not sound.
func (s *scanner) find(wanted []lookup) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	for {
		name, ok := s.memberName()
		if !ok || !s.memberValue(name, wanted) {
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

// memberValue passes over the value of a member and sets the lookups of that name.
func (s *scanner) memberValue(name literal, wanted []lookup) bool {
	name = name.plain()
	var asked *text
	for i := range wanted {
		if wanted[i].asked && string(name) == wanted[i].name {
			asked = &wanted[i].text
		}
	}
	start := s.pos
	if asked != nil && s.here() == '"' {
		l, ok := s.quoted()
		if !ok || !asked.set(l) {
			return false
		}
	} else if !s.value() {
		return false
	}
	for i := range wanted {
		if string(name) == wanted[i].name {
			wanted[i].value = s.data[start:s.pos]
		}
	}
	return true
}

// findAll finds the lookups in the whole text, which is one object. A dotted
// name that no member bears is looked for in the objects that it leads into.
func findAll(text []byte, wanted []lookup) bool {
	s := scanner{data: text}
	if !s.find(wanted) || s.next() != 0 || s.pos < len(text) {
		return false
	}
	for i := range wanted {
		if w := &wanted[i]; w.value == nil && strings.Contains(w.name, ".") {
			w.value = inside(text, w.name)
			if w.asked && w.value.isString() {
				w.text.set(w.value.literal())
			}
		}
	}
	return true
}

// inside follows a dotted name into the objects of a sound object.
func inside(object value, name string) value {
	for at := range len(name) {
		if name[at] != '.' {
			continue
		}
		outer := []lookup{{name: name[:at]}}
		(&scanner{data: object}).find(outer)
		if !bytes.HasPrefix(outer[0].value, []byte{'{'}) {
			continue
		}
		inner := []lookup{{name: name[at+1:]}}
		(&scanner{data: outer[0].value}).find(inner)
		if inner[0].value == nil {
			inner[0].value = inside(outer[0].value, name[at+1:])
		}
		if inner[0].value != nil {
			return inner[0].value
		}
	}
	return nil
}

// isObject reports whether the text is one JSON object and nothing else.
func isObject(text []byte) bool { return findAll(text, nil) }
