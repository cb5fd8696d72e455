package jsonl

import (
	"bytes"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Format is JSON lines whose articles stand in the given fields.
func Format(fields corpus.Fields) corpus.Format {
	d := &decoder{names: newNames(fields.OrDefault()), one: "line"}
	return corpus.Format{
		Name:    "jsonl",
		Open:    func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) { return &splitter{in}, d.decode },
		Writing: &corpus.Writing{LineEnds: 1, Body: d.bodyAt},
		Object:  line,
		Encode:  encode,
	}
}

// Matches reports whether the head of an input looks like JSON lines: it
// begins with a brace, and a line of it is an object. One sound line is
// enough, so that a dump does not become unreadable by its first line alone.
// A head that is one piece of a longer line is taken at its first bytes.
func Matches(head []byte) bool {
	rest := bytes.TrimLeft(head, space)
	if !bytes.HasPrefix(rest, []byte("{")) {
		return false
	}
	line, rest, more := bytes.Cut(rest, []byte{'\n'})
	if !more && len(head) >= corpus.SniffBytes {
		return bytes.HasPrefix(bytes.TrimLeft(line[1:], space), []byte{'"'})
	}
	for {
		if isObject(line) {
			return true
		}
		if !more {
			return false
		}
		line, rest, more = bytes.Cut(rest, []byte{'\n'})
	}
}

const space = " \t\r\n"

// A splitter cuts lines.
type splitter struct{ in *corpus.Stream }

// Split returns the next line that is not blank, without its line feed.
func (s *splitter) Split() (corpus.Record, error) {
	for {
		length, end := s.lineLength()
		if length > s.in.Limit() {
			s.pass()
			continue
		}
		if length == 0 && end == 0 {
			return corpus.Record{}, s.in.Err()
		}
		if !isBlank(s.in.Window()[:length]) {
			record := s.in.Record(length, 0)
			s.in.Advance(end, end)
			return record, nil
		}
		s.in.Advance(length+end, end)
	}
}

func isBlank(line []byte) bool {
	return len(line) == 0 || line[0] != '{' && len(bytes.TrimLeft(line, space)) == 0
}

// lineLength returns the length of the line that the window begins with, and
// that of its end: 0 at the end of the input. A line that outgrows the limit
// is looked at no further.
func (s *splitter) lineLength() (length, end int) {
	for from := 0; ; {
		window := s.in.Window()
		if at := bytes.IndexByte(window[from:], '\n'); at >= 0 {
			return from + at, 1
		}
		from = len(window)
		if from > s.in.Limit() || !s.in.More() {
			return from, 0
		}
	}
}

// pass advances over the line that the window begins with, and reports it.
func (s *splitter) pass() {
	begin := s.in.Here()
	for {
		window := s.in.Window()
		if at := bytes.IndexByte(window, '\n'); at >= 0 {
			s.in.Advance(at, 0)
			s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
			s.in.Advance(1, 1)
			return
		}
		s.in.Advance(len(window), 0)
		if !s.in.More() {
			s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
			return
		}
	}
}
