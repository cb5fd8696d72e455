package repeat

import (
	"cmp"
	"math"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// Paragraphs is what is kept of paragraphs, in the order of the text.
type Paragraphs struct {
	Hashes []uint64 // of all tokens
	Tokens []uint32
	Starts []uint32 // where they begin in the article's body
	Maps   []uint64 // of their shingles, as Map makes them
}

// Len is the number of paragraphs.
func (p *Paragraphs) Len() int { return len(p.Hashes) }

// Reset empties them.
func (p *Paragraphs) Reset() {
	*p = Paragraphs{Hashes: p.Hashes[:0], Tokens: p.Tokens[:0], Starts: p.Starts[:0], Maps: p.Maps[:0]}
}

// Add adds a paragraph.
func (p *Paragraphs) Add(hash uint64, tokens, start int, bitmap uint64) {
	p.Hashes = append(p.Hashes, hash)
	p.Tokens = append(p.Tokens, uint32(tokens))
	p.Starts = append(p.Starts, uint32(start))
	p.Maps = append(p.Maps, bitmap)
}

// Append appends others.
func (p *Paragraphs) Append(others *Paragraphs) {
	p.Hashes = append(p.Hashes, others.Hashes...)
	p.Tokens = append(p.Tokens, others.Tokens...)
	p.Starts = append(p.Starts, others.Starts...)
	p.Maps = append(p.Maps, others.Maps...)
}

// Options say what counts as a repeat.
type Options struct {
	MinTokens   int     // of any paragraph that is looked at, ≥ 1
	Similarity  float64 // least Jaccard of near paragraphs
	ShingleSize int
	Window      int // of the articles' samples
}

// MinNearTokens is the least length of a paragraph that can be near another
// without being equal: shorter ones have so few shingles that similarity says
// nothing.
const MinNearTokens = 8

// LeastSimilarity is the least that near paragraphs are looked for at: below,
// nearly every shingle of every paragraph would have to be kept.
const LeastSimilarity = 0.5

// LeastSketched is the least number of tokens of a paragraph that can be near
// another. Unequal sets of fewer than s/(1−s) shingles cannot reach s, but
// unequal texts can have equal sets (the same words going round once more).
func (o Options) LeastSketched() int { return max(MinNearTokens, o.MinTokens) }

// OwnWindow returns the window by which a paragraph of that many tokens must
// be sampled on its own, 0 where the samples of its article do: where any near
// one is sure to share as many shingles in a row as a window of theirs has.
func (o Options) OwnWindow(tokens int) int {
	if tokens < o.LeastSketched() {
		return 0
	}
	run := o.sharedRun(shingle.Count(tokens, o.ShingleSize))
	if run >= o.Window && tokens >= o.ShingleSize {
		return 0
	}
	window := 1
	for 2*window <= min(run, o.Window) {
		window *= 2
	}
	return window
}

// sharedRun returns the shingles in a row that a paragraph of so many shares
// with any near one that is no larger. The smaller of two says what is shared,
// and a smaller one may share a shorter run: the larger must be sampled for it.
func (o Options) sharedRun(shingles int) int {
	run := shingles
	for smaller := int(math.Ceil(o.Similarity*float64(shingles) - 1e-9)); smaller <= shingles; smaller++ {
		run = min(run, minhash.LongestRun(smaller, o.ShingleSize, minhash.ContainmentAt(o.Similarity)))
	}
	return run
}

// A Table holds the paragraphs of a corpus. A paragraph is known by its
// position in reading order, over all articles.
type Table struct {
	options Options
	Paragraphs
	starts   []uint32 // by article: its first paragraph; one more at the end
	articles []uint32 // by paragraph
}

// NewTable returns an empty table.
func NewTable(options Options) *Table {
	return &Table{options: options, starts: []uint32{0}}
}

// Room is the number of paragraphs that there is room for.
func (t *Table) Room() int { return cap(t.Hashes) - len(t.Hashes) }

// Grow makes room for so many more paragraphs.
func (t *Table) Grow(count int) {
	t.Hashes = slices.Grow(t.Hashes, count)
	t.Tokens = slices.Grow(t.Tokens, count)
	t.Starts = slices.Grow(t.Starts, count)
	t.Maps = slices.Grow(t.Maps, count)
	t.articles = slices.Grow(t.articles, count)
}

// GrowArticles makes room for so many more articles.
func (t *Table) GrowArticles(count int) { t.starts = slices.Grow(t.starts, count) }

// AddArticles enters articles of so many paragraphs each; theirs are appended beside.
func (t *Table) AddArticles(paragraphs []uint32) {
	for _, count := range paragraphs {
		article := uint32(len(t.starts) - 1)
		for range count {
			t.articles = append(t.articles, article)
		}
		t.starts = append(t.starts, uint32(len(t.articles)))
	}
}

// ArticleOf returns the article of a paragraph.
func (t *Table) ArticleOf(paragraph uint32) uint32 { return t.articles[paragraph] }

// Articles returns the articles of all paragraphs, which must not be changed.
func (t *Table) Articles() []uint32 { return t.articles }

// NumberOf returns a paragraph's number in its article, from 0.
func (t *Table) NumberOf(paragraph uint32) int {
	return int(paragraph - t.starts[t.articles[paragraph]])
}

// Of returns the paragraphs of an article, half-open.
func (t *Table) Of(article uint32) (first, end uint32) {
	return t.starts[article], t.starts[article+1]
}

// A Pair is two paragraphs that may be near, A < B, each the first standing of its
// text.
type Pair struct{ A, B uint32 }

// Texts are the paragraphs of a table by their text.
type Texts struct {
	run       []uint32 // by paragraph: one more than its text in ends; 0 for one that stands alone
	standings []uint32 // of one text after another, ascending inside a text
	ends      []uint32 // by text that stands more than once
	alone     [1]uint32
}

// AddTexts adds the entries of the paragraphs from start to end, those that are
// long enough, to a batch of a store that NewTexts is made of. Their owners are
// counted from start.
func (t *Table) AddTexts(batch *group.Batch, start, end int) {
	for paragraph := start; paragraph < end; paragraph++ {
		if int(t.Tokens[paragraph]) >= t.options.MinTokens {
			batch.Add(t.Hashes[paragraph], uint32(paragraph-start), 0)
		}
	}
}

// NewTexts brings the standings of each text together. lists are the
// paragraphs that agree in the bits that they were grouped by.
func (t *Table) NewTexts(lists []group.Lists) *Texts {
	x := &Texts{run: make([]uint32, t.Len())}
	for i := range lists {
		for list := range lists[i].Len() {
			owners, _ := lists[i].Of(list)
			x.addRuns(owners, t.Hashes)
		}
	}
	return x
}

// addRuns adds paragraphs that agree in the bits of their hashes that are
// grouped by, after parting those whose hashes differ in the others.
func (x *Texts) addRuns(paragraphs []uint32, hashes []uint64) {
	differs := func(p uint32) bool { return hashes[p] != hashes[paragraphs[0]] }
	if slices.ContainsFunc(paragraphs, differs) {
		slices.SortStableFunc(paragraphs, func(p, q uint32) int { return cmp.Compare(hashes[p], hashes[q]) })
	}
	for start := 0; start < len(paragraphs); {
		end := start + 1
		for end < len(paragraphs) && hashes[paragraphs[end]] == hashes[paragraphs[start]] {
			end++
		}
		if end-start > 1 {
			x.standings = append(x.standings, paragraphs[start:end]...)
			x.ends = append(x.ends, uint32(len(x.standings)))
			for _, paragraph := range paragraphs[start:end] {
				x.run[paragraph] = uint32(len(x.ends))
			}
		}
		start = end
	}
}

// of returns the standings of the text of a paragraph, until the next call.
func (x *Texts) of(paragraph uint32) []uint32 {
	run := x.run[paragraph]
	if run == 0 {
		x.alone[0] = paragraph
		return x.alone[:]
	}
	return x.ofRun(int(run - 1))
}

func (x *Texts) ofRun(run int) []uint32 {
	start := uint32(0)
	if run > 0 {
		start = x.ends[run-1]
	}
	return x.standings[start:x.ends[run]]
}

// First returns the first standing of the text of a paragraph.
func (x *Texts) First(paragraph uint32) uint32 {
	if run := x.run[paragraph]; run > 0 {
		return x.ofRun(int(run - 1))[0]
	}
	return paragraph
}

// Last returns the last standing of the text of a paragraph.
func (x *Texts) Last(paragraph uint32) uint32 {
	standings := x.of(paragraph)
	return standings[len(standings)-1]
}

// Sketched returns the first standing of each distinct text that can be near
// another, ascending.
func (t *Table) Sketched(texts *Texts) []uint32 {
	var firsts []uint32
	for paragraph, tokens := range t.Tokens {
		if int(tokens) >= t.options.LeastSketched() && texts.First(uint32(paragraph)) == uint32(paragraph) {
			firsts = append(firsts, uint32(paragraph))
		}
	}
	return firsts
}
