package corpus

import (
	"errors"
	"io"
	"runtime"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// mostComing bounds the inputs that are decompressed ahead of their turn, as
// many as there are processors: each takes aheadBlocks, and what its
// decompressor takes, which is 64 MiB of the largest that are usual (xz -9).
const mostComing = 8

// coming are the inputs that are decompressed though it is not yet their turn,
// and the memory of those that were.
type coming struct {
	sources map[int]*source // by input
	next    int             // the first input that has not been looked at
	idle    []*source
}

// take returns the source of the input, and whether it is already being opened.
func (c *coming) take(input int) (s *source, begun bool) {
	if s, begun = c.sources[input]; begun {
		delete(c.sources, input)
		return s, true
	}
	return c.fresh(), false
}

func (c *coming) fresh() *source {
	last := len(c.idle) - 1
	if last < 0 {
		return new(source)
	}
	s := c.idle[last]
	c.idle = c.idle[:last]
	return s
}

// done takes a source back whose input has ended.
func (c *coming) done(s *source) {
	if s.stop() {
		c.idle = append(c.idle, s)
	}
}

// drop ends what has been begun ahead of its turn, and notes how much of each input
// was read.
func (c *coming) drop(inputs []input) error {
	var errs []error
	for input, s := range c.sources {
		c.done(s)
		inputs[input].dropped = s.read.Load()
		if s.file != nil {
			errs = append(errs, s.file.Close())
		}
		delete(c.sources, input)
	}
	return errors.Join(errs...)
}

// close gives all memory back.
func (c *coming) close(inputs []input) error {
	err := c.drop(inputs)
	for _, s := range c.idle {
		s.decompressor.Close()
	}
	c.idle = nil
	return err
}

// beginComing begins to decompress the inputs behind the current one, so that
// a folder of compressed files keeps all processors busy, though their bytes are
// split one after the other. Only the names are asked which they are: to
// open files for nothing costs more than is won where a name is wrong.
func (c *Corpus) beginComing() {
	most := min(mostComing, runtime.GOMAXPROCS(0))
	c.coming.next = max(c.coming.next, c.current+1)
	for ; c.coming.next < len(c.inputs) && len(c.coming.sources) < most; c.coming.next++ {
		in := &c.inputs[c.coming.next]
		if !in.regular || compress.TrimSuffix(in.path) == in.path {
			continue
		}
		if c.coming.sources == nil {
			c.coming.sources = make(map[int]*source)
		}
		s := c.coming.fresh()
		path := in.path
		s.startAhead(func() error { return s.open(path, nil, &c.readBytes) })
		c.coming.sources[c.coming.next] = s
	}
}

// open returns the decompressed bytes of the input. The records of what cannot
// be read again in its place are copied to the spool.
func (c *Corpus) open(in *input) (io.Reader, error) {
	s, begun := c.coming.take(c.current)
	c.source = s
	c.beginComing()
	var err error
	if begun {
		err = s.ahead.Opened()
	} else {
		err = s.open(in.path, c.stdin, &c.readBytes)
	}
	if s.info != nil {
		in.size, in.regular = s.info.Size(), s.regular
		c.setStamp(in, s.info)
	}
	if err != nil {
		return nil, err
	}
	in.compression = s.compression
	if in.regular && s.compression == compress.None {
		c.keep(in)
	} else {
		in.spooled = true
	}
	return &totalReader{s.reader(), &c.total}, nil
}
