package dedup

import (
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
)

// metaBlock is how much metadata is allocated at once: 12 KiB.
const metaBlock = 128

// keepMeta returns a copy that lasts, nil where there is nothing to keep: most
// corpora have metadata of all articles or of none.
func (s *scan) keepMeta(meta *corpus.Meta) *corpus.Meta {
	if *meta == (corpus.Meta{}) {
		return nil
	}
	if len(s.metas) == cap(s.metas) {
		s.metas = make([]corpus.Meta, 0, metaBlock)
	}
	s.metas = append(s.metas, *meta)
	return &s.metas[len(s.metas)-1]
}

// Published returns when the article was published, the zero time where that is
// unknown.
func (a *ArticleInfo) Published() time.Time {
	if a.Meta == nil {
		return time.Time{}
	}
	return a.Meta.Published
}

// published is the order in which the articles of a pair were published.
func (s *scan) published(pair candidate.Pair) int {
	return comparePublished(s.result.Articles[pair.A].Published(), s.result.Articles[pair.B].Published())
}

// Sources says whether two articles come from one outlet.
type Sources int

// What is known of the outlets of two articles.
const (
	UnknownSources Sources = iota // that of one of them is not known
	SameSource
	AcrossSources
)

// A Relation is what two articles have to do with each other beside their texts.
type Relation struct {
	Sources Sources
	Apart   int64 // seconds from the first one's publication to the second one's
	Timed   bool  // both times are known
}

// Relation returns how the second article stands to the first.
func (r *Result) Relation(first, second ArticleID) Relation {
	a, b := &r.Articles[first], &r.Articles[second]
	var relation Relation
	switch {
	case first == second || a.Source != "" && a.Source == b.Source:
		relation.Sources = SameSource
	case a.Source != "" && b.Source != "":
		relation.Sources = AcrossSources
	}
	from, to := a.Published(), b.Published()
	if relation.Timed = !from.IsZero() && !to.IsZero(); relation.Timed {
		relation.Apart = to.Unix() - from.Unix()
	}
	return relation
}

// A Spread is where the articles of a cluster come from, and when.
type Spread struct {
	Sources     []string  // those that are known, by name
	First, Last time.Time // of the known times; zero where there is none
}

// Spread returns that of the cluster.
func (r *Result) Spread(cluster *Cluster) Spread {
	var spread Spread
	add := func(id ArticleID) {
		article := &r.Articles[id]
		if article.Source != "" {
			spread.Sources = append(spread.Sources, article.Source)
		}
		at := article.Published()
		if at.IsZero() {
			return
		}
		if spread.First.IsZero() || at.Before(spread.First) {
			spread.First = at
		}
		if at.After(spread.Last) {
			spread.Last = at
		}
	}
	add(cluster.Representative)
	for _, member := range cluster.Members {
		add(member.Article)
	}
	slices.Sort(spread.Sources)
	spread.Sources = slices.Compact(spread.Sources)
	return spread
}
