package dedup

import (
	"bytes"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// A Comparison is all that can be said of two articles beside each other.
type Comparison struct {
	Kind       Kind // the finding that they are; "" for none
	Exact      bool // the same words, one at least
	Similarity float64
	AInB, BInA float64 // containment both ways
	// EstimateJaccard is what their sketches alone say of Similarity.
	EstimateJaccard      float64
	Shared               int // shingles
	ShinglesA, ShinglesB int
	WordsA, WordsB       int
	Label                Label // "" for none
	Difference           Difference
	Runs                 []Run // shared passages, by their places in A
	// MoreRuns says that there are more, of texts that repeat themselves: see
	// maxRuns.
	MoreRuns bool
	Edits    []Edit // all that differs, in the order of A
}

// A Run is a passage that two articles share: the same words in both, and longer at
// neither end.
type Run struct {
	Words  int
	A, B   Range
	Quoted bool // it stands inside quotation marks, in both
}

// A Range is a part of a body.
type Range struct {
	Start, End    int // bytes, half-open
	Line, EndLine int // of the article's file
}

// An Edit is a place where two articles differ when they are laid beside each other:
// what stands in A, and in B instead. One of them may be empty, and then has the
// place where the other would stand.
type Edit struct {
	Kind ChangeKind
	A, B Range
}

// DefaultRun is the least number of words of a run where Options.Passages names none.
const DefaultRun = 8

// Compare says all of two articles, by the rules of a scan with the same options. The
// figures are exact; only EstimateJaccard is none. It takes time and memory in
// proportion to the two texts, whatever they hold.
func Compare(a, b *corpus.Article, options Options) *Comparison {
	one, other := compared(a, options), compared(b, options)
	var d differ
	met := d.meet(&one.wording, &other.wording)
	overlap := d.mender.overlap(similarity.Compare(one.set, other.set), one.set, met, options.ShingleSize)
	c := &Comparison{
		Exact:      len(one.norm) > 0 && bytes.Equal(one.norm, other.norm),
		Similarity: overlap.Jaccard(), AInB: overlap.AInB(), BInA: overlap.BInA(),
		EstimateJaccard: minhash.EstimateJaccard(&one.sketch, &other.sketch),
		Shared:          overlap.Shared, ShinglesA: overlap.A, ShinglesB: overlap.B,
		WordsA: len(one.wording.tokens), WordsB: len(other.wording.tokens),
	}
	if c.WordsA > 0 && c.WordsB > 0 {
		c.Kind = options.kindOfTwo(overlap, c.Exact, c.WordsA, c.WordsB)
	}
	c.Kind = options.guarded(c.Kind, met)
	c.Difference = *met.difference()
	c.Label = met.label(c.Kind, comparePublished(a.Meta.Published, b.Meta.Published))
	c.Runs, c.MoreRuns = sharedRuns(one, other, max(1, options.leastRun()))
	c.Edits = met.edits(one, other, len(met.gaps))
	c.Difference.Changes, c.Difference.Listed = changesOf(one, other, c.Edits), true
	return c
}

// kindOfTwo is the finding that two texts with words are, "" for none.
func (o Options) kindOfTwo(overlap similarity.Overlap, exact bool, wordsA, wordsB int) Kind {
	if exact && o.Finds(Exact) {
		return Exact
	}
	if kind, ok := o.kindOf(overlap, wordsA, wordsB); ok {
		return kind
	}
	return ""
}

func (o Options) leastRun() int {
	if o.Passages > 0 {
		return o.Passages
	}
	return DefaultRun
}

// compared reads an article.
func compared(article *corpus.Article, options Options) *side {
	a := newAnalyst(options)
	a.analyse(article.Body)
	a.wording.read(a)
	s := a.side(article)
	s.set = a.set()
	if len(a.shingles) > 0 {
		s.sketch = *a.sketcher.Sketch(a.shingles, a.window)
	}
	s.norm, s.outside = a.norm(), outside(&a.doc, nil)
	return s
}
