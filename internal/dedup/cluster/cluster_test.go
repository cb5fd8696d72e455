package cluster

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// alone is the weight of articles of one size and without copies.
func alone(uint32) Weight { return Weight{Articles: 1, Size: 100} }

// both is an edge of a near pair: either may stand for the other.
func both(a, b uint32) Edge { return Edge{A: a, B: b, ForA: true, ForB: true} }

func TestFind(t *testing.T) {
	for _, test := range []struct {
		name   string
		edges  []Edge
		weight func(uint32) Weight
		want   []Cluster
	}{
		{"nothing", nil, alone, nil},
		{"a pair: the first", []Edge{both(4, 7)}, alone,
			[]Cluster{{4, []Member{{Node: 7, StoodFor: true}}}}},
		{"a pair: the longer", []Edge{both(4, 7)}, func(node uint32) Weight { return Weight{Articles: 1, Size: int(node)} },
			[]Cluster{{7, []Member{{Node: 4, StoodFor: true}}}}},
		{"a pair: the one with copies", []Edge{both(4, 7)}, func(node uint32) Weight { return Weight{Articles: int(node), Size: 10} },
			// 4 would stand for its 3 copies and the 7 articles of the other; 7 for as many
			[]Cluster{{4, []Member{{Node: 7, StoodFor: true}}}}},
		{"the one that stays, though it is shorter", []Edge{both(4, 7)}, func(node uint32) Weight { return Weight{Stays: node == 7, Articles: 1, Size: 10 - int(node)} },
			[]Cluster{{7, []Member{{Node: 4, StoodFor: true}}}}},
		{"not one that stays and stands for none", []Edge{{A: 4, B: 7, ForA: true}}, func(node uint32) Weight { return Weight{Stays: node == 4, Articles: 1} },
			[]Cluster{{7, []Member{{Node: 4, StoodFor: true}}}}},
		{"contained: the container", []Edge{{A: 4, B: 7, ForA: true}}, alone,
			[]Cluster{{7, []Member{{Node: 4, StoodFor: true}}}}},
		{"a member that contains the representative is not stood for",
			[]Edge{both(1, 2), both(1, 3), {A: 1, B: 4, ForA: true}}, alone,
			[]Cluster{{1, []Member{{Node: 2, Edge: 0, StoodFor: true}, {Node: 3, Edge: 1, StoodFor: true}, {Node: 4, Edge: 2}}}}},
		{"a chain", []Edge{both(1, 2), both(2, 3), both(3, 4)}, alone,
			[]Cluster{{2, []Member{
				{Node: 1, Edge: 0, StoodFor: true},
				{Node: 3, Edge: 1, StoodFor: true},
				{Node: 4, Edge: -1, Chain: []uint32{4, 3, 2}},
			}}}},
		{"two clusters, by their least nodes", []Edge{both(5, 6), both(1, 9)}, alone,
			[]Cluster{{1, []Member{{Node: 9, Edge: 1, StoodFor: true}}}, {5, []Member{{Node: 6, StoodFor: true}}}}},
	} {
		if diff := gocmp.Diff(test.want, Find(test.edges, test.weight)); diff != "" {
			t.Errorf("%s: clusters (-want +got):\n%s", test.name, diff)
		}
	}
}

// world is a small random graph and the weights of its nodes.
type world struct {
	edges   []Edge
	weights map[uint32]Weight
}

func newWorld(random *rand.Rand) world {
	w := world{weights: make(map[uint32]Weight)}
	nodes := uint32(2 + random.IntN(12))
	share := random.Float64()
	for a := range nodes {
		w.weights[3*a] = Weight{Articles: 1 + random.IntN(3), Size: random.IntN(3)}
		for b := a + 1; b < nodes; b++ {
			if random.Float64() < share*share {
				w.edges = append(w.edges, Edge{A: 3 * a, B: 3 * b, ForA: random.IntN(3) > 0, ForB: random.IntN(3) > 0})
			}
		}
	}
	random.Shuffle(len(w.edges), func(i, j int) { w.edges[i], w.edges[j] = w.edges[j], w.edges[i] })
	return w
}

