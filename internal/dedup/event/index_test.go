package event

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// randomNews is articles on some subjects, each of which has names and words of its
// own beside those of all.
func randomNews(random *rand.Rand, articles, subjects int) (bodies []string) {
	common := strings.Fields("the of to and a in that was with for said on harbour council report week quay north vessel")
	for range articles {
		subject := random.IntN(subjects)
		var body strings.Builder
		for range 40 + random.IntN(120) {
			switch random.IntN(5) {
			case 0:
				fmt.Fprintf(&body, "Name%d%c ", subject, 'a'+rune(random.IntN(6)))
			case 1:
				fmt.Fprintf(&body, "deed%d%c ", subject, 'a'+rune(random.IntN(30)))
			case 2:
				fmt.Fprintf(&body, "any%d ", random.IntN(400))
			default:
				body.WriteString(common[random.IntN(len(common))] + " ")
			}
		}
		bodies = append(bodies, body.String())
	}
	return bodies
}

// plainScores computes the cosines of the articles of a store from the formulas of
// the package's comment, with maps.
func plainScores(store *Store) [][]float64 {
	totals, standing := make(map[Language]float64), make(map[uint32]float64)
	for article := range store.Len() {
		start, end := store.of(article)
		totals[store.languages[article]]++
		for _, k := range store.keys[start:end] {
			standing[k]++
		}
	}
	vectors := make([]map[uint32]float64, store.Len())
	for article := range vectors {
		vectors[article] = make(map[uint32]float64)
		start, end := store.of(article)
		total, pseudo, sum := totals[store.languages[article]], 1000.0, 0.0
		if store.languages[article] == Unknown {
			pseudo = 20
			if total < 30 {
				continue
			}
		}
		for i, k := range store.keys[start:end] {
			c := store.values[start+i]
			weight := 1 + math.Log(float64(c&0xff))
			if c&0x100 != 0 {
				weight *= 2.5
			}
			weight *= max(0, math.Log((total+pseudo)/(standing[k]+pseudo*bandShares[c>>9])))
			vectors[article][k] = weight
			sum += weight * weight
		}
		for k := range vectors[article] {
			vectors[article][k] /= math.Sqrt(sum)
		}
	}
	scores := make([][]float64, len(vectors))
	for i := range scores {
		scores[i] = make([]float64, len(vectors))
		for j := range scores {
			for k, weight := range vectors[i] {
				scores[i][j] += weight * vectors[j][k]
			}
		}
	}
	return scores
}

// copyOf is a store that an index may be made of beside another: it writes to it.
func copyOf(s *Store) *Store {
	return &Store{slices.Clone(s.keys), slices.Clone(s.values), s.ends, s.languages}
}

// TestScoresAreCosines compares the scores with the formulas.
func TestScoresAreCosines(t *testing.T) {
	random := seeded.Rand(t)
	for _, bodies := range [][]string{randomNews(random, 60, 5), randomNews(random, 7, 2), untold(random, 40), untold(random, 29)} {
		store := storeOf(bodies...)
		want := plainScores(store)
		s := indexOf(copyOf(store)).Searcher()
		for a := range bodies {
			s.load(uint32(a))
			for b := range bodies {
				if a == b {
					continue // terms that stand in one article alone count in its length only
				}
				if got := float64(s.score(uint32(b))); math.Abs(got-want[a][b]) > 1e-3 {
					t.Fatalf("score of %d and %d: %v, want %v", a, b, got, want[a][b])
				}
			}
			s.unload(uint32(a))
		}
	}
}

// untold is articles of a language that no table tells.
func untold(random *rand.Rand, articles int) (bodies []string) {
	for range articles {
		var body strings.Builder
		for range 60 {
			fmt.Fprintf(&body, "zq%dx ", int(math.Exp(random.Float64()*6)))
		}
		bodies = append(bodies, body.String())
	}
	return bodies
}

