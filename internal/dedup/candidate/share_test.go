package candidate

import (
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// sharesOf adds up what the articles share by the lists, in several parts that are joined.
func sharesOf(random *rand.Rand, articles int, lists *group.Lists) Shares {
	parts := []Shares{NewShares(articles), NewShares(articles), NewShares(articles)}
	articleOf := articlesOf(articles)
	for list := range lists.Len() {
		owners, weights := lists.Of(list)
		if len(owners) < 2 {
			continue // package group gives none of these
		}
		part := parts[random.IntN(len(parts))]
		for i, owner := range owners {
			part.Add(articleOf[owner], weights[i])
		}
	}
	parts[0].Join(parts[1])
	parts[0].Join(parts[2])
	return parts[0]
}

// hasAsker reports whether an asker is among the owners.
func hasAsker(askers []bool, owners []uint32) bool {
	return slices.ContainsFunc(owners, func(owner uint32) bool { return askers[owner/ownersOf] })
}

// TestAskers holds that an article with a partner by brute force is an asker,
// and that the lists of the askers alone give all candidates.
func TestAskers(t *testing.T) {
	random := seeded.Rand(t)
	asking, quiet, total := 0, 0, 0
	for range 500 {
		articles, bound := relatives(random, random.IntN(30)), someBound(random)
		excluded := random.IntN(3) == 0
		include := func(article int) bool { return !excluded || article%3 > 0 }
		sizes, lists := samplesOf(articles)
		askers := sharesOf(random, len(articles), lists).Askers(sizes, bound, include)
		b := newBrute(articles, bound, include)
		for rank, article := range b.order {
			if len(b.exact(rank)) > 0 && !askers[article] {
				t.Fatalf("%+v: article %d has partners and asks for none", bound, article)
			}
		}
		for article, asks := range askers {
			if asks && !include(article) {
				t.Fatalf("article %d is not included and asks", article)
			}
			asking, quiet = asking+one(asks), quiet+one(!asks && include(article))
		}
		ranking := NewRanking(sizes, include)
		choose := func(owners []uint32) bool { return hasAsker(askers, owners) }
		want, _ := ask(indexOf(articles, include), bound)
		got, _ := ask(NewIndex(ranking, ranksOf(ranking, lists, choose)), bound)
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v: candidates (-of all lists +of those of askers):\n%s", bound, diff)
		}
		total += len(want)
	}
	if min(asking, 2*quiet, total) < 1000 {
		t.Errorf("%d articles ask, %d do not, %d candidates in all", asking, quiet, total)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestMostDoNotAsk holds what askers are for: articles that share a third of their samples
// with all others have no partner, and none asks.
func TestMostDoNotAsk(t *testing.T) {
	random := seeded.Rand(t)
	furniture := hashesOf(random, 20)
	var articles []sketch
	for range 100 {
		articles = append(articles, plain(someOf(random, furniture, 1, 40)))
	}
	sizes, lists := samplesOf(articles)
	askers := sharesOf(random, len(articles), lists).Askers(sizes, defaults, everything)
	if slices.Contains(askers, true) {
		t.Errorf("some ask: %v", askers)
	}
}

// TestSharesOfMany holds that the numbers of one article do not run into each
// other: a million shingles of the greatest weight.
func TestSharesOfMany(t *testing.T) {
	shares := NewShares(2)
	for range 1_000_000 {
		shares.Add(1, 15)
	}
	sum := NewShares(2)
	sum.Join(shares)
	sum.Join(shares)
	want := Shares{0, 30_000_000<<32 | 2_000_000}
	if diff := gocmp.Diff(want, sum); diff != "" {
		t.Errorf("shares (-want +got):\n%s", diff)
	}
}
