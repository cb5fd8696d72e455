package report

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// maxMarkdown bounds the bytes of the Markdown report. GitHub refuses a comment of
// more than 65,536 characters; what is left serves whoever puts words of his own
// around the report.
const maxMarkdown = 60_000

// What the Markdown report lists of each kind, and of a cluster: a comment is read in
// a minute.
const (
	markdownFindings = 10
	markdownMembers  = 6
	markdownText     = 160 // columns of a paragraph
)

// writeMarkdown writes a summary for a comment below a pull request: the figures, and
// the largest findings of each kind. Words of the corpus stand in code spans, inside
// which neither links nor images, HTML, mentions nor references are read.
func writeMarkdown(out *bufio.Writer, result *dedup.Result, opts Options) error {
	m := &markdown{room: maxMarkdown}
	m.printer = newLister(result, opts)
	m.onePath = onePath(result)
	if m.opts.Limit <= 0 || m.opts.Limit > markdownFindings {
		m.opts.Limit = markdownFindings
	}
	for _, section := range []func(){m.head, m.summary, m.checks, m.clusters, m.otherPairs, m.repeatsWithin, m.repeatsShared, m.passages, m.stories, m.problems, m.notes} {
		section()
	}
	_, err := out.WriteString(m.text.String())
	return err
}

// A markdown collects blocks of lines as long as there is room for them.
type markdown struct {
	printer
	text    strings.Builder
	room    int
	onePath bool // all articles are of one file, which the head names
}

// block adds a block, all of it or nothing, and reports whether there was room.
func (m *markdown) block(lines ...string) bool {
	block := strings.Join(lines, "\n") + "\n"
	if len(block) > m.room {
		return false
	}
	m.room -= len(block)
	m.text.WriteString(block)
	return true
}

func (m *markdown) head() {
	verdict := "Nothing repeats: " + m.lookedFor() + " found."
	switch {
	case m.Summary.Articles == m.Summary.Empty:
		verdict = "There is nothing to compare."
	case m.nothing() && m.leftOut() > 0:
		verdict = "Nothing repeats beside what was left out."
	case !m.nothing():
		verdict = m.verdict()
	}
	m.block("**newsdedup:** "+verdict, "")
	if s := m.Summary; s.Articles > 0 {
		m.block(fmt.Sprintf("Read %s, %s, %s from %s.", count(s.Articles, "article"), count(s.Words, "word"), size(s.Bytes), m.source()), "")
	}
}

// source names the input, or counts the files.
func (m *markdown) source() string {
	if !m.onePath {
		return m.inputs()
	}
	return code(name(m.Articles[0].Path))
}

// onePath reports whether all articles are of one file.
func onePath(result *dedup.Result) bool {
	return !slices.ContainsFunc(result.Articles, func(a dedup.ArticleInfo) bool { return a.Path != result.Articles[0].Path })
}

func (m *markdown) summary() {
	rows := m.gateTallies()
	if !m.nothing() {
		rows = append(m.tallies(), rows...)
	}
	if len(rows) == 0 {
		return
	}
	lines := []string{"| Finding | How many | What they are |", "|---|---:|---|"}
	for _, row := range rows {
		lines = append(lines, fmt.Sprintf("| %s | %s | %s |", row.label, number(row.count), row.about))
	}
	m.block(append(lines, "")...)
}

// checks lists what a gate asked for, and what came of it.
func (m *markdown) checks() {
	title, lines := "Gate passed", []string{}
	for _, check := range m.opts.Review.Checks {
		said := "met"
		if check.Missed {
			title, said = "Gate failed", "**missed**"
		}
		lines = append(lines, "- "+said+": "+DescribeCheck(check, m.opts.Review))
	}
	if len(lines) > 0 {
		m.block(append([]string{"#### " + title, ""}, append(lines, "")...)...)
	}
}

// list adds a heading and items, and says how many of the total are not there.
func (m *markdown) list(title string, total int, items []int, item func(int) []string) {
	if total == 0 || !m.block("#### "+title, "") {
		return
	}
	listed := 0
	for _, i := range items {
		if !m.block(item(i)...) {
			break
		}
		listed++
	}
	if left := total - listed; left > 0 {
		m.block("", fmt.Sprintf("%s more %s not listed.", number(left), be(left)))
	}
	m.block("")
}

func (m *markdown) clusters() {
	n := len(m.Clusters)
	m.list(m.newTitle("Clusters")+": "+number(n)+m.choice(n, "largest"), n, largest(n, m.listed(n), func(i int) int { return len(m.Clusters[i].Members) }), m.cluster)
}

func (m *markdown) cluster(i int) []string {
	cluster := &m.Clusters[i]
	lines := []string{
		fmt.Sprintf("- %s%s, %s can be removed", count(len(cluster.Members)+1, "article"), m.spread(cluster), number(removableOf(*cluster))),
		"  - keep: " + m.titled(cluster.Representative),
	}
	listed := min(len(cluster.Members), markdownMembers)
	for _, member := range cluster.Members[:listed] {
		lines = append(lines, "  - "+m.likenessOf(cluster.Representative, &member)+": "+m.article(member.Article))
	}
	if left := len(cluster.Members) - listed; left > 0 {
		lines = append(lines, "  - and "+number(left)+" more")
	}
	return lines
}

