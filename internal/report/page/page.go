// Package page writes one HTML file that shows findings, for a browser without a
// network: a template, a style sheet and a script that stand beside this file, with the
// findings as JSON between them. It has no framework and no build step.
//
// It knows nothing of articles. The caller hands in words, which the template escapes,
// and blocks of JSON, which the script reads and draws when they are asked for.
//
// Invariants:
//   - The page asks for nothing: its Content-Security-Policy refuses every request, and
//     every script and style but the two that stand here, told by their SHA-256.
//   - Words of a corpus reach the document through html/template, which escapes them,
//     or through textContent. The script has no other way: no innerHTML, no eval.
//   - In a block of JSON every "<" is an escape, so that none can end.
//
// An Evaluation is a page of its own, of the same style and without a script: curves are
// drawn as SVG, each also as a table.
//
// Cost: what the blocks are. They are written as they come, and held by nobody.
//
// Literature: Content Security Policy Level 3 (hashes of inline scripts), HTML (data
// blocks, the dialog element), WCAG 2.2, ARIA Authoring Practices (tabs).
package page

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
)

//go:embed page.html
var layout string

//go:embed page.css
var style string

//go:embed page.js
var script string

// A Page is what stands in the document whether or not a script is run.
type Page struct {
	Input   string // what was read, as a name
	Verdict string // what it comes to, a sentence
	Read    string // a sentence
	Version string

	Tallies   []Tally
	Gate      string   // whether a gate is passed, a sentence; "" where there is none
	Checks    []string // what came of what was asked for
	New       bool     // the findings are those that a baseline does not know
	Alike     Chart
	Flows     []Flow
	FlowsNote string
	Problems  []Problem
	// ProblemsLeft says how many more there are; "" for none.
	ProblemsLeft string
	Notes        []string // what may be missing, sentences
	LeftOut      []string // what the page does not hold, sentences
	Options      []Option
	Words        []Word // that are explained beside those of every page
}

// A Tally is a row of the summary.
type Tally struct{ Label, Count, About string }

// A Chart is bars in columns, one row for each of some ranges. It may have no rows.
type Chart struct {
	Columns []string
	Rows    []Row
}

// A Row is the bars of a range, one for each column of its chart.
type Row struct {
	Range string
	Bars  []Bar
}

// A Bar is a count, and its width in thousandths of that of the longest bar of its column.
type Bar struct {
	Count string
	Width int
}

// A Word is a term of the report and what it means.
type Word struct{ Term, Meaning string }

// A Flow is how often an outlet has what another one has.
type Flow struct {
	From, To string
	// Known says that From was the earlier one; otherwise there is no order.
	Known               bool
	Pairs, Exact, Later string
}

// A Problem is what could not be read as it stands.
type Problem struct{ Place, Message string }

// An Option is what was looked for.
type Option struct{ Name, Value string }

// A Writer writes a page from its head to its end.
type Writer struct {
	out *bufio.Writer
	end []byte // the template behind the blocks
	err error
}

// New writes all that stands before the findings.
func New(out *bufio.Writer, page *Page) (*Writer, error) {
	parsed, err := template.New("page").Parse(layout)
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	var whole bytes.Buffer
	if err := parsed.Execute(&whole, struct {
		*Page
		Pieces []string // of Input, between which a line may end
		CSP    string
		Style  template.CSS
		Script template.JS
	}{page, strings.SplitAfter(page.Input, "/"), policy(), template.CSS(style), template.JS(script)}); err != nil {
		return nil, fmt.Errorf("writing the page: %w", err)
	}
	const gap = `<template id="findings"></template>`
	head, end, found := bytes.Cut(whole.Bytes(), []byte(gap))
	if !found {
		return nil, fmt.Errorf("the page has no place for findings")
	}
	if _, err := out.Write(head); err != nil {
		return nil, err
	}
	return &Writer{out: out, end: end}, nil
}

// policy is the Content-Security-Policy of the page.
func policy() string {
	return "default-src 'none'; script-src " + hashOf(script) + "; style-src " + hashOf(style) + "; base-uri 'none'; form-action 'none'"
}

// hashOf tells a script or a style that stands in a page, as a policy names it.
func hashOf(inline string) string {
	sum := sha256.Sum256([]byte(inline))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Open begins a block that the script finds by its name. Values are put into it by
// Raw and Value, and Close ends it.
func (w *Writer) Open(name string) { w.Raw(`<script type="application/json" id="` + name + `">`) }

// Close ends a block.
func (w *Writer) Close() { w.Raw("</script>\n") }

// Raw writes JSON, or what stands around it, as it is.
func (w *Writer) Raw(text string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(text)
	}
}

// Value writes a value as JSON in which no character can end the block: "<", ">" and
// "&" are escapes, as are the separators that end a line of JavaScript.
func (w *Writer) Value(value any) {
	if w.err != nil {
		return
	}
	text, err := json.Marshal(value)
	if err != nil {
		w.err = fmt.Errorf("encoding findings: %w", err)
		return
	}
	_, w.err = w.out.Write(text)
}

// List writes an array of n values.
func (w *Writer) List(n int, value func(int) any) {
	w.Raw("[")
	for i := range n {
		if i > 0 {
			w.Raw(",\n")
		}
		if w.err != nil {
			return
		}
		w.Value(value(i))
	}
	w.Raw("]")
}

// End writes the rest of the page and returns the first error.
func (w *Writer) End() error {
	w.Raw(string(w.end))
	return w.err
}

// Failed reports whether nothing more will be written.
func (w *Writer) Failed() bool { return w.err != nil }
