package candidate

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// overlaps compares every two sets, with maps.
func overlaps(sets []similarity.Set) []OverlapOf {
	var all []OverlapOf
	for b, second := range sets {
		stands := make(map[uint64]bool)
		for _, element := range second {
			stands[element] = true
		}
		for a, first := range sets[:b] {
			shared := 0
			for _, element := range first {
				if stands[element] {
					shared++
				}
			}
			if shared > 0 {
				all = append(all, OverlapOf{Pair{uint32(a), uint32(b)}, similarity.Overlap{Shared: shared, A: len(first), B: len(second)}})
			}
		}
	}
	return all
}

func TestExhaustive(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		pool := hashesOf(random, 1+random.IntN(20))
		sets := make([]similarity.Set, random.IntN(12))
		for i := range sets {
			sets[i] = similarity.NewSet(someOf(random, pool, random.Float64(), random.IntN(3)))
		}
		var got []OverlapOf
		err := Exhaustive(t.Context(), sets, func(overlap OverlapOf) {
			if len(got) > 0 && overlap.Pair.B < got[len(got)-1].Pair.B {
				t.Fatalf("%+v comes after %+v", overlap, got[len(got)-1])
			}
			got = append(got, overlap)
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b OverlapOf) int {
			return cmp.Or(cmp.Compare(a.Pair.B, b.Pair.B), cmp.Compare(a.Pair.A, b.Pair.A))
		})
		if diff := gocmp.Diff(overlaps(sets), got); diff != "" {
			t.Fatalf("overlaps of %v (-want +got):\n%s", sets, diff)
		}
	}
}

// TestExhaustiveStops cancels in the middle: no further set is looked at.
func TestExhaustiveStops(t *testing.T) {
	sets := slices.Repeat([]similarity.Set{{1, 2, 3}}, 100)
	ctx, cancel := context.WithCancel(t.Context())
	visits := 0
	err := Exhaustive(ctx, sets, func(overlap OverlapOf) {
		visits++
		if overlap.Pair.B == 50 {
			cancel()
		}
	})
	if want := 51 * 50 / 2; visits != want || !errors.Is(err, context.Canceled) {
		t.Errorf("%d overlaps and error %v, want %d and %v", visits, err, want, context.Canceled)
	}
}

// BenchmarkExhaustive compares articles of 500 words of 6 bytes, ten of each story.
func BenchmarkExhaustive(b *testing.B) {
	random := seeded.Rand(b)
	var sets []similarity.Set
	for range 100 {
		story := hashesOf(random, 500)
		for range 10 {
			sets = append(sets, similarity.NewSet(someOf(random, story, 0.5, 250)))
		}
	}
	b.SetBytes(int64(len(sets)) * 500 * 6)
	b.ReportAllocs()
	for b.Loop() {
		if err := Exhaustive(b.Context(), sets, func(OverlapOf) {}); err != nil {
			b.Fatal(err)
		}
	}
}
