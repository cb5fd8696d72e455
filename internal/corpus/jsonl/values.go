package jsonl

import (
	"bytes"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// value returns the value that the window begins with as a record; false where
// it is passed over, or is an object that wraps articles and has been entered.
func (s *documents) value(mayWrap bool) (corpus.Record, bool) {
	s.boundary.begin(s.opening, mayWrap)
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
		v := s.boundary.scan(window)
		doubted := s.boundary.suspect > 0 && s.again > s.in.Offset()+mostAgain
		if v != broken && !doubted {
			return v
		}
		if !s.lose() {
			// The last string may have begun at what was to be the end of another.
			s.lost, s.boundary.pos = true, min(s.boundary.pos, s.boundary.began)
		}
	}
	return s.scanForOpening(window)
}

// lose gives up a value that does not end, if a suspect stands in it, where the
// next one is looked for.
func (s *documents) lose() bool {
	b := &s.boundary
	if s.lost || b.suspect == 0 {
		return false
	}
	s.again += int64(b.pos - b.suspect)
	s.lost, b.pos = true, b.suspect
	return true
}

// mostAgain is how many bytes are looked at again beside as many as there are
// before them: behind that, a suspect is taken for the next value at once. A few
// thousand values that are cut in an array may be, but no input takes hours.
const mostAgain = 1 << 30
