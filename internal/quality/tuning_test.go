package quality

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// binned are bins of a floor of 0.5 with so many pairs, and labels yes and no.
func binned(counts []int, labels map[int][2]int) []Bin {
	bins := binsOf(nil, 0.5, nil)
	for i, count := range counts {
		bins[i].Pairs = make([]dedup.Pair, count)
		bins[i].Yes, bins[i].No = labels[i][0], labels[i][1]
	}
	return bins
}

func TestAdvice(t *testing.T) {
	for _, test := range []struct {
		name   string
		counts []int // from 0.5 in steps of 0.05
		labels map[int][2]int
		want   float64
		reason string
	}{
		{"a valley", []int{90, 50, 20, 4, 1, 9, 30, 60, 80, 99}, nil, 0.7, "5 from 0.65 to 0.75, where a single bin below has 90 and one above 99"},
		{"falling", []int{90, 80, 70, 60, 50, 40, 30, 20, 10, 5}, nil, 0, "no valley"},
		{"hardly any", []int{3, 0, 0, 0, 0, 0, 0, 0, 0, 3}, nil, 0, "no valley"},
		{"labels", []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, map[int][2]int{0: {0, 4}, 4: {2, 2}, 6: {4, 0}, 9: {4, 0}}, 0.75, "labels of 16 pairs"},
		{"labels of a loose precision", []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, map[int][2]int{0: {0, 4}, 4: {3, 1}, 6: {4, 0}, 9: {4, 0}}, 0.7, "yes for 11 of the 12 there"},
		{"many of one bin", []int{50, 50, 50, 50, 50, 10, 0, 0, 0, 990}, map[int][2]int{5: {0, 5}, 9: {5, 0}}, 0.75, "about 99.0 % are copies, by the labels of 10 pairs: yes for 5 of the 10 there, which stands for 56 to 100 %"},
		{"all wrong", []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, map[int][2]int{9: {0, 12}}, 0, "no threshold has a precision of 0.9"},
		{"too few labels", []int{90, 50, 20, 4, 1, 9, 30, 60, 80, 99}, map[int][2]int{9: {0, 9}}, 0.7, "fewest"},
	} {
		got := advise(Tuned{Bins: binned(test.counts, test.labels)}, 0.9)
		if got.Threshold != test.want || !strings.Contains(got.Reason, test.reason) {
			t.Errorf("%s: %+v, want %v and %q", test.name, got, test.want, test.reason)
		}
	}
}

// TestAdviceWhereNothingDepends holds that a threshold which removes the same as the floor is
// said to.
func TestAdviceWhereNothingDepends(t *testing.T) {
	few := Tuned{Asked: 0.8, Bins: binned([]int{0, 1, 0, 0, 0, 0, 0, 0, 0, 90}, nil), Removals: []Removal{{0.5, 91, 101, 0}, {0.8, 90, 100, 0}, {0.9, 90, 60, 0}}}
	if got := advise(few, 0.9); got.Threshold != 0 || got.Reason != "it hardly matters: 100 articles would be removed at 0.80, and 101 at 0.50" {
		t.Errorf("%+v", got)
	}
	few.Removals[0].Articles = 110
	if got := advise(few, 0.9); !strings.Contains(got.Reason, "no valley") {
		t.Errorf("%+v", got)
	}
}

func TestEdges(t *testing.T) {
	for _, test := range []struct {
		floor float64
		want  string
	}{
		{0.5, "[0.5 0.55 0.6 0.65 0.7 0.75 0.8 0.85 0.9 0.95 1]"}, {0.83, "[0.83 0.85 0.9 0.95 1]"}, {0.95, "[0.95 1]"}, {1, "[1]"}, {0.999, "[0.999 1]"},
	} {
		if got := fmt.Sprint(edges(test.floor)); got != test.want {
			t.Errorf("%v: %s, want %s", test.floor, got, test.want)
		}
	}
	for _, floor := range []float64{1, 0.97} {
		if bins := binsOf([]dedup.Pair{{Similarity: 1}}, floor, func(p dedup.Pair) float64 { return p.Similarity }); len(bins) != 1 || len(bins[0].Pairs) != 1 {
			t.Errorf("from %v: %+v", floor, bins)
		}
	}
}

