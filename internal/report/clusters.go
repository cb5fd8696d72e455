package report

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// removableOf counts the members of a cluster that can be removed.
func removableOf(cluster dedup.Cluster) int {
	removable := 0
	for _, member := range cluster.Members {
		if member.Removable {
			removable++
		}
	}
	return removable
}

// clusters prints the articles that belong together.
func (p *printer) clusters() {
	n := len(p.Clusters)
	if n == 0 {
		return
	}
	p.heading("Clusters", number(n)+p.choice(n, "largest"))
	inner := p.innerPairs()
	chosen := p.chosen(n, func(i int) int { return len(p.Clusters[i].Members) })
	for rank, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.cluster(rank+1, p.Clusters[i], inner[i])
	}
	if left := n - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
}

// cluster prints one cluster: the article to keep, then the others with how
// each of them is like it.
func (p *printer) cluster(rank int, cluster dedup.Cluster, inner int) {
	p.clusterTitle(rank, cluster)
	p.entry("keep", p.style.keep, cluster.Representative)
	p.lead(cluster.Representative)
	listed := p.listed(len(cluster.Members))
	for _, member := range cluster.Members[:listed] {
		if p.failed() {
			return
		}
		p.member(cluster.Representative, member)
	}
	p.more(entryIndent, len(cluster.Members)-listed)
	if inner > 0 {
		p.sentence(entryIndent, p.style.dim, fmt.Sprintf("%s among these articles, beside those with the one to keep",
			count(inner, "further pair")))
	}
}

func (p *printer) clusterTitle(rank int, cluster dedup.Cluster) {
	members := len(cluster.Members)
	title := fmt.Sprintf("Cluster %s: %s, %s can be removed", number(rank), count(members+1, "article"), number(removableOf(cluster)))
	if members > 1 && cluster.MinSimilarity < 1 {
		title += fmt.Sprintf("; pairs are %s alike on average, %s at least",
			percent(cluster.MeanSimilarity), percent(cluster.MinSimilarity))
	}
	p.item(entryIndent, p.style.heading, title)
}

// innerPairs counts for each cluster the pairs inside it that it does not tell
// of member by member.
func (p *printer) innerPairs() []int {
	inner := make([]int, len(p.Clusters))
	for _, pair := range p.Pairs {
		if cluster := p.sharedCluster(pair); cluster >= 0 && !p.tells(cluster, pair) {
			inner[cluster]++
		}
	}
	return inner
}

// sharedCluster returns the position of the cluster that both articles of a
// pair are in, or -1.
func (p *printer) sharedCluster(pair dedup.Pair) int {
	if cluster := p.clusterOf[pair.A]; cluster == p.clusterOf[pair.B] {
		return int(cluster)
	}
	return -1
}

// tells reports whether the list of a cluster's members shows the pair: those
// with the article to keep, and those of copies, which are listed as such.
func (p *printer) tells(cluster int, pair dedup.Pair) bool {
	representative := p.Clusters[cluster].Representative
	return pair.A == representative || pair.B == representative || pair.Kind == dedup.Exact
}

// member prints one article of a cluster with its evidence.
func (p *printer) member(representative dedup.ArticleID, member dedup.Member) {
	label, said := p.likeness(representative, member)
	switch {
	case member.Removable:
	case member.Kind == "":
		said += "; not near enough to that one itself, so to be kept too"
	default:
		said += "; to be kept too"
	}
	p.entry(label, p.kindStyle(member.Kind), member.Article)
	p.sentence(p.body(), nil, said)
	if p.firstOf[member.Article] == member.Article {
		p.lead(member.Article)
	}
}

// kindStyle returns the style of a kind's label, a faint one for the chained.
func (p *printer) kindStyle(kind dedup.Kind) ansi.Style {
	if style, ok := p.style.kinds[kind]; ok {
		return style
	}
	return p.style.dim
}
