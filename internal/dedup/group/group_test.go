package group

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// distributions are ways to choose a key: hashes, and what is hard for a sort
// and a filter that trust in hashes.
var distributions = map[string]func(random *rand.Rand) uint64{
	"hashes":             func(random *rand.Rand) uint64 { return random.Uint64() },
	"one key":            func(*rand.Rand) uint64 { return 0x0123456789abcdef },
	"zero":               func(*rand.Rand) uint64 { return 0 },
	"the greatest":       func(*rand.Rand) uint64 { return 1<<64 - 1 },
	"few keys":           func(random *rand.Rand) uint64 { return random.Uint64N(5) * 0x3333333333333333 },
	"32 bits on top":     func(random *rand.Rand) uint64 { return random.Uint64() << 32 },
	"few bits on top":    func(random *rand.Rand) uint64 { return random.Uint64N(50) << 32 },
	"one top byte":       func(random *rand.Rand) uint64 { return 0xff<<56 | random.Uint64()>>8 },
	"one top half":       func(random *rand.Rand) uint64 { return 7<<32 | random.Uint64()>>32 },
	"small numbers":      func(random *rand.Rand) uint64 { return random.Uint64N(1000) },
	"bytes 0 and 255":    func(random *rand.Rand) uint64 { return random.Uint64() & 1 * 0xff00ff00ff00ff00 >> random.IntN(2) },
	"minima of 8 hashes": func(random *rand.Rand) uint64 { return slices.Min(hashes(random, 8)) },

	// What is hard for a Store, which tells keys apart by the 40 bits above the lowest 4.
	"alike in all that counts": func(random *rand.Rand) uint64 { return 5<<40 | random.Uint64N(16) | random.Uint64()<<44 },
	"of one part":              func(random *rand.Rand) uint64 { return 7<<4 | random.Uint64()&^0xfff },
	"few, of one part":         func(random *rand.Rand) uint64 { return 7<<4 | random.Uint64N(300)<<12 },
	"few in each part":         func(random *rand.Rand) uint64 { return random.Uint64N(1 << 14) },
	"few of those bits":        func(random *rand.Rand) uint64 { return random.Uint64() << 36 },
	"alike in a filter":        func(random *rand.Rand) uint64 { return random.Uint64() & (0x3ff<<34 | 0xf) },
}

func hashes(random *rand.Rand, count int) []uint64 {
	keys := make([]uint64, count)
	for i := range keys {
		keys[i] = random.Uint64()
	}
	return keys
}

func entriesOf(random *rand.Rand, count int, key func(*rand.Rand) uint64) []Entry {
	entries := make([]Entry, count)
	for i := range entries {
		entries[i] = Entry{Key: key(random), Owner: uint32(i)}
	}
	return entries
}

func TestSort(t *testing.T) {
	random := seeded.Rand(t)
	sizes := []int{0, 1, 2, smallPart - 1, smallPart, smallPart + 1, 1000, 10_000}
	for range 10 {
		sizes = append(sizes, random.IntN(10_000))
	}
	for name, key := range distributions {
		for _, size := range sizes {
			entries := entriesOf(random, size, key)
			want := slices.Clone(entries)
			slices.SortStableFunc(want, func(a, b Entry) int { return cmp.Compare(a.Key, b.Key) })
			got := Sort(entries)
			if !slices.Equal(want, got) { // Diff alone takes seconds
				t.Errorf("%d entries, %s (-want +got):\n%s", size, name, gocmp.Diff(want, got))
			}
			if size > 0 && &got[0] != &entries[0] {
				t.Errorf("%d entries, %s: sorted, but not in place", size, name)
			}
		}
	}
}

// TestSortIsNeverQuadratic sorts a million entries of each kind. A quadratic
// sort would take ten minutes; this takes less than a second, slow machines ten.
func TestSortIsNeverQuadratic(t *testing.T) {
	if testing.Short() {
		t.Skip("sorts a million entries a dozen times")
	}
	random := seeded.Rand(t)
	for name, key := range distributions {
		entries := entriesOf(random, 1_000_000, key)
		start := time.Now()
		Sort(entries)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: sorting a million took %v", name, took)
		}
		if !slices.IsSortedFunc(entries, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Owner, b.Owner))
		}) {
			t.Errorf("%s: a million entries are not sorted", name)
		}
	}
}

func TestRuns(t *testing.T) {
	entries := []Entry{{1, 10}, {1, 11}, {2, 12}, {5, 13}, {5, 14}, {5, 15}, {9, 16}}
	for _, test := range []struct {
		least int
		want  [][]Entry
	}{
		{1, [][]Entry{{{1, 10}, {1, 11}}, {{2, 12}}, {{5, 13}, {5, 14}, {5, 15}}, {{9, 16}}}},
		{2, [][]Entry{{{1, 10}, {1, 11}}, {{5, 13}, {5, 14}, {5, 15}}}},
		{3, [][]Entry{{{5, 13}, {5, 14}, {5, 15}}}},
		{4, nil},
	} {
		var got [][]Entry
		Runs(entries, test.least, func(run []Entry) { got = append(got, run) })
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("runs of at least %d (-want +got):\n%s", test.least, diff)
		}
	}
	Runs(nil, 1, func(run []Entry) { t.Errorf("a run of nothing: %v", run) })
}

// TestRunsMayBeReordered has each run reversed while it is visited.
func TestRunsMayBeReordered(t *testing.T) {
	entries := []Entry{{1, 10}, {1, 11}, {2, 12}, {2, 13}}
	runs := 0
	Runs(entries, 1, func(run []Entry) { slices.Reverse(run); runs++ })
	want := []Entry{{1, 11}, {1, 10}, {2, 13}, {2, 12}}
	if diff := gocmp.Diff(want, entries); diff != "" || runs != 2 {
		t.Errorf("%d runs (-want +got):\n%s", runs, diff)
	}
}

// An entry of an article is one in about 27 bytes of text.
const bytesAnEntry = 27

func benchmark(b *testing.B, sort func([]Entry)) {
	for _, name := range []string{"minima of 8 hashes", "one key", "32 bits on top"} {
		b.Run(name, func(b *testing.B) {
			unsorted := entriesOf(rand.New(rand.NewPCG(1, 1)), 1_000_000, distributions[name])
			entries := make([]Entry, len(unsorted))
			b.SetBytes(int64(len(entries) * bytesAnEntry))
			for b.Loop() {
				copy(entries, unsorted)
				sort(entries)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(entries)), "ns/entry")
		})
	}
}

func BenchmarkSort(b *testing.B) { benchmark(b, func(entries []Entry) { Sort(entries) }) }

// BenchmarkSortByComparing is what Sort is measured against.
func BenchmarkSortByComparing(b *testing.B) {
	benchmark(b, func(entries []Entry) {
		slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Key, b.Key) })
	})
}
