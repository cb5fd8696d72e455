package event

import (
	"cmp"
	"slices"
)

// mostTogether is the most articles that are grouped at once, in a matrix of 4
// bytes for each two of them: 9 MB.
const mostTogether = 1500

// stricter is by how much the least score is raised, again and again, where more hang together.
const stricter = 0.02

// Components returns the articles that hang together by links, each component
// ascending and of at most mostTogether, ordered by their first articles. What is
// larger is parted by leaving out its weakest links. The links are reordered.
func Components(articles int, links []Link) [][]uint32 {
	c := &components{parents: make([]uint32, articles)}
	c.part(links, LeastScore)
	slices.SortFunc(c.found, func(p, q []uint32) int { return cmp.Compare(p[0], q[0]) })
	return c.found
}

// components are sets of articles, as trees that lead to their first article.
type components struct {
	parents []uint32
	found   [][]uint32
}

// part finds the components of links that reach the least score.
func (c *components) part(links []Link, least float32) {
	links = slices.DeleteFunc(links, func(link Link) bool { return link.Score < least })
	for _, link := range links {
		c.parents[link.A], c.parents[link.B] = link.A, link.B
	}
	for _, link := range links {
		c.join(link.A, link.B)
	}
	slices.SortFunc(links, func(p, q Link) int { return cmp.Or(cmp.Compare(c.root(p.A), c.root(q.A)), compareLinks(p, q)) })
	var parts [][]Link
	for start := 0; start < len(links); {
		end, root := start+1, c.root(links[start].A)
		for end < len(links) && c.root(links[end].A) == root {
			end++
		}
		parts = append(parts, links[start:end])
		start = end
	}
	for _, part := range parts {
		c.keep(part, least)
	}
}

// keep takes the articles of the links for a component, or parts them further.
func (c *components) keep(links []Link, least float32) {
	articles, strongest := make([]uint32, 0, 2*len(links)), float32(0)
	for _, link := range links {
		articles = append(articles, link.A, link.B)
		strongest = max(strongest, link.Score)
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	switch {
	case len(articles) <= mostTogether:
		c.found = append(c.found, articles)
	case least+stricter > strongest: // all are as near to each other: any of them are as good
		c.found = append(c.found, articles[:mostTogether])
	default:
		c.part(links, least+stricter)
	}
}

func (c *components) join(a, b uint32) {
	a, b = c.root(a), c.root(b)
	c.parents[max(a, b)] = min(a, b)
}

// root returns the first article of a set, and shortens the way to it.
func (c *components) root(article uint32) uint32 {
	for c.parents[article] != article {
		c.parents[article] = c.parents[c.parents[article]]
		article = c.parents[article]
	}
	return article
}

func compareLinks(p, q Link) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }
