package corpusgen

import "fmt"

// An outlet has a script and habits of its own, and furniture that stands in
// many of its articles.
type outlet struct {
	name      string
	lexicon   *lexicon
	quotes    [2]string
	separator string // between paragraphs
	furniture []string
}

// furnitureForms is how many furniture paragraphs an outlet has.
const furnitureForms = 4

func newOutlet(options Options, number int) outlet {
	lex := lexiconOf(options.Script.scriptOf(number))
	made := outlet{
		name:      fmt.Sprintf("outlet-%02d", number),
		lexicon:   lex,
		quotes:    lex.curly,
		separator: "\n",
	}
	if number%3 == 1 {
		made.quotes = lex.straight
	}
	if number%2 == 1 {
		made.separator = "\n\n"
	}
	pcg := streamOf(options.Seed, outletStream, number)
	for range furnitureForms {
		text := newComposer(pcg, &made).run(nil, 3+below(pcg, 15))
		made.furniture = append(made.furniture, string(text))
	}
	return made
}

// Furniture returns the paragraphs that an outlet repeats; outlets are numbered
// from 0, and taken in turn when there are fewer.
func (g *Generator) Furniture(number int) []string {
	return g.outlets[number%len(g.outlets)].furniture
}
