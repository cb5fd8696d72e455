package compress

import (
	"bufio"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// A TrailingError says that the compressed data is whole, and that what stands
// behind it is none.
type TrailingError struct {
	Kind   Kind
	Offset int64 // in the source, of what stands behind; 0 where it is unknown
}

func (e *TrailingError) Error() string {
	if e.Offset == 0 {
		return fmt.Sprintf("other bytes follow the end of the %s data", e.Kind)
	}
	return fmt.Sprintf("other bytes follow the end of the %s data, from byte %d on", e.Kind, e.Offset)
}

// A gzipReader reads one member after the other. It does by itself what
// gzip.Reader does for several members, to tell what is no member from one
// that is cut.
type gzipReader struct {
	member *gzip.Reader
	input  *bufio.Reader
	source *counter // below input
	err    error
}

// A counter counts the bytes that pass.
type counter struct {
	io.Reader
	count int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.count += int64(n)
	return n, err
}

// open begins the member that stands next in the input.
func (r *gzipReader) open() error {
	err := r.member.Reset(r.input)
	r.member.Multistream(false)
	return unexpected(err)
}

func (r *gzipReader) Read(p []byte) (int, error) {
	for r.err == nil {
		n, err := r.member.Read(p)
		if err == io.EOF {
			err = r.next()
		}
		r.err = err
		if n > 0 {
			return n, err
		}
	}
	return 0, r.err
}

// next opens the member behind one that has ended.
func (r *gzipReader) next() error {
	head, err := r.input.Peek(2)
	switch {
	case KindOf(head) == Gzip:
		return r.open()
	case err != nil && err != io.EOF:
		return err
	default:
		return r.trailing()
	}
}

// trailing passes over zeros, with which tapes and block devices fill up what
// they store; at anything else it stops.
func (r *gzipReader) trailing() error {
	end := r.source.count - int64(r.input.Buffered())
	for {
		switch c, err := r.input.ReadByte(); {
		case err != nil:
			return err
		case c != 0:
			return &TrailingError{Kind: Gzip, Offset: end}
		}
	}
}
