package dedup

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
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
	candidates, err := s.candidates()
	if err != nil {
		return err
	}
	return s.compare(candidates)
}

// bound says which pairs are looked for.
func (s *scan) bound() candidate.Bound {
	return candidate.Bound{
		ShingleSize: s.options.ShingleSize, Window: s.options.window(), Containment: s.options.leastContainment(),
	}
}

// isFirst reports whether the article has a text and is the first of it.
func (s *scan) isFirst(article int) bool {
	return s.result.Articles[article].Words > 0 && s.firstOf[article] == ArticleID(article)
}

// queryRanks is the number of articles whose candidates one worker looks up at once.
const queryRanks = 512

func (s *scan) candidates() ([]candidate.Pair, error) {
	index := candidate.NewIndex(s.shared.ranking, s.shared.articles)
	bound := s.bound()
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
		pairs = append(pairs, slices.DeleteFunc(a.pairs, func(pair candidate.Pair) bool { return s.areEarlier(pair.A, pair.B) })...)
		s.result.Summary.Bounded += a.bounded
	}
	slices.SortFunc(pairs, candidate.Pair.Compare)
	return pairs, err
}

// A reread is an article's shingle set, its words in order, and its opening.
type reread struct {
	set     similarity.Set
	wording wording
	lead    string
}

// A verified is two articles that reach a threshold, how they differ, and their openings.
type verified struct {
	kind         Kind
	overlap      candidate.OverlapOf
	figures      figures
	label        Label
	leadA, leadB string
}

// compare keeps those of the candidates that reach a threshold.
func (s *scan) compare(pairs []candidate.Pair) error {
	s.progress(Comparing, 0, len(pairs))
	return join[reread, verified]{
		parts: s.wholeArticles(),
		take: func(a *analyst, article *corpus.Article, _ part) reread {
			a.wording.read(a)
			return reread{a.set(), a.wording, lead(article)}
		},
		keep: reread.clone,
		meet: func(a *analyst, pair int, one, other reread, first bool) (verified, bool) {
			return s.meet(a, pairs[pair], one, other, first)
		},
		found: func(v verified) {
			s.report(v)
			s.result.Articles[v.overlap.Pair.A].Lead = v.leadA
			s.result.Articles[v.overlap.Pair.B].Lead = v.leadB
		},
		progress: func(done int) { s.progress(Comparing, done, len(pairs)) },
	}.run(s, pairs)
}

// clone is a copy that lasts.
func (r reread) clone() reread { return reread{slices.Clone(r.set), r.wording.clone(), r.lead} }

// meet compares a pair; ok is false where it reaches no threshold.
func (s *scan) meet(a *analyst, ids candidate.Pair, one, other reread, first bool) (v verified, ok bool) {
	least := s.leastShared(len(one.set), len(other.set))
	overlap := candidate.OverlapOf{Pair: ids, Overlap: a.overlap(one.set, other.set, least, first)}
	if !s.mayBePair(overlap) {
		return v, false
	}
	met := a.differ.meet(&one.wording, &other.wording)
	overlap.Overlap = a.differ.mender.overlap(overlap.Overlap, one.set, met, s.options.ShingleSize)
	kind, ok := s.kindOf(overlap)
	kind = s.options.guarded(kind, met)
	return verified{kind, overlap, met.figures, met.label(kind, s.published(ids)), one.lead, other.lead}, ok
}

// set is the set of the shingles read, in the analyst's memory.
func (a *analyst) set() similarity.Set {
	a.distinct = a.table.AppendSet(a.distinct[:0], a.shingles)
	return a.distinct
}

// leastShared is the least that two articles of so many shingles share in any
// pair that is looked for.
func (s *scan) leastShared(a, b int) int {
	if s.options.Tolerant {
		return similarity.LeastContained(a, b, LeastShare)
	}
	least := min(a, b)
	if s.options.Finds(Near) {
		least = min(least, similarity.LeastNear(a, b, s.options.Threshold))
	}
	if s.options.Finds(Contained) {
		least = min(least, similarity.LeastContained(a, b, s.options.Containment))
	}
	return least
}

