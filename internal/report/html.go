package report

import (
	"bufio"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// What an HTML page holds at most. Of 50,000 findings all are there; beyond that the
// largest are, and the page says what is not, since a browser has to hold it all.
const (
	htmlFindings = 100_000 // of each kind
	htmlPlaces   = 50      // of a paragraph or a passage
	htmlChanges  = 8       // of a pair
	htmlFlows    = 20
	htmlProblems = 200
	htmlTitle    = 120 // columns
)

// writeHTML writes one file for a browser. What stands in it without the script is the
// summary; the findings follow as JSON, and each text as a block of its own that is
// read when what it belongs to is opened.
func writeHTML(out *bufio.Writer, result *dedup.Result, opts Options) error {
	h := newHTML(result, opts)
	w, err := page.New(out, h.page())
	if err != nil {
		return err
	}
	h.writeFindings(w)
	h.writeTexts(w)
	return w.End()
}

// An html holds what of a result goes onto the page, and in which order.
type html struct {
	printer
	clusters []int             // positions in Clusters, the largest first
	pairs    int               // how many of Pairs, from the first
	shared   []shared          // paragraphs that stand again, by their reach
	standing int               // how many of those there are
	passages []int             // positions in Passages, by their reach
	stories  []int             // positions in Stories, the largest first
	sharers  []dedup.ArticleID // articles of which something stands elsewhere, those with the largest share first
	sharing  int               // how many of those there are
	articles []dedup.ArticleID // those of the findings, in the order in which they were met
	known    map[dedup.ArticleID]int
	sources  []string // of the articles
	sourceID map[string]int
	shown    *chosenTexts
	onePath  bool // all articles are of one file, which the title names
}

func newHTML(result *dedup.Result, opts Options) *html {
	opts.Limit, opts.Hints, opts.Color = 0, Hints{Exhaustive: opts.Hints.Exhaustive, Stories: opts.Hints.Stories}, false
	h := &html{
		printer: newLister(result, opts),
		known:   make(map[dedup.ArticleID]int), sourceID: make(map[string]int),
	}
	h.onePath = onePath(result)
	result = h.Result
	n := len(result.Clusters)
	h.clusters = largest(n, min(n, htmlFindings), func(i int) int { return len(result.Clusters[i].Members) })
	h.pairs = min(len(result.Pairs), htmlFindings)
	n = len(result.Passages)
	h.passages = largest(n, min(n, htmlFindings), func(i int) int { return weight(&result.Passages[i]) })
	n = len(result.Stories)
	h.stories = largest(n, min(n, htmlFindings), func(i int) int { return len(result.Stories[i].Members) })
	h.sharers, h.sharing = sharers(result)
	for _, class := range []dedup.Class{dedup.Within, dedup.Source, dedup.Across} {
		h.shared = append(h.shared, h.sharedTexts(class)...)
	}
	h.standing = len(h.shared)
	order := largest(len(h.shared), min(len(h.shared), htmlFindings), func(i int) int { return h.reach(h.shared[i]) })
	texts := make([]shared, len(order))
	for i, at := range order {
		texts[i] = h.shared[at]
	}
	h.shared = texts
	h.shown = h.chooseTexts()
	return h
}

// newLister returns a printer of what a report lists: with a baseline, what is new.
func newLister(all *dedup.Result, opts Options) printer {
	listed := all
	if opts.Review != nil {
		listed = opts.Review.OnlyNew()
	}
	return printer{Result: listed, all: all, opts: opts, clusterOf: listed.ClusterOf(), anyCluster: all.ClusterOf(), firstOf: firstOf(all)}
}

// article returns the position of an article on the page.
func (h *html) article(id dedup.ArticleID) int {
	at, known := h.known[id]
	if !known {
		at = len(h.articles)
		h.known[id] = at
		h.articles = append(h.articles, id)
	}
	return at
}

// source returns the position of a source on the page, -1 where it is unknown.
func (h *html) source(name string) int {
	if name == "" {
		return -1
	}
	at, known := h.sourceID[name]
	if !known {
		at = len(h.sources)
		h.sourceID[name] = at
		h.sources = append(h.sources, name)
	}
	return at
}

// shortTitle is the columns below which a first line is no headline yet: a byline, or
// the name of the site.
const shortTitle = 50

// articleTitle is what an article is called in a list: its title, or the first line of
// its text, with those that follow as long as that is short.
func articleTitle(article *dedup.ArticleInfo) string {
	title := ""
	if article.Meta != nil {
		title = oneLine(article.Meta.Title, " ")
	}
	if title == "" {
		for line := range strings.Lines(article.Lead) {
			if line = strings.TrimSpace(line); line == "" || line == ellipsis { // of a lead that was cut
				continue
			}
			if title != "" {
				title += " · "
			}
			if title += oneLine(line, " "); ansi.StringWidth(title) >= shortTitle {
				break
			}
		}
	}
	return shorten(title, htmlTitle)
}
