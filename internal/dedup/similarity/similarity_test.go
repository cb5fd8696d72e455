package similarity

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
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

// sorted puts the elements of a set, which is in no order, in one.
func sorted(set Set) []uint64 { return slices.Sorted(slices.Values(set)) }

// distinct are the hashes, each once, in order.
func distinct(hashes []uint64) []uint64 {
	elements := make(map[uint64]bool)
	for _, hash := range hashes {
		elements[hash] = true
	}
	return slices.Sorted(maps.Keys(elements))
}

func TestNewSet(t *testing.T) {
	for _, test := range []struct {
		hashes []uint64
		want   []uint64 // sorted
	}{
		{nil, nil},
		{[]uint64{}, nil},
		{[]uint64{0}, []uint64{0}},
		{[]uint64{0, 0}, []uint64{0}},
		{[]uint64{3, 1, math.MaxUint64, 1, 0, 3, 0}, []uint64{0, 1, 3, math.MaxUint64}},
	} {
		before := slices.Clone(test.hashes)
		if diff := cmp.Diff(test.want, sorted(NewSet(test.hashes))); diff != "" {
			t.Errorf("set of %d (-want +got):\n%s", test.hashes, diff)
		}
		if !slices.Equal(before, test.hashes) {
			t.Errorf("the hashes %d have become %d", before, test.hashes)
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

// TestSmallWorld compares all subsets of six elements with each other, in a
// table of its own and in one that is used again.
func TestSmallWorld(t *testing.T) {
	var table Table
	for first := range 64 {
		for second := range 64 {
			a, b := subset(first), subset(second)
			want := brute(a, b)
			got := map[string]Overlap{
				"Compare":    Compare(a, b),
				"used again": {B: table.Fill(b), A: len(a), Shared: table.Shared(a, 0)},
			}
			for way, overlap := range got {
				if overlap != want {
					t.Errorf("%s of %v and %v: %+v, want %+v", way, a, b, overlap, want)
				}
			}
		}
	}
}

// someHashes returns hashes that repeat, of so many values: of any bits, or such
// that all start at one slot of a table, or at its last ones.
func someHashes(random *rand.Rand, most, values int) []uint64 {
	hashes := make([]uint64, random.IntN(most))
	way := random.IntN(3)
	for i := range hashes {
		value := random.Uint64N(uint64(values))
		switch way {
		case 0:
			hashes[i] = value * 0x9e3779b97f4a7c15
		case 1:
			hashes[i] = value << 48
		case 2:
			hashes[i] = value<<48 - 1
		}
	}
	return hashes
}

// TestRandomSets compares sets of all ratios of sizes, made of hashes that
// repeat and that are not mixed, by one table throughout.
func TestRandomSets(t *testing.T) {
	random := seeded.Rand(t)
	var table Table
	for range 2000 {
		values := 1 + random.IntN(1000)
		first, second := someHashes(random, 1+random.IntN(20), values), someHashes(random, 1+random.IntN(1000), values)
		want := brute(first, second)
		a, b := NewSet(first), NewSet(second)
		if got := Compare(a, b); got != want {
			t.Fatalf("Compare of %d and %d elements: %+v, want %+v", len(a), len(b), got, want)
		}
		if got := Compare(b, a); got != (Overlap{want.Shared, want.B, want.A}) {
			t.Fatalf("Compare the other way round: %+v, want the mirror of %+v", got, want)
		}
		if got := table.Fill(second); got != want.B || table.Shared(a, 0) != want.Shared {
			t.Fatalf("a table of %d hashes says that %d are distinct and %d shared, want %+v", len(second), got, table.Shared(a, 0), want)
		}
		// What the table is of once a set is made with it, and what stands before the set.
		set := table.AppendSet(Set{7, 7}, first)
		if set[0] != 7 || set[1] != 7 || !slices.Equal(sorted(set[2:]), distinct(first)) || table.Shared(b, 0) != want.Shared {
			t.Fatalf("%v is the set of %v, and the table shares %d with %v, want %d", set[2:], first, table.Shared(b, 0), b, want.Shared)
		}
	}
}

// TestFirstStandings pins the order of a set: so a scan's memory is the same in every run.
func TestFirstStandings(t *testing.T) {
	if diff := cmp.Diff(Set{5, 0, 3, 9}, NewSet([]uint64{5, 0, 5, 3, 0, 9, 3})); diff != "" {
		t.Errorf("set (-want +got):\n%s", diff)
	}
}

// TestEmptyTable holds that nothing is in a table that was never filled, or last of nothing.
func TestEmptyTable(t *testing.T) {
	var table Table
	all := Set{0, 1, math.MaxUint64}
	if table.Fill(all) != 3 || table.Shared(all, 0) != 3 {
		t.Errorf("of %v the table holds %d", all, table.Shared(all, 0))
	}
	if table.Fill(nil) != 0 || table.Shared(all, 0) != 0 || table.Shared(nil, 0) != 0 {
		t.Errorf("a table of nothing holds %d", table.Shared(all, 0))
	}
	if zero := new(Table); zero.Shared(all, 0) != 0 {
		t.Errorf("a table that was never filled holds %d", zero.Shared(all, 0))
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

// TestSharedStops holds that stopping early never makes too few of enough.
func TestSharedStops(t *testing.T) {
	random := seeded.Rand(t)
	var table Table
	for range 2000 {
		a, b := make([]uint64, random.IntN(40)), make([]uint64, random.IntN(40))
		for i := range a {
			a[i] = random.Uint64N(50)
		}
		for i := range b {
			b[i] = random.Uint64N(50)
		}
		set, want := NewSet(a), brute(a, b)
		table.Fill(b)
		for least := -1; least <= len(set)+2; least++ {
			got := table.Shared(set, least)
			if want.Shared >= least && got != want.Shared || want.Shared < least && got >= least {
				t.Fatalf("%v and %v share %d; asked for at least %d, counted %d", a, b, want.Shared, least, got)
			}
		}
	}
}

// TestLeast compares with every overlap of small sets.
func TestLeast(t *testing.T) {
	for a := range 25 {
		for b := range 25 {
			for shared := range min(a, b) + 1 {
				overlap := Overlap{Shared: shared, A: a, B: b}
				for _, least := range []float64{0.1, 1.0 / 3, 0.5, 0.6, 2.0 / 3, 0.8, 0.9, 1} {
					if overlap.Jaccard() >= least && shared < LeastNear(a, b, least) {
						t.Errorf("%+v: %d shared are too few for %v", overlap, shared, least)
					}
					if max(overlap.AInB(), overlap.BInA()) >= least && shared < LeastContained(a, b, least) {
						t.Errorf("%+v: %d shared are too few to be contained by %v", overlap, shared, least)
					}
				}
			}
		}
	}
}

// BenchmarkCompare has two texts that were just read, as hashes in their order:
// by way of a table, and by sorting both and merging them.
func BenchmarkCompare(b *testing.B) {
	for _, words := range [][2]int{{30, 500}, {120, 500}, {500, 500}, {500, 20_000}} {
		small, large := benchSets(words[0], 1), benchSets(words[1], 2)
		for _, way := range []struct {
			name    string
			compare func(a, b []uint64) int
		}{
			{"table", byTable()},
			{"sorting", bySorting()},
		} {
			b.Run(fmt.Sprintf("%d-in-%d/%s", words[0], words[1], way.name), func(b *testing.B) {
				b.SetBytes(int64(6 * (words[0] + words[1])))
				for i := 0; b.Loop(); i++ {
					way.compare(small[i%len(small)], large[i%len(large)])
				}
			})
		}
	}
}

func byTable() func(a, b []uint64) int {
	var table Table
	var set Set
	return func(a, b []uint64) int {
		set = table.AppendSet(set[:0], b)
		return table.Shared(a, 0)
	}
}

func bySorting() func(a, b []uint64) int {
	var one, other []uint64
	return func(a, b []uint64) (shared int) {
		one, other = append(one[:0], a...), append(other[:0], b...)
		slices.Sort(one)
		slices.Sort(other)
		one, other = slices.Compact(one), slices.Compact(other)
		for i, j := 0, 0; i < len(one) && j < len(other); {
			x, y := one[i], other[j]
			if x == y {
				shared++
			}
			if x <= y {
				i++
			}
			if y <= x {
				j++
			}
		}
		return shared
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
