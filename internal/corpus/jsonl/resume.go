package jsonl

import "bytes"

// maxOpening bounds what is remembered of how an object begins.
const maxOpening = 256

// openingOf returns the beginning of an object up to the end of its first
// name, nil where it has none.
//
// The objects of one program begin alike, and those that they hold do not:
// with the white space between brace and name, this is what tells where the
// next one begins behind one that is broken.
func openingOf(object []byte) []byte {
	s := scanner{data: object[:min(len(object), maxOpening)]}
	if !s.take('{') || s.next() != '"' || !s.text() {
		return nil
	}
	return s.data[:s.pos]
}

// scanForOpening looks from pos on for an object that begins like those
// before, or as the first of its line where the broken one did.
func (s *documents) scanForOpening(window []byte) verdict {
	b := &s.boundary
	for {
		at := bytes.IndexByte(window[b.pos:], '{')
		if at < 0 {
			b.pos = len(window)
			return unfinished
		}
		b.pos += at
		if len(window)-b.pos < maxOpening && !b.final {
			return unfinished // until there is enough to compare
		}
		if b.pos > 0 && s.opens(window, b.pos) {
			if s.awaited() == 0 {
				b.pos = withBracket(window, b.pos)
			}
			return ended
		}
		b.pos++
	}
}

// more widens the window. At the end of the input it lets the rest be looked at
// once more, which then need not be long enough.
func (s *documents) more() bool {
	if s.in.More() {
		return true
	}
	again := !s.boundary.final
	s.boundary.final = true
	return again
}

// opens reports whether the brace at the position begins a value of the kind
// of the one that was lost.
func (s *documents) opens(window []byte, at int) bool {
	before := bytes.TrimRight(window[:at], " \t")
	indent, first := at-len(before), len(before) > 0 && before[len(before)-1] == '\n'
	if len(s.within) == 0 && bytes.HasSuffix(before, []byte("\n[")) {
		return true
	}
	if first && indent == s.column && opensObject(window[at:]) {
		return true
	}
	if len(s.opening) == 0 || !bytes.HasPrefix(window[at:], s.opening) {
		return false
	}
	before = bytes.TrimRight(before, space)
	return first || bytes.HasSuffix(before, []byte{','}) || bytes.HasSuffix(before, []byte{'}'})
}

// withBracket returns the position of the bracket that stands before the
// object, as the first of its line; the object's own where there is none.
func withBracket(window []byte, at int) int {
	before := bytes.TrimRight(window[:at], " \t")
	if bytes.HasSuffix(before, []byte("\n[")) {
		return len(before) - 1
	}
	return at
}

// stray passes over what begins no value, up to the first line that does, and
// reports it.
func (s *documents) stray(kind, message string) {
	begin := s.in.Here()
	s.boundary.begin(nil, false)
	s.within, s.lost, s.column = nil, true, 0
	for s.scan(s.in.Window()) != ended {
		s.drop()
		if !s.more() {
			s.boundary.pos = len(s.in.Window())
			break
		}
	}
	s.take(s.boundary.pos)
	s.column = 0
	s.in.Report(begin, kind, "%s (%d bytes)", message, s.in.Offset()-begin.Offset)
}
