package report

import (
	"bufio"
	"encoding/json"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
)

// EvaluationSchemaName names the form of an evaluation in JSON.
const EvaluationSchemaName = "newsdedup.eval/1"

// said is a string of the corpus or the truth in JSON, escaped as in reports.
type said string

func (s said) MarshalJSON() ([]byte, error) { return appendString(nil, string(s)), nil }

// share is a figure that may not be known, which is null.
type share struct {
	value float64
	known bool
}

func (s share) MarshalJSON() ([]byte, error) {
	if !s.known {
		return []byte("null"), nil
	}
	return json.Marshal(figure(s.value))
}

func known(value float64, ok bool) share { return share{value, ok} }

type wireEvaluation struct {
	Schema      string          `json:"schema"`
	Version     said            `json:"version"`
	Options     wireEvalOptions `json:"options"`
	Articles    int             `json:"articles"`
	Problems    int             `json:"problems"`
	Truth       wireTruth       `json:"truth"`
	Kinds       []wireKind      `json:"kinds"`
	Curves      []wireCurve     `json:"curves"`
	Clusters    wireGroups      `json:"clusters"`
	Stories     *wireGroups     `json:"stories"` // null where they were not measured
	Unmet       int64           `json:"unmet"`
	Misses      []wireJudgement `json:"misses"`
	FalseAlarms []wireJudgement `json:"false_alarms"`
}

type wireEvalOptions struct {
	Kinds             []dedup.Kind `json:"kinds"`
	Threshold         float64      `json:"threshold"`
	Containment       float64      `json:"containment"`
	MinContainedWords int          `json:"min_contained_words"`
	ShingleSize       int          `json:"shingle_size"`
	Tolerant          bool         `json:"tolerant"`
	StoryWindow       int64        `json:"story_window_seconds"`
	Hash              string       `json:"hash"`
}

func newWireEvalOptions(o dedup.Options) wireEvalOptions {
	w := newWireOptions(o)
	return wireEvalOptions{w.Kinds, w.Threshold, w.Containment, w.MinContainedWords, w.ShingleSize, w.Tolerant, w.StoryWindow, w.Hash}
}

type wireTruth struct {
	Path       said          `json:"path"`
	Pairs      int64         `json:"pairs"`
	Wanted     int64         `json:"wanted"`
	Groups     int           `json:"groups"`
	JudgedOnly bool          `json:"judged_only"`
	Labels     []wireLabel   `json:"labels"`
	Unknown    []wireUnknown `json:"unknown"`
	Lost       int           `json:"lost"`
}

type wireLabel struct {
	Label  said `json:"label"`
	Pairs  int  `json:"pairs"`
	Wanted bool `json:"wanted"`
}

type wireUnknown struct {
	Name said `json:"name"`
	Line int  `json:"line"`
}

type wireCounts struct {
	Found     *int64 `json:"found"` // null where it is not known
	Right     int64  `json:"right"`
	Wanted    int64  `json:"wanted"`
	Precision share  `json:"precision"`
	Recall    share  `json:"recall"`
	F1        share  `json:"f1"`
}

type wireKind struct {
	Kind string `json:"kind"`
	wireCounts
}

type wirePoint struct {
	Threshold float64 `json:"threshold"`
	wireCounts
}

type wireCurve struct {
	Kind    dedup.Kind  `json:"kind"`
	Floor   float64     `json:"floor"`
	Points  []wirePoint `json:"points"`
	Best    *wirePoint  `json:"best"`
	BestFor float64     `json:"best_for_precision"`
	BestF1  *wirePoint  `json:"best_f1"`
}

type wireGroups struct {
	Articles     int        `json:"articles"`
	Pairs        wireCounts `json:"pairs"`
	AdjustedRand share      `json:"adjusted_rand"`
	BCubed       wireBCubed `json:"b_cubed"`
}

type wireBCubed struct {
	Precision share `json:"precision"`
	Recall    share `json:"recall"`
	F1        share `json:"f1"`
}

type wireJudgement struct {
	A          json.RawMessage `json:"a"`
	B          json.RawMessage `json:"b"`
	Label      said            `json:"label"`
	Line       int             `json:"line"`
	Kind       dedup.Kind      `json:"kind"`
	Similarity share           `json:"similarity"`
	AInB       share           `json:"a_in_b"`
	BInA       share           `json:"b_in_a"`
	Shared     int             `json:"shared_shingles"`
	ShinglesA  int             `json:"a_shingles"`
	ShinglesB  int             `json:"b_shingles"`
	Copies     int             `json:"copies"`
	PairLabel  *dedup.Label    `json:"pair_label"` // null for none
	Difference json.RawMessage `json:"difference"` // null of copies
}

