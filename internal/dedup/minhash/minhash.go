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
// # How many windows a pair has in common
//
// Each sample says of how many windows of its article it is the minimum: its
// weight. So a partner that has some of the samples is known to have the
// minima of so many of the article's windows, and the promise gives that number
// a least value. Let at least a share C of the article's D shingles, of size k,
// stand in the partner, so that at most m = ⌊(1−C)·D⌋ do not. A change of the
// text, be it a word, a cut or an insertion, spoils at least k−1 shingles in a
// row, or fewer at the article's ends. Of the windows, c spoiled shingles in a
// row touch c+w−1, or c at an end. So at most
//
//	m + (w−1)·⌊m/(k−1)⌋
//
// windows are touched (Lost), and the minima of all others stand in the partner,
// for they lie on w shingles in a row that both have. No chance is involved: what
// falls below is no pair, and two stories that share a quote fall below by far.
//
// That takes each word to stand in the partner once. Where it has a run of t
// words twice, a change between the two spoils t shingles fewer ("saw the mayor
// of the city", where "saw the city" was): the bound is then that of shingles
// of size k−t, and none from t = k−1 on. Few changes of real text are of this
// kind. Pairs that lie just at C may fall below the bar by them: of texts of a
// skewed vocabulary, one in some thousand, by a twentieth of the windows.
//
// Windows that a text goes through twice, as where an extractor repeated a
// paragraph, would be counted twice. A sketch counts those whose minimum stands
// there for the first time, and lets go of w−1 more for each stretch of others,
// at whose ends a window may lie on both (Sketch.Windows). This is no theorem: a
// shingle may be missing in two places and counted once. It fails one pair in
// ten thousand, by a window's length or so. Where nothing is left, as in a text
// of a handful of words that stand in every order, nothing is promised: one
// sample in common makes a candidate, and a short text's shingles all count.
//
// # How long a window may be
//
// Pairs are hardest to find when the changes are spread evenly: then a stretch
// from change to change has (k−1)/(1−C) shingles, of which (k−1)·C/(1−C) stand
// in a row in both. MaxWindow is the greatest power of two that is at most half
// of that: a window no longer than all of it meets in every stretch, and at half,
// as many windows as not are untouched. At C = 0.8 and k = 5 the window is 8, at
// Jaccard 0.5 (C = 2/3) it is 4. Of single words (k = 1) each has its place
// anywhere: the window is 1.
//
// # What it costs
//
// A window of w keeps about 2/(w+1) of the shingles. An article of up to
// WholeUpTo distinct shingles keeps them all: its sketch is its set, and what
// two such articles share is known exactly. One pass over the hashes for each
// doubling of the window, without a branch that depends on them, and one more
// for the runs of equal minima.
package minhash

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/hashset"
)

// LongestWindow bounds the window whatever the threshold: at 8, a text of 500
// words has about 110 samples, and the promise holds for every passage of 12
// words, which is what an excerpt has at least.
const LongestWindow = 8

// MaxWindow returns the longest window, a power of two, that is at most half
// of the shortest run that two changes leave whole in a pair in which at least
// the share containment of the smaller article's shingles stands in the other.
func MaxWindow(shingleSize int, containment float64) int {
	if shingleSize == 1 {
		return 1
	}
	if containment >= 1 {
		return LongestWindow
	}
	run := float64(shingleSize-1) * containment / (1 - containment)
	window := 1
	// The slack absorbs rounding: at 0.8 the run is 16 exactly.
	for window < LongestWindow && float64(4*window) <= run+slack {
		window *= 2
	}
	return window
}

// slack absorbs rounding where a product of a share and a count is a whole number.
const slack = 1e-9

// ContainmentAt returns the least containment, of either set in the other,
// that two sets of Jaccard similarity j can have in the smaller one: with
// |A| ≤ |B| and j = s/(|A|+|B|−s), s/|A| is least when both are of one size,
// and is then 2j/(1+j).
func ContainmentAt(jaccard float64) float64 { return 2 * jaccard / (1 + jaccard) }

// Missing is the most of that many distinct shingles that may be wanting where
// the share containment of them is there.
func Missing(distinct int, containment float64) int {
	return int((1-containment)*float64(distinct) + slack)
}

// Lost is the most windows that so many missing shingles can touch, in a text
// whose partner has no word twice.
func Lost(missing, window, shingleSize int) int {
	return missing + (window-1)*(missing/max(1, shingleSize-1))
}

// LongestRun is the number of shingles in a row that a text of that many
// distinct shingles is sure to share with one that has the share containment of
// them, and no word twice.
func LongestRun(shingles, shingleSize int, containment float64) int {
	missing := Missing(shingles, containment)
	pieces := missing/max(1, shingleSize-1) + 1
	return (shingles - missing + pieces - 1) / pieces
}

