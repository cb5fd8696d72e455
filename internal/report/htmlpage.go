package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// page returns what stands on the page beside the lists of findings.
func (h *html) page() *page.Page {
	p := &page.Page{
		Input: h.inputName(), Verdict: h.verdictOf(), Read: h.readSentence(), Version: Harmless(h.opts.Version),
		Alike: h.alike(), Notes: h.misses(), LeftOut: h.notListed(), Options: h.looked(),
		Words: h.words(),
	}
	for _, row := range h.tallies() {
		p.Tallies = append(p.Tallies, h.tallyRow(row))
	}
	if h.opts.Review != nil {
		for _, row := range h.gateTallies() {
			p.Tallies = append(p.Tallies, h.tallyRow(row))
		}
		p.Gate, p.Checks, p.New = h.gateVerdict(), h.checks(), h.opts.Review.Compared
	}
	p.Flows, p.FlowsNote = h.flows()
	for i := range h.Problems[:min(len(h.Problems), htmlProblems)] {
		problem := &h.Problems[i]
		p.Problems = append(p.Problems, page.Problem{Place: location(problem.Path, problem.Line), Message: oneLine(problem.Message, lineBreak)})
	}
	if left := max(h.Summary.Problems, len(h.Problems)) - len(p.Problems); left > 0 {
		p.ProblemsLeft = number(left) + " more " + be(left) + " not listed here."
	}
	if notes := len(p.Notes); notes > 0 && !h.Options.Exhaustive {
		p.Notes[notes-1] = then(p.Notes[notes-1], h.opts.Hints.Exhaustive)
	}
	if note := h.passagesNote(); note != "" {
		p.Notes = append(p.Notes, note)
	}
	return p
}

// gateVerdict says whether a gate is passed, "" where nothing was asked for.
func (h *html) gateVerdict() string {
	switch {
	case len(h.opts.Review.Checks) == 0:
		return ""
	case h.opts.Review.Failed():
		return "The gate is failed."
	}
	return "The gate is passed."
}

// checks says what came of each check of the gate.
func (h *html) checks() (checks []string) {
	for _, check := range h.opts.Review.Checks {
		said := "Met: "
		if check.Missed {
			said = "Missed: "
		}
		checks = append(checks, said+DescribeCheck(check, h.opts.Review))
	}
	return checks
}

// tallyRow is a row of the summary for a reader who knows neither the flags nor what a
// shingle is.
func (h *html) tallyRow(row tally) page.Tally {
	label := cmp.Or(map[string]string{
		"exact": "exact copies", "near": "near copies", "contained": "contained articles", "template": "templates",
		"repeats": "repeated paragraphs", "stories": "stories in other words", "duplicate": "duplicate words",
	}[row.label], row.label)
	about := strings.Replace(row.about, "shingles ("+shingle(h.Options.ShingleSize)+")", shingle(h.Options.ShingleSize), 1)
	if rest, found := strings.CutPrefix(about, plural(row.count, "paragraph")); found && row.label == "repeats" && h.standing > 0 && h.Result == h.all {
		about = plural(row.count, "repeat") + " of " + count(h.standing, "paragraph") + rest
	}
	return page.Tally{Label: label, Count: number(row.count), About: about}
}

// inputName is what the report is about, in its title.
func (h *html) inputName() string {
	if len(h.Articles) == 0 {
		return "nothing"
	}
	return h.inputs()
}

func (h *html) verdictOf() string {
	switch {
	case h.Summary.Articles == h.Summary.Empty:
		return "There is nothing to compare."
	case h.nothing() && h.opts.Review != nil && h.leftOut() > 0:
		return "Nothing repeats beside what was left out."
	case h.nothing():
		return "Nothing repeats: " + h.lookedFor() + " found."
	}
	return h.verdict()
}

func (h *html) readSentence() string {
	s := h.Summary
	said := "Read " + count(s.Articles, "article")
	if s.Empty > 0 {
		said += fmt.Sprintf(" (%s without a word)", number(s.Empty))
	}
	if s.Articles > 0 {
		said += fmt.Sprintf(", %s, %s", count(s.Words, "word"), size(s.Bytes))
	}
	if s.Problems > 0 {
		said += "; " + count(s.Problems, "problem") + " in the input"
	}
	return said + "."
}

// notListed says what of the result is not on the page.
func (h *html) notListed() []string {
	var said []string
	for _, part := range []struct {
		noun     string
		held, of int
		which    string
	}{
		{"cluster", len(h.clusters), len(h.Clusters), "largest"},
		{"pair", h.pairs, len(h.Pairs), "first"},
		{"repeated paragraph", len(h.shared), h.standing, "widest"},
		{"passage", len(h.passages), len(h.Passages), "widest"},
		{"sharing article", len(h.sharers), h.sharing, "first"},
		{"story", len(h.stories), len(h.Stories), "largest"},
	} {
		if part.held < part.of {
			said = append(said, fmt.Sprintf("Of %s this page lists the %s %s.", count(part.of, part.noun), part.which, number(part.held)))
		}
	}
	if texts := h.shown.said(); texts != "" {
		said = append(said, texts)
	}
	return said
}

// looked lists what was looked for.
func (h *html) looked() []page.Option {
	o := h.Options
	var kinds []string
	for _, kind := range o.Kinds {
		kinds = append(kinds, string(kind))
	}
	options := []page.Option{
		{Name: "Kinds of findings", Value: strings.Join(kinds, ", ")},
		{Name: "Words in a run (shingle)", Value: strconv.Itoa(o.ShingleSize)},
		{Name: "Alike, at least (near)", Value: percent(o.Threshold)},
		{Name: "Contained, at least", Value: percent(o.Containment)},
		{Name: "Fewest words of a contained article", Value: strconv.Itoa(o.MinContained)},
		{Name: "Repeated paragraphs, alike at least", Value: percent(o.RepeatSimilarity)},
		{Name: "Fewest words of a repeated paragraph", Value: strconv.Itoa(o.MinRepeat)},
		{Name: "Paragraphs are parted by", Value: o.Paragraphs.String()},
		{Name: "All pairs were compared", Value: yes(o.Exhaustive)},
	}
	if o.Tolerant {
		options = append(options, page.Option{Name: "Misread words are the same", Value: "yes"})
	}
	if o.Passages > 0 {
		options = append(options, page.Option{Name: "Fewest words of a passage", Value: strconv.Itoa(o.Passages)})
	}
	if o.Stories != dedup.NoStories {
		options = append(options, page.Option{Name: "Stories, published within", Value: storyWindow(o)})
	}
	return append(options, page.Option{Name: "Fingerprint of these options", Value: string(appendHex(nil, o.Hash()))})
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no, those that samples make likely"
}
