package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// ExplanationName names the JSON form of an explanation, as SchemaName that of a report.
const ExplanationName = "newsdedup.explanation/1"

// An Explanation is two articles beside each other.
type Explanation struct {
	A, B    *corpus.Article
	Options dedup.Options // those that they were compared by
	*dedup.Comparison
	Story dedup.StoryPair // what they say of one event
}

// ExplanationFormats returns the names of the formats of an explanation, the default first.
func ExplanationFormats() []string { return []string{"text", "json"} }

// WriteExplanation writes the explanation in the named format. The first error of w ends
// the work and is returned wrapped.
func WriteExplanation(w io.Writer, formatName string, e *Explanation, opts Options) error {
	out := bufio.NewWriterSize(w, outputBuffer)
	var err error
	switch formatName {
	case "text":
		err = writeExplanationText(out, e, opts)
	case "json":
		err = writeExplanationJSON(out, e, opts)
	default:
		return fmt.Errorf("unknown format %q of an explanation: known are %s", formatName, strings.Join(ExplanationFormats(), ", "))
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing the explanation: %w", err)
	}
	return nil
}

// result is a result of the two articles and their pair, for what reports say of those.
func (e *Explanation) result() *dedup.Result {
	info := func(a *corpus.Article, words int) dedup.ArticleInfo {
		return dedup.ArticleInfo{Key: a.Key, Source: a.Source, Meta: &a.Meta, Path: a.Path, Line: a.Line, Words: words, Bytes: len(a.Body)}
	}
	return &dedup.Result{
		Options:  e.Options,
		Articles: []dedup.ArticleInfo{info(e.A, e.WordsA), info(e.B, e.WordsB)},
	}
}

// asPair is the two as a report has them.
func (e *Explanation) asPair() dedup.Pair {
	return dedup.Pair{
		Kind: e.Kind, A: 0, B: 1, Similarity: e.Similarity, AInB: e.AInB, BInA: e.BInA,
		Shared: e.Shared, ShinglesA: e.ShinglesA, ShinglesB: e.ShinglesB, Label: e.Label, Difference: &e.Difference,
	}
}

// The keys of the JSON form that a report does not have.
type (
	explainOptions struct {
		Threshold         float64 `json:"threshold"`
		Containment       float64 `json:"containment"`
		MinContainedWords int     `json:"min_contained_words"`
		ShingleSize       int     `json:"shingle_size"`
		MinPassageWords   int     `json:"min_passage_words"`
		Paragraphs        string  `json:"paragraphs"`
		Templates         string  `json:"templates"`
		Tolerant          bool    `json:"tolerant"`
	}
	explainRule struct {
		Kind    dedup.Kind `json:"kind"`
		Asked   float64    `json:"asked"`
		Value   float64    `json:"value"`
		Short   float64    `json:"short"`
		Reached bool       `json:"reached"`
	}
)

// writeExplanationJSON writes one document, a passage or an edit on a line of its own.
func writeExplanationJSON(out *bufio.Writer, e *Explanation, opts Options) error {
	w := &wire{Result: e.result()}
	b := appendString([]byte("{\n  \"schema\": "), ExplanationName)
	b = appendString(append(b, ",\n  \"version\": "...), opts.Version)
	b, err := e.appendOptions(append(b, ",\n  \"options\": "...))
	if err != nil {
		return err
	}
	for i, name := range []string{"a", "b"} {
		b = append(append(b, ",\n  \""...), name...)
		b = w.place(append(b, `": {`...), dedup.ArticleID(i))
		b = append(appendInt(append(b, `,"words":`...), w.Articles[i].Words), '}')
	}
	b = append(b, ",\n  \"kind\": "...)
	if e.Kind == "" {
		b = append(b, "null"...)
	} else {
		b = appendString(b, string(e.Kind))
	}
	b = w.figure(append(b, ",\n  \"similarity\": "...), e.Similarity)
	b = w.figure(append(b, `, "estimate": `...), e.EstimateJaccard)
	b = w.figure(append(b, `, "a_in_b": `...), e.AInB)
	b = w.figure(append(b, `, "b_in_a": `...), e.BInA)
	b = appendInt(append(b, `, "shared_shingles": `...), e.Shared)
	b = appendInt(append(b, `, "a_shingles": `...), e.ShinglesA)
	b = appendInt(append(b, `, "b_shingles": `...), e.ShinglesB)
	b = w.relation(b, 0, 1)
	b = appendLabel(b, e.Label)
	b = append(b, ",\n  \"rules\": ["...)
	for i, rule := range e.Rules(e.Options) {
		b = append(b, [2]string{"\n    ", ",\n    "}[min(i, 1)]...)
		encoded, err := json.Marshal(explainRule{rule.Kind, figure(rule.Asked), figure(rule.Value), figure(rule.Short()), rule.Reached})
		if err != nil {
			return err
		}
		b = append(b, encoded...)
	}
	b = appendDifference(append(b, "\n  ],\n  \"difference\": "...), &e.Difference)
	b = append(b, ",\n  \"passages\": ["...)
	for i, run := range e.Runs {
		b = appendInt(append(b, (opening(i)+`{"words":`)...), run.Words)
		b = fmt.Appendf(b, `,"quoted":%t`, run.Quoted)
		b = append(e.appendRanges(b, run.A, run.B), '}')
	}
	b = fmt.Appendf(b, "%s],\n  \"more_passages\": %t,\n  \"story\": ", closing(len(e.Runs)), e.MoreRuns)
	b = append(w.storyPair(b, &e.Story), ",\n  \"edits\": ["...)
	for i, edit := range e.Edits {
		b = appendString(append(b, (opening(i)+`{"kind":`)...), string(edit.Kind))
		b = append(e.appendRanges(b, edit.A, edit.B), '}')
		if _, err := out.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	b = append(b, (closing(len(e.Edits)) + "]\n}\n")...)
	if w.err != nil {
		return w.err
	}
	_, err = out.Write(b)
	return err
}

// opening stands before an element of an array that has each on a line, closing behind the
// last of so many.
func opening(i int) string {
	if i == 0 {
		return "\n    "
	}
	return ",\n    "
}

func closing(n int) string {
	if n == 0 {
		return ""
	}
	return "\n  "
}

func (e *Explanation) appendOptions(b []byte) ([]byte, error) {
	o := e.Options
	encoded, err := json.Marshal(explainOptions{o.Threshold, o.Containment, o.MinContained, o.ShingleSize, o.Passages, o.Paragraphs.String(), string(o.Templates), o.Tolerant})
	return append(b, encoded...), err
}

// maxRangeText bounds the bytes of the text of a range. Passages overlap in texts that repeat
// themselves: a million words of a kind beside as many would be a gigabyte.
const maxRangeText = 10_000

// appendRanges appends the keys a and b: where something stands in either article, and what.
func (e *Explanation) appendRanges(b []byte, inA, inB dedup.Range) []byte {
	b = append(appendRange(append(b, `,"a":{`...), e.A, inA), '}')
	return append(appendRange(append(b, `,"b":{`...), e.B, inB), '}')
}

func appendRange(b []byte, article *corpus.Article, r dedup.Range) []byte {
	b = appendInt(append(b, `"start":`...), r.Start)
	b = appendInt(append(b, `,"end":`...), r.End)
	b = appendInt(append(b, `,"line":`...), r.Line)
	b = appendInt(append(b, `,"end_line":`...), r.EndLine)
	text := string(article.Body[r.Start:r.End])
	if len(text) > maxRangeText {
		text = cutAfter(text, maxRangeText) + ellipsis
	}
	return appendString(append(b, `,"text":`...), text)
}
