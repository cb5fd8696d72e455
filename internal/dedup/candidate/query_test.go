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

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// defaults are what a scan looks for.
var defaults = Bound{ShingleSize: 5, Window: 8, Containment: 0.8}

// keysOf are the keys of an article's samples.
func keysOf(article sketch) (keys []uint64) {
	for _, sample := range article.samples {
		keys = append(keys, sample.Key)
	}
	return keys
}

func everything(int) bool { return true }

// sketch is what an article is known by.
type sketch struct {
	samples  []minhash.Sample // some of them of one key
	shingles int
	windows  int
	whole    bool
	bitmap   Map // of nothing, unless it is to rule partners out
}

// plain is the sketch of an article that has as many shingles and as many windows as
// samples.
func plain(hashes []uint64) sketch {
	article := sketch{shingles: len(hashes), windows: len(hashes)}
	for _, hash := range hashes {
		article.samples = append(article.samples, minhash.Sample{Key: hash, Weight: 1})
	}
	return article
}

// ownersOf is the number of owners that an article's samples are spread over.
const ownersOf = 3

// articlesOf are the articles of all owners.
func articlesOf(articles int) []uint32 {
	owners := make([]uint32, 0, ownersOf*articles)
	for article := range uint32(articles) {
		owners = append(owners, article, article, article)
	}
	return owners
}

// indexOf builds the index.
func indexOf(articles []sketch, include func(int) bool) *Index {
	sizes, lists := samplesOf(articles)
	ranking := NewRanking(sizes, include)
	return NewIndex(ranking, ranksOf(ranking, lists, func([]uint32) bool { return true }))
}

// ranksOf ranks the lists of chosen owners, in three parts.
func ranksOf(ranking *Ranking, lists *group.Lists, choose func(owners []uint32) bool) []Ranks {
	parts := make([]Ranks, 3)
	parts[2].Grow(len(lists.Owners))
	articleOf := articlesOf(len(ranking.rankOf))
	for list := range lists.Len() {
		if owners, weights := lists.Of(list); choose(owners) {
			parts[list%len(parts)].Add(ranking, articleOf, owners, weights)
		}
	}
	return parts
}

// samplesOf makes the lists with a map, those of one owner too.
func samplesOf(articles []sketch) (*Sizes, *group.Lists) {
	var sizes Sizes
	sizes.Grow(len(articles))
	type entry struct {
		owner uint32
		tag   uint8
	}
	lists := make(map[uint64][]entry)
	for id, article := range articles {
		sizes.Add(article.shingles, article.windows, article.whole, &article.bitmap)
		for i, sample := range article.samples {
			owner := uint32(ownersOf*id + i*ownersOf/len(article.samples))
			lists[sample.Key] = append(lists[sample.Key], entry{owner, sample.Weight})
		}
	}
	var all group.Lists
	for _, key := range slices.Sorted(maps.Keys(lists)) {
		for _, e := range lists[key] {
			all.Owners, all.Tags = append(all.Owners, e.owner), append(all.Tags, e.tag)
		}
		all.Ends = append(all.Ends, uint32(len(all.Owners)))
	}
	return &sizes, &all
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
	weights  []map[uint64]int // by rank, then key
	standsIn map[uint64][]int // by key: ranks, ascending
}

func newBrute(articles []sketch, bound Bound, include func(int) bool) *brute {
	b := &brute{articles: articles, bound: bound, standsIn: make(map[uint64][]int)}
	for i, article := range articles {
		if include(i) && article.shingles > 0 {
			b.order = append(b.order, i)
		}
	}
	slices.SortFunc(b.order, func(i, j int) int {
		return cmp.Or(cmp.Compare(articles[i].shingles, articles[j].shingles), cmp.Compare(i, j))
	})
	for rank, i := range b.order {
		weights := make(map[uint64]int)
		for _, sample := range articles[i].samples {
			if _, known := weights[sample.Key]; !known {
				b.standsIn[sample.Key] = append(b.standsIn[sample.Key], rank)
			}
			weights[sample.Key] = min(255, weights[sample.Key]+int(sample.Weight))
		}
		b.weights = append(b.weights, weights)
	}
	return b
}

