package candidate

import "github.com/newsdedup/newsdedup/internal/dedup/minhash"

// A tally counts what an article shares with a partner: in shingles where both
// are whole, else in windows.
type tally struct{ shingles, windows int }

// of returns the tally that counts.
func (t tally) of(bothWhole bool) int {
	if bothWhole {
		return t.shingles
	}
	return t.windows
}

// without returns the tally less what need not be counted.
func (t tally) without(other tally) tally {
	return tally{t.shingles - other.shingles, t.windows - other.windows}
}

// bars returns the least that a partner, no smaller, of the article shares with it.
func (b Bound) bars(sizes *Sizes, article int) tally {
	return b.barsOf(int(sizes.Shingles[article]), int(sizes.Windows[article]))
}

func (b Bound) barsOf(shingles, windows int) tally {
	missing := minhash.Missing(shingles, b.Containment)
	return tally{
		shingles: max(1, shingles-missing),
		windows:  max(1, windows-minhash.Lost(missing, b.Window, b.ShingleSize)),
	}
}

// reachedBy reports whether a partner that shares so much with an article may
// reach one of its bars.
func (t tally) reachedBy(shared tally, whole bool) bool {
	return shared.windows >= t.windows || whole && shared.shingles >= t.shingles
}

// Shares are, by article, what it shares with any others: the windows above,
// the shingles below.
type Shares []uint64

// NewShares returns those of so many articles.
func NewShares(articles int) Shares { return make(Shares, articles) }

// Add adds a sample of the weight that an article shares.
func (s Shares) Add(article uint32, weight uint8) { s[article] += uint64(weight)<<32 | 1 }

// Join adds what others have added up.
func (s Shares) Join(others Shares) {
	for article, share := range others {
		s[article] += share
	}
}

// Askers tells which of the included articles share enough to have a partner at
// all that is no smaller: most of a corpus do not, and ask for none.
func (s Shares) Askers(sizes *Sizes, bound Bound, include func(article int) bool) []bool {
	askers := make([]bool, len(s))
	for article, share := range s {
		if share != 0 && include(article) {
			shared := tally{shingles: int(uint32(share)), windows: int(share >> 32)}
			askers[article] = bound.bars(sizes, article).reachedBy(shared, sizes.Whole[article])
		}
	}
	return askers
}
