package clean

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

func keep(t testing.TB, written ...string) []Criterion {
	t.Helper()
	criteria, err := ParseKeep(written)
	if err != nil {
		t.Fatal(err)
	}
	return criteria
}

func TestParseKeep(t *testing.T) {
	for _, test := range []struct {
		written []string
		want    string // names, or the error
	}{
		{nil, "[first]"},
		{[]string{"longest"}, "[longest first]"},
		{[]string{"earliest,shortest", "source=A,B C", "last"}, "[earliest shortest source=A,B C last first]"},
		{[]string{"best"}, `unknown criterion "best": known are first, last, longest, shortest, earliest, latest, source=A,B,…`},
		{[]string{""}, `unknown criterion "": known are first, last, longest, shortest, earliest, latest, source=A,B,…`},
	} {
		criteria, err := ParseKeep(test.written)
		got := fmt.Sprint(criteria)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.written, got, test.want)
		}
	}
}

// TestKeepOrders holds which of two copies stays by each criterion.
func TestKeepOrders(t *testing.T) {
	day := time.Date(2031, 3, 4, 0, 0, 0, 0, time.UTC)
	articles := []dedup.ArticleInfo{
		{Source: "Herald", Words: 100, Meta: &corpus.Meta{Published: day}},
		{Source: "Courier", Words: 120, Meta: &corpus.Meta{Published: day.AddDate(0, 0, -1)}},
		{Words: 90},
	}
	for _, test := range []struct {
		keep  []string
		first int // article that stays
		rule  string
	}{
		{nil, 0, "first"}, {[]string{"last"}, 2, "last"}, {[]string{"longest"}, 1, "longest"}, {[]string{"shortest"}, 2, "shortest"},
		{[]string{"earliest"}, 1, "earliest"}, {[]string{"latest"}, 0, "latest"}, {[]string{"source=Gazette,Courier,Herald"}, 1, "source=Gazette,Courier,Herald"},
		{[]string{"source=Gazette"}, 0, "first"}, {[]string{"source=Gazette", "latest"}, 0, "latest"},
	} {
		policy := &Policy{Exact: true, Keep: keep(t, test.keep...)}
		result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: articles, Pairs: []dedup.Pair{exactPair(0, 1), exactPair(0, 2)}}
		got := removals(result, policy)
		var gone []int
		for _, r := range got {
			gone = append(gone, int(r.Article))
			if int(r.Kept) != test.first || r.Kind != dedup.Exact {
				t.Errorf("%q: %+v", test.keep, r)
			}
		}
		if len(got) != 2 || slices.Contains(gone, test.first) || !slices.ContainsFunc(got, func(r Removal) bool { return r.Rule == test.rule }) {
			t.Errorf("%q: %+v", test.keep, got)
		}
	}
}

func exactPair(a, b dedup.ArticleID) dedup.Pair {
	return dedup.Pair{Kind: dedup.Exact, A: a, B: b, Similarity: 1, AInB: 1, BInA: 1}
}