// TestLinks holds that every link is a pair that reaches the least score, and that of all
// such pairs hardly any is missed.
func TestLinks(t *testing.T) {
	random := seeded.Rand(t)
	store := storeOf(randomNews(random, 300, 40)...)
	want := plainScores(store)
	links := indexOf(copyOf(store)).Searcher().Links(nil, 0, store.Len(), never)
	found := make(map[[2]uint32]bool)
	for _, link := range links {
		if score := want[link.A][link.B]; link.A >= link.B || math.Abs(score-float64(link.Score)) > 1e-3 || score < LeastScore-1e-3 {
			t.Errorf("link %+v of a score of %v", link, score)
		}
		found[[2]uint32{link.A, link.B}] = true
	}
	all := 0
	for b := range want {
		for a := range b {
			if want[a][b] >= LeastScore+1e-3 {
				all++
			}
		}
	}
	if all < 200 || float64(len(found)) < 0.98*float64(all) {
		t.Errorf("%d links of %d pairs", len(found), all)
	}
	apart := indexOf(copyOf(store)).Searcher().Links(nil, 0, store.Len(), func(a, b uint32) bool { return (a+b)%2 == 1 })
	for _, link := range apart {
		if (link.A+link.B)%2 == 1 {
			t.Fatalf("%+v are apart", link)
		}
	}
}

// TestRunsDoNotMatter holds that the links are the same however the articles are
// parted among searchers.
func TestRunsDoNotMatter(t *testing.T) {
	random := seeded.Rand(t)
	bodies := randomNews(random, 200, 20)
	want := indexOf(storeOf(bodies...)).Searcher().Links(nil, 0, len(bodies), never)
	ix := indexOf(storeOf(bodies...))
	var got []Link
	for first := 0; first < len(bodies); {
		last := min(len(bodies), first+1+random.IntN(60))
		got = ix.Searcher().Links(got, first, last, never)
		first = last
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("links (-one run +several):\n%s", diff)
	}
}

// plainComponents joins articles by passing on the least number, until nothing changes.
func plainComponents(articles int, links []Link) (components [][]uint32) {
	least := make([]uint32, articles)
	for i := range least {
		least[i] = uint32(i)
	}
	for changed := true; changed; {
		changed = false
		for _, link := range links {
			low := min(least[link.A], least[link.B])
			changed = changed || least[link.A] != low || least[link.B] != low
			least[link.A], least[link.B] = low, low
		}
	}
	sets := make(map[uint32][]uint32)
	for i, low := range least {
		sets[low] = append(sets[low], uint32(i))
	}
	for _, low := range slices.Sorted(maps.Keys(sets)) {
		if len(sets[low]) > 1 {
			components = append(components, sets[low])
		}
	}
	return components
}

func TestComponents(t *testing.T) {
	random := seeded.Rand(t)
	for range 100 {
		articles := 2 + random.IntN(60)
		var links []Link
		for range random.IntN(articles) {
			a, b := uint32(random.IntN(articles)), uint32(random.IntN(articles))
			if a != b {
				links = append(links, Link{min(a, b), max(a, b), LeastScore + random.Float32()/2})
			}
		}
		want := plainComponents(articles, links)
		if diff := gocmp.Diff(want, Components(articles, links)); diff != "" {
			t.Fatalf("components of %v (-want +got):\n%s", links, diff)
		}
	}
}

// TestLargeComponents holds that what hangs together in too large a number is parted at its
// weakest links, and that copies without number are bounded.
func TestLargeComponents(t *testing.T) {
	var links []Link
	for i := range uint32(4 * mostTogether) {
		score := float32(0.9)
		if i%mostTogether == mostTogether-1 {
			score = LeastScore + 0.05
		}
		links = append(links, Link{i, i + 1, score})
	}
	sizes := func(components [][]uint32) (sizes []int) {
		for _, component := range components {
			sizes = append(sizes, len(component))
		}
		return sizes
	}
	if diff := gocmp.Diff([]int{mostTogether, mostTogether, mostTogether, mostTogether}, sizes(Components(4*mostTogether+1, links))); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
	for i := range links {
		links[i] = Link{uint32(i), uint32(i) + 1, 1}
	}
	if diff := gocmp.Diff([]int{mostTogether}, sizes(Components(len(links)+1, links))); diff != "" {
		t.Errorf("sizes of copies (-want +got):\n%s", diff)
	}
}

