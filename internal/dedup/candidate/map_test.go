package candidate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func mapOf(hashes []uint64) *Map {
	var m Map
	m.Fill(hashes)
	return &m
}

// missingOf counts the distinct hashes that do not stand in the others.
func missingOf(hashes, others []uint64) (missing int) {
	seen := make(map[uint64]bool)
	for _, hash := range others {
		seen[hash] = true
	}
	for _, hash := range hashes {
		if !seen[hash] {
			missing++
		}
		seen[hash] = true
	}
	return missing
}

// TestMissingIsALowerBound compares the maps of sets of all sizes and degrees of
// kinship with the sets.
func TestMissingIsALowerBound(t *testing.T) {
	random := seeded.Rand(t)
	tight, seen := 0, 0
	for range 5000 {
		a := hashesOf(random, random.IntN([]int{20, 200, 2000}[random.IntN(3)]))
		b := someOf(random, a, random.Float64(), random.IntN(200))
		a = append(a, a[:random.IntN(len(a)+1)]...) // some stand there again
		random.Shuffle(len(a), func(i, j int) { a[i], a[j] = a[j], a[i] })
		for _, pair := range [][2][]uint64{{a, b}, {b, a}, {a, a}, {a, nil}} {
			missing, told := missingOf(pair[0], pair[1]), mapOf(pair[0]).Missing(mapOf(pair[1]))
			if told > missing {
				t.Fatalf("of %d hashes %d are missing among %d, and the maps tell of %d", len(pair[0]), missing, len(pair[1]), told)
			}
			if missing > 0 && told == missing {
				tight++
			}
			if told > 20 {
				seen++
			}
		}
	}
	if tight < 1000 || seen < 1000 {
		t.Errorf("%d maps tell of all that are missing, %d of many", tight, seen)
	}
}

// TestMapOfEach holds that each hash has one bit, that all bits are used, and that a
// map that is filled again is that of the new hashes alone.
func TestMapOfEach(t *testing.T) {
	random := seeded.Rand(t)
	var empty Map
	all := hashesOf(random, 20_000)
	if got := mapOf(all).Missing(&empty); got != 512 {
		t.Errorf("20,000 hashes have %d bits", got)
	}
	used := *mapOf(all)
	for _, hash := range all[:1000] {
		if used.Fill([]uint64{hash, hash}); used.Missing(&empty) != 1 || used != *mapOf([]uint64{hash}) {
			t.Fatalf("the map of %#x is %x", hash, used)
		}
	}
}

// A kinship is how far two articles agree: how many shingles the first has, how
// many of these are missing in the second, and how many others that has.
type kinship struct{ shingles, missing, own int }

// ruledOut is the share of random pairs of that kinship that their maps would
// rule out where so many may be missing.
func (k kinship) ruledOut(random *rand.Rand, pairs, allowed int) float64 {
	ruledOut := 0
	for range pairs {
		common := hashesOf(random, k.shingles-k.missing)
		a := mapOf(slices.Concat(common, hashesOf(random, k.missing)))
		b := mapOf(slices.Concat(common, hashesOf(random, k.own)))
		if a.Missing(b) > b.mostMissing(allowed) {
			ruledOut++
		}
	}
	return float64(ruledOut) / float64(pairs)
}

// TestMostMissing holds that of pairs that lack just as many shingles as they
// may, at most one in ten thousand is ruled out, whatever their sizes.
func TestMostMissing(t *testing.T) {
	random := seeded.Rand(t)
	pairs, most := 60_000, 1e-4
	if testing.Short() {
		pairs, most = 6000, 5e-4
	}
	for _, k := range []kinship{
		{10, 5, 0}, {10, 2, 10}, {30, 6, 5}, {60, 12, 500}, {100, 50, 100}, {100, 20, 20},
		{100, 10, 5}, {200, 66, 60}, {400, 80, 100}, {400, 80, 2000}, {800, 160, 0}, {800, 536, 300},
	} {
		if share := k.ruledOut(random, pairs, k.missing); share > most {
			t.Errorf("%+v: of %d pairs a share of %v is ruled out", k, pairs, share)
		}
	}
}

// TestMostMissingOfFullAndEmpty holds the ends: a full map rules nothing out, and an
// empty one all that lacks more than may be missing.
func TestMostMissingOfFullAndEmpty(t *testing.T) {
	full := mapOf(hashesOf(seeded.Rand(t), 20_000))
	var empty Map
	for _, missing := range []int{0, 1, 5, 100} {
		if got, want := full.mostMissing(missing), min(missing, 2); got != want {
			t.Errorf("a full map: %d may be told of %d missing, want %d", got, missing, want)
		}
		if got := empty.mostMissing(missing); got != missing {
			t.Errorf("an empty map: %d may be told of %d missing", got, missing)
		}
	}
}

// TestStrangersAreRuledOut holds what maps are for: of articles of 400 words that
// share half of their shingles, where four fifths are asked for, nearly all are ruled out.
func TestStrangersAreRuledOut(t *testing.T) {
	if share := (kinship{400, 200, 200}).ruledOut(seeded.Rand(t), 1000, 80); share < 0.99 {
		t.Errorf("only a share of %v is ruled out", share)
	}
}
