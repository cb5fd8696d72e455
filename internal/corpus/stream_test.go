package corpus

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func ignore(Problem) {}

// TestStreamWindow walks over an input in steps of every size, with windows
// that are moved and that grow.
func TestStreamWindow(t *testing.T) {
	text := strings.Repeat("0123456789abcdef\n", 2000)
	for _, step := range []int{1, 7, 500, 4096, 5000, 20_000} {
		for name, source := range map[string]io.Reader{
			"whole": strings.NewReader(text), "halves": iotest.HalfReader(strings.NewReader(text)), "bytes": iotest.OneByteReader(strings.NewReader(text)),
		} {
			s := NewStream(source, 1, ignore)
			var got strings.Builder
			for {
				for len(s.Window()) < step && s.More() {
				}
				n := min(step, len(s.Window()))
				if n == 0 {
					break
				}
				if s.Offset() != int64(got.Len()) || s.Line() != 1+strings.Count(got.String(), "\n") {
					t.Fatalf("step %d, %s: at byte %d, line %d after %d bytes", step, name, s.Offset(), s.Line(), got.Len())
				}
				piece := string(s.Window()[:n])
				got.WriteString(piece)
				s.Advance(n, strings.Count(piece, "\n"))
			}
			if got.String() != text || s.Err() != io.EOF {
				t.Errorf("step %d, %s: %d bytes, error %v", step, name, got.Len(), s.Err())
			}
			if most := max(leastWindowBytes, 4*step); len(s.buffer) > most {
				t.Errorf("step %d, %s: the window has grown to %d bytes", step, name, len(s.buffer))
			}
		}
	}
}

func TestStreamBreaksOff(t *testing.T) {
	broken := errors.New("broken")
	s := NewStream(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), 10, ignore)
	for s.More() {
	}
	if string(s.Window()) != "abc" || s.Err() != broken {
		t.Errorf("window %q, error %v", s.Window(), s.Err())
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestStreamGivesUpOnIdleSource(t *testing.T) {
	s := NewStream(idle{}, 10, ignore)
	if s.More() || s.Err() != io.ErrNoProgress {
		t.Errorf("error %v", s.Err())
	}
}

func TestStreamPassesOverByteOrderMark(t *testing.T) {
	for input, want := range map[string]string{"\uFEFFabc": "abc", "\uFEFF": "", "\xEF\xBBabc": "\xEF\xBBabc", "": ""} {
		s := NewStream(iotest.OneByteReader(strings.NewReader(input)), 10, ignore)
		if got := string(s.peek(10)); got != want || s.Offset() != int64(len(input)-len(want)) {
			t.Errorf("%q: window %q at byte %d", input, got, s.Offset())
		}
	}
}

func TestStreamReports(t *testing.T) {
	var got []Problem
	s := NewStream(strings.NewReader("a\nbcd\ne"), 100, func(p Problem) { got = append(got, p) })
	s.peek(100)
	s.Advance(2, 1)
	s.Report(s.Here(), StrayText, "%d bytes", 3)
	record := s.Record(4, 1)
	s.ReportTooLarge(record.Locator(), 4)
	want := []Problem{
		{Line: 2, Offset: 2, Kind: StrayText, Message: "3 bytes"},
		{Line: 2, Offset: 2, Kind: TooLarge, Message: "the article is left out: it has 4 bytes, and at most 100 are read"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Record{Offset: 2, Line: 2, Data: []byte("bcd\n")}, record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if s.Line() != 3 || s.Offset() != 6 {
		t.Errorf("at byte %d, line %d", s.Offset(), s.Line())
	}
}

// TestCancelled is for a splitter that reads at any place, and so not by More.
func TestCancelled(t *testing.T) {
	s := NewStream(strings.NewReader("abc"), 10, ignore)
	if err := s.Cancelled(); err != nil {
		t.Errorf("without a context: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.ctx = ctx
	if err := s.Cancelled(); err != nil {
		t.Errorf("not cancelled: %v", err)
	}
	cancel()
	if err := s.Cancelled(); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}