// likenessOf says how a member is like the article to keep, without a name.
func (m *markdown) likenessOf(representative dedup.ArticleID, member *dedup.Member) string {
	label, _ := m.likeness(representative, *member)
	pair, found := m.pairOf(m.firstOf[representative], m.firstOf[member.Article])
	switch {
	case member.Kind == "":
		return "joined through others, to be kept too"
	case found && member.Kind == dedup.Near:
		label = percent(pair.Similarity) + " alike"
	case found && member.Kind == dedup.Contained:
		share := pair.AInB
		if smaller(pair) == pair.B {
			share = pair.BInA
		}
		if label += ", " + percent(share); !m.isContained(pair, m.firstOf[member.Article]) {
			label = "longer, holds " + percent(share) + " of the one to keep"
		}
	}
	if found && pair.Label != "" && member.Kind != dedup.Exact {
		label += " (" + string(pair.Label) + ")"
	}
	if !member.Removable {
		label += ", to be kept too"
	}
	return label
}

// article names an article and its place in code spans.
func (m *markdown) article(id dedup.ArticleID) string {
	key, place := m.title(id)
	switch {
	case key == "":
		return code(place)
	case m.onePath && m.Articles[id].Line > 0:
		return code(key) + " (line " + number(m.Articles[id].Line) + ")"
	}
	return code(key) + " (" + code(place) + ")"
}

// titled is an article with its title or its first words behind its name.
func (m *markdown) titled(id dedup.ArticleID) string {
	if title := code(articleTitle(&m.Articles[id])); title != "" {
		return m.article(id) + ": " + title
	}
	return m.article(id)
}

// otherPairs lists the pairs whose articles no cluster joins: templates last, since
// they are no copies.
func (m *markdown) otherPairs() {
	var others, templates []int
	for i := range m.Pairs {
		switch pair := m.Pairs[i]; {
		case pair.Kind == dedup.Template:
			templates = append(templates, i)
		case m.sharedCluster(pair) < 0:
			others = append(others, i)
		}
	}
	for _, list := range []struct {
		title string
		pairs []int
	}{{m.newTitle("Pairs outside the clusters") + ": ", others}, {"Templates, which are no copies: ", templates}} {
		n := len(list.pairs)
		m.list(list.title+count(n, "pair")+m.choice(n, "first"), n, list.pairs[:m.listed(n)], m.pair)
	}
}

func (m *markdown) pair(i int) []string {
	pair := &m.Pairs[i]
	first, second, said := pair.A, pair.B, percent(pair.Similarity)+" alike"
	if pair.Kind == dedup.Contained {
		if smaller(*pair) == pair.B {
			first, second = second, first
		}
		said = percent(max(pair.AInB, pair.BInA)) + " of the first stands in the second"
	}
	return []string{fmt.Sprintf("- %s and %s: %s", m.article(first), m.article(second), said)}
}

func (m *markdown) repeatsWithin() {
	articles := m.repeatingArticles()
	n := len(articles)
	m.list(m.newTitle("Repeated within an article")+": "+count(n, "article")+m.choice(n, "largest"), n,
		largest(n, m.listed(n), func(i int) int { return articles[i].words }), func(i int) []string {
			repeating := articles[i]
			id := m.Repeats[repeating.first].At.Article
			return []string{fmt.Sprintf("- %s: %s, %s", m.article(id), count(int(repeating.paragraphs), "paragraph"), count(repeating.words, "word"))}
		})
}

// repeatsShared lists the paragraphs that stand in several articles, of one source or
// across sources, by their reach.
func (m *markdown) repeatsShared() {
	texts := append(m.sharedTexts(dedup.Source), m.sharedTexts(dedup.Across)...)
	n := len(texts)
	m.list(m.newTitle("Repeated in several articles")+": "+count(n, "paragraph")+m.choice(n, "largest (words × places)"), n,
		largest(n, m.listed(n), func(i int) int { return m.reach(texts[i]) }), func(i int) []string {
			repeat := &m.Repeats[texts[i].repeats[0]]
			where := m.acrossWhat()
			if repeat.Class == dedup.Source {
				where = "in one source"
			}
			text := shorten(oneLine(repeat.Text, " "), markdownText)
			return []string{fmt.Sprintf("- %s: %s, at %s %s, first %s", cmp.Or(code(text), "a paragraph"), count(repeat.Words, "word"),
				count(1+len(texts[i].repeats), "place"), where, m.article(texts[i].of.Article))}
		})
}

// passages lists the runs of words that stand again, those that are no evidence last.
func (m *markdown) passages() {
	n := len(m.Passages)
	chosen := m.chosenPassages()
	title := "Shared passages: " + number(n)
	if len(chosen) < n {
		title += fmt.Sprintf("; only %s of the largest (words × places) are listed", number(len(chosen)))
	}
	m.list(title, n, chosen, func(i int) []string {
		passage := &m.Passages[i]
		said := passageSentence(passage)
		if slices.ContainsFunc(passage.Places, func(at dedup.PassagePlace) bool { return at.Quoted }) {
			said += "; a quote"
		}
		return []string{fmt.Sprintf("- %s: %s; first %s", cmp.Or(code(shorten(oneLine(passage.Text, " "), markdownText)), "a passage"),
			said, m.article(passage.Places[0].Article))}
	})
}

func (m *markdown) problems() {
	total := max(m.Summary.Problems, len(m.Problems))
	listed := make([]int, m.listed(len(m.Problems)))
	for i := range listed {
		listed[i] = i
	}
	m.list("Problems in the input: "+number(total), total, listed, func(i int) []string {
		problem := &m.Problems[i]
		return []string{"- " + code(location(problem.Path, problem.Line)) + ": " + code(shorten(oneLine(problem.Message, " "), markdownText))}
	})
}

func (m *markdown) notes() {
	for _, note := range append(m.misses(), m.passagesNote()) {
		if note != "" {
			m.block(note, "")
		}
	}
}

// code puts harmless text into a code span: behind as many backquotes as stand nowhere
// in it. A code span begins and ends with a backquote of its own behind a space, and
// those spaces are not part of it. Of nothing, nothing is made.
func code(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " "
	}
	return fence + text + fence
}
