package jsonl

import "bytes"

// maxDepth is how deep arrays and objects may be nested, that of encoding/json.
const maxDepth = 10_000

// A scanner passes over the parts of a JSON text. Each method returns whether
// a sound part stood at the position, and then has moved behind it.
type scanner struct {
	data []byte
	pos  int
}

// next returns the next byte that is not white space without passing over it,
// 0 at the end, which is no byte of sound JSON outside a string either.
func (s *scanner) next() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take passes over the byte after white space, if it is the wanted one.
func (s *scanner) take(wanted byte) bool {
	if s.next() != wanted {
		return false
	}
	s.pos++
	return true
}

// value passes over the value of a member, without recursion: how deep a
// hostile text is nested must not matter.
func (s *scanner) value() bool {
	var shallow [32]byte
	open := shallow[:0] // the closing brackets awaited
	for {
		switch c := s.next(); c {
		case '{', '[':
			s.pos++
			if len(open)+1 >= maxDepth { // the member's own object counts
				return false
			}
			open = append(open, c+2) // ']' is '['+2, '}' is '{'+2
			if !s.take(c + 2) {
				if c == '{' && !s.name() {
					return false
				}
				continue
			}
			open = open[:len(open)-1]
		default:
			if !s.scalar(c) {
				return false
			}
		}
		more, ok := s.closeAll(&open)
		if !ok || !more {
			return ok
		}
	}
}

// closeAll passes over the brackets that close after a value, up to the comma
// before another; more is false where the outermost value has ended.
func (s *scanner) closeAll(open *[]byte) (more, ok bool) {
	for len(*open) > 0 {
		awaited := (*open)[len(*open)-1]
		if s.take(',') {
			return true, awaited == ']' || s.name()
		}
		if !s.take(awaited) {
			return false, false
		}
		*open = (*open)[:len(*open)-1]
	}
	return false, true
}

// name passes over a member's name and the colon.
func (s *scanner) name() bool {
	return s.next() == '"' && s.text() && s.take(':')
}

func (s *scanner) scalar(first byte) bool {
	switch first {
	case '"':
		return s.text()
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	default:
		return s.number()
	}
}

func (s *scanner) word(word string) bool {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		return false
	}
	s.pos += len(word)
	return true
}

func (s *scanner) number() bool {
	if s.here() == '-' {
		s.pos++
	}
	if s.here() == '0' {
		s.pos++
	} else if !s.digits() {
		return false
	}
	if s.here() == '.' {
		s.pos++
		if !s.digits() {
			return false
		}
	}
	if c := s.here(); c == 'e' || c == 'E' {
		s.pos++
		if c := s.here(); c == '+' || c == '-' {
			s.pos++
		}
		return s.digits()
	}
	return true
}

// here returns the byte at the position, 0 at the end.
func (s *scanner) here() byte {
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

func (s *scanner) digits() bool {
	start := s.pos
	for c := s.here(); '0' <= c && c <= '9'; c = s.here() {
		s.pos++
	}
	return s.pos > start
}

// text passes over a string, whose opening quote stands at the position.
func (s *scanner) text() bool {
	if n := shortPlain(s.data[s.pos+1:]); n >= 0 {
		s.pos += 1 + n + 1
		return true
	}
	l, ok := s.quoted()
	return ok && !l.hasControl() && l.soundEscapes()
}

// quoted passes over a string, whose opening quote stands at the position, and
// returns what is inside, which need not be sound.
func (s *scanner) quoted() (literal, bool) {
	inside := s.data[s.pos+1:]
	for end := 0; ; end++ {
		at := bytes.IndexByte(inside[end:], '"')
		if at < 0 {
			s.pos = len(s.data) // all of it has been looked at
			return nil, false
		}
		end += at
		if !escapedAt(inside, end) {
			s.pos += 1 + end + 1
			return literal(inside[:end]), true
		}
	}
}

// escapedAt reports whether the byte at the position is escaped: an odd number
// of backslashes stands before it.
func escapedAt(text []byte, pos int) bool {
	start := pos
	for start > 0 && text[start-1] == '\\' {
		start--
	}
	return (pos-start)%2 == 1
}

func (l literal) soundEscapes() bool {
	for {
		at := bytes.IndexByte(l, '\\')
		if at < 0 {
			return true
		}
		for l = l[at:]; len(l) > 0 && l[0] == '\\'; { // escapes come in runs where a script is escaped
			size := escapeLength(l)
			if size == 0 {
				return false
			}
			l = l[size:]
		}
	}
}

// escapeLength returns the length of the escape that the text begins with, 0
// where it is none.
func escapeLength(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	if short[text[1]] != 0 {
		return shortEscape
	}
	if text[1] == 'u' && len(text) >= unicodeEscape && digit[text[2]]|digit[text[3]]|digit[text[4]]|digit[text[5]] >= 0 {
		return unicodeEscape
	}
	return 0
}
