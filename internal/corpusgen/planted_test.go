package corpusgen

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func plantedCorpus(copies int) *Generator {
	options := DefaultOptions()
	options.Articles, options.Copies, options.Operations = 340, copies, StandardOperations()
	return New(options)
}

// TestTruth looks for every planted pair in the corpus, and for what its
// operation promises.
func TestTruth(t *testing.T) {
	gen := plantedCorpus(170)
	texts := map[string]string{}
	for article := range gen.All() {
		texts[article.Key] = article.Text
	}
	if len(texts) != 340+170 {
		t.Fatalf("%d articles, want %d", len(texts), 340+170)
	}
	kinds, originals := map[Kind]int{}, map[string]bool{}
	for _, planted := range gen.Truth() {
		original, copied := texts[planted.Original], texts[planted.Copy]
		if original == "" || copied == "" {
			t.Fatalf("%+v: not in the corpus", planted)
		}
		kinds[planted.Kind]++
		originals[planted.Original] = true
		if !holds(planted.Operation, original, copied) {
			t.Errorf("%+v does not hold: Jaccard %.3f, %.3f of the copy in the original, %.3f of the original in the copy",
				planted, jaccard(original, copied), containment(copied, original), containment(original, copied))
		}
	}
	if len(originals) != 170 {
		t.Errorf("%d originals were copied, want 170 different ones", len(originals))
	}
	want := map[Kind]int{}
	for _, op := range StandardOperations() {
		want[op.Kind] += 10
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("copies of each kind (-want +got):\n%s", diff)
	}
}

// holds reports whether the copy resembles its original as its kind promises.
// A text of few shingles may fall on either side of any figure.
func holds(op Operation, original, copied string) bool {
	switch op.Kind {
	case Verbatim:
		return original == copied
	case Edited:
		return op.Amount > 0.01 || len(plainShingles(original)) < 100 || jaccard(original, copied) > 0.8
	case Shortened:
		return strings.HasPrefix(original, copied)
	case Dropped, Reordered:
		return containment(copied, original) > 0.5
	case Furnished:
		return strings.Contains(copied, original)
	case Doubled:
		return strings.HasPrefix(copied, original) && jaccard(original, copied) > 0.8
	case Template:
		return len(original) == len(copied)
	default:
		return op.Kind == Misread
	}
}

func TestCopiesOfOneText(t *testing.T) {
	options := DefaultOptions()
	options.Articles, options.Copies = 1, 1000
	texts, keys := map[string]int{}, map[string]bool{}
	for article := range New(options).All() {
		texts[article.Text]++
		keys[article.Key] = true
	}
	if got := slices.Collect(maps.Values(texts)); !slices.Equal(got, []int{1001}) || len(keys) != 1001 {
		t.Errorf("%d keys, texts that stand %v times, want 1001 and one text", len(keys), got)
	}
}

// TestCopiesSpread holds that copies stand for the whole corpus, not for its
// first articles.
func TestCopiesSpread(t *testing.T) {
	gen := plantedCorpus(4)
	var originals []string
	for _, planted := range gen.Truth() {
		originals = append(originals, planted.Original)
	}
	var want []string
	for _, index := range []int{0, 85, 170, 255} {
		want = append(want, gen.Article(index).Key)
	}
	if diff := cmp.Diff(want, originals); diff != "" {
		t.Errorf("originals (-want +got):\n%s", diff)
	}
}
