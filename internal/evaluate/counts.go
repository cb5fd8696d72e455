package evaluate

import "math"

// Counts are of pairs: those found, the right ones among them, and all right ones.
type Counts struct {
	Found, Right, Wanted int64
}

// Precision is the share of what was found that is right; ok is false where nothing
// was found.
func (c Counts) Precision() (share float64, ok bool) { return ratio(c.Right, c.Found) }

// Recall is the share of what is right that was found; ok is false where nothing is.
func (c Counts) Recall() (share float64, ok bool) { return ratio(c.Right, c.Wanted) }

// F1 is the harmonic mean of precision and recall, 2·right/(found+wanted), which is
// known where either is.
func (c Counts) F1() (mean float64, ok bool) { return ratio(2*c.Right, c.Found+c.Wanted) }

func ratio(part, of int64) (float64, bool) {
	if of == 0 {
		return 0, false
	}
	return float64(part) / float64(of), true
}

// z95 is the quantile of the normal distribution that 95 % of it lie within.
const z95 = 1.959964

// Interval returns Wilson's 95 % interval of a share of which so many of so many were
// seen: from 0 to 1 where none were.
func Interval(part, of int64) (low, high float64) {
	if of == 0 {
		return 0, 1
	}
	n, p := float64(of), float64(part)/float64(of)
	middle := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}
