package dedup

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// A Check is what became of pairs that were looked for without sampling: those of some
// articles, drawn at random, with others. Articles of one text take part as one.
type Check struct {
	Articles int // that were drawn
	Others   int // articles that each of them was compared with, itself among them
	Of       int // articles of different texts that both were drawn from
	Pairs    int // pairs that were compared and reach a threshold
	Found    int // of them, those that the scan had found

	// Threshold and Containment are the scan's: of a survey its floor.
	Threshold, Containment float64
}

const (
	// checkTokens is how many tokens of others an article of a self-check is compared with: of
	// 100 articles, a million, which are read again in a twentieth of a second. A corpus of up
	// to so many is compared as a whole. What is drawn has as many at the most: 100 articles of a
	// megabyte each would take ten seconds and a gigabyte.
	checkTokens = 10_000
	// checkBytes is what a token of an article that is drawn takes, and checkShare the part of
	// Options.MaxMemory that all of them may take.
	checkBytes, checkShare = 50, 0.25
)

// selfCheck draws Options.SelfCheck articles, and compares each with all others, or with as
// many as have checkTokens for each, drawn at random too. So any pair is as likely to be looked
// at as another, and the share of them that was found is an estimate of recall without bias.
// What is drawn depends on the articles' number and lengths, and on the memory that is allowed: of long
// ones fewer are drawn. It takes, beside the reading, checkBytes for each word of what is drawn, and time in
// proportion to what is shared.
func (s *scan) selfCheck() error {
	if s.options.SelfCheck == 0 || s.options.Exhaustive || !s.options.Finds(Near) && !s.options.Finds(Contained) {
		return nil
	}
	drawn, others, of := s.draw()
	s.result.Check = &Check{
		Articles: len(drawn), Others: len(others), Of: of,
		Threshold: s.options.Threshold, Containment: s.options.Containment,
	}
	sets, err := load(s, s.wholeArticles(), drawn, func(a *analyst, _ *corpus.Article, _ part) similarity.Set { return slices.Clone(a.set()) })
	if err != nil {
		return err
	}
	c := newChecker(s, drawn, others, sets)
	var pairs []candidate.Pair
	err = eachArticle(s, s.wholeArticles(), others, func(a *analyst, article *corpus.Article, asked []uint32) ([]candidate.Pair, error) {
		ok, err := s.readPart(a, s.wholeArticles(), article, part{asked[0], ArticleID(asked[0]), whole})
		if err != nil || !ok {
			return nil, err
		}
		return c.pairsWith(asked[0], a.set()), nil
	}, func(with []candidate.Pair) { pairs = append(pairs, with...) })
	if err != nil {
		return err
	}
	s.result.Check.Pairs, s.result.Check.Found, err = c.count(pairs)
	return err
}

// draw draws articles and the others that they are compared with, each ascending, from those
// that are the first of their text.
func (s *scan) draw() (drawn, others []uint32, of int) {
	var ids []uint32
	for article := range s.result.Articles {
		if s.isFirst(article) {
			ids = append(ids, uint32(article))
		}
	}
	random := rand.New(rand.NewPCG(uint64(len(ids)), 1))
	shuffle := func() { random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] }) }
	shuffle()
	room := min(s.options.SelfCheck, math.MaxInt/checkTokens) * checkTokens
	held := room
	if s.options.MaxMemory > 0 {
		held = min(room, int(checkShare*float64(s.options.MaxMemory))/checkBytes)
	}
	drawn = s.within(ids[:min(len(ids), s.options.SelfCheck)], held)
	shuffle()
	others = s.within(ids, room)
	slices.Sort(drawn)
	slices.Sort(others)
	return drawn, others, len(ids)
}

// within returns as many of the articles, from the first on, as have so many words together: one
// at least.
func (s *scan) within(ids []uint32, words int) []uint32 {
	for at, id := range ids {
		if words -= s.result.Articles[id].Words; words < 0 && at > 0 {
			return slices.Clone(ids[:at])
		}
	}
	return slices.Clone(ids)
}

// A checker compares sets with some, by a list of those that have each shingle.
type checker struct {
	scan   *scan
	ids    []uint32 // of the sets, ascending
	others []uint32 // that they are compared with, ascending
	sets   []similarity.Set
	with   map[uint64][]uint32     // by shingle: positions of the sets that have it
	found  map[candidate.Pair]bool // pairs of the result with one of the sets
}

func newChecker(s *scan, ids, others []uint32, sets []similarity.Set) *checker {
	c := &checker{scan: s, ids: ids, others: others, sets: sets, with: make(map[uint64][]uint32), found: make(map[candidate.Pair]bool)}
	for at, set := range sets {
		for _, shingle := range set {
			c.with[shingle] = append(c.with[shingle], uint32(at))
		}
	}
	for _, pair := range s.result.Pairs {
		ids := candidate.Pair{A: uint32(pair.A), B: uint32(pair.B)}
		if c.has(ids.A) || c.has(ids.B) {
			c.found[ids] = true
		}
	}
	return c
}

func (c *checker) has(id uint32) bool {
	_, ok := slices.BinarySearch(c.ids, id)
	return ok
}

// isOther reports whether a pair of drawn articles is looked at from its other side, too, and
// counted there.
func (c *checker) isOther(drawn, id uint32) bool {
	_, both := slices.BinarySearch(c.others, drawn)
	return both && drawn < id && c.has(id)
}

// pairsWith returns the pairs that one of the sets makes with another, or may make where misread
// words are looked for. It may be called concurrently.
func (c *checker) pairsWith(id uint32, set similarity.Set) (pairs []candidate.Pair) {
	shared := make([]int, len(c.sets))
	for _, shingle := range set {
		for _, at := range c.with[shingle] {
			shared[at]++
		}
	}
	for at, count := range shared {
		if count == 0 || c.ids[at] == id || c.isOther(c.ids[at], id) {
			continue
		}
		overlap := candidate.OverlapOf{
			Pair:    candidate.Pair{A: c.ids[at], B: id},
			Overlap: similarity.Overlap{Shared: count, A: len(c.sets[at]), B: len(set)},
		}
		if c.scan.mayBePair(overlap) {
			pairs = append(pairs, candidate.Pair{A: min(c.ids[at], id), B: max(c.ids[at], id)})
		}
	}
	return pairs
}

// count counts the pairs, and those of them that the scan had found.
func (c *checker) count(pairs []candidate.Pair) (all, found int, err error) {
	if c.scan.options.Tolerant {
		slices.SortFunc(pairs, candidate.Pair.Compare)
		return c.scan.countPairs(pairs, c.found)
	}
	for _, pair := range pairs {
		if c.found[pair] {
			found++
		}
	}
	return len(pairs), found, nil
}
