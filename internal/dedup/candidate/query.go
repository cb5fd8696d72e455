package candidate

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
)

// A Pair is two articles that may be similar, A < B. Nothing is verified.
type Pair struct{ A, B uint32 }

// Compare orders pairs by A, then B.
func (p Pair) Compare(q Pair) int {
	return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
}

// Bound says which pairs are looked for.
type Bound struct {
	ShingleSize int
	// Containment is the least share of the smaller article's shingles that
	// stand in the larger one of a pair.
	Containment float64
}

// recounted bounds the articles met in hot lists whose samples in common are
// counted in full: their windows meet many that have little in common.
const recounted = 4 * MaxPartners

// A Query asks an index. It keeps scratch memory: one for each goroutine.
type Query struct {
	index   *Index
	bound   Bound
	common  []uint32 // by rank: lists counted that are shared with the asking article
	touched []uint32 // the ranks whose common is not zero
}

// NewQuery returns a query of the index.
func NewQuery(index *Index, bound Bound) *Query {
	return &Query{index: index, bound: bound, common: make([]uint32, index.Len())}
}

// Append appends the candidates among the articles ranked above rank, in no
// particular order, and reports whether some may have been passed over.
func (q *Query) Append(pairs []Pair, rank int) (_ []Pair, bounded bool) {
	lists := q.index.listsOfRank(rank)
	hot := q.visitCold(rank, lists)
	if q.coldSuffices(rank, hot) {
		q.keepLikely(rank, hot, func(other uint32) int { return int(q.common[other]) })
		bounded = q.keepBest(MaxPartners)
		return q.flush(pairs, rank), bounded
	}
	bounded = q.visitHot(rank, lists)
	bounded = q.keepBest(recounted) || bounded
	// What was counted through the windows is too little.
	q.keepLikely(rank, levels{}, func(other uint32) int { return sharedLists(lists, q.index.listsOfRank(int(other))) })
	bounded = q.keepBest(MaxPartners) || bounded
	return q.flush(pairs, rank), bounded
}

// visitCold counts the articles after rank in its lists that are not hot, and
// returns how many lists are.
func (q *Query) visitCold(rank int, lists []membership) (hot levels) {
	for _, m := range lists {
		ranks := q.index.list(m)
		if len(ranks) > HotList {
			hot.add(m.level())
			continue
		}
		for i := len(ranks) - 1; ranks[i] > uint32(rank); i-- {
			q.touch(ranks[i])
		}
	}
	return hot
}

// visitHot counts the next HotWindow articles after rank in each of its hot
// lists, and reports whether a list went on.
func (q *Query) visitHot(rank int, lists []membership) (bounded bool) {
	for _, m := range lists {
		ranks := q.index.list(m)
		if len(ranks) <= HotList {
			continue
		}
		at, _ := slices.BinarySearch(ranks, uint32(rank))
		after := ranks[at+1:]
		if len(after) > HotWindow {
			after, bounded = after[:HotWindow], true
		}
		for _, other := range after {
			q.touch(other)
		}
	}
	return bounded
}

func (q *Query) touch(rank uint32) {
	if q.common[rank] == 0 {
		q.touched = append(q.touched, rank)
	}
	q.common[rank]++
}

// coldSuffices reports whether a pair must have a sample in common that is not
// hot, whatever the window of the partner.
func (q *Query) coldSuffices(rank int, hot levels) bool {
	if hot[0] == 0 {
		return true
	}
	for window := int(q.index.windows[rank]); window <= q.index.longest; window *= 2 {
		if q.leastCommon(rank, window)-int(hot[minhash.Level(window)]) < 1 {
			return false
		}
	}
	return true
}

// leastCommon returns the number of samples in common below which a partner of
// the window is no candidate.
func (q *Query) leastCommon(rank, window int) int {
	longer := max(int(q.index.windows[rank]), window)
	share := minhash.ExpectedShare(q.bound.ShingleSize, q.bound.Containment, longer)
	samples := float64(q.index.counts[rank][minhash.Level(longer)])
	// What the partner does not share is text like any other, whatever the rest is.
	foreign := (1 - share) * max(samples, minhash.ExpectedSamples(int(q.index.sizes[rank]), longer))
	return minhash.LeastExpected(samples-foreign, longer)
}

// keepLikely drops the touched articles that have fewer samples in common with
// rank than a pair has. Of rank's samples, uncounted ones were not looked up,
// and may all be common. recount is asked where those counted are too few.
func (q *Query) keepLikely(rank int, uncounted levels, recount func(other uint32) int) {
	own := int(q.index.windows[rank])
	var bars [minhash.Levels]int // by the level of the longer window
	for window := own; window <= q.index.longest; window *= 2 {
		level := minhash.Level(window)
		bars[level] = q.leastCommon(rank, window) - int(uncounted[level])
	}
	q.touched = slices.DeleteFunc(q.touched, func(other uint32) bool {
		least := bars[minhash.Level(max(own, int(q.index.windows[other])))]
		if int(q.common[other]) >= least || recount(other) >= least {
			return false
		}
		q.common[other] = 0
		return true
	})
}

// sharedLists counts the lists that stand in both, which are ascending.
func sharedLists(a, b []membership) int {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x, y := a[i].list(), b[j].list()
		if x == y {
			shared++
		}
		if x <= y {
			i++
		}
		if y <= x {
			j++
		}
	}
	return shared
}

// keepBest drops all but so many of the touched articles, those that share
// most, and reports whether it dropped any.
func (q *Query) keepBest(most int) bool {
	if len(q.touched) <= most {
		return false
	}
	slices.SortFunc(q.touched, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(q.common[b], q.common[a]), cmp.Compare(a, b))
	})
	for _, other := range q.touched[most:] {
		q.common[other] = 0
	}
	q.touched = q.touched[:most]
	return true
}

func (q *Query) flush(pairs []Pair, rank int) []Pair {
	self := q.index.articles[rank]
	for _, other := range q.touched {
		q.common[other] = 0
		partner := q.index.articles[other]
		pairs = append(pairs, Pair{A: min(self, partner), B: max(self, partner)})
	}
	q.touched = q.touched[:0]
	return pairs
}
