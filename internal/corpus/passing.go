package corpus

import (
	"fmt"
	"io"
	"math"
	"sync/atomic"

	"github.com/dustin/go-humanize"
)

// A countingReader counts the bytes that pass.
type countingReader struct {
	source io.Reader
	count  *atomic.Int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	r.count.Add(int64(n))
	return n, err
}

// A totalError says that no more may be read of the inputs.
type totalError struct{ most int64 }

func (e *totalError) Error() string {
	return fmt.Sprintf("of all inputs together, at most %s are read", humanize.IBytes(uint64(e.most)))
}

// A total is what may be read of all inputs together. It is that of the reading,
// one goroutine, so that where it ends does not depend on how fast the others are.
type total struct {
	room int64 // that is left
	most int64
}

// bounded reports whether there is a bound at all.
func (t *total) bounded() bool { return t.most < math.MaxInt64 }

// take takes room for n bytes, all that is left where that is less: an error.
func (t *total) take(n int64) error {
	if n > t.room {
		t.room = 0
		return &totalError{t.most}
	}
	t.room -= n
	return nil
}

// A totalReader reads until there is no room left, and one byte more, to see
// whether that is the end of the input.
type totalReader struct {
	source io.Reader
	total  *total
}

func (r *totalReader) Read(p []byte) (int, error) {
	room := r.total.room
	if int64(len(p)) > room {
		p = p[:room+1]
	}
	n, err := r.source.Read(p)
	if full := r.total.take(int64(n)); full != nil {
		n, err = int(room), full
	}
	return n, err
}

// A shrunkError says that a file ended before it should.
type shrunkError struct{ from, to int64 }

func (e *shrunkError) Error() string {
	return fmt.Sprintf("the file has shrunk while it was read, from %d bytes to %d", e.from, e.to)
}

// A fileReader notices that its file ends before it should.
type fileReader struct {
	source io.Reader
	size   int64
	passed int64
}

func (r *fileReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	r.passed += int64(n)
	if err == io.EOF && r.passed < r.size {
		err = &shrunkError{r.size, r.passed}
	}
	return n, err
}

// A spoolError says that the bytes that passed were not kept, which is no
// fault of the input.
type spoolError struct{ cause error }

func (e *spoolError) Error() string { return e.cause.Error() }
