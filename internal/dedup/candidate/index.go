// Package candidate finds the pairs of articles that are worth comparing: an
// inverted index over the samples of package minhash. Nothing it returns is
// verified, and a pair it does not return is not compared.
//
// # From samples to candidates
//
// Articles are ranked by size, and each asks the index for larger ones (or equally
// large, later ones) that have its samples. So a near pair is found from its
// smaller side, and so is an article that stands in a larger one. Each sample that
// a partner has counts with its weight: so many windows of the asking article have
// their minimum there. A pair has at least Sketch.Windows−minhash.Lost of them, and
// what has fewer is dropped. That keeps apart two stories with one quote in common.
// Of two articles whose sketches are whole, the shingles are counted instead, and
// the bar is the share itself.
//
// # Common samples
//
// Four of five samples of news stand in one article alone. An article whose others
// are too few windows for any partner, as most are, has none and asks nobody. The
// others pass over their longest lists, as many as a partner could be in without
// reaching the bar for them alone (the prefix filter of set joins: Chaudhuri,
// Ganti, Kaushik 2006): who is worth comparing is in one of the rest too. What was met
// there is counted in full before it is called a candidate, unless the maps of the two
// (Map) show that too much is missing.
//
// A list of more than HotList articles is furniture, or belongs to a family of
// templates, and all its pairs would be quadratic in its length. Where one is
// left to be asked, the next HotWindow articles in order of size are, since
// articles that are alike are alike in size. Then pairs may be missed, and the
// article is counted as bounded; and so it is where it has more than MaxPartners
// candidates, of which those that share most are kept.
//
// # Cost
//
// 12 bytes for each article of a list, of lists of two articles or more, which one
// sample in ten of news is in, and 88 bytes an article, of which its map is 64.
// Time is that of the visits, at most HotList for a sample.
package candidate

import "slices"

// HotList is the number of articles from which a sample's list is hot. At
// 1,024 the visits of a list of one sample stay below a hundredth of what
// verifying its articles costs, and no list of Reuters-21578 or the BBC corpus
// that joins a true pair is hot.
const HotList = 1024

// HotWindow is the number of articles visited in a hot list after the asking one.
const HotWindow = 64

// MaxPartners bounds the candidates of an article among the larger ones.
const MaxPartners = 256

// Sizes are what the index must know of every article, beside its samples.
type Sizes struct {
	Shingles []uint32 // distinct ones
	Windows  []int32  // as minhash.Sketch has them
	Whole    []bool   // the samples are all shingles
	Maps     []Map    // of all shingles
}

// Add adds the next article.
func (s *Sizes) Add(shingles, windows int, whole bool, bitmap *Map) {
	s.Shingles = append(s.Shingles, uint32(shingles))
	s.Windows = append(s.Windows, int32(windows))
	s.Whole = append(s.Whole, whole)
	s.Maps = append(s.Maps, *bitmap)
}

// Grow makes room for so many more articles.
func (s *Sizes) Grow(count int) {
	s.Shingles = slices.Grow(s.Shingles, count)
	s.Windows = slices.Grow(s.Windows, count)
	s.Whole = slices.Grow(s.Whole, count)
	s.Maps = slices.Grow(s.Maps, count)
}

// A Ranking orders articles by their number of distinct shingles, and then by
// position. An article's place in it is its rank.
type Ranking struct {
	sizes    *Sizes
	articles []uint32 // by rank
	whole    []bool   // by rank
	rankOf   []uint32 // by article
}

// unranked stands for the rank of an article that is not included.
const unranked = 1<<32 - 1

// NewRanking ranks the articles for which include is true and that have a shingle.
func NewRanking(sizes *Sizes, include func(article int) bool) *Ranking {
	r := &Ranking{sizes: sizes, rankOf: make([]uint32, len(sizes.Shingles))}
	order := make([]uint64, 0, len(r.rankOf))
	for article, shingles := range sizes.Shingles {
		r.rankOf[article] = unranked
		if shingles > 0 && include(article) {
			order = append(order, uint64(shingles)<<32|uint64(article))
		}
	}
	slices.Sort(order)
	r.articles, r.whole = make([]uint32, len(order)), make([]bool, len(order))
	for rank, key := range order {
		article := uint32(key)
		r.articles[rank], r.whole[rank] = article, sizes.Whole[article]
		r.rankOf[article] = uint32(rank)
	}
	return r
}

