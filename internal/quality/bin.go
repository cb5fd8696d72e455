package quality

import (
	"math"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Bin is the pairs with a score in [From, To), and in the last one 1 itself.
type Bin struct {
	From, To float64
	Pairs    []dedup.Pair // by their articles
	Yes, No  int          // of them, labelled as wanted and as not
}

// binWidth is that of bins, and the step of the thresholds that are tried.
const binWidth = 0.05

// edges are the borders of the bins from a floor on: the multiples of their width above it.
func edges(floor float64) []float64 {
	all := []float64{floor}
	for step := int(math.Floor(floor/binWidth)) + 1; step <= 20; step++ {
		if edge := float64(step) / 20; edge > floor+1e-9 {
			all = append(all, edge)
		}
	}
	return all
}

func binsOf(pairs []dedup.Pair, floor float64, score func(dedup.Pair) float64) []Bin {
	borders := edges(floor)
	bins := make([]Bin, max(1, len(borders)-1))
	for i := range bins {
		bins[i].From, bins[i].To = borders[i], 1
		if i+1 < len(borders) {
			bins[i].To = borders[i+1]
		}
	}
	for _, pair := range pairs {
		if at := binOf(bins, score(pair)); at >= 0 {
			bins[at].Pairs = append(bins[at].Pairs, pair)
		}
	}
	return bins
}

// binOf is the position of the bin of a score, −1 for none.
func binOf(bins []Bin, score float64) int {
	for at := len(bins) - 1; at >= 0; at-- {
		if score >= bins[at].From {
			return at
		}
	}
	return -1
}

// label counts the labels of the pairs in each bin.
func label(bins []Bin, survey *dedup.Survey, placed *Placed, score func(dedup.Pair) float64) {
	for i, judged := range placed.judged {
		at := binOf(bins, score(survey.Measured[i]))
		switch {
		case at < 0:
		case judged.Wanted:
			bins[at].Yes++
		default:
			bins[at].No++
		}
	}
}
