package report

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// Texts are most of a page. A browser opens one of 40 MB without complaint and a
// person reads few clusters, so that those of most articles have their texts first.
const (
	htmlTextBytes    = 25 << 20  // of all texts
	htmlArticleBytes = 256 << 10 // of one: a longer one is no article, and slow to draw
	htmlTexts        = 24        // of a cluster: the one to keep and those that follow
)

// chosenTexts says whose texts are on the page.
type chosenTexts struct {
	of      map[int][]dedup.ArticleID // by position in Clusters: the representative first
	held    int                       // articles
	wanted  int                       // articles that are in a cluster
	full    bool                      // some had no room
	bounded int                       // articles beyond those of their cluster that are shown
	long    int
}

// chooseTexts goes through the clusters, the largest first, until there is no room.
func (h *html) chooseTexts() *chosenTexts {
	chosen := &chosenTexts{of: make(map[int][]dedup.ArticleID)}
	if h.opts.Article == nil {
		return chosen
	}
	room := htmlTextBytes
	for _, at := range h.clusters {
		cluster := &h.Clusters[at]
		chosen.wanted += 1 + len(cluster.Members)
		ids := h.textsOf(cluster, chosen)
		size := 0
		for _, id := range ids {
			size += h.Articles[id].Bytes
		}
		switch {
		case len(ids) < 2:
		case size > room:
			chosen.full = true
		default:
			room -= size
			chosen.of[at] = ids
			chosen.held += len(ids)
		}
	}
	return chosen
}

// textsOf returns the articles of a cluster whose texts would be shown.
func (h *html) textsOf(cluster *dedup.Cluster, chosen *chosenTexts) []dedup.ArticleID {
	if h.Articles[cluster.Representative].Bytes > htmlArticleBytes {
		chosen.long += 1 + len(cluster.Members)
		return nil
	}
	ids := []dedup.ArticleID{cluster.Representative}
	for i, member := range membersByLikeness(cluster) {
		switch id := member.Article; {
		case len(ids) == htmlTexts:
			chosen.bounded += len(cluster.Members) - i
			return ids
		case h.Articles[id].Bytes > htmlArticleBytes:
			chosen.long++
		default:
			ids = append(ids, id)
		}
	}
	return ids
}

// said says in sentences which texts are not on the page.
func (c *chosenTexts) said() string {
	if c.held == c.wanted {
		return "The texts of all articles in clusters are in this file."
	}
	said := fmt.Sprintf("Of %s in clusters, this file holds the texts of %s.", count(c.wanted, "article"), number(c.held))
	if c.bounded > 0 {
		said += fmt.Sprintf(" Of a large cluster those of the first %d are there.", htmlTexts)
	}
	if c.full {
		said += fmt.Sprintf(" All texts together are at most %s, those of the largest clusters first.", size(htmlTextBytes))
	}
	if c.long > 0 {
		said += fmt.Sprintf(" An article longer than %s is not shown, nor what is compared with it.", size(htmlArticleBytes))
	}
	return said
}

// A textBlock is the texts of a cluster as page.js reads them.
type textBlock struct {
	Articles []int   `json:"articles"` // positions on the page, the representative first
	Texts    []any   `json:"texts"`    // a text, the position of an equal one before it, or null where it could not be read again
	Against  []int   `json:"against"`  // the position here of the article that each is laid beside
	Runs     [][]int `json:"runs"`     // what each shares with that one: start and end there and here, in UTF-16 units, one run after another
}

// writeTexts writes a block for each cluster whose texts are shown.
func (h *html) writeTexts(w *page.Writer) {
	for _, at := range h.clusters {
		if h.shown.of[at] == nil || w.Failed() {
			continue
		}
		w.Open(fmt.Sprintf("texts-%d", at))
		w.Value(h.textBlock(at))
		w.Close()
	}
}

func (h *html) textBlock(at int) textBlock {
	ids := h.shown.of[at]
	articles := h.fetch(ids)
	against := h.against(&h.Clusters[at], ids)
	block := textBlock{Against: against}
	for i, id := range ids {
		block.Articles = append(block.Articles, h.article(id))
		block.Texts = append(block.Texts, textOf(articles, i))
		runs := []int{}
		if one, other := articles[against[i]], articles[i]; i > 0 && one != nil && other != nil {
			runs = h.runs(one, other)
		}
		block.Runs = append(block.Runs, runs)
	}
	return block
}

// fetch reads the articles again; nil stands for one that is no longer what it was.
func (h *html) fetch(ids []dedup.ArticleID) []*corpus.Article {
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		article, err := h.opts.Article(id)
		if err != nil || len(article.Body) != h.Articles[id].Bytes {
			continue
		}
		article.Body = bytes.Clone(article.Body)
		articles[i] = &article
	}
	return articles
}

// against returns the positions of the articles that each is laid beside: the one to
// keep, or, of what is joined through others, the next on that way where its text is there.
func (h *html) against(cluster *dedup.Cluster, ids []dedup.ArticleID) []int {
	against := make([]int, len(ids))
	for i := range cluster.Members {
		member := &cluster.Members[i]
		if at := slices.Index(ids, member.Article); at > 0 && len(member.Chain) > 1 {
			against[at] = max(0, slices.Index(ids, member.Chain[1]))
		}
	}
	return against
}

// textOf is the text at a position as a textBlock has it.
func textOf(articles []*corpus.Article, at int) any {
	if articles[at] == nil {
		return nil
	}
	for same, other := range articles[:at] {
		if other != nil && bytes.Equal(other.Body, articles[at].Body) {
			return same
		}
	}
	text, _ := shownText(articles[at].Body, nil)
	return text
}

// runs returns what two articles share as page.js reads it, by their places in the first:
// start and end there and in the second, in the units of what is shown. A run
// is as long as a shingle at least, so that what is marked is what the figures count.
func (h *html) runs(keep, other *corpus.Article) []int {
	options := h.Options
	options.Passages = options.ShingleSize
	var there, here []int
	for _, run := range marking(dedup.Compare(keep, other, options).Runs, len(keep.Body), len(other.Body)) {
		there = append(there, run.A.Start, run.A.End)
		here = append(here, run.B.Start, run.B.End)
	}
	there, here = shownAt(keep.Body, there), shownAt(other.Body, here)
	runs := []int{}
	for i := 0; i < len(there); i += 2 {
		runs = append(runs, there[i], there[i+1], here[i], here[i+1])
	}
	return runs
}
