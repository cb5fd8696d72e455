package quality

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// A world is articles of a few texts, any two of which have figures, and what people say
// of some pairs of them.
type world struct {
	textOf  []int          // by article
	figures map[[2]int]fig // by texts, the smaller number first
	judged  map[[2]int]bool
	pairs   []evaluate.Labelled
}

// fig is the overlap of two sets.
type fig struct{ shared, a, b int }

func (f fig) jaccard() float64 { return float64(f.shared) / float64(f.a+f.b-f.shared) }
func (f fig) aInB() float64    { return float64(f.shared) / float64(f.a) }
func (f fig) bInA() float64    { return float64(f.shared) / float64(f.b) }
func (f fig) smaller() float64 { return max(f.aInB(), f.bInA()) }

func name(article int) string { return fmt.Sprint("article-", article) }

func newWorld(random *rand.Rand) *world {
	w := &world{figures: make(map[[2]int]fig), judged: make(map[[2]int]bool)}
	texts := 1 + random.IntN(8)
	for text := range texts { // every text has a first article, in the order of the texts
		w.textOf = append(w.textOf, text)
	}
	for range random.IntN(6) {
		w.textOf = append(w.textOf, random.IntN(texts))
	}
	for b := range texts {
		for a := range b {
			f := fig{0, 1 + random.IntN(10), 1 + random.IntN(10)}
			f.shared = random.IntN(min(f.a, f.b) + 1)
			w.figures[[2]int{a, b}] = f
		}
	}
	for j := range w.textOf {
		for i := range j {
			if random.IntN(3) > 0 {
				continue
			}
			label := [...]string{"yes", "no"}[random.IntN(2)]
			w.judged[[2]int{i, j}] = label == "yes"
			one, other := name(i), name(j)
			if random.IntN(2) == 0 {
				one, other = other, one
			}
			w.pairs = append(w.pairs, evaluate.Labelled{A: one, B: other, Label: label, Line: len(w.pairs) + 1})
		}
	}
	return w
}

// of returns the figures of two articles, i < j, and whether they are of one text.
func (w *world) of(i, j int) (f fig, copies bool) {
	a, b := w.textOf[i], w.textOf[j]
	switch {
	case a == b:
		return fig{10, 10, 10}, true
	case a < b:
		return w.figures[[2]int{a, b}], false
	}
	f = w.figures[[2]int{b, a}]
	return fig{f.shared, f.b, f.a}, false
}

// kind is what a scan calls two articles, "" for nothing.
func (w *world) kind(i, j int, o dedup.Options) dedup.Kind {
	f, copies := w.of(i, j)
	switch {
	case copies:
		return dedup.Exact
	case f.jaccard() >= o.Threshold:
		return dedup.Near
	case f.smaller() >= o.Containment:
		return dedup.Contained
	}
	return ""
}

// survey is what a survey finds of the world at a floor.
func (w *world) survey(floor dedup.Options, truth *Truth) (*dedup.Survey, *Placed) {
	v := &dedup.Survey{Result: &dedup.Result{Options: floor}, TextHashes: make([]uint64, len(w.textOf))}
	copies := make(map[int]int)
	for article, text := range w.textOf {
		v.Result.Articles = append(v.Result.Articles, dedup.ArticleInfo{Key: name(article), Words: 100})
		v.TextHashes[article] = uint64(text)
		if article == text {
			continue
		}
		if _, known := copies[text]; !known {
			copies[text] = len(v.Copies)
			v.Copies = append(v.Copies, dedup.Copies{First: dedup.ArticleID(text)})
		}
		of := &v.Copies[copies[text]]
		of.Others = append(of.Others, dedup.ArticleID(article))
	}
	slices.SortFunc(v.Copies, func(a, b dedup.Copies) int { return cmp.Compare(a.First, b.First) })
	for j := range w.textOf {
		for i := range j {
			isFirst := w.textOf[i] == i && (w.textOf[j] == j || w.textOf[j] == i)
			if pair := w.pair(i, j, floor); isFirst && pair.Kind != "" {
				v.Result.Pairs = append(v.Result.Pairs, pair)
			}
		}
	}
	placed := truth.Place(v.Result.Articles)
	for _, ids := range placed.Asked() {
		v.Measured = append(v.Measured, w.pair(int(ids[0]), int(ids[1]), floor))
	}
	return v, placed
}

func (w *world) pair(i, j int, o dedup.Options) dedup.Pair {
	f, _ := w.of(i, j)
	return dedup.Pair{
		Kind: w.kind(i, j, o), A: dedup.ArticleID(i), B: dedup.ArticleID(j),
		Similarity: f.jaccard(), AInB: f.aInB(), BInA: f.bInA(), Shared: f.shared, ShinglesA: f.a, ShinglesB: f.b,
	}
}

