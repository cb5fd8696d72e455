package candidate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

const shingleSize = 5

// words returns a text of that many tokens of a vocabulary of 50,000.
func words(random *rand.Rand, count int) []uint64 {
	tokens := make([]uint64, count)
	for i := range tokens {
		tokens[i] = random.Uint64N(50_000)
	}
	return tokens
}

// An edit of one token returns the tokens that stand in its place.
type edit struct {
	name  string
	apply func(token, other uint64) []uint64
}

var edits = []edit{
	{"substituted", func(_, other uint64) []uint64 { return []uint64{other} }},
	{"inserted", func(token, other uint64) []uint64 { return []uint64{token, other} }},
	{"deleted", func(uint64, uint64) []uint64 { return nil }},
}

// A spread says where edits stand in a text.
type spread struct {
	name  string
	order func(random *rand.Rand, length, count int) []int // of the first count edits
}

var spreads = []spread{
	{"evenly", func(_ *rand.Rand, length, count int) []int {
		at := make([]int, count)
		for i := range at {
			at[i] = (2*i + 1) * length / (2 * count)
		}
		return at
	}},
	{"at random", func(random *rand.Rand, length, count int) []int {
		// The same places for each count, so that more edits spoil more.
		return random.Perm(length)[:count]
	}},
}

// edited returns the text with count edits.
func edited(tokens []uint64, count int, edit edit, spread spread, seed uint64) []uint64 {
	random := rand.New(rand.NewPCG(seed, 0))
	spoiled := make([]bool, len(tokens))
	for _, at := range spread.order(random, len(tokens), count) {
		spoiled[at] = true
	}
	var text []uint64
	for i, token := range tokens {
		if spoiled[i] {
			text = append(text, edit.apply(token, random.Uint64N(50_000))...)
		} else {
			text = append(text, token)
		}
	}
	return text
}

// A class is a kind of pairs: near copies, or excerpts edited, with as many
// edits as the threshold allows.
type class struct {
	name        string
	least, most int // tokens of the smaller article
	container   int // most tokens of the larger one of an excerpt; 0 for a near copy
	threshold   float64
	pairs       int     // of each edit and each spread
	recall      float64 // at least

	// others is the recall of the alternatives, in their order.
	others [3]float64
}

// bound returns what a scan has at these thresholds.
func (c class) bound() Bound {
	containment := 0.8
	if c.container == 0 {
		containment = min(0.8, minhash.ContainmentAt(c.threshold))
	}
	return Bound{shingleSize, minhash.MaxWindow(shingleSize, containment), containment}
}

var classes = []class{
	{"near copies", 12, 49, 0, 0.8, 200, 0.999, [3]float64{1, 1, 1}},
	{"near copies", 50, 199, 0, 0.8, 200, 0.999, [3]float64{1, 1, 1}},
	{"near copies", 200, 1500, 0, 0.8, 50, 0.999, [3]float64{1, 1, 1}},
	{"near copies", 12, 49, 0, 0.5, 200, 0.999, [3]float64{1, 1, 0.94}},
	{"near copies", 50, 199, 0, 0.5, 200, 0.999, [3]float64{1, 1, 0.91}},
	{"near copies", 200, 1500, 0, 0.5, 50, 0.999, [3]float64{1, 1, 0.90}},
	// An edit at an end of the shortest excerpt that counts leaves a run of seven
	// shingles, one fewer than a window.
	{"excerpts", 12, 15, 5000, 0.8, 100, 0.98, [3]float64{0.49, 0.92, 0}},
	{"excerpts", 16, 31, 5000, 0.8, 100, 0.999, [3]float64{0.69, 0.99, 0}},
	{"excerpts", 32, 127, 5000, 0.8, 100, 0.999, [3]float64{0.96, 1, 0.01}},
	{"excerpts", 128, 500, 5000, 0.8, 100, 0.999, [3]float64{1, 1, 0.03}},
}

func (c class) String() string {
	return fmt.Sprintf("%s of %d to %d tokens at %v", c.name, c.least, c.most, c.threshold)
}

func (c class) similarity(text, other []uint64) float64 {
	set := func(tokens []uint64) similarity.Set {
		return similarity.NewSet(shingle.Append(nil, shingle.AppendSums(nil, tokens), shingleSize))
	}
	overlap := similarity.Compare(set(text), set(other))
	if c.container > 0 {
		return overlap.AInB()
	}
	return overlap.Jaccard()
}

// plant returns an article, and another that is as little like it as the threshold allows.
func (c class) plant(random *rand.Rand, edit edit, spread spread) (article, planted []uint64) {
	for {
		article = words(random, c.least+random.IntN(c.most-c.least+1))
		seed, original := random.Uint64(), article
		// The greatest number of edits of which neither it nor any found
		// between it and the bounds of the search is too great.
		low, high := 0, len(original)/2+1
		for low+1 < high {
			count := (low + high) / 2
			if c.similarity(edited(original, count, edit, spread, seed), original) >= c.threshold {
				low = count
			} else {
				high = count
			}
		}
		planted = edited(original, low, edit, spread, seed)
		if c.container > 0 {
			around := words(random, len(article)+random.IntN(c.container-2*len(article)+1))
			return slices.Insert(around, random.IntN(len(around)), article...), planted
		}
		if low > 0 { // else the texts are equal, and no candidates are needed
			return article, planted
		}
		spread = spreads[1] // which has edits near the ends of a short text
	}
}

