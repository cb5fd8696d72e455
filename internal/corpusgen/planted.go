package corpusgen

import (
	"fmt"
	"math/rand/v2"
)

// A Kind says what was done to an article to make a copy of it.
type Kind string

// The kinds of copies, and what Operation.Amount means in each.
const (
	Verbatim  Kind = "verbatim"  // nothing
	Edited    Kind = "edited"    // WordEdits: share of the words
	Shortened Kind = "shortened" // Cut: share of the words kept
	Dropped   Kind = "dropped"   // DropParagraphs: share of the paragraphs
	Furnished Kind = "furnished" // AddFurniture: of the copy's outlet; no amount
	Misread   Kind = "misread"   // OCRNoise: share of the letters
	Reordered Kind = "reordered" // ReorderParagraphs; no amount
	Doubled   Kind = "doubled"   // RepeatBlock: share of the paragraphs, from the second on
	Template  Kind = "template"  // TemplateNumbers; no amount. Content of its own, not a copy
)

// An Operation is one way to make a copy.
type Operation struct {
	Kind   Kind
	Amount float64
}

// StandardOperations are the ways in which news is copied, with a range of
// edits that reaches from a certain near copy to none: with a share x of the
// words edited about (1−x)⁵ of the shingles survive.
func StandardOperations() []Operation {
	return []Operation{
		{Kind: Verbatim}, {Edited, 0.005}, {Edited, 0.01}, {Edited, 0.02}, {Edited, 0.05}, {Edited, 0.1},
		{Shortened, 0.9}, {Shortened, 0.5}, {Shortened, 0.25}, {Dropped, 0.1}, {Dropped, 0.4},
		{Kind: Furnished}, {Misread, 0.005}, {Misread, 0.05}, {Kind: Reordered}, {Doubled, 0.4}, {Kind: Template},
	}
}

// Planted is the truth about one copy.
type Planted struct {
	Original, Copy string // keys
	Operation
}

// Copy makes a planted copy, numbered from 0, and says what it is a copy of.
// Its outlet is drawn anew, so that it may be that of the original.
func (g *Generator) Copy(number int) (Article, Planted) {
	original := g.Article(g.originalOf(number))
	pcg := g.stream(copyStream, number)
	outlet := below(pcg, len(g.outlets))
	operation := g.operation(number)
	article := Article{
		Key:    fmt.Sprintf("%s/copy-%07d.txt", g.outlets[outlet].name, number),
		Source: g.outlets[outlet].name,
		Text:   operation.apply(rand.New(pcg), original.Text, g.Furniture(outlet)),
	}
	return article, Planted{Original: original.Key, Copy: article.Key, Operation: operation}
}

// Truth returns the planted copies of the corpus, in the order of All. Beyond it
// the corpus has the pairs that follow: where Copies is above Articles, the
// copies of one original resemble each other.
func (g *Generator) Truth() []Planted {
	truth := make([]Planted, g.options.Copies)
	for number := range truth {
		_, truth[number] = g.Copy(number)
	}
	return truth
}

// originalOf spreads the copies evenly over the originals.
func (g *Generator) originalOf(number int) int {
	copies := max(g.options.Copies, number+1)
	return int(int64(number) * int64(g.options.Articles) / int64(copies))
}

func (g *Generator) operation(number int) Operation {
	if len(g.options.Operations) == 0 {
		return Operation{Kind: Verbatim}
	}
	return g.options.Operations[number%len(g.options.Operations)]
}

func (op Operation) apply(rng *rand.Rand, text string, furniture []string) string {
	switch op.Kind {
	case Edited:
		return WordEdits(rng, text, op.Amount)
	case Shortened:
		return Cut(text, op.Amount)
	case Dropped:
		return DropParagraphs(rng, text, op.Amount)
	case Furnished:
		return AddFurniture(text, furniture)
	case Misread:
		return OCRNoise(rng, text, op.Amount)
	case Reordered:
		return ReorderParagraphs(rng, text)
	case Doubled:
		paragraphs, _ := splitParagraphs(text)
		return RepeatBlock(text, 1, countOf(op.Amount, len(paragraphs)))
	case Template:
		return TemplateNumbers(rng, text)
	default:
		return text
	}
}