// of returns the article of a rank.
func (b *brute) of(rank int) sketch { return b.articles[b.order[rank]] }

func (b *brute) bothWhole(rank, other int) bool { return b.of(rank).whole && b.of(other).whole }

// bar is the least that an article must have in common with a partner.
func (b *brute) bar(article sketch, bothWhole bool) int {
	missing := minhash.Missing(article.shingles, b.bound.Containment)
	if bothWhole {
		return max(1, article.shingles-missing)
	}
	return max(1, article.windows-minhash.Lost(missing, b.bound.Window, b.bound.ShingleSize))
}

// counts is what a sample that two articles share adds to what they have in common.
func (b *brute) counts(rank int, key uint64, bothWhole bool) int {
	if bothWhole {
		return 1
	}
	return b.weights[rank][key]
}

// common is all that an article has in common with another.
func (b *brute) common(rank, other int) (common int) {
	for key := range b.weights[rank] {
		if _, shared := b.weights[other][key]; shared {
			common += b.counts(rank, key, b.bothWhole(rank, other))
		}
	}
	return common
}

// reaches reports whether a partner that shares so much may reach a bar.
func (b *brute) reaches(rank, shingles, windows int) bool {
	article := b.of(rank)
	return windows >= b.bar(article, false) || article.whole && shingles >= b.bar(article, true)
}

// shared are the keys of an article that others have too, by the class of their lists.
func (b *brute) shared(rank int) (byClass map[int][]uint64, shingles, windows int) {
	byClass = make(map[int][]uint64)
	for key, weight := range b.weights[rank] {
		if length := len(b.standsIn[key]); length > 1 {
			byClass[lengthClass(length)] = append(byClass[lengthClass(length)], key)
			shingles, windows = shingles+1, windows+weight
		}
	}
	return byClass, shingles, windows
}

// askedOf are the keys whose lists an article looks at: none where all it shares
// is too little, else all but the longest, of which all together are too little.
func (b *brute) askedOf(rank int) (keys []uint64) {
	byClass, shingles, windows := b.shared(rank)
	if !b.reaches(rank, shingles, windows) {
		return nil
	}
	skippedShingles, skippedWindows, skips := 0, 0, true
	for _, class := range slices.Backward(slices.Sorted(maps.Keys(byClass))) {
		for _, key := range byClass[class] {
			skippedShingles, skippedWindows = skippedShingles+1, skippedWindows+b.weights[rank][key]
		}
		if skips = skips && !b.reaches(rank, skippedShingles, skippedWindows); !skips {
			keys = append(keys, byClass[class]...)
		}
	}
	return keys
}

// meet counts what the article shares with those after it that it looks at, and
// returns the keys whose lists it has looked at to their ends.
func (b *brute) meet(rank int, keys []uint64) (met map[int]int, toTheEnd []uint64) {
	met = make(map[int]int)
	for _, key := range keys {
		list := b.standsIn[key]
		after := list[slices.Index(list, rank)+1:]
		if len(list) > HotList && len(after) > HotWindow {
			after = after[:HotWindow]
		} else {
			toTheEnd = append(toTheEnd, key)
		}
		for _, other := range after {
			if count := b.counts(rank, key, b.bothWhole(rank, other)); count > 0 {
				met[other] += count
			}
		}
	}
	return met, toTheEnd
}

// mapsAllow reports whether the other's map does not show that it lacks too much.
func (b *brute) mapsAllow(rank, other int) bool {
	article, partner := b.of(rank), b.of(other)
	missing := minhash.Missing(article.shingles, b.bound.Containment) + article.shingles/64
	return article.bitmap.Missing(&partner.bitmap) <= partner.bitmap.mostMissing(missing)
}

// exact are the partners by the definition, with what they have in common:
// all that reach the bar and that no map rules out.
func (b *brute) exact(rank int) map[int]int {
	likely := make(map[int]int)
	for other := rank + 1; other < len(b.order); other++ {
		if common := b.common(rank, other); common >= b.bar(b.of(rank), b.bothWhole(rank, other)) && b.mapsAllow(rank, other) {
			likely[other] = common
		}
	}
	return likely
}