// tuned is a world of near pairs of every similarity, and some contained ones.
func tuned(t *testing.T, labels []evaluate.Labelled) *Tuning {
	t.Helper()
	w := &world{figures: make(map[[2]int]fig)}
	for article := range 60 {
		w.textOf = append(w.textOf, article)
	}
	for b := range 60 {
		for a := range b {
			w.figures[[2]int{a, b}] = fig{0, 100, 100}
		}
		if b%2 == 1 { // each has one partner
			w.figures[[2]int{b - 1, b}] = fig{50 + b*5/6, 100, 100}
		}
	}
	options := dedup.DefaultOptions()
	floor := options
	floor.Threshold, floor.Containment, floor.Explained = 0.5, 0.5, true
	truth, err := FromPairs(labels, nil, true)
	if err != nil {
		t.Fatal(err)
	}
	survey, placed := w.survey(floor, truth)
	tuning, err := Tune(survey, options, placed, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	return tuning
}

// TestTune holds that every pair stands in one bin of its score, and that what is removed is
// what a scan removes.
func TestTune(t *testing.T) {
	tuning := tuned(t, []evaluate.Labelled{{A: name(58), B: name(59), Label: "yes"}, {A: name(0), B: name(1), Label: "no"}, {A: name(0), B: name(59), Label: "no"}})
	near, contained := tuning.Scores[0], tuning.Scores[1]
	yes, no := 0, 0
	for _, of := range tuning.Scores {
		for i, bin := range of.Bins {
			for _, pair := range bin.Pairs {
				score := pair.Similarity
				if of.Kind == dedup.Contained {
					score = max(pair.AInB, pair.BInA)
				}
				if score < bin.From || score >= bin.To && i < len(of.Bins)-1 {
					t.Errorf("%s: %v in the bin from %v", of.Kind, score, bin.From)
				}
			}
		}
	}
	for _, bin := range near.Bins {
		yes, no = yes+bin.Yes, no+bin.No
	}
	if yes != 1 || no != 0 { // the unlike ones are below the floor
		t.Errorf("%d yes and %d no among the near", yes, no)
	}
	for _, removal := range near.Removals {
		want := 0
		for _, pair := range tuning.Survey.Result.Pairs {
			if pair.Similarity >= removal.Threshold {
				want++
			}
		}
		if removal.Pairs != want || removal.Articles != want || removal.Words != 100*want {
			t.Errorf("%+v, want %d of 100 words", removal, want)
		}
	}
	if first, last := contained.Removals[0], contained.Removals[len(contained.Removals)-1]; first.Articles != 30 || last.Articles >= first.Articles {
		t.Errorf("contained: %+v … %+v", first, last)
	}
}

// TestSample holds that a sample is spread over all scores, has nothing twice and nothing that
// was to be skipped, and is always the same.
func TestSample(t *testing.T) {
	tuning := tuned(t, nil)
	skip := func(pair dedup.Pair) bool { return pair.A%10 == 0 }
	sample := tuning.Sample(12, skip)
	if len(sample) != 12 {
		t.Fatalf("%d pairs", len(sample))
	}
	if diff := gocmp.Diff(sample, tuned(t, nil).Sample(12, skip)); diff != "" {
		t.Errorf("drawn twice:\n%s", diff)
	}
	if slices.ContainsFunc(sample, skip) {
		t.Error("a pair was drawn that was to be skipped")
	}
	all := tuning.Sample(1000, func(dedup.Pair) bool { return false })
	if len(all) != len(tuning.Survey.Result.Pairs) {
		t.Errorf("%d of %d pairs", len(all), len(tuning.Survey.Result.Pairs))
	}
	seen := make(map[dedup.ArticleID]bool)
	for _, pair := range all {
		if seen[pair.A] {
			t.Errorf("%d is drawn twice", pair.A)
		}
		seen[pair.A] = true
	}
}
