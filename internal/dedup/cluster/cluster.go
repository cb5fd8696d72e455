// Package cluster joins articles by verified pairs, and says which of them
// could go without losing anything.
//
// A cluster is a connected component of the pairs. Its representative is the
// article that stands for most of the others by a pair of its own. A member is
// removable only if it has such a pair: joining through others (a chain, from
// which whole sources have been lost elsewhere) makes it a member, and the chain is
// shown, but nothing follows from it. A pair that says "A stands in B" lets B
// stand for A and never A for B.
//
// The clusters depend on the edges, not on their order. Time is the sorting of
// the edges, and memory is linear in their number.
package cluster

import (
	"cmp"
	"slices"
)

// An Edge is a verified pair between two nodes, A < B.
type Edge struct {
	A, B uint32
	// ForA is true where B may stand for A, having all of it that counts. ForB likewise.
	ForA, ForB bool
}

// A Cluster is at least two nodes joined by edges.
type Cluster struct {
	Representative uint32
	Members        []Member // by Node, without the representative
}

// A Member is a node of a cluster other than its representative.
type Member struct {
	Node     uint32
	Edge     int      // position of its edge with the representative, -1 where there is none
	StoodFor bool     // the representative may stand for it
	Chain    []uint32 // without an edge: the shortest way from it towards the representative, see MaxChain
}

// MaxChain bounds the nodes of a chain: of a longer way only the first MaxChain
// nodes are told, so that a cluster strung on one long thread does not cost
// the square of its length. A chain that does not end in the representative
// was cut.
const MaxChain = 16

// A Weight is what an article brings to the choice of a representative.
type Weight struct {
	Stays    bool // it stands in an index, and cannot go: preferred to all that can
	Articles int  // that share its text, itself included
	Size     int  // of the text: the larger is preferred
}

// Find returns the clusters of the edges, which join different pairs each,
// ordered by the least node of each cluster. weight is asked for nodes that have an edge.
func Find(edges []Edge, weight func(node uint32) Weight) []Cluster {
	g := newGraph(edges)
	var clusters []Cluster
	found, rooted := make([]bool, len(g.nodes)), make([]bool, len(g.nodes))
	for start := range g.nodes {
		if found[start] {
			continue
		}
		component := g.reach(start, found)
		root := g.representative(component, weight)
		clusters = append(clusters, g.cluster(g.reach(root, rooted)))
	}
	return clusters
}

// graph holds the edges by dense positions of the nodes that have one.
type graph struct {
	edges    []Edge
	nodes    []uint32 // ascending
	ends     [][2]int // by edge: the positions of A and B
	incident [][]int  // by position: its edges, by their other ends
	parents  []int    // by position: one step towards the start of the latest reach
}

func newGraph(edges []Edge) *graph {
	g := &graph{edges: edges, nodes: make([]uint32, 0, 2*len(edges))}
	for _, edge := range edges {
		g.nodes = append(g.nodes, edge.A, edge.B)
	}
	slices.Sort(g.nodes)
	g.nodes = slices.Compact(g.nodes)
	g.incident = make([][]int, len(g.nodes))
	g.parents = make([]int, len(g.nodes))
	for _, edge := range edges {
		a, _ := slices.BinarySearch(g.nodes, edge.A)
		b, _ := slices.BinarySearch(g.nodes, edge.B)
		g.ends = append(g.ends, [2]int{a, b})
	}
	for _, edge := range g.byEnds() {
		for _, end := range g.ends[edge] {
			g.incident[end] = append(g.incident[end], edge)
		}
	}
	return g
}

// byEnds returns the edges by A, then B. Taken in this order, those that meet
// in a node come by their other ends: first the ones of which it is B.
func (g *graph) byEnds() []int {
	order := make([]int, len(g.ends))
	for edge := range order {
		order[edge] = edge
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.ends[a][0], g.ends[b][0]), cmp.Compare(g.ends[a][1], g.ends[b][1]))
	})
	return order
}

// across is the other end of the edge.
func (g *graph) across(edge, position int) int {
	return g.ends[edge][0] + g.ends[edge][1] - position
}

// reach returns the positions joined to start, nearest first, start itself
// leading; it marks them, and leaves in parents the way back to start.
func (g *graph) reach(start int, marked []bool) []int {
	marked[start] = true
	g.parents[start] = start
	reached := []int{start}
	for next := 0; next < len(reached); next++ {
		from := reached[next]
		for _, edge := range g.incident[from] {
			to := g.across(edge, from)
			if !marked[to] {
				marked[to] = true
				g.parents[to] = from
				reached = append(reached, to)
			}
		}
	}
	return reached
}

// representative is the position that may stand for the most articles by edges
// of its own; of equals, the one of the longest text, then the first. One that stays,
// and stands for any, goes before all that do not.
func (g *graph) representative(component []int, weight func(uint32) Weight) int {
	type merit struct {
		stays          bool
		stoodFor, size int
	}
	merits := make(map[int]merit, len(component))
	for _, position := range component {
		own := weight(g.nodes[position])
		m := merit{stoodFor: own.Articles - 1, size: own.Size}
		for _, edge := range g.incident[position] {
			if other := g.across(edge, position); g.standsFor(edge, other) {
				m.stoodFor += weight(g.nodes[other]).Articles
			}
		}
		m.stays = own.Stays && m.stoodFor > 0
		merits[position] = m
	}
	return slices.MinFunc(component, func(a, b int) int {
		if merits[a].stays != merits[b].stays {
			return cmp.Compare(number(merits[b].stays), number(merits[a].stays))
		}
		return cmp.Or(cmp.Compare(merits[b].stoodFor, merits[a].stoodFor),
			cmp.Compare(merits[b].size, merits[a].size), cmp.Compare(a, b))
	})
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// standsFor reports whether the edge lets its other end stand for position.
func (g *graph) standsFor(edge, position int) bool {
	if g.ends[edge][0] == position {
		return g.edges[edge].ForA
	}
	return g.edges[edge].ForB
}

// cluster describes the component that reach has found from its representative.
func (g *graph) cluster(component []int) Cluster {
	root := component[0]
	direct := make(map[int]int, len(g.incident[root]))
	for _, edge := range g.incident[root] {
		direct[g.across(edge, root)] = edge
	}
	c := Cluster{Representative: g.nodes[root]}
	for _, position := range component[1:] {
		member := Member{Node: g.nodes[position], Edge: -1}
		if edge, ok := direct[position]; ok {
			member.Edge, member.StoodFor = edge, g.standsFor(edge, position)
		} else {
			member.Chain = g.chain(position, root)
		}
		c.Members = append(c.Members, member)
	}
	slices.SortFunc(c.Members, func(a, b Member) int { return cmp.Compare(a.Node, b.Node) })
	return c
}

// chain is the way from position to root, from which the latest reach started.
func (g *graph) chain(position, root int) []uint32 {
	chain := []uint32{g.nodes[position]}
	for g.parents[position] != position && len(chain) < MaxChain {
		position = g.parents[position]
		chain = append(chain, g.nodes[position])
	}
	return chain
}
