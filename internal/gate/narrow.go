package gate

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// narrow makes the Result of the review: what is ignored or outside is counted and
// left out.
func (r *Review) narrow(rules *Rules, whole *dedup.Result, m *matching) {
	result := *whole
	r.Result = &result
	touches := func(_, _ dedup.ArticleID) bool { return true }
	if rules.Only != nil {
		r.named, r.Named = rules.Only.articles(whole.Articles)
		touches = func(a, b dedup.ArticleID) bool { return r.named[a] || r.named[b] }
	}
	n := &narrowing{review: r, matching: m, ignores: newIgnores(rules), touches: touches, roles: make([]role, len(whole.Articles))}
	result.Pairs = n.pairs(whole.Pairs)
	result.Repeats = n.repeats(whole.Repeats, len(whole.Pairs))
	result.Passages = n.passages(whole.Passages)
	result.Stories = n.stories(whole.Stories)
	r.Idle = n.ignores.idle(rules, whole.Options)
	if rules.Only != nil {
		result.Articles = r.withoutElsewhere(whole.Articles)
	}
	if r.Ignored.Findings()+r.Outside.Findings() == 0 {
		return
	}
	result.Clusters = n.clusters(whole.Clusters)
	result.Count()
}

type narrowing struct {
	review   *Review
	matching *matching // nil without a baseline
	ignores  *ignores
	touches  func(a, b dedup.ArticleID) bool

	roles []role // by article
}

// A role is what pairs say of an article, as a set.
type role uint8

const (
	spared role = 1 << iota // in a pair that is ignored
	paired                  // in a pair that is not
	kept                    // in a pair that is left
)

func (n *narrowing) note(pair *dedup.Pair, is role) {
	n.roles[pair.A] |= is
	n.roles[pair.B] |= is
}

func (n *narrowing) pairs(pairs []dedup.Pair) []dedup.Pair {
	left := pairs[:0:0]
	for i := range pairs {
		pair := &pairs[i]
		if n.ignores.pair(pair) {
			n.review.Ignored.Pairs++
			n.note(pair, spared)
			continue
		}
		n.note(pair, paired)
		if !n.touches(pair.A, pair.B) {
			n.review.Outside.Pairs++
			continue
		}
		n.note(pair, kept)
		left = keep(left, pairs, i)
		n.review.pairsIn = n.entry(n.review.pairsIn, i)
	}
	return left
}

func (n *narrowing) repeats(repeats []dedup.Repeat, before int) []dedup.Repeat {
	left := repeats[:0:0]
	for i := range repeats {
		repeat := &repeats[i]
		switch {
		case n.ignores.repeat(repeat):
			n.review.Ignored.Repeats++
		case !n.touches(repeat.At.Article, repeat.Of.Article):
			n.review.Outside.Repeats++
		default:
			left = keep(left, repeats, i)
			n.review.repeatsIn = n.entry(n.review.repeatsIn, before+i)
		}
	}
	return left
}

// passages are ignored by their fingerprints alone.
func (n *narrowing) passages(passages []dedup.Passage) []dedup.Passage {
	left := passages[:0:0]
	for i := range passages {
		touches := func(at dedup.PassagePlace) bool { return n.touches(at.Article, at.Article) }
		switch {
		case n.ignores.has(passages[i].Fingerprint):
			n.review.Ignored.Passages++
		case !slices.ContainsFunc(passages[i].Places, touches):
			n.review.Outside.Passages++
		default:
			left = keep(left, passages, i)
		}
	}
	return left
}

// stories are ignored by their fingerprints alone, as passages are.
func (n *narrowing) stories(stories []dedup.Story) []dedup.Story {
	left := stories[:0:0]
	for i := range stories {
		touches := func(member dedup.StoryMember) bool { return n.touches(member.Article, member.Article) }
		switch {
		case n.ignores.has(stories[i].Fingerprint):
			n.review.Ignored.Stories++
		case !slices.ContainsFunc(stories[i].Members, touches):
			n.review.Outside.Stories++
		default:
			left = keep(left, stories, i)
		}
	}
	return left
}

// withoutElsewhere returns the articles, those that were not asked about without what is
// said of their words.
func (r *Review) withoutElsewhere(articles []dedup.ArticleInfo) []dedup.ArticleInfo {
	if !slices.ContainsFunc(articles, func(a dedup.ArticleInfo) bool { return a.Elsewhere != nil }) {
		return articles
	}
	articles = slices.Clone(articles)
	for i := range articles {
		if !r.named[i] {
			articles[i].Elsewhere = nil
		}
	}
	return articles
}

// keep appends the finding at a position to those that are left. While none has been
// left out those are the first ones of all, and nothing is copied; all stay as they are.
func keep[T any](left, all []T, i int) []T {
	if len(left) == i {
		return all[: i+1 : i+1]
	}
	return append(left, all[i])
}

// entry appends the entry of a finding, if there is a baseline.
func (n *narrowing) entry(entries []int32, finding int) []int32 {
	if n.matching == nil {
		return nil
	}
	return append(entries, n.matching.entryOf[finding])
}

// clusters returns those in which a pair is kept, without the members that are in
// ignored pairs alone. The least and the mean similarity stay those of all pairs.
func (n *narrowing) clusters(clusters []dedup.Cluster) []dedup.Cluster {
	var left []dedup.Cluster
	for _, cluster := range clusters {
		isKept := func(m dedup.Member) bool { return n.roles[m.Article]&kept != 0 }
		if n.roles[cluster.Representative]&kept == 0 && !slices.ContainsFunc(cluster.Members, isKept) {
			continue
		}
		isSpared := func(m dedup.Member) bool { return n.roles[m.Article]&(spared|paired) == spared }
		if slices.ContainsFunc(cluster.Members, isSpared) {
			cluster.Members = slices.DeleteFunc(slices.Clone(cluster.Members), isSpared)
		}
		if len(cluster.Members) > 0 {
			left = append(left, cluster)
		}
	}
	return left
}
