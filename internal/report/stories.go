package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// storiesNote says what a story is not.
const storiesNote = "A story is told from the words that articles share, more those of its opening and its names; of two articles of one story, these words cannot say whether one was written from the other."

// stories prints the articles that tell one event.
func (p *printer) stories() {
	n := len(p.Stories)
	if n == 0 {
		return
	}
	p.heading("Stories", number(n)+p.choice(n, "largest"))
	chosen := p.chosen(n, func(i int) int { return len(p.Stories[i].Members) })
	for rank, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.story(rank+1, &p.Stories[i])
	}
	if left := n - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
	p.blank()
	p.sentence(0, p.style.dim, storiesNote)
}

// story prints one: its members, the earliest first, and what they share.
func (p *printer) story(rank int, story *dedup.Story) {
	p.item(entryIndent, p.style.heading, fmt.Sprintf("Story %s: %s%s; score %s; %s",
		number(rank), count(len(story.Members), "article"), spread(p.StorySpread(story)), hundredths(story.Score), degree(story)))
	first, above := story.Members[0].Article, ""
	listed := p.listed(len(story.Members))
	for i := range story.Members[:listed] {
		if p.failed() {
			return
		}
		above = p.storyMember(first, &story.Members[i], above)
	}
	p.more(entryIndent, len(story.Members)-listed)
	p.storyEvidence(story)
}

// degree says how sure it is that the articles of a story belong together.
func degree(story *dedup.Story) string {
	sure := 0
	for _, member := range story.Members {
		if member.Degree == dedup.OneSource {
			sure++
		}
	}
	switch sure {
	case 0:
		return "same story"
	case len(story.Members):
		return "same source: " + map[bool]string{true: "both", false: "all"}[sure == 2] + " share quotes or passages"
	}
	return fmt.Sprintf("same story; %s of them share quotes or passages", number(sure))
}

// storyMember prints a member, and returns the line of its first words.
func (p *printer) storyMember(first dedup.ArticleID, member *dedup.StoryMember, above string) string {
	label, style := "", p.style.keep
	said := "fit " + hundredths(member.Fit)
	relation := p.Relation(first, member.Article)
	switch {
	case member.Weak:
		label, style = "weak", p.style.warn
	case relation.Timed && member.Article == first:
		label = "first"
	case relation.Timed:
		label, style = "later", nil
	}
	if relation.Timed && member.Article != first {
		if relation.Apart == 0 && label == "later" {
			label = "same time"
		}
		said += ", " + p.apart(first, member.Article)
	}
	if copies := len(member.Copies); copies > 0 {
		said += fmt.Sprintf("; stands for %s in its cluster", count(copies, "more article"))
	}
	p.entry(label, style, member.Article)
	p.about(member.Article)
	p.sentence(p.body(), nil, said)
	if line := p.lead(member.Article, above); line != "" {
		return line
	}
	return above
}

// evidenceRows are the kinds of evidence that are listed one beside the other,
// what they are called, and what is said of them; the others have a line each.
var evidenceRows = []struct {
	kind          dedup.EvidenceKind
	label, before string
}{{dedup.SharedNumber, "numbers", ""}, {dedup.SharedName, "names", ""}, {dedup.SharedTerm, "words", "of the score: "}}

// storyEvidence prints what the members share.
func (p *printer) storyEvidence(story *dedup.Story) {
	if len(story.Members) > dedup.EvidenceMembers {
		p.sentence(p.body(), p.style.dim, fmt.Sprintf("What they share was looked for in the %d that fit best.", dedup.EvidenceMembers))
	}
	for _, evidence := range story.Evidence {
		if evidence.Kind == dedup.SharedQuote || evidence.Kind == dedup.SharedPassage {
			p.evidenceRow(string(evidence.Kind), fmt.Sprintf("%s in %s:", count(evidence.Words, "word"), p.holders(story, &evidence)))
			p.paragraph(p.body(), evidence.Text)
		}
	}
	p.evidenceRows(story.Evidence, len(story.Members))
}

// evidenceRows prints the kinds that are listed one beside the other, of so many articles.
func (p *printer) evidenceRows(all []dedup.StoryEvidence, articles int) {
	for _, row := range evidenceRows {
		var parts []string
		for _, evidence := range all {
			if evidence.Kind != row.kind {
				continue
			}
			part := oneLine(evidence.Text, " ")
			if evidence.Share > 0 {
				part += fmt.Sprintf(" %.0f %%", 100*evidence.Share)
			} else if len(evidence.Members) < articles {
				part += fmt.Sprintf(" (%s)", number(len(evidence.Members)))
			}
			parts = append(parts, part)
		}
		if len(parts) > 0 {
			p.evidenceRow(row.label, row.before+strings.Join(parts, ", "))
		}
	}
}

// holders says which members have a piece of evidence.
func (p *printer) holders(story *dedup.Story, evidence *dedup.StoryEvidence) string {
	switch n := len(evidence.Members); {
	case n == len(story.Members) && n > 2:
		return "all " + number(n)
	case n > 2:
		return fmt.Sprintf("%s of %s", number(n), number(len(story.Members)))
	case len(story.Members) == 2:
		return "both"
	}
	return p.called(evidence.Members[0]) + " and " + p.called(evidence.Members[1])
}

// evidenceRow prints a sentence behind a label.
func (p *printer) evidenceRow(label, sentence string) {
	indent := p.body()
	if p.isNarrow() {
		p.line(entryIndent, paint(p.style.dim, label))
	} else {
		label = spaces(entryIndent) + paint(p.style.dim, label) + spaces(labelWidth-len(label))
	}
	for i, line := range wrap(sentence, p.left(indent)) {
		if i == 0 && !p.isNarrow() {
			p.line(0, label+line)
		} else {
			p.line(indent, line)
		}
	}
}

// story says of two articles that are no pair whether they tell one event. The quotes and
// passages that they share are listed with all passages.
func (x *explainer) story() {
	x.blank()
	said := "no: "
	switch {
	case x.Story.Degree != "":
		said = string(x.Story.Degree) + ": "
	case x.Story.Score >= dedup.LeastStoryScore:
		said = "no: nothing but the score speaks for it, "
	}
	said += fmt.Sprintf("score %s; a scan asks for %s, on the mean of all members", hundredths(x.Story.Score), hundredths(dedup.LeastStoryScore))
	if window := int64(x.Options.StoryWindow.Seconds()); window > 0 && x.Story.Degree != "" {
		if relation := x.Relation(0, 1); relation.Timed && max(relation.Apart, -relation.Apart) > window {
			said += ", and that they are published within " + storyWindow(x.Options) + ", which these are not"
		}
	}
	x.line(0, paint(x.style.heading, "One story"))
	x.item(entryIndent, nil, said)
	if x.Story.Score >= dedup.LeastStoryScore {
		x.evidenceRows(x.Story.Evidence, 2)
	}
}

// storyWindow says how far apart the articles of a story are published at most.
func storyWindow(o dedup.Options) string {
	if o.StoryWindow == 0 {
		return "any time"
	}
	return strconv.FormatFloat(o.StoryWindow.Hours(), 'f', -1, 64) + " h"
}

// storyTally is the row of the summary.
func (p *printer) storyTally() tally {
	s := p.Summary
	about := plural(s.Stories, "story")
	if s.Stories > 0 {
		about += fmt.Sprintf(" told by %s in other words", count(s.StoryArticles, "article"))
	}
	return tally{"stories", s.Stories, about}
}

// hundredths writes a score, which is no share of anything.
func hundredths(score float64) string { return strconv.FormatFloat(score, 'f', 2, 64) }
