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
	p.heading(p.newTitle("Clusters"), number(n)+p.choice(n, "largest"))
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
func (p *printer) cluster(rank int, cluster dedup.Cluster, inner inner) {
	p.clusterTitle(rank, cluster, inner)
	p.entry("keep", p.style.keep, cluster.Representative)
	p.about(cluster.Representative)
	lead := p.lead(cluster.Representative, "")
	listed := p.listed(len(cluster.Members))
	for _, member := range cluster.Members[:listed] {
		if p.failed() {
			return
		}
		p.member(cluster.Representative, member, lead)
	}
	p.more(entryIndent, len(cluster.Members)-listed)
	if inner.untold > 0 {
		p.sentence(entryIndent, p.style.dim, count(inner.untold, "further pair")+" among these articles")
	}
}

// clusterTitle says how large a cluster is and, where all its pairs are alike
// as wholes, how much. The similarity of an excerpt to the whole says how short
// it is, so an average with those would mislead.
func (p *printer) clusterTitle(rank int, cluster dedup.Cluster, inner inner) {
	members := len(cluster.Members)
	title := fmt.Sprintf("Cluster %s: %s%s, %s can be removed",
		number(rank), count(members+1, "article"), p.spread(&cluster), number(removableOf(cluster)))
	if members > 1 && cluster.MinSimilarity < 1 && !inner.contained {
		title += fmt.Sprintf("; its pairs are %s alike on average, %s at least",
			percent(cluster.MeanSimilarity), percent(cluster.MinSimilarity))
	}
	p.item(entryIndent, p.style.heading, title)
}

// inner is what the pairs inside a cluster come to.
type inner struct {
	untold    int  // neither with the article to keep, nor of copies, nor a step of a chain that is told
	contained bool // some are of the kind Contained
}

func (p *printer) innerPairs() []inner {
	pairs := make([]inner, len(p.Clusters))
	steps := p.toldSteps()
	for _, pair := range p.Pairs {
		cluster := p.sharedCluster(pair)
		if cluster < 0 {
			continue
		}
		of := &pairs[cluster]
		of.contained = of.contained || pair.Kind == dedup.Contained
		if !p.tells(cluster, pair) && !steps[[2]dedup.ArticleID{pair.A, pair.B}] {
			of.untold++
		}
	}
	return pairs
}

// toldSteps returns the pairs, by A and B, that the chains of members tell of.
func (p *printer) toldSteps() map[[2]dedup.ArticleID]bool {
	told := make(map[[2]dedup.ArticleID]bool)
	for _, cluster := range p.Clusters {
		for _, member := range cluster.Members {
			for i := range toldSteps(member) {
				from, to := member.Chain[i], member.Chain[i+1]
				told[[2]dedup.ArticleID{min(from, to), max(from, to)}] = true
			}
		}
	}
	return told
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
	representative := p.firstOf[p.Clusters[cluster].Representative]
	return pair.A == representative || pair.B == representative || pair.Kind == dedup.Exact || pair.Kind == dedup.Template
}

// member prints one article of a cluster with its evidence: its first words
// where they are not the lead of the article to keep.
func (p *printer) member(representative dedup.ArticleID, member dedup.Member, lead string) {
	label, said := p.likeness(representative, member)
	said += p.relation(representative, member.Article)
	if p.opts.Review.Compared && p.isNew(representative, member.Article) {
		said += "; new"
	}
	switch {
	case member.Removable:
	case member.Kind == "":
		said += "; not near enough to that one itself, so to be kept too"
	default:
		said += "; to be kept too"
	}
	p.entry(label, p.kindStyle(member.Kind), member.Article)
	p.about(member.Article)
	p.sentence(p.body(), nil, said)
	if first := p.firstOf[member.Article]; member.Kind != "" && member.Kind != dedup.Exact {
		if pair, found := p.pairOf(p.firstOf[representative], first); found {
			p.labelled(pair, first, "the one to keep", "")
		}
	}
	if p.firstOf[member.Article] == member.Article {
		p.lead(member.Article, lead)
	}
}

// kindStyle returns the style of a kind's label, a faint one for the chained.
func (p *printer) kindStyle(kind dedup.Kind) ansi.Style {
	if style, ok := p.style.kinds[kind]; ok {
		return style
	}
	return p.style.dim
}