// corpus returns the shingles of the articles of a class: positions 2n and 2n+1 are a pair.
func (c class) corpus(random *rand.Rand) [][]uint64 {
	var shingles [][]uint64
	for _, edit := range edits {
		for _, spread := range spreads {
			for range c.pairs {
				article, planted := c.plant(random, edit, spread)
				shingles = append(shingles,
					shingle.Append(nil, shingle.AppendSums(nil, article), shingleSize), shingle.Append(nil, shingle.AppendSums(nil, planted), shingleSize))
			}
		}
	}
	return shingles
}

// minima indexes the sketches that a scan makes, and counts their samples.
func minima(t *testing.T, shingles [][]uint64, window int) (index *Index, samples int) {
	t.Helper()
	var sizes Sizes
	var sketcher minhash.Sketcher
	var store group.Store
	var batch group.Batch
	for article, hashes := range shingles {
		sketch := sketcher.Sketch(hashes, window)
		var bitmap Map
		bitmap.Fill(hashes)
		sizes.Add(sketch.Shingles, sketch.Windows, sketch.Whole, &bitmap)
		batch.Reset()
		for _, sample := range sketch.Samples {
			batch.Add(sample.Key, 0, sample.Weight)
		}
		batch.Part()
		if err := store.Append(&batch, article); err != nil {
			t.Fatal(err)
		}
	}
	articleOf := make([]uint32, len(shingles))
	for article := range articleOf {
		articleOf[article] = uint32(article)
	}
	ranking := NewRanking(&sizes, everything)
	parts := make([]Ranks, group.Partitions)
	for part := range parts {
		lists, err := new(group.Lister).Lists(&store, part)
		if err != nil {
			t.Fatal(err)
		}
		for list := range lists.Len() {
			owners, weights := lists.Of(list)
			parts[part].Add(ranking, articleOf, owners, weights)
		}
	}
	return NewIndex(ranking, parts), store.Len()
}

// found counts the planted pairs among candidates.
func found(candidates []Pair) int {
	count := 0
	for _, pair := range candidates {
		if pair.A%2 == 0 && pair.B == pair.A+1 {
			count++
		}
	}
	return count
}

// TestContainedRecall plants pairs of each class in a corpus of its own, where all
// else is unrelated, and finds at least 999 of 1000 of them, but for the
// shortest excerpts that have been edited. What the
// alternatives find of them is what doc.go of package dedup cites.
func TestContainedRecall(t *testing.T) {
	random := seeded.Rand(t)
	for _, class := range classes {
		if testing.Short() {
			class.pairs /= 5
		}
		corpus := class.corpus(random)
		bound := class.bound()
		index, samples := minima(t, corpus, bound.Window)
		candidates, bounded := ask(index, bound)
		pairs := len(corpus) / 2

		recall := float64(found(candidates)) / float64(pairs)
		t.Logf("%v: minima %.4f of %d samples an article", class, recall, samples/len(corpus))
		if recall < class.recall || bounded != nil {
			t.Errorf("%v: recall %.4f, want %v; bounded %v", class, recall, class.recall, bounded)
		}
		if strangers := len(candidates) - found(candidates); strangers > pairs/100 {
			t.Errorf("%v: %d candidates are none", class, strangers)
		}
		if testing.Short() {
			continue
		}
		for i, way := range alternatives {
			met, samples := way.found(corpus)
			recall := float64(met) / float64(pairs)
			t.Logf("%v: %s %.4f of %d samples", class, way.name, recall, samples/len(corpus))
			if math.Abs(recall-class.others[i]) > 0.07 { // four standard deviations
				t.Errorf("%v: the recall of %s is %.4f, want about %v", class, way.name, recall, class.others[i])
			}
		}
	}
}

// TestQuotesAreNoCandidates has stories with a quote of 25 words in common.
func TestQuotesAreNoCandidates(t *testing.T) {
	random := seeded.Rand(t)
	for _, threshold := range []float64{0.8, 0.5} {
		bound := class{threshold: threshold}.bound()
		var corpus [][]uint64
		quote := words(random, 25)
		for range 200 {
			story := words(random, 300+random.IntN(500))
			story = slices.Insert(story, random.IntN(len(story)), quote...)
			corpus = append(corpus, shingle.Append(nil, shingle.AppendSums(nil, story), shingleSize))
		}
		index, _ := minima(t, corpus, bound.Window)
		if candidates, _ := ask(index, bound); len(candidates) > 0 {
			t.Errorf("at %v: %d candidates share nothing but a quote", threshold, len(candidates))
		}
	}
}
