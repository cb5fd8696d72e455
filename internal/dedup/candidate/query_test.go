package candidate

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// defaults are what a scan looks for.
var defaults = Bound{ShingleSize: 5, Containment: 0.8}

func everything(int) bool { return true }

// sketch is what an article is known by.
type sketch struct {
	samples []uint64 // with their levels, of distinct keys
	window  int
	size    int
}

// plain is the sketch of an article that has as many shingles as samples, all
// of them minima of the longest window, so that none is discounted.
func plain(hashes []uint64, window int) sketch {
	return sketch{atLevels(hashes, func() int { return minhash.Levels - 1 }), window, len(hashes)}
}

// atLevels makes samples of the hashes.
func atLevels(hashes []uint64, level func() int) []uint64 {
	samples := make([]uint64, len(hashes))
	for i, hash := range hashes {
		samples[i] = minhash.Key(hash) | uint64(level())
	}
	return samples
}

func sketchesOf(articles []sketch) *Sketches {
	var sketches Sketches
	for _, article := range articles {
		sketches.Add(article.samples, article.window, article.size)
	}
	return &sketches
}

// ask returns the candidates of all articles, ordered, and the articles that
// are bounded, by position.
func ask(index *Index, bound Bound) (pairs []Pair, bounded []uint32) {
	query := NewQuery(index, bound)
	for rank := range index.Len() {
		var isBounded bool
		if pairs, isBounded = query.Append(pairs, rank); isBounded {
			bounded = append(bounded, index.articles[rank])
		}
	}
	slices.SortFunc(pairs, Pair.Compare)
	slices.Sort(bounded)
	return pairs, bounded
}

// brute finds the candidates by the rules of the package comment, from lists of
// articles in order of size.
type brute struct {
	articles []sketch
	bound    Bound
	order    []int            // by size, then position
	standsIn map[uint64][]int // by key: positions in order, ascending
}

func newBrute(articles []sketch, bound Bound, include func(int) bool) *brute {
	b := &brute{articles: articles, bound: bound, standsIn: make(map[uint64][]int)}
	for i, article := range articles {
		if include(i) && len(article.samples) > 0 {
			b.order = append(b.order, i)
		}
	}
	slices.SortFunc(b.order, func(i, j int) int {
		return cmp.Or(cmp.Compare(articles[i].size, articles[j].size), cmp.Compare(i, j))
	})
	for rank, i := range b.order {
		for _, sample := range articles[i].samples {
			b.standsIn[minhash.Key(sample)] = append(b.standsIn[minhash.Key(sample)], rank)
		}
	}
	return b
}

// least is the number of common samples asked of a pair whose longer window is
// given, and how many of the samples it is asked of are hot.
func (b *brute) least(small sketch, window int) (least, hot int) {
	counted := 0
	for _, sample := range small.samples {
		if 1<<minhash.LevelOf(sample) < window {
			continue
		}
		counted++
		if len(b.standsIn[minhash.Key(sample)]) > HotList {
			hot++
		}
	}
	share := minhash.ExpectedShare(b.bound.ShingleSize, b.bound.Containment, window)
	usual := float64(small.size) * 2 / float64(window+1)
	if float64(counted) > usual {
		usual = float64(counted)
	}
	return minhash.LeastExpected(float64(counted)-(1-share)*usual, window), hot
}

// looksAtHot reports whether the cold samples alone may be too few for a pair.
func (b *brute) looksAtHot(small sketch) bool {
	if _, hot := b.least(small, 1); hot == 0 {
		return false
	}
	return slices.ContainsFunc(b.order, func(i int) bool {
		least, hot := b.least(small, max(small.window, b.articles[i].window))
		return least <= hot
	})
}

// meet counts the samples by which the article of the rank meets the ones after it.
func (b *brute) meet(rank int, looksAtHot bool) (met map[int]int, bounded bool) {
	met = make(map[int]int)
	for _, sample := range b.articles[b.order[rank]].samples {
		list := b.standsIn[minhash.Key(sample)]
		after := list[slices.Index(list, rank)+1:]
		if len(list) > HotList {
			if !looksAtHot {
				continue
			}
			if len(after) > HotWindow {
				after, bounded = after[:HotWindow], true
			}
		}
		for _, other := range after {
			met[other]++
		}
	}
	return met, bounded
}