func (w world) weight(node uint32) Weight { return w.weights[node] }

// between returns the position of the edge that joins two nodes, or -1, and
// whether the first may stand for the second.
func (w world) between(first, second uint32) (position int, standsFor bool) {
	for i, edge := range w.edges {
		switch {
		case edge.A == first && edge.B == second:
			return i, edge.ForB
		case edge.B == first && edge.A == second:
			return i, edge.ForA
		}
	}
	return -1, false
}

// distances are the least numbers of edges from a node, by widening one ring a round.
func (w world) distances(from uint32) map[uint32]int {
	distances := map[uint32]int{from: 0}
	for ring := 1; ; ring++ {
		found := make(map[uint32]int)
		for node := range w.weights {
			for reached := range distances {
				if edge, _ := w.between(node, reached); edge >= 0 {
					found[node] = ring
				}
			}
		}
		maps.DeleteFunc(found, func(node uint32, _ int) bool { _, known := distances[node]; return known })
		if len(found) == 0 {
			return distances
		}
		maps.Copy(distances, found)
	}
}

// stoodFor counts the articles that a node may stand for, its copies among them.
func (w world) stoodFor(node uint32) int {
	count := w.weights[node].Articles - 1
	for other, weight := range w.weights {
		if _, ok := w.between(node, other); ok {
			count += weight.Articles
		}
	}
	return count
}

// check holds a cluster against its definition.
func (w world) check(t *testing.T, c Cluster) {
	distances := w.distances(c.Representative)
	nodes := slices.DeleteFunc(slices.Sorted(maps.Keys(distances)), func(node uint32) bool { return node == c.Representative })
	var members []uint32
	for _, member := range c.Members {
		members = append(members, member.Node)
		w.checkMember(t, c.Representative, member, distances[member.Node])
	}
	if diff := gocmp.Diff(nodes, members); diff != "" {
		t.Errorf("members of the cluster of %d (-want +got):\n%s", c.Representative, diff)
	}
	best := slices.MaxFunc(append(nodes, c.Representative), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(w.stoodFor(a), w.stoodFor(b)),
			cmp.Compare(w.weights[a].Size, w.weights[b].Size), cmp.Compare(b, a))
	})
	if best != c.Representative {
		t.Errorf("the representative is %d, want %d", c.Representative, best)
	}
}

func (w world) checkMember(t *testing.T, representative uint32, member Member, distance int) {
	edge, stoodFor := w.between(representative, member.Node)
	if edge != member.Edge || stoodFor != member.StoodFor {
		t.Errorf("member %+v of %d: want edge %d, stood for %v", member, representative, edge, stoodFor)
	}
	if edge >= 0 {
		if member.Chain != nil {
			t.Errorf("member %+v of %d has an edge and a chain", member, representative)
		}
		return
	}
	if len(member.Chain) != min(distance+1, MaxChain) || member.Chain[0] != member.Node {
		t.Errorf("member %+v of %d: want a chain of %d edges", member, representative, distance)
	}
	if distance < MaxChain && member.Chain[distance] != representative {
		t.Errorf("member %+v: the chain does not end in %d", member, representative)
	}
	for i := range len(member.Chain) - 1 {
		if joined, _ := w.between(member.Chain[i], member.Chain[i+1]); joined < 0 {
			t.Errorf("member %+v of %d: no edge joins link %d of its chain", member, representative, i)
		}
	}
}

func TestRandomGraphs(t *testing.T) {
	random := seeded.Rand(t)
	for range 2000 {
		w := newWorld(random)
		clusters := Find(w.edges, w.weight)
		joined := make(map[uint32]bool)
		for _, edge := range w.edges {
			joined[edge.A], joined[edge.B] = true, true
		}
		var leasts []uint32
		for _, c := range clusters {
			w.check(t, c)
			least := c.Representative
			delete(joined, c.Representative)
			for _, member := range c.Members {
				delete(joined, member.Node)
				least = min(least, member.Node)
			}
			leasts = append(leasts, least)
		}
		if len(joined) > 0 || !slices.IsSorted(leasts) || len(slices.Compact(leasts)) < len(clusters) {
			t.Errorf("clusters in the order of %v leave out %v", leasts, joined)
		}
		if t.Failed() {
			t.Fatalf("edges %+v, weights %v: clusters %+v", w.edges, w.weights, clusters)
		}
	}
}

