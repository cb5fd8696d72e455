package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// passages prints the runs of words that stand again, the one of the widest reach first,
// and last those that say nothing of two articles.
func (p *printer) passages() {
	total := len(p.Passages)
	if total == 0 {
		return
	}
	standings := 0
	for i := range p.Passages {
		standings += p.Passages[i].Standings
	}
	chosen := p.chosenPassages()
	about := p.choice(total, "largest (words × places)")
	if listed := p.listed(total); 1 < listed && listed < total {
		about = "; only the largest (words × places) are listed, none of which lies mostly in another"
	}
	p.heading("Passages", fmt.Sprintf("%s of words, %s%s", count(total, "run"), count(standings, "place"), about))
	for _, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.passage(&p.Passages[i])
	}
	if left := total - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
	if note := p.passagesNote(); note != "" {
		p.blank()
		p.sentence(0, p.style.dim, note)
	}
}

// passagesNote says of which passages places are missing, "" where none is.
func (p *printer) passagesNote() string {
	bounded := p.Summary.PassagesBounded
	if bounded == 0 {
		return ""
	}
	return fmt.Sprintf("%s among others so often that not all places of %s are listed.", lie(bounded), them(bounded))
}

// chosenPassages are the passages that are printed: where not all are, the largest, but
// for those that lie mostly in one before, in one of their first places. Texts that are
// alike share runs of every length, one inside the other, and one of them shows what they are.
func (p *printer) chosenPassages() (chosen []int) {
	const (
		tried    = 50  // for each that is listed
		compared = 100 // of the largest that are listed: more would be the square of a great limit
	)
	total, listed := len(p.Passages), p.listed(len(p.Passages))
	inside := func(i int) bool {
		return slices.ContainsFunc(chosen[:min(len(chosen), compared)], func(other int) bool { return mostlyIn(&p.Passages[i], &p.Passages[other]) })
	}
	for _, i := range largest(total, min(total, tried*listed), func(i int) int { return weight(&p.Passages[i]) }) {
		if len(chosen) == listed {
			break
		}
		if listed == total || !inside(i) {
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// mostlyIn reports whether more than half of the shorter of two passages stands in the longer one,
// at one of the first places of the one.
func mostlyIn(passage, other *dedup.Passage) bool {
	for _, at := range passage.Places[:min(fewPlaces, len(passage.Places))] {
		start, _ := slices.BinarySearchFunc(other.Places, at, func(a, b dedup.PassagePlace) int {
			return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.End, b.Start+1))
		})
		for _, beside := range other.Places[start:] {
			if beside.Article != at.Article || beside.Start >= at.End {
				break
			}
			if common := min(at.End, beside.End) - max(at.Start, beside.Start); 2*common > min(at.End-at.Start, beside.End-beside.Start) {
				return true
			}
		}
	}
	return false
}

// weight is how many words of the corpus a passage makes up; of those that are no evidence it is
// less than nothing.
func weight(passage *dedup.Passage) int {
	if passage.Weightless != "" {
		return -1
	}
	return passage.Words * passage.Standings
}

func (p *printer) passage(passage *dedup.Passage) {
	p.paragraph(entryIndent, passage.Text)
	p.sentence(2*entryIndent, nil, passageSentence(passage))
	listed := p.listed(len(passage.Places))
	if p.opts.Limit > 0 {
		listed = min(listed, fewPlaces)
	}
	for i := range passage.Places[:listed] {
		at := &passage.Places[i]
		key, _ := p.title(at.Article)
		place := location(p.Articles[at.Article].Path, at.Line)
		if at.EndLine > at.Line {
			place += fmt.Sprintf("–%d", at.EndLine)
		}
		if at.Quoted {
			place += ", quoted"
		}
		if p.Articles[at.Article].Earlier {
			place += inTheIndex
		}
		p.titled(spaces(2*entryIndent), 2*entryIndent, key, place)
	}
	p.more(2*entryIndent, passage.Standings-listed)
}

func passageSentence(passage *dedup.Passage) string {
	said := fmt.Sprintf("%s, in %s", count(passage.Words, "word"), count(passage.Standings, "place"))
	switch passage.Weightless {
	case dedup.Common:
		said += "; so many articles have it that it says nothing of any two"
	case dedup.NamesOnly:
		said += "; names and numbers alone, which say nothing of two articles"
	}
	return said
}

// elsewhere prints the articles of which the most stands in others, but for those that
// a cluster tells of.
func (p *printer) elsewhere() {
	var articles []dedup.ArticleID
	for id := range p.Articles {
		if p.tellsElsewhere(dedup.ArticleID(id)) {
			articles = append(articles, dedup.ArticleID(id))
		}
	}
	if len(articles) == 0 {
		return
	}
	p.heading("Words that stand elsewhere", fmt.Sprintf("in passages of %s%s", count(len(articles), "article"),
		p.choice(len(articles), "largest (share)")))
	chosen := largest(len(articles), p.listed(len(articles)), func(i int) int {
		return int(1e6 * p.Articles[articles[i]].ElsewhereShare())
	})
	for _, i := range chosen {
		if p.failed() {
			return
		}
		p.blank()
		p.elsewhereOf(articles[i])
	}
	if left := len(articles) - len(chosen); left > 0 {
		p.blank()
		p.more(0, left)
	}
}

func (p *printer) tellsElsewhere(id dedup.ArticleID) bool {
	e := p.Articles[id].Elsewhere
	return e != nil && (p.anyCluster[id] < 0 || p.anyCluster[id] != p.anyCluster[e.Partner])
}

func (p *printer) elsewhereOf(id dedup.ArticleID) {
	article := &p.Articles[id]
	e := article.Elsewhere
	key, place := p.title(id)
	p.titled(spaces(entryIndent), entryIndent, key, place)
	said := fmt.Sprintf("%s of its words (%s of %s) stand in other articles", percent(article.ElsewhereShare()), number(e.Words), number(article.Words))
	switch {
	case e.Partner == id:
	case e.PartnerWords == e.Words:
		said = fmt.Sprintf("%s of its words (%s of %s) stand in %s", percent(article.ElsewhereShare()), number(e.Words), number(article.Words), p.called(e.Partner))
	default:
		said += fmt.Sprintf(", %s in %s", number(e.PartnerWords), p.called(e.Partner))
	}
	p.sentence(2*entryIndent, nil, said)
}

// passageTally says how many passages there are.
func (p *printer) passageTally() tally {
	s := p.Summary
	about := fmt.Sprintf("%s of at least %s that %s again", plural(s.Passages, "run"), count(p.Options.Passages, "word"), standVerb(s.Passages))
	if s.PassagesExplained > 0 {
		about += fmt.Sprintf("; %s more, in articles of one cluster alone, %s not listed", number(s.PassagesExplained), be(s.PassagesExplained))
	}
	return tally{"passages", s.Passages, about}
}

func standVerb(n int) string {
	if n == 1 {
		return "stands"
	}
	return "stand"
}

func lie(n int) string {
	if n == 1 {
		return "1 passage lies"
	}
	return number(n) + " passages lie"
}
