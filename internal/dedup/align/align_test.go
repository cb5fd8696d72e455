package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func words(text string) []uint64 {
	hashes := make([]uint64, len(text))
	for i := range text {
		hashes[i] = uint64(text[i])
	}
	return hashes
}

func TestAlign(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want []Gap
	}{
		{"", "", nil},
		{"abc", "abc", nil},
		{"abc", "", []Gap{{0, 3, 0, 0}}},
		{"", "abc", []Gap{{0, 0, 0, 3}}},
		{"abc", "axc", []Gap{{1, 2, 1, 2}}},
		{"abc", "xyz", []Gap{{0, 3, 0, 3}}},
		{"abcd", "abxcd", []Gap{{2, 2, 2, 3}}},
		{"abxcd", "abcd", []Gap{{2, 3, 2, 2}}},
		{"abcdef", "xabcyef", []Gap{{0, 0, 0, 1}, {3, 4, 4, 5}}},
		{"abcabba", "cbabac", []Gap{{0, 2, 0, 0}, {3, 3, 1, 2}, {5, 6, 4, 4}, {7, 7, 5, 6}}},
	} {
		var l Aligner
		got, exact := l.Align(words(test.a), words(test.b))
		if !exact {
			t.Errorf("%q and %q: not exact", test.a, test.b)
		}
		if common(len(test.a), got) != longestCommon(words(test.a), words(test.b)) {
			t.Errorf("%q and %q: %v is not the shortest", test.a, test.b, got)
		}
		if test.a != "abcabba" { // which has several
			if diff := cmp.Diff(test.want, got); diff != "" && len(got)+len(test.want) > 0 {
				t.Errorf("%q and %q (-want +got):\n%s", test.a, test.b, diff)
			}
		}
	}
}

// longestCommon is the length of the longest common subsequence, by its definition.
func longestCommon(a, b []uint64) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for k := range b {
			above := row[k+1]
			if a[i] == b[k] {
				row[k+1] = diagonal + 1
			} else {
				row[k+1] = max(above, row[k])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// common is how many words of a text stand in no gap.
func common(length int, gaps []Gap) int {
	for _, gap := range gaps {
		length -= gap.EndA - gap.A
	}
	return length
}

// check holds that an alignment is right: what is between its gaps is equal and not
// empty, and no gap is.
func check(t *testing.T, a, b []uint64, gaps []Gap) {
	t.Helper()
	atA, atB := 0, 0
	for i, gap := range append(slices.Clone(gaps), Gap{len(a), len(a), len(b), len(b)}) {
		if gap.A < atA || gap.B < atB || !slices.Equal(a[atA:gap.A], b[atB:gap.B]) {
			t.Fatalf("before %v words differ: %v and %v aligned as %v", gap, a, b, gaps)
		}
		if i > 0 && i < len(gaps) && gap.A == atA {
			t.Fatalf("%v touches the gap before it in %v", gap, gaps)
		}
		if i < len(gaps) && gap.A == gap.EndA && gap.B == gap.EndB {
			t.Fatalf("an empty gap in %v", gaps)
		}
		atA, atB = gap.EndA, gap.EndB
	}
}

// TestAlignSmall holds every two texts of up to six words out of two, and of up to four out of
// three.
func TestAlignSmall(t *testing.T) {
	var l Aligner
	for _, world := range []struct{ words, most int }{{2, 6}, {3, 4}} {
		texts := [][]uint64{nil}
		for from := 0; from < len(texts); from++ {
			for word := range world.words {
				if len(texts[from]) < world.most {
					texts = append(texts, append(slices.Clone(texts[from]), uint64(word)))
				}
			}
		}
		for _, a := range texts {
			for _, b := range texts {
				gaps, exact := l.Align(a, b)
				check(t, a, b, gaps)
				if !exact || common(len(a), gaps) != longestCommon(a, b) {
					t.Fatalf("%v and %v: %v, exact %t", a, b, gaps, exact)
				}
			}
		}
	}
}

// randomText is words out of a vocabulary, and its edited version has a share of them
// changed, and blocks cut, added and moved.
func randomText(random *rand.Rand, length, vocabulary int) []uint64 {
	text := make([]uint64, length)
	for i := range text {
		text[i] = uint64(random.IntN(vocabulary))
	}
	return text
}

func edited(random *rand.Rand, text []uint64, edits, block, vocabulary int) []uint64 {
	text = slices.Clone(text)
	for range edits {
		at := random.IntN(len(text) + 1)
		end := min(len(text), at+random.IntN(block+1))
		text = slices.Replace(text, at, end, randomText(random, random.IntN(block+1), vocabulary)...)
	}
	return text
}

func TestAlignRandom(t *testing.T) {
	var l Aligner
	exactOnes, coarse := 0, 0
	for round := range 300 {
		random := rand.New(rand.NewPCG(seeded.Seed(), uint64(round)))
		vocabulary := []int{2, 20, 2000}[round%3]
		a := randomText(random, random.IntN(600), vocabulary)
		b := edited(random, a, random.IntN(12), 1+random.IntN(90), vocabulary)
		if round%10 == 0 {
			b = randomText(random, random.IntN(600), vocabulary)
		}
		gaps, exact := l.Align(a, b)
		check(t, a, b, gaps)
		best := longestCommon(a, b)
		switch got := common(len(a), gaps); {
		case exact && got != best:
			t.Fatalf("seed %d round %d: %d words in common, and there are %d", seeded.Seed(), round, got, best)
		case exact:
			exactOnes++
		default:
			coarse++
			// Of versions of a text of many words anchors lose next to nothing.
			if vocabulary == 2000 && round%10 != 0 && 100*got < 99*best {
				t.Errorf("seed %d round %d: coarsely %d words in common of %d", seeded.Seed(), round, got, best)
			}
		}
	}
	if exactOnes < 100 || coarse < 30 {
		t.Errorf("%d exact alignments and %d coarse ones: too few of either to test anything", exactOnes, coarse)
	}
}

// TestAlignDoubled holds that a text is found in one that has it twice, as pages do that a
// crawler read with their print version, with other text around it: no run of it stands once.
func TestAlignDoubled(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 5))
	story := randomText(random, 300, 5000)
	own := func() []uint64 { return randomText(random, 30, 1<<40) }
	doubled, once := slices.Concat(own(), story, own(), story, own()), slices.Concat(own(), story, own())
	var l Aligner
	for _, pair := range [][2][]uint64{{doubled, once}, {once, doubled}, {doubled, slices.Concat(own(), story, own(), story, own())}} {
		gaps, _ := l.Align(pair[0], pair[1])
		check(t, pair[0], pair[1], gaps)
		if got, best := common(len(pair[0]), gaps), longestCommon(pair[0], pair[1]); 100*got < 99*best {
			t.Errorf("seed %d: %d words in common of %d", seeded.Seed(), got, best)
		}
	}
}

