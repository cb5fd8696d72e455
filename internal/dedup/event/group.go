package event

import (
	"cmp"
	"math"
	"slices"
)

// A Group is the articles of one story, at least two.
type Group struct {
	Members []uint32  // ascending
	Fits    []float64 // by member: its mean score with the others, in [0, 1]
	Score   float64   // the mean of the scores of each two members
	Terms   []Weight  // what the score is made of: those that weigh most, falling
}

const (
	// fewMembers is the most members of a group whose score must reach sureScore to say
	// something by itself. Among random articles of reuters21578, bbc_cross,
	// mccormick_1000 and grimmer_press, pairs and threes of a lower score are mostly on
	// one subject and not of one event.
	fewMembers = 3
	sureScore  = 0.55
)

// Holds reports whether a group of so many members and such a score needs no other
// evidence.
func Holds(members int, score float64) bool { return members > fewMembers || score >= sureScore }

// A Weight is a term and its part of a score.
type Weight struct {
	Key   uint32
	Share float64 // of the sum of all terms, in (0, 1]
}

const (
	// groupFrom is the number of articles from which a group has a closeness of its own.
	groupFrom = 4
	// closeness is the least part of that of the looser one of two such groups that their
	// mean score must be for the groups to be one: what keeps two meetings of the same
	// people apart. On the half of ECB+ used for choosing, .75 joins twins and .85
	// parts stories.
	closeness = 0.8
	// mostTerms is the number of terms that are named of a group.
	mostTerms = 12
)

// A Grouper finds the groups inside components. It keeps scratch memory, and is not
// for concurrent use.
type Grouper struct {
	searcher *Searcher
	articles []uint32
	scores   []float32 // of each two articles, in rows; never to be joined: −∞
	means    []float32 // of the groups that the articles stand for: a copy of scores that changes
	trees    []*tree   // by position of an article: the group that it stands for, nil where another does
	chain    []int
	groups   []Group
}

// A tree is articles that were joined step by step.
type tree struct {
	left, right *tree
	articles    []int
	inside      float64 // the sum of the scores of each two of them
	torn        bool    // its parts, or theirs, must not be one
}

// Grouper returns one for the index, which is made.
func (ix *Index) Grouper() *Grouper { return &Grouper{searcher: ix.Searcher()} }

// Groups returns the groups of a component: average linkage, as far as the mean
// score of two groups reaches LeastScore.
//
// The nearest two groups are found by following nearest neighbours until two are each
// other's (Murtagh 1983): each step joins what plain average linkage would join some
// time, because a joined group is no nearer to a third than the nearer of its parts was.
func (g *Grouper) Groups(component []uint32, apart func(a, b uint32) bool) []Group {
	g.articles = component
	g.compare(apart)
	g.run()
	return g.groups
}

// run fills the groups from the scores.
func (g *Grouper) run() {
	g.groups, g.trees, g.chain = nil, g.trees[:0], g.chain[:0]
	for i := range g.articles {
		g.trees = append(g.trees, &tree{articles: []int{i}})
	}
	for start := 0; start < len(g.articles); {
		if len(g.chain) > 0 {
			g.follow()
		} else if g.trees[start] == nil {
			start++
		} else {
			g.chain = append(g.chain, start)
		}
	}
	slices.SortFunc(g.groups, func(p, q Group) int { return cmp.Compare(p.Members[0], q.Members[0]) })
}

// compare fills the scores.
func (g *Grouper) compare(apart func(a, b uint32) bool) {
	n := len(g.articles)
	g.scores = slices.Grow(g.scores[:0], n*n)[:n*n]
	for i, a := range g.articles {
		g.searcher.load(a)
		for j, b := range g.articles[:i] {
			score := g.searcher.score(b)
			if apart(b, a) {
				score = float32(math.Inf(-1))
			}
			g.scores[i*n+j], g.scores[j*n+i] = score, score
		}
		g.searcher.unload(a)
	}
	g.means = append(g.means[:0], g.scores...)
}

// follow takes one step along the chain from its last group.
func (g *Grouper) follow() {
	last := g.chain[len(g.chain)-1]
	before := -1
	if len(g.chain) > 1 {
		before = g.chain[len(g.chain)-2]
	}
	nearest := g.nearest(last, before)
	switch {
	case nearest < 0:
		g.chain = g.chain[:len(g.chain)-1]
		g.keep(g.trees[last])
		g.trees[last] = nil
	case nearest == before:
		g.chain = g.chain[:len(g.chain)-2]
		g.join(before, last)
	default:
		g.chain = append(g.chain, nearest)
	}
}

