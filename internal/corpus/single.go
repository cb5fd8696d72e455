package corpus

import "bytes"

// SplitNone returns a splitter for formats in which an input is one article:
// its only record is the whole of it. An empty input has none.
func SplitNone(in *Stream) Splitter { return &single{in} }

type single struct{ in *Stream }

// Split returns the whole input, unless it is empty.
func (s *single) Split() (Record, error) {
	for len(s.in.Window()) <= s.in.Limit() && s.in.More() {
	}
	window := s.in.Window()
	if len(window) > s.in.Limit() {
		s.pass()
		return Record{}, s.in.Err()
	}
	if len(window) == 0 {
		return Record{}, s.in.Err()
	}
	return s.in.Record(len(window), lineFeeds(window)), nil
}

// pass advances to the end of the input.
func (s *single) pass() {
	begin := s.in.Here()
	for ok := true; ok; ok = s.in.More() {
		window := s.in.Window()
		s.in.Advance(len(window), lineFeeds(window))
	}
	s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
}

func lineFeeds(text []byte) int { return bytes.Count(text, []byte{'\n'}) }
