package corpus

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpus/spool"
)

func TestWhole(t *testing.T) {
	text := strings.Repeat("0123456789\n", 300_000)
	for name, kept := range map[string]*spool.Spool{"in memory": nil, "in a spool": spool.New(1000, t.TempDir())} {
		s := NewStream(iotest.DataErrReader(strings.NewReader(text)), 10, ignore)
		s.whole.spool = kept
		s.peek(SniffBytes)
		at, size, err := s.Whole()
		if err != nil || size != int64(len(text)) {
			t.Fatalf("%s: %d bytes, error %v", name, size, err)
		}
		got, err := io.ReadAll(io.NewSectionReader(at, 0, size))
		if err != nil || !bytes.Equal(got, []byte(text)) {
			t.Errorf("%s: %d bytes are read, error %v", name, len(got), err)
		}
		if s.More() || s.Err() != io.EOF || s.Offset() != size {
			t.Errorf("%s: the stream is at %d, with error %v", name, s.Offset(), s.Err())
		}
		if kept != nil {
			kept.Close()
		}
	}
}

func TestWholeBreaksOff(t *testing.T) {
	broken := errors.New("broken")
	closed := spool.New(1000, t.TempDir())
	closed.Close()
	for name, test := range map[string]struct {
		kept *spool.Spool
		want error
	}{"in memory": {nil, broken}, "in a spool": {spool.New(1000, t.TempDir()), broken}, "no room": {closed, nil}} {
		s := NewStream(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), 10, ignore)
		s.whole.spool = test.kept
		_, _, err := s.Whole()
		if _, full := errors.AsType[*spoolError](err); err == nil || test.want != nil && err != test.want || test.want == nil && !full {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestWholeOfAnAdvancedStream(t *testing.T) {
	s := NewStream(strings.NewReader("abc"), 10, ignore)
	s.peek(1)
	s.Advance(1, 0)
	if _, _, err := s.Whole(); err == nil {
		t.Error("the first byte is gone, and nothing is said")
	}
}

// TestWholeBeforeOtherBytes has all of an input behind whose compressed bytes others follow.
func TestWholeBeforeOtherBytes(t *testing.T) {
	trailing := &compress.TrailingError{}
	for name, kept := range map[string]*spool.Spool{"in memory": nil, "in a spool": spool.New(1000, t.TempDir())} {
		s := NewStream(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(trailing)), 10, ignore)
		s.whole.spool = kept
		if _, size, err := s.Whole(); size != 3 || err != nil || s.Err() != trailing {
			t.Errorf("%s: %d bytes, error %v, the stream's %v", name, size, err, s.Err())
		}
		if kept != nil {
			kept.Close()
		}
	}
}
