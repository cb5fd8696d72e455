package dedup

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

// Lists and tables have one phrase on every line. Where its hash is small, it
// is the least of most windows, and what a sketch says of the other words is little.

// list is lines of own words, each with the phrase behind them.
func list(random *rand.Rand, lines, own int, phrase string) string {
	all := make([]string, lines)
	for i := range all {
		all[i] = strings.Join(append(randomWords(random, own, 5000), phrase), " ")
	}
	return strings.Join(all, "\n")
}

func words(random *rand.Rand, count int) string {
	return strings.Join(randomWords(random, count, 20000), " ")
}

// phrase is the one of the least shingle hash out of several of five words.
func phrase(random *rand.Rand, several int) string {
	words := randomWords(random, several+4, 1000000)
	var doc text.Document
	doc.Parse([]byte(strings.Join(words, " ")), text.Auto)
	shingles := shingle.Append(nil, shingle.AppendDocument(nil, &doc), 5)
	least := slices.Index(shingles, slices.Min(shingles))
	return strings.Join(words[least:least+5], " ")
}

// sampledAndAll scans a corpus twice.
func sampledAndAll(t *testing.T, texts []string, change func(*Options)) (sampled, exhaustive *Result) {
	t.Helper()
	sampled = scanOf(t, bodies(texts...), change)
	return sampled, scanOf(t, bodies(texts...), func(o *Options) {
		if change != nil {
			change(o)
		}
		o.Exhaustive = true
	})
}

// A listShape is a way in which two articles share a list.
type listShape struct {
	name  string
	least int // pairs in 1,000 that reach a threshold, or the shape tests nothing
	texts func(random *rand.Rand, phrase string) []string
}

var listShapes = []listShape{
	{"an excerpt of 15 lines, three words of eight their own", 1000, func(random *rand.Rand, phrase string) []string {
		excerpt := list(random, 15, 3, phrase)
		return []string{excerpt, words(random, 300) + "\n" + excerpt + "\n" + words(random, 100)}
	}},
	{"an excerpt of 15 lines, one word of six their own", 1000, func(random *rand.Rand, phrase string) []string {
		excerpt := list(random, 15, 1, phrase)
		return []string{excerpt, words(random, 400) + "\n" + excerpt}
	}},
	{"two reports with one list of 40 lines", 400, func(random *rand.Rand, phrase string) []string {
		shared := list(random, 40, 3, phrase)
		return []string{shared + "\n" + words(random, 30), shared + "\n" + words(random, 30)}
	}},
	{"a report most of which stands in a long one", 1000, func(random *rand.Rand, phrase string) []string {
		shared := list(random, 60, 3, phrase)
		return []string{shared + "\n" + words(random, 45), words(random, 500) + "\n" + shared}
	}},
	{"of any size", 500, func(random *rand.Rand, phrase string) []string {
		shared := list(random, 2+random.IntN(80), 1+random.IntN(12), phrase)
		report := words(random, random.IntN(1+len(strings.Fields(shared))/5)) + "\n" + shared
		return []string{report, words(random, random.IntN(1000)) + "\n" + shared + "\n" + words(random, random.IntN(1000))}
	}},
}

// TestLists holds that at least 999 of 1,000 pairs that share a list are
// found, of 540 of each shape: whether the phrase is a random one or, of 10 or
// 1,000, the one with the least hash.
func TestLists(t *testing.T) {
	rounds := 180
	if testing.Short() {
		rounds = 15
	}
	for shape, way := range listShapes {
		all, missed := 0, 0
		for round := range rounds {
			for _, several := range []int{1, 10, 1000} {
				random := rand.New(rand.NewPCG(seeded.Seed(), uint64(shape<<32|round<<10|several)))
				sampled, exhaustive := sampledAndAll(t, way.texts(random, phrase(random, several)), func(o *Options) {
					o.Kinds = []Kind{Near, Contained}
				})
				all += len(exhaustive.Pairs)
				missed += len(exhaustive.Pairs) - len(sampled.Pairs)
			}
		}
		if all < 3*rounds*way.least/1000 {
			t.Errorf("%s: only %d of %d reach a threshold", way.name, all, 3*rounds)
		}
		if missed*1000 > all {
			t.Errorf("seed %d, %s: %d of %d pairs are missed", seeded.Seed(), way.name, missed, all)
		}
		t.Logf("%s: %d of %d pairs missed", way.name, missed, all)
	}
}

