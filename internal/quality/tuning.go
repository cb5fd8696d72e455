package quality

import (
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Tuning is what a survey says of thresholds without a truth, or with a few labels.
type Tuning struct {
	Survey *dedup.Survey
	Result *dedup.Result // at the options that were asked for
	Scores []Tuned       // near, by the Jaccard similarity; contained, by the share of the smaller
}

// A Tuned is the pairs of a kind by their score. Copies are not among them; near pairs at the
// asked threshold are not among the contained ones.
type Tuned struct {
	Kind     dedup.Kind
	Asked    float64 // its threshold
	Bins     []Bin   // of equal width, from the floor to 1
	Removals []Removal
	Advice   Advice
}

// Tune tells of the thresholds of the kinds that the options ask for. placed, which may be nil, is what was
// labelled of the survey's pairs; precision is what the advice is to reach.
func Tune(survey *dedup.Survey, options dedup.Options, placed *Placed, precision float64) (*Tuning, error) {
	result, err := survey.At(options)
	if err != nil {
		return nil, err
	}
	t := &Tuning{Survey: survey, Result: result}
	floor := survey.Result.Options
	h := &holder{survey: survey}
	for _, of := range []struct {
		kind         dedup.Kind
		asked, floor float64
	}{{dedup.Near, options.Threshold, floor.Threshold}, {dedup.Contained, options.Containment, floor.Containment}} {
		if !options.Finds(of.kind) {
			continue
		}
		score := h.score(of.kind, options)
		tuned := Tuned{Kind: of.kind, Asked: of.asked, Bins: binsOf(survey.Result.Pairs, of.floor, score)}
		if placed != nil {
			label(tuned.Bins, survey, placed, score)
		}
		if tuned.Removals, err = removals(survey, options, of.kind, of.floor); err != nil {
			return nil, err
		}
		tuned.Advice = advise(tuned, precision)
		t.Scores = append(t.Scores, tuned)
	}
	return t, nil
}

// score returns what a pair has of a kind, −1 where it is not among the kind's.
func (h *holder) score(kind dedup.Kind, options dedup.Options) func(dedup.Pair) float64 {
	return func(pair dedup.Pair) float64 {
		switch {
		case pair.Kind == dedup.Exact || pair.Kind == dedup.Template:
			return -1
		case kind == dedup.Near:
			return pair.Similarity
		case pair.Similarity >= options.Threshold:
			return -1
		}
		return h.containment(pair)
	}
}
