package align

import "slices"

// An anchor is a run of words that stands once in either text: where it begins.
type anchor struct{ a, b int }

// anchors finds them. The zero value is ready.
type anchors struct {
	places map[uint64]place
	found  []anchor
	tails  []int // of the longest ascending sequence: by length, the anchor it ends with
	before []int // by anchor: the one before it in its sequence, −1 for none
}

// A place is where a run stands: its beginnings in A and B, none or several.
type place struct{ a, b int32 }

const (
	nowhere = -1
	several = -2
)

// multiplier mixes the words of a run: 2⁶⁴ divided by the golden ratio, odd.
const multiplier = 0x9e3779b97f4a7c15

// run is a hash of the words; equal hashes are compared before they count.
func run(words []uint64) uint64 {
	hash := uint64(0)
	for _, word := range words {
		hash = (hash ^ word>>29) * multiplier
		hash += word
	}
	return hash
}

// find returns the longest sequence of anchors, of a number of words, that ascends in
// both texts. It is valid until the next call.
func (s *anchors) find(a, b []uint64, words int) []anchor {
	if len(a) < words || len(b) < words {
		return nil
	}
	s.places = make(map[uint64]place, len(a)-words+1)
	for at := range len(a) - words + 1 {
		hash := run(a[at : at+words])
		if _, again := s.places[hash]; again {
			s.places[hash] = place{several, nowhere}
		} else {
			s.places[hash] = place{int32(at), nowhere}
		}
	}
	for at := range len(b) - words + 1 {
		hash := run(b[at : at+words])
		if p, known := s.places[hash]; known && p.a != several {
			if p.b != nowhere {
				p.b = several
			} else {
				p.b = int32(at)
			}
			s.places[hash] = p
		}
	}
	s.found = s.found[:0]
	for at := range len(a) - words + 1 {
		p := s.places[run(a[at:at+words])]
		if p.a >= 0 && p.b >= 0 && slices.Equal(a[p.a:][:words], b[p.b:][:words]) {
			s.found = append(s.found, anchor{int(p.a), int(p.b)})
		}
	}
	s.places = nil
	return s.ascending()
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