// TestAlignHostile holds that texts made to be costly are aligned in time in
// proportion to their length.
func TestAlignHostile(t *testing.T) {
	const length = 200_000
	repeated := func(period int) []uint64 {
		text := make([]uint64, length)
		for i := range text {
			text[i] = uint64(i % period)
		}
		return text
	}
	random := rand.New(rand.NewPCG(seeded.Seed(), 1))
	var l Aligner
	for name, pair := range map[string][2][]uint64{
		"one word":            {repeated(1), repeated(1)[:length/2]},
		"two in turns":        {repeated(2), repeated(3)},
		"a period":            {repeated(100), repeated(101)},
		"two words at random": {randomText(random, length, 2), randomText(random, length, 2)},
		"nothing in common":   {repeated(7), randomText(random, length, 1<<40)},
		"turned round":        {randomText(rand.New(rand.NewPCG(3, 3)), length, 1<<40), reversed(randomText(rand.New(rand.NewPCG(3, 3)), length, 1<<40))},
		"moved blocks":        {randomText(rand.New(rand.NewPCG(4, 4)), length, 1000), randomText(rand.New(rand.NewPCG(4, 4)), length, 1000)[length/2:]},
	} {
		start := time.Now()
		gaps, _ := l.Align(pair[0], pair[1])
		check(t, pair[0], pair[1], gaps)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func reversed(text []uint64) []uint64 {
	slices.Reverse(text)
	return text
}

func BenchmarkAlign(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	story := randomText(random, 500, 3000)
	for _, shape := range []struct {
		name  string
		other []uint64
	}{
		{"same", story},
		{"ten words", edited(random, story, 10, 1, 3000)},
		{"a block of 100", slices.Concat(story[:250], randomText(random, 100, 3000), story[250:])},
		{"in 2000 words", slices.Concat(randomText(random, 700, 3000), edited(random, story, 10, 1, 3000), randomText(random, 800, 3000))},
		{"another", randomText(random, 500, 3000)},
	} {
		b.Run(shape.name, func(b *testing.B) {
			var l Aligner
			for b.Loop() {
				l.Align(story, shape.other)
			}
			b.ReportMetric(float64(len(l.gaps)), "gaps")
		})
	}
}

func ExampleAligner_Align() {
	var l Aligner
	gaps, _ := l.Align(words("the ferry"), words("the old ferry"))
	fmt.Println(gaps)
	// Output: [{4 4 4 8}]
}
