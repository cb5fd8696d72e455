package report

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
)

// WriteTuning writes what each threshold would find and remove, and which to take, as text.
func WriteTuning(w io.Writer, t *quality.Tuning, opts Options) error {
	out := bufio.NewWriterSize(w, outputBuffer)
	p := &tuningPrinter{printer{Result: t.Result, out: out, opts: opts, style: newPalette(opts.Color)}, t}
	for _, section := range []func(){p.read, p.problems, p.copies, p.scores, p.advice, p.notes, p.hint} {
		section()
	}
	if p.failed() {
		return p.err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

type tuningPrinter struct {
	printer
	tuning *quality.Tuning
}

// copies tells of the pairs that no threshold bears on.
func (p *tuningPrinter) copies() {
	if n := p.Summary.Exact; n > 0 {
		p.blank()
		p.sentence(0, nil, fmt.Sprintf("%s the same words as an earlier one, whatever the threshold.", count(n, "article")+" "+have(n)))
	}
}

func (p *tuningPrinter) scores() {
	for _, tuned := range p.tuning.Scores {
		about := "by the share of all their shingles that two articles have in common"
		if tuned.Kind == dedup.Contained {
			about = "by the share of the smaller article that stands in the larger, of pairs that are not near"
		}
		p.heading(title(string(tuned.Kind)), about)
		p.bins(tuned)
		p.blank()
		p.removals(tuned)
	}
}

// barWidth is the columns of the longest bar.
const barWidth = 40

// bins draws how many pairs have which score. Bars grow with the root of the count, so that a valley
// of ten beside a thousand is seen.
func (p *tuningPrinter) bins(tuned quality.Tuned) {
	most, labelled := 0, false
	for _, bin := range tuned.Bins {
		most, labelled = max(most, len(bin.Pairs)), labelled || bin.Yes+bin.No > 0
	}
	counts := make([]string, len(tuned.Bins))
	for i, bin := range tuned.Bins {
		counts[i] = number(len(bin.Pairs))
	}
	alignRight(counts)
	for i, bin := range tuned.Bins {
		bar := 0
		if n := len(bin.Pairs); n > 0 {
			bar = max(1, int(math.Round(barWidth*math.Sqrt(float64(n)/float64(most)))))
		}
		line := fmt.Sprintf("%.2f–%.2f  %s  %s", bin.From, bin.To, counts[i], strings.Repeat("█", bar))
		if labelled && bin.Yes+bin.No > 0 {
			line += fmt.Sprintf("%s  %d yes, %d no", spaces(barWidth-bar), bin.Yes, bin.No)
		}
		p.line(entryIndent, strings.TrimRight(line, " "))
	}
}

// removals tells what each threshold would remove.
func (p *tuningPrinter) removals(tuned quality.Tuned) {
	rows := [][]string{{"threshold", "pairs", "articles removed", "of all words"}}
	for _, removal := range tuned.Removals {
		threshold := fmt.Sprintf("%.2f", removal.Threshold)
		if math.Abs(removal.Threshold-tuned.Asked) < 1e-9 {
			threshold += " *"
		}
		share := 0.0
		if p.Summary.Words > 0 {
			share = float64(removal.Words) / float64(p.Summary.Words)
		}
		rows = append(rows, []string{threshold, number(removal.Pairs), number(removal.Articles), percent(share)})
	}
	p.table(rows)
	p.line(entryIndent, paint(p.style.dim, "* the one that was asked for"))
}

func (p *tuningPrinter) advice() {
	p.heading("Advice", "what these figures speak for")
	for _, tuned := range p.tuning.Scores {
		of := "--threshold"
		if tuned.Kind == dedup.Contained {
			of = "--containment"
		}
		if tuned.Advice.Threshold == 0 {
			p.item(entryIndent, nil, fmt.Sprintf("%s: keep %s; %s.", of, asWritten(tuned.Asked), tuned.Advice.Reason))
			continue
		}
		p.item(entryIndent, nil, fmt.Sprintf("%s %s: %s.", of, asWritten(tuned.Advice.Threshold), tuned.Advice.Reason))
	}
}

func (p *tuningPrinter) hint() {
	if p.opts.Hints.Found != "" {
		p.blank()
		p.sentence(0, p.style.dim, p.opts.Hints.Found+".")
	}
}

// WriteQuestion writes a pair for somebody to say whether the two are copies: number of so many.
func WriteQuestion(w io.Writer, t *quality.Tuning, pair dedup.Pair, number, of int, opts Options) error {
	out := bufio.NewWriterSize(w, outputBuffer)
	p := &tuningPrinter{printer{Result: t.Survey.Result, out: out, opts: opts, style: newPalette(opts.Color)}, t}
	p.blank()
	p.line(0, paint(p.style.heading, fmt.Sprintf("Pair %d of %d", number, of)))
	for _, id := range []dedup.ArticleID{pair.A, pair.B} {
		key, place := p.title(id)
		p.titled(spaces(entryIndent), entryIndent, key, place)
		if text := oneLine(p.Articles[id].Lead, lineBreak); text != "" {
			p.line(2*entryIndent, p.evidence(2*entryIndent, text))
		}
	}
	p.sentence(entryIndent, nil, alike(pair)+"; "+partOf(pair, smaller(pair), "the smaller")+" stand in the larger")
	if said := differing(&pair); said != "" {
		p.sentence(entryIndent, nil, said)
	}
	if p.failed() {
		return p.err
	}
	return out.Flush()
}
