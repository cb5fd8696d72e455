package index

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// A keyedPair is a pair by the names of its articles.
type keyedPair struct {
	Kind       dedup.Kind
	A, B       string
	Similarity float64
	AInB, BInA float64
}

func pairsOf(r *dedup.Result) []keyedPair {
	var pairs []keyedPair
	for _, p := range r.Pairs {
		pairs = append(pairs, keyedPair{p.Kind, r.Articles[p.A].Key, r.Articles[p.B].Key, p.Similarity, p.AInB, p.BInA})
	}
	return pairs
}

func sortPairs(pairs []keyedPair) []keyedPair {
	slices.SortFunc(pairs, func(p, q keyedPair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return pairs
}

// A keyedRepeat is a repeat by the names of its articles.
type keyedRepeat struct {
	Class      dedup.Class
	At, Of     string
	AtNumber   int
	OfNumber   int
	Similarity float64
	Text       string
}

func repeatsOf(r *dedup.Result) []keyedRepeat {
	var repeats []keyedRepeat
	for _, one := range r.Repeats {
		repeats = append(repeats, keyedRepeat{
			one.Class, r.Articles[one.At.Article].Key, r.Articles[one.Of.Article].Key, one.At.Paragraph, one.Of.Paragraph, one.Similarity, one.Text,
		})
	}
	return repeats
}

func sortRepeats(repeats []keyedRepeat) []keyedRepeat {
	slices.SortFunc(repeats, func(p, q keyedRepeat) int {
		return cmp.Or(cmp.Compare(p.At, q.At), cmp.Compare(p.AtNumber, q.AtNumber))
	})
	return repeats
}

// passagesOf are the passages that stand in one of the articles last, with their places.
func passagesOf(r *dedup.Result, last int) []string {
	var passages []string
	for _, p := range r.Passages {
		if int(p.Places[len(p.Places)-1].Article) < len(r.Articles)-last {
			continue
		}
		said := fmt.Sprintf("%d words: %s:", p.Words, p.Text)
		for _, at := range p.Places {
			said += fmt.Sprintf(" %s:%d-%d", r.Articles[at.Article].Key, at.Start, at.End)
		}
		passages = append(passages, said)
	}
	slices.Sort(passages)
	return passages
}

// parts cuts articles at random places.
func parts(random *rand.Rand, articles []corpusgen.Article, most int) [][]corpusgen.Article {
	var all [][]corpusgen.Article
	for len(articles) > 0 {
		n := 1 + random.IntN(min(most, len(articles)))
		all = append(all, articles[:n])
		articles = articles[n:]
	}
	return all
}

// TestSameAnswers holds that articles which come in parts, in any order, each part held against the index of those
// before, have the pairs and the repeats that one scan of all of them finds.
func TestSameAnswers(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 2
	}
	for round := range rounds {
		seed := seeded.Seed() + uint64(round)
		random := rand.New(rand.NewPCG(seed, 1))
		articles := news(seed, 150, 100)
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		options := dedup.DefaultOptions()
		options.Explained = true
		if round%3 == 1 {
			options.Threshold, options.Containment = 0.5, 0.5
		}
		if round%3 == 2 {
			options.Kinds, options.RepeatSimilarity = []dedup.Kind{dedup.Near, dedup.Repeated}, 0.7
		}
		whole, err := dedup.Scan(context.Background(), &corpustest.Memory{Articles: articles}, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := newIndexAt(t, options)
		var pairs []keyedPair
		var repeats []keyedRepeat
		for _, part := range parts(random, articles, 60) {
			result := scanInto(t, x, part, options)
			pairs, repeats = append(pairs, pairsOf(result)...), append(repeats, repeatsOf(result)...)
		}
		if diff := gocmp.Diff(sortPairs(pairsOf(whole)), sortPairs(pairs)); diff != "" {
			t.Fatalf("seed %d: pairs: %s", seed, diff)
		}
		if diff := gocmp.Diff(sortRepeats(repeatsOf(whole)), sortRepeats(repeats)); diff != "" {
			t.Fatalf("seed %d: repeats: %s", seed, diff)
		}
		if len(pairs) == 0 || len(repeats) == 0 {
			t.Fatalf("seed %d: nothing was found, and nothing tested", seed)
		}
		mustBeSound(t, x)
	}
}

// TestSamePassages holds that articles which come in parts have the passages, with all their places, that one scan of
// what came so far finds in them. Copies of a text are among them, whose samples the index notes once.
func TestSamePassages(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 1
	}
	for round := range rounds {
		seed := seeded.Seed() + 200 + uint64(round)
		random := rand.New(rand.NewPCG(seed, 1))
		articles := news(seed, 80, 70)
		for i := range 10 {
			articles[40+i].Text = articles[i].Text
		}
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		options := dedup.DefaultOptions()
		options.Explained, options.Passages = true, 12+random.IntN(20)
		if round%2 == 1 {
			options.Kinds = []dedup.Kind{dedup.Exact}
		}
		x, _ := newIndexAt(t, dedup.DefaultOptions())
		found, came := 0, 0
		for _, part := range parts(random, articles, 40) {
			came += len(part)
			whole, err := dedup.Scan(context.Background(), &corpustest.Memory{Articles: articles[:came]}, options, nil)
			if err != nil {
				t.Fatal(err)
			}
			want, got := passagesOf(whole, len(part)), passagesOf(scanInto(t, x, part, options), len(part))
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d, %d articles, passages of %d words: %s", seed, came, options.Passages, diff)
			}
			found += len(got)
		}
		if found < 100 {
			t.Fatalf("seed %d: %d passages: nothing was tested", seed, found)
		}
	}
}
