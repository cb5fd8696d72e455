package repeat

import (
	"cmp"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// differing is the number of hashes that stand in one of two sets alone, and
// jaccard their similarity.
func differing(a, b []uint64) (differing int, jaccard float64) {
	in := make(map[uint64]int)
	for _, hash := range a {
		in[hash] |= 1
	}
	for _, hash := range b {
		in[hash] |= 2
	}
	shared := 0
	for _, sets := range in {
		if sets == 3 {
			shared++
		}
	}
	return len(in) - shared, float64(shared) / float64(max(1, len(in)))
}

// TestMap holds that maps differ in no more bits than sets do in hashes, and that
// each hash is seen.
func TestMap(t *testing.T) {
	random := seeded.Rand(t)
	most := 0
	for range 2000 {
		a := hashesOf(random, random.IntN(100))
		b := slices.Concat(a[:random.IntN(len(a)+1)], hashesOf(random, random.IntN(10)))
		random.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		differ, _ := differing(a, b)
		if bits := bits.OnesCount64(Map(a) ^ Map(b)); bits > differ {
			t.Fatalf("the maps of %d and %d hashes differ in %d bits, the sets in %d", len(a), len(b), bits, differ)
		} else {
			most = max(most, bits)
		}
		if len(a) > 0 && Map(a) != Map(a[1:])|Map(a[:1]) || bits.OnesCount64(Map(a[:min(1, len(a))])) != min(1, len(a)) {
			t.Fatalf("the map of %d hashes is not the union of those of each", len(a))
		}
	}
	if all := Map(hashesOf(random, 2000)); Map(nil) != 0 || ^all != 0 || most < 20 {
		t.Errorf("the map of nothing is %#x, of 2,000 hashes %#x; maps differ in at most %d bits", Map(nil), all, most)
	}
}

func TestOwnWindow(t *testing.T) {
	for _, test := range []struct {
		similarity   float64
		size, window int
		want         map[int]int // by tokens
	}{
		{0.9, 5, 8, map[int]int{0: 0, 7: 0, 8: 4, 11: 4, 12: 0, 30: 0, 1000: 0}},
		{0.9, 5, 4, map[int]int{7: 0, 8: 0, 12: 0}},
		{0.9, 12, 8, map[int]int{8: 1, 11: 1, 12: 1, 13: 2, 18: 4, 19: 0}}, // the article has no shingle of fewer tokens than one
		{0.9, 12, 1, map[int]int{8: 1, 11: 1, 12: 0}},
		{0.5, 5, 8, map[int]int{8: 2, 12: 2, 1000: 0}},
		{0.5, 1, 1, map[int]int{7: 0, 8: 0, 100: 0}},
	} {
		for tokens, want := range test.want {
			options := Options{MinTokens: 1, Similarity: test.similarity, ShingleSize: test.size, Window: test.window}
			if got := options.OwnWindow(tokens); got != want {
				t.Errorf("%+v: a paragraph of %d tokens is sampled by %d, want %d", options, tokens, got, want)
			}
		}
	}
	long := Options{MinTokens: 30, Similarity: 0.9, ShingleSize: 40, Window: 8}
	if short, enough := long.OwnWindow(29), long.OwnWindow(30); short != 0 || enough != 1 {
		t.Errorf("of at least 30 tokens, 29 are sampled by %d and 30 by %d", short, enough)
	}
}

// TestOwnWindowOfUnequalSizes tries every two sizes and all that such
// paragraphs may share, and finds the longest run that they are sure to share
// as either sees it. The longer of their windows must fit.
func TestOwnWindowOfUnequalSizes(t *testing.T) {
	for _, size := range []int{2, 3, 5, 8, 12} {
		for percent := 50; percent <= 100; percent += 1 + percent%3 {
			for _, window := range []int{1, 2, 4, 8} {
				options := Options{MinTokens: 1, Similarity: float64(percent) / 100, ShingleSize: size, Window: window}
				if fault := options.unequalSizes(percent, 150); fault != "" {
					t.Errorf("%+v: %s", options, fault)
				}
			}
		}
	}
}

// unequalSizes returns the first two sizes, up to most shingles, of which the windows do not fit.
func (o Options) unequalSizes(percent, most int) (fault string) {
	windowOf := func(shingles int) int {
		return cmp.Or(o.OwnWindow(shingles+o.ShingleSize-1), o.Window)
	}
	// of what is missing, pieces of ShingleSize-1 part what is shared
	run := func(shingles, shared int) int {
		pieces := (shingles-shared)/(o.ShingleSize-1) + 1
		return (shared + pieces - 1) / pieces
	}
	for a := max(1, MinNearTokens-o.ShingleSize+1); a <= most; a++ {
		for b := a; a*100 >= percent*b; b++ {
			shared := (percent*(a+b) + 99 + percent) / (100 + percent) // of which the Jaccard similarity is enough
			if shared > a {
				continue
			}
			sure := max(run(a, shared), run(b, shared))
			if window := max(windowOf(a), windowOf(b)); sure < window {
				return fmt.Sprintf("%d and %d shingles, %d of them shared, share a run of %d, and have a window of %d", a, b, shared, sure, window)
			}
		}
	}
	return ""
}

// edited returns the tokens with that many of them changed, in all ways: put in, taken
// out or replaced, evenly or at random, or cut at the ends.
func edited(random *rand.Rand, tokens []uint64, count int) (edited []uint64) {
	way, isEven := random.IntN(5), random.IntN(2) == 0
	if way == 4 {
		start := random.IntN(count + 1)
		return tokens[start : len(tokens)-(count-start)]
	}
	places := random.Perm(len(tokens))[:count]
	for i := range places {
		if isEven {
			places[i] = (2*i + 1) * len(tokens) / (2 * count)
		}
	}
	for i, token := range tokens {
		change := way
		if way == 3 {
			change = random.IntN(3)
		}
		switch {
		case !slices.Contains(places, i):
			edited = append(edited, token)
		case change == 0:
			edited = append(edited, random.Uint64(), token)
		case change == 1:
			edited = append(edited, random.Uint64())
		}
	}
	return edited
}

// someOptions are any that a scan may have.
func someOptions(random *rand.Rand) Options {
	size := 1 + random.IntN(12)
	return Options{
		MinTokens: 1, ShingleSize: size, Similarity: 0.5 + 0.5*random.Float64(),
		Window: minhash.MaxWindow(size, 0.3+0.7*random.Float64()),
	}
}

// TestEveryNearPairIsACandidate plants pairs at just the similarity or above, each
// paragraph in an article of its own between others, and misses none.
func TestEveryNearPairIsACandidate(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 300
	if testing.Short() {
		rounds = 30
	}
	near, shortest, atBound := 0, 0, 0
	for range rounds {
		options := someOptions(random)
		if random.IntN(4) == 0 {
			options = defaults
		}
		c := newCorpus(options)
		for range 100 {
			length := MinNearTokens + random.IntN([]int{8, 30, 120}[random.IntN(3)])
			tokens := hashesOf(random, length)
			other := edited(random, tokens, random.IntN(1+length/4))
			c.add(t, hashesOf(random, random.IntN(60)), tokens, hashesOf(random, random.IntN(60)))
			c.add(t, other, hashesOf(random, random.IntN(60)))
		}
		candidates, bounded := c.candidates(t)
		if bounded > 0 {
			t.Fatalf("%+v: %d texts are bounded", options, bounded)
		}
		for paragraph := 0; paragraph < c.table.Len(); paragraph += 5 {
			a, b := c.texts[paragraph+1], c.texts[paragraph+3]
			_, jaccard := differing(shinglesOf(a, options.ShingleSize), shinglesOf(b, options.ShingleSize))
			if len(b) < MinNearTokens || jaccard < options.Similarity || slices.Equal(a, b) {
				continue
			}
			pair := Pair{uint32(paragraph + 1), uint32(paragraph + 3)}
			if !slices.Contains(candidates, pair) {
				t.Fatalf("%+v: paragraphs of %d and %d tokens and similarity %v are no candidates", options, len(a), len(b), jaccard)
			}
			near++
			if len(a) < 12 {
				shortest++
			}
			if jaccard < options.Similarity+0.02 {
				atBound++
			}
		}
	}
	if near < 5*rounds || shortest < rounds/3 || atBound < rounds/3 {
		t.Errorf("only %d pairs, %d of the shortest and %d at the bound", near, shortest, atBound)
	}
}

// TestParagraphsOfOneWord have each shingle as often as they are long. Those
// of unequal length are unequal and have equal sets, side by side in an
// article and alone.
func TestParagraphsOfOneWord(t *testing.T) {
	random := seeded.Rand(t)
	for _, size := range []int{1, 2, 5, 8} {
		for length := MinNearTokens; length < 40; length++ {
			for _, between := range []int{0, 1, 20} {
				options := Options{MinTokens: 1, Similarity: 0.9, ShingleSize: size, Window: minhash.MaxWindow(size, 0.8)}
				c := newCorpus(options)
				ofOneWord := func(count int) []uint64 { return slices.Repeat([]uint64{7}, count) }
				c.add(t, ofOneWord(length), hashesOf(random, between), ofOneWord(length+1))
				c.add(t, ofOneWord(length+2))
				got, _ := c.candidates(t)
				if diff := gocmp.Diff([]Pair{{0, 2}, {0, 3}, {2, 3}}, got); diff != "" && length >= size {
					t.Errorf("%d times one word, shingles of %d, %d others between: candidates (-want +got):\n%s", length, size, between, diff)
				}
			}
		}
	}
}

// likes are paragraphs known by what Candidates sees of them.
type likes struct {
	options   Options
	percent   int // the similarity
	tokens    []int
	maps      []uint64
	texts     []int // by paragraph: the number of its text
	lists     group.Lists
	firsts    map[int]uint32 // by text
	hotWeight map[uint32]int // by first standing
}

func (l *likes) table() *Table {
	table := NewTable(l.options)
	for _, text := range l.texts {
		table.Add(hashOf(text), l.tokens[text], 0, l.maps[text])
	}
	table.AddArticles([]uint32{uint32(len(l.texts))})
	return table
}

// someLikes are paragraphs of few texts, few lengths and few maps, in lists of which some are hot.
func someLikes(random *rand.Rand, paragraphs int) *likes {
	l := &likes{percent: []int{50, 80, 90}[random.IntN(3)], firsts: make(map[int]uint32), hotWeight: make(map[uint32]int)}
	l.options = Options{MinTokens: 1 + random.IntN(15), ShingleSize: 5, Window: 8, Similarity: float64(l.percent) / 100}
	texts := 1 + random.IntN(paragraphs)
	form := random.Uint64()
	for range texts {
		l.tokens = append(l.tokens, 6+random.IntN(60))
		bitmap := form
		for range random.IntN(12) {
			bitmap ^= 1 << random.IntN(64)
		}
		l.maps = append(l.maps, bitmap)
	}
	for paragraph := range uint32(paragraphs) {
		text := random.IntN(texts)
		l.texts = append(l.texts, text)
		// Too short a paragraph has no text but its own.
		if _, known := l.firsts[text]; !known {
			l.firsts[text] = paragraph
		}
	}
	for range 1 + random.IntN(8) {
		share := random.Float64()
		for paragraph := range uint32(paragraphs) {
			if random.Float64() < share {
				l.lists.Owners = append(l.lists.Owners, paragraph)
				l.lists.Tags = append(l.lists.Tags, uint8(random.IntN(9)))
				if random.IntN(10) == 0 { // sampled twice
					l.lists.Owners = append(l.lists.Owners, paragraph)
					l.lists.Tags = append(l.lists.Tags, uint8(random.IntN(9)))
				}
			}
		}
		l.lists.Ends = append(l.lists.Ends, uint32(len(l.lists.Owners)))
	}
	return l
}

func (l *likes) tokensOf(paragraph uint32) int   { return l.tokens[l.texts[paragraph]] }
func (l *likes) shinglesOf(paragraph uint32) int { return l.tokensOf(paragraph) - 4 }

// bucket is the first standings of the texts of a list that can be near another.
func (l *likes) bucket(owners []uint32) (bucket []uint32) {
	for _, paragraph := range owners {
		if l.tokensOf(paragraph) >= max(8, l.options.MinTokens) {
			bucket = append(bucket, l.firsts[l.texts[paragraph]])
		}
	}
	slices.Sort(bucket)
	return slices.Compact(bucket)
}

// likely compares the maps of two texts, in whole numbers.
func (l *likes) likely(a, b uint32) bool {
	differing := bits.OnesCount64(l.maps[l.texts[a]] ^ l.maps[l.texts[b]])
	return differing*l.percent <= (100-l.percent)*min(l.shinglesOf(a), l.shinglesOf(b))
}

// needsHot reports whether all windows that a near text must share may have hot minima.
func (l *likes) needsHot(text uint32) bool {
	shingles := l.shinglesOf(text)
	missing := (100 - l.percent) * shingles / 100
	return shingles-8+1-(missing+7*(missing/4)) <= l.hotWeight[text]
}

// brute finds the candidates by the rules of the buckets, and counts the bounded texts.
func (l *likes) brute() (pairs []Pair, bounded int) {
	for list := range l.lists.Len() {
		owners, weights := l.lists.Of(list)
		if len(l.bucket(owners)) <= HotBucket {
			continue
		}
		for i, paragraph := range owners {
			l.hotWeight[paragraph] += int(weights[i])
		}
	}
	cut := make(map[uint32]bool)
	for list := range l.lists.Len() {
		owners, _ := l.lists.Of(list)
		bucket := l.bucket(owners)
		reach := len(bucket)
		if len(bucket) > HotBucket {
			reach = BucketWindow
			bucket = slices.DeleteFunc(bucket, func(text uint32) bool { return !l.needsHot(text) })
			slices.SortFunc(bucket, func(a, b uint32) int {
				return cmp.Or(cmp.Compare(l.tokensOf(a), l.tokensOf(b)), cmp.Compare(a, b))
			})
		}
		for i, one := range bucket {
			partners := 0
			for j := i + 1; j < len(bucket); j++ {
				if j > i+reach {
					cut[one] = true
					break
				}
				if !l.likely(one, bucket[j]) {
					continue
				}
				if partners++; partners > MaxPartners {
					cut[one] = true
					break
				}
				pairs = append(pairs, Pair{min(one, bucket[j]), max(one, bucket[j])})
			}
		}
	}
	slices.SortFunc(pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return slices.Compact(pairs), len(cut)
}

// TestCandidates holds them to the rules, with buckets of all sizes.
func TestCandidates(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 200
	if testing.Short() {
		rounds = 40
	}
	allBounded, pairs, needless := 0, 0, 0
	for range rounds {
		l := someLikes(random, 1+random.IntN([]int{20, 100, 1200}[random.IntN(3)]))
		want, wantBounded := l.brute()
		table := l.table()
		got, bounded := table.Candidates(textsOf(t, table), &l.lists)
		if !slices.Equal(want, got) || bounded != wantBounded {
			t.Fatalf("%+v, %d paragraphs: %d bounded, want %d; candidates (-want +got):\n%s",
				l.options, len(l.texts), bounded, wantBounded, gocmp.Diff(want, got))
		}
		allBounded, pairs = allBounded+bounded, pairs+len(got)
		for text, weight := range l.hotWeight {
			if weight > 0 && !l.needsHot(text) {
				needless++
			}
		}
	}
	if allBounded < rounds || pairs < 50*rounds || needless < 3*rounds {
		t.Errorf("only %d bounded and %d candidates in all, and %d that do without hot buckets", allBounded, pairs, needless)
	}
}

// TestHotBucket has one bucket of texts that are all alike, of three lengths in
// turn: one more text makes it hot, and then those of a length meet.
func TestHotBucket(t *testing.T) {
	for _, count := range []int{HotBucket, HotBucket + 1} {
		l := &likes{percent: 90, options: defaults, firsts: make(map[int]uint32), hotWeight: make(map[uint32]int)}
		for i := range count {
			l.tokens, l.maps, l.texts = append(l.tokens, 20+i%3), append(l.maps, 7), append(l.texts, i)
			l.firsts[i] = uint32(i)
			l.lists.Owners, l.lists.Tags = append(l.lists.Owners, uint32(i)), append(l.lists.Tags, 15)
		}
		l.lists.Ends = []uint32{uint32(count)}
		want, wantBounded := l.brute()
		table := l.table()
		got, bounded := table.Candidates(textsOf(t, table), &l.lists)
		if diff := gocmp.Diff(want, got); diff != "" || bounded != wantBounded {
			t.Errorf("%d texts: %d bounded, want %d; candidates (-want +got):\n%s", count, bounded, wantBounded, diff)
		}
		if meet := slices.Contains(got, Pair{0, 3*MaxPartners - 3}); meet != (count > HotBucket) {
			t.Errorf("%d texts: the far ones of one length are candidates: %t", count, meet)
		}
	}
}

// TestMaxPartners has paragraphs that are all alike in one bucket: each keeps
// those that stand next.
func TestMaxPartners(t *testing.T) {
	for count := range 3 * MaxPartners {
		table := NewTable(Options{MinTokens: 1, Similarity: 1, ShingleSize: 5, Window: 8})
		var lists group.Lists
		var want []Pair
		for i := range uint32(count) {
			table.Add(hashOf(int(i)), 180-int(i), 0, 7) // short enough to be told apart by maps
			lists.Owners, lists.Tags = append(lists.Owners, i), append(lists.Tags, 1)
			for j := i + 1; j < uint32(count) && j-i <= MaxPartners; j++ {
				want = append(want, Pair{i, j})
			}
		}
		lists.Ends = []uint32{uint32(count)}
		table.AddArticles([]uint32{uint32(count)})
		got, bounded := table.Candidates(textsOf(t, table), &lists)
		if diff := gocmp.Diff(want, got); diff != "" || bounded != max(0, count-1-MaxPartners) {
			t.Fatalf("%d alike: bounded %d times; candidates (-want +got):\n%s", count, bounded, diff)
		}
	}
}

func TestCandidatesOfNothing(t *testing.T) {
	table := NewTable(defaults)
	if pairs, bounded := table.Candidates(textsOf(t, table), &group.Lists{}); len(pairs) > 0 || bounded > 0 {
		t.Errorf("%d candidates, %d bounded", len(pairs), bounded)
	}
}

// lookAlikes are variants of one form letter of 100 tokens, some with a line more.
func lookAlikes(t testing.TB, random *rand.Rand, count int) *corpus {
	c := newCorpus(defaults)
	form := hashesOf(random, 100)
	for i := range count {
		variant := slices.Clone(form)
		variant[random.IntN(len(form))] = random.Uint64()
		c.add(t, append(variant, hashesOf(random, i%6)...))
	}
	return c
}

// TestLookAlikes has 20,000 paragraphs of one letter form, of six lengths.
// All pairs would be 200 million.
func TestLookAlikes(t *testing.T) {
	variants := 20_000
	if testing.Short() {
		variants = 4000
	}
	c := lookAlikes(t, seeded.Rand(t), variants)
	lists, texts := c.lists(t), textsOf(t, c.table)
	start := time.Now()
	candidates, bounded := c.table.Candidates(texts, lists)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if most := variants * MaxPartners * lists.Len(); len(candidates) > most || len(candidates) < variants*MaxPartners {
		t.Errorf("%d candidates, want at most %d", len(candidates), most)
	}
	if bounded > variants || bounded < variants*9/10 {
		t.Errorf("%d texts are bounded, want nearly all of %d", bounded, variants)
	}
}

// BenchmarkCandidates has one paragraph of 250 bytes in ten look like others.
func BenchmarkCandidates(b *testing.B) {
	for _, family := range []int{2, 1000} {
		b.Run(fmt.Sprint("families-of-", family), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			c := newCorpus(defaults)
			form := hashesOf(random, 40)
			for i := range 50_000 {
				if i%(10*family) == 0 {
					form = hashesOf(random, 40)
				}
				tokens := hashesOf(random, 40)
				if i%10 == 0 {
					tokens = append(slices.Clone(form), random.Uint64())
				}
				c.add(b, tokens)
			}
			lists, texts := c.lists(b), textsOf(b, c.table)
			b.SetBytes(50_000 * 250)
			b.ReportAllocs()
			for b.Loop() {
				c.table.Candidates(texts, lists)
			}
		})
	}
}