// writeEvaluationJSON writes one JSON document. An evaluation has few figures beside the
// corpus, so that encoding/json may write it.
func writeEvaluationJSON(out *bufio.Writer, e Evaluated, opts Options) error {
	t, clusters := e.Truth, groupsOf(&e.Clusters)
	wire := wireEvaluation{
		Schema: EvaluationSchemaName, Version: said(opts.Version), Options: newWireEvalOptions(e.Result.Options),
		Articles: e.Result.Summary.Articles, Problems: e.Result.Summary.Problems,
		Truth: wireTruth{
			Path: said(e.TruthPath), Pairs: e.Wanted + e.Unwanted, Wanted: e.Wanted, Groups: t.Groups, JudgedOnly: t.JudgedOnly(),
			Labels: []wireLabel{}, Unknown: []wireUnknown{}, Lost: t.Lost,
		},
		Kinds: []wireKind{}, Curves: []wireCurve{},
		Clusters: *clusters, Stories: groupsOf(e.Stories), Unmet: e.Unmet, Misses: judgementsOf(e, e.Misses), FalseAlarms: judgementsOf(e, e.FalseAlarms),
	}
	for _, label := range t.Labels {
		wire.Truth.Labels = append(wire.Truth.Labels, wireLabel{said(label.Name), label.Pairs, label.Wanted})
	}
	for _, unknown := range t.Unknown {
		wire.Truth.Unknown = append(wire.Truth.Unknown, wireUnknown{said(unknown.Name), unknown.Line})
	}
	for _, kind := range e.Kinds {
		name := string(kind.Kind)
		if name == "" {
			name = kindOfAll
		}
		wire.Kinds = append(wire.Kinds, wireKind{name, countsOf(kind.Counts, true)})
	}
	for _, curve := range e.Curves {
		wire.Curves = append(wire.Curves, newWireCurve(curve, e.Precision))
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(wire)
}

// groupsOf returns nil of nil.
func groupsOf(g *quality.Groups) *wireGroups {
	if g == nil {
		return nil
	}
	return &wireGroups{
		Articles: g.Articles, Pairs: countsOf(g.Pairs, true), AdjustedRand: known(g.AdjustedRand, g.RandKnown),
		BCubed: wireBCubed{known(g.BCubed.Precision, true), known(g.BCubed.Recall, true), known(g.BCubed.F1(), true)},
	}
}

// kindOfAll is the kind of the counts of all kinds.
const kindOfAll = "all"

func newWireCurve(curve quality.Curve, precision float64) wireCurve {
	w := wireCurve{Kind: curve.Kind, Floor: figure(min(curve.Floor, 1)), Points: []wirePoint{}, BestFor: precision}
	for twentieth := 1; twentieth <= 20; twentieth++ {
		threshold := float64(twentieth) / 20
		w.Points = append(w.Points, wirePoint{threshold, countsOf(curve.At(threshold).Counts, threshold >= curve.Floor)})
	}
	if point, ok := curve.Best(precision, curve.Floor); ok {
		w.Best = &wirePoint{roundDown(point.Threshold), countsOf(point.Counts, true)}
	}
	if point, ok := curve.BestF1(curve.Floor); ok {
		w.BestF1 = &wirePoint{roundDown(point.Threshold), countsOf(point.Counts, true)}
	}
	return w
}

func countsOf(c evaluate.Counts, all bool) wireCounts {
	w := wireCounts{Right: c.Right, Wanted: c.Wanted, Recall: known(c.Recall())}
	if all {
		w.Found, w.Precision, w.F1 = &c.Found, known(c.Precision()), known(c.F1())
	}
	return w
}

func judgementsOf(e Evaluated, judgements []quality.Judgement) []wireJudgement {
	w := &wire{Result: e.Result}
	place := func(id dedup.ArticleID) json.RawMessage { return append(w.place([]byte("{"), id), '}') }
	told := []wireJudgement{}
	for _, j := range judgements {
		label := &j.Pair.Label
		if *label == "" {
			label = nil
		}
		told = append(told, wireJudgement{
			PairLabel: label, Difference: appendDifference(nil, j.Difference),
			A: place(j.A), B: place(j.B), Label: said(j.Label), Line: j.Line, Kind: j.Kind,
			Similarity: known(j.Similarity, true), AInB: known(j.AInB, true), BInA: known(j.BInA, true),
			Shared: j.Shared, ShinglesA: j.ShinglesA, ShinglesB: j.ShinglesB, Copies: j.Copies,
		})
	}
	return told
}
