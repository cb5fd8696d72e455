package corpus

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

const (
	// windowBytes is how much of an input is looked at at once. Reading a
	// cached file is no faster with more (measured from 64 KiB to 4 MiB: flat
	// from 256 KiB on), and a record that reaches over the end of the window
	// is moved once in a thousand.
	windowBytes = 1 << 20
	// leastWindowBytes is the window where articles may only be small.
	leastWindowBytes = 4 << 10
	// SniffBytes is how much of an input is looked at to tell its format:
	// enough for the remarks that people write above a bundle.
	SniffBytes = 64 << 10
	// maxIdleReads bounds reads in a row that bring neither bytes nor an error.
	maxIdleReads = 100
)

// A Stream is the decompressed bytes of an input, seen through a window that
// a splitter widens at its end (More) and takes away from at its start
// (Advance). A splitter that looks for the end of a record calls More at most
// while the window is within Limit; beyond it, it advances and passes over.
type Stream struct {
	source     io.Reader
	buffer     []byte
	start, end int   // of the window in buffer
	offset     int64 // of the window's first byte in the input
	line       int   // of the window's first byte, from 1
	limit      int
	err        error // what ended the source
	allFields  bool
	whole      whole
	total      *total // nil without a Corpus
	made       int64  // charged for this input
	report     func(Problem)
	live       bool // see Options.Live
	// ctx is that of the Next that reads. It is asked before every read, so
	// that a record of many gigabytes does not outlast the user's patience.
	ctx context.Context
}

// NewStream returns a stream over the source for articles of at most limit
// bytes. Each problem found is handed to report, without its Input and Path.
func NewStream(source io.Reader, limit int, report func(Problem)) *Stream {
	s := newStream(limit, report)
	s.open(source)
	return s
}

func newStream(limit int, report func(Problem)) *Stream {
	return &Stream{
		buffer: make([]byte, min(windowBytes, max(leastWindowBytes, limit))),
		limit:  limit, report: report, ctx: context.Background(),
	}
}

// open begins another input with the same memory. A byte order mark is passed over.
func (s *Stream) open(source io.Reader) {
	s.source, s.err = source, nil
	s.start, s.end, s.offset, s.line, s.made = 0, 0, 0, 1, 0
	const mark = "\xEF\xBB\xBF"
	if bytes.Equal(s.peek(len(mark)), []byte(mark)) {
		s.Advance(len(mark), 0)
	}
}

// peek returns the first n bytes of the window, fewer where the input ends.
func (s *Stream) peek(n int) []byte {
	for len(s.Window()) < n && s.More() {
	}
	return s.Window()[:min(n, len(s.Window()))]
}

// head returns what the format is told by: the first bytes, or, where more may take long
// to come, those up to the end of a line.
func (s *Stream) head() []byte {
	if !s.live {
		return s.peek(SniffBytes)
	}
	for bytes.IndexByte(s.Window(), '\n') < 0 && len(s.Window()) < SniffBytes && s.More() {
	}
	return s.Window()[:min(SniffBytes, len(s.Window()))]
}

// Window returns the bytes read and not yet advanced over. It is valid until
// More is called.
func (s *Stream) Window() []byte { return s.buffer[s.start:s.end] }

// Cancelled returns why reading is to end, nil as long as it is not. More asks by
// itself; a splitter that reads what Whole returned asks between two records.
func (s *Stream) Cancelled() error { return s.ctx.Err() }

// AllFields reports whether the fields of a record that are no article's are wanted
// as well, for Format.Object.
func (s *Stream) AllFields() bool { return s.allFields }

// Limit returns the largest size of a record.
func (s *Stream) Limit() int { return s.limit }

// Offset returns the place of the window's first byte in the input.
func (s *Stream) Offset() int64 { return s.offset }

// Line returns the line of the window's first byte, from 1.
func (s *Stream) Line() int { return s.line }

// Err returns why More returned false: io.EOF at the end of the input, another
// error where the input breaks off.
func (s *Stream) Err() error { return s.err }

// Advance takes n bytes off the window, among which are the given number of
// line feeds. The bytes stay as they are until More is called.
func (s *Stream) Advance(n, lines int) {
	s.start += n
	s.offset += int64(n)
	s.line += lines
}

// Charge counts n bytes that are made of the input by decompressing what is
// compressed in it. All of them together may be as many as have been advanced
// over, which are counted already; what is more takes from what may be read of
// all inputs. False says that there is no room for it: then the input breaks off
// here, and Err says why.
func (s *Stream) Charge(n int64) bool {
	if s.total == nil {
		return true
	}
	counted := max(s.made, s.offset)
	s.made += n
	if err := s.total.take(max(0, s.made-counted)); err != nil {
		s.start, s.end, s.err = 0, 0, err
		return false
	}
	return true
}

// More widens the window and reports whether it did; if not, Err says why.
func (s *Stream) More() bool {
	s.makeRoom()
	for range maxIdleReads {
		if s.err == nil {
			s.err = s.ctx.Err()
		}
		if s.err != nil {
			return false
		}
		n, err := s.source.Read(s.buffer[s.end:])
		s.end, s.err = s.end+n, err
		if n > 0 {
			return true
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// makeRoom leaves at least an eighth of the buffer free behind the window. The
// window is moved only where that frees as much, so a byte is moved eight
// times at most; otherwise the buffer is doubled.
func (s *Stream) makeRoom() {
	least := len(s.buffer) / 8
	if s.start == s.end {
		s.start, s.end = 0, 0
	}
	if len(s.buffer)-s.end >= least {
		return
	}
	roomy := s.buffer
	if s.start < least {
		roomy = make([]byte, 2*len(s.buffer))
	}
	s.end = copy(roomy, s.Window())
	s.start = 0
	s.buffer = roomy
}

// Report records a problem at the given place.
func (s *Stream) Report(at Locator, kind, format string, args ...any) {
	s.report(Problem{Offset: at.Offset, Line: at.Line, Kind: kind, Message: fmt.Sprintf(format, args...)})
}

// ReportTooLarge records that a record was passed over.
func (s *Stream) ReportTooLarge(at Locator, size int64) {
	s.Report(at, TooLarge, "the article is left out: it has %d bytes, and at most %d are read", size, s.limit)
}

// Here returns the place of the window's first byte.
func (s *Stream) Here() Locator { return Locator{Offset: s.offset, Line: s.line} }

// Record returns the first n bytes of the window as a record, among which are
// the given number of line feeds, and advances over them.
func (s *Stream) Record(n, lines int) Record {
	rec := Record{Offset: s.offset, Line: s.line, Data: s.Window()[:n:n]}
	s.Advance(n, lines)
	return rec
}
