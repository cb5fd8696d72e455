package candidate

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"
)

var seed = flag.Uint64("seed", 1, "seed of the randomised tests")

// random depends on -seed alone, which it names if the test fails.
func random(t testing.TB) *rand.Rand {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("-seed=%d", *seed)
		}
	})
	return rand.New(rand.NewPCG(*seed, 0))
}

// hashesOf returns that many random hashes.
func hashesOf(random *rand.Rand, count int) []uint64 {
	hashes := make([]uint64, count)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	return hashes
}

// someOf returns about the given share of the hashes, ascending and distinct,
// and others of its own.
func someOf(random *rand.Rand, hashes []uint64, share float64, others int) []uint64 {
	var set []uint64
	for _, hash := range hashes {
		if random.Float64() < share {
			set = append(set, hash)
		}
	}
	set = append(set, hashesOf(random, others)...)
	slices.Sort(set)
	return slices.Compact(set)
}
