package dedup

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
)

// maxListed bounds the pairs whose changes are read: their articles are read once more.
// A scan takes a twentieth longer by as many.
//
// templatesListed of them are for templates where there are as many: a corpus with more copies
// than that would show none of what makes its templates no copies.
const (
	maxListed       = 2000
	templatesListed = maxListed / 4
)

// listChanges reads what the articles of pairs have in the place of each other, and labels
// the pairs of copies. First come pairs with a representative, which a report shows, then
// those that no cluster joins, then others.
func (s *scan) listChanges() error {
	chosen := s.pairsToList()
	pairs := make([]candidate.Pair, len(chosen))
	for i, at := range chosen {
		pairs[i] = candidate.Pair{A: uint32(s.result.Pairs[at].A), B: uint32(s.result.Pairs[at].B)}
	}
	return join[*side, struct{}]{
		parts: s.wholeArticles(),
		take: func(a *analyst, article *corpus.Article, _ part) *side {
			a.wording.read(a)
			return a.side(article)
		},
		keep: (*side).clone,
		meet: func(a *analyst, pair int, one, other *side, _ bool) (none struct{}, found bool) {
			met := a.differ.meet(&one.wording, &other.wording)
			one, other = one.another(), other.another() // a held one may be met by several at once
			difference := met.difference()
			difference.Changes = changesOf(one, other, met.edits(one, other, MaxChanges))
			difference.Listed = true
			s.result.Pairs[chosen[pair]].Difference = difference
			return none, false
		},
		progress: func(int) {},
	}.run(s, pairs)
}

// pairsToList returns the positions of the pairs whose changes are read.
func (s *scan) pairsToList() []int {
	representative := make(map[ArticleID]bool, len(s.result.Clusters))
	for i := range s.result.Clusters {
		representative[s.firstOf[s.result.Clusters[i].Representative]] = true
	}
	isOfCluster := func(p *Pair) bool { return p.Kind != Template && (representative[p.A] || representative[p.B]) }
	isTemplate := func(p *Pair) bool { return p.Kind == Template }
	templates, ofClusters := s.differing(isTemplate), s.differing(isOfCluster)
	first := min(templatesListed, len(templates))
	chosen := slices.Concat(templates[:first], ofClusters, templates[first:],
		s.differing(func(p *Pair) bool { return !isTemplate(p) && !isOfCluster(p) }))
	return chosen[:min(maxListed, len(chosen))]
}

// differing returns the positions of the first pairs that differ and are wanted, as many as are listed in all.
func (s *scan) differing(isWanted func(p *Pair) bool) (chosen []int) {
	for i := range s.result.Pairs {
		if p := &s.result.Pairs[i]; p.Difference != nil && isWanted(p) && len(chosen) < maxListed {
			chosen = append(chosen, i)
		}
	}
	return chosen
}
