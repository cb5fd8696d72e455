package similarity

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// brute compares two lists of hashes as sets, with maps.
func brute(a, b []uint64) Overlap {
	inA, inB := make(map[uint64]bool), make(map[uint64]bool)
	for _, hash := range a {
		inA[hash] = true
	}
	overlap := Overlap{A: len(inA)}
	for _, hash := range b {
		if inA[hash] && !inB[hash] {
			overlap.Shared++
		}
		inB[hash] = true
	}
	overlap.B = len(inB)
	return overlap
}

func TestNewSet(t *testing.T) {
	for _, test := range []struct {
		hashes []uint64
		want   Set
	}{
		{nil, nil},
		{[]uint64{}, Set{}},
		{[]uint64{3, 1, math.MaxUint64, 1, 0, 3, 0}, Set{0, 1, 3, math.MaxUint64}},
	} {
		name := fmt.Sprint(test.hashes)
		if diff := cmp.Diff(test.want, NewSet(test.hashes)); diff != "" {
			t.Errorf("set of %s (-want +got):\n%s", name, diff)
		}
	}
}

// subset returns the elements of which mask has the bit, spread over all of uint64.
func subset(mask int) Set {
	var elements []uint64
	for bit := range 6 {
		if mask>>bit&1 == 1 {
			elements = append(elements, uint64(bit)*(math.MaxUint64/5))
		}
	}
	return NewSet(elements)
}

// TestSmallWorld compares all subsets of six elements with each other, in
// every way there is.
func TestSmallWorld(t *testing.T) {
	for first := range 64 {
		for second := range 64 {
			a, b := subset(first), subset(second)
			want := brute(a, b)
			got := map[string]Overlap{
				"Compare":   Compare(a, b),
				"walk":      {walk(a, b), len(a), len(b)},
				"gallop":    {gallop(a, b), len(a), len(b)},
				"backwards": {gallop(b, a), len(a), len(b)},
			}
			for way, overlap := range got {
				if overlap != want {
					t.Errorf("%s of %v and %v: %+v, want %+v", way, a, b, overlap, want)
				}
			}
		}
	}
}

// TestRandomSets compares sets of all ratios of sizes, made of hashes that repeat.
func TestRandomSets(t *testing.T) {
	random := seeded.Rand(t)
	for range 2000 {
		values := uint64(1 + random.IntN(1000))
		list := func(most int) []uint64 {
			hashes := make([]uint64, random.IntN(most))
			for i := range hashes {
				hashes[i] = random.Uint64N(values) * 0x9e3779b97f4a7c15
			}
			return hashes
		}
		first, second := list(1+random.IntN(20)), list(1+random.IntN(1000))
		want := brute(first, second)
		a, b := NewSet(first), NewSet(second)
		if got := Compare(a, b); got != want {
			t.Fatalf("Compare of %d and %d elements: %+v, want %+v", len(a), len(b), got, want)
		}
		if got := Compare(b, a); got != (Overlap{want.Shared, want.B, want.A}) {
			t.Fatalf("Compare the other way round: %+v, want the mirror of %+v", got, want)
		}
		if walked, galloped := walk(a, b), gallop(a, b); walked != want.Shared || galloped != want.Shared {
			t.Fatalf("walking finds %d and galloping %d in common, want %d", walked, galloped, want.Shared)
		}
	}
}

func TestOverlap(t *testing.T) {
	type shares struct{ Jaccard, AInB, BInA float64 }
	for _, test := range []struct {
		overlap Overlap
		want    shares
	}{
		{Overlap{}, shares{}},
		{Overlap{A: 3}, shares{}},
		{Overlap{B: 3}, shares{}},
		{Overlap{Shared: 3, A: 3, B: 3}, shares{1, 1, 1}},
		{Overlap{Shared: 2, A: 4, B: 8}, shares{0.2, 0.5, 0.25}},
		{Overlap{Shared: 4, A: 4, B: 16}, shares{0.25, 1, 0.25}},
	} {
		got := shares{test.overlap.Jaccard(), test.overlap.AInB(), test.overlap.BInA()}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.overlap, diff)
		}
	}
}

// benchSets stand for texts of words of 6 bytes. Those of one number and two
// owners have every other element in common.
func benchSets(words int, owner uint64) []Set {
	sets := make([]Set, 64) // so many that the processor cannot learn them by heart
	for number := range sets {
		common := rand.New(rand.NewPCG(uint64(number), 0))
		own := rand.New(rand.NewPCG(uint64(number), owner))
		hashes := make([]uint64, words)
		for i := range hashes {
			hashes[i] = common.Uint64()
			if i%2 == 1 {
				hashes[i] = own.Uint64()
			}
		}
		sets[number] = NewSet(hashes)
	}
	return sets
}

func BenchmarkCompare(b *testing.B) {
	for _, words := range [][2]int{{500, 500}, {120, 500}, {60, 500}, {30, 500}, {500, 20_000}} {
		small, large := benchSets(words[0], 1), benchSets(words[1], 2)
		for name, compare := range map[string]func(a, b Set) int{"walk": walk, "gallop": gallop} {
			b.Run(fmt.Sprintf("%d-in-%d/%s", words[0], words[1], name), func(b *testing.B) {
				b.SetBytes(int64(6 * (words[0] + words[1])))
				for i := 0; b.Loop(); i++ {
					compare(small[i%len(small)], large[i%len(large)])
				}
			})
		}
	}
}

func BenchmarkNewSet(b *testing.B) {
	for _, words := range []int{100, 500, 10_000} {
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			unsorted := make([]uint64, words)
			for i := range unsorted {
				unsorted[i] = random.Uint64()
			}
			hashes := make([]uint64, words)
			b.SetBytes(int64(6 * words))
			for b.Loop() {
				copy(hashes, unsorted)
				NewSet(hashes)
			}
		})
	}
}
