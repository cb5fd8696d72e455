package compress

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/dustin/go-humanize"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// An xzStream measures a stream: a header, blocks of LZMA2 chunks, an index, a
// footer. The library takes an end of the input before a block for the end of
// the stream, and a dictionary of whatever size a block asks for, anew for each
// block; neither gets past here.
type xzStream struct {
	pieces
	check   int // the length of a block's checksum
	packed  int // bytes of the block's chunks so far
	records uint64
	index   int // bytes of the index so far
}

// openXZ reads the stream at which the source stands.
func openXZ(input *source) (io.Reader, error) {
	stream := &xzStream{pieces: pieces{input: input}}
	stream.next = stream.header
	return xz.ReaderConfig{DictCap: lzma.MinDictCap}.NewReader(stream)
}

var errXZ = errors.New("the data is damaged")

func (s *xzStream) header() (int, error) {
	const length, flags = 12, 7
	head, err := s.must(length)
	if err != nil {
		return 0, err
	}
	switch head[flags] & 0xf {
	case 1:
		s.check = 4 // CRC-32
	case 4:
		s.check = 8 // CRC-64
	case 10:
		s.check = 32 // SHA-256
	}
	s.next = s.block
	return length, nil
}

// block measures a block's header, or goes on to the index.
func (s *xzStream) block() (int, error) {
	head, err := s.must(1)
	if err != nil {
		return 0, err
	}
	if head[0] == 0 {
		return s.openIndex()
	}
	length := (int(head[0]) + 1) * 4
	if head, err = s.must(length); err != nil {
		return 0, err
	}
	s.packed = 0
	s.next = s.chunk
	at := dictionaryAt(head)
	if at < 0 {
		return length, nil
	}
	size := dictionarySize(head[at])
	if size > MaxWindow {
		return 0, fmt.Errorf("its dictionary has %s, and at most %s are accepted", humanize.IBytes(uint64(size)), humanize.IBytes(MaxWindow))
	}
	return s.shrink(length, at)
}

// smallBlock is how much of a block is looked at to tell its size.
const smallBlock = 16 << 10

// shrink passes on the block's header with a dictionary that is no larger than
// the text of the block, where that is small: a file of many small blocks
// would cost a dictionary of 8 MiB for each, or as many of 128 MiB as a hostile
// one has place for.
func (s *xzStream) shrink(length, at int) (int, error) {
	all, err := s.input.look(smallBlock)
	if err != nil {
		return 0, err
	}
	text, whole := textOfBlock(all[length:])
	end := length - crc32.Size
	if !whole || crc32.ChecksumIEEE(all[:end]) != binary.LittleEndian.Uint32(all[end:]) {
		return length, nil
	}
	header := append([]byte(nil), all[:length]...)
	for header[at] > 0 && dictionarySize(header[at]-1) >= int64(text) {
		header[at]--
	}
	binary.LittleEndian.PutUint32(header[end:], crc32.ChecksumIEEE(header[:end]))
	_, err = s.input.Discard(length)
	s.front = header
	return 0, err
}

// textOfBlock returns how long the text of a block is, if all of its chunks are seen.
func textOfBlock(chunks []byte) (text int, whole bool) {
	for len(chunks) > 0 && chunks[0] != 0 {
		packed, unpacked, ok := measureChunk(chunks)
		if !ok || packed > len(chunks) {
			return 0, false
		}
		text += unpacked
		chunks = chunks[packed:]
	}
	return text, len(chunks) > 0
}

// chunk measures a chunk, or the end of the block with its padding and checksum.
func (s *xzStream) chunk() (int, error) {
	head, err := s.input.look(chunkHeader)
	if err != nil {
		return 0, unexpected(err)
	}
	if head[0] == 0 {
		s.packed++
		s.next = s.block
		return 1 + -s.packed&3 + s.check, nil
	}
	length, _, ok := measureChunk(head)
	if !ok {
		return 0, errXZ
	}
	s.packed += length
	return length, nil
}

// chunkHeader is the longest header of a chunk.
const chunkHeader = 6

// measureChunk returns the lengths of the chunk, with its header, and of its text.
func measureChunk(head []byte) (packed, unpacked int, ok bool) {
	if len(head) < chunkHeader {
		return 0, 0, false
	}
	control := head[0]
	low := int(binary.BigEndian.Uint16(head[1:])) + 1
	switch {
	case control <= 2: // stored
		return 3 + low, low, true
	case control < 0x80:
		return 0, 0, false
	}
	packed = 5 + int(binary.BigEndian.Uint16(head[3:])) + 1
	if control >= 0xc0 { // with properties
		packed++
	}
	return packed, int(control&0x1f)<<16 + low, true
}

// openIndex measures what the index begins with: a zero, and the number of its records.
func (s *xzStream) openIndex() (int, error) {
	head, err := s.input.look(1 + binary.MaxVarintLen64)
	if err != nil {
		return 0, unexpected(err)
	}
	records, n := binary.Uvarint(head[1:])
	if n <= 0 {
		return 0, errXZ
	}
	s.records, s.index = records, 1+n
	s.next = s.record
	return s.index, nil
}

// record measures a record of the index, or what stands behind the last: padding,
// a checksum, and the footer of the stream.
func (s *xzStream) record() (int, error) {
	if s.records == 0 {
		const footer = 12
		s.next = noMore
		return -s.index&3 + crc32.Size + footer, nil
	}
	head, err := s.input.look(2 * binary.MaxVarintLen64)
	if err != nil {
		return 0, unexpected(err)
	}
	_, first := binary.Uvarint(head)
	_, second := binary.Uvarint(head[max(first, 0):])
	if first <= 0 || second <= 0 {
		return 0, errXZ
	}
	s.records--
	s.index += first + second
	return first + second, nil
}
