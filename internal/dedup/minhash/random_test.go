package minhash

import (
	"math/rand/v2"
)

// hashesOf returns that many random hashes.
func hashesOf(random *rand.Rand, count int) []uint64 {
	hashes := make([]uint64, count)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	return hashes
}
