package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// lean is what a scan of three articles finds with an index that keeps no texts.
func lean() *dedup.Result {
	return &dedup.Result{
		Options: dedup.DefaultOptions(),
		Articles: []dedup.ArticleInfo{
			{Key: "ferry", Path: "day.jsonl", Line: 1, Words: 90},
			{Key: "harbour", Path: "day.jsonl", Line: 2, Words: 300},
			{Key: "grain", Path: "day.jsonl", Line: 3, Words: 40},
			{Key: "old\x1b[2J", Source: "Harbour Courier", Path: "old.jsonl", Line: 7, Words: 280, Earlier: true},
		},
		Lean: true,
		Estimates: []dedup.Estimate{
			{Kind: dedup.Contained, A: 3, B: 0, Similarity: 0.25, AInB: 0.26, BInA: 0.85},
			{Kind: dedup.Near, A: 3, B: 1, Similarity: 0.91, AInB: 0.97, BInA: 0.93},
			{Kind: dedup.Contained, A: 3, B: 1, Similarity: 0.4, AInB: 0.9, BInA: 0.4},
			{Kind: dedup.Exact, A: 3, B: 2, Similarity: 1, AInB: 1, BInA: 1},
		},
		Summary: dedup.Summary{Articles: 3, Words: 430, Bytes: 2500, Estimates: 4},
	}
}

// TestTextEstimates reads the report of a lean index as a person does: it says that nothing was compared.
func TestTextEstimates(t *testing.T) {
	const want = `Read 3 articles, 430 words, 2.5 kB from day.jsonl.

Summary
  exact       0 pairs with the same words
  near        0 pairs sharing at least 80 % of all their shingles (5-word runs)
  contained   0 pairs with at least 80 % of the smaller in the larger
  clusters    0 clusters
  estimated   4 pairs with articles of the index, not compared
  repeats     0 paragraphs
  duplicate   0 words of 430 (0 %), in removable articles and repeats within articles; paragraphs that articles share are not counted

Like articles of the index, by estimate: 4 pairs

  contained   ferry  day.jsonl:1
              old\x1b[2J  old.jsonl:7 (in the index)
              about 85 % of the first one's shingles stand in the second

  near copy   harbour  day.jsonl:2
              old\x1b[2J  old.jsonl:7 (in the index)
              about 91 % alike

  contained   harbour  day.jsonl:2
              old\x1b[2J  old.jsonl:7 (in the index)
              holds about 90 % of the second one's shingles

  exact copy  grain  day.jsonl:3
              old\x1b[2J  old.jsonl:7 (in the index)
              the same words, by their hash

Pairs to compare were chosen by sampling, which misses fewer than 1 in 1,000; every pair shown was compared exactly.
The index keeps no texts: what is like its articles was estimated and not compared, and which paragraphs and passages they share is not known.

No article can be removed as a copy.
`
	if diff := cmp.Diff(want, render(t, "text", lean(), Options{})); diff != "" {
		t.Error(diff)
	}
	checkBoth(t, lean(), Options{})
}

// TestTextInTheIndex holds that every article of an index is said to be one, wherever it is named.
func TestTextInTheIndex(t *testing.T) {
	result := fixture()
	result.Stories = nil // which are not looked for with an index
	for id := range result.Articles {
		result.Articles[id].Earlier = true
	}
	for line := range strings.Lines(render(t, "text", result, Options{})) {
		if strings.Contains(line, ".txt:") && strings.HasPrefix(line, "  ") && !strings.Contains(line, inTheIndex) && !strings.Contains(line, "problem") &&
			!strings.Contains(line, "bytes are not") && !strings.Contains(line, "lines of text before") {
			t.Errorf("it is not said that this is in the index: %s", line)
		}
	}
}

// TestStreamEstimates reads what a feed is told: the article that was read, and not the one of the index.
func TestStreamEstimates(t *testing.T) {
	one := lean()
	one.Articles, one.Estimates = one.Articles[2:], []dedup.Estimate{{Kind: dedup.Exact, A: 1, B: 0, Similarity: 1, AInB: 1, BInA: 1}}
	one.Summary.Articles = 1
	var out strings.Builder
	if err := NewStream(&out, Options{}).Write(one); err != nil {
		t.Fatal(err)
	}
	const want = `{"type":"estimate","kind":"exact","a":{"key":"old\u001b[2J","path":"old.jsonl","line":7,"source":"Harbour Courier","indexed":true},"b":{"key":"grain","path":"day.jsonl","line":3},"similarity":1,"a_in_b":1,"b_in_a":1,"same_source":null,"seconds_apart":null}
{"type":"article","key":"grain","path":"day.jsonl","line":3,"words":40,"pairs":0,"estimates":1,"repeats":0,"removable":false}
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	for line := range strings.Lines(out.String()) {
		schemaOf(t, "jsonl").check(t, line)
	}
}

// A wireEstimate is the JSON form of an estimate, for the oracle.
type wireEstimate struct {
	Kind       dedup.Kind `json:"kind"`
	A          wirePlace  `json:"a"`
	B          wirePlace  `json:"b"`
	Similarity float64    `json:"similarity"`
	AInB       float64    `json:"a_in_b"`
	BInA       float64    `json:"b_in_a"`
	wireRelation
}

func (o oracle) estimates() (estimates []any) {
	for _, e := range o.Estimates {
		estimates = append(estimates, wireEstimate{e.Kind, o.place(e.A), o.place(e.B), figure(e.Similarity), figure(e.AInB), figure(e.BInA), o.relation(e.A, e.B)})
	}
	return estimates
}
