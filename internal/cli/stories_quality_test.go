package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

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

// scores are what eval tells of groups.
type scores struct {
	Pairs  shares
	BCubed shares `json:"b_cubed"`
}

type shares struct{ Precision, Recall, F1 float64 }

// measure holds the stories that are found against those that are known, by eval.
func measure(t *testing.T, news labelled) scores {
	t.Helper()
	articles := writeArticles(t, news.articles)
	var groups strings.Builder
	for i, article := range articlesOf(t, articles) {
		fmt.Fprintf(&groups, "%s\t%d\n", article.Key, news.truth[i])
	}
	truth := filepath.Join(t.TempDir(), "truth.tsv")
	if err := os.WriteFile(truth, []byte(groups.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var told struct{ Stories scores }
	if err := json.Unmarshal([]byte(runProgram(t, "eval", articles, "--truth-clusters", truth, "--stories", "--format", "json")), &told); err != nil {
		t.Fatal(err)
	}
	return told.Stories
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
		got := measure(t, test.labelled)
		t.Logf("%-20s %4d articles: pairs %.3f / %.3f, F1 %.3f; B-cubed %.3f / %.3f, F1 %.3f", test.name, len(test.articles),
			got.Pairs.Precision, got.Pairs.Recall, got.Pairs.F1, got.BCubed.Precision, got.BCubed.Recall, got.BCubed.F1)
		if got.Pairs.Precision < test.precision || got.Pairs.Recall < test.recall || got.BCubed.F1 < test.bCubed {
			t.Errorf("%s: below precision %v, recall %v or B-cubed %v", test.name, test.precision, test.recall, test.bCubed)
		}
	}
}
