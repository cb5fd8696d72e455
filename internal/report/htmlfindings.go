package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// The findings go onto the page as arrays and not as objects, without their keys: of
// 50,000 that is half the file. page.js names the positions; both change together.

// writeFindings writes the block that the lists are drawn from. The articles and their
// sources come last: by then it is known which there are.
func (h *html) writeFindings(w *page.Writer) {
	w.Open("data")
	w.Raw(fmt.Sprintf(`{"shingle":%d,"marked":%d,"pairs":`, h.Options.ShingleSize, dedup.DefaultRun))
	w.List(h.pairs, func(i int) any { return h.pairRow(&h.Pairs[i]) })
	w.Raw(`,"clusters":`)
	w.List(len(h.clusters), func(i int) any { return h.clusterRow(h.clusters[i]) })
	w.Raw(`,"repeats":`)
	w.List(len(h.shared), func(i int) any { return h.repeatRow(&h.shared[i]) })
	w.Raw(`,"passages":`)
	w.List(len(h.passages), func(i int) any { return h.passageRow(&h.Passages[h.passages[i]]) })
	w.Raw(`,"elsewhere":`)
	w.List(len(h.sharers), func(i int) any { return h.elsewhereRow(h.sharers[i]) })
	w.Raw(`,"stories":`)
	w.List(len(h.stories), func(i int) any { return h.storyRow(h.stories[i]) })
	w.Raw(`,"articles":`)
	w.List(len(h.articles), func(i int) any { return h.articleRow(h.articles[i]) })
	w.Raw(`,"sources":`)
	w.List(len(h.sources), func(i int) any { return name(h.sources[i]) })
	w.Raw("}")
	w.Close()
}

// pairRow is the kind, the two articles, the similarity and the containments, the
// shingles, the position of the cluster in Clusters or -1, the label, and what differs.
func (h *html) pairRow(pair *dedup.Pair) any {
	row := []any{
		pair.Kind, h.article(pair.A), h.article(pair.B), figure(pair.Similarity), figure(pair.AInB), figure(pair.BInA),
		pair.Shared, pair.ShinglesA, pair.ShinglesB, h.sharedCluster(*pair), pair.Label,
	}
	if pair.Difference != nil {
		row = append(row, differenceRow(pair.Difference))
	}
	return row
}

// differenceRow is the counts of words, and the first changes: their kind and the two
// sides.
func differenceRow(d *dedup.Difference) any {
	changes := [][3]string{}
	for _, change := range d.Changes[:min(len(d.Changes), htmlChanges)] {
		changes = append(changes, [3]string{string(change.Kind), oneLine(change.A, " "), oneLine(change.B, " ")})
	}
	return []any{d.Same, d.Replaced, d.Inserted, d.Deleted, d.Before, d.After, d.Inside, changes}
}

// clusterRow is the position in Clusters, the representative, the least and the mean
// similarity, and the members.
func (h *html) clusterRow(at int) any {
	cluster := &h.Clusters[at]
	members := make([]any, len(cluster.Members))
	for i, member := range membersByLikeness(cluster) {
		members[i] = h.memberRow(&member)
	}
	return []any{at, h.article(cluster.Representative), figure(cluster.MinSimilarity), figure(cluster.MeanSimilarity), members}
}

// membersByLikeness returns the members in the order in which they are worth looking at:
// those that can go, those that were compared with the representative, and those that
// are joined through others, each in their order.
func membersByLikeness(cluster *dedup.Cluster) []dedup.Member {
	rank := func(m dedup.Member) int {
		switch {
		case m.Removable:
			return 0
		case m.Kind != "":
			return 1
		}
		return 2
	}
	members := slices.Clone(cluster.Members)
	slices.SortStableFunc(members, func(a, b dedup.Member) int { return cmp.Compare(rank(a), rank(b)) })
	return members
}

// memberRow is the article, the kind of its pair with the representative, their
// similarity, whether it can be removed, and its chain where it has one.
func (h *html) memberRow(member *dedup.Member) any {
	row := []any{h.article(member.Article), member.Kind, figure(member.Similarity), bit(member.Removable)}
	if len(member.Chain) > 0 {
		chain := []int{}
		for _, id := range member.Chain[:min(len(member.Chain), chainSteps+1)] {
			chain = append(chain, h.article(id))
		}
		row = append(row, chain)
	}
	return row
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// repeatRow is the class, the words, the least similarity, the text, the first places as
// article, paragraph and line, and how many places there are.
func (h *html) repeatRow(text *shared) any {
	first := &h.Repeats[text.repeats[0]]
	least := 1.0
	places := [][3]int{h.paragraphRow(text.of)}
	for _, i := range text.repeats {
		least = min(least, h.Repeats[i].Similarity)
		if len(places) < htmlPlaces {
			places = append(places, h.paragraphRow(&h.Repeats[i].At))
		}
	}
	return []any{first.Class, first.Words, figure(least), oneLine(first.Text, " "), places, 1 + len(text.repeats)}
}

func (h *html) paragraphRow(at *dedup.ParagraphPlace) [3]int {
	return [3]int{h.article(at.Article), at.Paragraph, at.Line}
}

// passageRow is the words, why it weighs nothing, the text, the first places as article,
// first and last line and whether it is quoted there, and how many places there are.
func (h *html) passageRow(passage *dedup.Passage) any {
	places := [][4]int{}
	for _, at := range passage.Places[:min(len(passage.Places), htmlPlaces)] {
		places = append(places, [4]int{h.article(at.Article), at.Line, at.EndLine, bit(at.Quoted)})
	}
	return []any{passage.Words, passage.Weightless, oneLine(passage.Text, " "), places, max(passage.Standings, len(passage.Places))}
}

// articleRow is the name, the place, the source, the words, the title or first line, the
// address where it is one of the web, and the time as it is written and in seconds.
func (h *html) articleRow(id dedup.ArticleID) any {
	article := &h.Articles[id]
	key, place := h.title(id)
	if h.onePath && article.Line > 0 {
		place = "line " + number(article.Line)
	}
	row := []any{key, place, h.source(article.Source), article.Words, articleTitle(article)}
	address, said, seconds := "", "", any(nil)
	if meta := article.Meta; meta != nil {
		if isWeb(meta.URL) {
			address = Harmless(meta.URL)
		}
		if !meta.Published.IsZero() {
			said, seconds = when(meta.Published), meta.Published.Unix()
		}
	}
	return append(row, address, said, seconds)
}

// elsewhereRow is an article, how many of its words stand in others, the one with which
// it shares most, itself for none, and how many words that is.
func (h *html) elsewhereRow(id dedup.ArticleID) any {
	elsewhere := h.Articles[id].Elsewhere
	return [4]int{h.article(id), elsewhere.Words, h.article(elsewhere.Partner), elsewhere.PartnerWords}
}

// sharers returns the articles of which something stands in others, by the share of
// their words that does, as many as the page lists, and how many there are.
func sharers(result *dedup.Result) (listed []dedup.ArticleID, all int) {
	var ids []dedup.ArticleID
	for id := range result.Articles {
		if result.Articles[id].Elsewhere != nil {
			ids = append(ids, dedup.ArticleID(id))
		}
	}
	slices.SortStableFunc(ids, func(a, b dedup.ArticleID) int {
		return cmp.Compare(result.Articles[b].ElsewhereShare(), result.Articles[a].ElsewhereShare())
	})
	return ids[:min(len(ids), htmlFindings)], len(ids)
}

// isWeb reports whether an address may be followed from the page: others, such as
// javascript:, are only told.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}
