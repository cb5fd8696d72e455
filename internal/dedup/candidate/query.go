package candidate

import (
	"cmp"
	"math/bits"
	"slices"
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
	Window      int // of the sketches
	// Containment is the least share of the smaller article's shingles that
	// stand in the larger one of a pair.
	Containment float64
}

// recounted bounds the articles met whose windows in common are counted in
// full: those of hot lists meet many that have little in common.
const recounted = 4 * MaxPartners

// A Query asks an index. It keeps scratch memory: one for each goroutine.
type Query struct {
	index   *Index
	bound   Bound
	common  []uint32     // by rank: what is counted that the asking article shares
	touched []uint32     // the ranks whose common is not zero
	rest    []membership // of the asking article, without the longest lists
	marks   []uint16     // by list: one more than the asking article's weight in it, 0 where it is not; all 0 between two calls
}

// NewQuery returns a query of the index.
func NewQuery(index *Index, bound Bound) *Query {
	return &Query{index: index, bound: bound, common: make([]uint32, index.Len())}
}

// Append appends the candidates among the articles ranked above rank, in no
// particular order, and reports whether some may have been passed over.
func (q *Query) Append(pairs []Pair, rank int) (_ []Pair, bounded bool) {
	lists, bars := q.index.listsOfRank(rank), q.bound.bars(q.index.sizes, int(q.index.articles[rank]))
	if !bars.reachedBy(q.all(lists), q.index.whole[rank]) {
		return pairs, false // all that it shares with anybody is too little
	}
	skipped, rest := q.skipLongest(rank, lists, bars)
	cut := q.visitAll(rank, rest)
	q.keepLikely(rank, bars.without(skipped).without(cut))
	bounded = q.keepBest(recounted) || cut.shingles > 0
	q.dropMissing(rank)
	q.recount(rank)
	q.keepLikely(rank, bars)
	bounded = q.keepBest(MaxPartners) || bounded
	return q.flush(pairs, rank), bounded
}

// all is what a partner that is in all of the lists shares.
func (q *Query) all(lists []membership) (all tally) {
	all.shingles = len(lists)
	for _, m := range lists {
		all.windows += m.weight()
	}
	return all
}

// lengthClasses is the number of classes of lists by length.
const lengthClasses = 32 + 4*28

// lengthClass is the class of a length: one for each up to 32, and four for
// each doubling above.
func lengthClass(length int) int {
	if length < 32 {
		return length
	}
	doublings := bits.Len(uint(length)) - 6
	return 32 + 4*doublings + length>>(doublings+3)&3
}

// skipLongest passes over the longest lists, as many as a partner that is in no
// others would be too little like the article, and returns what they could add
// up to, and the others.
func (q *Query) skipLongest(rank int, lists []membership, bars tally) (skipped tally, rest []membership) {
	var byLength [lengthClasses]tally
	for _, m := range lists {
		t := &byLength[lengthClass(q.index.length(m))]
		t.shingles++
		t.windows += m.weight()
	}
	longest := lengthClasses - 1
	for ; longest > 0; longest-- {
		more := tally{skipped.shingles + byLength[longest].shingles, skipped.windows + byLength[longest].windows}
		if bars.reachedBy(more, q.index.whole[rank]) {
			break
		}
		skipped = more
	}
	q.rest = q.rest[:0]
	for _, m := range lists {
		if lengthClass(q.index.length(m)) <= longest {
			q.rest = append(q.rest, m)
		}
	}
	return skipped, q.rest
}

// visitAll counts the articles after rank in the lists, of a hot list the next
// HotWindow of them. It returns what the lists that went on could add up to, for those
// behind.
func (q *Query) visitAll(rank int, lists []membership) (cut tally) {
	for _, m := range lists {
		ranks := q.index.list(m)
		if len(ranks) > HotList {
			at, _ := slices.BinarySearch(ranks, uint32(rank))
			end := min(len(ranks), at+1+HotWindow)
			if end < len(ranks) {
				cut.shingles++
				cut.windows += m.weight()
			}
			ranks = ranks[:end]
		}
		q.visit(m, ranks, rank)
	}
	return cut
}

// visit counts the ranks after rank of a list, from the last on.
func (q *Query) visit(m membership, ranks []uint32, rank int) {
	weight, shingles := uint32(m.weight()), uint32(m.weight())
	if q.index.whole[rank] {
		shingles = 1
	}
	for i := len(ranks) - 1; int(ranks[i]) > rank; i-- {
		if q.index.whole[ranks[i]] {
			q.touch(ranks[i], shingles)
		} else {
			q.touch(ranks[i], weight)
		}
	}
}

func (q *Query) touch(rank, count uint32) {
	if q.common[rank] == 0 && count > 0 {
		q.touched = append(q.touched, rank)
	}
	q.common[rank] += count
}

// keepLikely drops the touched articles that share less than the bars.
func (q *Query) keepLikely(rank int, bars tally) {
	kept := q.touched[:0]
	for _, other := range q.touched {
		if int(q.common[other]) >= bars.of(q.index.whole[rank] && q.index.whole[other]) {
			kept = append(kept, other)
		} else {
			q.common[other] = 0
		}
	}
	q.touched = kept
}

// dropMissing drops the touched articles that lack too many shingles of the
// asking one, as their maps tell.
func (q *Query) dropMissing(rank int) {
	sizes, self := q.index.sizes, q.index.articles[rank]
	shingles := int(sizes.Shingles[self])
	own := &sizes.Maps[self]
	kept := q.touched[:0]
	for _, other := range q.touched {
		if own.mayStandIn(&sizes.Maps[q.index.articles[other]], shingles, q.bound.Containment) {
			kept = append(kept, other)
		} else {
			q.common[other] = 0
		}
	}
	q.touched = kept
}

// recount counts in full what the touched articles share: of some lists
// nothing was counted, of others what their windows let see. The asking
// article's lists are marked, and looked up from those of each other.
func (q *Query) recount(rank int) {
	if len(q.touched) == 0 {
		return
	}
	if q.marks == nil {
		q.marks = make([]uint16, len(q.index.listEnds))
	}
	own := q.index.listsOfRank(rank)
	for _, m := range own {
		q.marks[m.list()] = uint16(m.weight()) + 1
	}
	for _, other := range q.touched {
		var shared tally
		for _, m := range q.index.listsOfRank(int(other)) {
			if mark := q.marks[m.list()]; mark > 0 {
				shared.shingles++
				shared.windows += int(mark) - 1
			}
		}
		q.common[other] = uint32(shared.of(q.index.whole[rank] && q.index.whole[other]))
	}
	for _, m := range own {
		q.marks[m.list()] = 0
	}
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
