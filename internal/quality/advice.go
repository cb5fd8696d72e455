package quality

import (
	"fmt"
	"math"
	"slices"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

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
	reason = fmt.Sprintf("it hardly matters: %s %s would be removed at %.2f, and %s at %.2f",
		comma(asked.Articles), english.PluralWord(asked.Articles, "article", ""), asked.Threshold, comma(floor.Articles), floor.Threshold)
	return reason, floor.Threshold < asked.Threshold && float64(floor.Articles-asked.Articles) <= hardly*float64(asked.Articles)
}

// adviseByLabels returns the least border from which on the pairs have the precision, by the labels.
func adviseByLabels(bins []Bin, precision float64, labelled int) Advice {
	best := Advice{Reason: fmt.Sprintf("by %d labels no threshold has a precision of %v", labelled, precision)}
	sources := sourcesOf(bins)
	for from := len(bins) - 1; from >= 0 && sources[from] >= 0; from-- {
		e := estimateFrom(bins, sources, from)
		if e.pairs == 0 || e.share < precision {
			continue
		}
		low, high := evaluate.Interval(e.share, e.worth)
		best = Advice{bins[from].From, fmt.Sprintf("of the pairs from %.2f on about %.1f %% are copies, by the labels of %d pairs: yes for %d of the %d there, which stands for %.0f to %.0f %%",
			bins[from].From, 100*e.share, labelled, e.yes, e.yes+e.no, 100*low, 100*high)}
	}
	return best
}

// sourcesOf returns, by bin, the one whose labels it is taken to have: its own, or those of the next
// one below with any, which errs on the safe side; −1 where there is none, and nothing is known.
func sourcesOf(bins []Bin) []int {
	sources, source := make([]int, len(bins)), -1
	for i, bin := range bins {
		if bin.Yes+bin.No > 0 {
			source = i
		}
		sources[i] = source
	}
	return sources
}

// An estimate is what labels say of the pairs from a bin on.
type estimate struct {
	share   float64 // of copies
	worth   float64 // labels of pairs drawn from all alike that would say as much
	pairs   int
	yes, no int
}

// estimateFrom weights the labels of each bin by its pairs: they were not drawn from all alike, but as
// many from a bin of ten pairs as from one of thousands.
func estimateFrom(bins []Bin, sources []int, from int) (e estimate) {
	sizes := make(map[int]int) // by source
	for i := from; i < len(bins); i++ {
		sizes[sources[i]] += len(bins[i].Pairs)
		e.pairs, e.yes, e.no = e.pairs+len(bins[i].Pairs), e.yes+bins[i].Yes, e.no+bins[i].No
	}
	var strata []evaluate.Stratum
	copies := 0.0
	for source, bin := range bins {
		size, seen := float64(sizes[source]), float64(bin.Yes+bin.No)
		if size > 0 {
			strata = append(strata, evaluate.Stratum{Size: size, Seen: seen})
			copies += size * float64(bin.Yes) / seen
		}
	}
	if e.pairs > 0 {
		e.share = copies / float64(e.pairs)
	}
	e.worth = evaluate.Effective(strata)
	return e
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
				comma(valley), bins[i].From, bins[i+1].To, comma(below), comma(above))}
		}
	}
	return best
}

func comma(n int) string { return humanize.Comma(int64(n)) }
