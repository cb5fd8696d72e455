package corpusgen

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestZipf(t *testing.T) {
	const ranks, head, draws = 50, 5, 1_000_000
	var total float64
	weight := func(rank int) float64 {
		if rank < head {
			return headWeight / float64(rank+rankOffset)
		}
		return 1 / float64(rank+rankOffset)
	}
	for rank := range ranks {
		total += weight(rank)
	}
	pcg := rand.NewPCG(3, 0)
	law := newZipf(ranks, head)
	counts := make([]int, ranks)
	for range draws {
		counts[law.draw(pcg)]++
	}
	for rank, count := range counts {
		want := draws * weight(rank) / total
		if deviations := math.Abs(float64(count)-want) / math.Sqrt(want); deviations > 4.5 {
			t.Errorf("rank %d was drawn %d times, want %.0f: %.1f standard deviations", rank, count, want, deviations)
		}
	}
}