// Ranks are lists of the ranks that share a sample, ascending, and the weights
// of their samples.
type Ranks struct {
	ranks   []uint32
	weights []uint8
	ends    []uint32
	members []uint64 // of the list at hand: rank, weight
}

// Grow makes room for lists of so many owners in all.
func (r *Ranks) Grow(owners int) {
	r.ranks, r.weights = slices.Grow(r.ranks, owners), slices.Grow(r.weights, owners)
}

// Add adds the list of a sample's owners, ascending, which are turned into
// articles by articleOf. Where an article owns several, their weights add up.
// A list of fewer than two ranked articles is left out.
func (r *Ranks) Add(ranking *Ranking, articleOf []uint32, owners []uint32, weights []uint8) {
	r.members = r.members[:0]
	for i, owner := range owners {
		rank := ranking.rankOf[articleOf[owner]]
		last := len(r.members) - 1
		switch {
		case rank == unranked:
		case last >= 0 && uint32(r.members[last]>>8) == rank:
			r.members[last] += min(uint64(weights[i]), 0xff-r.members[last]&0xff)
		default:
			r.members = append(r.members, uint64(rank)<<8|uint64(weights[i]))
		}
	}
	switch members := r.members; {
	case len(members) < 2:
		return
	case len(members) > 2:
		slices.Sort(members)
	case members[0] > members[1]:
		members[0], members[1] = members[1], members[0]
	}
	for _, member := range r.members {
		r.ranks, r.weights = append(r.ranks, uint32(member>>8)), append(r.weights, uint8(member))
	}
	r.ends = append(r.ends, uint32(len(r.ranks)))
}

// An Index answers which articles share samples. It is read-only once built
// and safe for concurrent use.
type Index struct {
	*Ranking

	// lists[listEnds[l-1]:listEnds[l]] are the ranks that share sample l, ascending.
	lists    []uint32
	listEnds []uint32
	// listsOf[ofEnds[r-1]:ofEnds[r]] are the lists that rank r is in, ascending.
	listsOf []membership
	ofEnds  []uint32
}

// A membership is a list that an article is in, and the weight of its sample there.
type membership uint64

func newMembership(list int, weight uint8) membership {
	return membership(list)<<8 | membership(weight)
}
func (m membership) list() int   { return int(m >> 8) }
func (m membership) weight() int { return int(uint8(m)) }

// NewIndex joins lists, which it takes over, and turns them round: the lists of
// each article.
func NewIndex(ranking *Ranking, parts []Ranks) *Index {
	x := &Index{Ranking: ranking}
	ranks, ends := 0, 0
	for i := range parts {
		ranks, ends = ranks+len(parts[i].ranks), ends+len(parts[i].ends)
	}
	x.lists, x.listEnds = make([]uint32, 0, ranks), make([]uint32, 0, ends)
	weights := make([]uint8, 0, ranks)
	for i := range parts {
		base := uint32(len(x.lists))
		x.lists, weights = append(x.lists, parts[i].ranks...), append(weights, parts[i].weights...)
		for _, end := range parts[i].ends {
			x.listEnds = append(x.listEnds, base+end)
		}
		parts[i] = Ranks{}
	}
	x.turnRound(weights)
	return x
}

// turnRound fills listsOf.
func (x *Index) turnRound(weights []uint8) {
	x.ofEnds = make([]uint32, len(x.articles))
	for _, rank := range x.lists {
		x.ofEnds[rank]++
	}
	total := uint32(0)
	for rank, count := range x.ofEnds {
		x.ofEnds[rank] = total
		total += count
	}
	x.listsOf = make([]membership, total)
	at := uint32(0)
	for list, end := range x.listEnds {
		for ; at < end; at++ {
			next := &x.ofEnds[x.lists[at]]
			x.listsOf[*next] = newMembership(list, weights[at])
			*next++
		}
	}
}

func (x *Index) list(m membership) []uint32 {
	end := x.listEnds[m.list()]
	return x.lists[end-uint32(x.length(m)) : end]
}

// length is the number of ranks in a list.
func (x *Index) length(m membership) int {
	start, list := uint32(0), m.list()
	if list > 0 {
		start = x.listEnds[list-1]
	}
	return int(x.listEnds[list] - start)
}

func (x *Index) listsOfRank(rank int) []membership {
	start := uint32(0)
	if rank > 0 {
		start = x.ofEnds[rank-1]
	}
	return x.listsOf[start:x.ofEnds[rank]]
}

// Len is the number of articles in the index.
func (x *Index) Len() int { return len(x.articles) }
