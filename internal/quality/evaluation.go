package quality

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// An Evaluation is what a scan finds, held against a truth.
type Evaluation struct {
	Truth  *Placed
	Result *dedup.Result // at the options that were asked for
	Floor  dedup.Options // of the survey

	Wanted   int64 // pairs that should be found
	Unwanted int64 // pairs that were judged, and should not be

	Kinds    []KindCounts // what the scan finds, by kind; the last is of all kinds
	Curves   []Curve
	Unmet    int64 // wanted pairs that reach a threshold and that the scan did not find
	Clusters Groups
	Stories  *Groups // nil where they were not measured; see MeasureStories

	Misses      []Judgement // wanted pairs that are not found, the least alike first
	FalseAlarms []Judgement // found pairs that are not wanted, the most alike first
}

// KindCounts are of the pairs of a kind, "" for all kinds but templates, which are found
// to be no copies. Wanted is of all wanted pairs.
type KindCounts struct {
	Kind dedup.Kind
	evaluate.Counts
}

// A Curve is of one score, over its thresholds.
type Curve struct {
	Kind dedup.Kind // Near for the Jaccard similarity, Contained for the containment of the smaller
	// Floor is the threshold from which all that is found is known, and so is precision: 0 where
	// only the pairs of the truth count.
	Floor float64
	*evaluate.Curve
}

// Groups compare groups of articles that were found with those that wanted pairs join.
type Groups struct {
	Articles     int             // that were compared: all, or those that the truth names
	Pairs        evaluate.Counts // of articles in one group
	AdjustedRand float64
	RandKnown    bool // else it is 0/0
	BCubed       evaluate.Scores
}

// A Judgement is a pair that is found and should not be, or the other way round.
type Judgement struct {
	dedup.Pair
	Label  string // of the truth, "" for none
	Line   int    // of the truth, 0 where it does not speak of the pair
	Copies int    // further pairs of the same two texts that it stands for
	LeadA  string // the first words of A
	LeadB  string
}

// Evaluate holds what the survey finds at the options against the truth, whose pairs it
// was asked for.
func Evaluate(survey *dedup.Survey, options dedup.Options, truth *Placed) (*Evaluation, error) {
	if len(survey.Measured) != len(truth.ids) {
		return nil, fmt.Errorf("%d pairs were compared, and %d judged", len(survey.Measured), len(truth.ids))
	}
	result, err := survey.At(options)
	if err != nil {
		return nil, err
	}
	e := &Evaluation{Truth: truth, Result: result, Floor: survey.Result.Options}
	h := newHolder(survey, truth)
	for _, judged := range truth.judged {
		if judged.Wanted {
			e.Wanted++
		} else {
			e.Unwanted++
		}
	}
	e.countKinds(h)
	e.Curves = []Curve{
		{dedup.Near, h.floor(e.Floor.Threshold, dedup.Near), h.curve(unlessTemplate(func(p dedup.Pair) float64 { return p.Similarity }))},
		{dedup.Contained, h.floor(e.Floor.Containment, dedup.Contained), h.curve(unlessTemplate(h.containment))},
	}
	e.Clusters = truth.compare(len(result.Articles), clustered(result))
	e.judge(h)
	return e, nil
}

// countKinds counts what is found, by kind.
func (e *Evaluation) countKinds(h *holder) {
	counts := make(map[dedup.Kind]*evaluate.Counts)
	all := evaluate.Counts{Wanted: e.Wanted}
	for _, group := range h.groups(e.Result.Pairs) {
		if counts[group.pair.Kind] == nil {
			counts[group.pair.Kind] = &evaluate.Counts{Wanted: e.Wanted}
		}
		counts[group.pair.Kind].Found += group.right + group.wrong
		counts[group.pair.Kind].Right += group.right
		if group.pair.Kind != dedup.Template {
			all.Found += group.right + group.wrong
			all.Right += group.right
		}
	}
	for _, kind := range append(dedup.AllKinds(), dedup.Template) {
		if c := counts[kind]; c != nil || kind != dedup.Template && kind != dedup.Repeated && e.Result.Options.Finds(kind) {
			if c == nil {
				c = &evaluate.Counts{Wanted: e.Wanted}
			}
			e.Kinds = append(e.Kinds, KindCounts{kind, *c})
		}
	}
	e.Kinds = append(e.Kinds, KindCounts{"", all})
}

// judge finds what was missed, and what should not have been found.
func (e *Evaluation) judge(h *holder) {
	found := make(map[[2]dedup.ArticleID]dedup.Kind)
	for _, group := range h.groups(e.Result.Pairs) {
		found[h.textsOf(group.pair)] = group.pair.Kind
		if group.wrong > 0 && group.pair.Kind != dedup.Template {
			e.FalseAlarms = append(e.FalseAlarms, h.falseAlarm(group))
		}
	}
	for i, judged := range e.Truth.judged {
		pair := h.measured[i]
		kind, met := found[h.textsOf(pair)]
		if pair.Kind != dedup.Exact {
			pair.Kind = kind
		}
		if judged.Wanted && (!met || kind == dedup.Template) {
			e.Misses = append(e.Misses, h.judgement(pair, judged, 0))
		}
		if judged.Wanted && !met && h.reaches(pair, e.Result.Options) {
			e.Unmet++
		}
	}
	slices.SortStableFunc(e.Misses, func(a, b Judgement) int {
		return cmp.Or(cmp.Compare(h.containment(a.Pair), h.containment(b.Pair)), cmp.Compare(a.Similarity, b.Similarity))
	})
	slices.SortStableFunc(e.FalseAlarms, func(a, b Judgement) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(h.containment(b.Pair), h.containment(a.Pair)))
	})
}
