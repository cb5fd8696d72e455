package parallel

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// slow is a source that takes its time, and gives pieces of any size.
type slow struct {
	source io.Reader
	random *rand.Rand
}

func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(time.Duration(s.random.IntN(100)))
	return s.source.Read(p[:s.random.IntN(len(p)+1)])
}

func opening(source io.Reader) func() (io.Reader, error) {
	return func() (io.Reader, error) { return source, nil }
}

// TestAheadReadsTheSame reads sources of many sizes with one Ahead, to their
// end or not, and compares with what they hold.
func TestAheadReadsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(seeded.Seed(), 0))
		broken := errors.New("broken")
		a := NewAhead(3, 100)
		for range 500 {
			all := make([]byte, random.IntN(1500))
			for i := range all {
				all[i] = byte(random.Uint32())
			}
			var source io.Reader = bytes.NewReader(all)
			want := error(nil)
			if random.IntN(2) == 0 {
				source, want = io.MultiReader(source, iotest.ErrReader(broken)), broken
			}
			a.Start(opening(&slow{source, rand.New(rand.NewPCG(random.Uint64(), 0))}))
			reader := io.Reader(&slow{a, random})
			if random.IntN(3) == 0 {
				all = all[:random.IntN(len(all)+1)]
				reader, want = io.LimitReader(reader, int64(len(all))), nil
			}
			got, err := io.ReadAll(reader)
			if !bytes.Equal(got, all) || err != want || a.Opened() != nil {
				t.Fatalf("seed %d: %d bytes of %d, error %v, want %v", seeded.Seed(), len(got), len(all), err, want)
			}
			a.Stop()
			if len(a.free) != cap(a.free) || len(a.filled) != 0 {
				t.Fatalf("seed %d: %d blocks of %d are left", seeded.Seed(), len(a.free), cap(a.free))
			}
		}
	})
}

// TestAheadIsBounded holds that no more is read ahead than was said, and that an
// error is said again.
func TestAheadIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAhead(3, 100)
		source := &counted{left: 1000}
		a.Start(opening(source))
		synctest.Wait()
		if source.read != 300 {
			t.Errorf("%d bytes are read ahead", source.read)
		}
		if _, err := a.Read(make([]byte, 1)); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if source.read != 300 {
			t.Errorf("%d bytes are read ahead, and none of the blocks is done with", source.read)
		}
		if n, err := io.Copy(io.Discard, a); n != 999 || err != nil {
			t.Errorf("%d bytes more, error %v", n, err)
		}
		for range 3 {
			if n, err := a.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("behind the end: %d bytes, error %v", n, err)
			}
		}
		a.Stop()
	})
}

// counted is a source of zeros.
type counted struct{ read, left int }

func (c *counted) Read(p []byte) (int, error) {
	n := min(len(p), c.left, 7)
	c.read, c.left = c.read+n, c.left-n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// TestAheadThatIsNotRead stops while the source is being opened or read.
func TestAheadThatIsNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		a := NewAhead(3, 100)
		a.Start(func() (io.Reader, error) { time.Sleep(time.Hour); return nil, broken })
		if err := a.Opened(); err != broken {
			t.Errorf("opening: %v", err)
		}
		a.Stop()
		a.Start(func() (io.Reader, error) { time.Sleep(time.Hour); return &counted{left: 1 << 30}, nil })
		a.Stop()
		a.Start(opening(&counted{left: 1 << 30}))
		a.Stop()
		a.Start(opening(iotest.ErrReader(broken)))
		if _, err := a.Read(make([]byte, 1)); err != broken {
			t.Errorf("reading: %v", err)
		}
		a.Stop()
		a.Start(opening(idle{}))
		if _, err := a.Read(make([]byte, 1)); err != io.ErrNoProgress {
			t.Errorf("of nothing: %v", err)
		}
		a.Stop()
	})
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
