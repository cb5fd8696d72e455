package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// TestNoticesStandAtWhatIsAskedAbout holds where each finding is told and in which words,
// for either article asked about, for both and for none.
func TestNoticesStandAtWhatIsAskedAbout(t *testing.T) {
	place := func(article dedup.ArticleID, line int) dedup.ParagraphPlace {
		return dedup.ParagraphPlace{Article: article, Paragraph: line, Line: line}
	}
	result := &dedup.Result{
		Articles: []dedup.ArticleInfo{{Key: "a", Path: "a.txt", Line: 1, Words: 20}, {Key: "b", Path: "b.txt", Line: 1, Words: 20}},
		Pairs: []dedup.Pair{
			{Kind: dedup.Exact, A: 0, B: 1, Similarity: 1},
			{Kind: dedup.Near, A: 0, B: 1, Similarity: 0.9, Shared: 18, ShinglesA: 19, ShinglesB: 19},
			{Kind: dedup.Contained, A: 0, B: 1, Similarity: 0.5, AInB: 1, BInA: 0.5, Shared: 10, ShinglesA: 10, ShinglesB: 20},
			{Kind: dedup.Contained, A: 0, B: 1, Similarity: 0.5, AInB: 0.5, BInA: 1, Shared: 10, ShinglesA: 20, ShinglesB: 10},
		},
		Repeats: []dedup.Repeat{
			{Class: dedup.Across, At: place(1, 4), Of: place(0, 2), Similarity: 1, Words: 8},
			{Class: dedup.Source, At: place(1, 5), Of: place(0, 3), Similarity: 0.9, Words: 9},
		},
	}
	earlier := []string{
		"a.txt: a has the same 20 words as b",
		"a.txt: a and b are 90 % alike: 18 of 20 shingles stand in both",
		"a.txt: a stands in b: 100 % of its shingles (10 of 10) do",
		"a.txt: a holds b: 100 % of that one's shingles (10 of 10) stand in it",
		"a.txt: a: paragraph 2 stands again as one of b: 8 words",
		"a.txt: a: paragraph 3 stands again as one of another article of its source, b: 9 words, 90 % alike",
	}
	later := []string{
		"b.txt: b has the same 20 words as a",
		"b.txt: b and a are 90 % alike: 18 of 20 shingles stand in both",
		"b.txt: b holds a: 100 % of that one's shingles (10 of 10) stand in it",
		"b.txt: b stands in a: 100 % of its shingles (10 of 10) do",
		"b.txt: b: paragraph 4 repeats one of a: 8 words",
		"b.txt: b: paragraph 5 repeats one of another article of its source, a: 9 words, 90 % alike",
	}
	whole := append([]string{later[0], later[1], earlier[2]}, later[3:]...)
	for _, test := range []struct {
		only *gate.Selection
		want []string
	}{
		{nil, whole},
		{&gate.Selection{Names: []string{"a", "b"}}, whole},
		{&gate.Selection{Names: []string{"a"}}, earlier},
		{&gate.Selection{Names: []string{"b.txt"}}, later},
	} {
		rules := &gate.Rules{Only: test.only}
		review := rules.Review(result, 0)
		var got []string
		_ = notices(review.Result, Options{Review: review}, func(n *notice) error {
			got = append(got, n.at.file()+": "+n.message)
			return nil
		})
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("only %+v (-want +got):\n%s", test.only, diff)
		}
	}
}