// WholeUpTo is the number of shingles (as Sketch.Shingles counts them) up to
// which every article keeps them all. A short article shares so few samples with
// a long one that contains it that every long one with a phrase in common would
// be a candidate of it, and two short ones may have no window in common.
const WholeUpTo = 64

// jumble is the number of shingles of a text of which one that stands there before
// makes it a jumble.
const jumble = 16

// jumbleUpTo is the number of distinct shingles up to which a jumble is kept whole.
const jumbleUpTo = 8 * WholeUpTo

// isJumble reports whether one shingle in sixteen of a short text stands there
// before: a text of few words, or a list, which may share its shingles with
// another in any order, so that no window of them is promised to meet.
func isJumble(shingles, distinct int) bool {
	return distinct <= jumbleUpTo && jumble*(shingles-distinct) > shingles
}

// A Sample is a shingle that was kept.
type Sample struct {
	Key    uint64 // the shingle's hash, but for its lowest bits
	At     uint32 // where it stands among the article's shingles
	Weight uint8  // of how many windows it is the minimum there, LongestWindow at the most; 0 where of none
}

// placeBits are the lowest bits of a shingle's hash, whose place is taken by
// those of its position: so a minimum tells where in its window it stands.
const placeBits = 4

// Key is what samples of one shingle have in common.
func Key(hash uint64) uint64 { return hash &^ (1<<placeBits - 1) }

// A Sketch is what is kept of an article.
type Sketch struct {
	Samples []Sample // by place; a shingle that is a minimum in several places is there with each
	// Shingles is the number of distinct ones: exact where the sketch is whole, and
	// where one in 64 is seen to stand again; else repetitions may be counted.
	Shingles int
	// Windows is the least number of windows that meet in the text's equal: those
	// whose minimum stands there for the first time, as far as they must.
	Windows int
	Whole   bool // the samples are all shingles
}

// EstimateJaccard says what two sketches alone tell of the similarity of their sets:
// the Jaccard similarity of the keys of their minima. Where both are whole it is
// exact. Else it errs by the size of the sketches, and to the low side where
// changes are spread, since each takes with it the minima of windows that it only
// touches (Belbasi and others 2022: the minimizer Jaccard estimator is biased).
func EstimateJaccard(a, b *Sketch) float64 {
	whole := a.Whole && b.Whole
	keys := make(map[uint64]struct{})
	for _, sample := range a.Samples {
		if whole || sample.isMinimum(a) {
			keys[sample.Key] = struct{}{}
		}
	}
	ofA, ofB, shared := len(keys), 0, 0
	seen := make(map[uint64]bool)
	for _, sample := range b.Samples {
		if !whole && !sample.isMinimum(b) || seen[sample.Key] {
			continue
		}
		seen[sample.Key] = true
		ofB++
		if _, both := keys[sample.Key]; both {
			shared++
		}
	}
	if ofA+ofB == 0 {
		return 0
	}
	return float64(shared) / float64(ofA+ofB-shared)
}

// isMinimum reports whether the sample is that of a window.
func (s Sample) isMinimum(of *Sketch) bool { return s.Weight > 0 || !of.Whole }

// A Sketcher computes sketches. It keeps scratch memory: one for each goroutine.
// The zero value is ready.
type Sketcher struct {
	minima []uint64 // of the window at hand
	runs   []run    // of equal minima
	table  hashset.Set
	sketch Sketch
	keys   []uint64 // of Minima
}

// A run is windows in a row of one minimum.
type run struct {
	minimum uint64
	start   int // the first of the windows
}

// Sketch computes the sketch of the shingle hashes, in the order of the text,
// by windows of a power of two; where there are fewer shingles than that, by
// one window of all. It is valid until the next call.
func (s *Sketcher) Sketch(shingles []uint64, window int) *Sketch {
	s.findRuns(shingles, window)
	s.sketch = Sketch{Samples: s.sketch.Samples[:0], Shingles: len(shingles)}
	if again := s.addRuns(window); 4*jumble*again > len(shingles) {
		s.sketch.Shingles = s.distinct(shingles)
	}
	if window == 1 || s.sketch.Shingles <= WholeUpTo || isJumble(len(shingles), s.sketch.Shingles) {
		s.addRest(shingles)
	}
	return &s.sketch
}

// Minima returns the keys of the distinct minima of all windows of a text, in
// its order. They are valid until the next call.
func (s *Sketcher) Minima(shingles []uint64, window int) []uint64 {
	s.findRuns(shingles, window)
	s.table.Reset(len(s.runs))
	s.keys = s.keys[:0]
	for i := range len(s.runs) - 1 {
		if key := Key(s.runs[i].minimum); s.table.Add(key) {
			s.keys = append(s.keys, key)
		}
	}
	return s.keys
}

// LongestWinnow is the longest window of Winnow. Two windows in a row are one shingle longer
// together, and placeBits tell all places in them apart: of a longer window, a minimum that
// stands again would be taken for the one before.
const LongestWinnow = 1<<placeBits - 1

