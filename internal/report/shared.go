package report

import (
	"cmp"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A shared text is a paragraph that stands in several articles.
type shared struct {
	of      dedup.ParagraphPlace // where it stood first
	repeats []int32              // positions in Result.Repeats
}

// A paragraphID names a paragraph of the corpus.
type paragraphID struct {
	article   dedup.ArticleID
	paragraph int32
}

func idOf(place dedup.ParagraphPlace) paragraphID {
	return paragraphID{place.Article, int32(place.Paragraph)}
}

// sharedTexts groups the repeats of a class by their text. A repeat belongs to
// the text that its earlier standing belongs to, so that a near one is told
// with the text that it is near to. Repeats are ordered by place and point
// backwards, so one pass finds the first standing of each.
func (p *printer) sharedTexts(class dedup.Class) []shared {
	var texts []shared
	first := make(map[paragraphID]dedup.ParagraphPlace, len(p.Repeats))
	at := make(map[paragraphID]int)
	for i := range p.Repeats {
		repeat := &p.Repeats[i]
		root, known := first[idOf(repeat.Of)]
		if !known {
			root = repeat.Of
		}
		first[idOf(repeat.At)] = root
		if repeat.Class != class {
			continue
		}
		text, known := at[idOf(root)]
		if !known {
			text = len(texts)
			at[idOf(root)] = text
			texts = append(texts, shared{of: root})
		}
		texts[text].repeats = append(texts[text].repeats, int32(i))
	}
	return texts
}

// repeatsOfSource prints the paragraphs that a source puts on many articles.
func (p *printer) repeatsOfSource() {
	p.repeatsShared(dedup.Source, "Repeated in articles of one source")
}

// repeatsAcross prints the paragraphs that articles of several sources have.
func (p *printer) repeatsAcross() {
	what := p.acrossWhat()
	p.repeatsShared(dedup.Across, "Repeated "+what)
}

// acrossWhat names the articles of the class Across: where no source is known,
// nothing is said of sources.
func (p *printer) acrossWhat() string {
	for _, article := range p.Articles {
		if article.Source != "" {
			return "across sources"
		}
	}
	return "in several articles"
}

func (p *printer) repeatsShared(class dedup.Class, title string) {
	texts := p.sharedTexts(class)
	if len(texts) == 0 {
		return
	}
	size := func(i int) int { return len(texts[i].repeats) }
	total := 0
	for i := range texts {
		total += size(i)
	}
	p.heading(title, fmt.Sprintf("%s, %s%s", count(len(texts), "paragraph"), count(total, "repeat"),
		p.choice(len(texts), "most frequent")))
	chosen := p.chosen(len(texts), size)
	for _, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.sharedText(texts[i])
	}
	if left := len(texts) - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
}

// fewPlaces bounds the places of a text in a limited report. They show where to
// look; what matters is the text, and how many places there are.
const fewPlaces = 3

// sharedText prints a text and where it stands, the first standing first.
func (p *printer) sharedText(text shared) {
	p.paragraph(entryIndent, p.Repeats[text.repeats[0]].Text)
	p.sentence(2*entryIndent, nil, p.sharedSentence(text))
	p.standing(text.of)
	listed := p.listed(len(text.repeats))
	if p.opts.Limit > 0 {
		listed = min(listed, fewPlaces-1)
	}
	for _, i := range text.repeats[:listed] {
		if p.failed() {
			return
		}
		p.standing(p.Repeats[i].At)
	}
	p.more(2*entryIndent, len(text.repeats)-listed)
}

// standing prints one place of a text.
func (p *printer) standing(at dedup.ParagraphPlace) {
	key, _ := p.title(at.Article)
	place := location(p.Articles[at.Article].Path, at.Line)
	p.titled(spaces(2*entryIndent), 2*entryIndent, key, place)
}

func (p *printer) sharedSentence(text shared) string {
	repeat := p.Repeats[text.repeats[0]]
	articles, last := 1, text.of.Article
	least := 1.0
	for _, i := range text.repeats {
		if at := p.Repeats[i].At.Article; at != last && at != text.of.Article {
			articles, last = articles+1, at
		}
		least = min(least, p.Repeats[i].Similarity)
	}
	said := fmt.Sprintf("%s, in %s", count(repeat.Words, "word"), count(articles, "article"))
	if repeat.Class == dedup.Source {
		said += " of " + cmp.Or(name(p.Articles[text.of.Article].Source), "one source")
	}
	if least < 1 {
		said += fmt.Sprintf(", at least %s alike", percent(least))
	}
	return said
}
