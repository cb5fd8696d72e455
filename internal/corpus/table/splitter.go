package table

import (
	"bytes"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A splitter cuts rows.
type splitter struct {
	in         *corpus.Stream
	candidates []syntax
	wanted     corpus.Fields

	header header // read before the first row
	row    row
	final  bool // the window reaches to the end of the input
}

// Split returns the next row that is not empty, without its line feed.
func (s *splitter) Split() (corpus.Record, error) {
	if s.header.names == nil && !s.begin() {
		return corpus.Record{}, s.end()
	}
	for {
		v := s.row.scan(s.in.Window(), s.final)
		switch {
		case v == ended && s.row.pos <= s.in.Limit():
			if record, ok := s.record(s.row.pos); ok {
				return record, nil
			}
			if s.final && len(s.in.Window()) == 0 {
				return corpus.Record{}, s.in.Err()
			}
		case v == ended || len(s.in.Window()) > s.in.Limit():
			s.pass(v)
		case v == unfinished:
			s.more()
		default:
			if record, ok := s.record(s.resume(v)); ok {
				return record, nil
			}
		}
	}
}

// end returns why an input is not read on.
func (s *splitter) end() error {
	if err := s.in.Err(); err != nil {
		return err
	}
	return io.EOF // whatever follows
}

// begin reads the header, and reports whether the table can be read.
func (s *splitter) begin() bool {
	s.blank()
	for len(s.in.Window()) < maxHeader && s.in.More() {
	}
	if s.in.Err() != nil {
		s.more()
	}
	head := s.in.Window()[:min(maxHeader, len(s.in.Window()))]
	if len(head) == 0 {
		return false
	}
	h, length, ok := headerOf(head, s.final && len(head) == len(s.in.Window()), s.candidates, s.wanted)
	at := s.in.Here()
	if !ok {
		s.in.Report(at, corpus.BadRecord, "the first row does not end within %d KiB, and so names no columns", maxHeader>>10)
		return false
	}
	if !h.hasText() {
		s.in.Report(at, corpus.BadRecord, "%s; --text-field names the text", h.missing(s.wanted[corpus.Text][0]))
		return false
	}
	if len(h.at[corpus.ID]) == 0 && s.wanted.Asked(corpus.ID) {
		s.in.Report(at, corpus.UnnamedArticle, "%s; --id-field names the identifier", h.missing(s.wanted[corpus.ID][0]))
	}
	s.header, s.row.syntax = h, h.syntax
	s.record(length)
	return true
}

// more widens the window.
func (s *splitter) more() {
	s.final = !s.in.More()
	s.row.cut = s.final && s.in.Err() != io.EOF
}

// blank advances over the line ends that the input begins with.
func (s *splitter) blank() {
	for {
		window := s.in.Window()
		rest := bytes.TrimLeft(window, "\r\n")
		blank := len(window) - len(rest)
		s.in.Advance(blank, bytes.Count(window[:blank], []byte{'\n'}))
		if len(rest) > 0 || !s.in.More() {
			return
		}
	}
}

// record returns the first n bytes of the window as a record, and advances over
// the line feed behind them. False says that the line is empty.
func (s *splitter) record(n int) (corpus.Record, bool) {
	window := s.in.Window()
	feed := min(1, len(window)-n)
	s.row.begin(n + feed)
	if line := window[:n]; n == 0 || n == 1 && line[0] == '\r' {
		s.in.Advance(n+feed, feed)
		return corpus.Record{}, false
	}
	record := s.in.Record(n, bytes.Count(window[:n], []byte{'\n'}))
	s.in.Advance(feed, feed)
	return record, true
}

// pass advances over the row that the window begins with, of which the verdict
// is known, and reports it.
func (s *splitter) pass(v verdict) {
	begin := s.in.Here()
	for v == unfinished {
		s.drop(max(0, min(s.lineStart(), s.row.pos-1))) // what stands before pos is looked at again
		s.more()
		v = s.row.scan(s.in.Window(), s.final)
	}
	end := s.row.pos
	if v == torn {
		end = s.lineStart()
	}
	s.drop(end)
	s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
	s.row.begin(0)
	s.row.clear = 0
}

// maxLine is how much of a line is kept of a row that is passed over, so that
// reading can go on at its beginning.
const maxLine = 64 << 10

// lineStart returns where the line begins that is looked at, or the byte before
// pos where that is far.
func (s *splitter) lineStart() int {
	start := bytes.LastIndexByte(s.in.Window()[:s.row.pos], '\n') + 1
	if s.row.pos-start > maxLine {
		return s.row.pos - 1
	}
	return start
}

func (s *splitter) drop(n int) {
	if s.row.inside {
		s.row.isLater(s.in.Window()) // which is not to be seen later
	}
	s.in.Advance(n, bytes.Count(s.in.Window()[:n], []byte{'\n'}))
	s.row.shift(n)
}

// resume returns where the row ends of which a quote is not closed, before the
// line feed of the line below which reading goes on. All of an input that
// breaks off is one row: that it does is the cause.
func (s *splitter) resume(v verdict) int {
	window := s.in.Window()
	if s.row.cut && v == unclosed {
		return len(window)
	}
	tear := s.row.pos
	s.row.barren = tear
	end := len(window)
	if v == torn {
		end = bytes.LastIndexByte(window[:tear], '\n')
	}
	s.row.clear = 0
	lines := window[:end]
	first := lineEnd(lines, min(s.row.opened, end)) // before the line looked at
	for first < end {
		second := lineEnd(lines, first+1)
		if v == unclosed && second == end { // the last line may be cut
			break
		}
		if s.isRow(lines[first+1:second]) && s.goesOn(lines, second) {
			return first
		}
		first = second
	}
	return end
}

// goesOn reports whether a row can have ended at the position: another follows,
// or the end of the lines.
func (s *splitter) goesOn(lines []byte, at int) bool {
	return at+1 >= len(lines) || s.isRow(lines[at+1:lineEnd(lines, at+1)])
}

// lineEnd returns where the line ends that begins at the position.
func lineEnd(text []byte, from int) int {
	if at := bytes.IndexByte(text[from:], '\n'); at >= 0 {
		return from + at
	}
	return len(text)
}

// isRow reports whether the line is a row of as many fields as there are columns.
func (s *splitter) isRow(line []byte) bool {
	n, sound := s.header.count(line)
	return sound && n == len(s.header.names)
}
