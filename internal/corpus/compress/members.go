package compress

import (
	"bufio"
	"fmt"
	"io"
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

// A source is where compressed data is read from, at a place that is known.
type source struct {
	*bufio.Reader
	counted counter
}

func (s *source) reset(r io.Reader) {
	s.counted = counter{Reader: r}
	if s.Reader == nil {
		s.Reader = bufio.NewReaderSize(&s.counted, inputBytes)
	}
	s.Reader.Reset(&s.counted)
}

// offset returns how many bytes have been taken.
func (s *source) offset() int64 { return s.counted.count - int64(s.Buffered()) }

// look returns the next bytes of the source without taking them, fewer than n
// where it ends; an error where there is none.
func (s *source) look(n int) ([]byte, error) {
	head, err := s.Peek(n)
	if err == io.EOF && len(head) > 0 {
		err = nil
	}
	return head, err
}

// members reads what stands one behind the other: the members of a gzip file,
// the streams of xz, the frames of lz4. It does by itself what the libraries
// do for several of them, to tell what is no member from one that is cut.
type members struct {
	kind Kind
	// open begins the member at which the input stands, and reads from the
	// input what is the member's and no more.
	open   func() (io.Reader, error)
	input  *source
	member io.Reader
	err    error
}

// begin opens the first member, of which the magic has been seen.
func (m *members) begin() (err error) {
	m.member, err = m.open()
	return unexpected(err)
}

func (m *members) Read(p []byte) (int, error) {
	for m.err == nil {
		n, err := m.member.Read(p)
		if err == io.EOF {
			err = m.next()
		}
		m.err = err
		if n > 0 {
			return n, err
		}
	}
	return 0, m.err
}

// next opens the member behind one that has ended. What stands between two may
// be zeros, with which xz aligns its streams and tapes fill their blocks, and
// frames that hold no text.
func (m *members) next() error {
	end := m.input.offset()
	for {
		head, err := m.input.look(headBytes)
		if err != nil {
			return err
		}
		if KindOf(head) == m.kind && head[0]&0xf0 != 0x50 {
			return m.begin()
		}
		length, skipped := skippable(head)
		switch {
		case head[0] == 0 && m.kind != LZ4:
			length = int64(zeros(head))
		case !skipped || m.kind != LZ4:
			return &TrailingError{Kind: m.kind, Offset: end}
		}
		if _, err := io.CopyN(io.Discard, m.input, length); err != nil {
			return unexpected(err)
		}
	}
}

// zeros counts the zeros that stand first.
func zeros(head []byte) int {
	for n, c := range head {
		if c != 0 {
			return n
		}
	}
	return len(head)
}

// unexpected is the error of an input that ends in the middle of a header:
// io.EOF would say that all is well.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
