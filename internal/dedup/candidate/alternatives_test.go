package candidate

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// The ways to sample that local minima are measured against. They stand in the
// tests alone.

// An alternative samples articles and says which of them it brings together.
type alternative struct {
	name   string
	sample func(shingles []uint64) []uint64
	meet   func(a, b []uint64) bool
}

var alternatives = []alternative{
	{"scaled to 1/16", func(shingles []uint64) []uint64 { return scaled(shingles, 4) }, shareSample},
	{"scaled to 1/4", func(shingles []uint64) []uint64 { return scaled(shingles, 2) }, shareSample},
	{"bands of 128", densified, shareBand},
}

// found counts the pairs of positions 2n and 2n+1 that meet, and all samples.
func (w alternative) found(corpus [][]uint64) (pairs, samples int) {
	for pair := range slices.Chunk(corpus, 2) {
		a, b := w.sample(pair[0]), w.sample(pair[1])
		samples += len(a) + len(b)
		if w.meet(a, b) {
			pairs++
		}
	}
	return pairs, samples
}

// scaled is a scaled MinHash: it keeps the shingles below 2⁶⁴/2^level, the level
// lowered until there are 32 of them or all are kept.
func scaled(shingles []uint64, level int) []uint64 {
	for ; ; level-- {
		var kept []uint64
		for _, hash := range shingles {
			if hash <= math.MaxUint64>>level {
				kept = append(kept, hash)
			}
		}
		if kept = similarity.NewSet(kept); len(kept) >= 32 || level == 0 {
			return kept
		}
	}
}

func shareSample(a, b []uint64) bool { return similarity.Compare(a, b).Shared > 0 }

// values of a signature, bands and rows of its banding.
const (
	signatureValues = 128
	bandRows        = 4
)

// densified is a one-permutation MinHash whose empty bins borrow from others
// (Shrivastava, "Optimal densification for fast and accurate minwise hashing", 2017).
func densified(shingles []uint64) []uint64 {
	signature := slices.Repeat([]uint64{math.MaxUint64}, signatureValues)
	for _, hash := range shingles {
		bin, value := bits.Mul64(hash, signatureValues)
		signature[bin] = min(signature[bin], value)
	}
	filled := slices.Clone(signature)
	for bin := range filled {
		for attempt := 1; filled[bin] == math.MaxUint64; attempt++ {
			from := uint64(bin*1000+attempt) * 0x9e3779b97f4a7c15 >> (64 - 7)
			filled[bin] = signature[from]
		}
	}
	return filled
}

func shareBand(a, b []uint64) bool {
	for band := 0; band < signatureValues; band += bandRows {
		if slices.Equal(a[band:band+bandRows], b[band:band+bandRows]) {
			return true
		}
	}
	return false
}

// BenchmarkSketches times the ways, on articles of words of 6 bytes.
func BenchmarkSketches(b *testing.B) {
	ways := map[string]func(shingles []uint64){
		"scaled":    func(shingles []uint64) { scaled(shingles, 4) },
		"densified": func(shingles []uint64) { densified(shingles) },
	}
	for _, longest := range []int{4, 8} {
		var sketcher minhash.Sketcher
		ways[fmt.Sprint("minima-of-", longest)] = func(shingles []uint64) {
			sketcher.Sketch(shingles, longest)
		}
	}
	for _, count := range []int{50, 500, 5000} {
		shingles := hashesOf(rand.New(rand.NewPCG(1, 1)), count)
		for name, sketch := range ways {
			b.Run(fmt.Sprintf("%d-words/%s", count, name), func(b *testing.B) {
				b.SetBytes(int64(6 * count))
				for b.Loop() {
					sketch(shingles)
				}
			})
		}
	}
}
