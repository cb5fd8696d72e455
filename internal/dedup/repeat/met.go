package repeat

import (
	"math"
	"slices"
)

// A met counts how often pairs have met, which they do in many buckets where
// they are of one family. The zero value is empty.
type met struct {
	pending []uint64 // not yet counted; a pair as A and B, so that it is sorted as a number
	pairs   []uint64 // ascending
	counts  []uint16 // of pairs, up to mostMet
}

// mostMet is where the meetings of a pair are counted no further.
const mostMet = math.MaxUint16

// countFrom is the number of pending pairs from which they are counted before
// there are more: 8 MB.
const countFrom = 1 << 20

// add notes that a pair has met once more.
func (m *met) add(a, b uint32) {
	if len(m.pending) >= max(countFrom, len(m.pairs)) {
		m.count()
	}
	m.pending = append(m.pending, uint64(min(a, b))<<32|uint64(max(a, b)))
}

// count moves the pending pairs to the others, by a merge.
func (m *met) count() {
	slices.Sort(m.pending)
	before, counts := m.pairs, m.counts
	m.pairs = make([]uint64, 0, len(before)+len(m.pending))
	m.counts = make([]uint16, 0, len(before)+len(m.pending))
	for i, j := 0, 0; i < len(before) || j < len(m.pending); {
		pair, count := uint64(0), 0
		if j == len(m.pending) || i < len(before) && before[i] <= m.pending[j] {
			pair, count = before[i], int(counts[i])
			i++
		} else {
			pair = m.pending[j]
		}
		for ; j < len(m.pending) && m.pending[j] == pair; j++ {
			count++
		}
		m.pairs, m.counts = append(m.pairs, pair), append(m.counts, uint16(min(count, mostMet)))
	}
	m.pending = m.pending[:0]
}

// each calls visit with each pair, ascending, and how often it has met.
func (m *met) each(visit func(pair Pair, times int)) {
	m.count()
	for i, pair := range m.pairs {
		visit(Pair{A: uint32(pair >> 32), B: uint32(pair)}, int(m.counts[i]))
	}
}
