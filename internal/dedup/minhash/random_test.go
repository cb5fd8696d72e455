package minhash

import (
	"flag"
	"math/rand/v2"
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