// overlap compares two sets, as far as it takes to know that they share fewer
// than least. Where first is false, the second is that of the call before.
func (a *analyst) overlap(one, other similarity.Set, least int, first bool) similarity.Overlap {
	if first && !a.holds(other) {
		a.table.Fill(other)
	}
	return similarity.Overlap{Shared: a.table.Shared(one, least), A: len(one), B: len(other)}
}

// holds reports whether the set is the one just read, which the table is that of.
func (a *analyst) holds(set similarity.Set) bool {
	return len(set) > 0 && len(a.distinct) > 0 && &set[0] == &a.distinct[0]
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
	ids = slices.Compact(ids)
	leads, err := load(s, s.wholeArticles(), ids, func(_ *analyst, article *corpus.Article, _ part) string {
		return lead(article)
	})
	for i, opening := range leads {
		s.result.Articles[ids[i]].Lead = opening
	}
	return err
}

// compareAll is compare for every pair that shares a shingle.
func (s *scan) compareAll() error {
	var ids []uint32
	for article := range s.result.Articles {
		if s.isFirst(article) {
			ids = append(ids, uint32(article))
		}
	}
	var pairs []candidate.Pair
	if err := s.allOverlaps(s.wholeArticles(), ids, func(overlap candidate.OverlapOf) {
		if s.mayBePair(overlap) && !s.areEarlier(overlap.Pair.A, overlap.Pair.B) {
			pairs = append(pairs, overlap.Pair)
		}
	}); err != nil {
		return err
	}
	slices.SortFunc(pairs, candidate.Pair.Compare)
	return s.compare(pairs)
}

// allOverlaps calls visit with the overlap of every two of the parts, whose ids are
// ascending, that share a shingle. The sets of all are held at once.
func (s *scan) allOverlaps(what parts, ids []uint32, visit func(candidate.OverlapOf)) error {
	sets, err := load(s, what, ids, func(a *analyst, _ *corpus.Article, _ part) similarity.Set { return slices.Clone(a.set()) })
	if err != nil {
		return err
	}
	return candidate.Exhaustive(s.ctx, sets, func(overlap candidate.OverlapOf) {
		overlap.Pair = candidate.Pair{A: ids[overlap.Pair.A], B: ids[overlap.Pair.B]}
		visit(overlap)
	})
}

// report adds a pair to the result.
func (s *scan) report(v verified) {
	s.result.Pairs = append(s.result.Pairs, s.pair(v, s.differences.of(v.figures)))
}

// pair is a pair with its figures.
func (s *scan) pair(v verified, difference *Difference) Pair {
	overlap := v.overlap
	a, b := ArticleID(overlap.Pair.A), ArticleID(overlap.Pair.B)
	return Pair{
		Kind: v.kind, A: a, B: b, Label: v.label, Difference: difference,
		Similarity: overlap.Jaccard(), AInB: overlap.AInB(), BInA: overlap.BInA(),
		Shared: overlap.Shared, ShinglesA: overlap.Overlap.A, ShinglesB: overlap.Overlap.B,
		Fingerprint: s.pairFingerprint(a, b),
	}
}

// kindOf says which kind of pair two articles are, if they reach a threshold.
func (s *scan) kindOf(overlap candidate.OverlapOf) (Kind, bool) {
	return s.options.kindOf(overlap.Overlap, s.result.Articles[overlap.Pair.A].Words, s.result.Articles[overlap.Pair.B].Words)
}

// kindOf says which kind of pair two articles of so many words are, if they reach a
// threshold.
func (o Options) kindOf(overlap similarity.Overlap, wordsA, wordsB int) (Kind, bool) {
	if overlap.Jaccard() >= o.Threshold {
		return Near, o.Finds(Near)
	}
	return Contained, o.Finds(Contained) &&
		(o.isContained(overlap.AInB(), wordsA) || o.isContained(overlap.BInA(), wordsB))
}

func (o Options) isContained(containment float64, words int) bool {
	return containment >= o.Containment && words >= o.MinContained
}

func (s *scan) isContained(containment float64, article uint32) bool {
	return s.options.isContained(containment, s.result.Articles[article].Words)
}
