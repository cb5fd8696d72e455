package minhash

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

var windows = []int{1, 2, 4, 8}

// naive is the sketch by its definition.
func naive(hashes []uint64, window int) Sketch {
	sketch, again := naiveWindows(hashes, window)
	distinct := distinctKeys(hashes)
	sketch.Shingles = len(hashes)
	if 64*again > len(hashes) {
		sketch.Shingles = distinct
	}
	isShort := sketch.Shingles <= 64
	isJumble := sketch.Shingles <= 512 && 16*(len(hashes)-sketch.Shingles) > len(hashes)
	if window == 1 || isShort || isJumble {
		addAll(&sketch, hashes, distinct)
	}
	return sketch
}

// naiveWindows goes through window after window, and counts those whose minimum stood before.
func naiveWindows(hashes []uint64, window int) (sketch Sketch, again int) {
	const places = 16                  // that the lowest bits of a hash tell apart
	firstPlace := make(map[uint64]int) // where a key is first a minimum
	fresh, last := true, -1
	width := min(window, len(hashes))
	for start := 0; width > 0 && start+width <= len(hashes); start++ {
		place := start
		for i := start; i < start+width; i++ {
			key, least := hashes[i]/places, hashes[place]/places
			if key < least || key == least && i%places < place%places {
				place = i
			}
		}
		key := hashes[place] / places * places
		if place != last {
			sketch.Samples = append(sketch.Samples, Sample{Key: key, At: uint32(place)})
			last = place
		}
		sketch.Samples[len(sketch.Samples)-1].Weight++
		if _, known := firstPlace[key]; !known {
			firstPlace[key] = place
		}
		wasFresh := fresh
		switch fresh = firstPlace[key] == place; {
		case fresh:
			sketch.Windows++
		case wasFresh:
			sketch.Windows -= window - 1
		}
		again += one(!fresh)
	}
	return sketch, again
}

func distinctKeys(hashes []uint64) int {
	keys := make(map[uint64]bool)
	for _, hash := range hashes {
		keys[hash/16] = true
	}
	return len(keys)
}

// addAll makes the sketch whole.
func addAll(sketch *Sketch, hashes []uint64, distinct int) {
	sketch.Whole, sketch.Shingles = true, distinct
	weight := uint8(0)
	if sketch.Windows <= 0 {
		weight = 1
	}
	for i, hash := range hashes {
		key := hash / 16 * 16
		if !slices.ContainsFunc(sketch.Samples, func(s Sample) bool { return s.Key == key }) {
			sketch.Samples = append(sketch.Samples, Sample{Key: key, At: uint32(i), Weight: weight})
		}
	}
	slices.SortFunc(sketch.Samples, func(a, b Sample) int { return int(a.At) - int(b.At) })
}

// naiveMinima are the distinct keys of the samples, in the order in which they stand first.
func naiveMinima(hashes []uint64, window int) (minima []uint64) {
	seen := make(map[uint64]bool)
	sketch, _ := naiveWindows(hashes, window)
	for _, sample := range sketch.Samples {
		if !seen[sample.Key] {
			minima = append(minima, sample.Key)
		}
		seen[sample.Key] = true
	}
	return minima
}

// sequences calls visit with every sequence of up to most letters, the empty one included.
func sequences(letters []uint64, most int, visit func([]uint64)) {
	var extend func(sequence []uint64)
	extend = func(sequence []uint64) {
		visit(sequence)
		if len(sequence) < most {
			for _, letter := range letters {
				extend(append(sequence, letter))
			}
		}
	}
	extend(make([]uint64, 0, most))
}

func sameSketch(a, b *Sketch) bool {
	return slices.Equal(a.Samples, b.Samples) && a.Shingles == b.Shingles && a.Windows == b.Windows && a.Whole == b.Whole
}

