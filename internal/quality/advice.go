package quality

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// An Advice is a threshold and why. Threshold is 0 where nothing can be said.
type Advice struct {
	Threshold float64
	Reason    string
}

// leastLabelled is the fewest labels that advice is taken from.
const leastLabelled = 10

// advise recommends a threshold.
func advise(t Tuned, precision float64) Advice {
	labelled := 0
	for _, bin := range t.Bins {
		labelled += bin.Yes + bin.No
	}
	if labelled >= leastLabelled {
		return adviseByLabels(t.Bins, precision, labelled)
	}
	advice := adviseByValley(t.Bins)
	if reason, ok := t.hardlyMatters(); ok && advice.Threshold == 0 {
		advice.Reason = reason
	}
	return advice
}

// hardly is the share of the removed articles that a threshold may make a difference to without
// mattering.
const hardly = 0.02

// hardlyMatters reports whether about as much would be removed at the floor as is at the asked
// threshold, and says so.
func (t *Tuned) hardlyMatters() (reason string, ok bool) {
	if len(t.Removals) == 0 {
		return "", false
	}
	floor, asked := t.Removals[0], t.Removals[0]
	for _, removal := range t.Removals {
		if removal.Threshold <= t.Asked+1e-9 {
			asked = removal
		}
	}
	articles := "articles"
	if asked.Articles == 1 {
		articles = "article"
	}
	reason = fmt.Sprintf("it hardly matters: %s %s would be removed at %.2f, and %s at %.2f", grouped(asked.Articles), articles, asked.Threshold, grouped(floor.Articles), floor.Threshold)
	return reason, floor.Threshold < asked.Threshold && float64(floor.Articles-asked.Articles) <= hardly*float64(asked.Articles)
}

// adviseByLabels returns the least border from which on the pairs have the precision, if each
// bin has the share of wanted pairs that its labels have. A bin without labels is taken to have
// that of the next one below with any, which errs on the safe side.
func adviseByLabels(bins []Bin, precision float64, labelled int) Advice {
	shares := make([]float64, len(bins))
	share := 0.0
	for i, bin := range bins {
		if n := bin.Yes + bin.No; n > 0 {
			share = float64(bin.Yes) / float64(n)
		}
		shares[i] = share
	}
	best, at, right, all := Advice{}, 0.0, 0.0, 0.0
	yes, no := 0, 0
	for i := len(bins) - 1; i >= 0; i-- {
		right, all = right+shares[i]*float64(len(bins[i].Pairs)), all+float64(len(bins[i].Pairs))
		yes, no = yes+bins[i].Yes, no+bins[i].No
		if all > 0 && right/all >= precision {
			low, high := evaluate.Interval(int64(yes), int64(yes+no))
			at = right / all
			best = Advice{bins[i].From, fmt.Sprintf("of the pairs from %.2f on about %.1f %% are copies, by the labels of %d pairs: yes for %d of the %d there, which stands for %.0f to %.0f %%",
				bins[i].From, 100*at, labelled, yes, yes+no, 100*low, 100*high)}
		}
	}
	if best.Threshold == 0 {
		best.Reason = fmt.Sprintf("by %d labels no threshold has a precision of %v", labelled, precision)
	}
	return best
}

// leastForValley is the fewest pairs on each side of a valley.
const leastForValley = 10

// adviseByValley returns the middle of the two neighbouring bins with the fewest pairs that have
// many more on both sides: copies of one text lie high, texts that merely share phrases low,
// and where few lie between the two a threshold does the least harm.
func adviseByValley(bins []Bin) Advice {
	counts := make([]int, len(bins))
	for i, bin := range bins {
		counts[i] = len(bin.Pairs)
	}
	best, fewest := Advice{Reason: "the pairs have no valley between alike and unlike: label some with --review"}, math.MaxInt
	for i := 1; i+2 < len(bins); i++ {
		valley := counts[i] + counts[i+1]
		below, above := slices.Max(counts[:i]), slices.Max(counts[i+2:])
		if valley < fewest && min(below, above) >= leastForValley && valley <= min(below, above) {
			fewest = valley
			best = Advice{bins[i+1].From, fmt.Sprintf("the fewest pairs lie around it: %s from %.2f to %.2f, where a single bin below has %s and one above %s",
				grouped(valley), bins[i].From, bins[i+1].To, grouped(below), grouped(above))}
		}
	}
	return best
}

// grouped writes a count with commas between thousands, as reports do.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
