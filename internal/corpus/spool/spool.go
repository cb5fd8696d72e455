// Package spool keeps bytes that pass only once, so that they can be read again.
//
// They stay in memory up to a limit; beyond it all of them move to a temporary
// file, which is removed from its folder as soon as it is open where the
// system allows that, else by Close. The file grows as large as what was
// written: 100 GB of articles on standard input need 100 GB there.
package spool

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// blockBytes is the size of a piece of memory: growing one slice instead
// would hold the bytes twice while it is copied.
const blockBytes = 1 << 20

// tailBytes of what was last written wait to be written to the file: most
// pieces are an article, of which a call of the system for each costs as much
// as copying ten.
const tailBytes = 256 << 10

// A Spool is bytes that are appended, by Write from one goroutine, while others
// read what stands there. Create it with New.
type Spool struct {
	limit  int
	dir    string
	create func(dir, pattern string) (*os.File, error)

	mu     sync.RWMutex
	blocks [][]byte // each of blockBytes but the last; nil once there is a file
	size   int64
	file   *os.File
	tail   []byte // the last of size, not yet in the file
	failed error  // of making or writing the file; nothing is taken from then on
	named  bool   // the file still stands in its folder
	closed bool
}

// New returns an empty spool with the given memory limit in bytes. The
// temporary file goes into dir, "" for the system's folder of such files.
func New(limit int, dir string) *Spool { return &Spool{limit: limit, dir: dir, create: os.CreateTemp} }

// Size returns the number of bytes written.
func (s *Spool) Size() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// Write appends the bytes.
func (s *Spool) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(p)
}

// Append appends the pieces as one, and returns where they stand. Unlike Write
// it may be called by many goroutines.
func (s *Spool) Append(pieces ...[]byte) (offset int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	offset = s.size
	for _, p := range pieces {
		if _, err := s.write(p); err != nil {
			return offset, err
		}
	}
	return offset, nil
}

func (s *Spool) write(p []byte) (int, error) {
	if s.closed {
		return 0, os.ErrClosed
	}
	if s.failed == nil && s.file == nil && s.size+int64(len(p)) > int64(s.limit) {
		s.failed = s.moveToFile()
	}
	if s.failed == nil {
		s.failed = s.take(p)
	}
	if s.failed != nil {
		return 0, s.failed
	}
	s.size += int64(len(p))
	return len(p), nil
}

// take has the bytes in memory or in the file.
func (s *Spool) take(p []byte) error {
	switch {
	case s.file == nil:
		s.remember(p)
	case len(s.tail)+len(p) <= tailBytes:
		s.tail = append(s.tail, p...)
	default:
		return s.toFile(p)
	}
	return nil
}

// toFile writes the tail to the file, and what follows it.
func (s *Spool) toFile(p []byte) error {
	_, err := s.file.WriteAt(s.tail, s.inFile())
	if err == nil {
		_, err = s.file.WriteAt(p, s.size)
	}
	if err != nil {
		return s.inFolder("writing", err)
	}
	s.tail = s.tail[:0]
	return nil
}

// inFile returns how many bytes stand in the file.
func (s *Spool) inFile() int64 { return s.size - int64(len(s.tail)) }

func (s *Spool) remember(p []byte) {
	for len(p) > 0 {
		last := len(s.blocks) - 1
		if last < 0 || len(s.blocks[last]) == blockBytes {
			var block []byte // the first grows with what little there may be
			if last >= 0 {
				block = make([]byte, 0, blockBytes)
			}
			s.blocks = append(s.blocks, block)
			last++
		}
		n := min(len(p), blockBytes-len(s.blocks[last]))
		s.blocks[last] = append(s.blocks[last], p[:n]...)
		p = p[n:]
	}
}

// moveToFile moves what stands in memory to a file. Where not all of it can be
// written, for want of room, what was kept so far stays where it is.
func (s *Spool) moveToFile() error {
	file, err := s.create(s.dir, "newsdedup-spool-*")
	if err != nil {
		return s.inFolder("creating", err)
	}
	named := os.Remove(file.Name()) != nil
	for i, block := range s.blocks {
		if _, err := file.WriteAt(block, int64(i)*blockBytes); err != nil {
			_ = discard(file, named) // the first error says what is wrong
			return s.inFolder("writing", err)
		}
	}
	s.file, s.named, s.blocks = file, named, nil
	return nil
}

// discard closes the file, and removes it if it still stands in its folder.
func discard(file *os.File, named bool) error {
	err := file.Close()
	if named {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

// inFolder says of an error of the temporary file which folder it stands in:
// its own name, which is gone, helps nobody to make room.
func (s *Spool) inFolder(doing string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	dir := s.dir
	if dir == "" {
		dir = os.TempDir()
	}
	if s.file != nil {
		dir = filepath.Dir(s.file.Name())
	}
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return fmt.Errorf("%s a temporary file in %q: %w", doing, dir, err)
}

// ReadAt fills p with the bytes from offset on, as io.ReaderAt does.
func (s *Spool) ReadAt(p []byte, offset int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return 0, os.ErrClosed
	}
	if offset < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	for n < len(p) && offset < s.size {
		copied, err := s.readPiece(p[n:], offset)
		if n, offset = n+copied, offset+int64(copied); err != nil {
			return n, s.inFolder("reading", err)
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// readPiece reads what stands in one place: a block, the file or its tail.
func (s *Spool) readPiece(p []byte, offset int64) (int, error) {
	inFile := s.inFile()
	switch {
	case s.file == nil:
		return copy(p, s.blocks[offset/blockBytes][offset%blockBytes:]), nil
	case offset < inFile:
		return s.file.ReadAt(p[:min(int64(len(p)), inFile-offset)], offset)
	default:
		return copy(p, s.tail[offset-inFile:]), nil
	}
}

// Close gives the memory back and removes the file.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed, s.blocks, s.tail = true, nil, nil
	if s.file == nil {
		return nil
	}
	return discard(s.file, s.named)
}
