// Package minhash samples an article's shingles by local minima, so that
// articles that share text share samples.
//
// The classical MinHash (Broder 1997) takes the minimum of a random order over
// a whole set: two sets agree in it with the probability of their Jaccard
// similarity. Here the minimum is taken over every window of w consecutive
// shingles instead, and the sketch of an article is the set of these minima:
// winnowing (Schleimer, Wilkerson, Aiken 2003), minimizers (Roberts et al.
// 2004). What it buys over signatures and over a scaled sample (keep a shingle
// if its hash is small) is a promise instead of a probability:
//
//	Two articles that share w consecutive shingles share a sample.
//
// For the window that lies on those w shingles has the same minimum in both,
// and this holds for an excerpt in an article a hundred times as long, which
// whole-article signatures cannot see and a scaled sample sees by luck.
//
// # Which window finds every pair
//
// Let at least a share C of the smaller article's shingles, of size k, stand in the
// other one. An edit of one token spoils at most k shingles in a row, and at
// least k−1 (a deletion). Pairs are hardest to find when the edits are spread
// evenly: then each spoils at least k−1 shingles, so a stretch from edit to
// edit has (k−1)/(1−C) shingles, of which (k−1)·C/(1−C) stand in a row in both
// articles. A window no longer than that meets in every stretch. MaxWindow is
// the greatest power of two that is at most half of it, for two reasons. A
// short article has one run more than it has edits: with a single edit in its
// middle, its two runs are half as long. And then at least 7C/8 of the samples
// are common (ExpectedShare), and chance encounters can be told from
// pairs before they are compared. Edits that come in clumps, as real ones do,
// leave longer runs and more in common. At C = 0.8 and k = 5 the window is 8,
// at Jaccard 0.5 (C = 2/3) it is 4.
//
// # What it costs
//
// A window of w keeps about 2/(w+1) of the shingles. Short articles get
// shorter windows, so that none has fewer than about 43 samples unless it has
// fewer shingles, and an article of up to WholeUpTo shingles keeps them all: its
// sketch is its set. The samples of a window of 2w are a subset of those of w
// (the minimum of the longer window is the minimum of one of the two halves),
// so articles with different windows are comparable: the promise holds with
// the longer one. Each sample says of how long a window it is a minimum
// (WindowOf), so what is expected in an article with a longer window is
// counted and not guessed from a density, which in lists and tables, where one
// phrase has the least hash on every line, would be wrong by far.
package minhash

import (
	"math"
	"math/bits"
	"slices"
)

// LongestWindow bounds the window whatever the threshold: at 8, a text of 500
// words has about 110 samples, and the promise holds for every passage of 12
// words, which is what an excerpt has at least.
const LongestWindow = 8

// MaxWindow returns the longest window, a power of two, that is at most half
// of the shortest run that two edits leave whole in a pair in which at least
// the share containment of the smaller article's shingles stands in the other.
func MaxWindow(shingleSize int, containment float64) int {
	if containment >= 1 {
		return LongestWindow
	}
	run := float64(max(1, shingleSize-1)) * containment / (1 - containment)
	window := 1
	// The slack absorbs rounding: at 0.8 the run is 16 exactly.
	for window < LongestWindow && float64(4*window) <= run+1e-9 {
		window *= 2
	}
	return window
}

// ContainmentAt returns the least containment, of either set in the other,
// that two sets of Jaccard similarity j can have in the smaller one: with
// |A| ≤ |B| and j = s/(|A|+|B|−s), s/|A| is least when both are of one size,
// and is then 2j/(1+j).
func ContainmentAt(jaccard float64) float64 { return 2 * jaccard / (1 + jaccard) }

// WholeUpTo is the number of shingles up to which an article keeps them all. A
// short article shares so few samples with a long one that contains it that
// every long one with a phrase in common is a candidate; then it is worth
// having the short one's set at hand.
const WholeUpTo = 64

// Window is the window for an article of that many shingles: it doubles with
// every doubling of the article above WholeUpTo shingles, up to longest.
func Window(shingles, longest int) int {
	window := 1
	for limit := WholeUpTo; window < longest && shingles > limit; limit *= 2 {
		window *= 2
	}
	return window
}

// Levels is the number of windows, 1, 2, 4 … LongestWindow; a window of 2ˡ has level l.
const Levels = 4

// levelMask is the bits of a sample that hold its level. The rest is its key:
// the shingle's hash without them.
const levelMask = Levels - 1

// Key is what two samples of one shingle have in common.
func Key(sample uint64) uint64 { return sample &^ levelMask }

// LevelOf is the level of the longest window of which the sample is a minimum
// in its article.
func LevelOf(sample uint64) int { return int(sample & levelMask) }

// Level is the level of a window.
func Level(window int) int { return bits.TrailingZeros(uint(window)) }

// A Sketcher computes sketches. It keeps scratch memory: one for each goroutine.
// The zero value is ready.
type Sketcher struct {
	minima []uint64 // of the window at hand
	runs   []uint64 // the minima without runs of equals
	table  table
}

// Append appends the samples of the shingle hashes: the distinct minima of all
// windows, in the order of the text, each with its level. The window is a
// power of two; where there are fewer shingles than that, it is the greatest
// that fits. The hashes are not changed.
func (s *Sketcher) Append(sketch, shingles []uint64, window int) []uint64 {
	window = fit(window, len(shingles))
	s.minima = slide(append(s.minima[:0], shingles...), 1, window)
	start := len(sketch)
	s.runs = appendRuns(s.runs[:0], s.minima)
	s.table.reset(len(s.runs))
	for _, hash := range s.runs {
		if _, seen := s.table.add(Key(hash), len(sketch)-start); !seen {
			sketch = append(sketch, Key(hash)|uint64(Level(window)))
		}
	}
	s.raiseLevels(sketch[start:], window, len(shingles))
	return sketch
}

