package warc

import (
	"bytes"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	magic    = "WARC/"
	magicARC = "filedesc:"
	// maxHeader is the longest header of a record that is looked for the end
	// of: one has 500 bytes, with the longest address of a browser some KB.
	maxHeader = 64 << 10
	// maxLine is the longest line above a document of an ARC file.
	maxLine = 16 << 10
	// headBytes is how much is looked at of a record that is too large, to tell
	// whether it would be an article: its headers, and those of the response.
	headBytes = 64 << 10
	// between is how much is looked at for line ends behind a record: two
	// stand there, and a few more where tools differ.
	between = 64
)

// A splitter cuts records by their lengths. Where it looks, it first fills the
// window to a bound and looks no further: what is read does not depend on how
// the bytes arrive.
type splitter struct {
	in    *corpus.Stream
	begun bool
	arc   bool  // records are those of ARC
	rest  int64 // bytes of the last record that are to be passed over
}

// Split returns the next record. Of one above the limit that is no article
// only its beginning is returned, by which that is seen.
func (s *splitter) Split() (corpus.Record, error) {
	if !s.begun {
		s.fill(len(magicARC))
		s.begun, s.arc = true, bytes.HasPrefix(s.in.Window(), []byte(magicARC))
	}
	if s.pass(s.rest) {
		s.in.Report(s.in.Here(), corpus.BadRecord, "the input ends in the record before")
	}
	for s.rest = 0; s.find(); {
		if record, ok := s.record(); ok {
			return record, nil
		}
	}
	return corpus.Record{}, s.in.Err()
}

// fill widens the window to n bytes, or to what there is.
func (s *splitter) fill(n int) {
	for len(s.in.Window()) < n && s.in.More() {
	}
}

// find advances to the beginning of the next record, and reports what stands
// before it and is none. False says that there is none.
func (s *splitter) find() bool {
	s.passLineEnds()
	begin := s.in.Here()
	found := s.seek()
	passed := s.in.Offset() - begin.Offset
	if passed > 0 && (found || s.in.Err() == io.EOF) { // else how the input broke off says it
		s.in.Report(begin, corpus.BadRecord, "no record begins here: %d bytes are passed over", passed)
	}
	return found
}

// seek advances by lines to where a record begins, and reports whether one does.
func (s *splitter) seek() bool {
	for {
		s.fill(maxLine)
		window := s.in.Window()
		if len(window) == 0 || s.begins(window) {
			return len(window) > 0
		}
		_, next := s.line()
		s.in.Advance(next, 0)
	}
}

// line returns the line that the window begins with, and where the next one
// begins; of one above maxLine that much.
func (s *splitter) line() (line []byte, next int) {
	s.fill(maxLine)
	window := s.in.Window()
	return lineAt(window[:min(len(window), maxLine)], 0)
}

func (s *splitter) passLineEnds() {
	for {
		s.fill(1)
		window := s.in.Window()
		ends := len(window) - len(bytes.TrimLeft(window, "\r\n"))
		s.in.Advance(ends, 0)
		if ends == 0 || ends < len(window) {
			return
		}
	}
}

// begins reports whether a record begins where the data does.
func (s *splitter) begins(data []byte) bool {
	if s.arc {
		line, _ := lineAt(data[:min(len(data), maxLine)], 0)
		_, ok := parseARC(line)
		return ok
	}
	return len(data) > len(magic) && string(data[:len(magic)]) == magic && data[len(magic)]-'0' <= 9
}

// next returns where in the data a record begins behind a line end, -1 where
// none does.
func (s *splitter) next(data []byte) int {
	for at := 0; ; {
		found := bytes.IndexByte(data[at:], '\n')
		if !s.arc {
			found = bytes.Index(data[at:], []byte("\n"+magic))
		}
		if found < 0 {
			return -1
		}
		at += found + 1
		if s.begins(data[at:]) {
			return at
		}
	}
}

// record returns the record that the window begins with. False says that it is
// reported and passed over.
func (s *splitter) record() (corpus.Record, bool) {
	head, length, fault := s.head()
	if fault != "" {
		if fault != noEnd || s.in.Err() == nil || s.in.Err() == io.EOF { // else how the input broke off says it
			s.in.Report(s.in.Here(), corpus.BadRecord, "the record is left out: %s", fault)
		}
		_, next := s.line()
		s.in.Advance(next, 1)
		s.seek()
		return corpus.Record{}, false
	}
	if length > int64(s.in.Limit()-head) {
		return s.tooLarge(head, length)
	}
	return s.cut(head, int(length)), true
}

// noEnd is the fault of a record that breaks off above its content.
const noEnd = "its header does not end"

