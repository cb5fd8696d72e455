package corpus

import (
	"io"
	"os"
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// aheadBlocks of aheadBytes are decompressed ahead of what is read of an
// input: 4 MiB, the text of a thousand stories, which is all of many a shard. What
// is larger than that waits for its turn with 4 MiB done: of shards of 1 MB
// two processors read twice as much as one, of shards of 10 MB a third more
// (BenchmarkShards).
const (
	aheadBlocks = 16
	aheadBytes  = 256 << 10
)

// A source is where the bytes of one input come from. Its memory is used for
// one input after the other.
type source struct {
	decompressor compress.Decompressor
	ahead        *parallel.Ahead // nil until it is needed
	running      bool            // it is reading

	// Of the input. What opens it may be another goroutine.
	file        *os.File // nil for standard input
	info        os.FileInfo
	regular     bool
	read        atomic.Int64 // bytes of it as it is stored
	compression compress.Kind
	bytes       io.Reader // decompressed
}

// open opens the input. The bytes that are read of it are counted in total as well.
func (s *source) open(path string, stdin io.Reader, total *atomic.Int64) error {
	s.file, s.info, s.regular = nil, nil, false
	s.read.Store(0)
	stored, size := stdin, int64(0)
	if path != Stdin {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		s.file, stored = file, file
		if s.info, err = file.Stat(); err != nil {
			return err
		}
		if s.regular = s.info.Mode().IsRegular(); s.regular {
			size = s.info.Size()
		}
	}
	counted := &countingReader{&countingReader{stored, &s.read}, total}
	var err error
	s.bytes, s.compression, err = s.decompressor.Open(&fileReader{source: counted, size: size})
	return err
}

// startAhead has the input opened and decompressed from now on, on a goroutine of its own.
func (s *source) startAhead(open func() error) {
	if s.ahead == nil {
		s.ahead = parallel.NewAhead(aheadBlocks, aheadBytes)
	}
	s.running = true
	s.ahead.Start(func() (io.Reader, error) { err := open(); return s.bytes, err })
}

// reader returns the decompressed bytes of the input, which is open: those of a compressed
// one are decompressed beside their being split.
func (s *source) reader() io.Reader {
	if s.compression != compress.None && !s.running {
		s.startAhead(func() error { return nil })
	}
	if s.running {
		return s.ahead
	}
	return s.bytes
}

// stop ends the reading of the input, and reports whether the source can be used
// again. Standard input and pipes may not give a byte for hours: nobody waits
// for them, and who reads them ends when they do.
func (s *source) stop() (again bool) {
	if !s.running {
		return true
	}
	s.running = false
	_ = s.ahead.Opened() // what is known of the input is known from here on
	if s.regular || s.ahead.Ended() {
		s.ahead.Stop()
		return true
	}
	go func() {
		s.ahead.Stop()
		s.decompressor.Close()
	}()
	return false
}
