package report

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// estimates prints what is like articles of an index that keeps no texts.
func (p *printer) estimates() {
	total := len(p.Estimates)
	if total == 0 {
		return
	}
	p.heading("Like articles of the index, by estimate", count(total, "pair")+p.choice(total, "first"))
	for i := range p.listed(total) {
		if p.failed() {
			return
		}
		p.blank()
		p.estimate(&p.Estimates[i])
	}
	p.more(0, total-p.listed(total))
}

func (p *printer) estimate(e *dedup.Estimate) {
	p.entry(copyLabel(e.Kind), p.kindStyle(e.Kind), e.B)
	p.about(e.B)
	name, place := p.title(e.A)
	p.titled(spaces(p.body()), p.body(), name, place)
	p.about(e.A)
	p.sentence(p.body(), nil, estimated(e)+p.relation(e.A, e.B))
}

func estimated(e *dedup.Estimate) string {
	switch {
	case e.Kind == dedup.Exact:
		return "the same words, by their hash"
	case e.Kind == dedup.Near:
		return "about " + percent(e.Similarity) + " alike"
	case e.BInA >= e.AInB:
		return "about " + percent(e.BInA) + " of the first one's shingles stand in the second"
	}
	return "holds about " + percent(e.AInB) + " of the second one's shingles"
}

// estimatesNote says what an index without texts cannot do.
const estimatesNote = "The index keeps no texts: what is like its articles was estimated and not compared, and which paragraphs and passages they share is not known."

func (p *printer) estimateTally() tally {
	total := len(p.Estimates)
	return tally{"estimated", total, fmt.Sprintf("%s with articles of the index, not compared", plural(total, "pair"))}
}

func (w *wire) estimate(b []byte, e *dedup.Estimate) []byte {
	b = appendString(append(b, `"kind":`...), string(e.Kind))
	b = w.place(append(b, `,"a":{`...), e.A)
	b = w.place(append(b, `},"b":{`...), e.B)
	b = w.figure(append(b, `},"similarity":`...), e.Similarity)
	b = w.figure(append(b, `,"a_in_b":`...), e.AInB)
	b = w.figure(append(b, `,"b_in_a":`...), e.BInA)
	return append(w.relation(b, e.A, e.B), '}')
}
