package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// about prints what the corpus says of an article beside its name, on one line
// below it; nothing where it says nothing.
func (p *printer) about(id dedup.ArticleID) {
	article := &p.Articles[id]
	if article.Meta == nil {
		return
	}
	var parts []string
	for _, part := range []string{article.Source, when(article.Meta.Published), article.Meta.Title} {
		if part != "" {
			parts = append(parts, oneLine(part, " "))
		}
	}
	if address := article.Meta.URL; address != "" && address != article.Key {
		parts = append(parts, oneLine(address, " "))
	}
	if len(parts) == 0 {
		return
	}
	columns := p.left(p.body())
	if columns == 0 {
		columns = pipeWidth - p.body()
	}
	p.line(p.body(), paint(p.style.dim, shorten(strings.Join(parts, " · "), columns)))
}

// when writes a time, to the minute; one at midnight is mostly a day alone.
func when(at time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case isDay(at):
		return at.Format(time.DateOnly)
	default:
		return at.Format("2006-01-02 15:04")
	}
}

func isDay(at time.Time) bool { return at.Equal(at.Truncate(24 * time.Hour)) }

// relation says how the second article stands to the first one beside its
// text, in words that follow a semicolon; "" where nothing is known.
func (p *printer) relation(first, second dedup.ArticleID) string {
	relation := p.Relation(first, second)
	var said []string
	switch relation.Sources {
	case dedup.SameSource:
		said = append(said, "the same source")
	case dedup.AcrossSources:
		said = append(said, "another source")
	}
	if relation.Timed {
		said = append(said, p.apart(first, second))
	}
	if len(said) == 0 {
		return ""
	}
	return "; " + strings.Join(said, ", ")
}

func (p *printer) apart(first, second dedup.ArticleID) string {
	from, to := p.Articles[first].Published(), p.Articles[second].Published()
	switch {
	case !from.Equal(to):
		return apart(from, to, " earlier", " later")
	case isDay(from):
		return "the same day"
	default:
		return "at the same time"
	}
}

// year is the mean one, of 365.2425 days.
const year = 365*24*time.Hour + 349*time.Minute

// apart says how far a time is from another, in words.
func apart(from, to time.Time, earlier, later string) string {
	direction := later
	if to.Before(from) {
		from, to, direction = to, from, earlier
	}
	if years := int(to.Sub(from) / year); years >= 2 {
		return count(years, "year") + direction
	}
	return strings.TrimSpace(humanize.RelTime(from, to, "", "")) + direction
}

// spread says where the articles of a cluster come from, in words that follow
// its size; "" where that is one source, or unknown.
func (p *printer) spread(cluster *dedup.Cluster) string { return spread(p.Spread(cluster)) }

func spread(spread dedup.Spread) string {
	said := ""
	if len(spread.Sources) > 1 {
		said = fmt.Sprintf(", from %s sources", number(len(spread.Sources)))
	}
	if spread.Last.After(spread.First) {
		said += ", within " + apart(spread.First, spread.Last, "", "")
	}
	return said
}
