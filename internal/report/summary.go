package report

import (
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A tally is one row of the summary: how many, and what they are.
type tally struct {
	label string
	count int
	about string
}

// nothing reports whether no finding was made.
func (p *printer) nothing() bool {
	s := p.Summary
	return s.Estimates+s.Exact+s.Near+s.Contained+s.Template+s.Clusters+repeats(s)+s.RepeatsExplained+s.Passages+s.PassagesExplained+s.Stories == 0
}

// summary prints the counts, one row a kind that was looked for. A kind that
// was found nowhere has its row: that is a result too.
func (p *printer) summary() {
	rows := p.gateTallies()
	if !p.nothing() {
		rows = append(p.tallies(), rows...)
	}
	if len(rows) == 0 {
		return
	}
	p.blank()
	p.line(0, paint(p.style.heading, "Summary"))
	counts := make([]string, len(rows))
	for i, row := range rows {
		counts[i] = number(row.count)
	}
	if !p.isNarrow() {
		alignRight(counts)
	}
	for i, row := range rows {
		p.tally(row, counts[i])
	}
}

// tally prints a row in three columns, or as a sentence in a narrow terminal.
func (p *printer) tally(row tally, count string) {
	if p.isNarrow() {
		p.item(entryIndent, nil, row.label+": "+count+" "+row.about)
		return
	}
	head := row.label + spaces(labelWidth-len(row.label)) + count + " "
	indent := entryIndent + len(head)
	for i, line := range wrap(row.about, p.left(indent)) {
		if i == 0 {
			p.line(entryIndent, head+line)
		} else {
			p.line(indent, line)
		}
	}
}

func (p *printer) tallies() []tally {
	var rows []tally
	for _, kind := range []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained} {
		if p.Options.Finds(kind) {
			rows = append(rows, p.pairTally(kind))
		}
	}
	if s := p.Summary; s.Template > 0 {
		rows = append(rows, tally{"template", s.Template, plural(s.Template, "pair") + " of the same sentences about something else: no copies"})
	}
	if p.findsPairs() {
		rows = append(rows, p.clusterTally())
	}
	if p.Lean {
		rows = append(rows, p.estimateTally())
	}
	if p.Options.Finds(dedup.Repeated) {
		rows = append(rows, p.repeatTally())
	}
	if p.Options.Passages > 0 {
		rows = append(rows, p.passageTally())
	}
	if p.Options.Stories == dedup.AlwaysStories || p.Summary.Stories > 0 {
		rows = append(rows, p.storyTally())
	}
	return append(rows, p.duplicateTally())
}

func (p *printer) pairTally(kind dedup.Kind) tally {
	s, o := p.Summary, p.Options
	switch kind {
	case dedup.Exact:
		return tally{"exact", s.Exact, plural(s.Exact, "pair") + " with the same words"}
	case dedup.Near:
		return tally{"near", s.Near, fmt.Sprintf("%s sharing at least %s of all their shingles (%s)",
			plural(s.Near, "pair"), percent(o.Threshold), shingle(o.ShingleSize))}
	default:
		return tally{"contained", s.Contained, fmt.Sprintf("%s with at least %s of the smaller in the larger",
			plural(s.Contained, "pair"), percent(o.Containment))}
	}
}

func (p *printer) clusterTally() tally {
	articles := 0
	for _, cluster := range p.all.Clusters {
		articles += 1 + len(cluster.Members)
	}
	about := plural(len(p.all.Clusters), "cluster")
	if articles > 0 {
		about += fmt.Sprintf(" of %s in all; %s can be removed", count(articles, "article"), number(p.removable()))
	}
	return tally{"clusters", p.Summary.Clusters, about}
}

// removable counts the articles that can be removed.
func (p *printer) removable() int {
	removable := 0
	for _, cluster := range p.all.Clusters {
		removable += removableOf(cluster)
	}
	return removable
}