// nearest returns the group nearest to one, the preferred one if that is as near,
// and -1 where none is near enough.
func (g *Grouper) nearest(group, preferred int) int {
	row := g.means[group*len(g.articles):][:len(g.articles)]
	best, score := -1, float32(LeastScore)
	if preferred >= 0 && row[preferred] >= score {
		best, score = preferred, row[preferred]
	}
	for other, tree := range g.trees {
		if tree != nil && other != group && (row[other] > score || best < 0 && row[other] >= score) {
			best, score = other, row[other]
		}
	}
	return best
}

// join makes one group of two, which the first stands for from here on.
func (g *Grouper) join(first, second int) {
	a, b, n := g.trees[first], g.trees[second], len(g.articles)
	between := float64(g.means[first*n+second])
	sizeA, sizeB := float32(len(a.articles)), float32(len(b.articles))
	joined := &tree{left: a, right: b, articles: slices.Concat(a.articles, b.articles)}
	joined.inside = a.inside + b.inside + between*float64(sizeA)*float64(sizeB)
	joined.torn = a.torn || b.torn || len(a.articles) >= groupFrom && len(b.articles) >= groupFrom && between < closeness*min(a.mean(), b.mean())
	g.trees[first], g.trees[second] = joined, nil
	for other, tree := range g.trees {
		if tree != nil && other != first {
			mean := (g.means[first*n+other]*sizeA + g.means[second*n+other]*sizeB) / (sizeA + sizeB)
			g.means[first*n+other], g.means[other*n+first] = mean, mean
		}
	}
}

// mean is the mean score of each two articles of a tree of several.
func (t *tree) mean() float64 {
	n := float64(len(t.articles))
	return t.inside / (n * (n - 1) / 2)
}

// keep adds the groups of a tree that nothing will be joined to.
func (g *Grouper) keep(t *tree) {
	switch {
	case len(t.articles) < 2:
	case t.torn:
		g.keep(t.left)
		g.keep(t.right)
	default:
		g.groups = append(g.groups, g.describe(t))
	}
}

// describe returns the group of a tree.
func (g *Grouper) describe(t *tree) Group {
	slices.Sort(t.articles)
	group, n := Group{}, len(g.articles)
	others := float64(len(t.articles) - 1)
	for _, i := range t.articles {
		sum := 0.0
		for _, j := range t.articles {
			if i != j {
				sum += float64(g.scores[i*n+j])
			}
		}
		group.Members = append(group.Members, g.articles[i])
		group.Fits = append(group.Fits, min(1, sum/others))
		group.Score += sum / others / float64(len(t.articles))
	}
	group.Score = min(1, group.Score)
	group.Terms = g.searcher.weightiest(group.Members)
	return group
}

// Pair returns the two articles of a store as a group, whatever their score.
func Pair(store *Store) Group {
	ix := NewIndex(store, []bool{true, true})
	for part := range Parts {
		ix.Count(part)
	}
	ix.Settle()
	ix.Weigh(0, 2)
	s := ix.Searcher()
	s.load(1)
	score := min(1, float64(s.score(0)))
	return Group{Members: []uint32{0, 1}, Fits: []float64{score, score}, Score: score, Terms: ix.Searcher().weightiest([]uint32{0, 1})}
}

// A termSum is what the members of a group weigh in a term: the sum of their weights,
// and that of the squares.
type termSum struct {
	id             uint32
	sum, ofSquares float64
}

// weightiest returns the terms that the score of the articles is made of.
func (s *Searcher) weightiest(articles []uint32) []Weight {
	var shared []Weight
	total := 0.0
	for _, term := range s.sums(articles) {
		// Over all pairs i < j, Σ wᵢwⱼ = ((Σ wᵢ)² − Σ wᵢ²) / 2.
		if part := (term.sum*term.sum - term.ofSquares) / 2; part > leastPart {
			shared = append(shared, Weight{s.index.keys[term.id], part})
			total += part
		}
	}
	slices.SortFunc(shared, func(p, q Weight) int { return cmp.Or(cmp.Compare(q.Share, p.Share), cmp.Compare(p.Key, q.Key)) })
	shared = shared[:min(len(shared), mostTerms)]
	for i := range shared {
		shared[i].Share /= total
	}
	return shared
}

// leastPart is below what two articles add that have a term: what rounding leaves of one.
const leastPart = 0.5 / (weightUnit * weightUnit)

// sums returns the terms of the articles, in the order in which they stand.
func (s *Searcher) sums(articles []uint32) (sums []termSum) {
	for _, article := range articles {
		ids, weights := s.index.terms(article)
		for i, id := range ids {
			weight := float64(weights[i]) / weightUnit
			if s.weights[id] == 0 {
				sums = append(sums, termSum{id: id})
				s.weights[id] = float32(len(sums)) // exact: there are fewer than 2²⁴
			}
			of := &sums[int(s.weights[id])-1]
			of.sum += weight
			of.ofSquares += weight * weight
		}
	}
	for _, of := range sums {
		s.weights[of.id] = 0
	}
	return sums
}
