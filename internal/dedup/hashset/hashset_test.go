package hashset

import (
	"math"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestSet compares with a map: hashes that fall into few slots, the two ends of
// all numbers among them, and a set that is used again.
func TestSet(t *testing.T) {
	random := seeded.Rand(t)
	var set Set
	if set.Has(0) || set.Has(1) {
		t.Error("an empty set has elements")
	}
	for range 500 {
		count := random.IntN(200)
		set.Reset(count)
		want := make(map[uint64]bool)
		hash := func() uint64 {
			switch random.IntN(4) {
			case 0:
				return random.Uint64N(4) << 60 // one slot for all
			case 1:
				return math.MaxUint64 - random.Uint64N(40)
			}
			return random.Uint64N(100) << random.IntN(60)
		}
		for range count {
			element := hash()
			if set.Add(element) == want[element] {
				t.Fatalf("adding %#x, which is there: %t", element, want[element])
			}
			want[element] = true
		}
		for range 200 {
			if element := hash(); set.Has(element) != want[element] {
				t.Fatalf("%#x is said to be there: %t", element, !want[element])
			}
		}
	}
}

func BenchmarkSet(b *testing.B) {
	random := seeded.Rand(b)
	hashes := make([]uint64, 400)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	var set Set
	for b.Loop() {
		set.Reset(len(hashes))
		for _, hash := range hashes {
			set.Add(hash)
		}
		for _, hash := range hashes {
			set.Has(hash)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*b.N*len(hashes)), "ns/hash")
}
