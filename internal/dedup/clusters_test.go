package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/cluster"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// chained is a drift: each text is near the next, and the ends are not near.
func chained(steps int) []string {
	words := strings.Fields(strings.Repeat(ferry+" "+council+" "+storm+" ", 3))
	for i := range words {
		words[i] += fmt.Sprint(i)
	}
	var texts []string
	for step := range steps {
		texts = append(texts, strings.Join(words[8*step:8*step+100], " "))
	}
	return texts
}

func TestChainIsShownAndNotRemoved(t *testing.T) {
	result := scanOf(t, bodies(chained(6)...), func(o *Options) { o.Kinds = []Kind{Exact, Near} })
	if len(result.Clusters) != 1 {
		t.Fatalf("%d clusters, want 1", len(result.Clusters))
	}
	chains := checkChains(t, result)
	for _, chain := range chains {
		if last := chain[len(chain)-1]; last != result.Clusters[0].Representative {
			t.Errorf("chain %v does not lead to %d", chain, result.Clusters[0].Representative)
		}
	}
	if len(chains) == 0 {
		t.Error("the drift has no member without a pair: the test tests nothing")
	}
}

// TestLongChains holds the chains of a drift so long that they are cut, and of
// copies of its texts.
func TestLongChains(t *testing.T) {
	words := randomWords(rand.New(rand.NewPCG(seeded.Seed(), 11)), 1000, 1000000)
	var texts []string
	for step := range 60 {
		text := strings.Join(words[8*step:8*step+100], " ")
		texts = append(texts, slices.Repeat([]string{text}, 1+step%2)...)
	}
	cut := 0
	for _, chain := range checkChains(t, scanOf(t, bodies(texts...), nil)) {
		if len(chain) > cluster.MaxChain {
			t.Errorf("chain %v is longer than %d", chain, cluster.MaxChain)
		}
		if len(chain) == cluster.MaxChain {
			cut++
		}
	}
	if cut < 10 {
		t.Errorf("only %d chains are as long as may be", cut)
	}
}

// checkChains holds the members of all clusters to the pairs: one is removable
// if it has a pair with the representative, or is a copy of an article that
// has; each link of a chain is a pair. It returns the chains.
func checkChains(t *testing.T, result *Result) (chains [][]ArticleID) {
	t.Helper()
	paired := make(map[[2]ArticleID]bool)
	first := make(map[ArticleID]ArticleID)
	for _, pair := range result.Pairs {
		paired[[2]ArticleID{pair.A, pair.B}] = true
		if pair.Kind == Exact {
			first[pair.B] = pair.A
		}
	}
	direct := func(a, b ArticleID) bool { return paired[[2]ArticleID{min(a, b), max(a, b)}] }
	for _, cluster := range result.Clusters {
		for _, member := range cluster.Members {
			original, copied := first[member.Article]
			joined := direct(member.Article, cluster.Representative) ||
				copied && (original == cluster.Representative || direct(original, cluster.Representative))
			if member.Removable != joined || joined == (len(member.Chain) > 0) {
				t.Errorf("member %+v of %d: pair with it %t", member, cluster.Representative, joined)
			}
			if len(member.Chain) > 0 {
				chains = append(chains, member.Chain)
			}
		}
	}
	for _, chain := range chains {
		for i := range len(chain) - 1 {
			if !direct(chain[i], chain[i+1]) {
				t.Errorf("chain %v: %d and %d are no pair", chain, chain[i], chain[i+1])
			}
		}
	}
	return chains
}

// TestContainedIsDirected holds that the container stands for its excerpts and
// no excerpt for the container.
func TestContainedIsDirected(t *testing.T) {
	long := article(ferry, council, storm, footer)
	result := scanOf(t, bodies(article(ferry, council), long, article(storm, footer)), nil)
	if len(result.Clusters) != 1 || result.Clusters[0].Representative != 1 {
		t.Fatalf("clusters %+v, want one with the container as its representative", result.Clusters)
	}
	for _, member := range result.Clusters[0].Members {
		if member.Kind != Contained || !member.Removable {
			t.Errorf("member %+v is not removable as contained", member)
		}
	}
	if result.Summary.DuplicateWords != result.Articles[0].Words+result.Articles[2].Words {
		t.Errorf("%d duplicate words", result.Summary.DuplicateWords)
	}
}

// TestShortestExcerpts holds that every verbatim excerpt of a long article is
// found, down to the shortest that counts, for shingles of any size.
func TestShortestExcerpts(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 16))
	for _, size := range []int{1, 2, 5, 7, 9, 13, 64} {
		for _, least := range []int{3, 12, 70} {
			long := randomWords(random, 1000, 1000000)
			texts := []string{strings.Join(long, " ")}
			for _, start := range random.Perm(900)[:40] {
				length := max(size, least) + random.IntN(3)
				texts = append(texts, strings.Join(long[start:start+length], " "))
			}
			result := scanOf(t, bodies(texts...), func(o *Options) {
				o.ShingleSize, o.MinContained, o.Kinds = size, least, []Kind{Contained}
			})
			found := 0
			for _, pair := range result.Pairs {
				if pair.A == 0 {
					found++
				}
			}
			if found != 40 {
				t.Errorf("seed %d, size %d, at least %d words: %d of 40 excerpts are found", seeded.Seed(), size, least, found)
			}
		}
	}
}

// TestContainedStandsForNoLongerText holds that a text which says one thing
// 10,000 times, all of whose shingles stand in a short article, is not removed for it.
func TestContainedStandsForNoLongerText(t *testing.T) {
	breakfast := "spam spam spam spam spam and eggs for breakfast in the morning"
	for _, texts := range [][]string{{breakfast, strings.Repeat("spam ", 10000)}, {strings.Repeat("spam ", 10000), breakfast}} {
		result := scanOf(t, bodies(texts...), nil)
		if len(result.Pairs) != 1 || result.Pairs[0].Kind != Contained {
			t.Fatalf("pairs %+v, want a contained one", result.Pairs)
		}
		for _, cluster := range result.Clusters {
			for _, member := range cluster.Members {
				if member.Removable {
					t.Errorf("%d would be removed for %d", member.Article, cluster.Representative)
				}
			}
		}
		if words := result.Summary.DuplicateWords; words != 0 {
			t.Errorf("%d duplicate words", words)
		}
	}
}

// TestCopiesAreNear holds what copies are called where exact pairs are not asked for.
func TestCopiesAreNear(t *testing.T) {
	texts := []string{article(ferry, council), article(ferry, council), article(storm, footer)}
	result := scanOf(t, bodies(texts...), func(o *Options) { o.Kinds = []Kind{Near} })
	if diff := cmp.Diff([]keyed{{Near, "000", "001", 1, 1, 1}}, keyedPairs(result)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	if len(result.Clusters) != 1 || result.Clusters[0].Members[0].Kind != Near || !result.Clusters[0].Members[0].Removable {
		t.Errorf("clusters %+v, want one of the copies", result.Clusters)
	}
	for _, kind := range []Kind{Contained, Repeated} {
		result := scanOf(t, bodies(texts...), func(o *Options) { o.Kinds = []Kind{kind} })
		if len(result.Pairs) > 0 || len(result.Clusters) > 0 {
			t.Errorf("asked for %s: pairs %+v, clusters %+v", kind, result.Pairs, result.Clusters)
		}
	}
}
