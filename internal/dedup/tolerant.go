package dedup

import (
	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/align"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/misread"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
	"github.com/newsdedup/newsdedup/internal/text"
)

// LeastShare is the share of the smaller article's shingles that two articles have in common, as
// they stand, where misread words are looked for. One word of twenty misread leaves three
// quarters of the shingles, one letter of twenty a quarter.
const LeastShare = 0.15

// mayBePair reports whether two articles that share so much reach a threshold, or may do so once
// misread words are taken for the same.
func (s *scan) mayBePair(overlap candidate.OverlapOf) bool {
	if s.options.Tolerant {
		return overlap.Shared >= s.leastShared(overlap.Overlap.A, overlap.Overlap.B)
	}
	_, ok := s.kindOf(overlap)
	return ok
}

// readForms fills in the normal forms of the words. Those that say a number, a day or a month are known, so
// that one in the place of another stays a difference, and the guard of templates sees it.
func (w *wording) readForms(doc *text.Document) {
	w.forms.Norm, w.forms.Ends, w.forms.Known = w.forms.Norm[:0], w.forms.Ends[:0], w.forms.Known[:0]
	for token := range doc.Len() {
		w.forms.Norm = doc.AppendNorm(w.forms.Norm, token, token+1)
		w.forms.Norm = w.forms.Norm[:len(w.forms.Norm)-1] // the space
		w.forms.Ends = append(w.forms.Ends, uint32(len(w.forms.Norm)))
		w.forms.Known = append(w.forms.Known, isFigureWord(w.tokens[token]))
	}
}

// A mender finds misread words, and what two articles share once they are taken for the
// same. It keeps its memory: one for each goroutine. The zero value is ready.
type mender struct {
	matcher        misread.Matcher
	spans, of      []misread.Span // of all gaps, and of one
	gaps           []align.Gap
	tokens         []uint64
	sums, shingles []uint64
	table          similarity.Table
}

// mend takes the misread words out of the gaps.
func (m *mender) mend(l *laid) {
	m.spans, m.gaps = m.spans[:0], m.gaps[:0]
	for _, gap := range l.gaps {
		m.of = m.matcher.Append(m.of[:0], l.a.forms, l.b.forms, misread.Span(gap))
		at := gap
		for _, span := range m.of {
			m.addGap(align.Gap{A: at.A, EndA: span.A, B: at.B, EndB: span.B})
			at.A, at.B = span.EndA, span.EndB
		}
		m.addGap(at)
		m.spans = append(m.spans, m.of...)
	}
	l.gaps, l.spans = m.gaps, m.spans
}

func (m *mender) addGap(gap align.Gap) {
	if gap.A < gap.EndA || gap.B < gap.EndB {
		m.gaps = append(m.gaps, gap)
	}
}

// overlap is what A, whose set this is, shares with B once the misread words of B are
// those of A; what they share as they stand where that is more, since of texts in another order
// words may be paired that only look alike.
func (m *mender) overlap(asTheyStand similarity.Overlap, set similarity.Set, met laid, size int) similarity.Overlap {
	if len(met.spans) == 0 {
		return asTheyStand
	}
	m.tokens = m.tokens[:0]
	at := 0
	for _, span := range met.spans {
		m.tokens = append(m.tokens, met.b.tokens[at:span.B]...)
		m.tokens = append(m.tokens, met.a.tokens[span.A:span.EndA]...)
		at = span.EndB
	}
	m.tokens = append(m.tokens, met.b.tokens[at:]...)
	m.sums = shingle.AppendSums(m.sums[:0], m.tokens)
	m.shingles = shingle.Append(m.shingles[:0], m.sums, size)
	mended := similarity.Overlap{A: len(set), B: m.table.Fill(m.shingles), Shared: m.table.Shared(set, 0)}
	if mended.Jaccard() < asTheyStand.Jaccard() {
		return asTheyStand
	}
	return mended
}

// countPairs counts those of the candidates that reach a threshold, and those of them that
// are known.
func (s *scan) countPairs(candidates []candidate.Pair, known map[candidate.Pair]bool) (pairs, found int, err error) {
	err = join[reread, candidate.Pair]{
		parts: s.wholeArticles(),
		take: func(a *analyst, article *corpus.Article, _ part) reread {
			a.wording.read(a)
			return reread{a.set(), a.wording, ""}
		},
		keep: reread.clone,
		meet: func(a *analyst, pair int, one, other reread, first bool) (candidate.Pair, bool) {
			v, ok := s.meet(a, candidates[pair], one, other, first)
			return v.overlap.Pair, ok
		},
		found: func(pair candidate.Pair) {
			pairs++
			if known[pair] {
				found++
			}
		},
		progress: func(int) {},
	}.run(s, candidates)
	return pairs, found, err
}
