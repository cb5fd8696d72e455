package clean

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Furniture says from when on a paragraph counts as a part of the page: it
// stands in so many articles of one source.
type Furniture struct {
	Share float64 // of the source's articles, in (0, 1]
	Count int     // of articles, at least 2
}

// The kinds of cuts.
const (
	RepeatCut    = "repeat"    // it stands before in the same article, and stays there
	FurnitureCut = "furniture" // it stands in many articles of the source, and goes from all
)

// A Cut is a paragraph that goes.
type Cut struct {
	At         dedup.ParagraphPlace
	Of         dedup.ParagraphPlace // where it stands too; of furniture, another of its places
	Kind       string               // RepeatCut or FurnitureCut
	Similarity float64              // 1 for the same words
	Words      int
	Text       string // shortened
	Articles   int    // of furniture: those of the source in which it stands
}

// spot is a paragraph.
type spot struct {
	article   dedup.ArticleID
	paragraph int
}

func spotOf(place dedup.ParagraphPlace) spot { return spot{place.Article, place.Paragraph} }

// cuts returns the paragraphs that go from articles that stay, in reading order.
func cuts(result *dedup.Result, policy *Policy, gone []Removal) []Cut {
	c := &cutter{result: result, policy: policy, cut: make(map[spot]Cut), gone: make(map[dedup.ArticleID]bool)}
	for _, removal := range gone {
		c.gone[removal.Article] = true
	}
	if policy.Furniture != nil {
		c.furniture()
		c.spareWholeArticles()
	}
	if policy.Repeats {
		c.repeats()
	}
	all := make([]Cut, 0, len(c.cut))
	for _, cut := range c.cut {
		all = append(all, cut)
	}
	slices.SortFunc(all, func(a, b Cut) int {
		return cmp.Or(cmp.Compare(a.At.Article, b.At.Article), cmp.Compare(a.At.Start, b.At.Start))
	})
	return all
}

type cutter struct {
	result *dedup.Result
	policy *Policy
	gone   map[dedup.ArticleID]bool
	cut    map[spot]Cut
}

// mayCut reports whether an article is one that paragraphs are cut from.
func (c *cutter) mayCut(id dedup.ArticleID) bool {
	return !c.gone[id] && (c.policy.Protected == nil || !c.policy.Protected(id))
}

// repeats cuts the later standings of what an article repeats. One copy stays:
// where the earlier standing is cut itself, since it repeats a third one, the
// later one goes if that one has the same words.
func (c *cutter) repeats() {
	for i := range c.result.Repeats {
		r := &c.result.Repeats[i]
		if r.Class != dedup.Within || !c.mayCut(r.At.Article) {
			continue
		}
		if _, known := c.cut[spotOf(r.At)]; known {
			continue
		}
		of, stands := c.standing(r.Of)
		if stands && spotOf(of) != spotOf(r.At) {
			c.cut[spotOf(r.At)] = Cut{At: r.At, Of: of, Kind: RepeatCut, Similarity: r.Similarity, Words: r.Words, Text: r.Text}
		}
	}
}

// standing returns where the words of a place are left: there, or where it has
// been cut for.
func (c *cutter) standing(place dedup.ParagraphPlace) (at dedup.ParagraphPlace, stands bool) {
	for {
		cut, gone := c.cut[spotOf(place)]
		if !gone {
			return place, true
		}
		if cut.Kind != RepeatCut || cut.Similarity < 1 {
			return place, false
		}
		place = cut.Of
	}
}

// A family is the places of one text, or of texts that are nearly alike.
type family struct {
	places []*dedup.ParagraphPlace
	repeat *dedup.Repeat // one of them
}

// furniture cuts what stands in many articles of a source from all of them. Those of an
// index do not count: the view has few of them.
func (c *cutter) furniture() {
	size := make(map[string]int)
	for id, article := range c.result.Articles {
		if !c.gone[dedup.ArticleID(id)] && !article.Earlier {
			size[article.Source]++
		}
	}
	for _, f := range c.families() {
		bySource := make(map[string][]*dedup.ParagraphPlace)
		for _, place := range f.places {
			if article := &c.result.Articles[place.Article]; article.Source != "" && !article.Earlier && !c.gone[place.Article] {
				source := article.Source
				bySource[source] = append(bySource[source], place)
			}
		}
		for source, places := range bySource {
			articles := distinctArticles(places)
			if articles >= max(2, c.policy.Furniture.Count) && float64(articles) >= c.policy.Furniture.Share*float64(size[source]) {
				c.cutFurniture(f, places, articles)
			}
		}
	}
}

// spareWholeArticles leaves an article its furniture that is made of nothing else.
func (c *cutter) spareWholeArticles() {
	words := make(map[dedup.ArticleID]int)
	for at, cut := range c.cut {
		words[at.article] += cut.Words
	}
	for at := range c.cut {
		if words[at.article] >= c.result.Articles[at.article].Words {
			delete(c.cut, at)
		}
	}
}

func (c *cutter) cutFurniture(f *family, places []*dedup.ParagraphPlace, articles int) {
	for i, place := range places {
		if !c.mayCut(place.Article) {
			continue
		}
		other := places[0]
		if i == 0 {
			other = places[len(places)-1]
		}
		c.cut[spotOf(*place)] = Cut{At: *place, Of: *other, Kind: FurnitureCut, Similarity: f.repeat.Similarity,
			Words: f.repeat.Words, Text: f.repeat.Text, Articles: articles}
	}
}

// families joins the places that repeats join, in the order of the first repeats.
func (c *cutter) families() []*family {
	of := make(map[spot]*family)
	var all []*family
	for i := range c.result.Repeats {
		r := &c.result.Repeats[i]
		earlier, later := of[spotOf(r.Of)], of[spotOf(r.At)]
		switch {
		case earlier == nil && later == nil:
			earlier = &family{repeat: r}
			all = append(all, earlier)
			earlier.take(of, &r.Of)
			earlier.take(of, &r.At)
		case earlier == nil:
			later.take(of, &r.Of)
		case later == nil:
			earlier.take(of, &r.At)
		case earlier != later:
			for _, place := range later.places {
				earlier.take(of, place)
			}
			later.places = nil
		}
	}
	return all
}

func (f *family) take(of map[spot]*family, place *dedup.ParagraphPlace) {
	f.places = append(f.places, place)
	of[spotOf(*place)] = f
}

func distinctArticles(places []*dedup.ParagraphPlace) int {
	seen := make(map[dedup.ArticleID]bool)
	for _, place := range places {
		seen[place.Article] = true
	}
	return len(seen)
}
