package quality

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// FoundOf is what became of the pairs of a label.
type FoundOf struct {
	Label                   Label
	Kinds                   map[dedup.Kind]int // as which they were found; "" for those that were not
	Similarity, Containment float64            // medians: the lower of two in the middle
}

// ByLabel tells what became of the pairs of each label, in the order of Placed.Labels.
func (e *Evaluation) ByLabel(survey *dedup.Survey) []FoundOf {
	h := newHolder(survey, e.Truth)
	found := make(map[[2]dedup.ArticleID]dedup.Kind)
	for _, group := range h.groups(e.Result.Pairs) {
		found[h.textsOf(group.pair)] = group.pair.Kind
	}
	var all []FoundOf
	for _, label := range e.Truth.Labels {
		of := FoundOf{Label: label, Kinds: make(map[dedup.Kind]int)}
		var similarities, containments []float64
		for i, judged := range e.Truth.judged {
			if judged.Label != label.Name {
				continue
			}
			pair := h.measured[i]
			of.Kinds[found[h.textsOf(pair)]]++
			similarities, containments = append(similarities, pair.Similarity), append(containments, h.containment(pair))
		}
		of.Similarity, of.Containment = median(similarities), median(containments)
		all = append(all, of)
	}
	return all
}

func median(figures []float64) float64 {
	slices.Sort(figures)
	return figures[(len(figures)-1)/2]
}
