package repeat

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// world is a corpus of few texts, which of them are near, its clusters and its sources.
type world struct {
	articles [][]int // the texts of their paragraphs
	near     map[[2]int]float64
	clusters []int // by article; -1 for none
	sources  []int // by article; -1 for unknown
}

func newWorld(random *rand.Rand) world {
	w := world{near: make(map[[2]int]float64)}
	texts := 1 + random.IntN(6)
	for range 1 + random.IntN(8) {
		paragraphs := make([]int, random.IntN(5))
		for i := range paragraphs {
			paragraphs[i] = random.IntN(texts)
		}
		w.articles = append(w.articles, paragraphs)
		w.clusters = append(w.clusters, random.IntN(4)-1)
		w.sources = append(w.sources, random.IntN(4)-1)
	}
	for a := range texts {
		for b := range a {
			if random.IntN(3) == 0 {
				w.near[[2]int{b, a}] = 0.9 + float64(random.IntN(3))/100
			}
		}
	}
	return w
}

// a place is a paragraph, taken apart.
type place struct {
	paragraph     uint32
	article, text int
	first         uint32 // standing of its text
}

func (w world) places() []place {
	var places []place
	firsts := make(map[int]uint32)
	for article, texts := range w.articles {
		for _, text := range texts {
			at := uint32(len(places))
			if _, known := firsts[text]; !known {
				firsts[text] = at
			}
			places = append(places, place{at, article, text, firsts[text]})
		}
	}
	return places
}

// links are the near pairs in the form that Standings takes.
func (w world) links() []Near {
	firsts := make(map[int]uint32)
	for _, p := range w.places() {
		firsts[p.text] = p.first
	}
	var near []Near
	for texts, similarity := range w.near {
		a, standsA := firsts[texts[0]]
		b, standsB := firsts[texts[1]]
		if standsA && standsB {
			near = append(near, Near{Pair{min(a, b), max(a, b)}, similarity})
		}
	}
	return near
}

// similarity compares the texts of two places, and says whether they are equal.
func (w world) similarity(a, b place) (similarity float64, equal bool) {
	if a.text == b.text {
		return 1, true
	}
	return w.near[[2]int{min(a.text, b.text), max(a.text, b.text)}], false
}

// shared reports whether two articles have the same number, and it is known.
func shared(numbers []int, at, of place) bool {
	return numbers[at.article] >= 0 && numbers[at.article] == numbers[of.article]
}

// rule numbers the rule of the package comment by which one place may repeat
// an earlier one; 0 when there is nothing in common. Rules 3 and 4 come before
// the rules for near texts, and of one near text both come before the next.
func (w world) rule(at, of place) int {
	similarity, equal := w.similarity(at, of)
	switch {
	case similarity == 0:
		return 0
	case at.article == of.article && equal:
		return 1
	case at.article == of.article:
		return 2
	case equal && shared(w.sources, at, of):
		return 3
	case equal:
		return 4
	case shared(w.sources, at, of):
		return 5
	}
	return 6
}

// brute applies the rules to every pair of places.
func (w world) brute() (standings []Standing, explained int) {
	type choice struct {
		rule int
		of   place
		Standing
	}
	places := w.places()
	for i, at := range places {
		var choices []choice
		inCluster := false
		for _, of := range places[:i] {
			if rule := w.rule(at, of); rule > 0 {
				similarity, equal := w.similarity(at, of)
				choices = append(choices, choice{rule, of, Standing{at.paragraph, of.paragraph, similarity, equal}})
				inCluster = inCluster || shared(w.clusters, at, of)
			}
		}
		if len(choices) == 0 {
			continue
		}
		best := slices.MinFunc(choices, func(a, b choice) int {
			if a.rule >= 5 && b.rule >= 5 {
				// The most similar text first, of equally similar ones the
				// one that stood first; of the same text the rules.
				return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.of.first, b.of.first),
					cmp.Compare(a.rule, b.rule), cmp.Compare(a.Of, b.Of))
			}
			return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(b.Similarity, a.Similarity),
				cmp.Compare(a.of.first, b.of.first), cmp.Compare(a.Of, b.Of))
		})
		if best.rule > 2 && inCluster {
			explained++
		} else {
			standings = append(standings, best.Standing)
		}
	}
	return standings, explained
}

func (w world) told() Articles {
	return Articles{
		Cluster: func(article uint32) int { return w.clusters[article] },
		Source:  func(article uint32) int { return w.sources[article] },
	}
}

func TestStandingsByTheRules(t *testing.T) {
	random := seeded.Rand(t)
	byRule := make(map[int]int)
	allExplained := 0
	for range 5000 {
		w := newWorld(random)
		want, wantExplained := w.brute()
		got, explained := standingsOf(t, tableOf(w.articles...), w.links(), w.told())
		if diff := gocmp.Diff(want, got); diff != "" || explained != wantExplained {
			t.Fatalf("%+v: %d explained, want %d; standings (-want +got):\n%s", w, explained, wantExplained, diff)
		}
		places := w.places()
		for _, standing := range got {
			byRule[w.rule(places[standing.At], places[standing.Of])]++
		}
		allExplained += explained
	}
	for rule := 1; rule <= 6; rule++ {
		if byRule[rule] < 200 || allExplained < 1000 {
			t.Fatalf("the worlds are poor: %v standings by rule, %d explained", byRule, allExplained)
		}
	}
}

