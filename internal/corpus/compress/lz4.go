package compress

import (
	"encoding/binary"
	"io"

	"github.com/pierrec/lz4/v4"
)

const (
	// legacyMagic is that of the frames that lz4 wrote before 2013.
	legacyMagic = 0x184C2102
	// legacyBlock is the most that 8 MiB become: what would be longer is no
	// block but what follows the frame, whose end is not marked.
	legacyBlock = 8<<20 + 8<<20/255 + 16
)

// An lz4Frame measures a frame by the sizes of its blocks.
type lz4Frame struct {
	pieces
	blockChecksum, frameChecksum int // their lengths
}

// openLZ4 reads the frame at which the source stands with the given reader.
func openLZ4(input *source, reader *lz4.Reader) io.Reader {
	frame := &lz4Frame{pieces: pieces{input: input}}
	frame.next = frame.header
	reader.Reset(frame)
	return reader
}

func (f *lz4Frame) header() (int, error) {
	head, err := f.must(4)
	if err != nil {
		return 0, err
	}
	if binary.LittleEndian.Uint32(head) == legacyMagic {
		f.next = f.legacyBlock
		return len(head), nil
	}
	const size = 7 // magic, two bytes of flags, and their checksum
	if head, err = f.must(size); err != nil {
		return 0, err
	}
	flags := head[4]
	f.blockChecksum, f.frameChecksum = int(flags>>4&1)*4, int(flags>>2&1)*4
	f.next = f.block
	return size + int(flags>>3&1)*8 + int(flags&1)*4, nil
}

func (f *lz4Frame) block() (int, error) {
	head, err := f.must(4)
	if err != nil {
		return 0, err
	}
	const stored = 1 << 31 // not compressed
	size := binary.LittleEndian.Uint32(head) &^ stored
	if size == 0 {
		f.next = noMore
		return len(head) + f.frameChecksum, nil
	}
	return len(head) + int(size) + f.blockChecksum, nil
}

func (f *lz4Frame) legacyBlock() (int, error) {
	if _, err := f.input.look(1); err != nil {
		return 0, err // the end of the input is that of the frame
	}
	head, err := f.must(4)
	if err != nil {
		return 0, err
	}
	size := binary.LittleEndian.Uint32(head)
	if size > legacyBlock {
		return 0, io.EOF
	}
	return len(head) + int(size), nil
}

func noMore() (int, error) { return 0, io.EOF }
