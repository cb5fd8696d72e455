package minhash

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// naive is the sketch by its definition.
func naive(hashes []uint64, window int) []uint64 {
	for window > len(hashes) && window > 1 {
		window /= 2
	}
	var sketch []uint64
	for _, key := range naiveMinima(hashes, window) {
		level := 0
		for longer := window; longer <= min(len(hashes), LongestWindow); longer *= 2 {
			if slices.Contains(naiveMinima(hashes, longer), key) {
				level = int(math.Log2(float64(longer)))
			}
		}
		sketch = append(sketch, key+uint64(level))
	}
	return sketch
}

// naiveMinima returns the distinct keys of the least hashes of all windows.
func naiveMinima(hashes []uint64, window int) []uint64 {
	var minima []uint64
	for start := 0; start+window <= len(hashes); start++ {
		least := slices.Min(hashes[start:start+window]) / Levels * Levels
		if !slices.Contains(minima, least) {
			minima = append(minima, least)
		}
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

var windows = []int{1, 2, 4, 8}

// TestSketchOfEverySmallText runs all texts over three hashes, the least and
// the greatest possible among them, and over three of which two have one key.
func TestSketchOfEverySmallText(t *testing.T) {
	var sketcher Sketcher
	check := func(hashes []uint64) {
		if t.Failed() {
			return
		}
		for _, window := range windows {
			before := slices.Clone(hashes)
			got := sketcher.Append(nil, hashes, window)
			if want := naive(hashes, window); !slices.Equal(got, want) {
				t.Errorf("sketch of %v, window %d, is %v, want %v", hashes, window, got, want)
			}
			if !slices.Equal(before, hashes) {
				t.Errorf("window %d: the hashes %v have become %v", window, before, hashes)
			}
		}
	}
	sequences([]uint64{0, 7, math.MaxUint64}, 9, check)
	sequences([]uint64{8, 9, 12}, 7, check)
}

func TestSketchOfRandomTexts(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for range 80 {
		hashes := hashesOf(random, random.IntN(400))
		same := 60 * random.IntN(2) // low bits that all agree in
		for i := range hashes {
			hashes[i] = hashes[i]<<same | 1<<same - 1
			if i > 0 && random.IntN(4) == 0 {
				hashes[i] = hashes[random.IntN(i)]
			}
		}
		for _, window := range windows {
			want := append([]uint64{3, 2, 1}, naive(hashes, window)...)
			got := sketcher.Append([]uint64{3, 2, 1}, hashes, window)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%d hashes, window %d: sketch (-want +got):\n%s", len(hashes), window, diff)
			}
		}
	}
}

// TestLongerWindowsKeepASubset is what makes articles of different windows comparable.
func TestLongerWindowsKeepASubset(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for range 200 {
		hashes := hashesOf(random, 1+random.IntN(200))
		shorter := sketcher.Append(nil, hashes, 1)
		for _, window := range windows[1:] {
			longer := sketcher.Append(nil, hashes, window)
			if common(longer, shorter) < len(longer) {
				t.Fatalf("%d hashes: window %d keeps some that window %d does not", len(hashes), window, window/2)
			}
			shorter = longer
		}
	}
}

// TestPromise plants a run of hashes in two texts: as many as the longer of
// their windows, wherever it stands, give them a sample in common.
func TestPromise(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for range 3000 {
		first, second := windows[random.IntN(4)], windows[random.IntN(4)]
		run := hashesOf(random, max(first, second))
		around := func() []uint64 {
			return slices.Concat(hashesOf(random, random.IntN(40)), run, hashesOf(random, random.IntN(40)))
		}
		a, b := sketcher.Append(nil, around(), first), sketcher.Append(nil, around(), second)
		if common(a, b) == 0 {
			t.Fatalf("texts with %d hashes in common share no sample of windows %d and %d", len(run), first, second)
		}
	}
}

// common counts the samples of two sketches that stand in both.
func common(a, b []uint64) int {
	stands := make(map[uint64]bool, len(b))
	for _, sample := range b {
		stands[Key(sample)] = true
	}
	count := 0
	for _, sample := range a {
		if stands[Key(sample)] {
			count++
		}
	}
	return count
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
		{1, 0.9, 4}, // as size 2: an edit spoils something
		{64, 0.2, 4},
		{64, 0.21, 8},
	} {
		if got := MaxWindow(test.size, test.containment); got != test.want {
			t.Errorf("MaxWindow(%d, %v) = %d, want %d", test.size, test.containment, got, test.want)
		}
	}
}