// candidates are the pairs, ordered, and the positions of the bounded articles.
func (b *brute) candidates() (pairs []Pair, bounded []uint32) {
	for rank, i := range b.order {
		small := b.articles[i]
		looksAtHot := b.looksAtHot(small)
		met, cut := b.meet(rank, looksAtHot)
		partners := slices.DeleteFunc(slices.Sorted(maps.Keys(met)), func(other int) bool {
			large := b.articles[b.order[other]]
			least, hot := b.least(small, max(small.window, large.window))
			if looksAtHot {
				return common(small.samples, large.samples) < least
			}
			return met[other] < least-hot
		})
		if len(partners) > MaxPartners {
			slices.SortStableFunc(partners, func(p, q int) int { return cmp.Compare(met[q], met[p]) })
			partners, cut = partners[:MaxPartners], true
		}
		for _, other := range partners {
			pairs = append(pairs, Pair{uint32(min(i, b.order[other])), uint32(max(i, b.order[other]))})
		}
		if cut {
			bounded = append(bounded, uint32(i))
		}
	}
	slices.SortFunc(pairs, Pair.Compare)
	slices.Sort(bounded)
	return pairs, bounded
}

// common counts the samples of both, at whatever level.
func common(a, b []uint64) int {
	stands := make(map[uint64]bool, len(b))
	for _, sample := range b {
		stands[minhash.Key(sample)] = true
	}
	count := 0
	for _, sample := range a {
		if stands[minhash.Key(sample)] {
			count++
		}
	}
	return count
}

// relatives makes articles that share samples to every degree.
func relatives(random *rand.Rand, count int) []sketch {
	pool := hashesOf(random, 1+random.IntN(80))
	articles := make([]sketch, count)
	for i := range articles {
		level := random.IntN(minhash.Levels)
		hashes := someOf(random, pool, random.Float64(), random.IntN(8))
		samples := atLevels(hashes, func() int { return level + random.IntN(minhash.Levels-level) })
		articles[i] = sketch{samples, 1 << level, len(samples) + random.IntN(4)*random.IntN(100)}
	}
	return articles
}

// checkBrute holds the index to the rules, and returns the numbers of
// candidates and of bounded articles.
func checkBrute(t *testing.T, articles []sketch, bound Bound, include func(int) bool) (candidates, bounded int) {
	t.Helper()
	want, wantBounded := newBrute(articles, bound, include).candidates()
	got, gotBounded := ask(NewIndex(sketchesOf(articles), include), bound)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("%+v: candidates of %d articles (-want +got):\n%s", bound, len(articles), diff)
	}
	if diff := gocmp.Diff(wantBounded, gotBounded); diff != "" {
		t.Fatalf("%+v: bounded of %d articles (-want +got):\n%s", bound, len(articles), diff)
	}
	return len(got), len(gotBounded)
}

func TestCandidates(t *testing.T) {
	random := seeded.Rand(t)
	total := 0
	for range 300 {
		articles := relatives(random, random.IntN(30))
		excluded := random.IntN(3) == 0
		include := func(article int) bool { return !excluded || article%3 > 0 }
		bound := Bound{ShingleSize: 1 + random.IntN(9), Containment: 0.3 + 0.7*random.Float64()}
		found, bounded := checkBrute(t, articles, bound, include)
		if bounded > 0 {
			t.Errorf("%d of %d articles are bounded", bounded, len(articles))
		}
		total += found
	}
	if total < 1000 {
		t.Errorf("only %d candidates in all", total)
	}
}

func TestIndexOfNothing(t *testing.T) {
	for _, articles := range [][]sketch{
		nil, {plain(nil, 1)}, {plain(nil, 1), plain(nil, 8)}, {plain([]uint64{1}, 1), plain(nil, 1)},
	} {
		pairs, bounded := ask(NewIndex(sketchesOf(articles), everything), defaults)
		if pairs != nil || bounded != nil {
			t.Errorf("%v: candidates %v, bounded %v", articles, pairs, bounded)
		}
	}
}

// TestWhole holds that an article whose window is one is known by its keys.
func TestWhole(t *testing.T) {
	sketches := sketchesOf([]sketch{{[]uint64{4, 9, 15}, 1, 3}, {[]uint64{4, 9, 15}, 2, 5}, {nil, 1, 0}})
	for article, want := range [][]uint64{{4, 8, 12}, {4, 8, 12}, {}} {
		got, ok := sketches.Keys(article), sketches.IsWhole(article)
		if diff := gocmp.Diff(want, got); diff != "" || ok != (article != 1) {
			t.Errorf("article %d: whole %t, keys (-want +got):\n%s", article, ok, diff)
		}
	}
}

