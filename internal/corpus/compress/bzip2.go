package compress

import (
	"compress/bzip2"
	"errors"
	"io"
)

// A bzip2Reader reads streams one after the other, as the library does, and
// says where what is no stream begins.
type bzip2Reader struct {
	streams io.Reader
	input   *source
	err     error
}

func openBzip2(input *source) io.Reader {
	return &bzip2Reader{streams: bzip2.NewReader(input), input: input}
}

// noStream is what the library says of what stands behind a stream, when it
// has read the two bytes that should have begun another.
const noStream = bzip2.StructuralError("bad magic value in continuation file")

func (r *bzip2Reader) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.streams.Read(p)
	if errors.Is(err, noStream) {
		err = &TrailingError{Kind: Bzip2, Offset: r.input.offset() - 2}
	}
	r.err = err
	return n, err
}
