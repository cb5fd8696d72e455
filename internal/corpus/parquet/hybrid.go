package parquet

import (
	"encoding/binary"
	"errors"
)

var errRuns = errors.New("damaged runs")

// A hybrid reads small numbers of some width in bits that stand in runs: of one
// value, or of values packed bit by bit. Nothing is unpacked before it is asked
// for, so a run of a billion costs what is read of it.
type hybrid struct {
	rest   []byte
	width  int
	value  uint32 // of the run
	equal  uint64 // values left of the run
	packed []byte // those that are packed
	at     int    // position of the next in it, in bits
}

func (h *hybrid) reset(data []byte, width int) { *h = hybrid{rest: data, width: width} }

// next returns the next number.
func (h *hybrid) next() (uint32, error) {
	if h.width == 0 {
		return 0, nil
	}
	for h.equal == 0 && h.at+h.width > 8*len(h.packed) {
		if err := h.run(); err != nil {
			return 0, err
		}
	}
	if h.equal > 0 {
		h.equal--
		return h.value, nil
	}
	value := bitsAt(h.packed, h.at, h.width)
	h.at += h.width
	return uint32(value), nil
}

// run begins the next run.
func (h *hybrid) run() error {
	head, n := binary.Uvarint(h.rest)
	if n <= 0 {
		return errRuns
	}
	h.rest = h.rest[n:]
	h.packed, h.at = nil, 0
	if head&1 == 1 {
		// Eights of values. The last may be cut where the page ends.
		count := uint64(len(h.rest))
		if groups := head >> 1; groups < count { // else beyond what there is
			count = min(count, groups*uint64(h.width))
		}
		h.packed, h.rest = h.rest[:count], h.rest[count:]
		return nil
	}
	size := (h.width + 7) / 8
	if len(h.rest) < size {
		return errRuns
	}
	h.value = 0
	for i, b := range h.rest[:size] {
		h.value |= uint32(b) << (8 * i)
	}
	h.equal, h.rest = head>>1, h.rest[size:]
	return nil
}

// bitsAt returns width bits, at most 64, from the given one on, which must be there.
func bitsAt(data []byte, at, width int) uint64 {
	if width == 0 {
		return 0
	}
	data = data[at/8:]
	shift := at % 8
	var low, high uint64
	if len(data) > 8 {
		low, high = binary.LittleEndian.Uint64(data), uint64(data[8])
	} else {
		for i, b := range data {
			low |= uint64(b) << (8 * i)
		}
	}
	return (low>>shift | high<<(64-shift)) & (1<<width - 1)
}
