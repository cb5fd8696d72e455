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

// Interval returns Wilson's 95 % interval of a share p that was seen among n: from 0 to 1 where n
// is 0. It need not be whole: see Effective.
func Interval(p, n float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	middle := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}

// A Stratum is a part of what an estimate is of, and how many of it were looked at.
type Stratum struct{ Size, Seen float64 }

// Effective is how many drawn from all alike tell as much as those that were drawn from each stratum
// by itself do, by Kish's rule: the square of the sum of the sizes, over the sum of the squares of
// the sizes by the number seen. It is 0 where a stratum was not looked at.
func Effective(strata []Stratum) float64 {
	total, squares := 0.0, 0.0
	for _, s := range strata {
		if s.Size == 0 {
			continue
		}
		if s.Seen == 0 {
			return 0
		}
		total, squares = total+s.Size, squares+s.Size*s.Size/s.Seen
	}
	if squares == 0 {
		return 0
	}
	return total * total / squares
}