// TestMaxWindowFitsBetweenEdits tries every length of the smaller article with
// as many edits as it can bear, spread evenly: the longest run that they leave
// whole must hold a window.
func TestMaxWindowFitsBetweenEdits(t *testing.T) {
	for size := 2; size <= 10; size++ {
		for containment := 0.05; containment < 1; containment += 0.05 {
			window := MaxWindow(size, containment)
			for shingles := 1; shingles <= 2000; shingles++ {
				edits := int((1 - containment) * float64(shingles) / float64(size-1))
				whole := shingles - edits*(size-1)
				longest := (whole + edits) / (edits + 1) // of edits+1 runs, rounded up
				if longest < min(window, shingles) && whole > 0 && edits > 0 {
					t.Fatalf("size %d, containment %.2f: %d edits of %d shingles leave runs of %d, shorter than the window of %d",
						size, containment, edits, shingles, longest, window)
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

func TestWindow(t *testing.T) {
	for _, longest := range windows {
		last := 1
		for shingles := range 2000 {
			window := Window(shingles, longest)
			switch {
			case window != last && window != 2*last:
				t.Fatalf("at %d shingles the window goes from %d to %d", shingles, last, window)
			case window > longest:
				t.Fatalf("Window(%d, %d) = %d", shingles, longest, window)
			case shingles <= WholeUpTo && window != 1:
				t.Fatalf("%d shingles are not all kept: window %d", shingles, window)
			case shingles > WholeUpTo && 2*shingles/(window+1) < 43:
				t.Fatalf("%d shingles have %d samples", shingles, 2*shingles/(window+1))
			}
			last = window
		}
		if last != longest {
			t.Errorf("the longest window of %d is never used", longest)
		}
	}
}

// TestLevelsCountTheSamplesOfLongerWindows holds that a sketch knows how many
// samples the article would have had with each longer window.
func TestLevelsCountTheSamplesOfLongerWindows(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for range 300 {
		phrase := hashesOf(random, 1+random.IntN(8)) // a list, where its least hash is on every line
		var hashes []uint64
		for range 1 + random.IntN(40) {
			hashes = slices.Concat(hashes, phrase, hashesOf(random, random.IntN(8)))
		}
		for _, window := range windows {
			sketch := sketcher.Append(nil, hashes, window)
			for _, longer := range windows[Level(window):] {
				if longer > len(hashes) {
					continue
				}
				count := 0
				for _, sample := range sketch {
					if LevelOf(sample) >= Level(longer) {
						count++
					}
				}
				if want := len(sketcher.Append(nil, hashes, longer)); count != want {
					t.Fatalf("%d hashes: by window %d they have %d samples of %d, want %d", len(hashes), window, count, longer, want)
				}
			}
		}
	}
}

func TestDistinct(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for range 300 {
		hashes := hashesOf(random, random.IntN(300))
		stands := make(map[uint64]bool)
		for i := range hashes {
			if i > 0 && random.IntN(3) == 0 {
				hashes[i] = hashes[random.IntN(i)]
			}
			if random.IntN(5) == 0 {
				hashes[i] = uint64(random.IntN(8)) // these differ in the bits of the level alone
			}
			stands[hashes[i]] = true
		}
		if got := sketcher.Distinct(hashes); got != len(stands) {
			t.Fatalf("%d of %d hashes are distinct, want %d", got, len(hashes), len(stands))
		}
	}
}

// TestVarianceOfSamples measures what LeastExpected starts from: the variance
// of the number of samples of a text, as a share of their mean. That of a
// renewal process is above it, since a long distance is followed by short ones.
func TestVarianceOfSamples(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for _, window := range windows {
		const texts = 2000
		sum, squares := 0.0, 0.0
		for range texts {
			count := float64(len(sketcher.Append(nil, hashesOf(random, 500), window)))
			sum, squares = sum+count, squares+count*count
		}
		mean := sum / texts
		got := (squares/texts - mean*mean) / mean
		if most := float64(window-1) / float64(3*(window+1)); got > most+1e-9 || got < most/2 {
			t.Errorf("window %d: the variance is %.3f of the mean, want a little less than %.3f", window, got, most)
		}
	}
}

func TestLeastExpected(t *testing.T) {
	for _, test := range []struct {
		expected float64
		window   int
		want     int
	}{
		{-5, 8, 1}, {0, 8, 1}, {1, 8, 1}, {5, 8, 1},
		{50, 8, 32}, // 50 − 3.7·√25.9
		{-5, 1, 1}, {0.2, 1, 1}, {9, 1, 9}, {9.1, 1, 10}, {8 + 1e-12, 1, 8},
	} {
		if got := LeastExpected(test.expected, test.window); got != test.want {
			t.Errorf("LeastExpected(%v, %d) = %d, want %d", test.expected, test.window, got, test.want)
		}
	}
}

// An edit changes the text after the first tokens of it that are given, the
// last of which it may replace.
type edit struct {
	name    string
	spoiled func(size int) int // shingles of the edited text
	apply   func(tokens []uint64, word uint64) []uint64
}

var edits = []edit{
	{"deletion", func(size int) int { return size - 1 },
		func(tokens []uint64, _ uint64) []uint64 { return tokens[:len(tokens)-1] }},
	{"substitution", func(size int) int { return size },
		func(tokens []uint64, word uint64) []uint64 { return append(tokens[:len(tokens)-1], word) }},
	{"insertion", func(size int) int { return size },
		func(tokens []uint64, word uint64) []uint64 { return append(tokens, word) }},
}

// spread returns the tokens with edits at the distances that next names.
func (e edit) spread(random *rand.Rand, tokens []uint64, next func() float64) []uint64 {
	var edited []uint64
	at := next()
	for _, token := range tokens {
		edited = append(edited, token)
		if float64(len(edited)) >= at {
			edited = e.apply(edited, random.Uint64())
			at += next()
		}
	}
	return edited
}

// TestSamplesOfARun counts the samples that a run of shingles common to two
// texts has in both, which is what ExpectedShare is derived from.
func TestSamplesOfARun(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	for _, window := range windows {
		for _, length := range []int{1, 2, 3, 4, 6, 8, 12, 16, 24} {
			trials := 4000
			if testing.Short() {
				trials = 1000
			}
			sum, squares := 0.0, 0.0
			run := hashesOf(random, length)
			for range trials {
				copy(run, hashesOf(random, length))
				around := func() []uint64 {
					return slices.Concat(hashesOf(random, window), run, hashesOf(random, window))
				}
				count := float64(common(sketcher.Append(nil, around(), window), sketcher.Append(nil, around(), window)))
				sum, squares = sum+count, squares+count*count
			}
			mean := sum / float64(trials)
			deviation := math.Sqrt((squares/float64(trials) - mean*mean) / float64(trials))
			density := 2 / float64(window+1)
			least := density * (float64(length) - float64(window-1)/4)
			if mean < least-4*deviation-1e-9 || length >= 8 && mean > least+density*float64(window)/16+4*deviation {
				t.Errorf("window %d: %.3f ± %.3f samples in common of a run of %d, want a little more than %.3f",
					window, mean, deviation, length, least)
			}
		}
	}
}

// TestExpectedShareOfAStretch computes it from the run of TestSamplesOfARun
// and the stretch from edit to edit that it stands in.
func TestExpectedShareOfAStretch(t *testing.T) {
	for _, window := range windows {
		for size := 2; size <= 10; size++ {
			for containment := 0.1; containment < 1; containment += 0.1 {
				stretch := float64(size-1) / (1 - containment)
				run := containment * stretch
				want := (run - float64(window-1)/4) / stretch
				if got := ExpectedShare(size, containment, window); math.Abs(got-want) > 1e-9 {
					t.Errorf("ExpectedShare(%d, %.1f, %d) = %v, want %v", size, containment, window, got, want)
				}
			}
		}
	}
}

// TestExpectedShare measures the samples in common of a long text and the same
// text with edits at even distances, for which ExpectedShare is derived, and at
// random ones. It is the least share, and no samples can be common but those of
// common shingles.
func TestExpectedShare(t *testing.T) {
	random := seeded.Rand(t)
	tokens := hashesOf(random, 15_000)
	for _, edit := range edits {
		for _, size := range []int{2, 5, 8} {
			for _, containment := range []float64{0.5, 2.0 / 3, 0.8, 0.95} {
				distance := float64(edit.spoiled(size)) / (1 - containment)
				even := func() float64 { return distance }
				// Where edits fall close together they spoil less than one by
				// one: the containment is then measured.
				atRandom := func() float64 { return distance * random.ExpFloat64() }
				for name, next := range map[string]func() float64{"evenly": even, "at random": atRandom} {
					edited := edit.spread(random, tokens, next)
					checkShare(t, fmt.Sprintf("%s %s, containment %.2f", edit.name, name, containment), size, tokens, edited)
				}
			}
		}
	}
}

func checkShare(t *testing.T, name string, size int, tokens, edited []uint64) {
	var sketcher Sketcher
	whole, changed := shingle.Append(nil, tokens, size), shingle.Append(nil, edited, size)
	share := func(window int) float64 {
		a, b := sketcher.Append(nil, changed, window), sketcher.Append(nil, whole, window)
		return float64(common(a, b)) / float64(len(a))
	}
	containment := share(1)
	for _, window := range windows {
		least := ExpectedShare(size, containment, window)
		const tolerance = 0.035 // four standard deviations of 3,300 samples
		if got := share(window); got < least-tolerance || got > containment+tolerance {
			t.Errorf("%s (%.3f), size %d, window %d: share of common samples %.3f, want %.3f to %.3f",
				name, containment, size, window, got, least, containment)
		}
	}
}

// TestPairsReachTheBar counts the common samples of texts with edits at even
// distances, which bring them just to the containment: fewer than LeastExpected
// should be had by one pair in ten thousand.
func TestPairsReachTheBar(t *testing.T) {
	random := seeded.Rand(t)
	var sketcher Sketcher
	pairs, size := 1000, 5
	if testing.Short() {
		pairs = 200
	}
	for _, containment := range []float64{2.0 / 3, 0.8, 0.9} {
		window := MaxWindow(size, containment)
		for _, edit := range edits {
			for _, length := range []int{40, 100, 300, 1000} {
				distance := float64(edit.spoiled(size)) / (1 - containment)
				below := 0
				for range pairs {
					tokens := hashesOf(random, length)
					whole := shingle.Append(nil, tokens, size)
					edited := shingle.Append(nil, edit.spread(random, tokens, func() float64 { return distance }), size)
					own, longer := Window(len(edited), window), Window(10*length, window)
					a, b := sketcher.Append(nil, edited, own), sketcher.Append(nil, whole, longer)
					counted := slices.DeleteFunc(slices.Clone(a), func(sample uint64) bool { return LevelOf(sample) < Level(longer) })
					expected := ExpectedShare(size, containment, longer) * float64(len(counted))
					if common(a, b) < LeastExpected(expected, longer) {
						below++
					}
				}
				if below > 3 { // 0.1 expected
					t.Errorf("containment %.2f, %ss in %d tokens: %d of %d pairs have too few samples in common",
						containment, edit.name, length, below, pairs)
				}
			}
		}
	}
}

// benchShingles stand for a text of 10,000 words of 6 bytes.
func benchShingles() (hashes []uint64, bytes int64) {
	return hashesOf(rand.New(rand.NewPCG(1, 1)), 10_000), 60_000
}

func BenchmarkAppend(b *testing.B) {
	for _, window := range windows {
		b.Run(fmt.Sprint("window-", window), func(b *testing.B) {
			hashes, size := benchShingles()
			var sketcher Sketcher
			var sketch []uint64
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				sketch = sketcher.Append(sketch[:0], hashes, window)
			}
		})
	}
}
