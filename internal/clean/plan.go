package clean

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Policy says what goes, and what stays in its place.
type Policy struct {
	Exact, Near, Contained bool // articles that go
	Repeats                bool // paragraphs that stand again in their article
	Furniture              *Furniture
	Stories                bool        // all articles of a story but one
	Keep                   []Criterion // as ParseKeep returns them
	// Protected tells the articles that never go: those of a reference, and those
	// in files that cannot be written again without them.
	Protected func(dedup.ArticleID) bool
}

// A Removal is an article that goes, and the one that stays for it: they have
// a verified pair, or the article's text is that of one that has.
type Removal struct {
	Article, Kept dedup.ArticleID
	Kind          dedup.Kind
	Similarity    float64      // exact Jaccard of the two shingle sets; 0 where only their story is the same
	InKept        float64      // share of the article's shingles that stand in the kept one
	Rule          string       // the criterion that chose between the two
	Story         *dedup.Story // that both are of, where that is all; else nil
}

// larger is the rule by which the article that holds the other stays.
const larger = "larger"

// A planner decides which articles go.
//
// Articles of one text are a group: they have all their pairs with other texts in
// common. Between groups, what stays must be a set in which no two are a pair
// and with which all others have one: a maximal independent set of the graph of
// pairs. It is made greedily, groups in the order of the policy: one stays if
// none that stays already is its pair. Then contained groups go, the
// larger ones looked at first, since one that goes may hold others; and what thereby
// has no pair left that stays, comes back.
type planner struct {
	policy *Policy
	result *dedup.Result
	groups []*group
	of     []*group // by ArticleID
}

// A group is the articles of one text.
type group struct {
	members []*candidate // the one to stay first
	edges   []edge
	holding []*group // have an edge to it
	stays   bool
}

// An edge is a pair with another group.
type edge struct {
	to *group
	// Of the group in the other, and of the pair.
	in, similarity float64
	near           bool
	inside         bool // it is contained in the other
}

func (p *planner) candidate(id dedup.ArticleID) *candidate {
	return &candidate{id, &p.result.Articles[id], p.policy.Protected != nil && p.policy.Protected(id)}
}

// removals returns the articles that go, in reading order.
func removals(result *dedup.Result, policy *Policy) []Removal {
	p := &planner{policy: policy, result: result, of: make([]*group, len(result.Articles))}
	p.group()
	p.connect()
	slices.SortFunc(p.groups, func(a, b *group) int { return policy.order(a.members[0], b.members[0]) })
	for _, g := range p.groups {
		g.stays = g.isProtected() || g.support() == nil
	}
	p.removeContained()
	return p.removeStories(p.collect())
}

// group makes the groups of the articles that are in a pair.
func (p *planner) group() {
	join := func(id dedup.ArticleID) *group {
		if p.of[id] == nil {
			p.of[id] = &group{}
			p.groups = append(p.groups, p.of[id])
			p.of[id].members = append(p.of[id].members, p.candidate(id))
		}
		return p.of[id]
	}
	for _, pair := range p.result.Pairs {
		first := join(pair.A)
		if pair.Kind == dedup.Exact {
			p.of[pair.B] = first
			first.members = append(first.members, p.candidate(pair.B))
		} else {
			join(pair.B)
		}
	}
	for _, g := range p.groups {
		slices.SortFunc(g.members, p.policy.order)
	}
}

// connect adds the pairs between the groups, as far as they let one go.
func (p *planner) connect() {
	o := &p.result.Options
	for _, pair := range p.result.Pairs {
		a, b := p.of[pair.A], p.of[pair.B]
		switch {
		case pair.Kind == dedup.Near && p.policy.Near:
			a.add(edge{to: b, in: pair.AInB, similarity: pair.Similarity, near: true})
			b.add(edge{to: a, in: pair.BInA, similarity: pair.Similarity, near: true})
		case pair.Kind == dedup.Contained && p.policy.Contained:
			small, large, in := a, b, pair.AInB
			if pair.ShinglesA > pair.ShinglesB {
				small, large, in = b, a, pair.BInA
			}
			if in >= o.Containment && small.members[0].info.Words >= o.MinContained {
				small.add(edge{to: large, in: in, similarity: pair.Similarity, inside: true})
			}
		}
	}
}

func (g *group) add(e edge) {
	g.edges = append(g.edges, e)
	e.to.holding = append(e.to.holding, g)
}

func (g *group) isProtected() bool { return g.members[0].protected }

// removeContained lets go of what stays and is contained in what stays: where the
// policy prefers the smaller article, it was looked at first.
func (p *planner) removeContained() {
	largestFirst := p.bySize()
	changed := p.policy.Contained
	for rounds := 0; changed && rounds < mostRounds; rounds++ {
		changed = false
		for _, g := range largestFirst {
			if !g.stays || g.isProtected() || g.support() == nil {
				continue
			}
			g.stays, changed = false, true
			g.restoreOrphans()
		}
	}
}

// mostRounds bounds the rounds of removeContained. The first does it all, but
// where what comes back holds something in turn; were there a circle, the last
// round would leave a pair standing, which is no loss.
const mostRounds = 16

// bySize returns the groups, the largest first.
func (p *planner) bySize() []*group {
	return slices.SortedStableFunc(slices.Values(p.groups), func(a, b *group) int {
		return cmp.Compare(b.members[0].info.Words, a.members[0].info.Words)
	})
}

// restoreOrphans brings back what went for the group alone, which now goes.
func (g *group) restoreOrphans() {
	for _, orphan := range g.holding {
		if !orphan.stays && orphan.support() == nil {
			orphan.stays = true
		}
	}
}

// support returns the edge that lets the group go: to one that stays, the most
// alike, or else the one that the policy prefers.
func (g *group) support() *edge {
	var best *edge
	for i := range g.edges {
		e := &g.edges[i]
		if !e.to.stays || e.to == g {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(boolInt(e.near), boolInt(best.near)), cmp.Compare(e.similarity, best.similarity), cmp.Compare(e.in, best.in),
			cmp.Compare(best.to.members[0].id, e.to.members[0].id)) > 0 {
			best = e
		}
	}
	return best
}

// collect lists what goes.
func (p *planner) collect() []Removal {
	var gone []Removal
	for _, g := range p.groups {
		gone = append(gone, p.ofGroup(g)...)
	}
	slices.SortFunc(gone, func(a, b Removal) int { return cmp.Compare(a.Article, b.Article) })
	return gone
}

func (p *planner) ofGroup(g *group) (gone []Removal) {
	kept, removal := g.members[0], Removal{Kind: dedup.Exact, Similarity: 1, InKept: 1}
	if !g.stays {
		e := g.support()
		kept, removal = e.to.members[0], Removal{Kind: dedup.Near, Similarity: e.similarity, InKept: e.in}
		if e.inside {
			removal.Kind = dedup.Contained
		}
	} else if !p.policy.Exact && !p.policy.Near {
		return nil
	}
	for _, member := range g.members {
		if member == kept || member.protected {
			continue
		}
		removal.Article, removal.Kept, removal.Rule = member.id, kept.id, p.rule(kept, member, removal.Kind)
		gone = append(gone, removal)
	}
	return gone
}

// onlyPair is the rule by which an article stays that the policy prefers less:
// what it prefers more is gone for another.
const onlyPair = "only pair that stays"

// rule says why one article stays and the other goes.
func (p *planner) rule(kept, gone *candidate, kind dedup.Kind) string {
	order, rule := p.policy.compare(kept, gone)
	switch {
	case kind == dedup.Contained && rule != ofProtected:
		return larger
	case order > 0:
		return onlyPair
	}
	return rule
}
