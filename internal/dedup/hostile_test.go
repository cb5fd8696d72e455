package dedup

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestManyCopies holds that 10,000 copies of one text make one cluster and a
// pair each, with their first.
func TestManyCopies(t *testing.T) {
	texts := make([]string, 10000)
	for i := range texts {
		texts[i] = strings.Repeat("the ferry left the harbour at noon with forty cars aboard ", 3)
	}
	result := scanOf(t, bodies(texts...), nil)
	if got := result.Summary.Exact; got != len(texts)-1 {
		t.Errorf("%d exact pairs, want %d", got, len(texts)-1)
	}
	if len(result.Clusters) != 1 || len(result.Clusters[0].Members) != len(texts)-1 {
		t.Fatalf("%d clusters", len(result.Clusters))
	}
	for _, member := range result.Clusters[0].Members {
		if !member.Removable || member.Kind != Exact {
			t.Fatalf("member %+v is not a removable copy", member)
		}
	}
	if len(result.Repeats) != 0 || result.Summary.RepeatsExplained != len(texts)-1 {
		t.Errorf("%d repeats and %d explained", len(result.Repeats), result.Summary.RepeatsExplained)
	}
}

// TestOneWordAMillionTimes holds that text going round is a set of one shingle
// and costs no more than other text; in one paragraph and in 200,000.
func TestOneWordAMillionTimes(t *testing.T) {
	million := 1000000
	if testing.Short() {
		million = 50000
	}
	result := scanOf(t, bodies(
		strings.Repeat("buy ", million),
		strings.Repeat("buy ", million-1),
		strings.Repeat("buy buy buy buy buy\n", million/5),
		"buy buy buy buy buy",
		"buy buy buy buy",
		"buy",
	), nil)
	want := []keyed{
		{Near, "000", "001", 1, 1, 1},
		{Exact, "000", "002", 1, 1, 1},
		{Near, "000", "003", 1, 1, 1},
		{Near, "001", "003", 1, 1, 1},
	}
	if diff := cmp.Diff(want, keyedPairs(result)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	if got := result.Summary.RepeatsWithin; got != million/5-1 {
		t.Errorf("%d repeats within, want %d", got, million/5-1)
	}
}

func TestShortAndEmptyArticles(t *testing.T) {
	result := scanOf(t, bodies("", "", " \n\n ", "***", "Storm", "storm!", "Storm warning", "Storm warning issued", "Storm"), nil)
	want := []keyed{
		{Exact, "004", "005", 1, 1, 1},
		{Exact, "004", "008", 1, 1, 1},
	}
	if diff := cmp.Diff(want, keyedPairs(result)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	if result.Summary.Empty != 4 {
		t.Errorf("%d empty articles, want 4", result.Summary.Empty)
	}
}

// TestLargeArticle holds an article of ten megabytes and an excerpt of it.
func TestLargeArticle(t *testing.T) {
	size := 10 << 20
	if testing.Short() {
		size = 1 << 20
	}
	random := rand.New(rand.NewPCG(seeded.Seed(), 7))
	var large strings.Builder
	for large.Len() < size {
		large.WriteString(strings.Join(randomWords(random, 60, 50000), " ") + "\n")
	}
	excerpt := large.String()[size/2 : size/2+4000]
	result := scanOf(t, bodies(large.String(), excerpt), nil)
	if result.Summary.Contained != 1 {
		t.Errorf("summary %+v: the excerpt is not contained", result.Summary)
	}
}

// TestTemplateFamily holds that a form letter in thousands of variants costs
// bounded work, and that what was not compared is counted.
func TestTemplateFamily(t *testing.T) {
	variants := 4000
	if testing.Short() {
		variants = 1200
	}
	random := rand.New(rand.NewPCG(seeded.Seed(), 8))
	letter := randomWords(random, 150, 5000)
	texts := make([]string, variants)
	for i := range texts {
		letter[10], letter[90] = fmt.Sprintf("name%d", i), fmt.Sprintf("place%d", i%97)
		texts[i] = strings.Join(letter, " ")
	}
	guarded := scanOf(t, bodies(texts...), nil)
	result := scanOf(t, bodies(texts...), func(o *Options) { o.Templates = MergeTemplates })
	// Those of one place differ in one word of 150, which may as well be a correction.
	if s := guarded.Summary; s.Template+s.Near != result.Summary.Near || s.Near > variants*variants/97/2 || s.Clusters != 97 || s.RepeatsAcross != 0 {
		t.Errorf("guarded: %d templates, %d near pairs, %d clusters and %d repeats of %d pairs", s.Template, s.Near, s.Clusters, s.RepeatsAcross, result.Summary.Near)
	}
	if len(result.Clusters) != 1 || len(result.Clusters[0].Members) != variants-1 {
		t.Errorf("%d clusters, want one of all variants", len(result.Clusters))
	}
	if most := variants * 4 * 64; result.Summary.Near > most {
		t.Errorf("%d pairs reported, more than %d", result.Summary.Near, most)
	}
	if result.Summary.Bounded == 0 {
		t.Error("nothing is said of the pairs that were not compared")
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Scan(ctx, bodies("a b c", "a b c"), DefaultOptions(), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestInvalidOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"threshold 0":     func(o *Options) { o.Threshold = 0 },
		"threshold 1.1":   func(o *Options) { o.Threshold = 1.1 },
		"no workers":      func(o *Options) { o.Workers = 0 },
		"no kinds":        func(o *Options) { o.Kinds = nil },
		"unknown kind":    func(o *Options) { o.Kinds = []Kind{"similar"} },
		"shingle size 0":  func(o *Options) { o.ShingleSize = 0 },
		"shingle size 65": func(o *Options) { o.ShingleSize = 65 },
		"repeats at 0.49": func(o *Options) { o.RepeatSimilarity = 0.49 },
		"repeats at 1.01": func(o *Options) { o.RepeatSimilarity = 1.01 },
		"containment NaN": func(o *Options) { o.Containment = math.NaN() },
		"threshold NaN":   func(o *Options) { o.Threshold = math.NaN() },
	} {
		options := DefaultOptions()
		change(&options)
		m := bodies("a")
		if _, err := Scan(context.Background(), m, options, nil); err == nil {
			t.Errorf("%s is accepted", name)
		}
		if m.Position() != 0 {
			t.Errorf("%s: the corpus was read before the options were checked", name)
		}
	}
}

// TestOptionsAtTheirEdges scans with every combination of the least and the
// greatest that is allowed. Where nothing is bounded, all is found.
func TestOptionsAtTheirEdges(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 15))
	texts := append(randomTexts(random, 25), "", "one", "one two", strings.Repeat("round and ", 40), article(ferry, ferry+" Again.", storm))
	complete := 0
	for edges := range 1 << 5 {
		pick := func(bit int, least, greatest float64) float64 {
			if edges>>bit&1 == 0 {
				return least
			}
			return greatest
		}
		change := func(o *Options) {
			o.ShingleSize = int(pick(0, 1, 64))
			o.Threshold = pick(1, 1e-9, 1)
			o.Containment = pick(2, 1e-9, 1)
			o.RepeatSimilarity = pick(3, 0.5, 1)
			o.MinContained = int(pick(4, 1, 1<<40))
			o.MinRepeat = int(pick(4, 1, 9))
		}
		sampled, exhaustive := sampledAndAll(t, texts, change)
		if sampled.Summary.Bounded+sampled.Summary.RepeatsBounded > 0 {
			continue
		}
		complete++
		if diff := cmp.Diff(exhaustive, sampled, ignoreHow); diff != "" {
			t.Errorf("seed %d, %+v (-exhaustive +sampled):\n%s", seeded.Seed(), sampled.Options, diff)
		}
	}
	if complete < 16 {
		t.Errorf("only %d combinations are not bounded", complete)
	}
}
