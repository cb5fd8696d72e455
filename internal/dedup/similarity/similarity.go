// Package similarity compares sets of shingles exactly.
//
// The similarity of two texts is the Jaccard index of their shingle sets,
// |A∩B| / |A∪B|, and the containment of A in B is |A∩B| / |A| (Broder 1997:
// resemblance and containment). Both are computed from the sets themselves,
// never estimated: a shingle that stands twice in a text counts once.
//
// Comparing costs one pass over both sets, or, where one is far smaller, a
// galloping search of the larger: |small|·log(|large|/|small|).
package similarity

import "slices"

// A Set is the distinct shingle hashes of a text, ascending.
type Set []uint64

// NewSet makes a set of the hashes, which it sorts in place and keeps.
func NewSet(hashes []uint64) Set {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// An Overlap is how far two sets agree.
type Overlap struct {
	Shared int // elements of both
	A, B   int // elements of each
}

// Jaccard is the similarity, in [0, 1]; 0 for two empty sets, which are no evidence of anything.
func (o Overlap) Jaccard() float64 { return share(o.Shared, o.A+o.B-o.Shared) }

// AInB is the containment of A in B, in [0, 1].
func (o Overlap) AInB() float64 { return share(o.Shared, o.A) }

// BInA is the containment of B in A, in [0, 1].
func (o Overlap) BInA() float64 { return share(o.Shared, o.B) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// gallopFrom is the ratio of sizes from which searching the larger set beats
// walking it: a step of the search costs about as much as eight of the walk.
const gallopFrom = 8

// Compare computes the overlap of two sets.
func Compare(a, b Set) Overlap {
	overlap := Overlap{A: len(a), B: len(b)}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) > gallopFrom*len(a) {
		overlap.Shared = gallop(a, b)
	} else {
		overlap.Shared = walk(a, b)
	}
	return overlap
}

// walk has no branch that depends on the elements: two unlike sets are walked
// more than twice as fast so, since no branch could be foretold.
func walk(a, b Set) int {
	i, j, steps := 0, 0, 0
	for ; i < len(a) && j < len(b); steps++ {
		x, y := a[i], b[j]
		i += one(x <= y)
		j += one(y <= x)
	}
	return i + j - steps // a step moves both where the elements are equal, else one
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func gallop(small, large Set) int {
	shared := 0
	for _, x := range small {
		reach := 1
		for reach < len(large) && large[reach] < x {
			reach *= 2
		}
		at, found := slices.BinarySearch(large[:min(reach+1, len(large))], x)
		if found {
			shared++
		}
		large = large[at:]
	}
	return shared
}