// best returns the ranks of the highest counts, of equal ones the first.
func best(counts map[int]int, most int) (ranks []int, bounded bool) {
	ranks = slices.SortedFunc(maps.Keys(counts), func(p, q int) int {
		return cmp.Or(cmp.Compare(counts[q], counts[p]), cmp.Compare(p, q))
	})
	if len(ranks) > most {
		return ranks[:most], true
	}
	return ranks, false
}

// partners are the ranks of an article's candidates: of those that it meets, but for
// what it shares in lists that it has not looked at to their ends, the best.
func (b *brute) partners(rank int) (partners []int, bounded bool) {
	asked := b.askedOf(rank)
	met, toTheEnd := b.meet(rank, asked)
	skippedShingles, skippedWindows := 0, 0
	byClass, _, _ := b.shared(rank)
	for _, keys := range byClass {
		for _, key := range keys {
			if !slices.Contains(toTheEnd, key) {
				skippedShingles, skippedWindows = skippedShingles+1, skippedWindows+b.weights[rank][key]
			}
		}
	}
	maps.DeleteFunc(met, func(other, common int) bool {
		if b.bothWhole(rank, other) {
			return common+skippedShingles < b.bar(b.of(rank), true)
		}
		return common+skippedWindows < b.bar(b.of(rank), false)
	})
	looked, cut := best(met, 4*MaxPartners)
	exact := b.exact(rank)
	maps.DeleteFunc(exact, func(other, _ int) bool { return !slices.Contains(looked, other) })
	partners, cutAgain := best(exact, MaxPartners)
	return partners, len(toTheEnd) < len(asked) || cut || cutAgain
}

