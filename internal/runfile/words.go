package runfile

import (
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// checkWords holds that kinds, labels and classes are words of this program. Reports write them as
// they stand, to a terminal too, and all else of a run as text that somebody scraped.
func checkWords(result *dedup.Result) error {
	kinds := append(dedup.AllKinds(), dedup.Template)
	for i := range result.Pairs {
		pair := &result.Pairs[i]
		switch {
		case !slices.Contains(kinds, pair.Kind) || pair.Kind == dedup.Repeated:
			return fmt.Errorf("pair %d: unknown kind %q", i+1, pair.Kind)
		case pair.Label != "" && !slices.Contains(dedup.AllLabels(), pair.Label):
			return fmt.Errorf("pair %d: unknown label %q", i+1, pair.Label)
		case pair.Difference == nil:
			continue
		}
		for _, change := range pair.Difference.Changes {
			if !slices.Contains(dedup.AllChanges(), change.Kind) {
				return fmt.Errorf("pair %d: unknown kind of change %q", i+1, change.Kind)
			}
		}
	}
	for i := range result.Repeats {
		if class := result.Repeats[i].Class; !slices.Contains(dedup.AllClasses(), class) {
			return fmt.Errorf("repeat %d: unknown class %q", i+1, class)
		}
	}
	return nil
}
