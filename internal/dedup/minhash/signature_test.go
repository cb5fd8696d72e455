package minhash

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// naiveSignature is the signature by its definition: of hash·bins, the bits
// above the 64th are the bin, and the 32 below them the value.
func naiveSignature(hashes []uint64, bins int) []uint32 {
	signature := slices.Repeat([]uint32{math.MaxUint32}, bins)
	for _, hash := range hashes {
		product := new(big.Int).Mul(new(big.Int).SetUint64(hash), big.NewInt(int64(bins)))
		bin := new(big.Int).Rsh(product, 64).Int64()
		value := uint32(new(big.Int).Rsh(product, 32).Uint64())
		signature[bin] = min(signature[bin], value)
	}
	return signature
}

func TestSignature(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		bins := 1 + random.IntN(40)
		hashes := append(hashesOf(random, random.IntN(100)), 0, math.MaxUint64, 1<<63)
		want := append([]uint32{1, 2}, naiveSignature(hashes, bins)...)
		got := AppendSignature([]uint32{1, 2}, hashes, bins)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%d hashes in %d bins: signature (-want +got):\n%s", len(hashes), bins, diff)
		}
		random.Shuffle(len(hashes), func(i, j int) { hashes[i], hashes[j] = hashes[j], hashes[i] })
		if again := AppendSignature(nil, append(hashes, hashes...), bins); !slices.Equal(again, got[2:]) {
			t.Fatalf("%d hashes shuffled and doubled have another signature", len(hashes))
		}
	}
}

func TestSignatureOfNothing(t *testing.T) {
	if diff := cmp.Diff([]uint32{EmptyBin, EmptyBin}, AppendSignature(nil, nil, 2)); diff != "" {
		t.Errorf("signature (-want +got):\n%s", diff)
	}
}

// pairOf returns two random sets with shared elements in common and the rest dealt evenly.
func pairOf(random *rand.Rand, shared, union int) (a, b []uint64) {
	all := hashesOf(random, union)
	half := shared + (union-shared)/2
	return all[:half], append(slices.Clone(all[:shared]), all[half:]...)
}

// agreement counts the bins in which two signatures agree and those that not both leave empty.
func agreement(a, b []uint32) (agree, used int) {
	for i := range a {
		if a[i] != EmptyBin || b[i] != EmptyBin {
			used++
			if a[i] == b[i] {
				agree++
			}
		}
	}
	return agree, used
}

// TestAgreementIsJaccard holds the rate of agreeing bins within five standard
// deviations of the similarity, for sets smaller and larger than the bins.
func TestAgreementIsJaccard(t *testing.T) {
	random := seeded.Rand(t)
	const bins = 16
	for _, union := range []int{5, 10, 20, 100, 400} {
		for shared := 0; shared <= union; shared += union / 5 {
			agree, used := 0, 0
			for range 2000 {
				a, b := pairOf(random, shared, union)
				agreed, both := agreement(AppendSignature(nil, a, bins), AppendSignature(nil, b, bins))
				agree, used = agree+agreed, used+both
			}
			want := float64(shared) / float64(union)
			got := float64(agree) / float64(used)
			if bound := 5 * math.Sqrt(want*(1-want)/float64(used)); math.Abs(got-want) > bound {
				t.Errorf("%d of %d in common: bins agree at a rate of %.4f, want %.4f ± %.4f", shared, union, got, want, bound)
			}
		}
	}
}

func TestBins(t *testing.T) {
	for _, test := range []struct {
		similarity float64
		want       int
	}{{1, 2}, {0.99995, 2}, {0.999, 3}, {0.9, 6}, {0.8, 8}, {LeastSimilarity, 18}} {
		if got := Bins(test.similarity); got != test.want {
			t.Errorf("Bins(%v) = %d, want %d", test.similarity, got, test.want)
		}
	}
}

func TestLikely(t *testing.T) {
	const none = EmptyBin
	for _, test := range []struct {
		a, b []uint32
		want bool
	}{
		{[]uint32{}, []uint32{}, false},
		{[]uint32{1, 2, 3, 4, 5}, []uint32{1, 2, 0, 0, 0}, true},
		{[]uint32{1, 2, 3, 4, 5}, []uint32{1, 0, 0, 0, 0}, false},
		{[]uint32{1, 2, 3, 4}, []uint32{1, 0, 0, 0}, false},
		{[]uint32{1, 2, 3, 4}, []uint32{1, 0, 0, none}, true}, // three in use by both
		{[]uint32{1, none, 3, none}, []uint32{1, 2, none, 4}, true},
		{[]uint32{1, 2, 3}, []uint32{0, 0, 0}, false},
		{[]uint32{none, none, none}, []uint32{none, none, none}, false},
	} {
		if got := Likely(test.a, test.b); got != test.want {
			t.Errorf("Likely(%v, %v) = %t", test.a, test.b, got)
		}
		if got := Likely(test.b, test.a); got != test.want {
			t.Errorf("Likely(%v, %v) = %t", test.b, test.a, got)
		}
	}
}

// TestBinsFindPairs counts the pairs of at least four elements each, just at
// the similarity, that are not likely by their bins.
func TestBinsFindPairs(t *testing.T) {
	random := seeded.Rand(t)
	for _, test := range []struct {
		similarity float64
		atMost     float64 // may be missed, of any size
	}{{0.5, 0.002}, {0.8, 0.0002}, {0.9, 0.0002}} {
		for _, union := range []int{5, 6, 7, 10, 20, 50, 200} {
			const pairs = 10_000
			shared := int(math.Ceil(test.similarity*float64(union) - 1e-9))
			if shared+(union-shared)/2 < 4 {
				continue
			}
			missed := 0
			for range pairs {
				a, b := pairOf(random, shared, union)
				bins := Bins(test.similarity)
				if !Likely(AppendSignature(nil, a, bins), AppendSignature(nil, b, bins)) {
					missed++
				}
			}
			expected := test.atMost * pairs
			if float64(missed) > expected+4*math.Sqrt(expected) {
				t.Errorf("similarity %v: %d of %d pairs with %d of %d in common are not likely, at most %v should not be",
					test.similarity, missed, pairs, shared, union, expected)
			}
		}
	}
}

func BenchmarkAppendSignature(b *testing.B) {
	for _, shingles := range []int{10, 100, 10_000} {
		b.Run(fmt.Sprint(shingles, "-shingles"), func(b *testing.B) {
			hashes, _ := benchShingles()
			var signature []uint32
			b.SetBytes(int64(6 * shingles))
			b.ReportAllocs()
			for b.Loop() {
				signature = AppendSignature(signature[:0], hashes[:shingles], 4)
			}
		})
	}
}
