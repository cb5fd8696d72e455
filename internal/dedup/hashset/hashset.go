// Package hashset is a set of hashes that is filled, asked and filled again for
// each article: what two of them share, what stands in one twice.
//
// It is an open-addressing table that is never more than half full. Hashes are
// mixed in all their bits, so their own bits choose the slot: all but the lowest
// four, which package minhash clears. To add a hash or to look it up takes about a
// nanosecond (BenchmarkSet).
package hashset

import (
	"math/bits"
	"slices"
)

// A Set is a set of hashes. It keeps its memory: one for each goroutine. The zero
// value is empty, and has no room before the first Reset.
type Set struct {
	slots   []uint64 // 0 where free
	mask    uint64
	hasZero bool // 0, which would look like a free slot, is an element
}

// low is the number of bits that do not choose the slot.
const low = 4

// Reset empties the set and makes room for that many hashes.
func (s *Set) Reset(count int) {
	size := 1 << bits.Len(uint(2*count))
	s.slots = slices.Grow(s.slots[:0], size)[:size]
	clear(s.slots)
	s.mask, s.hasZero = uint64(size-1), false
}

// Add adds a hash and reports whether it was not there.
func (s *Set) Add(hash uint64) (added bool) {
	if hash == 0 {
		added, s.hasZero = !s.hasZero, true
		return added
	}
	slots := s.slots
	for at := hash >> low & s.mask; at < uint64(len(slots)); at = (at + 1) & s.mask {
		switch slots[at] {
		case 0:
			slots[at] = hash
			return true
		case hash:
			return false
		}
	}
	return false
}

// Has reports whether a hash is in the set.
func (s *Set) Has(hash uint64) bool {
	if hash == 0 {
		return s.hasZero
	}
	slots := s.slots
	for at := hash >> low & s.mask; at < uint64(len(slots)); at = (at + 1) & s.mask {
		switch slots[at] {
		case hash:
			return true
		case 0:
			return false
		}
	}
	return false
}
