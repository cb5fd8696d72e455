package clean

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// storyResult is six articles: 0 and 1 are copies, 2 tells their story in other
// words, as do 3, weakly, and 4; 5 is of no story.
func storyResult() *dedup.Result {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: make([]dedup.ArticleInfo, 6)}
	for i, words := range []int{300, 300, 200, 500, 400, 600} {
		result.Articles[i].Words = words
	}
	result.Pairs = []dedup.Pair{{Kind: dedup.Exact, A: 0, B: 1, Similarity: 1, AInB: 1, BInA: 1}}
	result.Stories = []dedup.Story{{Members: []dedup.StoryMember{
		{Article: 0, Copies: []dedup.ArticleID{1}}, {Article: 2}, {Article: 3, Weak: true}, {Article: 4},
	}}}
	return result
}

// TestOthersOfAClusterStay holds that a story takes along those of a member's cluster that the
// member stands for, and no long article that is there for a brief which it has.
func TestOthersOfAClusterStay(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: make([]dedup.ArticleInfo, 5)}
	result.Clusters = []dedup.Cluster{{Representative: 0, Members: []dedup.Member{{Article: 1, Removable: true}, {Article: 2}, {Article: 3}}}}
	result.Stories = []dedup.Story{{Members: []dedup.StoryMember{{Article: 4}, {Article: 0, Copies: []dedup.ArticleID{1, 2, 3}}}}}
	story := &result.Stories[0]
	want := []Removal{{Article: 0, Kept: 4, Kind: storyKind, Rule: "last", Story: story}, {Article: 1, Kept: 4, Kind: storyKind, Rule: "last", Story: story}}
	if diff := cmp.Diff(want, removals(result, &Policy{Stories: true, Keep: keep(t, "last")})); diff != "" {
		t.Errorf("removals (-want +got):\n%s", diff)
	}
}

// TestStoriesGoByName holds what goes of a story: nothing unless it is asked for, then
// all but the one that the policy prefers and those that fit weakly; and that nothing goes
// for an article that has gone.
func TestStoriesGoByName(t *testing.T) {
	protects := func(id dedup.ArticleID) func(dedup.ArticleID) bool {
		return func(other dedup.ArticleID) bool { return id == other }
	}
	exact := Removal{Article: 1, Kept: 0, Kind: dedup.Exact, Similarity: 1, InKept: 1, Rule: "first"}
	whole := &storyResult().Stories[0]
	story := func(article, kept dedup.ArticleID, rule string) Removal {
		return Removal{Article: article, Kept: kept, Kind: storyKind, Rule: rule, Story: whole}
	}
	for _, test := range []struct {
		name   string
		policy Policy
		want   []Removal
	}{
		{"not asked for", Policy{Exact: true}, []Removal{exact}},
		{"the first stays", Policy{Exact: true, Stories: true}, []Removal{exact, story(2, 0, "first"), story(4, 0, "first")}},
		{"the longest stays", Policy{Exact: true, Stories: true, Keep: keep(t, "longest")},
			[]Removal{story(0, 4, "longest"), story(1, 4, "longest"), story(2, 4, "longest")}},
		{"copies are not asked for", Policy{Stories: true, Keep: keep(t, "shortest")},
			[]Removal{story(0, 2, "shortest"), story(1, 2, "shortest"), story(4, 2, "shortest")}},
		{"one is protected", Policy{Exact: true, Stories: true, Protected: protects(2)},
			[]Removal{story(0, 2, ofProtected), story(1, 2, ofProtected), story(4, 2, ofProtected)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.policy.Keep == nil {
				test.policy.Keep = keep(t)
			}
			if diff := cmp.Diff(test.want, removals(storyResult(), &test.policy)); diff != "" {
				t.Errorf("removals (-want +got):\n%s", diff)
			}
		})
	}
}
