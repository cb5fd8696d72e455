package quality

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

func pairsIn(t *testing.T, file string) []evaluate.Labelled {
	t.Helper()
	pairs, err := evaluate.ReadPairs(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

// TestLabels holds which labels are wanted, and what is refused.
func TestLabels(t *testing.T) {
	for _, test := range []struct {
		file   string
		wanted []string
		labels []Label
		err    string
	}{
		{"a\tb\nb\ta\nc\td\tno\n", nil, []Label{{"", 1, true}, {"no", 1, false}}, ""},
		{"a\tb\tYes\nc\td\tNO\ne\tf\tnon", nil, []Label{{"NO", 1, false}, {"Yes", 1, true}, {"non", 1, false}}, ""},
		{"a\tb\t3\nc\td\t0\ne\tf\t1", nil, []Label{{"0", 1, false}, {"1", 1, true}, {"3", 1, true}}, ""},
		{"a\tb\t3\nc\td\t0\ne\tf\t1", []string{"2", "3"}, nil, `no pair is labelled "2"`},
		{"a\tb\t3\nc\td\t0\ne\tf\t1", []string{"0", "3"}, []Label{{"0", 1, true}, {"1", 1, false}, {"3", 1, true}}, ""},
		{"a\tb\tyes\n\nb\ta\tno", nil, nil, `line 3: "b" and "a" are labelled "no" here and "yes" in line 1`},
	} {
		truth, err := FromPairs(pairsIn(t, test.file), test.wanted, false)
		if fmt.Sprint(err) != test.err && !(err == nil && test.err == "") {
			t.Errorf("%q: %v, want %s", test.file, err, test.err)
			continue
		}
		if err == nil {
			if diff := cmp.Diff(test.labels, truth.Labels); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.file, diff)
			}
		}
	}
}

// TestPlace holds that names that no article has are told, and their pairs left out.
func TestPlace(t *testing.T) {
	truth, err := FromPairs(pairsIn(t, "c\tgone\na\tc\ngone\tfar\nb\ta\tno"), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	placed := truth.Place([]dedup.ArticleInfo{{Key: "a"}, {Key: "b"}, {Key: "other"}, {Key: "c"}})
	if diff := cmp.Diff([]Name{{"gone", 1}, {"far", 3}}, placed.Unknown); diff != "" || placed.Lost != 2 {
		t.Errorf("%d pairs lost (-want +got):\n%s", placed.Lost, diff)
	}
	if diff := cmp.Diff([][2]dedup.ArticleID{{0, 3}, {0, 1}}, placed.Asked()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGroups holds that groups stand for all of their pairs, and that with judgedOnly
// an article that is in none counts for nothing.
func TestGroups(t *testing.T) {
	groups := []evaluate.Grouped{{Article: name(0), Group: "x", Line: 1}, {Article: name(1), Group: "y", Line: 2}, {Article: name(2), Group: "x", Line: 3}, {Article: name(4), Group: "x", Line: 4}}
	w := &world{textOf: []int{0, 1, 2, 3, 0}, figures: map[[2]int]fig{
		{0, 1}: {9, 10, 10}, {0, 2}: {9, 10, 10}, {0, 3}: {9, 10, 10}, {1, 2}: {1, 10, 10}, {1, 3}: {1, 10, 10}, {2, 3}: {1, 10, 10},
	}}
	options := dedup.DefaultOptions()
	floor := options
	floor.Explained = true
	for _, test := range []struct {
		judgedOnly bool
		want       evaluate.Counts
		articles   int
	}{
		{false, evaluate.Counts{Found: 7, Right: 3, Wanted: 3}, 5}, // 0–4, and both with 1, 2 and 3
		{true, evaluate.Counts{Found: 5, Right: 3, Wanted: 3}, 4},
	} {
		truth, err := FromGroups(groups, test.judgedOnly)
		if err != nil {
			t.Fatal(err)
		}
		survey, placed := w.survey(floor, truth)
		e, err := Evaluate(survey, options, placed)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Kinds[len(e.Kinds)-1].Counts; got != test.want || e.Clusters.Articles != test.articles {
			t.Errorf("judged only %v: %+v of %d articles, want %+v of %d", test.judgedOnly, got, e.Clusters.Articles, test.want, test.articles)
		}
	}
}

// TestGroupsAreBounded holds that one group of all articles of a large corpus is refused
// and not compared for a day.
func TestGroupsAreBounded(t *testing.T) {
	var groups []evaluate.Grouped
	for i := range 4000 {
		groups = append(groups, evaluate.Grouped{Article: name(i), Group: "all", Line: i + 1})
	}
	if _, err := FromGroups(groups, false); err == nil || err.Error() != "line 1415: the groups stand for more than 1000000 pairs" {
		t.Error(err)
	}
}
