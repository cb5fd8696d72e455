package index

import (
	"sync"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// heldBlocks is the number of blocks that are held for the next article of theirs: of 32 KiB, 8 MiB.
const heldBlocks = 256

// largeBlock is the size from which a block is not held.
const largeBlock = 1 << 20

// A hold has the blocks read last, each in the slot that its place names. It is for any
// number of goroutines; what it gives is never changed.
type hold struct {
	mu    sync.Mutex
	slots [heldBlocks]heldBlock
}

type heldBlock struct {
	segment, at uint64
	data        []byte
}

func (h *hold) slot(segment, at uint64) *heldBlock {
	return &h.slots[(segment*0x9e3779b97f4a7c15+at*0xbf58476d1ce4e5b9)>>56%heldBlocks]
}

func (h *hold) get(segment, at uint64) []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if slot := h.slot(segment, at); slot.segment == segment && slot.at == at {
		return slot.data
	}
	return nil
}

func (h *hold) put(segment, at uint64, data []byte) {
	if len(data) > largeBlock {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	*h.slot(segment, at) = heldBlock{segment, at, data}
}

// An unpacker reads articles: one for each goroutine.
type unpacker struct {
	hold   *hold
	blocks compress.Blocks
}

// block returns what the block of a segment at the place holds.
func (u *unpacker) block(s *segment, at uint64) ([]byte, error) {
	if data := u.hold.get(s.number, at); data != nil {
		return data, nil
	}
	block, err := s.readBlock(at)
	if err != nil {
		return nil, err
	}
	data, err := unpack(&u.blocks, block)
	if err == nil {
		u.hold.put(s.number, at, data)
	}
	return data, err
}

// article reads an article, whose body is never written to.
func (u *unpacker) article(s *segment, local uint32, scratch *corpus.Scratch) (corpus.Article, row, error) {
	r, err := s.row(local)
	if err != nil {
		return corpus.Article{}, r, err
	}
	data, err := u.block(s, r.block)
	if err != nil {
		return corpus.Article{}, r, err
	}
	article, err := articleIn(data, &r, scratch)
	return article, r, err
}
