package dedup

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// findPairs finds the near and contained pairs among the first articles of
// each text.
func (s *scan) findPairs() error {
	if !s.options.Finds(Near) && !s.options.Finds(Contained) {
		return nil
	}
	find := s.compareCandidates
	if s.options.Exhaustive {
		find = s.compareAll
	}
	if err := find(); err != nil {
		return err
	}
	return s.addLeads()
}

func (s *scan) compareCandidates() error {
	s.progress(Searching, 0, len(s.result.Articles))
	candidates, err := s.candidates()
	if err != nil {
		return err
	}
	err = s.compare(candidates)
	s.sketches = candidate.Sketches{}
	return err
}

// isFirst reports whether the article has a text and is the first of it.
func (s *scan) isFirst(article int) bool {
	return s.result.Articles[article].Words > 0 && s.firstOf[article] == ArticleID(article)
}

// queryRanks is the number of articles whose candidates one worker looks up at once.
const queryRanks = 512

func (s *scan) candidates() ([]candidate.Pair, error) {
	index := candidate.NewIndex(&s.sketches, s.isFirst)
	bound := candidate.Bound{ShingleSize: s.options.ShingleSize, Containment: s.options.leastContainment()}
	queries := make([]*candidate.Query, s.options.Workers)
	for i := range queries {
		queries[i] = candidate.NewQuery(index, bound)
	}
	var starts []int
	for start := 0; start < index.Len(); start += queryRanks {
		starts = append(starts, start)
	}
	type answer struct {
		pairs   []candidate.Pair
		bounded int
	}
	answers, err := parallel.Each(s.ctx, s.options.Workers, starts, func(worker, start int) (answer, error) {
		var a answer
		for rank := start; rank < min(start+queryRanks, index.Len()); rank++ {
			var bounded bool
			a.pairs, bounded = queries[worker].Append(a.pairs, rank)
			if bounded {
				a.bounded++
			}
		}
		return a, nil
	})
	var pairs []candidate.Pair
	for _, a := range answers {
		pairs = append(pairs, a.pairs...)
		s.result.Summary.Bounded += a.bounded
	}
	slices.SortFunc(pairs, candidate.Pair.Compare)
	return pairs, err
}

// A reread is an article's shingle set and its opening.
type reread struct {
	set  similarity.Set
	lead string
}

func rereadArticle(a *analyst, article *corpus.Article, p part) reread {
	return reread{partSet(a, article, p), lead(article)}
}

// keySet makes a set of shingle hashes. Its elements are keys, as samples have
// them, so that a sketch that is a whole set can be compared with it.
func keySet(shingles []uint64) similarity.Set {
	keys := make([]uint64, len(shingles))
	for i, hash := range shingles {
		keys[i] = minhash.Key(hash)
	}
	return similarity.NewSet(keys)
}

// compare keeps those of the candidates that reach a threshold. Articles whose
// sketch is their set are not read again for it.
func (s *scan) compare(pairs []candidate.Pair) error {
	s.progress(Comparing, 0, len(pairs))
	done := 0
	return inTiles(s, s.wholeArticles(), pairs, tiledWork[reread]{
		extract: rereadArticle,
		skip:    func(id uint32) bool { return s.sketches.IsWhole(int(id)) },
		do: func(tile []int, get func(uint32) reread) error {
			overlaps, err := s.overlaps(pairs, tile, func(id uint32) similarity.Set {
				if s.sketches.IsWhole(int(id)) {
					return similarity.NewSet(s.sketches.Keys(int(id)))
				}
				return get(id).set
			})
			for _, overlap := range overlaps {
				if s.judge(overlap) {
					s.result.Articles[overlap.Pair.A].Lead = get(overlap.Pair.A).lead
					s.result.Articles[overlap.Pair.B].Lead = get(overlap.Pair.B).lead
				}
			}
			done += len(tile)
			s.progress(Comparing, done, len(pairs))
			return err
		},
	})
}