// candidates are the pairs, ordered, and the positions of the bounded articles.
func (b *brute) candidates() (pairs []Pair, bounded []uint32) {
	for rank, i := range b.order {
		partners, cut := b.partners(rank)
		if exact := b.exact(rank); !cut && len(exact) != len(partners) {
			panic(fmt.Sprintf("%d of %d partners are passed over, and it is not said", len(exact)-len(partners), len(exact)))
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

// someSketch makes a sketch of keys of which some come again, some are
// minima of no window, and one perhaps of more than fit in a byte.
func someSketch(random *rand.Rand, keys []uint64) sketch {
	article := sketch{whole: random.IntN(2) == 0, shingles: len(keys) + random.IntN(4)*random.IntN(100)}
	for _, key := range keys {
		for {
			weight := random.IntN(9)
			article.samples = append(article.samples, minhash.Sample{Key: key, Weight: uint8(weight)})
			article.windows += weight
			if random.IntN(10) > 0 {
				break
			}
		}
	}
	if len(keys) > 0 && random.IntN(20) == 0 {
		for range 300 {
			article.samples = append(article.samples, minhash.Sample{Key: keys[0], Weight: 1})
		}
	}
	article.windows -= random.IntN(3) * random.IntN(article.windows+2) // some for what stands there before
	if article.whole {
		article.shingles = len(keys)
	}
	if random.IntN(4) > 0 {
		article.bitmap.Fill(keys)
	}
	return article
}

// relatives makes articles that share samples to every degree.
func relatives(random *rand.Rand, count int) []sketch {
	pool := hashesOf(random, 1+random.IntN(80))
	articles := make([]sketch, count)
	for i := range articles {
		articles[i] = someSketch(random, someOf(random, pool, random.Float64(), random.IntN(8)))
	}
	return articles
}

// checkBrute holds the index to the rules, and returns the numbers of
// candidates and of bounded articles.
func checkBrute(t *testing.T, articles []sketch, bound Bound, include func(int) bool) (candidates, bounded int) {
	t.Helper()
	want, wantBounded := newBrute(articles, bound, include).candidates()
	got, gotBounded := ask(indexOf(articles, include), bound)
	if !slices.Equal(want, got) { // Diff of many pairs takes long
		t.Fatalf("%+v: candidates of %d articles (-want +got):\n%s", bound, len(articles), gocmp.Diff(want, got))
	}
	if diff := gocmp.Diff(wantBounded, gotBounded); diff != "" {
		t.Fatalf("%+v: bounded of %d articles (-want +got):\n%s", bound, len(articles), diff)
	}
	return len(got), len(gotBounded)
}

// someBound is any bound.
func someBound(random *rand.Rand) Bound {
	return Bound{ShingleSize: 1 + random.IntN(9), Window: 1 << random.IntN(4), Containment: 0.3 + 0.7*random.Float64()}
}

func TestCandidates(t *testing.T) {
	random := seeded.Rand(t)
	total := 0
	for range 500 {
		articles := relatives(random, random.IntN(30))
		excluded := random.IntN(3) == 0
		include := func(article int) bool { return !excluded || article%3 > 0 }
		found, bounded := checkBrute(t, articles, someBound(random), include)
		if bounded > 0 {
			t.Errorf("%d of %d articles are bounded", bounded, len(articles))
		}
		total += found
	}
	if total < 2000 {
		t.Errorf("only %d candidates in all", total)
	}
}

// TestIndexOfNothing holds that an article without a shingle is in no index.
func TestIndexOfNothing(t *testing.T) {
	nothing, something := plain(nil), plain([]uint64{1})
	for _, test := range []struct {
		articles []sketch
		length   int
	}{
		{nil, 0}, {[]sketch{nothing}, 0}, {[]sketch{nothing, nothing}, 0}, {[]sketch{something, nothing}, 1},
	} {
		index := indexOf(test.articles, everything)
		pairs, bounded := ask(index, defaults)
		if pairs != nil || bounded != nil || index.Len() != test.length {
			t.Errorf("%v: an index of %d, candidates %v, bounded %v", test.articles, index.Len(), pairs, bounded)
		}
	}
}

// TestWhole has articles that share 80 of 100 shingles or one fewer. Where
// both are whole the shingles count, whatever windows they are minima of; else
// the windows, of which 45 are the bar.
func TestWhole(t *testing.T) {
	hashes := hashesOf(seeded.Rand(t), 100)
	for _, test := range []struct {
		wholeA, wholeB          bool
		shared, weight, windows int
		want                    bool
	}{
		{true, true, 80, 0, 100, true},
		{true, true, 79, 8, 100, false},
		{true, false, 80, 0, 100, false},
		{false, true, 80, 0, 100, false},
		{true, false, 45, 1, 100, true},
		{false, true, 45, 1, 100, true},
		{false, false, 45, 1, 100, true},
		{false, false, 44, 1, 100, false},
		{false, false, 6, 8, 100, true},
		{false, false, 5, 8, 100, false},
		{false, false, 1, 1, 56, true}, // of 56 windows, 55 may be lost
		{false, false, 1, 1, 5, true},  // nothing is promised
		{true, false, 1, 1, -300, true},
	} {
		a, b := plain(hashes), plain(append(slices.Clone(hashes[:test.shared]), hashesOf(seeded.Rand(t), 200)[100:]...))
		for i := range a.samples {
			a.samples[i].Weight = uint8(test.weight)
		}
		a.windows, a.whole, b.whole = test.windows, test.wholeA, test.wholeB
		pairs, bounded := ask(indexOf([]sketch{b, a}, everything), defaults)
		if found := slices.Equal(pairs, []Pair{{0, 1}}); found != test.want || bounded != nil {
			t.Errorf("%+v: candidates %v, bounded %v", test, pairs, bounded)
		}
	}
}

// TestMapsRuleOut has two articles that share nine tenths of their samples, of which one map
// says that more is missing than may be: 10 of 50 shingles may.
func TestMapsRuleOut(t *testing.T) {
	random := seeded.Rand(t)
	samples, shingles := hashesOf(random, 50), hashesOf(random, 50)
	for missing, want := range map[int]bool{0: true, 10: true, 40: false} {
		a, b := plain(samples), plain(append(slices.Clone(samples[:45]), hashesOf(random, 100)...))
		a.bitmap.Fill(shingles)
		b.bitmap.Fill(shingles[missing:])
		for _, whole := range []bool{true, false} {
			a.whole, b.whole = whole, whole
			pairs, bounded := ask(indexOf([]sketch{a, b}, everything), defaults)
			if found := slices.Equal(pairs, []Pair{{0, 1}}); found != want || bounded != nil {
				t.Errorf("%d missing by the maps, whole %t: candidates %v, bounded %v", missing, whole, pairs, bounded)
			}
		}
	}
}

// TestRepetitionsAreGivenSlack has an article of 640 shingles of which all but 128 stand in
// the other and ten count twice: without them, 126 may be missing.
func TestRepetitionsAreGivenSlack(t *testing.T) {
	random := seeded.Rand(t)
	samples := hashesOf(random, 640)
	a, b := plain(samples), plain(append(slices.Clone(samples[:500]), hashesOf(random, 200)...))
	for i := range 2 {
		a.bitmap[i] = 1<<64 - 1 // 128 bits that the other has not
	}
	for bits, want := range map[int]bool{128: true, 138: true, 139: false} {
		a.bitmap[2] = 1<<(bits-128) - 1
		pairs, _ := ask(indexOf([]sketch{a, b}, everything), defaults)
		if found := slices.Equal(pairs, []Pair{{0, 1}}); found != want {
			t.Errorf("%d missing: candidates %v", bits, pairs)
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
		pool := hashesOf(random, 1+random.IntN(80))
		var articles []sketch
		for range 30 {
			keys := someOf(random, pool, random.Float64(), random.IntN(8))
			articles = append(articles, someSketch(random, append(keys, furniture...)))
		}
		for len(articles) <= HotList+random.IntN(50) {
			articles = append(articles, someSketch(random, someOf(random, furniture, 1, 2)))
		}
		found, cut := checkBrute(t, articles, someBound(random), everything)
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
		articles := slices.Repeat([]sketch{plain(furniture)}, count)
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
		got, bounded := ask(indexOf(articles, everything), defaults)
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
		articles = append(articles, plain(someOf(random, furniture, 1, 40)))
	}
	// One of them stands again, far away in the order of size.
	copied := someOf(random, append(furniture, keysOf(articles[700])...), 1, 2000)
	articles = append(articles, plain(copied))
	got, bounded := ask(indexOf(articles, everything), defaults)
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
		articles = append(articles, plain(someOf(random, furniture, 0.3, 36)))
	}
	articles = append(articles, plain(someOf(random, keysOf(articles[700]), 1, 2000)))
	got, bounded := ask(indexOf(articles, everything), defaults)
	if diff := gocmp.Diff([]Pair{{700, uint32(len(articles) - 1)}}, got); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	if len(bounded) < 3*HotList {
		t.Errorf("%d articles are bounded, want nearly all of %d", len(bounded), len(articles))
	}
}

// TestRecounted has an article all of whose samples are hot and in other
// articles each, of which it meets 64 in each list, and last of all one that has
// all its samples. Up to 1,024 articles are looked at closely, of those that
// are met in one list the smallest: where there are more, it is passed over.
func TestRecounted(t *testing.T) {
	for hotLists, want := range map[int]bool{16: true, 17: false} {
		random := seeded.Rand(t)
		furniture := hashesOf(random, hotLists)
		small := plain(furniture)
		small.windows = 1 // nothing is promised
		// In the first list it is the last of those met, in the others far behind.
		alike := plain(append(slices.Clone(furniture), hashesOf(random, 100)...))
		articles := []sketch{small, alike}
		for i, sample := range furniture {
			before := 2 * HotWindow
			if i == 0 {
				before = HotWindow - 1
			}
			for j := range HotList {
				article := plain([]uint64{sample})
				if article.shingles = 50; j >= before {
					article.shingles = 500
				}
				articles = append(articles, article)
			}
		}
		pairs, bounded := NewQuery(indexOf(articles, everything), defaults).Append(nil, 0)
		if slices.Contains(pairs, Pair{0, 1}) != want || !bounded || len(pairs) != MaxPartners {
			t.Errorf("%d lists: found %t, bounded %t, %d candidates", hotLists, !want, bounded, len(pairs))
		}
	}
}

// TestFamilyWithFurniture has 600 near copies, of which a third of the samples
// are furniture of many more: each is compared with MaxPartners of the others.
func TestFamilyWithFurniture(t *testing.T) {
	random := seeded.Rand(t)
	furniture, story := hashesOf(random, 40), hashesOf(random, 80)
	articles := slices.Repeat([]sketch{plain(someOf(random, append(furniture, story...), 1, 0))}, 600)
	for len(articles) <= 2*HotList {
		articles = append(articles, plain(someOf(random, furniture, 1, 400)))
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
	got, bounded := ask(indexOf(articles, everything), defaults)
	if !slices.Equal(want, got) {
		t.Errorf("%d candidates, want %d", len(got), len(want))
	}
	if diff := gocmp.Diff(wantBounded, bounded); diff != "" {
		t.Errorf("bounded (-want +got):\n%s", diff)
	}
}

// TestEditsOutsideOfFurniture has large pairs whose furniture is hot and
// unchanged, so that all that is changed is in the samples that are looked up. Of
// 8,000 windows the bar is 3,600.
func TestEditsOutsideOfFurniture(t *testing.T) {
	random := seeded.Rand(t)
	for common, want := range map[int]bool{3600: true, 3599: false} {
		furniture, story := hashesOf(random, 2000), hashesOf(random, 6000)
		original := plain(slices.Concat(furniture, story))
		changed := plain(slices.Concat(furniture, story[:common-2000], hashesOf(random, 8000-common)))
		articles := []sketch{original, changed}
		for len(articles) <= HotList {
			articles = append(articles, plain(furniture[:300]))
		}
		for len(articles) <= 2*HotList { // so that all furniture is hot
			articles = append(articles, plain(furniture))
		}
		got, _ := ask(indexOf(articles, everything), defaults)
		if slices.Contains(got, Pair{0, 1}) != want {
			t.Errorf("%d windows in common: candidate %t among %d", common, !want, len(got))
		}
	}
}

// TestLargeArticles has more samples in common than 16 bits count.
func TestLargeArticles(t *testing.T) {
	random := seeded.Rand(t)
	samples := someOf(random, hashesOf(random, 150_000), 1, 0)
	got, bounded := ask(indexOf([]sketch{plain(samples), plain(samples)}, everything), defaults)
	if diff := gocmp.Diff([]Pair{{0, 1}}, got); diff != "" || bounded != nil {
		t.Errorf("bounded %v, candidates (-want +got):\n%s", bounded, diff)
	}
}

// family returns the sketches of near copies of one article of 110 samples.
func family(random *rand.Rand, count int) []sketch {
	original := hashesOf(random, 110)
	articles := make([]sketch, count)
	for i := range articles {
		articles[i] = plain(someOf(random, original, 0.9, 11))
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
	pairs, bounded := ask(indexOf(family(seeded.Rand(t), count), everything), defaults)
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
	index := indexOf(relatives(seeded.Rand(t), 200), everything)
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
		sizes, lists := samplesOf(articles)
		build := func() *Index {
			ranking := NewRanking(sizes, everything)
			return NewIndex(ranking, ranksOf(ranking, lists, func([]uint32) bool { return true }))
		}
		b.Run(fmt.Sprint("index/families-of-", familySize), func(b *testing.B) {
			b.SetBytes(int64(len(articles)) * 500 * 6)
			b.ReportAllocs()
			for b.Loop() {
				build()
			}
		})
		b.Run(fmt.Sprint("query/families-of-", familySize), func(b *testing.B) {
			query := NewQuery(build(), defaults)
			var pairs []Pair
			b.SetBytes(int64(len(articles)) * 500 * 6)
			b.ReportAllocs()
			for b.Loop() {
				pairs = pairs[:0]
				for rank := range query.index.Len() {
					pairs, _ = query.Append(pairs, rank)
				}
			}
			b.ReportMetric(float64(len(pairs))/float64(len(articles)), "candidates/article")
		})
	}
}