// named returns the clusters with each position of an edge replaced by the edge.
func named(clusters []Cluster, edges []Edge) []Cluster {
	for _, c := range clusters {
		for i := range c.Members {
			if edge := c.Members[i].Edge; edge >= 0 {
				c.Members[i].Edge = int(edges[edge].A<<16 | edges[edge].B)
			}
		}
	}
	return clusters
}

func TestOrderOfEdgesDoesNotMatter(t *testing.T) {
	random := seeded.Rand(t)
	for range 1000 {
		w := newWorld(random)
		want := named(Find(w.edges, w.weight), w.edges)
		random.Shuffle(len(w.edges), func(i, j int) { w.edges[i], w.edges[j] = w.edges[j], w.edges[i] })
		if diff := gocmp.Diff(want, named(Find(w.edges, w.weight), w.edges)); diff != "" {
			t.Fatalf("edges %+v: clusters after shuffling (-before +after):\n%s", w.edges, diff)
		}
	}
}

// found is Find, which must not take the square of the number of edges: seconds
// are allowed where it takes hundredths of them.
func found(t *testing.T, edges []Edge) Cluster {
	t.Helper()
	start := time.Now()
	clusters := Find(edges, alone)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d edges took %v", len(edges), took)
	}
	if len(clusters) != 1 {
		t.Fatalf("%d clusters, want 1", len(clusters))
	}
	return clusters[0]
}

func TestStar(t *testing.T) {
	const centre, leaves = 70_000, 100_000
	var edges []Edge
	for leaf := range uint32(leaves + 1) {
		if leaf != centre {
			edges = append(edges, both(min(leaf, centre), max(leaf, centre)))
		}
	}
	star := found(t, edges)
	if star.Representative != centre || len(star.Members) != leaves {
		t.Errorf("representative %d of %d members, want %d of %d", star.Representative, len(star.Members), centre, leaves)
	}
	for _, member := range star.Members {
		if !member.StoodFor || member.Chain != nil {
			t.Fatalf("member %+v is not stood for", member)
		}
	}
}

// TestLongPath has one thread of 100,001 nodes, the representative near one end.
func TestLongPath(t *testing.T) {
	const length = 100_000
	var edges []Edge
	for node := range uint32(length) {
		edges = append(edges, both(node, node+1))
	}
	path := found(t, edges)
	if path.Representative != 1 {
		t.Fatalf("the representative is %d, want 1", path.Representative)
	}
	for _, member := range path.Members[2:] {
		distance := int(member.Node) - 1
		var want []uint32
		for len(want) < min(distance+1, MaxChain) {
			want = append(want, member.Node-uint32(len(want)))
		}
		if !slices.Equal(want, member.Chain) {
			t.Fatalf("the chain of %d is %v, want %v", member.Node, member.Chain, want)
		}
	}
}

func TestClique(t *testing.T) {
	var edges []Edge
	for a := range uint32(600) {
		for b := a + 1; b < 600; b++ {
			edges = append(edges, both(a, b))
		}
	}
	clique := found(t, edges)
	if clique.Representative != 0 || len(clique.Members) != 599 {
		t.Errorf("representative %d of %d members, want 0 of 599", clique.Representative, len(clique.Members))
	}
}

// BenchmarkFind joins articles in clusters of three: an edge of it is a pair of
// articles of 3,000 bytes.
func BenchmarkFind(b *testing.B) {
	var edges []Edge
	for first := uint32(0); len(edges) < 100_000; first += 3 {
		edges = append(edges, both(first, first+1), both(first, first+2))
	}
	b.SetBytes(int64(len(edges)) * 6000)
	b.ReportAllocs()
	for b.Loop() {
		Find(edges, alone)
	}
}
