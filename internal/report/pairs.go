package report

import (
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// otherPairs prints the pairs whose articles no cluster joins.
func (p *printer) otherPairs() {
	total := 0
	for _, pair := range p.Pairs {
		if p.sharedCluster(pair) < 0 {
			total++
		}
	}
	if total == 0 {
		return
	}
	title := "Pairs"
	about := number(total)
	if len(p.Clusters) > 0 {
		title, about = "Other pairs", about+" outside the clusters"
	}
	p.heading(title, about+p.choice(total, "first"))
	left := p.listed(total)
	for _, pair := range p.Pairs {
		if left == 0 || p.failed() {
			break
		}
		if p.sharedCluster(pair) < 0 {
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
}