// these are articles of the given clusters and sources, by article; where
// there are fewer numbers than articles, the rest is in none.
func these(clusters, sources []int) Articles {
	number := func(numbers []int) func(uint32) int {
		return func(article uint32) int {
			if int(article) < len(numbers) {
				return numbers[article]
			}
			return -1
		}
	}
	return Articles{Cluster: number(clusters), Source: number(sources)}
}

// TestEachRule has the rules in the order in which they apply. Texts 0 and 1
// are near. Articles 0 to 2 are a cluster; 3, 5 and 6 are of one source.
func TestEachRule(t *testing.T) {
	table := tableOf([]int{0}, []int{0, 0, 1}, []int{1}, []int{7, 1, 0}, []int{8}, []int{0, 9}, []int{2, 7})
	near := []Near{{Pair{0, 3}, 0.95}, {Pair{5, 11}, 0.92}} // 0 and 1; 7 and 2
	got, explained := standingsOf(t, table, near, these([]int{0, 0, 0}, []int{-1, -1, -1, 4, -1, 4, 4}))
	want := []Standing{
		// 1, in article 1, repeats 0 of its own cluster: explained
		{At: 2, Of: 1, Similarity: 1, Equal: true}, // 1: equal, in the same article
		{At: 3, Of: 1, Similarity: 0.95},           // 2: near, in the same article
		// 4 is explained likewise
		{At: 6, Of: 3, Similarity: 1, Equal: true}, // 4: equal, in any article
		{At: 7, Of: 6, Similarity: 0.95},           // 2 goes before 4
		{At: 9, Of: 7, Similarity: 1, Equal: true}, // 3: equal, of its source, and not 0, the first
		{At: 11, Of: 5, Similarity: 0.92},          // 5: near, of its source
		{At: 12, Of: 11, Similarity: 0.92},         // 2 goes before 3
	}
	if diff := gocmp.Diff(want, got); diff != "" || explained != 2 {
		t.Errorf("%d explained, want 2; standings (-want +got):\n%s", explained, diff)
	}
}

// TestOneStandingOfACluster has a paragraph in the articles of a cluster and
// in one outside: whichever stands first, one standing is reported.
func TestOneStandingOfACluster(t *testing.T) {
	texts := slices.Repeat([][]int{{0}}, 101)
	for outsider := range texts {
		clusters := make([]int, len(texts))
		clusters[outsider] = -1
		got, explained := standingsOf(t, tableOf(texts...), nil, these(clusters, nil))
		if len(got) != 1 || explained != 99 {
			t.Errorf("outsider %d: %d standings and %d explained, want 1 and 99", outsider, len(got), explained)
		}
	}
}

func TestMinTokens(t *testing.T) {
	table := NewTable(Options{MinTokens: 6, Similarity: 0.9, ShingleSize: 5, Window: 8})
	for range 2 {
		for text, tokens := range []int{5, 6, 0} {
			table.Add(hashOf(text), tokens, 0, 0)
		}
	}
	table.AddArticles([]uint32{3, 3})
	got, explained := standingsOf(t, table, nil, these(nil, nil))
	if diff := gocmp.Diff([]Standing{{At: 4, Of: 1, Similarity: 1, Equal: true}}, got); diff != "" || explained != 0 {
		t.Errorf("%d explained; standings (-want +got):\n%s", explained, diff)
	}
}

// TestFurniture has two near paragraphs in each of 200,000 articles. Time
// quadratic in them would be hours.
func TestFurniture(t *testing.T) {
	const articles = 200_000
	texts := make([][]int, articles)
	for i := range texts {
		texts[i] = []int{0, 10 + i, 1}
	}
	near := []Near{{Pair{0, 2}, 0.95}}
	for _, test := range []struct {
		name      string
		clusters  int
		standings int // beside the one in each article
		explained int
	}{
		{"in no cluster", 0, articles - 1, 0},
		{"in one cluster", 1, 0, articles - 1},
		{"in two clusters", 2, 1, articles - 2},
		{"in clusters of two", articles / 2, articles/2 - 1, articles / 2},
	} {
		told := these(nil, nil)
		if test.clusters > 0 {
			told.Cluster = func(article uint32) int { return int(article) % test.clusters }
		}
		start := time.Now()
		got, explained := standingsOf(t, tableOf(texts...), near, told)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: took %v", test.name, took)
		}
		if len(got) != articles+test.standings || explained != test.explained {
			t.Errorf("%s: %d standings and %d explained, want %d and %d",
				test.name, len(got), explained, articles+test.standings, test.explained)
		}
	}
}

// BenchmarkStandings has 12 paragraphs of 250 bytes an article, two of them furniture.
func BenchmarkStandings(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	texts := make([][]int, 10_000)
	for i := range texts {
		texts[i] = []int{0}
		for range 10 {
			texts[i] = append(texts[i], 2+random.IntN(1<<30))
		}
		texts[i] = append(texts[i], 1)
	}
	table := tableOf(texts...)
	b.SetBytes(int64(len(texts)) * 12 * 250)
	b.ReportAllocs()
	for b.Loop() {
		standingsOf(b, table, nil, these(nil, nil))
	}
}