// head returns how long the record's header is and how long its content should
// be, or what is wrong with them.
func (s *splitter) head() (head int, length int64, fault string) {
	if s.arc {
		line, next := s.line()
		parsed, _ := parseARC(line)
		length, fault = parseLength(parsed.length)
		return next, length, fault
	}
	if head = s.headerLength(); head == 0 {
		return 0, 0, noEnd
	}
	_, fields, _ := readHeader(s.in.Window()[:head])
	length, fault = parseLength(fields.get("Content-Length"))
	return head, length, fault
}

// headerLength returns the length of the header that the window begins with,
// 0 where it has no end.
func (s *splitter) headerLength() int {
	for at := 0; ; {
		window := s.in.Window()
		window = window[:min(len(window), maxHeader)]
		line, next := lineAt(window, at)
		switch whole := next > at && window[next-1] == '\n'; {
		case whole && len(line) == 0:
			return next
		case at > 0 && s.begins(window[at:]):
			return 0
		case whole:
			at = next
		case len(window) == maxHeader || !s.in.More():
			return 0
		}
	}
}

// cut returns the record, or less where its length cannot be right: where the input ends before it does, or neither an end nor a record
// follows it, but one begins inside it.
func (s *splitter) cut(head, length int) corpus.Record {
	size := head + length
	s.fill(size + between + maxLine)
	window := s.in.Window()
	window = window[:min(len(window), size+between+maxLine)]
	whole := len(window) >= size
	if !whole || !s.endsAt(window[size:]) {
		content := window[head:min(size, len(window))]
		if at := s.next(content); at >= 0 {
			return s.cutShort(head, at, int64(length))
		}
	}
	if !whole {
		if s.in.Err() == io.EOF {
			s.in.Report(s.in.Here(), corpus.BadRecord, "the input ends in the record, after %d of %d bytes", len(window), size)
		}
		size = len(window)
	}
	return s.in.Record(size, 1)
}

// cutShort returns the record whose content ends before another record begins,
// whatever length it gives.
func (s *splitter) cutShort(head, next int, length int64) corpus.Record {
	s.in.Report(s.in.Here(), corpus.BadRecord, "the record says that its content has %d bytes, but another record begins after %d", length, next)
	return s.in.Record(head+len(trimBetween(s.in.Window()[head:head+next])), 1)
}

// endsAt reports whether a record may end before the data: nothing follows, or
// another record, but for line ends.
func (s *splitter) endsAt(data []byte) bool {
	ends := min(len(data), between)
	ends -= len(bytes.TrimLeft(data[:ends], "\r\n"))
	return ends == min(len(data), between) || s.begins(data[ends:])
}

// trimBetween takes off the line ends that stand between two records.
func trimBetween(content []byte) []byte {
	for range 2 {
		content = bytes.TrimSuffix(content, []byte{'\n'})
		content = bytes.TrimSuffix(content, []byte{'\r'})
	}
	return content
}

// tooLarge returns the beginning of a record above the limit that is no
// article, and reports one that would be.
func (s *splitter) tooLarge(head int, length int64) (corpus.Record, bool) {
	most := max(head, min(head+headBytes, s.in.Limit()))
	s.fill(most)
	beginning := s.in.Window()
	beginning = beginning[:min(most, len(beginning))]
	if at := s.nextInPassing(beginning[head:]); at >= 0 {
		return s.cutShort(head, at, length), true
	}
	if whatElse(beginning) != "" {
		s.rest = length - int64(len(beginning)-head)
		return s.in.Record(len(beginning), 1), true
	}
	s.in.ReportTooLarge(s.in.Here(), max(length, int64(head)+length)) // which may be absurd
	s.in.Advance(head, 1)
	s.pass(length)
	return corpus.Record{}, false
}

// pass passes over the rest of a record, and reports whether the input ended
// in it. It stops where another record begins: a length of petabytes does not
// cost the rest of the file. (A record that holds a plain WARC file and is
// above the limit is so cut up into the records of that.)
func (s *splitter) pass(n int64) (ended bool) {
	const overlap = len(magic) + 2
	for n > 0 {
		window := s.in.Window()
		window = window[:min(n, int64(len(window)))]
		if at := s.nextInPassing(window); at >= 0 {
			s.in.Advance(at, 0)
			return false
		}
		step := len(window)
		if int64(step) < n {
			step = max(0, step-overlap)
		}
		s.in.Advance(step, 0)
		n -= int64(step)
		if n > 0 && !s.in.More() {
			s.in.Advance(len(s.in.Window()), 0)
			return s.in.Err() == io.EOF
		}
	}
	return false
}

// nextInPassing is next for WARC; the line of ARC is too easily met by chance.
func (s *splitter) nextInPassing(data []byte) int {
	if s.arc {
		return -1
	}
	return s.next(data)
}
