package report

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A run is repeats of one article that are told in one sentence: paragraphs in
// a row that repeat paragraphs in a row, or one paragraph that stands again in
// several places.
type run struct {
	repeats  []*dedup.Repeat
	sameText bool // one paragraph again and again
}

// words counts the words of the repeats.
func (r run) words() int {
	words := 0
	for _, repeat := range r.repeats {
		words += repeat.Words
	}
	return words
}

// A repeating article has repeats of the class Within: where in Result.Repeats
// they are, others among them, and what they come to.
type repeating struct {
	first, last int32
	paragraphs  int32
	words       int
}

// repeatingArticles returns the articles that repeat paragraphs of their own.
func (p *printer) repeatingArticles() []repeating {
	var articles []repeating
	for i := range p.Repeats {
		repeat := &p.Repeats[i]
		if repeat.Class != dedup.Within {
			continue
		}
		last := len(articles) - 1
		if last < 0 || p.Repeats[articles[last].last].At.Article != repeat.At.Article {
			articles = append(articles, repeating{first: int32(i)})
			last++
		}
		article := &articles[last]
		article.last = int32(i)
		article.paragraphs++
		article.words += repeat.Words
	}
	return articles
}

// repeatsIn returns the repeats within an article.
func (p *printer) repeatsIn(article repeating) []*dedup.Repeat {
	repeats := make([]*dedup.Repeat, 0, article.paragraphs)
	for i := article.first; i <= article.last; i++ {
		if p.Repeats[i].Class == dedup.Within {
			repeats = append(repeats, &p.Repeats[i])
		}
	}
	return repeats
}

// runs groups the repeats of one article.
func runs(repeats []*dedup.Repeat) []run {
	var inRow []run
	for _, repeat := range repeats {
		last := len(inRow) - 1
		if last >= 0 && continues(inRow[last].repeats, repeat) {
			inRow[last].repeats = append(inRow[last].repeats, repeat)
		} else {
			inRow = append(inRow, run{repeats: []*dedup.Repeat{repeat}})
		}
	}
	return joinSameText(inRow)
}

// continues reports whether a repeat goes on where a run ends, on both sides.
// One text many times over is no such run, though its places may be in a row.
func continues(run []*dedup.Repeat, next *dedup.Repeat) bool {
	last := run[len(run)-1]
	return next.At.Paragraph == last.At.Paragraph+1 && next.Of.Paragraph == last.Of.Paragraph+1 &&
		next.Fingerprint != last.Fingerprint
}

// joinSameText joins the runs of one repeat that are of the same text.
func joinSameText(inRow []run) []run {
	var joined []run
	first := make(map[uint64]int)
	for _, single := range inRow {
		if len(single.repeats) > 1 {
			joined = append(joined, single)
			continue
		}
		repeat := single.repeats[0]
		at, known := first[repeat.Fingerprint]
		if !known {
			first[repeat.Fingerprint] = len(joined)
			joined = append(joined, single)
			continue
		}
		joined[at].repeats = append(joined[at].repeats, repeat)
		joined[at].sameText = true
	}
	return joined
}

// repeatsWithin prints the paragraphs that stand twice in one article.
func (p *printer) repeatsWithin() {
	articles := p.repeatingArticles()
	if len(articles) == 0 {
		return
	}
	paragraphs, words := 0, 0
	for _, article := range articles {
		paragraphs += int(article.paragraphs)
		words += article.words
	}
	p.heading(p.newTitle("Repeated within an article"), fmt.Sprintf("%s in %s, %s%s", count(paragraphs, "paragraph"),
		count(len(articles), "article"), count(words, "word"), p.choice(len(articles), "worst")))
	chosen := p.chosen(len(articles), func(i int) int { return articles[i].words })
	for _, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.within(p.repeatsIn(articles[i]))
	}
	if left := len(articles) - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
}

// within prints the repeats of one article.
func (p *printer) within(repeats []*dedup.Repeat) {
	name, place := p.title(repeats[0].At.Article)
	p.titled(spaces(entryIndent), entryIndent, name, place)
	runs := runs(repeats)
	listed := p.listed(len(runs))
	for _, run := range runs[:listed] {
		p.item(2*entryIndent, nil, run.String())
		p.runText(run)
	}
	p.more(2*entryIndent, len(runs)-listed)
}

// runText prints the words of a run's paragraphs.
func (p *printer) runText(run run) {
	const indent = 3 * entryIndent
	if run.sameText || len(run.repeats) == 1 {
		p.paragraph(indent, run.repeats[0].Text)
		return
	}
	listed := p.listed(len(run.repeats))
	labels := run.labels(listed)
	for i, repeat := range run.repeats[:listed] {
		label := labels[i] + " "
		p.line(indent, label+p.evidence(indent+len(label), oneLine(repeat.Text, " ")))
	}
	p.more(indent, len(run.repeats)-listed)
}

// labels returns what stands before the words of the first paragraphs of a
// run: the number, and where not all are equal to what they repeat, how alike
// they are.
func (r run) labels(n int) []string {
	numbers, shares := make([]string, n), make([]string, n)
	equal := true
	for i, repeat := range r.repeats[:n] {
		numbers[i], shares[i] = number(repeat.At.Paragraph), percent(repeat.Similarity)
		equal = equal && repeat.Similarity == 1
	}
	alignRight(numbers)
	if equal {
		return numbers
	}
	alignRight(shares)
	for i := range numbers {
		numbers[i] += "  " + shares[i]
	}
	return numbers
}

// String says which paragraphs repeat which.
func (r run) String() string {
	first, last := r.repeats[0], r.repeats[len(r.repeats)-1]
	if r.sameText {
		return r.timesAgain()
	}
	at, of := "paragraph "+span(first.At.Paragraph, last.At.Paragraph), "paragraph "+span(first.Of.Paragraph, last.Of.Paragraph)
	verb := "repeats"
	if len(r.repeats) > 1 {
		at, of = "paragraphs"+at[len("paragraph"):], "paragraphs"+of[len("paragraph"):]
		verb = "repeat"
	}
	text := fmt.Sprintf("%s%s %s %s%s: %s", at, lines(first.At, last.At, first.Of), verb,
		of, lines(first.Of, last.Of, first.At), count(r.words(), "word"))
	if len(r.repeats) == 1 && first.Similarity < 1 {
		text += ", " + percent(first.Similarity) + " alike"
	}
	return text
}

// timesAgain says where one paragraph stands again.
func (r run) timesAgain() string {
	first := r.repeats[0]
	var numbers []int
	for _, repeat := range r.repeats {
		numbers = append(numbers, repeat.At.Paragraph)
	}
	return fmt.Sprintf("paragraph %s%s stands %d more times, as paragraphs %s: %s", number(first.Of.Paragraph),
		lines(first.Of, first.Of, first.At), len(numbers), enumeration(numbers), count(r.words(), "word"))
}

// lines says on which lines paragraphs begin, in parentheses. It is silent
// where both sides of a repeat stand on one line, as in a JSON record.
func lines(first, last, other dedup.ParagraphPlace) string {
	switch {
	case first.Line == other.Line:
		return ""
	case first.Line == last.Line:
		return fmt.Sprintf(" (line %d)", first.Line)
	default:
		return fmt.Sprintf(" (lines %d–%d)", first.Line, last.Line)
	}
}