func (p *printer) repeatTally() tally {
	s := p.Summary
	about := plural(repeats(s), "paragraph")
	var parts []string
	for _, part := range []struct {
		count int
		where string
	}{
		{s.RepeatsWithin, "within an article"},
		{s.RepeatsSource, "in one source"},
		{s.RepeatsAcross, p.acrossWhat()},
	} {
		if part.count > 0 {
			parts = append(parts, number(part.count)+" "+part.where)
		}
	}
	if len(parts) > 0 {
		about += ": " + strings.Join(parts, ", ")
	}
	if s.RepeatsExplained > 0 {
		about += fmt.Sprintf("; %s more, between articles of one cluster, %s not listed", number(s.RepeatsExplained), be(s.RepeatsExplained))
		if hint := p.opts.Hints.Explained; hint != "" {
			about += " (" + hint + ")"
		}
	}
	return tally{"repeats", repeats(s), about}
}

// duplicateTally says how many words are too many, and which are counted.
func (p *printer) duplicateTally() tally {
	s := p.Summary
	var where []string
	if p.findsPairs() {
		where = append(where, "removable articles")
	}
	about := fmt.Sprintf("%s of %s (%s), in ", plural(s.DuplicateWords, "word"), number(s.Words), percent(s.DuplicateShare()))
	if p.Options.Finds(dedup.Repeated) {
		where = append(where, "repeats within articles")
		return tally{"duplicate", s.DuplicateWords, about + conjunction(where) + "; paragraphs that articles share are not counted"}
	}
	return tally{"duplicate", s.DuplicateWords, about + conjunction(where)}
}

// findsPairs reports whether articles were compared as wholes.
func (p *printer) findsPairs() bool {
	o := p.Options
	return o.Finds(dedup.Exact) || o.Finds(dedup.Near) || o.Finds(dedup.Contained)
}

// shingle says what a shingle is, for whoever does not know the word.
func shingle(size int) string {
	if size == 1 {
		return "single words"
	}
	return number(size) + "-word runs"
}

// closing ends the report with what it comes to, and what to do next.
func (p *printer) closing() {
	p.blank()
	switch {
	case p.Summary.Articles == p.Summary.Empty:
		p.sentence(0, nil, "There is nothing to compare.")
	case p.nothing() && p.leftOut() > 0:
		p.sentence(0, nil, "Nothing repeats beside what was left out.")
	case p.nothing():
		p.sentence(0, nil, then("Nothing repeats: "+p.lookedFor()+" found.", p.opts.Hints.Nothing))
	default:
		p.sentence(0, nil, then(p.verdict(), p.opts.Hints.Found))
	}
	if p.hinted {
		p.sentence(0, nil, "Not everything is listed: "+p.opts.Hints.All+".")
	}
}

// verdict sums up what a cleaned corpus would be without.
func (p *printer) verdict() string {
	removable, within := p.removable(), p.Summary.RepeatsWithin
	var parts []string
	switch {
	case removable > 0:
		parts = append(parts, fmt.Sprintf("%s of %s can be removed as %s", number(removable),
			count(p.Summary.Articles, "article"), copies(removable)))
	case p.findsPairs():
		parts = append(parts, "No article can be removed as a copy")
	}
	switch {
	case within > 0:
		parts = append(parts, fmt.Sprintf("%s %s of the same article", count(within, "paragraph"), repeatOthers(within)))
	case len(parts) == 0:
		parts = append(parts, "No paragraph stands twice in one article")
	}
	return strings.Join(parts, "; ") + "."
}

// lookedFor names the kinds that were looked for, as the subject of "found".
func (p *printer) lookedFor() string {
	var kinds []string
	for _, kind := range p.Options.Kinds {
		switch kind {
		case dedup.Exact:
			kinds = append(kinds, "no exact copy")
		case dedup.Near:
			kinds = append(kinds, "no near copy")
		case dedup.Contained:
			kinds = append(kinds, "no contained article")
		case dedup.Repeated:
			kinds = append(kinds, "no repeated paragraph")
		}
	}
	if p.Options.Passages > 0 {
		kinds = append(kinds, "no passage of "+count(p.Options.Passages, "word"))
	}
	return conjunction(kinds)
}