// raiseLevels gives the samples that are minima of longer windows too the
// level of the longest.
func (s *Sketcher) raiseLevels(sketch []uint64, window, shingles int) {
	for window < LongestWindow && 2*window <= shingles {
		s.minima = slide(s.minima, window, 2*window)
		window *= 2
		s.runs = appendRuns(s.runs[:0], s.minima)
		for _, hash := range s.runs {
			at, _ := s.table.add(Key(hash), 0) // it is there: the minima are a subset
			sketch[at] = Key(hash) | uint64(Level(window))
		}
	}
}

// Distinct counts the distinct hashes.
func (s *Sketcher) Distinct(hashes []uint64) int {
	s.table.reset(len(hashes))
	count := 0
	for _, hash := range hashes {
		if _, seen := s.table.add(hash, 0); !seen {
			count++
		}
	}
	return count
}

// A table maps hashes to numbers, by open addressing: the hashes are mixed in
// all their bits, so their own low bits choose the slot.
type table struct {
	slots []slot
	mask  uint64
}

type slot struct {
	hash   uint64
	number uint32 // one more than the number; 0 for a free slot
}

// reset empties the table and makes room for that many hashes.
func (t *table) reset(count int) {
	size := 1 << bits.Len(uint(2*count))
	t.slots = slices.Grow(t.slots[:0], size)[:size]
	clear(t.slots)
	t.mask = uint64(size - 1)
}

// add returns the number of the hash, which becomes number if it was not there.
func (t *table) add(hash uint64, number int) (_ int, seen bool) {
	at := hash >> 2 & t.mask // above the bits of the level
	for t.slots[at].number != 0 {
		if t.slots[at].hash == hash {
			return int(t.slots[at].number - 1), true
		}
		at = (at + 1) & t.mask
	}
	t.slots[at] = slot{hash, uint32(number + 1)}
	return number, false
}

// fit is the greatest power of two that is at most window and at most n, at least 1.
func fit(window, n int) int {
	for window > max(1, n) {
		window /= 2
	}
	return window
}

// slide turns the minima of windows of from into those of windows of to, in
// place, by doubling: the minima of windows of 2w are the minima of pairs of
// minima w apart. Each pass is a loop without branches that depend on the data.
func slide(minima []uint64, from, to int) []uint64 {
	for half := from; half < to; half *= 2 {
		rest := minima[half:]
		for i, next := range rest {
			minima[i] = min(minima[i], next)
		}
		minima = minima[:len(rest)]
	}
	return minima
}

// appendRuns appends one of each run of equal hashes. Each is written and
// the end moves on where the next one differs: no branch to be foretold.
func appendRuns(runs, hashes []uint64) []uint64 {
	if len(hashes) == 0 {
		return runs
	}
	runs = slices.Grow(runs, len(hashes))
	end, last := len(runs), hashes[0]
	runs = runs[:len(runs)+len(hashes)]
	for _, hash := range hashes[1:] {
		runs[end] = last
		if hash != last {
			end++
		}
		last = hash
	}
	runs[end] = last
	return runs[:end+1]
}

// ExpectedShare is the share of an article's samples that a partner has too,
// on average and at least, when a share containment of its shingles, of size
// shingleSize, stands in the partner.
//
// A run of g shingles that stand in both texts has at least as many samples in
// common as g−(w−1)/4 shingles have samples: (g−(w−1)/4)·2/(w+1). At its ends
// the least of a window may lie outside, in one text or the other. For w = 2
// that is exact: a shingle at an end is a sample of both with probability
// 1/2+1/12 instead of 2/3. For 4 and 8 it is measured: 0.71 and 1.52 shingles
// are lost of a long run, and fewer of one shorter than a window. So every k−1
// shingles that an edit spoils cost the samples of (w−1)/4 more, and no spread
// of the edits has less in common than the even one.
func ExpectedShare(shingleSize int, containment float64, window int) float64 {
	spoiled := float64(max(1, shingleSize-1))
	return containment - float64(window-1)/4*(1-containment)/spoiled
}

// ExpectedSamples is the number of samples that a text of that many distinct
// shingles has on average.
func ExpectedSamples(shingles, window int) float64 {
	return float64(shingles) * 2 / float64(window+1)
}

// LeastExpected is the number of common samples that a pair with the expected
// number of them falls below about once in ten thousand times, 3.7 standard
// deviations below, and at least one.
//
// Minima of a window of w follow each other at distances that are about evenly
// spread over 1..w, so the variance of their number in a text is at most
// (w−1)/(3(w+1)) of its mean, a quarter of a Poisson count's at w = 8 (renewal
// theory: σ²/μ² of the distance; a fifth as measured). It is taken twice, for
// the edits. A window of one keeps every shingle: there is nothing to vary, and
// the bar is the share itself.
func LeastExpected(expected float64, window int) int {
	variance := expected * 2 * float64(window-1) / float64(3*(window+1))
	// The slack absorbs rounding where the bar is a whole number.
	return max(1, int(math.Ceil(expected-3.7*math.Sqrt(max(0, variance))-1e-9)))
}
