package jsonl

import (
	"bytes"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// value returns the value that the window begins with as a record; false where
// it is passed over, or is an object that wraps articles and has been entered.
func (s *documents) value(mayWrap bool) (corpus.Record, bool) {
	hurried := s.hurried()
	s.boundary.begin(s.opening, mayWrap && !hurried)
	s.boundary.hurried = hurried
	s.lost = false
	for {
		v := s.scan(s.in.Window())
		switch {
		case v == wrapping && s.wraps():
			s.enter('{')
			return corpus.Record{}, false
		case v == wrapping:
		case v == ended && s.boundary.pos <= s.in.Limit():
			return s.record(s.end()), true
		case v == unfinished && len(s.in.Window()) > s.in.Limit() && s.lose():
		case v == ended || len(s.in.Window()) > s.in.Limit():
			s.pass(v)
			return corpus.Record{}, false
		case !s.more() && !s.lose():
			s.within = nil // that it is not closed, either, has the same cause
			return s.record(len(s.in.Window())), true
		}
	}
}

// end returns where the value ends, behind which only white space and commas
// stand before the next.
func (s *documents) end() int {
	if !s.lost {
		return s.boundary.pos
	}
	return len(bytes.TrimRight(s.in.Window()[:s.boundary.pos], space+","))
}

// record returns the first n bytes of the window as a record.
func (s *documents) record(n int) corpus.Record {
	data := s.in.Window()[:n]
	if len(s.opening) == 0 {
		s.opening = slices.Clone(openingOf(data))
	}
	s.column = notFirst
	return s.in.Record(n, bytes.Count(data, []byte{'\n'}))
}

// pass advances over the value that the window begins with, of which the
// verdict is known, and reports it.
func (s *documents) pass(v verdict) {
	begin := s.in.Here()
	for ; v != ended; v = s.scan(s.in.Window()) {
		s.drop()
		if !s.more() {
			s.within = nil
			s.boundary.pos = len(s.in.Window())
			break
		}
	}
	s.take(s.boundary.pos)
	s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
}

// drop takes off the window what has been looked at, but for what stands
// before the beginning of a value that is looked for.
func (s *documents) drop() {
	kept := 0
	if s.lost {
		kept = min(s.boundary.pos, lookBehind)
	}
	dropped := s.boundary.pos - kept
	s.in.Advance(dropped, bytes.Count(s.in.Window()[:dropped], []byte{'\n'}))
	b := &s.boundary
	b.pos, b.began, b.suspect = kept, max(0, b.began-dropped), max(0, b.suspect-dropped)
}

// lookBehind is how many bytes before an opening bracket are looked at to tell
// whether a value begins there: a deep indentation.
const lookBehind = 1 << 10

// scan looks on for the end of a value: where it is broken, for the beginning
// of the next.
func (s *documents) scan(window []byte) verdict {
	if !s.lost {
		from := s.boundary.pos
		v := s.boundary.scan(window)
		s.looked += int64(s.boundary.pos - from)
		if v != broken {
			return v
		}
		if !s.lose() {
			// The last string may have begun at what was to be the end of another.
			s.lost, s.boundary.pos = true, min(s.boundary.pos, s.boundary.began)
		}
	}
	from := s.boundary.pos
	v := s.scanForOpening(window)
	s.looked += int64(s.boundary.pos - from)
	return v
}

// lose gives up a value that does not end, if a suspect stands in it, where the
// next one is looked for.
func (s *documents) lose() bool {
	b := &s.boundary
	if s.lost || b.suspect == 0 {
		return false
	}
	s.lost, b.pos = true, b.suspect
	return true
}

// hurried reports whether so much has been looked at again that a suspect is to
// be taken for the next value at once, and no object for a wrapper, so that
// nothing behind is looked at. That ends where enough has been read without it.
func (s *documents) hurried() bool {
	return s.looked > mostLooks*s.in.Offset()+freeLooks
}

const (
	// mostLooks is how often a byte is looked at, on the average of those before.
	// Sound inputs need eight at most: to tell a wrapper, each of its arrays, and the ends in them.
	mostLooks = 16
	// freeLooks is how many bytes are looked at beside: a tenth of a second of
	// brackets. A thousand values that are cut in an array may be at the start of
	// an input, and each of them is looked behind to where its brackets do not close.
	freeLooks = 64 << 20
)
