package report

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// writeText writes the report for a person: what was read, what was wrong with
// it, the figures, then the findings from those that matter most.
func writeText(out *bufio.Writer, result *dedup.Result, opts Options) error {
	p := &printer{
		Result: opts.Review.OnlyNew(),
		all:    result,
		out:    out,
		opts:   opts,
		style:  newPalette(opts.Color),

		firstOf: firstOf(result),
		isNew:   opts.Review.NewMembers(),
	}
	p.clusterOf, p.anyCluster = p.Result.ClusterOf(), result.ClusterOf()
	for _, section := range []func(){
		p.read, p.problems, p.summary,
		p.clusters, p.otherPairs, p.templates, p.estimates, p.repeatsWithin, p.repeatsOfSource, p.repeatsAcross,
		p.passages, p.elsewhere, p.stories,
		p.stale, p.notes, p.gate, p.closing,
	} {
		section()
		if p.failed() {
			return p.err
		}
	}
	return nil
}

// firstOf returns for each article the first one of the same text.
func firstOf(result *dedup.Result) []dedup.ArticleID {
	first := make([]dedup.ArticleID, len(result.Articles))
	for i := range first {
		first[i] = dedup.ArticleID(i)
	}
	for _, pair := range result.Pairs {
		if pair.Kind == dedup.Exact {
			first[pair.B] = pair.A
		}
	}
	return first
}

// read says what was read.
func (p *printer) read() {
	s := p.Summary
	text := "Read " + count(s.Articles, "article")
	if s.Empty > 0 {
		text += fmt.Sprintf(" (%s without a word)", number(s.Empty))
	}
	if s.Articles > 0 {
		text += fmt.Sprintf(", %s, %s from %s", count(s.Words, "word"), size(s.Bytes), p.inputs())
	}
	if s.Earlier > 0 {
		text += "; " + count(s.Earlier, "article") + " of the index may be like them"
	}
	if s.Problems > 0 {
		text += "; " + count(s.Problems, "problem")
	}
	p.sentence(0, nil, text+".")
}

// inputs names what the articles came from. Articles of one file follow each
// other, so files are counted where the path changes.
func (p *printer) inputs() string {
	files, last := 0, ""
	for _, article := range p.Articles {
		if !article.Earlier && (files == 0 || article.Path != last) {
			files, last = files+1, article.Path
		}
	}
	switch {
	case files != 1:
		return count(files, "file")
	case last == "-":
		return "standard input"
	default:
		return name(last)
	}
}

// problems lists what could not be read as it stands.
func (p *printer) problems() {
	total := max(p.Summary.Problems, len(p.Problems))
	if total == 0 {
		return
	}
	p.heading("Problems", number(total)+" in the input")
	listed := p.Problems[:p.listed(len(p.Problems))]
	for _, problem := range listed {
		p.item(entryIndent, p.style.warn, location(problem.Path, problem.Line)+": "+oneLine(problem.Message, lineBreak))
	}
	p.more(entryIndent, len(p.Problems)-len(listed))
	if counted := total - len(p.Problems); counted > 0 {
		p.sentence(entryIndent, p.style.dim, number(counted)+" more "+be(counted)+" only counted: a report has the first of each kind in each file")
	}
}

// listed returns how many of n findings are printed.
func (p *printer) listed(n int) int {
	if p.opts.Limit <= 0 {
		return n
	}
	return min(n, p.opts.Limit)
}

// heading begins a section with its name and what stands in it.
func (p *printer) heading(title, about string) {
	p.blank()
	bold := len(title)
	for _, line := range wrap(title+": "+about, p.left(0)) {
		styled := min(bold, len(line))
		p.line(0, paint(p.style.heading, line[:styled])+line[styled:])
		bold = max(0, bold-len(line)-len(" "))
	}
}

// chosen returns the positions of the findings that are printed, in their
// order. Where Limit leaves some out, the largest stand first, since they say
// most about the corpus.
func (p *printer) chosen(n int, size func(int) int) []int {
	if listed := p.listed(n); listed < n {
		return largest(n, listed, size)
	}
	positions := make([]int, n)
	for i := range positions {
		positions[i] = i
	}
	return positions
}

// largest returns the positions of the largest of n findings, at most limit of
// them, the largest first, and of equal ones the first. All are looked at once,
// and few are sorted.
func largest(n, limit int, size func(int) int) []int {
	const fewest = 1024 // positions sorted at a time: small beside n where sorting counts
	most := max(2*limit, fewest)
	var best []int
	least := math.MinInt // what does not exceed it is not among the largest
	shrink := func() {
		slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
		if len(best) > limit {
			best = best[:limit]
		}
	}
	for i := range n {
		if size(i) <= least {
			continue
		}
		if best = append(best, i); len(best) == most {
			shrink()
			least = size(best[len(best)-1])
		}
	}
	shrink()
	return best
}

// choice says in a heading that the list below it holds only some of n.
func (p *printer) choice(n int, which string) string {
	switch listed := p.listed(n); {
	case listed == n:
		return ""
	case listed == 1:
		return "; only the " + which + " is listed"
	default:
		return fmt.Sprintf("; only the %s %s are listed", number(listed), which)
	}
}

// samplingNote says what a search by samples may miss, of articles and of
// paragraphs. The bound is the recall that dedup chooses its parameters for.
const samplingNote = "Pairs to compare were chosen by sampling, which misses fewer than 1 in 1,000; every pair shown was compared exactly."

// then puts a hint behind a sentence.
func then(sentence, hint string) string {
	if hint == "" {
		return sentence
	}
	return sentence + " " + hint + "."
}

// notes says what the figures rest on and what may have been missed, and after
// the last what can be done about it.
func (p *printer) notes() {
	notes := p.misses()
	if len(notes) == 0 {
		return
	}
	if !p.Options.Exhaustive {
		last := &notes[len(notes)-1]
		*last = then(*last, p.opts.Hints.Exhaustive)
	}
	p.blank()
	for _, note := range notes {
		p.sentence(0, p.style.dim, note)
	}
}

// misses says why findings may be missing.
func (p *printer) misses() []string {
	s, o := p.Summary, p.Options
	var notes []string
	if p.StoriesLeftOut {
		notes = append(notes, then("Stories were not looked for, since the corpus is large.", p.opts.Hints.Stories))
	}
	samples := o.Finds(dedup.Near) || o.Finds(dedup.Contained) || o.Finds(dedup.Repeated)
	if s.Articles > s.Empty && samples && !o.Exhaustive {
		notes = append(notes, samplingNote)
	}
	if o.Tolerant {
		notes = append(notes, fmt.Sprintf("Words that differ in a third of their letters at most were taken for the same where they stand in one place, of articles that share %s of the smaller's shingles as they stand.", percent(dedup.LeastShare)))
	}
	if p.Check != nil && p.Check.Of > 1 {
		notes = append(notes, checkNote(p.Check, o))
	}
	if p.Lean {
		notes = append(notes, estimatesNote)
	}
	if s.Bounded > 0 {
		notes = append(notes, fmt.Sprintf("%s had more look-alikes than %s compared with: pairs of %s may be missing.",
			count(s.Bounded, "article"), were(s.Bounded), them(s.Bounded)))
	}
	if s.RepeatsBounded > 0 {
		notes = append(notes, fmt.Sprintf("%s had more look-alikes than %s compared with: near repeats of %s may be missing.",
			count(s.RepeatsBounded, "paragraph"), were(s.RepeatsBounded), them(s.RepeatsBounded)))
	}
	return notes
}
