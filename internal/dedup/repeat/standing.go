package repeat

import (
	"cmp"
	"slices"
)

// A Near is two texts that were found near, by their first standings.
type Near struct {
	Pair
	Similarity float64
}

// A Standing is a later standing of a paragraph and the earlier one it repeats.
type Standing struct {
	At, Of     uint32 // paragraphs
	Similarity float64
	Equal      bool // the token sequences are equal, as far as their hashes say
}

// Articles tells what the rules need to know of an article.
type Articles struct {
	// Cluster is the article's cluster, or a negative number for one in none.
	Cluster func(article uint32) int
	// Source numbers the article's source; negative when it is unknown.
	Source func(article uint32) int
	// Earlier tells the articles whose paragraphs others may repeat, and of which
	// nothing is reported; nil where there is none.
	Earlier func(article uint32) bool
}

// Standings returns every later standing that no cluster explains, by At, and
// the number of those that one does.
func (t *Table) Standings(texts *Texts, near []Near, articles Articles) (standings []Standing, explained int) {
	f := &finder{table: t, texts: texts, articles: articles, histories: make(map[uint32]*history)}
	f.link(near)
	for run := range texts.ends {
		f.text(texts.ofRun(run))
	}
	for text := range f.nearTo {
		if texts.run[text] == 0 {
			f.text([]uint32{text})
		}
	}
	slices.SortFunc(f.found, func(a, b Standing) int { return cmp.Compare(a.At, b.At) })
	return f.found, f.explained
}

// A finder walks the standings of each text. A text is known by its first standing.
type finder struct {
	table     *Table
	texts     *Texts
	articles  Articles
	nearTo    map[uint32][]link   // by text, the most similar first
	histories map[uint32]*history // by text, of those that others are near to
	scratch   history             // of the text at hand

	found     []Standing
	explained int
}

// A link leads to a near text.
type link struct {
	text       uint32
	similarity float64
	equal      bool // it is the text itself
}

func (f *finder) link(near []Near) {
	f.nearTo = make(map[uint32][]link, 2*len(near))
	for _, n := range near {
		f.nearTo[n.A] = append(f.nearTo[n.A], link{text: n.B, similarity: n.Similarity})
		f.nearTo[n.B] = append(f.nearTo[n.B], link{text: n.A, similarity: n.Similarity})
	}
	for _, links := range f.nearTo {
		slices.SortFunc(links, func(a, b link) int {
			return cmp.Or(cmp.Compare(b.similarity, a.similarity),
				cmp.Compare(a.text, b.text))
		})
	}
}

// text reports the later standings of one text.
func (f *finder) text(standings []uint32) {
	text := standings[0]
	links := f.nearTo[text]
	if len(standings) == 1 && len(links) == 0 {
		return
	}
	links = append([]link{{text: text, similarity: 1, equal: true}}, links...)
	histories := []*history{f.scratch.write(f, standings)}
	for _, l := range links[1:] {
		histories = append(histories, f.history(l.text))
	}
	for _, at := range standings {
		f.standing(at, links, histories)
	}
}

// standing reports the standing against the first earlier one that the
// package comment's rules name. links leads to its own text first.
func (f *finder) standing(at uint32, links []link, histories []*history) {
	article := f.table.ArticleOf(at)
	if f.articles.Earlier != nil && f.articles.Earlier(article) {
		return
	}
	for _, l := range links {
		if of, ok := f.earlierIn(article, at, l.text); ok {
			f.report(at, of, l)
			return
		}
	}
	cluster, source := f.articles.Cluster(article), f.articles.Source(article)
	for _, h := range histories {
		if before(h.byCluster, cluster, at) {
			f.explained++
			return
		}
	}
	for i, h := range histories {
		switch {
		case before(h.bySource, source, at):
			f.report(at, h.bySource[source], links[i])
			return
		case h.first < at:
			f.report(at, h.first, links[i])
			return
		}
	}
}

func (f *finder) report(at, of uint32, by link) {
	f.found = append(f.found, Standing{At: at, Of: of, Similarity: by.similarity, Equal: by.equal})
}

// earlierIn returns the first standing of a text in the article before at.
func (f *finder) earlierIn(article, at, text uint32) (uint32, bool) {
	first, _ := f.table.Of(article)
	standings := f.texts.of(text)
	i, _ := slices.BinarySearch(standings, first)
	if i < len(standings) && standings[i] < at {
		return standings[i], true
	}
	return 0, false
}

// A history is where a text stood first: of all, in each cluster, and in each
// source. It answers in constant time what came before a standing.
type history struct {
	first     uint32
	byCluster map[int]uint32
	bySource  map[int]uint32
}

// history returns that of a text that others are near to.
func (f *finder) history(text uint32) *history {
	h, known := f.histories[text]
	if !known {
		h = new(history).write(f, f.texts.of(text))
		f.histories[text] = h
	}
	return h
}

// write fills the history with that of the standings, which are ascending.
func (h *history) write(f *finder, standings []uint32) *history {
	if h.byCluster == nil {
		h.byCluster, h.bySource = make(map[int]uint32), make(map[int]uint32)
	}
	clear(h.byCluster)
	clear(h.bySource)
	h.first = standings[0]
	for _, standing := range standings {
		article := f.table.ArticleOf(standing)
		note(h.byCluster, f.articles.Cluster(article), standing)
		note(h.bySource, f.articles.Source(article), standing)
	}
	return h
}

// note keeps the first standing of a number that is known.
func note(firsts map[int]uint32, number int, standing uint32) {
	if _, noted := firsts[number]; !noted && number >= 0 {
		firsts[number] = standing
	}
}

// before reports whether the number's first standing is before at.
func before(firsts map[int]uint32, number int, at uint32) bool {
	first, noted := firsts[number]
	return noted && first < at
}
