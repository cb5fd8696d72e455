package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// articleOf is one of a text, on line 10 of its file.
func articleOf(body string) *corpus.Article {
	return &corpus.Article{Key: "key", Path: "news.txt", Line: 9, BodyLine: 10, Verbatim: true, Body: []byte(body)}
}

const (
	harbourStory = "Storm shuts Port Quillon harbour\n\nThe harbour master kept the great chain across the mole on Tuesday morning.\n" +
		"Some nine ferries waited outside for the sea to fall, said Ines Harrow.\n“We shall not open before the wind has turned and the boats are counted,” she said.\n"
)

func TestCompare(t *testing.T) {
	edit := strings.Replace(strings.Replace(harbourStory, "Tuesday", "Wednesday", 1), "nine", "eleven", 1)
	options := DefaultOptions()
	options.Templates = MergeTemplates
	got := Compare(articleOf(harbourStory), articleOf(edit), options)
	at := strings.Index(harbourStory, "Tuesday")
	nine := strings.Index(harbourStory, "nine")
	want := &Comparison{
		Kind: Contained, Similarity: 35.0 / 51, AInB: 35.0 / 43, BInA: 35.0 / 43, EstimateJaccard: 35.0 / 51,
		Shared: 35, ShinglesA: 43, ShinglesB: 43, WordsA: 47, WordsB: 47,
		Label: LightEdit, Difference: Difference{Same: 45, Replaced: 2, Inside: 2, Listed: true, Changes: []Change{
			{Kind: NumberChange, A: "Tuesday", B: "Wednesday", LineA: 12, LineB: 12},
			{Kind: NumberChange, A: "nine", B: "eleven", LineA: 13, LineB: 13},
		}},
		Edits: []Edit{
			{NumberChange, Range{at, at + 7, 12, 12}, Range{at, at + 9, 12, 12}},
			{NumberChange, Range{nine, nine + 4, 13, 13}, Range{nine + 2, nine + 8, 13, 13}},
		},
	}
	runs := got.Runs
	got.Runs = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var texts []string
	for _, run := range runs {
		texts = append(texts, fmt.Sprintf("%d %t %s", run.Words, run.Quoted, harbourStory[run.A.Start:run.A.End]))
	}
	if len(texts) != 2 || !strings.HasPrefix(texts[0], "16 false Storm shuts") || !strings.HasPrefix(texts[1], "27 false ferries waited") {
		t.Errorf("runs %q", texts)
	}
}

// TestSharedRuns holds the runs of random texts against their definition.
func TestSharedRuns(t *testing.T) {
	for round := range 400 {
		random := rand.New(rand.NewPCG(seeded.Seed(), uint64(round)))
		vocabulary := 1 + round%4
		a, b := someTokens(random, random.IntN(40), vocabulary), someTokens(random, random.IntN(40), vocabulary)
		if round%3 == 0 && len(a) > 5 {
			b = slices.Concat(b, a[2:len(a)-1])
		}
		least := 1 + random.IntN(4)
		got, more := findRuns(a, b, least)
		slices.SortFunc(got, func(r, q tokenRun) int { return cmpInts(r.a, q.a, r.b, q.b) })
		if diff := cmp.Diff(bruteRuns(a, b, least), got, cmp.AllowUnexported(tokenRun{})); diff != "" || more {
			t.Fatalf("seed %d round %d: %v and %v, at least %d: more %t (-want +got):\n%s", seeded.Seed(), round, a, b, least, more, diff)
		}
	}
}

func cmpInts(a, b, c, d int) int {
	if a != b {
		return a - b
	}
	return c - d
}

func someTokens(random *rand.Rand, count, vocabulary int) []uint64 {
	tokens := make([]uint64, count)
	for i := range tokens {
		tokens[i] = 1<<40 + uint64(random.IntN(vocabulary))
	}
	return tokens
}

func bruteRuns(a, b []uint64, least int) (runs []tokenRun) {
	for i := range a {
		for k := range b {
			if i > 0 && k > 0 && a[i-1] == b[k-1] {
				continue
			}
			words := 0
			for i+words < len(a) && k+words < len(b) && a[i+words] == b[k+words] {
				words++
			}
			if words >= least {
				runs = append(runs, tokenRun{i, k, words})
			}
		}
	}
	return runs
}

// TestCompareHostile holds that texts made to be costly are compared in time in
// proportion to their length.
func TestCompareHostile(t *testing.T) {
	const length = 100_000
	for name, pair := range map[string][2]string{
		"one word":       {strings.Repeat("tide ", length), strings.Repeat("tide ", length/2)},
		"two words":      {strings.Repeat("tide ebb ", length), strings.Repeat("tide ebb ebb ", length)},
		"a sentence":     {strings.Repeat("the tide was out at nine and in at four\n", length/9), strings.Repeat("the tide was out at nine and in at four ", length/18)},
		"quotation mark": {strings.Repeat("“", length) + "tide", strings.Repeat("\"", length) + "tide"},
	} {
		start := time.Now()
		c := Compare(articleOf(pair[0]), articleOf(pair[1]), DefaultOptions())
		if len(c.Runs) > maxRuns {
			t.Errorf("%s: %d runs", name, len(c.Runs))
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func TestCompareEmpty(t *testing.T) {
	got := Compare(articleOf(" … "), articleOf("the tide was out"), DefaultOptions())
	want := &Comparison{ShinglesB: 1, WordsB: 4, Difference: Difference{Inserted: 4, Before: 4, Listed: true,
		Changes: []Change{{Kind: WordChange, B: "the tide was out", LineA: 10, LineB: 10}}},
		Edits: []Edit{{WordChange, Range{0, 0, 10, 10}, Range{0, 16, 10, 10}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if void := Compare(articleOf(" … "), articleOf("\n"), DefaultOptions()); void.Exact || void.Kind != "" || void.Label != "" || len(void.Edits) > 0 {
		t.Errorf("two articles without words: %+v", void)
	}
}
