package dedup

import "math"

// A Rule is one of those that make two articles a pair, and how far they are from it.
type Rule struct {
	Kind    Kind
	Asked   float64 // the least that the rule asks for
	Value   float64 // what the articles have of it
	Reached bool
	// Of is the article whose containment Value is, A or B, of a rule that asks for
	// one; 0 else, and where neither has the words that are asked for.
	Of Side
}

// A Side names one of two articles.
type Side int

// The two articles of a comparison.
const (
	NoSide Side = iota
	SideA
	SideB
)

// Short is how much is wanting, 0 where the rule is reached.
func (r Rule) Short() float64 {
	if r.Reached {
		return 0
	}
	return math.Max(0, r.Asked-r.Value)
}

// Rules are those of the options that two articles are held against, in the order in
// which they are; the first that is reached gives the pair its kind, unless it is a
// template.
func (c *Comparison) Rules(o Options) []Rule {
	same := 0.0
	if c.Exact {
		same = 1
	}
	contained := Rule{Kind: Contained, Asked: o.Containment}
	for _, side := range []struct {
		side  Side
		value float64
		words int
	}{{SideA, c.AInB, c.WordsA}, {SideB, c.BInA, c.WordsB}} {
		if side.words >= o.MinContained && (contained.Of == NoSide || side.value > contained.Value) {
			contained.Of, contained.Value = side.side, side.value
			contained.Reached = o.isContained(side.value, side.words)
		}
	}
	return []Rule{
		{Kind: Exact, Asked: 1, Value: same, Reached: c.Exact},
		{Kind: Near, Asked: o.Threshold, Value: c.Similarity, Reached: c.Similarity >= o.Threshold},
		contained,
	}
}
