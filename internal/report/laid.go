package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Texts are most of a page. A browser opens one of 40 MB without complaint and a
// person reads few clusters, so that the largest have their texts first.
const (
	htmlTextBytes    = 25 << 20  // of all texts, each counted as often as it is laid beside others
	htmlArticleBytes = 256 << 10 // of one: a longer one is no article, and slow to draw
	htmlTexts        = 24        // of a cluster or a story: the first and those that follow
)

// A laid is what opens as one: articles whose texts are laid beside each other, a
// cluster, a story or a pair.
type laid struct {
	name   string // of its block, and behind the # of the address that opens it
	ids    []dedup.ArticleID
	beside map[dedup.ArticleID]dedup.ArticleID // those that are laid beside another one than the first
	story  bool
}

// chosenTexts says whose texts are on the page.
type chosenTexts struct {
	of      []laid                   // in the order of their blocks
	held    map[dedup.ArticleID]bool // of all articles that open: whether their texts are there
	full    bool                     // some had no room
	bounded bool                     // some are beyond those of their cluster or story that are shown
	long    bool
}

// chooseTexts goes through what opens, the largest first, until there is no room.
func (h *html) chooseTexts() *chosenTexts {
	chosen := &chosenTexts{held: make(map[dedup.ArticleID]bool)}
	if h.opts.Article == nil {
		return chosen
	}
	room := htmlTextBytes
	for _, finding := range h.opening() {
		of := finding.lay(finding.at)
		for _, id := range of.ids {
			if _, known := chosen.held[id]; !known {
				chosen.held[id] = false
			}
		}
		of.ids = h.shownOf(of.ids, chosen)
		size := 0
		for _, id := range of.ids {
			size += h.Articles[id].Bytes
		}
		switch {
		case len(of.ids) < 2:
		case size > room:
			chosen.full = true
		default:
			room -= size
			chosen.of = append(chosen.of, of)
			for _, id := range of.ids {
				chosen.held[id] = true
			}
		}
	}
	return chosen
}

// opens is a finding that opens: how many articles it has, and what lays them out.
type opens struct {
	articles, at int
	lay          func(at int) laid
}

// opening returns the findings that open, the largest first.
func (h *html) opening() []opens {
	var all []opens
	for _, at := range h.clusters {
		all = append(all, opens{1 + len(h.Clusters[at].Members), at, h.layCluster})
	}
	for _, at := range h.stories {
		all = append(all, opens{len(h.Stories[at].Members), at, h.layStory})
	}
	for at := range h.Pairs[:h.pairs] {
		if h.sharedCluster(h.Pairs[at]) < 0 {
			all = append(all, opens{2, at, h.layPair})
		}
	}
	slices.SortStableFunc(all, func(a, b opens) int { return cmp.Compare(b.articles, a.articles) })
	return all
}

// layCluster lays the members beside the one to keep, or, what is joined through others,
// beside the next on that way.
func (h *html) layCluster(at int) laid {
	cluster := &h.Clusters[at]
	of := laid{name: fmt.Sprintf("cluster-%d", at+1), ids: []dedup.ArticleID{cluster.Representative}, beside: make(map[dedup.ArticleID]dedup.ArticleID)}
	for _, member := range membersByLikeness(cluster) {
		of.ids = append(of.ids, member.Article)
		if len(member.Chain) > 1 {
			of.beside[member.Article] = member.Chain[1]
		}
	}
	return of
}

// layStory lays the members beside one of them, in their order. One that shares no quote
// and no passage with that, but with another, is laid beside the other: what tells the
// story by its words is to be seen.
func (h *html) layStory(at int) laid {
	story := &h.Stories[at]
	first := h.firstOfStory(story)
	of := laid{name: fmt.Sprintf("story-%d", at+1), ids: []dedup.ArticleID{story.Members[first].Article}, story: true, beside: make(map[dedup.ArticleID]dedup.ArticleID)}
	for i, member := range story.Members {
		if i != first {
			of.ids = append(of.ids, member.Article)
		}
	}
	for i := range story.Evidence {
		of.join(&story.Evidence[i])
	}
	return of
}

// join notes which members are to be laid beside which for a quote or a passage that will be
// marked: all that have it beside the first of the story, if it is one, or of them. Weightier
// evidence comes first, but for the first of the story.
func (of *laid) join(evidence *dedup.StoryEvidence) {
	if evidence.Kind != dedup.SharedQuote && (evidence.Kind != dedup.SharedPassage || evidence.Words < dedup.DefaultRun) {
		return
	}
	first := of.ids[0]
	hasFirst := slices.Contains(evidence.Members, first)
	for i, id := range evidence.Members {
		_, joined := of.beside[id]
		switch {
		case id == first:
		case hasFirst:
			of.beside[id] = first
		case joined:
		case i == 0:
			of.beside[id] = evidence.Members[1]
		default:
			of.beside[id] = evidence.Members[0]
		}
	}
}

// firstOfStory is the position of the member that the others are laid beside: the
// earliest, or, where no time is known, the one that fits best.
func (h *html) firstOfStory(story *dedup.Story) int {
	best := 0
	if h.Articles[story.Members[0].Article].Published().IsZero() {
		for i, member := range story.Members {
			if member.Fit > story.Members[best].Fit {
				best = i
			}
		}
	}
	return best
}

// layPair lays out two that no cluster holds.
func (h *html) layPair(at int) laid {
	return laid{name: fmt.Sprintf("pair-%d", at+1), ids: []dedup.ArticleID{h.Pairs[at].A, h.Pairs[at].B}}
}

// shownOf returns those of the articles whose texts would be shown, none where the
// first is too long.
func (h *html) shownOf(ids []dedup.ArticleID, chosen *chosenTexts) (shown []dedup.ArticleID) {
	for i, id := range ids {
		switch {
		case len(shown) == htmlTexts:
			chosen.bounded = true
			return shown
		case h.Articles[id].Bytes <= htmlArticleBytes:
			shown = append(shown, id)
		default:
			chosen.long = true
			if i == 0 {
				return nil
			}
		}
	}
	return shown
}

// said says in sentences which texts are not on the page, "" where nothing opens.
func (c *chosenTexts) said() string {
	held := 0
	for _, is := range c.held {
		held += bit(is)
	}
	switch len(c.held) {
	case 0:
		return ""
	case held:
		return "The texts of all articles in clusters, stories and pairs are in this file."
	}
	said := fmt.Sprintf("Of %s in clusters, stories and pairs, this file holds the texts of %s.", count(len(c.held), "article"), number(held))
	if c.bounded {
		said += fmt.Sprintf(" Of a large cluster or story those of the first %d are there.", htmlTexts)
	}
	if c.full {
		said += fmt.Sprintf(" All texts together are at most %s, those of the largest clusters and stories first.", size(htmlTextBytes))
	}
	if c.long {
		said += fmt.Sprintf(" An article longer than %s is not shown, nor what is compared with it.", size(htmlArticleBytes))
	}
	return said
}
