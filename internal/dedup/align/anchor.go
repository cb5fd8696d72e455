package align

import (
	"math/bits"
	"slices"
)

// An anchor is a run of words that stands in both texts: where it begins.
type anchor struct{ a, b int }

// A way is how texts are parted: at runs of so many words that stand once in either, or
// also at those that stand more often, where they stand first.
type way struct {
	words int
	first bool
}

// ways are those that are tried, one after another.
var ways = [...]way{{words: anchorWords}, {words: anchorWords, first: true}, {words: 1}}

// anchors finds them. The zero value is ready.
type anchors struct {
	slots  []int32 // by hash: a place in A, plus one; 0 where free
	places []place // by where a run begins in A
	found  []anchor
	tails  []int // of the longest ascending sequence: by length, the anchor it ends with
	before []int // by anchor: the one before it in its sequence, −1 for none
}

// A place says of a run of A how often it stands there, counted where it stands first,
// and where in B.
type place struct {
	hash  uint64
	again bool  // it stands in A more than once
	b     int32 // where it stands first, or nowhere, several
}

const (
	nowhere = -1
	several = -2
)

// multiplier is 2⁶⁴ divided by the golden ratio, odd.
const multiplier = 0x9e3779b97f4a7c15

// A roller is the hashes of all runs of a number of words, one after another: w₁·Pᵏ⁻¹ + … + wₖ.
type roller struct {
	text  []uint64
	power uint64 // Pᵏ
	sum   uint64
}

func newRoller(text []uint64, words int) roller {
	r := roller{text: text, power: 1}
	for _, word := range text[:words-1] {
		r.sum = r.sum*multiplier + word
	}
	for range words {
		r.power *= multiplier
	}
	return r
}

// next is the hash of the run that begins at a place; places are asked for in a row.
func (r *roller) next(at, words int) uint64 {
	r.sum = r.sum*multiplier + r.text[at+words-1]
	if at > 0 {
		r.sum -= r.text[at-1] * r.power
	}
	return r.sum
}

// slotOf returns the slot of a hash, which is that of its run or free. Equal hashes are
// taken for equal runs here, and compared before they count.
func (s *anchors) slotOf(hash uint64) *int32 {
	mask := uint64(len(s.slots) - 1)
	mixed := hash ^ hash>>29
	for at := (mixed * multiplier) >> 32 & mask; ; at = (at + 1) & mask {
		if slot := &s.slots[at]; *slot == 0 || s.places[*slot-1].hash == hash {
			return slot
		}
	}
}

// find returns the longest sequence of anchors that ascends in both texts.
func (s *anchors) find(a, b []uint64, parting way) []anchor {
	words := parting.words
	if len(a) < words || len(b) < words {
		return nil
	}
	s.enter(a, words)
	ofB := newRoller(b, words)
	for at := range len(b) - words + 1 {
		slot := *s.slotOf(ofB.next(at, words))
		if slot == 0 {
			continue
		}
		if p := &s.places[slot-1]; p.b == nowhere {
			p.b = int32(at)
		} else if !parting.first {
			p.b = several
		}
	}
	s.found = s.found[:0]
	for at, p := range s.places {
		if (parting.first || !p.again) && p.b >= 0 && slices.Equal(a[at:][:words], b[p.b:][:words]) {
			s.found = append(s.found, anchor{at, int(p.b)})
		}
	}
	return s.ascending()
}

// enter fills the table with the runs of A.
func (s *anchors) enter(a []uint64, words int) {
	count := len(a) - words + 1
	size := 1 << bits.Len(uint(2*count))
	s.slots = slices.Grow(s.slots[:0], size)[:size]
	clear(s.slots)
	s.places = slices.Grow(s.places[:0], count)[:count]
	ofA := newRoller(a, words)
	for at := range s.places {
		s.places[at] = place{hash: ofA.next(at, words), b: nowhere}
		if slot := s.slotOf(s.places[at].hash); *slot == 0 {
			*slot = int32(at + 1)
		} else {
			s.places[*slot-1].again = true
		}
	}
}

// ascending returns the longest of the sequences of anchors found that ascend in B too;
// in A they all do.
func (s *anchors) ascending() []anchor {
	s.tails, s.before = s.tails[:0], s.before[:0]
	for i, next := range s.found {
		length, _ := slices.BinarySearchFunc(s.tails, next.b, func(tail, b int) int { return s.found[tail].b - b })
		if length == 0 {
			s.before = append(s.before, -1)
		} else {
			s.before = append(s.before, s.tails[length-1])
		}
		if length == len(s.tails) {
			s.tails = append(s.tails, i)
		} else {
			s.tails[length] = i
		}
	}
	if len(s.tails) == 0 {
		return nil
	}
	sequence := make([]anchor, len(s.tails))
	at := s.tails[len(s.tails)-1]
	for i := len(sequence) - 1; i >= 0; i-- {
		sequence[i] = s.found[at]
		at = s.before[at]
	}
	return sequence
}
