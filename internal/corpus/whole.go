package corpus

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpus/spool"
)

// A whole is how the bytes of the current input can be had at any place.
type whole struct {
	file  *os.File // where it is plain and lies on disk
	size  int64    // of the file
	count *atomic.Int64
	spool *spool.Spool // new for each input that is not, nil without a Corpus
}

// Whole returns all bytes of the input, to be read at any place, and how many
// they are: for a format whose index stands at its end. It must be called before the
// stream is advanced, which is at its end afterwards. A plain file is read
// where it lies; what passes only once, until its last byte has been kept.
func (s *Stream) Whole() (io.ReaderAt, int64, error) {
	if s.offset != 0 {
		return nil, 0, errors.New("the stream has been advanced")
	}
	if file := s.whole.file; file != nil {
		if err := s.total.take(s.whole.size - int64(s.end)); err != nil {
			return nil, 0, err
		}
		s.start, s.end, s.err = 0, 0, io.EOF
		s.offset = s.whole.size
		return &countingReaderAt{file, s.whole.count}, s.whole.size, nil
	}
	if s.whole.spool == nil {
		return s.wholeInMemory()
	}
	for {
		if _, err := s.whole.spool.Write(s.Window()); err != nil {
			return nil, 0, &spoolError{err}
		}
		s.Advance(len(s.Window()), 0)
		if !s.More() {
			break
		}
	}
	if !s.atEnd() {
		return nil, 0, s.err
	}
	return s.whole.spool, s.whole.spool.Size(), nil
}

// atEnd reports whether all of the input was there: that other bytes follow its
// compressed ones is said when it is closed.
func (s *Stream) atEnd() bool {
	_, trailing := errors.AsType[*compress.TrailingError](s.err)
	return s.err == io.EOF || trailing
}

// wholeInMemory is Whole for a stream that belongs to no Corpus.
func (s *Stream) wholeInMemory() (io.ReaderAt, int64, error) {
	var all bytes.Buffer
	for ok := true; ok; ok = s.More() {
		all.Write(s.Window())
		s.Advance(len(s.Window()), 0)
	}
	if !s.atEnd() {
		return nil, 0, s.err
	}
	return bytes.NewReader(all.Bytes()), int64(all.Len()), nil
}

// A countingReaderAt counts the bytes that are read.
type countingReaderAt struct {
	source io.ReaderAt
	count  *atomic.Int64
}

func (r *countingReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	n, err := r.source.ReadAt(p, offset)
	r.count.Add(int64(n))
	return n, err
}
