package parquet

import (
	"fmt"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// maxHeldBytes bounds what is held of the pages and dictionaries of all
// columns. Writers make pages of 1 MB, or of a thousand rows where these are
// large; some that make one of a whole column are refused above this.
const maxHeldBytes = 256 << 20

// A shelf is what the columns of a file share, the memory for their pages above all.
//
// Invariant: held is the size of packed and of all memory that grown and places
// have made and release has not let go of, and at most mostHeld.
type shelf struct {
	source   io.ReaderAt
	size     int64
	blocks   compress.Blocks
	header   []byte // memory for the header of a page
	packed   []byte // and for a page as it stands
	held     int
	mostHeld int // maxHeldBytes but in tests
}

// grown returns size bytes of the memory, which is replaced where it is too small.
func (s *shelf) grown(memory *[]byte, size int) ([]byte, error) {
	if cap(*memory) < size {
		room := max(size+min(size/8, maxSpareBytes), 1<<10)
		if err := s.hold(room - cap(*memory)); err != nil {
			return nil, err
		}
		*memory = nil // before the new is made
		*memory = make([]byte, room)
	}
	return (*memory)[:size:size], nil
}

// maxSpareBytes is how much larger memory is made than it has to be.
const maxSpareBytes = 1 << 20

const placeBytes = 4

// places is grown for the places of the values of a dictionary.
func (s *shelf) places(memory *[]uint32, count int) ([]uint32, error) {
	if cap(*memory) < count {
		if err := s.hold(placeBytes * (count - cap(*memory))); err != nil {
			return nil, err
		}
		*memory = nil
		*memory = make([]uint32, count)
	}
	return (*memory)[:count], nil
}

// hold counts so many bytes more as held, unless they are too many.
func (s *shelf) hold(more int) error {
	if more > s.mostHeld-s.held {
		return tooMuch(more, s.mostHeld)
	}
	s.held += more
	return nil
}

func tooMuch(size, most int) error {
	return fmt.Errorf("it takes %d bytes, and there is memory for pages of %d bytes in all", size, most)
}

// maxKeptBytes is the memory of a page that is kept to be used again: four
// times the page that writers make.
const maxKeptBytes = 4 << 20

// release lets go of the memory if it is large.
func (s *shelf) release(memory *[]byte) {
	if cap(*memory) > maxKeptBytes {
		s.held -= cap(*memory)
		*memory = nil
	}
}

// releasePlaces is release for the places of a dictionary.
func (s *shelf) releasePlaces(memory *[]uint32) {
	if placeBytes*cap(*memory) > maxKeptBytes {
		s.held -= placeBytes * cap(*memory)
		*memory = nil
	}
}
