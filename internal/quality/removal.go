package quality

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Removal is what a scan with a threshold would remove.
type Removal struct {
	Threshold float64
	Pairs     int // of the kind
	Articles  int
	Words     int
}

// removals tells what each threshold would remove. Of contained pairs, near ones are taken at
// their asked threshold.
func removals(survey *dedup.Survey, options dedup.Options, kind dedup.Kind, floor float64) ([]Removal, error) {
	options.Kinds = slices.DeleteFunc(slices.Clone(options.Kinds), func(k dedup.Kind) bool {
		return k == dedup.Repeated || kind == dedup.Near && k == dedup.Contained
	})
	var all []Removal
	for _, threshold := range edges(floor) {
		if kind == dedup.Near {
			options.Threshold = threshold
		} else {
			options.Containment = threshold
		}
		result, err := survey.At(options)
		if err != nil {
			return nil, err
		}
		removal := Removal{Threshold: threshold, Pairs: result.Summary.Near, Words: result.Summary.DuplicateWords}
		if kind == dedup.Contained {
			removal.Pairs = result.Summary.Contained
		}
		for _, cluster := range result.Clusters {
			for _, member := range cluster.Members {
				if member.Removable {
					removal.Articles++
				}
			}
		}
		all = append(all, removal)
	}
	return all, nil
}
