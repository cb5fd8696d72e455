package index

import (
	"context"
	"io"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestLive holds that articles which are answered one by one have the pairs and repeats of one scan of all of
// them, whenever what was added is kept.
func TestLive(t *testing.T) {
	seed := seeded.Seed() + 50
	random := rand.New(rand.NewPCG(seed, 1))
	articles := news(seed, 100, 80)
	random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	options := dedup.DefaultOptions()
	options.Explained = true
	whole, err := dedup.Scan(context.Background(), &corpustest.Memory{Articles: articles}, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	x, path := newIndexAt(t, options)
	live := x.NewLive(&corpustest.Memory{Articles: articles}, Options{Dedup: options, Add: true})
	var pairs []keyedPair
	var repeats []keyedRepeat
	var total dedup.Summary
	for {
		result, err := live.Next(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		pairs, repeats = append(pairs, pairsOf(result)...), append(repeats, repeatsOf(result)...)
		total.Add(result.Summary)
		if random.IntN(5) == 0 {
			if err := x.Keep(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := gocmp.Diff(sortPairs(pairsOf(whole)), sortPairs(pairs)) + gocmp.Diff(sortRepeats(repeatsOf(whole)), sortRepeats(repeats)); diff != "" {
		t.Fatalf("seed %d: %s", seed, diff)
	}
	if total.Articles != len(articles) || total.Words != whole.Summary.Words || total.Near != whole.Summary.Near {
		t.Errorf("counted %+v, of %+v", total, whole.Summary)
	}
	if err := x.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path, Read)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.Articles(); got != len(articles) {
		t.Errorf("%d articles are left of %d", got, len(articles))
	}
	if count := len(again.segments); count > 3*fanOut {
		t.Errorf("%d segments", count)
	}
}
