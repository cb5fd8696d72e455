package corpusgen

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
)

// Options say what a corpus is like. Start from DefaultOptions.
type Options struct {
	Seed     uint64
	Articles int     // originals that All yields
	Words    int     // mean words of an article, without furniture; characters in Han
	Sources  int     // outlets; below 1 is 1
	Furnish  float64 // share of the articles that carry furniture of their outlet
	Script   Script

	// Copies is how many copies All yields after the originals. Their originals
	// are spread evenly over the corpus; up to Articles copies, all different.
	Copies int
	// Operations are what is done to the copies, in turn. None copies verbatim.
	Operations []Operation
}

// DefaultOptions are those of a small corpus of English-looking news.
func DefaultOptions() Options {
	return Options{Seed: 1, Articles: 1000, Words: 400, Sources: 20, Furnish: 0.3}
}

// An Article is one made-up story.
type Article struct {
	Key    string // source, a slash, and a file name; unique in its corpus
	Source string
	Text   string // valid UTF-8 without a newline at its end
}

// A Generator makes the articles of one corpus. It is never changed once made
// and may be used by several goroutines.
type Generator struct {
	options Options
	outlets []outlet
}

// New returns the generator of the corpus that the options describe.
func New(options Options) *Generator {
	gen := &Generator{options: options}
	for number := range max(options.Sources, 1) {
		gen.outlets = append(gen.outlets, newOutlet(options, number))
	}
	return gen
}

// All yields the originals and then the copies.
func (g *Generator) All() iter.Seq[Article] {
	return func(yield func(Article) bool) {
		for index := range g.options.Articles {
			if !yield(g.Article(index)) {
				return
			}
		}
		for number := range g.options.Copies {
			if article, _ := g.Copy(number); !yield(article) {
				return
			}
		}
	}
}

// Article makes the original at index, which may lie beyond Options.Articles:
// a corpus has no end of its own.
func (g *Generator) Article(index int) Article {
	pcg := g.stream(articleStream, index)
	from := &g.outlets[below(pcg, len(g.outlets))]
	return Article{
		Key:    fmt.Sprintf("%s/%07d.txt", from.name, index),
		Source: from.name,
		Text:   string(g.compose(pcg, from)),
	}
}

func (g *Generator) compose(pcg *rand.PCG, from *outlet) []byte {
	text := newComposer(pcg, from).article(articleWords(pcg, g.options.Words))
	if chance(pcg, g.options.Furnish) {
		first := below(pcg, len(from.furniture))
		for _, paragraph := range from.furniture[first:] {
			text = append(text, from.separator...)
			text = append(text, paragraph...)
		}
	}
	return text
}

// What a stream of random numbers is for: one purpose never shifts another.
const (
	articleStream = iota
	outletStream
	copyStream
)

// stream returns the random numbers of one thing of the corpus.
func (g *Generator) stream(purpose, index int) *rand.PCG {
	return streamOf(g.options.Seed, purpose, index)
}

func streamOf(seed uint64, purpose, index int) *rand.PCG {
	const golden = 0x9E3779B97F4A7C15 // 2⁶⁴ over the golden ratio: neighbours get far seeds
	return rand.NewPCG(seed, (uint64(index)<<2|uint64(purpose))*golden)
}

const (
	// lengthSpread is the standard deviation of the logarithm of an article's
	// length: a little below the .9 of web news and newswire, which hold
	// headlines without a story.
	lengthSpread = 0.8
	shortest     = 10 // words
	// longest bounds an article at so many times the mean, so that one draw in
	// a million does not make a benchmark incomparable.
	longest = 30
)

// articleWords draws a length with the mean asked for.
func articleWords(pcg *rand.PCG, mean int) int {
	normal := rand.New(pcg).NormFloat64()
	words := float64(mean) * math.Exp(lengthSpread*normal-lengthSpread*lengthSpread/2)
	return min(max(int(words), shortest), max(longest*mean, shortest))
}

// below returns a number in [0, bound).
func below(pcg *rand.PCG, bound int) int {
	return int((pcg.Uint64() >> 32) * uint64(bound) >> 32)
}

// chance is true for the given share of its calls.
func chance(pcg *rand.PCG, share float64) bool {
	return float64(pcg.Uint64()>>11) < share*(1<<53)
}
