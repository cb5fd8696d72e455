package cli

import (
	"fmt"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// groupsFound returns the group of each article: its story, with the copies of the
// members, its cluster, or one of its own.
func groupsFound(result *dedup.Result) []int {
	groups := make([]int, len(result.Articles))
	for i := range groups {
		groups[i] = -1 - i
	}
	for i, cluster := range result.Clusters {
		groups[cluster.Representative] = i
		for _, member := range cluster.Members {
			groups[member.Article] = i
		}
	}
	for i, found := range result.Stories {
		for _, member := range found.Members {
			groups[member.Article] = len(result.Clusters) + i
			for _, id := range member.Copies {
				groups[id] = len(result.Clusters) + i
			}
		}
	}
	return groups
}

// A labelled is news whose stories are known.
type labelled struct {
	name     string
	articles []corpus.Article
	truth    []int // by article
}

// ecbStories is the part of ECB+ of the topics that are asked for.
func ecbStories(t *testing.T, name string, asked func(topic int) bool) labelled {
	t.Helper()
	groups, number := make(map[string]int), make(map[string]int)
	for _, row := range tableOf(t, needReal(t, "data/ecb_plus/truth_clusters.tsv")) {
		if _, known := number[row[1]]; !known {
			number[row[1]] = len(number)
		}
		groups[row[0]] = number[row[1]]
	}
	l := labelled{name: name}
	for _, article := range articlesOf(t, needReal(t, "data/ecb_plus/docs.jsonl.zst")) {
		var topic int
		if _, err := fmt.Sscanf(article.Key, "%d_", &topic); err != nil {
			t.Fatal(err)
		}
		if asked(topic) {
			l.articles, l.truth = append(l.articles, article), append(l.truth, groups[article.Key])
		}
	}
	return l
}

// chainStories is gedikli_story_chains; what its judges disputed counts as other stories.
func chainStories(t *testing.T) labelled {
	t.Helper()
	l := labelled{name: "gedikli_story_chains", articles: articlesOf(t, needReal(t, "data/gedikli_story_chains/docs.jsonl.zst"))}
	position := make(map[string]int)
	for i, article := range l.articles {
		position[article.Key] = i
		l.truth = append(l.truth, i)
	}
	for _, row := range tableOf(t, needReal(t, "data/gedikli_story_chains/truth.tsv")) {
		if row[2] != "chain" {
			continue
		}
		from, to := l.truth[position[row[0]]], l.truth[position[row[1]]]
		for i, group := range l.truth {
			if group == from {
				l.truth[i] = to
			}
		}
	}
	return l
}

// TestStoryQuality prints how well stories are found in labelled news, and fails
// where that is worse than what was reached:
//
//	go test ./internal/cli -run TestStoryQuality -v
//
// All that was chosen was chosen on the topics of ECB+ of odd numbers; those of even
// numbers, and gedikli_story_chains, are to check.
func TestStoryQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads whole corpora")
	}
	odd := func(topic int) bool { return topic%2 == 1 }
	for _, test := range []struct {
		labelled
		precision, recall, bCubed float64 // at least
	}{
		{ecbStories(t, "ECB+, odd topics", odd), 0.92, 0.82, 0.89},
		{ecbStories(t, "ECB+, even topics", func(topic int) bool { return !odd(topic) }), 0.96, 0.71, 0.84},
		{ecbStories(t, "ECB+", func(int) bool { return true }), 0.94, 0.78, 0.88},
		{chainStories(t), 0.85, 0.95, 0.95},
	} {
		result := scanReal(t, ofStories, writeArticles(t, test.articles))
		groups := groupsFound(result)
		pairs, cubed := evaluate.Pairs(groups, test.truth), evaluate.BCubed(groups, test.truth)
		t.Logf("%-20s %4d articles, %3d stories: pairs %.3f / %.3f, F1 %.3f; B-cubed %.3f / %.3f, F1 %.3f", test.name, len(test.articles),
			len(result.Stories), pairs.Precision, pairs.Recall, pairs.F1(), cubed.Precision, cubed.Recall, cubed.F1())
		if pairs.Precision < test.precision || pairs.Recall < test.recall || cubed.F1() < test.bCubed {
			t.Errorf("%s: below precision %v, recall %v or B-cubed %v", test.name, test.precision, test.recall, test.bCubed)
		}
	}
}
