package index

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"os"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A segment is articles in the order of their adding, and is never changed. It is read by any
// number of goroutines.
type segment struct {
	in     io.ReaderAt
	file   *os.File // nil for one in memory
	size   int64
	footer footer

	samples, paragraphs, texts, names *table

	removed removed
	number  uint64 // by which its blocks are held
}

// mostFooter is the most that a footer takes.
const mostFooter = 1 << 20

func openSegment(in io.ReaderAt, size int64) (*segment, error) {
	s := &segment{in: in, size: size}
	if err := s.readFooter(); err != nil {
		return nil, err
	}
	f := &s.footer
	if f.Rows < int64(len(magic)) || f.Rows > size || f.Articles < 0 || int64(f.Articles) > (size-f.Rows)/rowBytes {
		return nil, damaged("the rows lie outside the file")
	}
	for _, t := range []struct {
		into    **table
		keyBits int
		place   tablePlace
	}{{&s.samples, dedup.SampleKeyBits, f.Samples}, {&s.paragraphs, hashBits, f.Paragraphs}, {&s.texts, hashBits, f.Texts}, {&s.names, hashBits, f.Names}} {
		opened, err := openTable(in, t.keyBits, t.place, size)
		if err != nil {
			return nil, err
		}
		*t.into = opened
	}
	return s, nil
}

func (s *segment) readFooter() error {
	least := int64(len(magic)) + tailBytes
	if s.size < least {
		return damaged("a segment is cut")
	}
	head := make([]byte, len(magic))
	if _, err := s.in.ReadAt(head, 0); err != nil {
		return err
	}
	if string(head) != magic {
		return damaged("a segment does not begin as one")
	}
	tail := make([]byte, tailBytes)
	if _, err := s.in.ReadAt(tail, s.size-tailBytes); err != nil {
		return err
	}
	if string(tail[8:]) != magic {
		return damaged("a segment does not end as one")
	}
	length := int64(binary.LittleEndian.Uint32(tail))
	if length > min(mostFooter, s.size-least) {
		return damaged("the footer of a segment lies outside the file")
	}
	data := make([]byte, length)
	if _, err := s.in.ReadAt(data, s.size-tailBytes-length); err != nil {
		return err
	}
	if sum(data) != binary.LittleEndian.Uint32(tail[4:]) {
		return damaged("the footer of a segment has another checksum")
	}
	if err := json.Unmarshal(data, &s.footer); err != nil {
		return damaged("the footer of a segment cannot be read")
	}
	if s.footer.Version > segmentVersion {
		return fmt.Errorf("a segment is of version %d, and this program knows versions up to %d: use a newer newsdedup", s.footer.Version, segmentVersion)
	}
	return nil
}

// row reads what is known of an article.
func (s *segment) row(local uint32) (row, error) {
	if int64(local) >= int64(s.footer.Articles) {
		return row{}, damaged("an article is named that is not there")
	}
	var memory [rowBytes]byte
	if _, err := s.in.ReadAt(memory[:], s.footer.Rows+int64(local)*rowBytes); err != nil {
		return row{}, err
	}
	return readRow(memory[:])
}

// readBlock reads the block at the place as it stands in the file, its head included.
func (s *segment) readBlock(at uint64) ([]byte, error) {
	var head [blockHead]byte
	if at > uint64(s.footer.Rows) {
		return nil, damaged("a block lies outside the file")
	}
	if _, err := s.in.ReadAt(head[:], int64(at)); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(head[:]))
	if int64(at)+blockHead+length > s.footer.Rows {
		return nil, damaged("a block lies outside the file")
	}
	block := make([]byte, blockHead+length)
	if _, err := s.in.ReadAt(block, int64(at)); err != nil {
		return nil, err
	}
	if blockSum(block[:8], block[blockHead:]) != binary.LittleEndian.Uint32(block[8:]) {
		return nil, damaged("a block has another checksum")
	}
	return block, nil
}

// mostBlock is the most that a block holds: an article of the largest size that is read, and
// those before it.
const mostBlock = 1 << 30

// unpack returns what a block holds.
func unpack(blocks *compress.Blocks, block []byte) ([]byte, error) {
	raw := binary.LittleEndian.Uint32(block[4:])
	if raw > mostBlock {
		return nil, damaged("a block is too large")
	}
	data := make([]byte, raw)
	if err := blocks.Decompress(compress.Zstd, data, block[blockHead:]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return data, nil
}

// articleIn reads the article of the row in what its block holds.
func articleIn(data []byte, r *row, scratch *corpus.Scratch) (corpus.Article, error) {
	if uint64(r.start)+uint64(r.length) > uint64(len(data)) {
		return corpus.Article{}, damaged("an article lies outside its block")
	}
	return readArticle(data[r.start:r.start+r.length], scratch)
}

func (s *segment) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// live is the number of articles that have not been removed.
func (s *segment) live() int { return s.footer.Articles - s.removed.count() }

// removed is a bit for each article that has been removed, nil for none.
type removed []uint64

func (r removed) has(local uint32) bool {
	return int(local/64) < len(r) && r[local/64]>>(local%64)&1 != 0
}

// with returns the set with an article more, and leaves this one as it is.
func (r removed) with(locals []uint32) removed {
	words := len(r)
	for _, local := range locals {
		words = max(words, int(local/64)+1)
	}
	more := make(removed, words)
	copy(more, r)
	for _, local := range locals {
		more[local/64] |= 1 << (local % 64)
	}
	return more
}

func (r removed) count() int {
	count := 0
	for _, word := range r {
		count += bits.OnesCount64(word)
	}
	return count
}

// list returns the articles, ascending.
func (r removed) list() []uint32 {
	var locals []uint32
	for i, word := range r {
		for ; word != 0; word &= word - 1 {
			locals = append(locals, uint32(64*i+bits.TrailingZeros64(word)))
		}
	}
	return locals
}