// Winnow calls visit with the key of each minimum of all windows of a text, of at
// most LongestWinnow shingles, and each place where it is one, in the order of the text.
func (s *Sketcher) Winnow(shingles []uint64, window int, visit func(key uint64, at int)) {
	if len(shingles) < window {
		return
	}
	s.findRuns(shingles, window)
	for i := range len(s.runs) - 1 {
		visit(Key(s.runs[i].minimum), s.runs[i].place())
	}
}

// place returns where the minimum of the first window of the run stands.
func (r run) place() int {
	return r.start + int((r.minimum-uint64(r.start))&(1<<placeBits-1))
}

// findRuns finds the runs of equal minima, and one more that begins where the
// windows end.
func (s *Sketcher) findRuns(shingles []uint64, window int) {
	window = min(window, len(shingles))
	s.minima = slices.Grow(s.minima[:0], len(shingles))[:len(shingles)]
	if window < 2 {
		for i, hash := range shingles {
			s.minima[i] = placed(hash, i)
		}
	} else { // the first doubling in the same pass
		last := placed(shingles[0], 0)
		minima := s.minima[:len(shingles)-1]
		for i, hash := range shingles[1:] {
			next := placed(hash, i+1)
			minima[i] = min(last, next)
			last = next
		}
		s.minima = slide(minima, 2, window)
	}
	s.runs = runsOf(s.minima, s.runs)
}

// placed is the hash with the lowest bits of its position.
func placed(hash uint64, at int) uint64 { return Key(hash) | uint64(at)&(1<<placeBits-1) }

// addRuns makes the runs into samples, each with its weight, counts the
// windows, and returns how many have a minimum that stood before.
func (s *Sketcher) addRuns(window int) (again int) {
	s.table.Reset(len(s.runs))
	inRepeat := false
	for i := 0; i+1 < len(s.runs); i++ {
		r := s.runs[i]
		key, weight := Key(r.minimum), s.runs[i+1].start-r.start
		s.sketch.Samples = append(s.sketch.Samples, Sample{Key: key, At: uint32(r.place()), Weight: uint8(weight)})
		switch added := s.table.Add(key); {
		case added:
			s.sketch.Windows += weight
			inRepeat = false
			continue
		case !inRepeat:
			s.sketch.Windows -= window - 1
			inRepeat = true
		}
		again += weight
	}
	return again
}

// addRest adds the shingles that are no minima. Where no window is promised to
// meet, they count as much as those that are.
func (s *Sketcher) addRest(shingles []uint64) {
	s.sketch.Whole = true
	s.table.Reset(len(shingles))
	s.sketch.Shingles = 0
	for _, sample := range s.sketch.Samples {
		if s.table.Add(sample.Key) {
			s.sketch.Shingles++
		}
	}
	weight := uint8(0)
	if s.sketch.Windows <= 0 {
		weight = 1
	}
	for at, hash := range shingles {
		if s.table.Add(Key(hash)) {
			s.sketch.Shingles++
			s.sketch.Samples = append(s.sketch.Samples, Sample{Key: Key(hash), At: uint32(at), Weight: weight})
		}
	}
	slices.SortStableFunc(s.sketch.Samples, func(a, b Sample) int { return int(a.At) - int(b.At) })
}

// distinct counts the distinct keys.
func (s *Sketcher) distinct(hashes []uint64) int {
	s.table.Reset(len(hashes))
	count := 0
	for _, hash := range hashes {
		if s.table.Add(Key(hash)) {
			count++
		}
	}
	return count
}

// slide turns the minima of windows of a width into those of longer ones, in
// place, by doubling: the minima of windows of 2w are the minima of pairs of
// minima w apart. Each pass is a loop without branches that depend on the
// data. Where the window is no power of two, the last pass overlaps.
func slide(minima []uint64, width, window int) []uint64 {
	for width < window {
		step := min(width, window-width)
		rest := minima[step:]
		for i, next := range rest {
			minima[i] = min(minima[i], next)
		}
		minima = minima[:len(rest)]
		width += step
	}
	return minima
}

// runsOf returns the runs of equal minima, and one more that begins at their
// end, in the memory of runs. Each minimum is written, and the start of a run
// that may follow it; the end moves on where the next one differs: no branch to
// be foretold.
func runsOf(minima []uint64, runs []run) []run {
	if len(minima) == 0 {
		return runs[:0]
	}
	runs = slices.Grow(runs[:0], len(minima)+1)[:len(minima)+1]
	end, last := 0, minima[0]
	runs[0].start = 0
	for i, minimum := range minima {
		if minimum != last {
			end++
		}
		last = minimum
		runs[end].minimum = minimum
		runs[end+1].start = i + 1
	}
	return runs[:end+2]
}
