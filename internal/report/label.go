package report

import (
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// labelled prints what a newsroom would call a pair, with what that rests on, seen from
// one of its articles; one and other are what the other article and that one are called,
// "" for what needs no name.
func (p *printer) labelled(pair dedup.Pair, of dedup.ArticleID, one, other string) {
	if pair.Difference != nil && pair.Label != "" {
		p.sentence(p.body(), nil, labelOf(&pair, of, one, other))
	}
}

// labelOf is what labelled prints.
func labelOf(pair *dedup.Pair, of dedup.ArticleID, one, other string) string {
	d := pair.Difference
	said := string(pair.Label)
	longer, shorter := other, one
	if ofIsLonger := (of == pair.A) == (d.Deleted >= d.Inserted); !ofIsLonger {
		longer, shorter = one, other
	}
	switch pair.Label {
	case dedup.CutVersion:
		said += ": " + has(shorter) + more(d, "less")
	case dedup.ExtendedVersion:
		said += ": " + has(longer) + more(d, "more")
	case dedup.FurnitureAround:
		said += ": " + has(longer) + places(d, "before the copy", "behind it", "inside it")
	case dedup.IdenticalCopy:
	case dedup.MisreadCopy:
		return said + ": " + misreadWords(d) + changed(d) + changes(d, of == pair.A)
	default:
		said += ": " + count(d.Replaced+d.Inserted+d.Deleted, "word") + " changed"
	}
	if d.Misread > 0 {
		said += "; " + misreadWords(d)
	}
	return said + changes(d, of == pair.A)
}

// misreadWords counts the words that are the same but for a few letters.
func misreadWords(d *dedup.Difference) string { return count(d.Misread, "word") + " misread" }

// changed counts the other words that differ, if there are any.
func changed(d *dedup.Difference) string {
	if n := d.Replaced + d.Inserted + d.Deleted; n > 0 {
		return "; " + number(n) + " changed"
	}
	return ""
}

// has begins a sentence about an article, if it needs a name.
func has(name string) string {
	if name == "" {
		return ""
	}
	return name + " has "
}

// more says how many words the longer of two articles has that the other lacks, and where.
func more(d *dedup.Difference, than string) string {
	surplus := max(d.Inserted, d.Deleted)
	said := fmt.Sprintf("%s %s", count(surplus, "word"), than)
	switch own := d.Before + d.After + d.Inside; own {
	case d.Before:
		said += " at the beginning"
	case d.After:
		said += " at the end"
	case d.Inside:
		said += " in between"
	default:
		said += ": "
		if than == "less" {
			said += "the other has "
		}
		said += places(d, "at the beginning", "at the end", "in between")
	}
	if changed := d.Replaced + min(d.Inserted, d.Deleted); changed > 0 {
		said += "; " + number(changed) + " changed"
	}
	return said
}

// places says how many words the longer of two articles has alone, and where.
func places(d *dedup.Difference, before, after, inside string) string {
	var parts []string
	for _, part := range []struct {
		words int
		where string
	}{{d.Before, before}, {d.After, after}, {d.Inside, inside}} {
		if part.words > 0 {
			parts = append(parts, count(part.words, "word")+" "+part.where)
		}
	}
	return conjunction(parts)
}

const (
	// toldChanges bounds the changes that a sentence tells, and toldColumns the columns of
	// either side of one.
	toldChanges = 3
	toldColumns = 40
)

// changes tells the first changes of a pair, in words that follow its label; turned is
// for those of B first.
func changes(d *dedup.Difference, turned bool) string {
	var told []string
	for _, change := range d.Changes {
		from, to := change.A, change.B
		if turned {
			from, to = to, from
		}
		if len(told) == toldChanges {
			told = append(told, ellipsis)
			break
		}
		told = append(told, shift(from, to))
	}
	if len(told) == 0 {
		return ""
	}
	return ": " + strings.Join(told, ", ")
}

// shift writes what stands for what.
func shift(from, to string) string {
	quote := func(s string) string { return "‘" + shorten(oneLine(s, " "), toldColumns) + "’" }
	switch {
	case from == "":
		return "+" + quote(to)
	case to == "":
		return "−" + quote(from)
	}
	return quote(from) + " → " + quote(to)
}
