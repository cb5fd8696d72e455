package clean

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// at is the place of a paragraph, which takes up ten bytes.
func at(article dedup.ArticleID, paragraph int) dedup.ParagraphPlace {
	return dedup.ParagraphPlace{Article: article, Paragraph: paragraph, Start: 10 * paragraph, End: 10*paragraph + 9}
}

func repeat(later, earlier dedup.ParagraphPlace, similarity float64) dedup.Repeat {
	class := dedup.Within
	if later.Article != earlier.Article {
		class = dedup.Source
	}
	return dedup.Repeat{Class: class, At: later, Of: earlier, Similarity: similarity, Words: 12, Text: "text"}
}

func said(cuts []Cut) (all []string) {
	for _, c := range cuts {
		all = append(all, fmt.Sprintf("%d:%d→%d:%d %s", c.At.Article, c.At.Paragraph, c.Of.Article, c.Of.Paragraph, c.Kind))
	}
	return all
}

func TestRepeatCuts(t *testing.T) {
	for _, test := range []struct {
		name    string
		repeats []dedup.Repeat
		gone    []dedup.ArticleID
		want    []string
	}{
		{"nothing", nil, nil, nil},
		{"one", []dedup.Repeat{repeat(at(0, 3), at(0, 1), 1)}, nil, []string{"0:3→0:1 repeat"}},
		{"three times, each of the one before", []dedup.Repeat{repeat(at(0, 2), at(0, 1), 1), repeat(at(0, 3), at(0, 2), 1)}, nil, []string{"0:2→0:1 repeat", "0:3→0:1 repeat"}},
		{"like one that is equal to one that stays", []dedup.Repeat{repeat(at(0, 2), at(0, 1), 1), repeat(at(0, 3), at(0, 2), .95)}, nil, []string{"0:2→0:1 repeat", "0:3→0:1 repeat"}},
		{"like one that went for being like another", []dedup.Repeat{repeat(at(0, 2), at(0, 1), .95), repeat(at(0, 3), at(0, 2), .95)}, nil, []string{"0:2→0:1 repeat"}},
		{"of another article", []dedup.Repeat{repeat(at(1, 1), at(0, 1), 1)}, nil, nil},
		{"in an article that goes", []dedup.Repeat{repeat(at(0, 3), at(0, 1), 1)}, []dedup.ArticleID{0}, nil},
		{"in one of the reference", []dedup.Repeat{repeat(at(9, 3), at(9, 1), 1)}, nil, nil},
	} {
		result := &dedup.Result{Articles: make([]dedup.ArticleInfo, 10), Repeats: test.repeats}
		var gone []Removal
		for _, id := range test.gone {
			gone = append(gone, Removal{Article: id})
		}
		policy := &Policy{Repeats: true, Protected: func(id dedup.ArticleID) bool { return id == 9 }}
		if diff := cmp.Diff(test.want, said(cuts(result, policy, gone))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFurnitureCuts(t *testing.T) {
	var articles []dedup.ArticleInfo
	for _, source := range []string{"Courier", "Courier", "Courier", "Courier", "Gazette", "Gazette", ""} {
		articles = append(articles, dedup.ArticleInfo{Source: source, Words: 100})
	}
	result := &dedup.Result{Articles: articles, Repeats: []dedup.Repeat{
		repeat(at(1, 5), at(0, 5), 1), repeat(at(2, 5), at(0, 5), 1), repeat(at(2, 7), at(2, 5), 1), repeat(at(4, 5), at(0, 5), 1), repeat(at(6, 1), at(0, 5), 1),
		repeat(at(5, 2), at(4, 2), 1),
	}}
	all := []string{"0:5→2:7 furniture", "1:5→0:5 furniture", "2:5→0:5 furniture", "2:7→0:5 furniture"}
	for _, test := range []struct {
		rule Furniture
		want []string
	}{
		{Furniture{0.1, 3}, all},
		{Furniture{0.75, 2}, append(slices.Clone(all), "4:2→5:2 furniture", "5:2→4:2 furniture")},
		{Furniture{0.8, 3}, nil},
		{Furniture{0.1, 4}, nil},
	} {
		policy := &Policy{Furniture: &test.rule}
		if diff := cmp.Diff(test.want, said(cuts(result, policy, nil))); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.rule, diff)
		}
	}
	// Articles that go are not counted, and one that is nothing else is spared.
	for name, test := range map[string]struct {
		gone []Removal
		bare dedup.ArticleID
		want []string
	}{
		"two go":      {[]Removal{{Article: 0}, {Article: 1}}, 6, nil},
		"one is bare": {nil, 2, []string{all[0], all[1]}},
	} {
		bare := *result
		bare.Articles = slices.Clone(articles)
		bare.Articles[test.bare].Words = 24
		if diff := cmp.Diff(test.want, said(cuts(&bare, &Policy{Furniture: &Furniture{0.1, 3}}, test.gone))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	policy := &Policy{Furniture: &Furniture{0.1, 3}, Protected: func(id dedup.ArticleID) bool { return id == 1 }}
	if diff := cmp.Diff([]string{all[0], all[2], all[3]}, said(cuts(result, policy, nil))); diff != "" {
		t.Errorf("with a reference (-want +got):\n%s", diff)
	}
}
