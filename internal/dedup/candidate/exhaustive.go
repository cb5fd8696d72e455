package candidate

import (
	"context"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// An OverlapOf is the exact overlap of two sets, A < B by position.
type OverlapOf struct {
	Pair
	similarity.Overlap
}

// Exhaustive calls visit with the exact overlap of every two sets that share
// an element, by B, then in no particular order: an index of every element,
// with nothing sampled, estimated or bounded. It takes about 40 bytes an element and
// time that grows with the square of the number of sets that share one; it is the measure
// that the sampling is held against.
func Exhaustive(ctx context.Context, sets []similarity.Set, visit func(OverlapOf)) error {
	earlier := make([][]uint32, 0)
	lists := listsOf(sets, func(run []group.Entry) uint32 {
		earlier = append(earlier, make([]uint32, 0, len(run)))
		return uint32(len(earlier) - 1)
	})
	shared := make([]int, len(sets))
	var touched []uint32
	// Each set meets the sets before it, and is then entered in its lists.
	for b, set := range sets {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, l := range lists[b] {
			for _, a := range earlier[l] {
				if shared[a] == 0 {
					touched = append(touched, a)
				}
				shared[a]++
			}
			earlier[l] = append(earlier[l], uint32(b))
		}
		for _, a := range touched {
			visit(OverlapOf{
				Pair{A: a, B: uint32(b)},
				similarity.Overlap{Shared: shared[a], A: len(sets[a]), B: len(set)},
			})
			shared[a] = 0
		}
		touched = touched[:0]
	}
	return nil
}

// listsOf numbers the elements that stand in at least two sets and returns, for
// each set, the numbers of its elements.
func listsOf(sets []similarity.Set, number func(run []group.Entry) uint32) [][]uint32 {
	var entries []group.Entry
	for owner, set := range sets {
		for _, element := range set {
			entries = append(entries, group.Entry{Key: element, Owner: uint32(owner)})
		}
	}
	lists := make([][]uint32, len(sets))
	group.Runs(group.Sort(entries), 2, func(run []group.Entry) {
		l := number(run)
		for _, entry := range run {
			lists[entry.Owner] = append(lists[entry.Owner], l)
		}
	})
	return lists
}