// TestSketchOfEverySmallText runs all texts over three hashes, the least and
// the greatest possible among them, and over four of which each two have one key.
func TestSketchOfEverySmallText(t *testing.T) {
	var sketcher Sketcher
	check := func(hashes []uint64) {
		if t.Failed() {
			return
		}
		for _, window := range windows {
			before := slices.Clone(hashes)
			want := naive(hashes, window)
			if got := sketcher.Sketch(hashes, window); !sameSketch(got, &want) {
				t.Errorf("sketch of %v, window %d (-want +got):\n%s", hashes, window, cmp.Diff(want, *got))
			}
			if !slices.Equal(before, hashes) {
				t.Errorf("window %d: the hashes %v have become %v", window, before, hashes)
			}
		}
	}
	sequences([]uint64{0, 23, math.MaxUint64}, 9, check)
	sequences([]uint64{8, 9, 17, 31}, 6, check)
}

// someText returns hashes of which some stand there before: one by one, as the
// same stretch again, or in a row. Some agree in all but a few bits.
func someText(random *rand.Rand, most int) []uint64 {
	hashes := hashesOf(random, random.IntN(most))
	same := []int{0, 0, 54, 60}[random.IntN(4)]
	again := 1 + random.IntN([]int{100, 2000}[random.IntN(2)])
	for i := range hashes {
		hashes[i] = hashes[i]<<same | 1<<same - 1
		if i == 0 || random.IntN(again) > 0 {
			continue
		}
		from := random.IntN(i)
		copy(hashes[i:], hashes[from:min(i, from+1+random.IntN(30))])
	}
	if len(hashes) > 0 && random.IntN(4) == 0 {
		from := random.IntN(len(hashes))
		to := min(len(hashes), from+random.IntN(60))
		for i := from; i < to; i++ {
			hashes[i] = hashes[from]
		}
	}
	return hashes
}

