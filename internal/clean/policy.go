package clean

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Criterion orders two articles of which one stays.
type Criterion struct {
	name    string // as it is written
	compare func(a, b *candidate) int
}

// A candidate is an article that may stay.
type candidate struct {
	id        dedup.ArticleID
	info      *dedup.ArticleInfo
	protected bool
}

// String returns the criterion as ParseKeep reads it.
func (c Criterion) String() string { return c.name }

// The criteria that need no argument.
func criteria() []Criterion {
	return []Criterion{
		{"first", func(a, b *candidate) int { return cmp.Compare(a.id, b.id) }},
		{"last", func(a, b *candidate) int { return cmp.Compare(b.id, a.id) }},
		{"longest", func(a, b *candidate) int { return cmp.Compare(b.info.Words, a.info.Words) }},
		{"shortest", func(a, b *candidate) int { return cmp.Compare(a.info.Words, b.info.Words) }},
		{"earliest", func(a, b *candidate) int { return comparePublished(a, b, 1) }},
		{"latest", func(a, b *candidate) int { return comparePublished(a, b, -1) }},
	}
}

// comparePublished puts what is not dated behind all that is.
func comparePublished(a, b *candidate, sign int) int {
	first, second := a.info.Published(), b.info.Published()
	switch {
	case first.IsZero() || second.IsZero():
		return cmp.Compare(boolInt(first.IsZero()), boolInt(second.IsZero()))
	default:
		return sign * first.Compare(second)
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sourceCriterion is the name of the one that takes an argument.
const sourceCriterion = "source="

// CriterionNames returns how criteria are written.
func CriterionNames() []string {
	var names []string
	for _, c := range criteria() {
		names = append(names, c.name)
	}
	return append(names, sourceCriterion+"A,B,…")
}

// ParseKeep reads criteria, the first of which counts most: names with commas
// between them, or "source=A,B,C", by which articles of A stay before those of
// B, and those of any that is named before others. The order they make is total:
// "first" decides where no other does.
func ParseKeep(written []string) ([]Criterion, error) {
	var keep []Criterion
	for _, text := range written {
		if sources, ok := strings.CutPrefix(text, sourceCriterion); ok {
			keep = append(keep, bySource(text, strings.Split(sources, ",")))
			continue
		}
		for _, name := range strings.Split(text, ",") {
			at := slices.IndexFunc(criteria(), func(c Criterion) bool { return c.name == name })
			if at < 0 {
				return nil, fmt.Errorf("unknown criterion %q: known are %s", name, strings.Join(CriterionNames(), ", "))
			}
			keep = append(keep, criteria()[at])
		}
	}
	return append(keep, criteria()[0]), nil
}

func bySource(name string, sources []string) Criterion {
	rank := func(c *candidate) int {
		if at := slices.Index(sources, c.info.Source); at >= 0 && c.info.Source != "" {
			return at
		}
		return len(sources)
	}
	return Criterion{name, func(a, b *candidate) int { return cmp.Compare(rank(a), rank(b)) }}
}

// ofProtected is the rule by which a protected article stays, before
// all criteria.
const ofProtected = "protected"

// compare orders two articles: the one that stays first. The rule is the
// criterion that decided.
func (p *Policy) compare(a, b *candidate) (order int, rule string) {
	if order := cmp.Compare(boolInt(b.protected), boolInt(a.protected)); order != 0 {
		return order, ofProtected
	}
	for _, criterion := range p.Keep {
		if order := criterion.compare(a, b); order != 0 {
			return order, criterion.name
		}
	}
	return 0, ""
}

// order is compare without the rule.
func (p *Policy) order(a, b *candidate) int {
	order, _ := p.compare(a, b)
	return order
}
