package dedup

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// measure compares the pairs that are asked for, whatever their figures are. Their
// kind is Exact, or Template, also below the thresholds, or what they are at these, or "". What
// could not be read again has no figures.
func (s *scan) measure() error {
	if s.ask == nil {
		return nil
	}
	asked := s.ask(s.result.Articles)
	var pairs []candidate.Pair
	for _, ids := range asked {
		pairs = append(pairs, candidate.Pair{A: uint32(min(ids[0], ids[1])), B: uint32(max(ids[0], ids[1]))})
	}
	slices.SortFunc(pairs, candidate.Pair.Compare)
	pairs = slices.Compact(pairs)
	var found []Pair
	s.leads = make(map[ArticleID]string)
	s.progress(Comparing, 0, len(pairs))
	err := join[askedSide, askedPair]{
		parts: s.wholeArticles(),
		take: func(a *analyst, article *corpus.Article, _ part) askedSide {
			a.wording.read(a)
			return askedSide{a.side(article), a.set(), lead(article)}
		},
		keep: func(one askedSide) askedSide { return askedSide{one.side.clone(), slices.Clone(one.set), one.lead} },
		meet: func(a *analyst, pair int, one, other askedSide, first bool) (askedPair, bool) {
			return s.meetAsked(a, pairs[pair], one, other, first), true
		},
		found: func(p askedPair) {
			s.leads[p.pair.A], s.leads[p.pair.B] = p.leadA, p.leadB
			found = append(found, p.pair)
		},
		progress: func(done int) { s.progress(Comparing, done, len(pairs)) },
	}.run(s, pairs)
	slices.SortFunc(found, byArticles)
	for _, ids := range asked {
		pair := Pair{A: min(ids[0], ids[1]), B: max(ids[0], ids[1])}
		if at, ok := slices.BinarySearchFunc(found, pair, byArticles); ok {
			pair = found[at]
		}
		s.measured = append(s.measured, pair)
	}
	return err
}

func byArticles(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }

// An askedSide is an article of a pair that is asked for.
type askedSide struct {
	side *side
	set  similarity.Set
	lead string
}

// An askedPair is one that was compared, and the openings of its articles.
type askedPair struct {
	pair         Pair
	leadA, leadB string
}

// meetAsked compares a pair that was asked for, with what differs.
func (s *scan) meetAsked(a *analyst, ids candidate.Pair, one, other askedSide, first bool) askedPair {
	overlap := candidate.OverlapOf{Pair: ids, Overlap: a.overlap(one.set, other.set, 0, first)}
	met := a.differ.meet(&one.side.wording, &other.side.wording)
	overlap.Overlap = a.differ.mender.overlap(overlap.Overlap, one.set, met, s.options.ShingleSize)
	v := verified{overlap: overlap, figures: met.figures}
	kind, reached := s.kindOf(overlap)
	if !reached {
		kind = ""
	}
	if s.options.guarded(Near, met) == Template {
		kind = Template
	}
	v.kind, v.label = kind, met.label(kind, s.published(ids))
	pair := s.pair(v, met.difference())
	if s.firstOf[pair.A] == s.firstOf[pair.B] {
		pair.Kind, pair.Label, pair.Difference = Exact, IdenticalCopy, nil
		return askedPair{pair, one.lead, other.lead}
	}
	here, there := one.side.another(), other.side.another() // a held one may be met by several at once
	pair.Difference.Changes, pair.Difference.Listed = changesOf(here, there, met.edits(here, there, MaxChanges)), true
	return askedPair{pair, one.lead, other.lead}
}
