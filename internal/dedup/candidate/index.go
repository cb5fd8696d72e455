// Package candidate finds the pairs of articles that are worth comparing: an
// inverted index over the samples of package minhash. Nothing it returns is
// verified, and a pair it does not return is not compared.
//
// # From samples to candidates
//
// Articles are ranked by size, and each asks the index for larger ones (or
// equally large, later ones) that have its samples. So a near pair is found
// from its smaller side, and so is an article that stands in a larger one.
// What a true pair has in common is known from its threshold: with the share C
// of the smaller article's shingles in the larger, at least
// minhash.ExpectedShare of its samples are expected there, and a pair that
// falls far below that (minhash.LeastExpected) is dropped. That keeps apart
// two stories with one quote in common. Where the larger article has a longer
// window, only those samples of the smaller are counted that are minima of it.
// Where an article has fewer samples than its size lets expect, as lists and
// tables have, all that are missing count for the part that the two share.
//
// # Hot samples
//
// A sample that stands in more than HotList articles is furniture, or belongs
// to a family of templates. All pairs of such a list would be quadratic in its
// length. An article whose partners must share more samples than it has hot
// ones does without them: a partner shares some of the others. Any other
// article looks, in each of its hot lists, at the next HotWindow articles in
// order of size, since articles that are alike are alike in size. Then pairs
// may be missed, and it is counted as bounded; and so it is where an article
// has more than MaxPartners candidates, of which those that share most are kept.
//
// # Cost
//
// 32 bytes a sample while the index is built, and 12 after for a sample of two
// articles or more; those of one alone are dropped. Time is the sorting of the
// samples and the visits, at most HotList for a sample.
package candidate

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
)

// HotList is the number of articles from which a sample's list is hot. At
// 1,024 the visits of a list of one sample stay below a hundredth of what
// verifying its articles costs, and no list of Reuters-21578 or the BBC corpus
// that joins a true pair is hot.
const HotList = 1024

// HotWindow is the number of articles visited in a hot list after the asking one.
const HotWindow = 64

// MaxPartners bounds the candidates of an article among the larger ones.
const MaxPartners = 256

// Sketches are the samples of many articles, one after another. The zero value is empty.
type Sketches struct {
	samples []uint64
	ends    []int
	windows []uint8
	sizes   []uint32
}

// Add adds the next article: its samples, the window they are minima of, and
// the number of its distinct shingles. The samples are copied.
func (s *Sketches) Add(samples []uint64, window, size int) {
	s.samples = append(s.samples, samples...)
	s.sizes = append(s.sizes, uint32(size))
	s.ends = append(s.ends, len(s.samples))
	s.windows = append(s.windows, uint8(window))
}

// Len is the number of articles added.
func (s *Sketches) Len() int { return len(s.ends) }

// IsWhole reports whether the samples of an article are all its shingles, its
// window being one.
func (s *Sketches) IsWhole(article int) bool { return s.windows[article] <= 1 }

// Keys returns the keys of the samples of an article, in no order.
func (s *Sketches) Keys(article int) []uint64 {
	samples := s.of(article)
	keys := make([]uint64, len(samples))
	for i, sample := range samples {
		keys[i] = minhash.Key(sample)
	}
	return keys
}

func (s *Sketches) of(article int) []uint64 {
	start := 0
	if article > 0 {
		start = s.ends[article-1]
	}
	return s.samples[start:s.ends[article]]
}

// An Index answers which articles share samples. It is read-only once built
// and safe for concurrent use.
type Index struct {
	articles []uint32 // by rank: ascending in size, then in position
	windows  []uint8  // by rank
	longest  int      // of the windows
	sizes    []uint32 // by rank
	counts   []levels // by rank: all samples of the article, those it has alone included

	// lists[listEnds[l-1]:listEnds[l]] are the ranks that share sample l, ascending.
	lists    []uint32
	listEnds []int
	// listsOf[ofEnds[r-1]:ofEnds[r]] are the lists that rank r is in, ascending.
	listsOf []membership
	ofEnds  []int
}