// TestPlan goes through small cases by hand. Articles are a to e, of as many
// words as given.
func TestPlan(t *testing.T) {
	type pair = dedup.Pair
	near := func(a, b dedup.ArticleID, similarity float64) pair {
		return pair{Kind: dedup.Near, A: a, B: b, Similarity: similarity, AInB: 0.95, BInA: 0.9, ShinglesA: 100, ShinglesB: 100}
	}
	inside := func(small, large dedup.ArticleID) pair {
		p := pair{Kind: dedup.Contained, A: small, B: large, Similarity: 0.4, AInB: 0.97, BInA: 0.41, ShinglesA: 40, ShinglesB: 100}
		if small > large {
			p.A, p.B, p.AInB, p.BInA, p.ShinglesA, p.ShinglesB = large, small, 0.41, 0.97, 100, 40
		}
		return p
	}
	all := Policy{Exact: true, Near: true, Contained: true}
	for _, test := range []struct {
		name      string
		words     []int
		pairs     []pair
		policy    Policy
		reference []dedup.ArticleID
		want      string
	}{
		{"nothing", []int{50}, nil, all, nil, "[]"},
		{"a chain: the ends stay, the middle goes", []int{50, 40, 45}, []pair{near(0, 1, .9), near(1, 2, .85)}, all, nil, "[b→a near]"},
		{"a chain whose middle is preferred", []int{50, 60, 45}, []pair{near(0, 1, .9), near(1, 2, .85)}, Policy{Near: true, Keep: keep(t, "longest")}, nil, "[a→b near c→b near]"},
		{"copies of what goes go, too", []int{50, 40, 40, 40}, []pair{near(0, 1, .9), exactPair(1, 2), exactPair(1, 3)}, all, nil, "[b→a near c→a near d→a near]"},
		{"copies alone", []int{50, 50}, []pair{exactPair(0, 1)}, all, nil, "[b→a exact]"},
		{"near is not asked for", []int{50, 40}, []pair{near(0, 1, .9)}, Policy{Exact: true}, nil, "[]"},
		{"the smaller goes, though it was first", []int{40, 100}, []pair{inside(0, 1)}, all, nil, "[a→b contained]"},
		{"contained is not asked for", []int{40, 100}, []pair{inside(0, 1)}, Policy{Exact: true, Near: true}, nil, "[]"},
		{"what went for what goes: to the same", []int{40, 39, 100}, []pair{near(0, 1, .9), inside(0, 2), inside(1, 2)}, all, nil, "[a→c contained b→c contained]"},
		{"what went for what goes: comes back", []int{40, 39, 100}, []pair{near(0, 1, .9), inside(0, 2)}, all, nil, "[a→b near]"},
		{"a reference goes never", []int{50, 50, 50}, []pair{exactPair(0, 1), exactPair(0, 2)}, all, []dedup.ArticleID{1, 2}, "[a→b exact]"},
		{"two of the reference stay", []int{50, 50}, []pair{near(0, 1, .9)}, all, []dedup.ArticleID{0, 1}, "[]"},
		{"for a shorter reference nothing is lost", []int{100, 40}, []pair{inside(1, 0)}, all, []dedup.ArticleID{1}, "[]"},
		{"the most alike", []int{50, 60, 40}, []pair{near(0, 2, .82), near(1, 2, .95)}, all, nil, "[c→b near]"},
		{"too short to be contained", []int{10, 100}, []pair{inside(0, 1)}, all, nil, "[]"},
	} {
		result := &dedup.Result{Options: dedup.DefaultOptions(), Pairs: test.pairs}
		for _, words := range test.words {
			result.Articles = append(result.Articles, dedup.ArticleInfo{Words: words})
		}
		slices.SortFunc(result.Pairs, func(p, q pair) int { return int(p.A)*10 + int(p.B) - int(q.A)*10 - int(q.B) })
		policy := test.policy
		if policy.Keep == nil {
			policy.Keep = keep(t)
		}
		policy.Protected = func(id dedup.ArticleID) bool { return slices.Contains(test.reference, id) }
		var got []string
		for _, r := range removals(result, &policy) {
			got = append(got, fmt.Sprintf("%c→%c %s", 'a'+rune(r.Article), 'a'+rune(r.Kept), r.Kind))
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}

// TestPlanIsMaximal holds, on random graphs, that every article that goes has a
// pair with one that stays, that of no pair both stay, and that the
// reference stays.
func TestPlanIsMaximal(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	for round := range 3000 {
		n := 2 + random.IntN(12)
		result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: make([]dedup.ArticleInfo, n)}
		copyOf := make([]int, n)
		for i := range result.Articles {
			result.Articles[i].Words = 20 + random.IntN(100)
			if copyOf[i] = i; i > 0 && random.IntN(4) == 0 {
				copyOf[i] = copyOf[random.IntN(i)]
				result.Articles[i].Words = result.Articles[copyOf[i]].Words
			}
		}
		for a := range n {
			for b := a + 1; b < n; b++ {
				switch {
				case copyOf[b] == a:
					result.Pairs = append(result.Pairs, exactPair(dedup.ArticleID(a), dedup.ArticleID(b)))
				case copyOf[a] == a && copyOf[b] == b && random.IntN(4) == 0:
					result.Pairs = append(result.Pairs, randomPair(random, result, a, b))
				}
			}
		}
		references := make([]bool, n)
		for i := range references {
			references[i] = random.IntN(8) == 0
		}
		policy := &Policy{Exact: true, Near: true, Contained: round%2 == 0, Keep: keep(t, []string{"longest", "last", "first", "shortest"}[random.IntN(4)]),
			Protected: func(id dedup.ArticleID) bool { return references[id] }}
		checkPlan(t, result, policy, copyOf, references)
		if t.Failed() {
			t.Fatalf("seed %d, round %d: pairs %+v", seeded.Seed(), round, result.Pairs)
		}
	}
}

func randomPair(random *rand.Rand, result *dedup.Result, a, b int) dedup.Pair {
	p := dedup.Pair{Kind: dedup.Near, A: dedup.ArticleID(a), B: dedup.ArticleID(b), Similarity: 0.8 + 0.2*random.Float64(), AInB: 0.9, BInA: 0.9,
		ShinglesA: result.Articles[a].Words, ShinglesB: result.Articles[b].Words}
	if random.IntN(2) == 0 {
		p.Kind, p.Similarity, p.AInB, p.BInA = dedup.Contained, 0.3, 0.4, 0.4
		if p.ShinglesA <= p.ShinglesB {
			p.AInB = 0.9
		} else {
			p.BInA = 0.9
		}
	}
	return p
}

func checkPlan(t *testing.T, result *dedup.Result, policy *Policy, copyOf []int, references []bool) {
	t.Helper()
	gone := make(map[dedup.ArticleID]bool)
	plan := removals(result, policy)
	for _, r := range plan {
		gone[r.Article] = true
	}
	pairOf := func(x, y dedup.ArticleID) (dedup.Pair, bool) {
		x, y = dedup.ArticleID(copyOf[x]), dedup.ArticleID(copyOf[y])
		if x == y {
			return exactPair(x, y), true
		}
		at := slices.IndexFunc(result.Pairs, func(p dedup.Pair) bool { return p.A == min(x, y) && p.B == max(x, y) })
		if at < 0 {
			return dedup.Pair{}, false
		}
		return result.Pairs[at], true
	}
	for _, r := range plan {
		pair, ok := pairOf(r.Article, r.Kept)
		if !ok || pair.Kind != r.Kind || gone[r.Kept] || references[r.Article] {
			t.Errorf("%+v: pair %+v (%t), kept one gone %t", r, pair, ok, gone[r.Kept])
		}
		if smaller := result.Articles[r.Article].Words <= result.Articles[r.Kept].Words; r.Kind == dedup.Contained && !smaller {
			t.Errorf("%+v: the larger one goes", r)
		}
	}
	for a := range copyOf {
		for b := a + 1; b < len(copyOf); b++ {
			x, y := dedup.ArticleID(a), dedup.ArticleID(b)
			pair, ok := pairOf(x, y)
			if !ok || gone[x] || gone[y] || pair.Kind == dedup.Contained && !policy.Contained {
				continue
			}
			small := x
			if inside := pair.A; pair.Kind == dedup.Contained && (copyOf[x] == int(inside)) != (pair.AInB > pair.BInA) {
				small = y
			}
			if bothReference := references[a] && references[b]; !bothReference && !(pair.Kind == dedup.Contained && references[small]) {
				t.Errorf("both %d and %d stay, which are a pair: %+v", a, b, pair)
			}
		}
	}
	if diff := cmp.Diff(plan, removals(result, policy)); diff != "" {
		t.Errorf("not the same twice:\n%s", diff)
	}
}
