package report

import (
	"bufio"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A section is one array of findings.
type section struct {
	name string // its key in the JSON document
	line string // the type of its findings in JSON lines
	size int
	// finding appends one of them in its JSON form, from behind the opening brace.
	finding func([]byte, int) []byte
}

// sections lists the arrays in the order of the report.
func sections(w *wire) []section {
	newClusters, stale, shared := w.review.NewClusters(), w.review.Stale, w.sharers()
	return []section{
		{"pairs", "pair", len(w.Pairs), func(b []byte, i int) []byte { return w.pair(b, i) }},
		{"clusters", "cluster", len(w.Clusters), func(b []byte, i int) []byte { return w.cluster(b, i, newClusters[i]) }},
		{"repeats", "repeat", len(w.Repeats), func(b []byte, i int) []byte { return w.repeat(b, i) }},
		{"passages", "passage", len(w.Passages), func(b []byte, i int) []byte { return w.passage(b, &w.Passages[i]) }},
		{"elsewhere", "elsewhere", len(shared), func(b []byte, i int) []byte { return w.elsewhere(b, shared[i]) }},
		{"stories", "story", len(w.Stories), func(b []byte, i int) []byte { return w.story(b, &w.Stories[i]) }},
		{"stale", "stale", len(stale), func(b []byte, i int) []byte { return w.stale(b, &stale[i]) }},
		{"estimates", "estimate", len(w.Estimates), func(b []byte, i int) []byte { return w.estimate(b, &w.Estimates[i]) }},
		{"problems", "problem", len(w.Problems), func(b []byte, i int) []byte { return w.problem(b, &w.Problems[i]) }},
	}
}

// sharers returns the articles of which something stands in others.
func (w *wire) sharers() (shared []dedup.ArticleID) {
	for id := range w.Articles {
		if w.Articles[id].Elsewhere != nil {
			shared = append(shared, dedup.ArticleID(id))
		}
	}
	return shared
}

// writeJSON writes one JSON document with each finding on a line of its own,
// so that two reports of a corpus differ in git where their findings differ.
func writeJSON(out *bufio.Writer, result *dedup.Result, opts Options) error {
	head, err := newHead(result, opts)
	if err != nil {
		return err
	}
	before := "{\n"
	for _, field := range head {
		fmt.Fprintf(out, "%s  %q: %s", before, field.name, field.value)
		before = ",\n"
	}
	w := &wire{Result: result, review: opts.Review}
	for _, section := range sections(w) {
		fmt.Fprintf(out, ",\n  %q: [", section.name)
		if err := writeFindings(out, w, section, "\n    {", ",", "\n  "); err != nil {
			return err
		}
		out.WriteByte(']')
	}
	_, err = out.WriteString("\n}\n")
	return err
}

// writeLines writes one JSON object a line: the findings, each with its type,
// and the summary last, whose presence says that the output is complete.
func writeLines(out *bufio.Writer, result *dedup.Result, opts Options) error {
	if err := writeLinesOf(out, &wire{Result: result, review: opts.Review}); err != nil {
		return err
	}
	head, err := newHead(result, opts)
	if err != nil {
		return err
	}
	out.WriteString(`{"type":"summary"`)
	for _, field := range head {
		fmt.Fprintf(out, ",%q:%s", field.name, field.value)
	}
	_, err = out.WriteString("}\n")
	return err
}

// writeLinesOf writes the findings, one a line.
func writeLinesOf(out *bufio.Writer, w *wire) error {
	for _, section := range sections(w) {
		open := fmt.Sprintf(`{"type":%q,`, section.line)
		if err := writeFindings(out, w, section, open, "\n", "\n"); err != nil {
			return err
		}
	}
	return nil
}

// writeFindings writes the findings of a section: what opens each, the finding,
// and what stands between two or, behind the last, ends them.
func writeFindings(out *bufio.Writer, w *wire, section section, open, between, end string) error {
	var finding []byte
	for i := range section.size {
		finding = section.finding(append(finding[:0], open...), i)
		if w.err != nil {
			return fmt.Errorf("encoding element %d of %s: %w", i, section.name, w.err)
		}
		if i == section.size-1 {
			between = end
		}
		finding = append(finding, between...)
		if _, err := out.Write(finding); err != nil {
			return err
		}
	}
	return nil
}
