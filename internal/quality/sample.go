package quality

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Sample draws up to count pairs to be reviewed, as many from each bin as from any other, those
// nearest to the asked threshold first. Pairs that skip reports are not drawn. It depends on the survey alone.
func (t *Tuning) Sample(count int, skip func(dedup.Pair) bool) []dedup.Pair {
	bins := t.shuffled(skip)
	drawn, seen := []dedup.Pair{}, make(map[[2]dedup.ArticleID]bool)
	for round, left := 0, true; left && len(drawn) < count; round++ {
		left = false
		for _, bin := range bins {
			if round >= len(bin) || len(drawn) == count {
				continue
			}
			left = true
			if pair := bin[round]; !seen[[2]dedup.ArticleID{pair.A, pair.B}] {
				seen[[2]dedup.ArticleID{pair.A, pair.B}] = true
				drawn = append(drawn, pair)
			}
		}
	}
	return drawn
}

// shuffled returns the pairs of each bin in an order that means nothing, the bins nearest to
// their asked threshold first.
func (t *Tuning) shuffled(skip func(dedup.Pair) bool) (bins [][]dedup.Pair) {
	type shuffledBin struct {
		away  int // from the asked threshold, in thousandths
		pairs []dedup.Pair
	}
	var all []shuffledBin
	random := rand.New(rand.NewPCG(1, uint64(len(t.Result.Articles))))
	for _, tuned := range t.Scores {
		for _, bin := range tuned.Bins {
			pairs := slices.Clone(bin.Pairs)
			random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
			pairs = slices.DeleteFunc(pairs, skip)
			away := math.Abs((bin.From+bin.To)/2 - tuned.Asked)
			all = append(all, shuffledBin{int(math.Round(1000 * away)), pairs})
		}
	}
	slices.SortStableFunc(all, func(a, b shuffledBin) int { return cmp.Compare(a.away, b.away) })
	for _, bin := range all {
		bins = append(bins, bin.pairs)
	}
	return bins
}
