package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// maxPassage bounds the columns of a passage that are printed.
const maxPassage = 600

// leastColumns is the width from which two columns stand beside each other.
const leastColumns = 90

// passages prints what stands in both articles, beside each other where there is room.
func (x *explainer) passages() {
	if len(x.Runs) == 0 {
		x.blank()
		x.sentence(0, nil, fmt.Sprintf("No passage of %s or more stands in both.", count(x.least(), "word")))
		return
	}
	about := fmt.Sprintf("%s of %s or more%s", number(len(x.Runs)), count(x.least(), "word"), x.choice(len(x.Runs), "longest"))
	if x.MoreRuns {
		about += "; there are more, since the texts repeat themselves"
	}
	x.heading("Shared passages", about)
	for _, i := range x.chosen(len(x.Runs), func(i int) int { return x.Runs[i].Words }) {
		if x.failed() {
			return
		}
		run := x.Runs[i]
		said := count(run.Words, "word")
		if run.Quoted {
			said += ", a quote"
		}
		x.blank()
		x.line(entryIndent, paint(x.style.name, said)+paint(x.style.dim, "  "+x.where(run)))
		x.beside(x.text(x.A, run.A), x.text(x.B, run.B))
	}
	if left := len(x.Runs) - x.listed(len(x.Runs)); left > 0 {
		x.blank()
		x.more(entryIndent, left)
	}
}

func (x *explainer) least() int {
	if x.Options.Passages > 0 {
		return x.Options.Passages
	}
	return dedup.DefaultRun
}

// where says on which lines of both a run stands.
func (x *explainer) where(run dedup.Run) string {
	return "A " + lineSpan(run.A) + ", B " + lineSpan(run.B)
}

func lineSpan(r dedup.Range) string {
	if r.Line == r.EndLine {
		return "line " + strconv.Itoa(r.Line)
	}
	return fmt.Sprintf("lines %d–%d", r.Line, r.EndLine)
}

// text is a part of a body on one line.
func (x *explainer) text(article *corpus.Article, r dedup.Range) string {
	body := article.Body[r.Start:r.End]
	if len(body) > maxPassage*bytesPerColumn {
		body = []byte(cutAfter(string(body), maxPassage*bytesPerColumn))
	}
	return shorten(oneLine(string(body), lineBreak), maxPassage)
}

// beside prints two texts in two columns, or one below the other.
func (x *explainer) beside(a, b string) {
	indent := 2 * entryIndent
	if x.opts.Width < leastColumns {
		for i, text := range []string{a, b} {
			label := [...]string{"A ", "B "}[i] + bar
			if x.opts.Width <= 0 {
				x.line(indent, paint(x.style.dim, label)+text)
				continue
			}
			for _, line := range wrapHard(text, x.left(indent+ansi.StringWidth(label))) {
				x.line(indent, paint(x.style.dim, label)+line)
			}
		}
		return
	}
	columns := (x.opts.Width - indent - 2*ansi.StringWidth(bar) - 2) / 2
	left, right := wrapHard(a, columns), wrapHard(b, columns)
	for i := range max(len(left), len(right)) {
		first, second := "", ""
		if i < len(left) {
			first = left[i]
		}
		if i < len(right) {
			second = right[i]
		}
		pad := spaces(columns - ansi.StringWidth(first) + 2)
		x.line(indent, strings.TrimRight(paint(x.style.dim, bar)+first+pad+paint(x.style.dim, bar)+second, " "))
	}
}

// wrapHard is wrap that also breaks words longer than the columns, and text of scripts that
// write no spaces.
func wrapHard(text string, columns int) (lines []string) {
	if columns <= 0 {
		return []string{text}
	}
	for _, line := range wrap(text, columns) {
		for ansi.StringWidth(line) > columns {
			head := ansi.Truncate(line, columns, "")
			if head == "" { // one character is wider than all there is
				break
			}
			lines = append(lines, head)
			line = line[len(head):]
		}
		lines = append(lines, line)
	}
	return lines
}
