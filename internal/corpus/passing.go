package corpus

import (
	"io"
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/corpus/spool"
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

// A spoolingReader keeps the bytes that pass, as long as there is a spool.
type spoolingReader struct {
	source io.Reader
	spool  *spool.Spool
}

// A spoolError says that the bytes that passed were not kept, which is no
// fault of the input.
type spoolError struct{ cause error }

func (e *spoolError) Error() string { return e.cause.Error() }

// OPT: a record above the size limit and an input of no known format are
// kept, too, though never read again. Leaving them out would need a spool
// with holes.
func (r *spoolingReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	if r.spool == nil {
		return n, err
	}
	if _, failure := r.spool.Write(p[:n]); failure != nil {
		return 0, &spoolError{failure}
	}
	return n, err
}