// levels counts samples by level: those of level l are minima of a window of
// 2ˡ and of all shorter ones that the article has been seen through.
type levels [minhash.Levels]int32

// add counts a sample of the level.
func (c *levels) add(level int) {
	for l := range level + 1 {
		c[l]++
	}
}

// A membership is a list that an article is in, and the level of its sample there.
type membership uint64

func newMembership(list, level int) membership { return membership(list*minhash.Levels + level) }
func (m membership) list() int                 { return int(m / minhash.Levels) }
func (m membership) level() int                { return int(m % minhash.Levels) }

// NewIndex builds the index of the sketches of the articles for which include
// is true. An article without a sample is in no list.
func NewIndex(sketches *Sketches, include func(article int) bool) *Index {
	x := &Index{}
	x.rank(sketches, include)
	x.collect(group.Sort(x.entries(sketches)))
	return x
}

// rank orders the included articles by their number of distinct shingles.
func (x *Index) rank(sketches *Sketches, include func(article int) bool) {
	for article := range sketches.Len() {
		if include(article) && len(sketches.of(article)) > 0 {
			x.articles = append(x.articles, uint32(article))
		}
	}
	slices.SortStableFunc(x.articles, func(a, b uint32) int { return cmp.Compare(sketches.sizes[a], sketches.sizes[b]) })
	for _, article := range x.articles {
		var counts levels
		for _, sample := range sketches.of(int(article)) {
			counts.add(minhash.LevelOf(sample))
		}
		x.windows = append(x.windows, sketches.windows[article])
		x.sizes = append(x.sizes, sketches.sizes[article])
		x.longest = max(x.longest, int(sketches.windows[article]))
		x.counts = append(x.counts, counts)
	}
}

// entries returns an entry for each sample, whose owner is its rank and level.
func (x *Index) entries(sketches *Sketches) []group.Entry {
	total := 0
	for _, counts := range x.counts {
		total += int(counts[0])
	}
	entries := make([]group.Entry, 0, total)
	for rank, article := range x.articles {
		for _, sample := range sketches.of(int(article)) {
			owner := uint32(rank)*minhash.Levels + uint32(minhash.LevelOf(sample))
			entries = append(entries, group.Entry{Key: minhash.Key(sample), Owner: owner})
		}
	}
	return entries
}

// collect keeps the lists of the samples that stand in at least two articles,
// and turns them round: the lists of each article.
func (x *Index) collect(sorted []group.Entry) {
	shared := sorted[:0] // the entries that are in a list, in place of the others
	x.ofEnds = make([]int, len(x.articles))
	group.Runs(sorted, 2, func(run []group.Entry) {
		for _, entry := range run {
			x.ofEnds[entry.Owner/minhash.Levels]++
			x.lists = append(x.lists, entry.Owner/minhash.Levels)
		}
		shared = append(shared, run...)
		x.listEnds = append(x.listEnds, len(x.lists))
	})
	total := 0
	for rank, count := range x.ofEnds {
		x.ofEnds[rank] = total
		total += count
	}
	x.listsOf = make([]membership, total)
	start := 0
	for list, end := range x.listEnds {
		for _, entry := range shared[start:end] {
			at := &x.ofEnds[entry.Owner/minhash.Levels]
			x.listsOf[*at] = newMembership(list, int(entry.Owner%minhash.Levels))
			*at++
		}
		start = end
	}
}

func (x *Index) list(m membership) []uint32 {
	start, list := 0, m.list()
	if list > 0 {
		start = x.listEnds[list-1]
	}
	return x.lists[start:x.listEnds[list]]
}

func (x *Index) listsOfRank(rank int) []membership {
	start := 0
	if rank > 0 {
		start = x.ofEnds[rank-1]
	}
	return x.listsOf[start:x.ofEnds[rank]]
}

// Len is the number of articles in the index.
func (x *Index) Len() int { return len(x.articles) }
