package quality

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// TestMeasureStories holds that a story takes the copies of its members along, that clusters
// count beside stories, and that articles without a group stand alone or are not asked about.
func TestMeasureStories(t *testing.T) {
	// By articles: 0 and 1 are copies, 2 tells the same; 3 and 4 are copies; 5 and 6 are a false
	// story, 7 and 8 one that was missed.
	result := &dedup.Result{
		Clusters: []dedup.Cluster{
			{Representative: 0, Members: []dedup.Member{{Article: 1}}},
			{Representative: 3, Members: []dedup.Member{{Article: 4}}},
		},
		Stories: []dedup.Story{
			{Members: []dedup.StoryMember{{Article: 2}, {Article: 0, Copies: []dedup.ArticleID{1}}}},
			{Members: []dedup.StoryMember{{Article: 5}, {Article: 6}}},
		},
	}
	for article := range 9 {
		result.Articles = append(result.Articles, dedup.ArticleInfo{Key: name(article)})
	}
	var groups []evaluate.Grouped
	for article, group := range []string{"storm", "storm", "storm", "strike", "strike", "fire", "", "flood", "flood"} {
		if group != "" {
			groups = append(groups, evaluate.Grouped{Article: name(article), Group: group, Line: article + 1})
		}
	}
	for _, test := range []struct {
		judgedOnly bool
		want       Groups
	}{
		// 0 1 2, 3 4 and 5 6 were found, which are five pairs, four of them right; 7 8 makes
		// five to find. B-cubed: 5 and 6 are half right, 7 and 8 half found.
		{false, Groups{Articles: 9, Pairs: evaluate.Counts{Found: 5, Right: 4, Wanted: 5}, BCubed: evaluate.Scores{Precision: 8.0 / 9, Recall: 8.0 / 9}}},
		{true, Groups{Articles: 8, Pairs: evaluate.Counts{Found: 4, Right: 4, Wanted: 5}, BCubed: evaluate.Scores{Precision: 1, Recall: 7.0 / 8}}},
	} {
		truth, err := FromGroups(groups, test.judgedOnly)
		if err != nil {
			t.Fatal(err)
		}
		e := &Evaluation{Truth: truth.Place(result.Articles)}
		e.MeasureStories(result)
		got := *e.Stories
		got.AdjustedRand, got.RandKnown = 0, false // which package evaluate tests
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("judged only %v (-want +got):\n%s", test.judgedOnly, diff)
		}
	}
}
