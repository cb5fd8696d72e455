package evaluate

import "math/big"

// AdjustedRand is the adjusted Rand index of two groupings of the same articles, by
// article: the number of its group. ok is false where it is 0/0, which is where each
// grouping is all apart or all together, and they cannot but agree or differ.
//
// With the sums over the sizes of groups s of s·(s−1)/2, P of the groups of one,
// Q of the other, B of their intersections, and N of all articles as a group, it is
// (B − P·Q/N) / ((P+Q)/2 − P·Q/N).
func AdjustedRand(found, truth []int) (index float64, ok bool) {
	both, inFound, inTruth := crossed(found, truth)
	n := int64(len(found))
	b, p, q, all := pairsOf(both), pairsOf(inFound), pairsOf(inTruth), n*(n-1)/2
	// Multiplied by 2·N all is whole, and does not lose its last digits where P·Q is
	// much smaller than N, as it is in a corpus.
	product := new(big.Int).Mul(big.NewInt(p), big.NewInt(q))
	product.Lsh(product, 1)
	above := new(big.Int).Mul(big.NewInt(2*b), big.NewInt(all))
	above.Sub(above, product)
	below := new(big.Int).Mul(big.NewInt(p+q), big.NewInt(all))
	below.Sub(below, product)
	if below.Sign() == 0 {
		return 0, false
	}
	index, _ = new(big.Rat).SetFrac(above, below).Float64()
	return index, true
}

// Scores is precision and recall, each in [0, 1]; 1 where there was nothing to be right
// or wrong about.
type Scores struct{ Precision, Recall float64 }

// F1 is the harmonic mean of the two.
func (s Scores) F1() float64 {
	if s.Precision+s.Recall == 0 {
		return 0
	}
	return 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
}

// Pairs counts the pairs of articles that are in one group. Both groupings are by
// article: the number of its group.
func Pairs(found, truth []int) Counts {
	both, inFound, inTruth := crossed(found, truth)
	return Counts{Found: pairsOf(inFound), Right: pairsOf(both), Wanted: pairsOf(inTruth)}
}

// BCubed measures, for each article, what of its found group belongs to it and what of its
// true group it has found, as means over the articles. The groupings are those of Pairs.
func BCubed(found, truth []int) Scores {
	if len(found) == 0 {
		return Scores{1, 1}
	}
	both, inFound, inTruth := crossed(found, truth)
	var scores Scores
	for article := range found { // in their order, since a sum depends on it in its last bit
		together := float64(both[[2]int{found[article], truth[article]}])
		scores.Precision += together / float64(inFound[found[article]])
		scores.Recall += together / float64(inTruth[truth[article]])
	}
	scores.Precision /= float64(len(found))
	scores.Recall /= float64(len(found))
	return scores
}

// crossed counts the articles of each group, and of each two groups that meet.
func crossed(found, truth []int) (both map[[2]int]int64, inFound, inTruth map[int]int64) {
	both, inFound, inTruth = make(map[[2]int]int64), make(map[int]int64), make(map[int]int64)
	for article := range found {
		both[[2]int{found[article], truth[article]}]++
		inFound[found[article]]++
		inTruth[truth[article]]++
	}
	return both, inFound, inTruth
}

// pairsOf is the number of pairs of articles that are in one group.
func pairsOf[Group comparable](sizes map[Group]int64) (pairs int64) {
	for _, size := range sizes {
		pairs += size * (size - 1) / 2
	}
	return pairs
}

// Join groups the articles 0 to n−1 that pairs join, directly or through others, and
// numbers each group by its first article.
func Join(n int, pairs [][2]int) []int {
	group := make([]int, n)
	for article := range group {
		group[article] = article
	}
	root := func(article int) int {
		for group[article] != article {
			group[article] = group[group[article]] // halves the way for those that come after
			article = group[article]
		}
		return article
	}
	for _, pair := range pairs {
		a, b := root(pair[0]), root(pair[1])
		group[max(a, b)] = min(a, b)
	}
	for article := range group {
		group[article] = root(article)
	}
	return group
}
