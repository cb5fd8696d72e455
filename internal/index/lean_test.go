package index

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

func newLeanAt(t testing.TB, options dedup.Options) *Index {
	t.Helper()
	x, err := CreateLean(t.TempDir(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// estimatesOf are estimates as pairs.
func estimatesOf(r *dedup.Result) map[[2]string]dedup.Estimate {
	estimates := make(map[[2]string]dedup.Estimate)
	for _, e := range r.Estimates {
		if !r.Articles[e.A].Earlier || r.Articles[e.B].Earlier {
			panic("the earlier article is not the first")
		}
		estimates[[2]string{r.Articles[e.A].Key, r.Articles[e.B].Key}] = e
	}
	return estimates
}

// TestEstimates holds what is estimated of one half of a corpus against the other against what one scan of both says:
// how many of its pairs are named, how many that are named are pairs at a threshold a little lower, and how far the figures are off.
// The bounds are those that the README states.
func TestEstimates(t *testing.T) {
	var exact, named, missed, wrong, figures int
	var off, worst float64
	for round := range uint64(4) {
		seed := seeded.Seed() + 300 + round
		random := rand.New(rand.NewPCG(seed, 1))
		articles := news(seed, 150, 150)
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		half := len(articles) / 2
		options := dedup.DefaultOptions()
		x := newLeanAt(t, options)
		scanInto(t, x, articles[:half], options)
		estimates := estimatesOf(scanInto(t, x, articles[half:], options))
		mustBeSound(t, x)
		pairs := pairsAcross(t, articles, half, options)
		options.Threshold, options.Containment = 0.7, 0.7
		nearly := pairsAcross(t, articles, half, options)
		for key, pair := range pairs {
			e, ok := estimates[key]
			if !ok {
				missed++
				continue
			}
			figures++
			difference := max(math.Abs(e.AInB-pair.AInB), math.Abs(e.BInA-pair.BInA))
			off, worst = off+difference, max(worst, difference)
			if pair.Kind == dedup.Exact {
				exact++
				if e.Kind != dedup.Exact || e.Similarity != 1 {
					t.Errorf("seed %d: copies are %v", seed, e)
				}
			}
		}
		named += len(estimates)
		for key := range estimates {
			if _, ok := nearly[key]; !ok {
				wrong++
			}
		}
	}
	t.Logf("%d named, %d of them less than 0.7; %d pairs missed; shares off by %.3f in the mean, %.3f at most", named, wrong, missed, off/float64(figures), worst)
	if exact == 0 || figures < 100 {
		t.Fatalf("%d exact ones, %d in all: nothing was tested", exact, figures)
	}
	if all := figures + missed; missed*20 > all || wrong*50 > named || off/float64(figures) > 0.02 || worst > 0.15 {
		t.Error("this is not what the README says")
	}
}

// pairsAcross are the pairs of one scan between the articles before a position and those behind.
func pairsAcross(t *testing.T, articles []corpusgen.Article, half int, options dedup.Options) map[[2]string]keyedPair {
	t.Helper()
	whole, err := dedup.Scan(context.Background(), &corpustest.Memory{Articles: articles}, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	pairs := make(map[[2]string]keyedPair)
	for i, pair := range pairsOf(whole) {
		if int(whole.Pairs[i].A) < half && int(whole.Pairs[i].B) >= half {
			pairs[[2]string{pair.A, pair.B}] = pair
		}
	}
	return pairs
}

// TestLeanWays holds that articles which come one by one have the estimates of those that come at once, and that they are what
// is left when others were removed, and when all is one segment.
func TestLeanWays(t *testing.T) {
	seed := seeded.Seed() + 400
	articles := news(seed, 60, 60)
	old, fresh := articles[:80], articles[80:]
	options := dedup.DefaultOptions()
	x := newLeanAt(t, options)
	for i := 0; i < len(old); i += 10 {
		scanInto(t, x, old[i:i+10], options)
	}
	atOnce := func() map[[2]string]dedup.Estimate {
		result := scanOnly(t, x, fresh, options)
		if result.Summary.Articles != len(fresh) || !result.Lean {
			t.Errorf("%+v", result.Summary)
		}
		return figuresOf(estimatesOf(result))
	}
	want := atOnce()
	if len(want) < 10 {
		t.Fatalf("%d estimates: nothing was tested", len(want))
	}
	got := make(map[[2]string]dedup.Estimate)
	live := x.NewLive(&corpustest.Memory{Articles: fresh}, Options{Dedup: options})
	for {
		result, err := live.Next(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for key, e := range figuresOf(estimatesOf(result)) {
			got[key] = e
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("one by one: %s", diff)
	}
	if _, _, err := x.Remove([]string{old[3].Key, "nobody"}); err != nil {
		t.Fatal(err)
	}
	removed := atOnce()
	if err := x.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(removed, atOnce()); diff != "" {
		t.Errorf("compacted: %s", diff)
	}
	mustBeSound(t, x)
	if s := x.Stat(); s.Bytes != 0 {
		t.Errorf("texts of %d bytes are kept", s.Bytes)
	}
}

// figuresOf leaves out the positions, which are of one result.
func figuresOf(estimates map[[2]string]dedup.Estimate) map[[2]string]dedup.Estimate {
	for key, e := range estimates {
		e.A, e.B = 0, 0
		estimates[key] = e
	}
	return estimates
}

// TestLeanWhole holds that what is estimated of short articles, whose samples are all their shingles, is exact.
func TestLeanWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 5))
	words := func(n int) (text string) {
		for range n {
			text += fmt.Sprintf("w%d ", random.IntN(1000))
		}
		return text
	}
	for range 50 {
		common := words(20 + random.IntN(30))
		articles := texts(common+words(random.IntN(6)), words(random.IntN(5))+common)
		pairs := pairsAcross(t, articles, 1, dedup.DefaultOptions())
		x := newLeanAt(t, dedup.DefaultOptions())
		scanInto(t, x, articles[:1], dedup.DefaultOptions())
		estimates := estimatesOf(scanInto(t, x, articles[1:], dedup.DefaultOptions()))
		if len(pairs) != len(estimates) {
			t.Fatalf("%v, and estimated %v, of %v", pairs, estimates, articles)
		}
		for key, pair := range pairs {
			if e := estimates[key]; e.Similarity != pair.Similarity || e.AInB != pair.AInB || e.BInA != pair.BInA || e.Kind != pair.Kind {
				t.Errorf("%v, and estimated %v", pair, e)
			}
		}
	}
}