// TestEvaluate holds every count against looking at each two articles.
func TestEvaluate(t *testing.T) {
	random := seeded.Rand(t)
	options := dedup.DefaultOptions()
	options.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained}
	floor := options
	floor.Threshold, floor.Containment, floor.Explained = 0.4, 0.5, true
	for range 300 {
		w := newWorld(random)
		for _, judgedOnly := range []bool{false, true} {
			truth, err := FromPairs(w.pairs, nil, judgedOnly)
			if err != nil {
				t.Fatal(err)
			}
			survey, placed := w.survey(floor, truth)
			e, err := Evaluate(survey, options, placed)
			if err != nil {
				t.Fatal(err)
			}
			w.check(t, e, judgedOnly)
		}
	}
}

func (w *world) check(t *testing.T, e *Evaluation, judgedOnly bool) {
	t.Helper()
	for tenth := 1; tenth <= 10; tenth++ {
		threshold := float64(tenth) / 10
		near := w.count(judgedOnly, func(f fig) bool { return f.jaccard() >= threshold })
		contained := w.count(judgedOnly, func(f fig) bool { return f.smaller() >= threshold })
		for i, want := range []evaluate.Counts{near, contained} {
			got := e.Curves[i].At(threshold).Counts
			if threshold < e.Curves[i].Floor { // what else is found is not known
				got.Found, want.Found = 0, 0
			}
			if got != want {
				t.Fatalf("%+v, judged only %v: %s at %v: %+v, want %+v", w, judgedOnly, e.Curves[i].Kind, threshold, got, want)
			}
		}
	}
	want := w.count(judgedOnly, func(f fig) bool { return f.jaccard() >= 0.8 || f.smaller() >= 0.8 })
	if got := e.Kinds[len(e.Kinds)-1].Counts; got != want {
		t.Fatalf("%+v, judged only %v: of all kinds %+v, want %+v", w, judgedOnly, got, want)
	}
	var kinds evaluate.Counts
	for _, kind := range e.Kinds[:len(e.Kinds)-1] {
		kinds.Found, kinds.Right = kinds.Found+kind.Found, kinds.Right+kind.Right
	}
	if kinds.Found != want.Found || kinds.Right != want.Right {
		t.Fatalf("%+v: kinds add up to %+v, want %+v", w, kinds, want)
	}
	wrong := int64(0)
	for _, alarm := range e.FalseAlarms {
		wrong += int64(alarm.Copies + 1)
		i, j := int(alarm.A), int(alarm.B)
		f, _ := w.of(i, j)
		if i >= j || w.judged[[2]int{i, j}] || alarm.AInB != f.aInB() || alarm.BInA != f.bInA() || alarm.Kind != w.kind(i, j, e.Result.Options) {
			t.Fatalf("%+v: false alarm %+v", w, alarm)
		}
	}
	for _, miss := range e.Misses {
		if i, j := int(miss.A), int(miss.B); !w.judged[[2]int{i, j}] || w.kind(i, j, e.Result.Options) != "" {
			t.Fatalf("%+v: miss %+v", w, miss)
		}
	}
	if int64(len(e.Misses)) != want.Wanted-want.Right || wrong != want.Found-want.Right || e.Unmet != 0 {
		t.Fatalf("%+v: %d misses, %d false alarms, %d unmet, of %+v", w, len(e.Misses), wrong, e.Unmet, want)
	}
}

// count looks at every two articles.
func (w *world) count(judgedOnly bool, found func(fig) bool) (c evaluate.Counts) {
	for j := range w.textOf {
		for i := range j {
			wanted, judged := w.judged[[2]int{i, j}]
			if wanted {
				c.Wanted++
			}
			if f, _ := w.of(i, j); found(f) && (judged || !judgedOnly) {
				c.Found++
				if wanted {
					c.Right++
				}
			}
		}
	}
	return c
}

// TestByLabel holds that the pairs of each label add up to what is found.
func TestByLabel(t *testing.T) {
	random := seeded.Rand(t)
	options := dedup.DefaultOptions()
	floor := options
	floor.Threshold, floor.Containment, floor.Explained = 0.4, 0.5, true
	for range 100 {
		w := newWorld(random)
		truth, err := FromPairs(w.pairs, nil, true)
		if err != nil {
			t.Fatal(err)
		}
		survey, placed := w.survey(floor, truth)
		e, err := Evaluate(survey, options, placed)
		if err != nil {
			t.Fatal(err)
		}
		want := make(map[string]map[dedup.Kind]int)
		for _, pair := range e.Truth.judged {
			if want[pair.Label] == nil {
				want[pair.Label] = make(map[dedup.Kind]int)
			}
		}
		for i, ids := range placed.Asked() {
			want[e.Truth.judged[i].Label][w.kind(int(ids[0]), int(ids[1]), options)]++
		}
		for _, of := range e.ByLabel(survey) {
			if diff := gocmp.Diff(want[of.Label.Name], of.Kinds); diff != "" {
				t.Fatalf("%+v: label %q (-want +got):\n%s", w, of.Label.Name, diff)
			}
		}
	}
}
