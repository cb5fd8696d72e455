package candidate

import (
	"math/rand/v2"
	"slices"
)

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