// addLeads reads the openings of those articles in a pair that comparing did
// not read.
func (s *scan) addLeads() error {
	var ids []uint32
	for _, pair := range s.result.Pairs {
		for _, id := range [2]ArticleID{pair.A, pair.B} {
			if s.result.Articles[id].Lead == "" {
				ids = append(ids, uint32(id))
			}
		}
	}
	slices.Sort(ids)
	leads, err := load(s, s.wholeArticles(), slices.Compact(ids), func(_ *analyst, article *corpus.Article, _ part) string {
		return lead(article)
	})
	for id, opening := range leads {
		s.result.Articles[id].Lead = opening
	}
	return err
}

// comparePairs is the number of pairs that one worker compares at once.
const comparePairs = 256

// overlaps compares the sets of the pairs at the given positions, each set by
// the id that the pair knows it by.
func (s *scan) overlaps(pairs []candidate.Pair, at []int, set func(id uint32) similarity.Set) ([]candidate.OverlapOf, error) {
	chunks := slices.Collect(slices.Chunk(at, comparePairs))
	compared, err := parallel.Each(s.ctx, s.options.Workers, chunks, func(_ int, chunk []int) ([]candidate.OverlapOf, error) {
		overlaps := make([]candidate.OverlapOf, len(chunk))
		for i, position := range chunk {
			pair := pairs[position]
			overlaps[i] = candidate.OverlapOf{Pair: pair, Overlap: similarity.Compare(set(pair.A), set(pair.B))}
		}
		return overlaps, nil
	})
	return slices.Concat(compared...), err
}

// compareAll is compare for every pair that shares a shingle.
func (s *scan) compareAll() error {
	var ids []uint32
	for article := range s.result.Articles {
		if s.isFirst(article) {
			ids = append(ids, uint32(article))
		}
	}
	return s.allOverlaps(s.wholeArticles(), ids, func(overlap candidate.OverlapOf) { s.judge(overlap) })
}

// allOverlaps calls visit with the overlap of every two of the parts that share
// a shingle. The sets of all are held at once.
func (s *scan) allOverlaps(what parts, ids []uint32, visit func(candidate.OverlapOf)) error {
	loaded, err := load(s, what, ids, partSet)
	if err != nil {
		return err
	}
	sets := make([]similarity.Set, len(ids))
	for i, id := range ids {
		sets[i] = loaded[id]
	}
	return candidate.Exhaustive(s.ctx, sets, func(overlap candidate.OverlapOf) {
		overlap.Pair = candidate.Pair{A: ids[overlap.Pair.A], B: ids[overlap.Pair.B]}
		visit(overlap)
	})
}

// partSet is the set of a paragraph's shingles, or of a whole article's.
func partSet(a *analyst, _ *corpus.Article, p part) similarity.Set {
	if p.number == whole {
		return keySet(a.shingles)
	}
	return keySet(a.shinglesOf(a.doc.Paragraphs[p.number]))
}

// judge reports the pair if it reaches a threshold, and says whether it did.
func (s *scan) judge(overlap candidate.OverlapOf) bool {
	kind, ok := s.kindOf(overlap)
	if !ok {
		return false
	}
	a, b := ArticleID(overlap.Pair.A), ArticleID(overlap.Pair.B)
	s.result.Pairs = append(s.result.Pairs, Pair{
		Kind: kind, A: a, B: b,
		Similarity: overlap.Jaccard(), AInB: overlap.AInB(), BInA: overlap.BInA(),
		Shared: overlap.Shared, ShinglesA: overlap.Overlap.A, ShinglesB: overlap.Overlap.B,
		Fingerprint: s.pairFingerprint(a, b),
	})
	return true
}

func (s *scan) kindOf(overlap candidate.OverlapOf) (Kind, bool) {
	if overlap.Jaccard() >= s.options.Threshold {
		return Near, s.options.Finds(Near)
	}
	return Contained, s.options.Finds(Contained) &&
		(s.isContained(overlap.AInB(), overlap.Pair.A) || s.isContained(overlap.BInA(), overlap.Pair.B))
}

func (s *scan) isContained(containment float64, article uint32) bool {
	return containment >= s.options.Containment && s.result.Articles[article].Words >= s.options.MinContained
}
