package report

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// An explainer prints an explanation for a person.
type explainer struct {
	*printer
	*Explanation
	gone, come ansi.Style // of what stands in A alone, and in B alone
}

// writeExplanationText writes who the two are, how alike by every rule, what they share,
// and what differs.
func writeExplanationText(out *bufio.Writer, e *Explanation, opts Options) error {
	x := &explainer{printer: &printer{Result: e.result(), out: out, opts: opts, style: newPalette(opts.Color)}, Explanation: e}
	if opts.Color {
		x.gone = ansi.NewStyle().ForegroundColor(ansi.Red)
		x.come = ansi.NewStyle().ForegroundColor(ansi.Green)
	}
	evidence := []func(){x.changes, x.passages}
	if !x.isAligned() {
		slices.Reverse(evidence)
	}
	for _, section := range append([]func(){x.head, x.figures, x.calling}, evidence...) {
		section()
		if x.failed() {
			break
		}
	}
	return x.err
}

// head names the two articles.
func (x *explainer) head() {
	for i, label := range []string{"A", "B"} {
		id := dedup.ArticleID(i)
		x.entry(label, x.style.keep, id)
		x.about(id)
		x.line(x.body(), count(x.Articles[i].Words, "word"))
	}
	if x.Relation(0, 1).Timed {
		said := "A and B were published " + x.apart(0, 1)
		if from, to := x.Articles[0].Published(), x.Articles[1].Published(); !from.Equal(to) {
			first, second := "A", "B"
			if to.Before(from) {
				first, second, from, to = second, first, to, from
			}
			said = first + " came first; " + second + " was published " + apart(from, to, "", " later")
		}
		x.sentence(x.body(), nil, said)
	}
}

// figures says how alike the two are, and how far from each rule.
func (x *explainer) figures() {
	x.blank()
	x.line(0, paint(x.style.heading, "How alike"))
	x.item(entryIndent, nil, fmt.Sprintf("similarity %s: %s of %s %s stand in both; the sketches alone say %s", decimal(x.Similarity), number(x.Shared),
		number(x.union()), plural(x.union(), "shingle"), decimal(x.EstimateJaccard)))
	x.item(entryIndent, nil, fmt.Sprintf("containment: %s of A stands in B, %s of B in A", percent(x.AInB), percent(x.BInA)))
	x.blank()
	x.line(0, paint(x.style.heading, "Rules"))
	for _, rule := range x.Rules(x.Options) {
		style := x.style.dim
		if rule.Reached {
			style = x.style.keep
		}
		x.item(entryIndent, style, x.rule(rule))
	}
	if x.Kind == dedup.Template {
		x.item(entryIndent, x.style.kinds[dedup.Template], "template: the same sentences about something else, so no copy (--templates merge says otherwise)")
	}
}

// union is the shingles of either.
func (x *explainer) union() int { return x.ShinglesA + x.ShinglesB - x.Shared }

// rule says whether a rule is reached, or how far from it.
func (x *explainer) rule(rule dedup.Rule) string {
	switch rule.Kind {
	case dedup.Exact:
		if rule.Reached {
			return "exact: yes, the same words in the same order"
		}
		return "exact: no, " + x.unlike()
	case dedup.Contained:
		if rule.Of == dedup.NoSide {
			return fmt.Sprintf("contained: no, asked of articles of %s or more", count(x.Options.MinContained, "word"))
		}
		which := [...]string{dedup.SideA: "of A in B", dedup.SideB: "of B in A"}[rule.Of]
		return fmt.Sprintf("contained at %s: %s %s, %s", asWritten(rule.Asked), decimal(rule.Value), which, reached(rule))
	}
	return fmt.Sprintf("%s at %s: %s, %s", rule.Kind, asWritten(rule.Asked), decimal(rule.Value), reached(rule))
}

// unlike says why the two have not the same words.
func (x *explainer) unlike() string {
	switch {
	case x.WordsA == 0 && x.WordsB == 0:
		return "neither has a word"
	case x.WordsA == 0 || x.WordsB == 0:
		return "one has no word"
	}
	different := x.Difference.Replaced + x.Difference.Inserted + x.Difference.Deleted
	if different == 1 {
		return "1 word differs"
	}
	return count(different, "word") + " differ"
}

func reached(rule dedup.Rule) string {
	if rule.Reached {
		return "reached"
	}
	return decimal(rule.Short()) + " short"
}

// decimal writes a share with three decimals, all and nothing with none: one that is not
// whole never as 1.000, and one that is not nothing never as 0.000.
func decimal(share float64) string {
	switch {
	case share <= 0:
		return "0"
	case share >= 1:
		return "1"
	case share < 0.001:
		return "under 0.001"
	case share > 0.999:
		return "0.999"
	}
	return strconv.FormatFloat(share, 'f', 3, 64)
}

func asWritten(share float64) string { return strconv.FormatFloat(share, 'f', -1, 64) }

// calling says what a newsroom would call the two.
func (x *explainer) calling() {
	x.blank()
	if x.Kind == "" {
		x.sentence(0, nil, "By these rules the two are no pair.")
		x.story()
		return
	}
	x.line(0, paint(x.style.heading, "What it is")+": "+string(x.Kind))
	if x.Label == dedup.IdenticalCopy {
		x.line(entryIndent, string(x.Label))
		return
	}
	pair := x.asPair()
	x.sentence(entryIndent, nil, labelOf(&pair, 1, "A", "B"))
}