// TestFewWords has texts of a vocabulary of 2 to 7 words, in which shingles stand
// again and again: all that is verified is found but for one pair in 1,000. What is missed
// are excerpts of a dozen shingles in texts of two words, of which no window is whole.
func TestFewWords(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 8
	}
	all, missed := 0, 0
	for round := range rounds {
		random := rand.New(rand.NewPCG(seeded.Seed(), uint64(round)))
		var texts []string
		vocabulary := 2 + random.IntN(6)
		for range 30 {
			texts = append(texts, strings.Join(randomWords(random, 5+random.IntN(200), vocabulary), " "))
		}
		for i := range 30 {
			texts = append(texts, strings.Join(varied(random, strings.Fields(texts[i]), 2+random.IntN(3)), " "))
		}
		sampled, exhaustive := sampledAndAll(t, texts, func(o *Options) { o.Kinds = []Kind{Exact, Near, Contained} })
		all += len(exhaustive.Pairs)
		missed += len(exhaustive.Pairs) - len(sampled.Pairs)
	}
	if missed*1000 > all || all < 10*rounds {
		t.Errorf("seed %d: %d of %d pairs are missed", seeded.Seed(), missed, all)
	}
	t.Logf("%d of %d pairs missed", missed, all)
}

// TestHotFurnitureAtLowThresholds has articles of which a fifth is furniture
// of all, so that every pair reaches a low threshold: the pairs are found, or it
// is said that some may not be.
func TestHotFurnitureAtLowThresholds(t *testing.T) {
	if testing.Short() {
		t.Skip("comparing 280,000 pairs a scan takes seconds")
	}
	for _, share := range []struct{ furniture, own int }{{64, 236}, {12, 100}} {
		random := rand.New(rand.NewPCG(seeded.Seed(), 9))
		furniture := words(random, share.furniture)
		texts := make([]string, 1100)
		for i := range texts {
			texts[i] = strings.Join(randomWords(random, share.own, 1000000), " ") + " " + furniture
		}
		all := len(texts) * (len(texts) - 1) / 2
		for _, threshold := range []float64{1e-9, 0.1} {
			result := scanOf(t, bodies(texts...), func(o *Options) {
				o.Workers, o.Kinds, o.Threshold, o.Containment = 2, []Kind{Near, Contained}, threshold, threshold
			})
			shared := float64(share.furniture - 4)
			jaccard := shared / (2*float64(share.own+share.furniture-4) - shared)
			found := len(result.Pairs)
			if jaccard >= threshold && found < all && result.Summary.Bounded == 0 {
				t.Errorf("%+v at %v: %d of %d pairs are found, and nothing is bounded", share, threshold, found, all)
			}
		}
	}
}

// TestPeriodicParagraphs holds that texts going round, whose sets of shingles
// are equal though the texts are not, are found near whatever their length.
func TestPeriodicParagraphs(t *testing.T) {
	for tokens := 8; tokens < 14; tokens++ {
		short := strings.Join(slices.Repeat([]string{"go", "red"}, tokens)[:tokens], " ")
		long := strings.Join(slices.Repeat([]string{"go", "red"}, tokens)[:tokens+1], " ")
		between := "something else that stands here and is no repeat"
		want := []found{{Within, "000:3", "000:1", long}}
		sampled, exhaustive := sampledAndAll(t, []string{article(short, between, long)}, func(o *Options) { o.Paragraphs = text.Line })
		for _, result := range []*Result{sampled, exhaustive} {
			if diff := gocmp.Diff(want, foundRepeats(result)); diff != "" {
				t.Errorf("%d and %d tokens, exhaustive=%t: repeats (-want +got):\n%s", tokens, tokens+1, result.Options.Exhaustive, diff)
			}
		}
	}
}
