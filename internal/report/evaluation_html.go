package report

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// htmlJudgements is how many missed pairs, and how many false alarms, a page lists.
const htmlJudgements = 100

// writeEvaluationHTML writes one file for a browser, with the curves drawn.
func writeEvaluationHTML(out *bufio.Writer, e Evaluated, opts Options) error {
	opts.Color = false
	p := &evaluationPrinter{printer: printer{Result: e.Result, opts: opts, firstOf: firstOf(e.Result)}, Evaluated: e}
	about := &html{printer: p.printer}
	built := &page.Evaluation{
		Input: about.inputName(), Truth: p.truthSaid(), Read: about.readSentence(), Version: Harmless(opts.Version),
		Kinds: tableOf(p.kindRows()), Best: p.bestSaid(), Notes: p.meaningSaid(),
		Groups: []page.Groups{p.groupsPage("Clusters", &e.Clusters)},
		Lists: []page.List{
			p.list("missed", "Missed", "to find and not found", "least alike", p.Misses),
			p.list("alarms", "False alarms", "found and not to find", "most alike", p.FalseAlarms),
		},
	}
	if e.Stories != nil {
		built.Groups = append(built.Groups, p.groupsPage("Stories", e.Stories))
	}
	for _, curve := range e.Curves {
		asked := e.Result.Options.Threshold
		if curve.Kind == dedup.Contained {
			asked = e.Result.Options.Containment
		}
		built.Curves = append(built.Curves, page.Curve{
			Title: title(string(curve.Kind)) + ", by the " + scoreOf(curve.Kind), Said: "Precision, recall and F1 over thresholds of " + string(curve.Kind) + " pairs; the same as a table below",
			Asked: asked, Lines: linesOf(curve), Table: tableOf(curveRows(curve)),
		})
	}
	return page.WriteEvaluation(out, built)
}

func (p *evaluationPrinter) groupsPage(name string, of *quality.Groups) page.Groups {
	return page.Groups{Name: strings.ToLower(name), Title: name, Said: append([]string{title(p.groupsAbout(of)) + ":"}, groupsSaid(of)...)}
}

func tableOf(rows [][]string) page.Table { return page.Table{Columns: rows[0], Rows: rows[1:]} }

// linesOf are the three shares of a curve at each hundredth, as far as they are known.
func linesOf(curve quality.Curve) []page.Line {
	lines := []page.Line{{Class: "precision"}, {Class: "recall"}, {Class: "f1"}}
	for hundredth := 1; hundredth <= 100; hundredth++ {
		threshold := float64(hundredth) / 100
		at := curve.At(threshold)
		for i, of := range []func() (float64, bool){at.Precision, at.Recall, at.F1} {
			if share, known := of(); known && (i == 1 || threshold >= curve.Floor) {
				lines[i].Points = append(lines[i].Points, [2]float64{threshold, share})
			}
		}
	}
	return lines
}

// list is judged pairs with their evidence.
func (p *evaluationPrinter) list(id, heading, what, which string, judgements []quality.Judgement) page.List {
	total := pairsOf(judgements)
	list := page.List{Name: id, Title: heading + ": none"}
	if total > 0 {
		list.Title = fmt.Sprintf("%s: %s %s, the %s first", heading, count(total, "pair"), what, which)
	}
	for _, j := range judgements[:min(len(judgements), htmlJudgements)] {
		pair := page.Pair{Said: p.judgementSaid(j)}
		for i, id := range []dedup.ArticleID{j.A, j.B} {
			key, place := p.title(id)
			pair.Articles[i] = page.Article{Key: key, Place: place, Lead: oneLine([]string{j.LeadA, j.LeadB}[i], lineBreak)}
		}
		list.Pairs = append(list.Pairs, pair)
		total -= 1 + j.Copies
	}
	if total > 0 {
		list.Left = number(total) + " more " + be(total) + " not listed here."
	}
	return list
}
