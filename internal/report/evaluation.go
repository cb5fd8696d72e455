package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
)

// An Evaluated is what an evaluation's report is made of.
type Evaluated struct {
	*quality.Evaluation
	TruthPath string
	Precision float64 // that is wanted, for the best thresholds
}

// EvaluationFormats returns the names of the formats of an evaluation, the default first.
func EvaluationFormats() []string { return []string{"text", "json", "html"} }

// WriteEvaluation writes an evaluation in the named format, as Write does.
func WriteEvaluation(w io.Writer, formatName string, e Evaluated, opts Options) error {
	out := bufio.NewWriterSize(w, outputBuffer)
	write := writeEvaluationText
	switch formatName {
	case "text":
	case "json":
		write = writeEvaluationJSON
	case "html":
		write = writeEvaluationHTML
	default:
		return fmt.Errorf("unknown format %q of an evaluation: known are %s", formatName, strings.Join(EvaluationFormats(), ", "))
	}
	if err := write(out, e, opts); err != nil {
		return fmt.Errorf("writing the %s evaluation: %w", formatName, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the %s evaluation: %w", formatName, err)
	}
	return nil
}

// thresholds are those that the text tells of: in twentieths where they are chosen from, and
// in tenths below.
func thresholds() []float64 {
	all := []float64{0.1, 0.2, 0.3, 0.4}
	for twentieth := 10; twentieth <= 20; twentieth++ {
		all = append(all, float64(twentieth)/20)
	}
	return all
}

// An evaluationPrinter lays out an evaluation as text.
type evaluationPrinter struct {
	printer
	Evaluated
}

func writeEvaluationText(out *bufio.Writer, e Evaluated, opts Options) error {
	p := &evaluationPrinter{
		printer:   printer{Result: e.Result, out: out, opts: opts, style: newPalette(opts.Color)},
		Evaluated: e,
	}
	for _, section := range []func(){p.read, p.truth, p.problems, p.kinds, p.curves, p.best, p.clusters, p.stories, p.misses, p.alarms, p.meaning} {
		section()
		if p.failed() {
			return p.err
		}
	}
	return nil
}

// truth says what the findings are held against.
func (p *evaluationPrinter) truth() {
	for i, said := range p.truthSaid() {
		style := p.style.warn
		if i == 0 {
			style = nil
		}
		p.sentence(0, style, said)
	}
}

// truthSaid says what the findings are held against, and, if so, that it speaks of articles
// that are not there.
func (p *evaluationPrinter) truthSaid() []string {
	t := p.Truth
	said := fmt.Sprintf("Truth: %s of %s: %s to find", count(int(p.Wanted+p.Unwanted), "pair"), name(p.TruthPath), number(int(p.Wanted)))
	switch {
	case t.Groups > 0:
		said += " in " + count(t.Groups, "group")
	case p.Unwanted > 0:
		said += fmt.Sprintf("%s, %s not to find%s", labelsOf(t, true), number(int(p.Unwanted)), labelsOf(t, false))
	default:
		said += labelsOf(t, true)
	}
	switch {
	case t.JudgedOnly() && t.Groups > 0:
		said += "; nothing is known of other articles"
	case t.JudgedOnly():
		said += "; nothing is known of other pairs"
	default:
		said += "; no other pair is one"
	}
	if len(t.Unknown) == 0 {
		return []string{said + "."}
	}
	var named []string
	for _, unknown := range t.Unknown[:min(3, len(t.Unknown))] {
		named = append(named, fmt.Sprintf("%s (%s)", name(unknown.Name), location(p.TruthPath, unknown.Line)))
	}
	if more := len(t.Unknown) - len(named); more > 0 {
		named = append(named, number(more)+" more")
	}
	return []string{said + ".", fmt.Sprintf("%s of no article: %s; %s with such a name %s left out.",
		count(len(t.Unknown), "name")+" "+be(len(t.Unknown)), conjunction(named), count(t.Lost, "pair"), be(t.Lost))}
}

// labelsOf lists the labels of wanted pairs, or of unwanted ones, in brackets.
func labelsOf(t *quality.Placed, wanted bool) string {
	var labels []string
	for _, label := range t.Labels {
		if label.Wanted == wanted && label.Name != "" {
			labels = append(labels, fmt.Sprintf("%s: %s", name(label.Name), number(label.Pairs)))
		}
	}
	const most = 8
	if len(labels) > most {
		labels = append(labels[:most], ellipsis)
	}
	if len(labels) == 0 {
		return ""
	}
	return " (" + strings.Join(labels, ", ") + ")"
}

// kinds tells what a scan finds, by kind.
func (p *evaluationPrinter) kinds() {
	p.heading("Found by a scan", "by kind")
	p.table(p.kindRows())
}

// kindRows are what a scan finds, by kind, below the names of the columns.
func (p *evaluationPrinter) kindRows() [][]string {
	rows := [][]string{{"kind", "pairs", "right", "precision", "recall", "F1"}}
	for _, kind := range p.Kinds {
		rows = append(rows, append([]string{p.kindName(kind.Kind)}, figuresOf(kind.Counts, true)...))
	}
	return rows
}

// kindName names a kind with its threshold.
func (p *evaluationPrinter) kindName(kind dedup.Kind) string {
	o := p.Result.Options
	switch kind {
	case "":
		return "all copies"
	case dedup.Near:
		return "near ≥ " + asWritten(o.Threshold)
	case dedup.Contained:
		return "contained ≥ " + asWritten(o.Containment)
	case dedup.Template:
		return "template: no copy"
	}
	return string(kind)
}

// figuresOf are the figures of counts as a table has them. Where what is found is not all
// known, so is neither precision nor F1.
func figuresOf(c evaluate.Counts, known bool) []string {
	precision, precise := c.Precision()
	recall, recalled := c.Recall()
	f1, ok := c.F1()
	found := number(int(c.Found))
	if !known {
		found = unknownFigure
	}
	return []string{
		found, number(int(c.Right)), shareOf(precision, precise && known), shareOf(recall, recalled), shareOf(f1, ok && known),
	}
}

// unknownFigure stands for a figure that is not known.
const unknownFigure = "–"

// shareOf writes a share with three decimals. One below 1 never reads as 1, and one above 0
// not as 0.
func shareOf(share float64, known bool) string {
	switch {
	case !known:
		return unknownFigure
	case share < 1 && share > 0:
		share = min(max(share, 0.001), 0.999)
	}
	return strconv.FormatFloat(share, 'f', 3, 64)
}

// table prints rows of which the first names the columns: the first column to the left, the
// others to the right.
func (p *printer) table(rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	for at, row := range rows {
		line := row[0] + spaces(widths[0]-ansi.StringWidth(row[0]))
		for i, cell := range row[1:] {
			line += spaces(2+widths[i+1]-ansi.StringWidth(cell)) + cell
		}
		if at == 0 {
			line = paint(p.style.dim, line)
		}
		p.line(entryIndent, line)
	}
}

// curves tells what would be found at other thresholds.
func (p *evaluationPrinter) curves() {
	for _, curve := range p.Curves {
		p.heading(title(string(curve.Kind)), "by the "+scoreOf(curve.Kind))
		p.table(curveRows(curve))
	}
}

// scoreOf says what the score of a kind is.
func scoreOf(kind dedup.Kind) string {
	if kind == dedup.Contained {
		return "share of the smaller article that stands in the larger"
	}
	return "share of all their shingles that two articles have in common"
}

// curveRows are what would be found at some thresholds, below the names of the columns.
func curveRows(curve quality.Curve) [][]string {
	rows := [][]string{{"threshold", "pairs", "right", "precision", "recall", "F1"}}
	for _, threshold := range thresholds() {
		rows = append(rows, append([]string{strconv.FormatFloat(threshold, 'f', 2, 64)}, figuresOf(curve.At(threshold).Counts, threshold >= curve.Floor)...))
	}
	return rows
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// best names the thresholds that give the most.
func (p *evaluationPrinter) best() {
	p.blank()
	for _, said := range p.bestSaid() {
		p.sentence(0, nil, said)
	}
}

func (p *evaluationPrinter) bestSaid() (said []string) {
	for _, curve := range p.Curves {
		of := "--threshold"
		if curve.Kind == dedup.Contained {
			of = "--containment"
		}
		if point, ok := curve.Best(p.Precision, curve.Floor); ok {
			said = append(said, fmt.Sprintf("Best %s of precision %s: %s, with %s.", of, asWritten(p.Precision), p.threshold(point), shares(point)))
		} else {
			said = append(said, fmt.Sprintf("No %s gives a precision of %s.", of, asWritten(p.Precision)))
		}
		if point, ok := curve.BestF1(curve.Floor); ok {
			said = append(said, fmt.Sprintf("The highest F1 is that of %s %s, with %s.", of, p.threshold(point), shares(point)))
		}
	}
	return said
}

// threshold writes the threshold of a point, rounded down, so that it finds the same.
func (p *evaluationPrinter) threshold(point evaluate.Point) string {
	return strconv.FormatFloat(roundDown(point.Threshold), 'f', -1, 64)
}

// roundDown returns the largest share with four decimals that is not above.
func roundDown(share float64) float64 {
	for tenThousands := int(share*10000) + 1; ; tenThousands-- {
		if rounded := float64(tenThousands) / 10000; rounded <= share {
			return rounded
		}
	}
}

func shares(point evaluate.Point) string {
	f := figuresOf(point.Counts, true)
	return fmt.Sprintf("precision %s, recall %s, F1 %s", f[2], f[3], f[4])
}

// clusters compares clusters with the groups of the truth.
func (p *evaluationPrinter) clusters() { p.groups("Clusters", &p.Evaluated.Clusters) }

// stories compares stories with them, if they were looked for.
func (p *evaluationPrinter) stories() {
	if p.Evaluated.Stories != nil {
		p.groups("Stories", p.Evaluated.Stories)
	}
}

func (p *evaluationPrinter) groups(name string, of *quality.Groups) {
	p.heading(name, p.groupsAbout(of))
	for _, line := range groupsSaid(of) {
		p.line(entryIndent, line)
	}
}

// groupsAbout says which articles are compared with what.
func (p *evaluationPrinter) groupsAbout(of *quality.Groups) string {
	which := "all articles, " + number(of.Articles)
	if p.Truth.JudgedOnly() {
		which = "the " + count(of.Articles, "article") + " that the truth names"
	}
	return which + ", against the groups that pairs to find make"
}

func groupsSaid(of *quality.Groups) []string {
	f, cubed := figuresOf(of.Pairs, true), of.BCubed
	return []string{
		fmt.Sprintf("pairs                precision %s, recall %s, F1 %s", f[2], f[3], f[4]),
		fmt.Sprintf("adjusted Rand index  %s", shareOf(of.AdjustedRand, of.RandKnown)),
		fmt.Sprintf("B-cubed              precision %s, recall %s, F1 %s", shareOf(cubed.Precision, true), shareOf(cubed.Recall, true), shareOf(cubed.F1(), true)),
	}
}

// meaning says what the figures rest on.
func (p *evaluationPrinter) meaning() {
	p.blank()
	for _, note := range p.meaningSaid() {
		p.sentence(0, p.style.dim, note)
	}
}

func (p *evaluationPrinter) meaningSaid() []string {
	notes := []string{"Recall is exact: every pair of the truth was compared by itself."}
	if p.Truth.JudgedOnly() && p.Truth.Groups == 0 {
		notes[0] = "Precision and recall are exact: every pair of the truth was compared by itself, and no other counts."
	} else {
		floors := []string{}
		for _, curve := range p.Curves {
			if curve.Floor <= 1 {
				floors = append(floors, fmt.Sprintf("%s %s", curve.Kind, asWritten(curve.Floor)))
			}
		}
		if len(floors) > 0 {
			notes = append(notes, "Precision is of what a scan finds, and is known down to its floor: "+conjunction(floors)+".")
		}
	}
	if p.Evaluated.Stories != nil {
		notes = append(notes, "A story and the copies of its members are one group, and so is a cluster that is in no story.")
	}
	if p.Unmet > 0 {
		notes = append(notes, fmt.Sprintf("The scan, which samples, did not find %s to find that reach a threshold.", count(int(p.Unmet), "pair")))
	}
	return notes
}
