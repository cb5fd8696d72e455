package quality

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// A holder holds pairs against a truth. Pairs are taken together by their two texts, each
// known by its first article; the two are one where the pair is of copies.
type holder struct {
	survey   *dedup.Survey
	truth    *Placed
	measured []dedup.Pair // as truth.ids
	firstOf  []dedup.ArticleID
	articles map[dedup.ArticleID]int64     // of a text that the truth speaks of, where they are not one
	judged   map[[2]dedup.ArticleID]*tally // by texts
	wanted   map[[2]dedup.ArticleID]bool   // the wanted pairs
}

// A tally is of the judged pairs of two texts.
type tally struct {
	wanted, unwanted int64
	first            int // position in the truth of the first unwanted one, −1 for none
}

// A group is the pairs of two texts that are found.
type group struct {
	pair         dedup.Pair
	right, wrong int64
}

func newHolder(survey *dedup.Survey, truth *Placed) *holder {
	h := &holder{
		survey: survey, truth: truth, measured: survey.Measured, firstOf: survey.FirstOf(),
		articles: make(map[dedup.ArticleID]int64), judged: make(map[[2]dedup.ArticleID]*tally),
		wanted: make(map[[2]dedup.ArticleID]bool),
	}
	if truth.everyArticle() {
		for _, same := range survey.Copies {
			h.articles[same.First] = int64(1 + len(same.Others))
		}
	} else {
		for _, id := range truth.named {
			h.articles[h.firstOf[id]]++
		}
	}
	for i, judged := range truth.judged {
		texts := h.textsOf(h.measured[i])
		of := h.judged[texts]
		if of == nil {
			of = &tally{first: -1}
			h.judged[texts] = of
		}
		switch {
		case judged.Wanted:
			of.wanted++
			h.wanted[truth.ids[i]] = true
		default:
			if of.first < 0 {
				of.first = i
			}
			of.unwanted++
		}
	}
	return h
}

// textsOf returns the texts of a pair, the one that stood first leading.
func (h *holder) textsOf(pair dedup.Pair) [2]dedup.ArticleID {
	a, b := h.firstOf[pair.A], h.firstOf[pair.B]
	return [2]dedup.ArticleID{min(a, b), max(a, b)}
}

// articlesOf is how many articles of a text the truth speaks of.
func (h *holder) articlesOf(text dedup.ArticleID) int64 {
	if n, known := h.articles[text]; known || !h.truth.everyArticle() {
		return n
	}
	return 1
}

// groups returns the pairs by their texts, with how many of them are right.
// Copies have the pair of the first two of them.
func (h *holder) groups(pairs []dedup.Pair) []group {
	var groups []group
	seen := make(map[dedup.ArticleID]bool)
	for _, pair := range pairs {
		texts := h.textsOf(pair)
		a, b := h.articlesOf(texts[0]), h.articlesOf(texts[1])
		all := a * b
		if texts[0] == texts[1] {
			if seen[texts[0]] {
				continue
			}
			seen[texts[0]] = true
			all = a * (a - 1) / 2
		}
		g := group{pair: pair}
		if of := h.judged[texts]; of != nil {
			g.right = of.wanted
			if h.truth.pairsAlone() {
				all = of.wanted + of.unwanted
			}
		} else if h.truth.pairsAlone() {
			all = 0
		}
		g.wrong = all - g.right
		groups = append(groups, g)
	}
	return groups
}

// containment is the share of the smaller article of a pair that stands in the larger,
// 0 where it is too short to be called contained.
func (h *holder) containment(pair dedup.Pair) float64 {
	share := 0.0
	least := h.survey.Result.Options.MinContained
	if h.survey.Result.Articles[pair.A].Words >= least {
		share = pair.AInB
	}
	if h.survey.Result.Articles[pair.B].Words >= least {
		share = max(share, pair.BInA)
	}
	return share
}

// reaches reports whether a scan with the options should find the pair.
func (h *holder) reaches(pair dedup.Pair, options dedup.Options) bool {
	if pair.Kind == dedup.Exact {
		return options.Finds(dedup.Exact) || options.Finds(dedup.Near)
	}
	if pair.Similarity >= options.Threshold {
		return options.Finds(dedup.Near)
	}
	return options.Finds(dedup.Contained) && h.containment(pair) >= options.Containment
}

// floor is the threshold of a curve from which all that is found is known: above 1 where
// the survey did not look for the kind.
func (h *holder) floor(threshold float64, kind dedup.Kind) float64 {
	switch {
	case h.truth.pairsAlone():
		return 0
	case !h.survey.Result.Options.Finds(kind):
		return 2
	}
	return threshold
}

