package clean

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A View is a corpus whose articles read as they will when their paragraphs have
// been cut. Articles are compared in it: two that are alike only then would else
// both stay, and one of them would go when the clean corpus is cleaned.
type View struct {
	*corpus.Corpus
	cuts map[recordAt][]corpus.Span // ascending
}

// NewView returns the view of a corpus that has not been read, with the cuts of a
// plan of the same inputs.
func NewView(source *corpus.Corpus, result *dedup.Result, cuts []Cut) *View {
	v := &View{source, make(map[recordAt][]corpus.Span)}
	for _, cut := range cuts {
		article := &result.Articles[cut.At.Article]
		at := recordAt{article.Input, article.Offset}
		v.cuts[at] = append(v.cuts[at], corpus.Span{Start: cut.At.Start, End: cut.At.End})
	}
	for _, spans := range v.cuts {
		slices.SortFunc(spans, func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	}
	return v
}

// Decode and Fetch are those of the corpus, but for what is cut.
func (v *View) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := v.Corpus.Decode(scratch, record)
	v.cut(&article)
	return article, ok, problems
}

func (v *View) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, err := v.Corpus.Fetch(scratch, at)
	v.cut(&article)
	return article, err
}

func (v *View) cut(article *corpus.Article) {
	if spans := v.cuts[recordAt{article.Input, article.Offset}]; len(spans) > 0 {
		article.Body = corpus.CutSpans(article.Body, spans)
	}
}