// TestHotSamples puts the articles of TestCandidates among more than HotList
// others that share one sample or a few with all of them.
func TestHotSamples(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	total, bounded := 0, 0
	for range rounds {
		furniture := hashesOf(random, 1+random.IntN(5))
		articles := relatives(random, 30)
		for i := range articles {
			level := minhash.Level(articles[i].window)
			articles[i].samples = append(articles[i].samples, atLevels(furniture, func() int {
				return level + random.IntN(minhash.Levels-level)
			})...)
		}
		for len(articles) <= HotList {
			articles = append(articles, plain(someOf(random, furniture, 1, 2), 1))
		}
		found, cut := checkBrute(t, articles, Bound{5, 0.2 + 0.8*random.Float64()}, everything)
		total, bounded = total+found, bounded+cut
	}
	if total < 50*rounds || bounded < rounds {
		t.Errorf("only %d candidates and %d bounded articles in all", total, bounded)
	}
}

// TestBoundOfHotArticles has count articles of the same samples alone. Where
// they are hot each sees the next HotWindow in order of size, else it keeps MaxPartners.
func TestBoundOfHotArticles(t *testing.T) {
	random := seeded.Rand(t)
	furniture := someOf(random, hashesOf(random, 30), 1, 0)
	for _, count := range []int{HotList, HotList + 1} {
		articles := slices.Repeat([]sketch{plain(furniture, 1)}, count)
		window := MaxPartners // no list is hot
		if count > HotList {
			window = HotWindow
		}
		var want []Pair
		var wantBounded []uint32
		for a := range uint32(count) {
			for b := a + 1; b < uint32(min(count, int(a)+1+window)); b++ {
				want = append(want, Pair{a, b})
			}
			if int(a)+1+window < count {
				wantBounded = append(wantBounded, a)
			}
		}
		got, bounded := ask(NewIndex(sketchesOf(articles), everything), defaults)
		if !slices.Equal(want, got) { // Diff of half a million pairs takes long
			t.Errorf("%d articles: %d candidates, want %d", count, len(got), len(want))
		}
		if diff := gocmp.Diff(wantBounded, bounded); diff != "" {
			t.Errorf("%d articles: bounded (-want +got):\n%s", count, diff)
		}
	}
}

// TestFurnitureIsNoCandidate has articles of which a third of the samples are
// furniture of all: they do without it, and nothing is bounded.
func TestFurnitureIsNoCandidate(t *testing.T) {
	random := seeded.Rand(t)
	furniture := hashesOf(random, 20)
	var articles []sketch
	for range 2 * HotList {
		articles = append(articles, plain(someOf(random, furniture, 1, 40), 8))
	}
	// One of them stands again, far away in the order of size.
	copied := someOf(random, append(furniture, articles[700].samples...), 1, 2000)
	articles = append(articles, plain(copied, 8))
	got, bounded := ask(NewIndex(sketchesOf(articles), everything), defaults)
	if diff := gocmp.Diff([]Pair{{700, uint32(len(articles) - 1)}}, got); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	if len(bounded) > 0 {
		t.Errorf("%d articles are bounded", len(bounded))
	}
}

// TestRecount has articles of which three quarters are furniture, different
// pieces of it, and a copy of one so far away in the order of size that only its cold
// samples are met, which alone would be too few.
func TestRecount(t *testing.T) {
	if testing.Short() {
		t.Skip("sorting half a million samples takes a second")
	}
	random := seeded.Rand(t)
	furniture := hashesOf(random, 280)
	var articles []sketch
	for range 4 * HotList { // of which 1,229 have each piece
		articles = append(articles, plain(someOf(random, furniture, 0.3, 36), 8))
	}
	articles = append(articles, plain(someOf(random, articles[700].samples, 1, 2000), 8))
	got, bounded := ask(NewIndex(sketchesOf(articles), everything), defaults)
	if diff := gocmp.Diff([]Pair{{700, uint32(len(articles) - 1)}}, got); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	if len(bounded) < 3*HotList {
		t.Errorf("%d articles are bounded, want nearly all of %d", len(bounded), len(articles))
	}
}

// TestFamilyWithFurniture has 600 near copies, of which a third of the samples
// are furniture of many more: each is compared with MaxPartners of the others.
func TestFamilyWithFurniture(t *testing.T) {
	random := seeded.Rand(t)
	furniture, story := hashesOf(random, 40), hashesOf(random, 80)
	articles := slices.Repeat([]sketch{plain(someOf(random, append(furniture, story...), 1, 0), 8)}, 600)
	for len(articles) <= 2*HotList {
		articles = append(articles, plain(someOf(random, furniture, 1, 400), 8))
	}
	var want []Pair
	var wantBounded []uint32
	for a := range uint32(600) {
		for b := a + 1; b < min(600, a+1+MaxPartners); b++ {
			want = append(want, Pair{a, b})
		}
		if a+1+MaxPartners < 600 {
			wantBounded = append(wantBounded, a)
		}
	}
	got, bounded := ask(NewIndex(sketchesOf(articles), everything), defaults)
	if !slices.Equal(want, got) {
		t.Errorf("%d candidates, want %d", len(got), len(want))
	}
	if diff := gocmp.Diff(wantBounded, bounded); diff != "" {
		t.Errorf("bounded (-want +got):\n%s", diff)
	}
}

