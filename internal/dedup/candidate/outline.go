package candidate

import (
	"math/bits"

	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
)

// An Outline is what Sizes has of one article: enough to tell, with the samples that
// it shares with another, whether the two are worth comparing. It is what is kept
// where the articles are not all at hand.
type Outline struct {
	Shingles int // distinct ones
	Windows  int // as minhash.Sketch has them
	Whole    bool
	Map      Map
}

// A Meeting is what two articles are known to share.
type Meeting struct {
	Samples int // distinct keys
	// The weights of these in each of the two, added up.
	Windows, OtherWindows int
}

// MayPair reports whether a Query would name the two articles as candidates, but for
// its bounds. Of two of one size the other asks, which is the earlier.
func (b Bound) MayPair(one, other *Outline, met Meeting) bool {
	small, large, windows := one, other, met.Windows
	if other.Shingles <= one.Shingles {
		small, large, windows = other, one, met.OtherWindows
	}
	if small.Shingles == 0 {
		return false
	}
	bars, whole := b.barsOf(small.Shingles, small.Windows), one.Whole && other.Whole
	shared := tally{shingles: met.Samples, windows: windows}
	return shared.of(whole) >= bars.of(whole) && small.mayStandIn(large, b.Containment)
}

// mayStandIn reports whether the maps let so large a share of the one's shingles stand
// in the other, as Query.dropMissing asks.
func (o *Outline) mayStandIn(other *Outline, containment float64) bool {
	return o.Map.mayStandIn(&other.Map, o.Shingles, containment)
}

// mayStandIn reports whether of so many shingles, that the map is of, the share may stand in
// the set of the other map. Repetitions, which may be among them, are given some slack.
func (m *Map) mayStandIn(other *Map, shingles int, share float64) bool {
	missing := minhash.Missing(shingles, share) + shingles/64
	return m.Missing(other) <= other.mostMissing(missing)
}

// MayHold reports whether an article of the map may hold a text of so many shingles, repetitions
// included, but for the share of them that may be missing.
func (m *Map) MayHold(text *Map, shingles int, share float64) bool {
	return text.mayStandIn(m, shingles, share)
}

// Suffices reports whether what an article shares is enough for a partner that is no
// smaller, as far as its size says.
func (b Bound) Suffices(one *Outline, met Meeting) bool {
	return one.Shingles > 0 && b.barsOf(one.Shingles, one.Windows).reachedBy(tally{shingles: met.Samples, windows: met.Windows}, one.Whole)
}

// Classes is the number of classes that Class tells apart.
const Classes = 8

// Class says how much an article shares at least with a larger one where the two may be
// worth comparing: 2 to the power of it windows, or as many samples where both are whole. It is what
// an index can have beside each sample, to tell without the outline that two articles are not.
func (b Bound) Class(one *Outline) int {
	bars := b.barsOf(one.Shingles, one.Windows)
	return min(Classes-1, bits.Len(uint(min(bars.windows, bars.shingles)))-1)
}
