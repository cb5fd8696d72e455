package dedup

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/cluster"
)

// joinClusters puts the pairs in order and joins the articles by them. Copies of
// one text take part through the first of them: what is verified for one holds
// for all.
func (s *scan) joinClusters() error {
	// Here, and not later: a mean depends in its last bit on the order of the sum.
	slices.SortFunc(s.result.Pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	var edges []cluster.Edge
	var pairOf []int // by edge: its pair in the result
	for i, pair := range s.result.Pairs {
		if s.firstOf[pair.B] != pair.B || pair.Kind == Template {
			continue // of one text: they share a node; of a template: they share nothing that could go
		}
		edges = append(edges, s.edge(pair))
		pairOf = append(pairOf, i)
	}
	for _, found := range cluster.Find(edges, s.weight) {
		s.addCluster(found, func(edge int) Pair { return s.result.Pairs[pairOf[edge]] })
	}
	s.addCopyClusters()
	slices.SortFunc(s.result.Clusters, func(c, d Cluster) int { return cmp.Compare(c.Representative, d.Representative) })
	s.measureClusters()
	return nil
}

// edge says which end of a pair may stand for the other: either, of a near
// pair; of a contained one the longer for the shorter. The sets of shingles do
// not count how often a text repeats itself, so length is asked for too.
func (s *scan) edge(pair Pair) cluster.Edge {
	edge := cluster.Edge{A: uint32(pair.A), B: uint32(pair.B), ForA: true, ForB: true}
	if pair.Kind == Contained {
		wordsA, wordsB := s.result.Articles[pair.A].Words, s.result.Articles[pair.B].Words
		edge.ForA = wordsA <= wordsB && s.isContained(pair.AInB, edge.A)
		edge.ForB = wordsB <= wordsA && s.isContained(pair.BInA, edge.B)
	}
	return edge
}

func (s *scan) weight(node uint32) cluster.Weight {
	return cluster.Weight{Stays: s.isEarlier(node), Articles: 1 + len(s.copiesOf(node)), Size: s.result.Articles[node].Words}
}

// copiesOf are the other articles of the text of which node is the first, if copies are asked for.
func (s *scan) copiesOf(node uint32) []ArticleID {
	if _, asked := s.copyKind(); !asked {
		return nil
	}
	return s.copies[ArticleID(node)]
}

// copyKind is what a copy is called: where exact pairs are not asked for, it
// is a near pair like any other, of similarity 1.
func (s *scan) copyKind() (kind Kind, asked bool) {
	if s.options.Finds(Exact) {
		return Exact, true
	}
	return Near, s.options.Finds(Near)
}

func (s *scan) addCluster(found cluster.Cluster, pairOf func(edge int) Pair) {
	representative := ArticleID(found.Representative)
	c := Cluster{Representative: representative, Members: s.appendCopies(nil, s.copyMember(representative))}
	for _, node := range found.Members {
		member := Member{Article: ArticleID(node.Node), Removable: node.StoodFor && !s.isEarlier(node.Node)}
		if node.Edge >= 0 {
			pair := pairOf(node.Edge)
			member.Kind, member.Similarity = pair.Kind, pair.Similarity
		}
		for _, link := range node.Chain {
			member.Chain = append(member.Chain, ArticleID(link))
		}
		c.Members = append(c.Members, member)
		c.Members = s.appendCopies(c.Members, member)
	}
	s.appendCluster(c)
}

// copyMember is what a copy of the article is to it.
func (s *scan) copyMember(of ArticleID) Member {
	kind, _ := s.copyKind()
	return Member{Article: of, Kind: kind, Similarity: 1, Removable: true}
}

// appendCopies appends the copies of the member's text, which stand to the
// representative as it does. One that is joined by a chain has one link more.
func (s *scan) appendCopies(members []Member, of Member) []Member {
	for _, id := range s.copiesOf(uint32(of.Article)) {
		copied := of
		copied.Article = id
		if len(of.Chain) > 0 {
			copied.Chain = append([]ArticleID{id}, of.Chain...)[:min(len(of.Chain)+1, cluster.MaxChain)]
		}
		members = append(members, copied)
	}
	return members
}

func (s *scan) appendCluster(c Cluster) {
	slices.SortFunc(c.Members, func(m, n Member) int { return cmp.Compare(m.Article, n.Article) })
	hashes := []uint64{s.textHashes[c.Representative]}
	for _, member := range c.Members {
		hashes = append(hashes, s.textHashes[member.Article])
	}
	c.Fingerprint = fingerprint("cluster", hashes...)
	s.result.Clusters = append(s.result.Clusters, c)
}

// addCopyClusters adds the clusters of texts whose copies are all there is.
func (s *scan) addCopyClusters() {
	clustered := make(map[ArticleID]bool)
	for _, c := range s.result.Clusters {
		clustered[c.Representative] = true
		for _, member := range c.Members {
			clustered[member.Article] = true
		}
	}
	for first := range s.copies {
		if len(s.copiesOf(uint32(first))) > 0 && !clustered[first] {
			s.appendCluster(Cluster{
				Representative: first,
				Members:        s.appendCopies(nil, s.copyMember(first)),
			})
		}
	}
}

// measureClusters notes which cluster each article is in, and the least and
// the mean similarity over the verified pairs of each.
func (s *scan) measureClusters() {
	clusters := s.result.Clusters
	for i, c := range clusters {
		s.clusterOf[c.Representative] = i
		for _, member := range c.Members {
			s.clusterOf[member.Article] = i
		}
	}
	pairs := make([]int, len(clusters))
	for _, pair := range s.result.Pairs {
		if pair.Kind == Template {
			continue
		}
		at := s.clusterOf[pair.A]
		c := &clusters[at]
		if pairs[at] == 0 || pair.Similarity < c.MinSimilarity {
			c.MinSimilarity = pair.Similarity
		}
		pairs[at]++
		c.MeanSimilarity += pair.Similarity
	}
	for i := range clusters {
		clusters[i].MeanSimilarity /= float64(pairs[i])
	}
}