// TestEditsOutsideOfFurniture has a large pair whose furniture is hot and
// unchanged, so that all that is changed is in the samples that are looked up.
func TestEditsOutsideOfFurniture(t *testing.T) {
	random := seeded.Rand(t)
	furniture, story := hashesOf(random, 2000), hashesOf(random, 6000)
	original := someOf(random, append(furniture, story...), 1, 0)
	// Of 8,000 samples 5,800 are common: 0.725, where 0.7125 may be expected.
	changed := someOf(random, append(furniture, story[:3800]...), 1, 2200)
	articles := []sketch{plain(original, 8), plain(changed, 8)}
	for len(articles) <= HotList {
		articles = append(articles, plain(someOf(random, furniture, 1, 0)[:300], 8))
	}
	got, _ := ask(NewIndex(sketchesOf(articles), everything), defaults)
	if !slices.Contains(got, Pair{0, 1}) {
		t.Errorf("not a candidate among %d", len(got))
	}
}

// TestLargeArticles has more samples in common than 16 bits count.
func TestLargeArticles(t *testing.T) {
	random := seeded.Rand(t)
	samples := someOf(random, hashesOf(random, 150_000), 1, 0)
	got, bounded := ask(NewIndex(sketchesOf([]sketch{plain(samples, 1), plain(samples, 1)}), everything), defaults)
	if diff := gocmp.Diff([]Pair{{0, 1}}, got); diff != "" || bounded != nil {
		t.Errorf("bounded %v, candidates (-want +got):\n%s", bounded, diff)
	}
}

// family returns the sketches of near copies of one article of 110 samples.
func family(random *rand.Rand, count int) []sketch {
	original := hashesOf(random, 110)
	articles := make([]sketch, count)
	for i := range articles {
		articles[i] = plain(someOf(random, original, 0.9, 11), 8)
	}
	return articles
}

// TestFamilyIsLinear has 20,000 near copies. All pairs would be 200 million;
// the bounds leave at most MaxPartners for each.
func TestFamilyIsLinear(t *testing.T) {
	count := 20_000
	if testing.Short() {
		count = 4000
	}
	start := time.Now()
	pairs, bounded := ask(NewIndex(sketchesOf(family(seeded.Rand(t), count)), everything), defaults)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if len(pairs) > count*MaxPartners || len(pairs) < count*HotWindow {
		t.Errorf("%d candidates of %d articles, at most %d of each are to be compared", len(pairs), count, MaxPartners)
	}
	if len(bounded) < count-2*HotWindow {
		t.Errorf("%d articles are bounded, want nearly all of %d", len(bounded), count)
	}
}

// TestConcurrentQueries asks one index from several goroutines.
func TestConcurrentQueries(t *testing.T) {
	index := NewIndex(sketchesOf(relatives(seeded.Rand(t), 200)), everything)
	want, _ := ask(index, defaults)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if got, _ := ask(index, defaults); !slices.Equal(want, got) {
				t.Errorf("%d candidates, want %d", len(got), len(want))
			}
		})
	}
	group.Wait()
}

// corpus makes sketches of articles of 500 words of 6 bytes: families of near
// copies, of that size or, for 0, of one or two.
func corpus(random *rand.Rand, count, familySize int) []sketch {
	var articles []sketch
	for len(articles) < count {
		if familySize > 0 {
			articles = append(articles, family(random, familySize)...)
			continue
		}
		articles = append(articles, family(random, 1+random.IntN(2))...)
	}
	return articles
}

func BenchmarkCandidates(b *testing.B) {
	for _, familySize := range []int{0, 1000, 20_000} {
		articles := corpus(seeded.Rand(b), 20_000, familySize)
		sketches := sketchesOf(articles)
		b.Run(fmt.Sprint("index/families-of-", familySize), func(b *testing.B) {
			b.SetBytes(int64(len(articles)) * 500 * 6)
			b.ReportAllocs()
			for b.Loop() {
				NewIndex(sketches, everything)
			}
		})
		b.Run(fmt.Sprint("query/families-of-", familySize), func(b *testing.B) {
			index := NewIndex(sketches, everything)
			query := NewQuery(index, defaults)
			var pairs []Pair
			b.SetBytes(int64(len(articles)) * 500 * 6)
			b.ReportAllocs()
			for b.Loop() {
				pairs = pairs[:0]
				for rank := range index.Len() {
					pairs, _ = query.Append(pairs, rank)
				}
			}
			b.ReportMetric(float64(len(pairs))/float64(len(articles)), "candidates/article")
		})
	}
}
