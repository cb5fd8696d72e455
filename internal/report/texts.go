package report

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// quoteRun is the least words of a quote that is marked in a story: as many as one has
// that speaks for it. Outside quotation marks four words in a row are chance.
const quoteRun = 4

// A runBlock is what the texts of a cluster, a story or a pair share, as page.js reads it.
// The texts are blocks of their own: one may be opened in several ways.
type runBlock struct {
	Articles []int   `json:"articles"` // positions on the page
	Against  []int   `json:"against"`  // the position here of the article that each is laid beside
	Runs     [][]int `json:"runs"`     // what each shares with that one: start and end there and here, in UTF-16 units, and 1 for a quote, one run after another
}

// writeTexts writes a block for each cluster, story and pair whose texts are shown, and
// before it one for each of these texts that has none yet.
func (h *html) writeTexts(w *page.Writer) {
	written := make(map[dedup.ArticleID]bool)
	for i := range h.shown.of {
		if w.Failed() {
			return
		}
		of := &h.shown.of[i]
		articles := h.fetch(of.ids)
		for at, id := range of.ids {
			if !written[id] {
				written[id] = true
				w.Open(fmt.Sprintf("text-%d", h.article(id)))
				w.Value(h.textOf(of.ids, articles, at))
				w.Close()
			}
		}
		w.Open("beside-" + of.name)
		w.Value(h.runBlock(of, articles))
		w.Close()
	}
}

func (h *html) runBlock(of *laid, articles []*corpus.Article) runBlock {
	var block runBlock
	for i, id := range of.ids {
		against := 0
		if other, is := of.beside[id]; is {
			against = max(0, slices.Index(of.ids, other))
		}
		runs := []int{}
		if one, other := articles[against], articles[i]; i > 0 && one != nil && other != nil {
			runs = h.runs(one, other, of.story)
		}
		block.Articles = append(block.Articles, h.article(id))
		block.Against = append(block.Against, against)
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

// textOf is a text as page.js reads it: its words, the article before it in the list whose
// text is equal, or null where it could not be read again.
func (h *html) textOf(ids []dedup.ArticleID, articles []*corpus.Article, at int) any {
	if articles[at] == nil {
		return nil
	}
	for same, other := range articles[:at] {
		if other != nil && bytes.Equal(other.Body, articles[at].Body) {
			return h.article(ids[same])
		}
	}
	text, _ := shownText(articles[at].Body, nil)
	return text
}

// runs returns what two articles share as a runBlock has it, by their places in the first.
// Of copies a run is as long as a shingle at least, so that what is marked is what the
// figures count; of a story as long as one that an explanation lists, or a quote.
func (h *html) runs(one, other *corpus.Article, story bool) []int {
	options := h.Options
	options.Passages = options.ShingleSize
	if story {
		options.Passages = quoteRun
	}
	found := dedup.Compare(one, other, options).Runs
	if story {
		found = slices.DeleteFunc(found, func(run dedup.Run) bool { return run.Words < dedup.DefaultRun && !run.Quoted })
	}
	found = marking(found, len(one.Body), len(other.Body))
	var there, here []int
	for _, run := range found {
		there = append(there, run.A.Start, run.A.End)
		here = append(here, run.B.Start, run.B.End)
	}
	there, here = shownAt(one.Body, there), shownAt(other.Body, here)
	runs := []int{}
	for i, run := range found {
		runs = append(runs, there[2*i], there[2*i+1], here[2*i], here[2*i+1], bit(run.Quoted))
	}
	return runs
}
