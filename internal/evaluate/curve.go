package evaluate

import (
	"cmp"
	"slices"
)

// A Scored is pairs of one score: count of them, all right or all wrong.
type Scored struct {
	Score float64
	Count int64
	Right bool
}

// A Point is what is found at a threshold.
type Point struct {
	Threshold float64
	Counts
}

// A Curve tells what is found at any threshold.
type Curve struct {
	wanted int64
	steps  []Point // the scores, falling, with what is found at each
}

// NewCurve returns the curve of the pairs that are found at some threshold. wanted is the
// number of all right pairs, also of those that are found at none.
func NewCurve(found []Scored, wanted int64) *Curve {
	found = slices.Clone(found)
	slices.SortFunc(found, func(p, q Scored) int { return cmp.Compare(q.Score, p.Score) })
	curve := &Curve{wanted: wanted}
	counts := Counts{Wanted: wanted}
	for i, pairs := range found {
		counts.Found += pairs.Count
		if pairs.Right {
			counts.Right += pairs.Count
		}
		if i+1 == len(found) || found[i+1].Score != pairs.Score {
			curve.steps = append(curve.steps, Point{pairs.Score, counts})
		}
	}
	return curve
}

// At returns what is found at the threshold.
func (c *Curve) At(threshold float64) Point {
	below, _ := slices.BinarySearchFunc(c.steps, threshold, func(p Point, t float64) int {
		if p.Threshold >= t {
			return -1
		}
		return 1
	})
	if below == 0 {
		return Point{threshold, Counts{Wanted: c.wanted}}
	}
	return Point{threshold, c.steps[below-1].Counts}
}

// Best returns the point of the highest recall among those of at least that
// precision and threshold, and of equal ones that of the highest threshold; ok is
// false where there is none that finds anything right. Its threshold is a score that was met: any down to
// the next lower one finds the same.
func (c *Curve) Best(precision, least float64) (best Point, ok bool) {
	for _, p := range c.steps {
		share, _ := p.Precision()
		if p.Threshold >= least && share >= precision && p.Right > best.Right {
			best, ok = p, true
		}
	}
	return best, ok
}

// BestF1 returns the point of the highest F1 among those of at least that threshold,
// and of equal ones that of the highest threshold.
func (c *Curve) BestF1(least float64) (best Point, ok bool) {
	for _, p := range c.steps {
		of, _ := best.F1()
		if f1, _ := p.F1(); p.Threshold >= least && f1 > of {
			best, ok = p, true
		}
	}
	return best, ok
}
