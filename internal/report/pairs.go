package report

import (
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// otherPairs prints the pairs whose articles no cluster joins, but for templates.
func (p *printer) otherPairs() {
	title, about := "Pairs", number
	if len(p.Clusters) > 0 {
		title, about = "Other pairs", func(n int) string { return number(n) + " outside the clusters" }
	}
	p.pairsWhere(title, about, func(pair *dedup.Pair) bool { return pair.Kind != dedup.Template && p.sharedCluster(*pair) < 0 })
}

// templatesTitle is the heading of what is no copy, and neither new nor known.
const templatesTitle = "Templates"

// templates prints the pairs that are the same sentences about something else.
func (p *printer) templates() {
	about := func(n int) string { return count(n, "pair") + " of the same sentences about something else" }
	p.pairsWhere(templatesTitle, about, func(pair *dedup.Pair) bool { return pair.Kind == dedup.Template })
}

// pairsWhere prints the pairs of which isOne is true; about says what so many are.
func (p *printer) pairsWhere(title string, about func(int) string, isOne func(*dedup.Pair) bool) {
	total := 0
	for i := range p.Pairs {
		if isOne(&p.Pairs[i]) {
			total++
		}
	}
	if total == 0 {
		return
	}
	if title != templatesTitle {
		title = p.newTitle(title)
	}
	p.heading(title, about(total)+p.choice(total, "first"))
	left := p.listed(total)
	for i, pair := range p.Pairs {
		if left == 0 || p.failed() {
			break
		}
		if isOne(&p.Pairs[i]) {
			p.blank()
			p.pair(pair)
			left--
		}
	}
	if left := total - p.listed(total); left > 0 {
		p.blank()
		p.more(0, left)
	}
}

// pair prints a pair with its evidence; of a contained one, the article that
// stands in the other comes first.
func (p *printer) pair(pair dedup.Pair) {
	first, second, said := pair.A, pair.B, alike(pair)
	switch pair.Kind {
	case dedup.Exact:
		said = "the same " + count(p.Articles[first].Words, "word")
	case dedup.Contained:
		if smaller(pair) == pair.B {
			first, second = second, first
		}
		said = partOf(pair, first, "the first one's shingles") + " stand in the second"
	}
	p.entry(copyLabel(pair.Kind), p.kindStyle(pair.Kind), first)
	p.about(first)
	lead := p.lead(first, "")
	name, place := p.title(second)
	p.titled(spaces(p.body()), p.body(), name, place)
	p.about(second)
	if pair.Kind != dedup.Exact {
		p.lead(second, lead)
	}
	p.sentence(p.body(), nil, said+p.relation(first, second))
	p.labelled(pair, second, "the first", "the second")
}
