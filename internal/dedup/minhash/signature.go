package minhash

import (
	"math"
	"math/bits"
)

// EmptyBin marks a bin without a hash. It is no agreement when both have it.
const EmptyBin = math.MaxUint32

// Bins is the least number of bins with which a pair of the given similarity
// agrees in at least two with probability 0.9999: 1−(1−s)ⁿ−n·s·(1−s)ⁿ⁻¹. One
// agreement is common among texts that share a phrase; two by chance are rare.
// The similarity is at least LeastSimilarity. Sets of four or five elements
// leave many bins empty: they come to 0.998 at 0.5.
func Bins(similarity float64) int {
	bins := 2
	for differ := 1 - similarity; ; bins++ {
		n := float64(bins)
		if math.Pow(differ, n)+n*similarity*math.Pow(differ, n-1) <= 1e-4 {
			return bins
		}
	}
}

// LeastSimilarity is what signatures can be made for: 18 bins.
const LeastSimilarity = 0.5

// fewBins is the number of bins in use by both below which one agreement is
// enough: a small set leaves so many bins empty that a second may not be had.
const fewBins = 4

// Likely reports whether two signatures of as many bins as Bins gives agree as
// a pair of that similarity does, but once in ten thousand times.
func Likely(a, b []uint32) bool {
	agree, used := 0, 0
	for i, value := range a {
		if value == EmptyBin || b[i] == EmptyBin {
			continue
		}
		used++
		if value == b[i] {
			agree++
		}
	}
	return agree >= 2 || agree == 1 && used < fewBins
}

// AppendSignature appends a signature of that many bins: a one-permutation
// MinHash (Li, Owen, Zhang 2012) of the set of the hashes, which may repeat and
// come in any order. The hashes are dealt into bins by their leading bits, and
// each bin keeps the 32 bits that follow of its least hash. Two sets agree in
// a bin, where not both leave it empty, with the probability of their Jaccard
// similarity. Each bin is a band of one row: two sets that agree in any bin are
// brought together, and are candidates if they agree in enough of them
// (Likely). Thirty-two bits are enough for that, never to call them equal.
func AppendSignature(signature []uint32, hashes []uint64, bins int) []uint32 {
	start := len(signature)
	for range bins {
		signature = append(signature, EmptyBin)
	}
	own := signature[start:]
	for _, hash := range hashes {
		bin, rest := bits.Mul64(hash, uint64(bins))
		if value := uint32(rest >> 32); value < own[bin] {
			own[bin] = value
		}
	}
	return signature
}