// unlessTemplate is a score that templates have none of: they are found to be no copies at any
// threshold.
func unlessTemplate(score func(dedup.Pair) float64) func(dedup.Pair) float64 {
	return func(pair dedup.Pair) float64 {
		if pair.Kind == dedup.Template {
			return 0
		}
		return score(pair)
	}
}

// curve returns the curve of a score: the judged pairs by themselves, and what the survey
// found beside them. A score of 0 reaches no threshold.
func (h *holder) curve(score func(dedup.Pair) float64) *evaluate.Curve {
	var found []evaluate.Scored
	var wanted int64
	for i, judged := range h.truth.judged {
		if judged.Wanted {
			wanted++
		}
		if of := score(h.measured[i]); of > 0 && (judged.Wanted || h.truth.pairsAlone()) {
			found = append(found, evaluate.Scored{Score: of, Count: 1, Right: judged.Wanted})
		}
	}
	if !h.truth.pairsAlone() {
		for _, group := range h.groups(h.survey.Result.Pairs) {
			if of := score(group.pair); of > 0 && group.wrong > 0 {
				found = append(found, evaluate.Scored{Score: of, Count: group.wrong})
			}
		}
	}
	return evaluate.NewCurve(found, wanted)
}

// judgement tells of a pair of the truth.
func (h *holder) judgement(pair dedup.Pair, judged Judged, copies int) Judgement {
	return Judgement{
		Pair: pair, Label: judged.Label, Line: judged.Line, Copies: copies,
		LeadA: h.lead(pair.A), LeadB: h.lead(pair.B),
	}
}

// falseAlarm tells of a found pair of which some should not be: of one that the truth names,
// or else of the first that it does not.
func (h *holder) falseAlarm(of group) Judgement {
	texts := h.textsOf(of.pair)
	if t := h.judged[texts]; t != nil && t.first >= 0 {
		pair := h.measured[t.first]
		if pair.Kind != dedup.Exact {
			pair.Kind, pair.Label = of.pair.Kind, of.pair.Label
		}
		return h.judgement(pair, h.truth.judged[t.first], int(of.wrong-1))
	}
	pair := of.pair
	for _, one := range h.articlesWith(texts[0]) {
		for _, other := range h.articlesWith(texts[1]) {
			if ids := [2]dedup.ArticleID{min(one, other), max(one, other)}; one != other && !h.wanted[ids] {
				pair.A, pair.B = one, other
				return h.judgement(turned(pair, of.pair), Judged{}, int(of.wrong-1))
			}
		}
	}
	return h.judgement(pair, Judged{}, int(of.wrong-1))
}

// articlesWith are the articles of a text that the truth speaks of.
func (h *holder) articlesWith(text dedup.ArticleID) []dedup.ArticleID {
	articles := []dedup.ArticleID{text}
	if at, ok := slices.BinarySearchFunc(h.survey.Copies, text, func(c dedup.Copies, t dedup.ArticleID) int { return cmp.Compare(c.First, t) }); ok {
		articles = append(articles, h.survey.Copies[at].Others...)
	}
	if h.truth.everyArticle() {
		return articles
	}
	return slices.DeleteFunc(articles, func(id dedup.ArticleID) bool {
		_, named := slices.BinarySearch(h.truth.named, id)
		return !named
	})
}

// turned puts the articles of a pair in order, which has the figures of the pair of the firsts
// of its texts.
func turned(pair, of dedup.Pair) dedup.Pair {
	if pair.A < pair.B {
		return pair
	}
	pair.A, pair.B = pair.B, pair.A
	pair.AInB, pair.BInA = of.BInA, of.AInB
	pair.ShinglesA, pair.ShinglesB = of.ShinglesB, of.ShinglesA
	if pair.Difference != nil {
		d := *pair.Difference
		d.Inserted, d.Deleted, d.Changes = d.Deleted, d.Inserted, slices.Clone(d.Changes)
		for i := range d.Changes {
			c := &d.Changes[i]
			c.A, c.B, c.LineA, c.LineB = c.B, c.A, c.LineB, c.LineA
		}
		pair.Difference = &d
	}
	return pair
}

func (h *holder) lead(id dedup.ArticleID) string {
	if lead := h.survey.Leads[id]; lead != "" {
		return lead
	}
	return h.survey.Result.Articles[id].Lead
}