// plainGroups is average linkage as its definition says: of all groups the two nearest
// are joined, again and again.
func plainGroups(scores [][]float64) (groups [][]int) {
	trees := make([]*tree, len(scores))
	for i := range trees {
		trees[i] = &tree{articles: []int{i}}
	}
	between := func(a, b *tree) float64 {
		sum := 0.0
		for _, i := range a.articles {
			for _, j := range b.articles {
				sum += scores[i][j]
			}
		}
		return sum / float64(len(a.articles)*len(b.articles))
	}
	for {
		var first, second int
		best := LeastScore
		for j := range trees {
			for i := range j {
				if score := between(trees[i], trees[j]); score >= best {
					first, second, best = i, j, score
				}
			}
		}
		if first == second {
			break
		}
		a, b := trees[first], trees[second]
		joined := &tree{left: a, right: b, articles: slices.Concat(a.articles, b.articles)}
		joined.inside = a.inside + b.inside + best*float64(len(a.articles)*len(b.articles))
		joined.torn = a.torn || b.torn || len(a.articles) >= 4 && len(b.articles) >= 4 && best < 0.8*min(a.mean(), b.mean())
		trees[first] = joined
		trees = slices.Delete(trees, second, second+1)
	}
	var keep func(t *tree)
	keep = func(t *tree) {
		switch {
		case t.torn:
			keep(t.left)
			keep(t.right)
		case len(t.articles) > 1:
			groups = append(groups, slices.Sorted(slices.Values(t.articles)))
		}
	}
	for _, tree := range trees {
		keep(tree)
	}
	slices.SortFunc(groups, func(p, q []int) int { return cmp.Compare(p[0], q[0]) })
	return groups
}

// TestGroups compares the groups, found by chains of neighbours, with plain average
// linkage, on scores that are all different.
func TestGroups(t *testing.T) {
	random := seeded.Rand(t)
	torn := 0
	for range 200 {
		n := 2 + random.IntN(24)
		scores := blocks(random, n)
		g := &Grouper{searcher: &Searcher{index: &Index{kept: make([]uint16, n), store: &Store{ends: make([]int, n)}}}}
		got := groupsByScores(g, scores)
		want := plainGroups(scores)
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("groups of %d (-plain +chains):\n%s", n, diff)
		}
		if len(want) > 1 {
			torn++
		}
	}
	if torn == 0 {
		t.Error("never more than one group")
	}
}

// blocks is scores of articles in blocks that are nearer to themselves than to others.
func blocks(random *rand.Rand, n int) [][]float64 {
	scores := make([][]float64, n)
	for i := range scores {
		scores[i] = make([]float64, n)
	}
	size := 1 + random.IntN(n)
	near := 0.2 + random.Float64()/2
	for j := range n {
		for i := range j {
			score := random.Float64() * near
			if i/size == j/size {
				score = near + random.Float64()/4
			}
			scores[i][j], scores[j][i] = score, score
		}
	}
	return scores
}

// groupsByScores runs a grouper on given scores.
func groupsByScores(g *Grouper, scores [][]float64) (groups [][]int) {
	n := len(scores)
	for i := range n {
		g.articles = append(g.articles, uint32(i))
		for j := range n {
			g.scores = append(g.scores, float32(scores[i][j]))
		}
	}
	g.means = slices.Clone(g.scores)
	g.run()
	for _, group := range g.groups {
		var members []int
		for _, member := range group.Members {
			members = append(members, int(member))
		}
		groups = append(groups, members)
	}
	return groups
}

// TestEvents holds that articles on two events are two groups, in any order, and that one on
// neither is in none.
func TestEvents(t *testing.T) {
	ferry, fair := "Sable Tern Maron Lomm Maiden lifeboats steering", "Finch Osk wool fleece cheese parade guild"
	bodies := []string{about(ferry, 0), about(fair, 0), about("Hollis coal teachers union classroom dispute fortnight", 0), about(ferry, 1), about(fair, 2), about(ferry, 3)}
	var members [][]uint32
	for _, group := range groupsOf(bodies...) {
		members = append(members, group.Members)
		if len(group.Fits) != len(group.Members) || group.Score < LeastScore || len(group.Terms) == 0 {
			t.Errorf("%+v", group)
		}
	}
	if diff := gocmp.Diff([][]uint32{{0, 3, 5}, {1, 4}}, members); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}
