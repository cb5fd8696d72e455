package report

import (
	"cmp"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A shared text is a paragraph that stands in several articles.
type shared struct {
	of      *dedup.ParagraphPlace // where it stood first
	repeats []int32               // positions in Result.Repeats
}

// sharedTexts groups the repeats of a class by their text, in the order of the
// texts' first repeats. All are kept in one slice: there may be millions of
// them, and few are printed.
func (p *printer) sharedTexts(class dedup.Class) []shared {
	if p.texts == nil {
		p.texts = groupTexts(p.Result)
	}
	counts := make([]int32, len(p.texts.origin))
	total, distinct := 0, 0
	for i, text := range p.texts.of {
		if p.Repeats[i].Class != class {
			continue
		}
		if counts[text] == 0 {
			distinct++
		}
		counts[text]++
		total++
	}
	texts := make([]shared, 0, distinct)
	at := counts // by text: its position in texts takes the place of its count
	all := make([]int32, total)
	for text, count := range counts {
		if count > 0 {
			at[text] = int32(len(texts))
			texts = append(texts, shared{&p.Repeats[p.texts.origin[text]].Of, all[:0:count]})
			all = all[count:]
		}
	}
	for i, text := range p.texts.of {
		if p.Repeats[i].Class == class {
			of := &texts[at[text]]
			of.repeats = append(of.repeats, int32(i))
		}
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

// repeatsShared prints the texts of a class, the one of the widest reach first.
func (p *printer) repeatsShared(class dedup.Class, title string) {
	texts := p.sharedTexts(class)
	if len(texts) == 0 {
		return
	}
	total := 0
	for _, text := range texts {
		total += len(text.repeats)
	}
	p.heading(p.newTitle(title), fmt.Sprintf("%s, %s%s", count(len(texts), "paragraph"), count(total, "repeat"),
		p.choice(len(texts), "largest (words × places)")))
	chosen := largest(len(texts), p.listed(len(texts)), func(i int) int { return p.reach(texts[i]) })
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

// reach is how many words of the corpus a text makes up. Listed by it, a line of
// one word that stands in every article does not hide the paragraphs that matter.
func (p *printer) reach(text shared) int {
	return p.Repeats[text.repeats[0]].Words * (1 + len(text.repeats))
}

// fewPlaces bounds the places of a text in a limited report. They show where to
// look; what matters is the text, and how many places there are.
const fewPlaces = 3

// sharedText prints a text and where it stands, the first standing first.
func (p *printer) sharedText(text shared) {
	p.paragraph(entryIndent, p.Repeats[text.repeats[0]].Text)
	p.sentence(2*entryIndent, nil, p.sharedSentence(text))
	p.standing(*text.of)
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
	place := p.placeOf(at.Article, at.Line)
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
