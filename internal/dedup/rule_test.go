package dedup

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRules(t *testing.T) {
	options := DefaultOptions()
	for _, test := range []struct {
		name string
		c    Comparison
		want []Rule
	}{
		{"a copy", Comparison{Exact: true, Similarity: 1, AInB: 1, BInA: 1, WordsA: 20, WordsB: 20},
			[]Rule{{Exact, 1, 1, true, NoSide}, {Near, 0.8, 1, true, NoSide}, {Contained, 0.8, 1, true, SideA}}},
		{"an excerpt", Comparison{Similarity: 0.2, AInB: 0.2, BInA: 0.9, WordsA: 100, WordsB: 20},
			[]Rule{{Exact, 1, 0, false, NoSide}, {Near, 0.8, 0.2, false, NoSide}, {Contained, 0.8, 0.9, true, SideB}}},
		{"a headline", Comparison{Similarity: 0.2, AInB: 0.2, BInA: 1, WordsA: 100, WordsB: 15},
			[]Rule{{Exact, 1, 0, false, NoSide}, {Near, 0.8, 0.2, false, NoSide}, {Contained, 0.8, 0.2, false, SideA}}},
		{"two headlines", Comparison{Similarity: 0.2, AInB: 0.2, BInA: 1, WordsA: 15, WordsB: 15},
			[]Rule{{Exact, 1, 0, false, NoSide}, {Near, 0.8, 0.2, false, NoSide}, {Contained, 0.8, 0, false, NoSide}}},
	} {
		if diff := cmp.Diff(test.want, test.c.Rules(options)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if short := (Rule{Asked: 0.75, Value: 0.5}).Short(); short != 0.25 {
		t.Errorf("0.5 is %v short of 0.75", short)
	}
}
