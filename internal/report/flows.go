package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// A flow is two sources and the pairs of articles that one has of the other.
type flow struct {
	from, to string
	known    bool // from was the earlier one
}

// A flowing is what the pairs of a flow come to.
type flowing struct {
	flow
	pairs, exact int
	apart        []int64 // seconds
}

// flows lists who has what whom had: the pairs of articles of two known sources, the
// earlier one first where both say when they were published. The most common are
// listed, and the note says what is not.
func (h *html) flows() ([]page.Flow, string) {
	counted := h.countFlows()
	all := counted.flows
	if counted.unknown > 0 && len(all)+counted.same+counted.templates == 0 {
		return nil, "Nothing can be counted here: the input does not name the source of both articles of any pair."
	}
	var rows []page.Flow
	for _, sum := range all[:min(len(all), htmlFlows)] {
		rows = append(rows, page.Flow{
			From: name(sum.from), To: name(sum.to), Known: sum.known, Pairs: number(sum.pairs), Exact: number(sum.exact),
			Later: middle(sum.apart),
		})
	}
	return rows, counted.note(len(rows))
}

// countedFlows are the flows, the most common first, and how many pairs are in none.
type countedFlows struct {
	flows                    []*flowing
	same, unknown, templates int // of one source, of an unknown one, no copies
}

func (h *html) countFlows() (counted countedFlows) {
	sums := make(map[flow]*flowing)
	for i := range h.all.Pairs {
		pair := &h.all.Pairs[i]
		relation := h.Relation(pair.A, pair.B)
		switch {
		case pair.Kind == dedup.Template:
			counted.templates++
			continue
		case relation.Sources == dedup.SameSource:
			counted.same++
			continue
		case relation.Sources == dedup.UnknownSources:
			counted.unknown++
			continue
		}
		at := flow{h.Articles[pair.A].Source, h.Articles[pair.B].Source, relation.Timed && relation.Apart != 0}
		if at.known && relation.Apart < 0 || !at.known && at.from > at.to {
			at.from, at.to = at.to, at.from
		}
		sum := sums[at]
		if sum == nil {
			sum = &flowing{flow: at}
			sums[at] = sum
			counted.flows = append(counted.flows, sum)
		}
		sum.add(pair.Kind, relation.Apart)
	}
	slices.SortFunc(counted.flows, func(a, b *flowing) int {
		return cmp.Or(cmp.Compare(b.pairs, a.pairs), cmp.Compare(b.exact, a.exact), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(bit(b.known), bit(a.known)))
	})
	return counted
}

func (f *flowing) add(kind dedup.Kind, apart int64) {
	f.pairs++
	if kind == dedup.Exact {
		f.exact++
	}
	if f.known {
		f.apart = append(f.apart, max(apart, -apart))
	}
}

// note says which pairs a table of the first flows does not show.
func (c countedFlows) note(listed int) string {
	var said []string
	if left := c.flows[listed:]; len(left) > 0 {
		pairs := 0
		for _, sum := range left {
			pairs += sum.pairs
		}
		said = append(said, fmt.Sprintf("%s, between other sources, %s not listed", count(pairs, "further pair"), be(pairs)))
	}
	if c.same > 0 {
		said = append(said, fmt.Sprintf("%s %s of articles of one source", count(c.same, "pair"), be(c.same)))
	}
	if c.unknown > 0 {
		said = append(said, fmt.Sprintf("of %s the source of at least one article is unknown", count(c.unknown, "pair")))
	}
	if c.templates > 0 {
		said = append(said, fmt.Sprintf("%s %s not counted", count(c.templates, "template"), be(c.templates)))
	}
	if len(said) == 0 {
		return ""
	}
	said[0] = upper(said[0])
	return strings.Join(said, "; ") + "."
}

// upper begins a sentence, of ASCII words or with a number.
func upper(sentence string) string { return strings.ToUpper(sentence[:1]) + sentence[1:] }

// middle says the median of some times, "" of none.
func middle(seconds []int64) string {
	if len(seconds) == 0 {
		return ""
	}
	slices.Sort(seconds)
	return apart(time.Unix(0, 0), time.Unix(seconds[len(seconds)/2], 0), "", "")
}
