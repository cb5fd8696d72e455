package report

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
)

func (p *evaluationPrinter) misses() {
	p.judgements("Missed", "to find and not found", "least alike", p.Misses)
}

func (p *evaluationPrinter) alarms() {
	p.judgements("False alarms", "found and not to find", "most alike", p.FalseAlarms)
}

// judgements lists pairs with their evidence.
func (p *evaluationPrinter) judgements(heading, what, which string, judgements []quality.Judgement) {
	total := pairsOf(judgements)
	if total == 0 {
		p.heading(heading, "none")
		return
	}
	p.heading(heading, count(total, "pair")+" "+what+p.choice(len(judgements), which))
	for _, judgement := range judgements[:p.listed(len(judgements))] {
		p.blank()
		p.judgement(judgement)
		total -= 1 + judgement.Copies
	}
	if total > 0 {
		p.blank()
		p.more(0, total)
	}
}

// pairsOf counts the pairs that judgements stand for.
func pairsOf(judgements []quality.Judgement) (total int) {
	for _, j := range judgements {
		total += 1 + j.Copies
	}
	return total
}

func (p *evaluationPrinter) judgement(j quality.Judgement) {
	for i, id := range []dedup.ArticleID{j.A, j.B} {
		key, place := p.title(id)
		p.titled(spaces(entryIndent), entryIndent, key, place)
		if lead := oneLine([]string{j.LeadA, j.LeadB}[i], lineBreak); lead != "" && (i == 0 || j.LeadA != j.LeadB) {
			p.line(2*entryIndent, p.evidence(2*entryIndent, lead))
		}
	}
	for _, said := range p.judgementSaid(j) {
		p.sentence(2*entryIndent, nil, said)
	}
}

// judgementSaid says how alike a judged pair is, and how its articles differ.
func (p *evaluationPrinter) judgementSaid(j quality.Judgement) []string {
	said := "the same words"
	if j.Kind != dedup.Exact {
		said = alike(j.Pair) + "; " + partOf(j.Pair, smaller(j.Pair), "the smaller") + " stand in the larger"
	}
	if j.Line > 0 {
		said += fmt.Sprintf("; labelled %s in %s", `"`+name(j.Label)+`"`, location(p.TruthPath, j.Line))
	}
	if j.Copies > 0 {
		said += "; and " + count(j.Copies, "pair") + " of copies of them"
	}
	if differ := differing(&j.Pair); differ != "" {
		return []string{said, differ}
	}
	return []string{said}
}

// differing says how the articles of a pair differ, "" where that is not known.
func differing(pair *dedup.Pair) string {
	d := pair.Difference
	switch {
	case d == nil:
		return ""
	case pair.Label != "":
		return labelOf(pair, pair.B, "the first", "the second")
	}
	return fmt.Sprintf("%s in both in one order; %s in the first alone, %s in the second", count(d.Same, "word"),
		number(d.Replaced+d.Deleted), number(d.Replaced+d.Inserted)) + changes(d, false)
}
