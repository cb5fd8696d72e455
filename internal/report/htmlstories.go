package report

import (
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// storyRow is the position in Stories, that of the member which the others are laid beside,
// the score, whether all are of one source, the members, and what they share.
func (h *html) storyRow(at int) any {
	story := &h.Stories[at]
	members := make([]any, len(story.Members))
	position := make(map[dedup.ArticleID]int, len(story.Members))
	for i, member := range story.Members {
		members[i] = [5]any{h.article(member.Article), figure(member.Fit), bit(member.Weak), bit(member.Degree == dedup.OneSource), len(member.Copies)}
		position[member.Article] = i
	}
	evidence := make([]any, len(story.Evidence))
	for i := range story.Evidence {
		evidence[i] = evidenceOf(&story.Evidence[i], position)
	}
	return []any{at, h.firstOfStory(story), figure(story.Score), bit(story.Degree == dedup.OneSource), members, evidence}
}

// evidenceOf is the kind, the text, the words, the share of the score, and the positions of the
// members that have it.
func evidenceOf(evidence *dedup.StoryEvidence, position map[dedup.ArticleID]int) any {
	var in []int
	for _, id := range evidence.Members {
		in = append(in, position[id])
	}
	return []any{evidence.Kind, oneLine(evidence.Text, " "), evidence.Words, figure(evidence.Share), in}
}

// stories lists the largest.
func (m *markdown) stories() {
	n := len(m.Stories)
	m.list("Stories in other words: "+number(n)+m.choice(n, "largest"), n, largest(n, m.listed(n), func(i int) int { return len(m.Stories[i].Members) }), m.story)
}

// story lists the members, the earliest first, and what the first finding says that they share.
func (m *markdown) story(i int) []string {
	story := &m.Stories[i]
	lines := []string{fmt.Sprintf("- %s%s; score %s; %s", count(len(story.Members), "article"), spread(m.StorySpread(story)), hundredths(story.Score), degree(story))}
	listed := min(len(story.Members), markdownMembers)
	for _, member := range story.Members[:listed] {
		lines = append(lines, "  - "+m.titled(member.Article))
	}
	if left := len(story.Members) - listed; left > 0 {
		lines = append(lines, "  - and "+number(left)+" more")
	}
	if at := slices.IndexFunc(story.Evidence, func(e dedup.StoryEvidence) bool { return e.Kind == dedup.SharedQuote || e.Kind == dedup.SharedPassage }); at >= 0 {
		evidence := &story.Evidence[at]
		lines = append(lines, fmt.Sprintf("  - %s in %s of them: %s", evidence.Kind, number(len(evidence.Members)), code(shorten(oneLine(evidence.Text, " "), markdownText))))
	}
	return lines
}