func TestSketchOfRandomTexts(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	whole, parts, negative, repeats, inexact := 0, 0, 0, 0, 0
	for range 1000 {
		hashes := someText(random, []int{80, 700}[random.IntN(2)])
		for _, window := range windows {
			want := naive(hashes, window)
			if got := sketcher.Sketch(hashes, window); !sameSketch(got, &want) {
				diff := cmp.Diff(want, *got)
				t.Fatalf("%d hashes, window %d: sketch (-want +got):\n%s", len(hashes), window, diff)
			}
			if minima := naiveMinima(hashes, window); !slices.Equal(minima, sketcher.Minima(hashes, window)) {
				diff := cmp.Diff(minima, sketcher.Minima(hashes, window))
				t.Fatalf("%d hashes, window %d: minima (-want +got):\n%s", len(hashes), window, diff)
			}
			whole, parts = whole+one(want.Whole && window > 1), parts+one(!want.Whole)
			negative, repeats = negative+one(want.Windows <= 0), repeats+one(want.Shingles < len(hashes))
			inexact += one(want.Shingles > distinctKeys(hashes))
		}
	}
	if min(whole, parts, negative, repeats, 5*inexact) < 100 {
		t.Errorf("the texts are poor: %d whole sketches, %d not, %d without windows, %d of repetitions, %d where these are counted",
			whole, parts, negative, repeats, inexact)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestGolden pins a sketch: of 70 shingles, four of which stand twice. One window of
// 67 is seen to stand again, too few for them to be counted.
func TestGolden(t *testing.T) {
	hashes := hashesOf(rand.New(rand.NewPCG(1, 1)), 70)
	hashes = append(hashes, hashes[20:24]...)
	got := sketchOf(hashes, 8)
	want := Sketch{Shingles: 74, Windows: 59, Samples: []Sample{
		{0x1a3d1e601c115a00, 1, 2},
		{0x1b19209a87b12260, 7, 5},
		{0x01d455e386d77ce0, 14, 8},
		{0x1ffd4e4855605a40, 16, 2},
		{0x242c182013778d20, 23, 5},
		{0x16082251444f5710, 29, 2},
		{0x05e4669f725362b0, 31, 8},
		{0x1660f60ccffaed30, 32, 1},
		{0x2375c0c480e85bf0, 33, 1},
		{0x365a9e0b90659480, 39, 1},
		{0x30915618a0b00710, 42, 8},
		{0x3388b038df8dccf0, 43, 1},
		{0x6cff9626e2ed9c80, 46, 1},
		{0x399e22417c7fc670, 52, 1},
		{0x22b132f6f23e4000, 53, 5},
		{0x1c3ca721077399c0, 58, 2},
		{0x080144da02a97300, 60, 8},
		{0x4af8f51f813207c0, 62, 2},
		{0x47156ef9844d66b0, 70, 3},
		{0x242c182013778d20, 73, 1},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sketch (-want +got):\n%s", diff)
	}
}

// TestShingles holds how far a sketch may be wrong in the number of distinct
// shingles: never below, and above by repetitions alone, of which few windows tell. A text
// that goes on with what it began with is one in which some are seen.
func TestShingles(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	exact, above := 0, 0
	for range 2000 {
		length := 65 + random.IntN(2000)
		hashes := hashesOf(random, length)
		twice := random.IntN(length / 10)
		hashes = append(hashes, hashes[:twice]...)
		window := windows[random.IntN(4)]
		sketch := sketcher.Sketch(hashes, window)
		if sketch.Shingles < length || sketch.Shingles > len(hashes) {
			t.Fatalf("%d shingles, of which %d are distinct, count as %d", len(hashes), length, sketch.Shingles)
		}
		if mustCount := sketch.Whole || 64*(twice-window+1) > len(hashes); mustCount && sketch.Shingles != length {
			t.Fatalf("%d shingles of which %d stand twice count as %d by windows of %d", len(hashes), twice, sketch.Shingles, window)
		}
		exact, above = exact+one(sketch.Shingles == length), above+one(sketch.Shingles > length)
	}
	if min(exact, above) < 50 {
		t.Errorf("%d are exact, and %d too high", exact, above)
	}
}

// TestWinnow holds that of each window the smallest hash is visited where it stands, and
// nothing else is: with texts that say the same again after every number of words, too.
func TestWinnow(t *testing.T) {
	random := seeded.Rand(t)
	type sample struct {
		key uint64
		at  int
	}
	var sketcher Sketcher // is used again
	for i := range 3000 {
		hashes, window := someText(random, 300), 1+random.IntN(LongestWinnow)
		if period := 1 + i%40; random.IntN(2) == 0 {
			for at := period; at < len(hashes); at++ {
				hashes[at] = hashes[at-period]
			}
		}
		var want, got []sample
		for start := 0; start+window <= len(hashes); start++ {
			least := start
			for at := start; at < start+window; at++ {
				if placed(hashes[at], at) < placed(hashes[least], least) {
					least = at
				}
			}
			if len(want) == 0 || want[len(want)-1].at != least {
				want = append(want, sample{Key(hashes[least]), least})
			}
		}
		sketcher.Winnow(hashes, window, func(key uint64, at int) { got = append(got, sample{key, at}) })
		if !slices.Equal(want, got) {
			t.Fatalf("%d hashes %x by windows of %d:\n got %x\nwant %x", len(hashes), hashes, window, got, want)
		}
	}
}

// TestFewerThanAWindow has texts of 0 to 9 distinct shingles: where they are fewer than
// a window, there is one window of all.
func TestFewerThanAWindow(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for length := range 10 {
		hashes := hashesOf(random, length)
		for _, window := range windows {
			var want []uint64
			for start := 0; length > 0 && start == 0 || start+window <= length; start++ {
				key := Key(slices.Min(hashes[start:min(start+window, length)]))
				if len(want) == 0 || want[len(want)-1] != key {
					want = append(want, key)
				}
			}
			if got := sketcher.Minima(hashes, window); !slices.Equal(want, got) {
				t.Errorf("%d shingles, window %d: minima %#x, want %#x", length, window, got, want)
			}
		}
	}
}

// keysOf are the keys of a sketch's samples.
func keysOf(sketch Sketch) map[uint64]bool {
	keys := make(map[uint64]bool)
	for _, sample := range sketch.Samples {
		keys[sample.Key] = true
	}
	return keys
}

// sharedWindows are the windows of the first whose minimum is a sample of the second.
func sharedWindows(a, b Sketch) (count int) {
	keys := keysOf(b)
	for _, sample := range a.Samples {
		if keys[sample.Key] {
			count += int(sample.Weight)
		}
	}
	return count
}

// TestPromise plants a run of as many hashes as a window in two texts: they
// have a window and a sample in common, wherever it stands.
func TestPromise(t *testing.T) {
	random := seeded.Rand(t)
	for range 3000 {
		window := windows[random.IntN(4)]
		run := hashesOf(random, window)
		around := func() []uint64 {
			return slices.Concat(hashesOf(random, random.IntN(200)), run, hashesOf(random, random.IntN(200)))
		}
		a, b := around(), around()
		if sharedWindows(sketchOf(a, window), sketchOf(b, window)) == 0 {
			t.Fatalf("texts of %d and %d hashes, %d of them in common, share no window", len(a), len(b), window)
		}
		// A paragraph that is sampled by a shorter window shares one with any text.
		shorter := windows[random.IntN(slices.Index(windows, window)+1)]
		var sketcher Sketcher
		keys := keysOf(sketchOf(b, window))
		if !slices.ContainsFunc(sketcher.Minima(a, shorter), func(key uint64) bool { return keys[key] }) {
			t.Fatalf("a window of %d and one of %d share no sample of %d hashes in common", shorter, window, window)
		}
	}
}

// without returns the hashes that do not stand in the other text.
func without(hashes, other []uint64) (missing []uint64) {
	stands := make(map[uint64]bool)
	for _, hash := range other {
		stands[hash] = true
	}
	for _, hash := range hashes {
		if !stands[hash] {
			missing = append(missing, hash)
		}
	}
	return missing
}

// An outcome is how many windows two texts share, and how many they should.
type outcome struct{ shared, least, missing int }

// outcomeOf holds the first text's windows to those of the second. size is the
// number of tokens of a shingle of which no change can spare one.
func outcomeOf(a, b []uint64, window, size int) outcome {
	missing := len(without(a, b))
	// The least containment that the pair reaches lets as many shingles be missing as are.
	if len(a) > 0 && Missing(len(a), 1-float64(missing)/float64(len(a))) != missing {
		panic(fmt.Sprintf("%d of %d missing", missing, len(a)))
	}
	sketch := sketchOf(a, window)
	return outcome{sharedWindows(sketch, sketchOf(b, window)), sketch.Windows - Lost(missing, window, size), missing}
}

// TestPairsReachTheBar edits texts that do not repeat themselves in every way:
// never do they share fewer windows than package comment says, and some
// share no more.
func TestPairsReachTheBar(t *testing.T) {
	random := seeded.Rand(t)
	rounds, tight, high := 20_000, 0, 0
	if testing.Short() {
		rounds = 2000
	}
	for round := range rounds {
		edit, spread := edits[round%len(edits)], spreads[round/len(edits)%2]
		if round%7 == 0 {
			edit.name, edit.apply = "every edit", everyEdit
		}
		size, window := 2+random.IntN(9), windows[random.IntN(4)]
		tokens := hashesOf(random, size+random.IntN(400))
		edited := edit.apply(random, tokens, spread.places(random, len(tokens), random.IntN(1+len(tokens)/(1+random.IntN(20)))))
		a, b := shinglesOf(tokens, size), shinglesOf(edited, size)
		for _, got := range []outcome{outcomeOf(a, b, window, size), outcomeOf(b, a, window, size)} {
			if got.shared < got.least {
				t.Fatalf("%s, %s, in %d tokens, shingles of %d, window %d: %d are missing, and %d windows shared of at least %d",
					edit.name, spread.name, len(tokens), size, window, got.missing, got.shared, got.least)
			}
			tight += one(got.missing > 0 && got.shared == got.least)
			high += one(got.missing > 0 && got.least > 10)
		}
	}
	if tight < rounds/200 || high < rounds/4 {
		t.Errorf("the bar is just reached by %d pairs, and high for %d", tight, high)
	}
}

// longestRepeat is the most tokens in a row that stand twice in the text.
func longestRepeat(tokens []uint64) (longest int) {
	for i := range tokens {
		for j := range i {
			length := 0
			for i+length < len(tokens) && tokens[i+length] == tokens[j+length] {
				length++
			}
			longest = max(longest, length)
		}
	}
	return longest
}

// TestWordsThatStandTwice edits texts of few words. Where a word stands on
// both sides of a change, the change spares a shingle; so the bar is that of
// shingles that are shorter by the longest run of words that stands twice.
func TestWordsThatStandTwice(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 20_000
	if testing.Short() {
		rounds = 2000
	}
	checked, below := 0, 0
	for range rounds {
		size, window := 3+random.IntN(6), windows[random.IntN(4)]
		vocabulary := 10 + random.Uint64N(200)
		var tokens []uint64
		for range size + random.IntN(80) {
			tokens = append(tokens, random.Uint64N(vocabulary))
		}
		var edited []uint64 // with what stands before it put in again, others between
		for i := range tokens {
			edited = append(edited, tokens[i])
			if back := random.IntN(4); i >= back && random.IntN(12) == 0 {
				edited = append(edited, vocabulary+random.Uint64N(1000))
				edited = append(edited, tokens[i-back+1:i+1]...)
			}
		}
		twice := longestRepeat(edited)
		a, b := shinglesOf(tokens, size), shinglesOf(edited, size)
		if twice == 0 || twice >= size-1 || distinctKeys(a) < len(a) {
			continue
		}
		checked++
		got := outcomeOf(a, b, window, size-twice)
		if got.shared < got.least {
			t.Fatalf("%d tokens, shingles of %d, window %d, a run of %d twice: %d are missing, and %d windows shared of at least %d",
				len(tokens), size, window, twice, got.missing, got.shared, got.least)
		}
		below += one(outcomeOf(a, b, window, size).shared < outcomeOf(a, b, window, size).least)
	}
	if checked < rounds/10 || below == 0 {
		t.Errorf("%d texts of words that stand twice, %d below the bar of those whose words do not", checked, below)
	}
}

// TestSkewedVocabulary edits texts whose words are as rare and as frequent as
// those of language: few pairs are below the bar, and little.
func TestSkewedVocabulary(t *testing.T) {
	random := seeded.Rand(t)
	vocabulary := rand.NewZipf(random, 1.1, 2, 20_000)
	rounds, below := 20_000, 0
	if testing.Short() {
		rounds = 2000
	}
	for range rounds {
		tokens := make([]uint64, 100+random.IntN(500))
		for i := range tokens {
			tokens[i] = vocabulary.Uint64()
		}
		kept := random.IntN(2) // of the token at a place, and so many others
		others := 1 - kept + random.IntN(3)
		edit := at(func(_ *rand.Rand, token uint64) (edited []uint64) {
			for range others {
				edited = append(edited, vocabulary.Uint64())
			}
			return append(edited, slices.Repeat([]uint64{token}, kept)...)
		})
		places := spreads[random.IntN(2)].places(random, len(tokens), 1+random.IntN(len(tokens)/20))
		a, b := shinglesOf(tokens, 5), shinglesOf(edit(random, tokens, places), 5)
		sketch := sketchOf(a, 8)
		lacking := sketch.Windows - Lost(distinctKeys(without(a, b)), 8, 5) - sharedWindows(sketch, sketchOf(b, 8))
		if below += one(lacking > 0); lacking > sketch.Windows/10 {
			t.Errorf("%d shingles: %d windows are lacking of %d", len(a), lacking, sketch.Windows)
		}
	}
	if below > rounds/500 {
		t.Errorf("%d of %d pairs are below the bar", below, rounds)
	}
}

// TestTextsThatRepeatThemselves has texts of which stretches stand twice. Of them the
// bar is no theorem: shingles that stand twice, once beside smaller ones and
// once not, can be missing in two places and count as missing once. It
// happens to one pair in ten thousand, and lacks a window's length or so.
func TestTextsThatRepeatThemselves(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 30_000
	if testing.Short() {
		rounds = 3000
	}
	const size = 5
	checked, below := 0, 0
	for round := range rounds {
		tokens := hashesOf(random, 100+random.IntN(400))
		for range 1 + random.IntN(4) {
			from := random.IntN(len(tokens))
			stretch := slices.Clone(tokens[from:min(len(tokens), from+random.IntN([]int{14, 200}[round%2]))])
			tokens = slices.Insert(tokens, random.IntN(len(tokens)), stretch...)
		}
		places := spreads[random.IntN(2)].places(random, len(tokens), 1+random.IntN(len(tokens)/10))
		a, b := shinglesOf(tokens, size), shinglesOf(edits[random.IntN(len(edits))].apply(random, tokens, places), size)
		for _, texts := range [2][2][]uint64{{a, b}, {b, a}} {
			sketch := sketchOf(texts[0], 8)
			missing := distinctKeys(without(texts[0], texts[1]))
			least := sketch.Windows - Lost(missing, 8, size)
			if sketch.Whole || least <= 0 {
				continue
			}
			checked++
			lacking := least - sharedWindows(sketch, sketchOf(texts[1], 8))
			if below += one(lacking > 0); lacking > 16 {
				t.Errorf("%d shingles, %d missing: %d windows are lacking of %d", len(texts[0]), missing, lacking, least)
			}
		}
	}
	if checked < rounds/2 || below > checked/1000 {
		t.Errorf("%d of %d pairs are below the bar", below, checked)
	}
}

// The worst that so many missing shingles can do.
type worst struct {
	touched int // the most windows
	run     int // the shortest of longest runs
}

// placements goes through every set of missing ones out of n shingles where
// those in a row are as many as a change spoils, fewer at the ends only. It
// returns the worst by the number that is missing at the most.
func placements(n, size, window int) []worst {
	all := make([]worst, n+1)
	for missing := range all {
		all[missing].run = n
	}
	for set := range 1 << n {
		missing, run, longest, spoiled, valid := 0, 0, 0, 0, true
		for i := range n {
			if set>>i&1 == 1 {
				missing, spoiled, run = missing+1, spoiled+1, 0
				continue
			}
			valid = valid && (spoiled == 0 || spoiled == i || spoiled >= size-1)
			run, spoiled = run+1, 0
			longest = max(longest, run)
		}
		if !valid {
			continue
		}
		touched := 0
		for start := 0; start+window <= n; start++ {
			touched += one(set>>start&(1<<window-1) > 0)
		}
		all[missing].touched, all[missing].run = max(all[missing].touched, touched), min(all[missing].run, longest)
	}
	for missing := 1; missing <= n; missing++ {
		all[missing].touched = max(all[missing].touched, all[missing-1].touched)
		all[missing].run = min(all[missing].run, all[missing-1].run)
	}
	return all
}

// TestLostAndLongestRun holds the formulas to every placement: what is lost is
// never more, and reached where there is room for it; the longest run is exact.
func TestLostAndLongestRun(t *testing.T) {
	most := 15
	if testing.Short() {
		most = 12
	}
	for size := 1; size <= 6; size++ {
		for _, window := range windows[:3] {
			reached := 0
			for n := 1; n <= most; n++ {
				for missing, want := range placements(n, size, window) {
					containment := 1 - float64(missing)/float64(n)
					if got := LongestRun(n, size, containment); got != want.run {
						t.Fatalf("LongestRun(%d, %d, %v) = %d, want %d", n, size, containment, got, want.run)
					}
					lost := Lost(missing, window, size)
					if lost < want.touched {
						t.Fatalf("Lost(%d, %d, %d) = %d, but %d windows of %d shingles can be", missing, window, size, lost, want.touched, n)
					}
					reached += one(missing >= size-1 && missing > 0 && lost == want.touched)
				}
			}
			if reached == 0 {
				t.Errorf("shingles of %d, window %d: no placement reaches the bound", size, window)
			}
		}
	}
}

// TestMissing holds it to whole numbers: of D shingles, m may be missing where
// (D−m)/D is at least p/q.
func TestMissing(t *testing.T) {
	for q := 1; q <= 40; q++ {
		for p := 1; p <= q; p++ {
			for _, distinct := range []int{0, 1, 2, 3, 4, 5, 7, 10, 39, 40, 41, 60, 99, 100, 840, 99_999, 100_000, 5_000_000} {
				want := distinct * (q - p) / q
				if got := Missing(distinct, float64(p)/float64(q)); got != want {
					t.Errorf("Missing(%d, %d/%d) = %d, want %d", distinct, p, q, got, want)
				}
			}
		}
	}
}

func TestMaxWindow(t *testing.T) {
	for _, test := range []struct {
		size        int
		containment float64
		want        int
	}{
		{5, 1, 8},
		{5, 0.9, 8},
		{5, 0.8, 8}, // half of a run of 16
		{5, 0.79, 4},
		{5, 2.0 / 3, 4}, // half of a run of 8
		{5, 0.66, 2},
		{5, 0.5, 2}, // half of a run of 4
		{5, 0.49, 1},
		{5, 0.01, 1},
		{2, 0.9, 4}, // half of a run of 9
		{1, 0.9, 1}, // single words are in no order
		{1, 1, 1},
		{64, 0.2, 4},
		{64, 0.21, 8},
	} {
		if got := MaxWindow(test.size, test.containment); got != test.want {
			t.Errorf("MaxWindow(%d, %v) = %d, want %d", test.size, test.containment, got, test.want)
		}
	}
}

// TestMaxWindowLeavesWindows tries every length of an article that is not kept
// whole: whatever a pair lacks, of the article's windows a third of the share
// that it has is not lost.
func TestMaxWindowLeavesWindows(t *testing.T) {
	for _, size := range []int{1, 2, 3, 5, 8, 13, 64} {
		for containment := 0.05; containment < 1; containment += 0.05 {
			window := MaxWindow(size, containment)
			for shingles := WholeUpTo + 1; shingles <= 3000; shingles++ {
				all := shingles - window + 1
				left := all - Lost(Missing(shingles, containment), window, size)
				if float64(left) < containment/3*float64(all) {
					t.Fatalf("size %d, containment %.2f, window %d: of %d windows %d are left", size, containment, window, all, left)
				}
				if run := LongestRun(shingles, size, containment); run < window {
					t.Fatalf("size %d, containment %.2f: a run of %d of %d shingles, shorter than the window of %d",
						size, containment, run, shingles, window)
				}
			}
		}
	}
}

// TestContainmentAt tries all pairs of sets of up to 40 elements.
func TestContainmentAt(t *testing.T) {
	for a := 1; a <= 40; a++ {
		for b := a; b <= 40; b++ {
			for shared := 0; shared <= a; shared++ {
				jaccard := float64(shared) / float64(a+b-shared)
				containment := float64(shared) / float64(a)
				least := ContainmentAt(jaccard)
				if containment < least-1e-12 || a == b && containment > least+1e-12 {
					t.Errorf("sets of %d and %d with %d in common: containment %v, least %v", a, b, shared, containment, least)
				}
			}
		}
	}
}

// TestDensity holds what the package comment says a sketch costs.
func TestDensity(t *testing.T) {
	hashes := hashesOf(seeded.Rand(t), 100_000)
	for _, window := range windows {
		share := float64(len(sketchOf(hashes, window).Samples)) / float64(len(hashes))
		if want := 2 / float64(window+1); math.Abs(share-want) > 0.01 {
			t.Errorf("window %d: %.3f of the shingles are kept, want %.3f", window, share, want)
		}
	}
}

// TestOneHash has a text of nothing but one shingle: however long it goes on,
// it counts for one window.
func TestOneHash(t *testing.T) {
	for _, length := range []int{1, 7, 8, 9, 24, 25, 1000} {
		sketch := sketchOf(slices.Repeat([]uint64{1 << 60}, length), 8)
		windows := 0
		for _, sample := range sketch.Samples {
			windows += int(sample.Weight)
		}
		if sketch.Shingles != 1 || !sketch.Whole || sketch.Windows > 1 || windows != max(1, length-7) {
			t.Errorf("%d times one hash: %d windows, sketch %+v", length, windows, sketch)
		}
	}
}

// BenchmarkSketch has articles of words of 6 bytes.
func BenchmarkSketch(b *testing.B) {
	for _, words := range []int{50, 500, 10_000} {
		for _, window := range windows {
			b.Run(fmt.Sprintf("%d-words/window-%d", words, window), func(b *testing.B) {
				hashes := hashesOf(rand.New(rand.NewPCG(1, 1)), words)
				var sketcher Sketcher
				b.SetBytes(int64(6 * words))
				b.ReportAllocs()
				for b.Loop() {
					sketcher.Sketch(hashes, window)
				}
			})
		}
	}
}
