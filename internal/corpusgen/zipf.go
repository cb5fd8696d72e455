package corpusgen

import (
	"math/bits"
	"math/rand/v2"
)

const (
	// rankOffset is Mandelbrot's correction: without it the most frequent word
	// alone would be a tenth of the text.
	rankOffset = 3
	// headWeight lifts the function words above the law's curve, to the share of
	// the text that the 120 most frequent words have in news.
	headWeight = 2
)

// A zipf draws ranks from 0 with a probability that falls as
// 1/(rank+rankOffset), the first of them lifted, by Vose's alias method: one random number and two
// reads a draw. It is computed in whole numbers, so that a golden made on one
// machine holds on all.
type zipf struct {
	slots []aliasSlot
}

// An aliasSlot stands for one rank: a draw that falls on it keeps the rank with
// probability keep/2³² and takes the alias otherwise.
type aliasSlot struct {
	keep, alias uint32
}

// newZipf lifts the ranks below head by headWeight.
func newZipf(ranks, head int) zipf {
	weights := make([]uint64, ranks)
	var total uint64
	for rank := range weights {
		weights[rank] = (1 << 32) / uint64(rank+rankOffset)
		if rank < head {
			weights[rank] *= headWeight
		}
		total += weights[rank]
	}
	for rank := range weights { // the mean weight is now total
		weights[rank] *= uint64(ranks)
	}
	return zipf{slots: aliasSlots(weights, total)}
}

// aliasSlots fills every slot to the mean weight: the ranks below it are
// topped up by those above it. It consumes weights.
func aliasSlots(weights []uint64, mean uint64) []aliasSlot {
	slots := make([]aliasSlot, len(weights))
	var below, above []int
	for rank, weight := range weights {
		slots[rank] = aliasSlot{keep: 1<<32 - 1, alias: uint32(rank)}
		if weight < mean {
			below = append(below, rank)
		} else {
			above = append(above, rank)
		}
	}
	for len(below) > 0 && len(above) > 0 {
		poor, rich := below[len(below)-1], above[len(above)-1]
		below = below[:len(below)-1]
		slots[poor] = aliasSlot{keep: fraction32(weights[poor], mean), alias: uint32(rich)}
		weights[rich] -= mean - weights[poor]
		if weights[rich] < mean {
			above = above[:len(above)-1]
			below = append(below, rich)
		}
	}
	return slots
}

// fraction32 returns part/whole in units of 2⁻³², for part < whole.
func fraction32(part, whole uint64) uint32 {
	high, low := bits.Mul64(part, 1<<32)
	quotient, _ := bits.Div64(high, low, whole)
	return uint32(quotient)
}

func (z zipf) draw(pcg *rand.PCG) int {
	random := pcg.Uint64()
	rank := (random >> 32) * uint64(len(z.slots)) >> 32
	if slot := z.slots[rank]; uint32(random) >= slot.keep {
		return int(slot.alias)
	}
	return int(rank)
}
