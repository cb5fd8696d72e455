package candidate

import (
	"math"
	"math/bits"
)

// A Map is a bit map of a set of shingles: of each hash, the bit that it names
// is set. Where one set has a bit that the other has not, the shingles of that
// bit are missing there, and a pair in which these are too many need not be read.
type Map [mapWords]uint64

// mapWords is 512 bits: of an article of 400 words they leave half free. That
// drops three of four candidates that share an outlet's furniture and little
// else, for 64 bytes an article.
const mapWords = 8

// Fill makes the map that of the hashes.
func (m *Map) Fill(hashes []uint64) {
	*m = Map{}
	for _, hash := range hashes {
		m[hash>>52%mapWords] |= 1 << (hash >> 58)
	}
}

// Missing returns a number of elements, at least, that the other set lacks.
func (m *Map) Missing(other *Map) (missing int) {
	for i, word := range m {
		missing += bits.OnesCount64(word &^ other[i])
	}
	return missing
}

// mostMissing is the most that Missing tells of a set of which so many elements
// are missing in that of the map, but once in a hundred thousand times: each
// names a bit that is free with the share of the free ones, so their number is
// binomial, and lies no further than two and 3.7 standard deviations above its
// mean. (The two are for means of one or two, which are not normal.)
func (m *Map) mostMissing(missing int) int {
	set := 0
	for _, word := range m {
		set += bits.OnesCount64(word)
	}
	free := 1 - float64(set)/(64*mapWords)
	mean := float64(missing) * free
	return min(missing, int(mean+3.7*math.Sqrt(mean*(1-free))+2))
}
