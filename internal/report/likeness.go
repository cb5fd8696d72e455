package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// likeness says how a member is like the article to keep.
func (p *printer) likeness(representative dedup.ArticleID, member dedup.Member) (label, said string) {
	if member.Kind == "" {
		return "chained", p.chain(representative, member)
	}
	if member.Kind == dedup.Exact {
		return "exact copy", "the same " + count(p.Articles[member.Article].Words, "word")
	}
	keep, first := p.firstOf[representative], p.firstOf[member.Article]
	pair, found := p.pairOf(keep, first)
	switch {
	case !found:
		label, said = copyLabel(member.Kind), percent(member.Similarity)+" alike"
	case member.Kind == dedup.Near:
		label, said = "near copy", alike(pair)
	case p.isContained(pair, first):
		label, said = "contained", partOf(pair, first, "its shingles")+" stand in the one to keep"
	default:
		label, said = "longer", "holds "+partOf(pair, keep, "the shingles of the one to keep")+", beside text of its own"
	}
	if first != member.Article {
		said += "; the same words as " + p.called(first)
	}
	return label, said
}

// copyLabel names a kind as the label of an entry.
func copyLabel(kind dedup.Kind) string {
	switch kind {
	case dedup.Exact:
		return "exact copy"
	case dedup.Near:
		return "near copy"
	default:
		return string(kind)
	}
}

// alike gives the figures of a near pair so that they can be checked: the
// similarity is the first number over the second.
func alike(pair dedup.Pair) string {
	return fmt.Sprintf("%s alike: %s of %s stand in both",
		percent(pair.Similarity), number(pair.Shared), count(pair.ShinglesA+pair.ShinglesB-pair.Shared, "shingle"))
}

// part returns the share of an article's shingles that stand in the other
// article of its pair, and how many it has.
func part(pair dedup.Pair, id dedup.ArticleID) (share float64, total int) {
	if id == pair.A {
		return pair.AInB, pair.ShinglesA
	}
	return pair.BInA, pair.ShinglesB
}

// partOf gives the figures of part, with words for the article's shingles.
func partOf(pair dedup.Pair, id dedup.ArticleID, shingles string) string {
	share, total := part(pair, id)
	return fmt.Sprintf("%s of %s (%s of %s)", percent(share), shingles, number(pair.Shared), number(total))
}

// isContained reports whether an article of a pair stands in the other. Of two
// that are about as long, either may stand in the other.
func (p *printer) isContained(pair dedup.Pair, id dedup.ArticleID) bool {
	share, _ := part(pair, id)
	return share >= p.Options.Containment
}

// smaller returns the article of a contained pair that stands in the other.
func smaller(pair dedup.Pair) dedup.ArticleID {
	if pair.BInA >= pair.AInB {
		return pair.B
	}
	return pair.A
}

// pairOf finds the pair of two articles.
func (p *printer) pairOf(x, y dedup.ArticleID) (dedup.Pair, bool) {
	wanted := dedup.Pair{A: min(x, y), B: max(x, y)}
	at, found := slices.BinarySearchFunc(p.Pairs, wanted, comparePlaces)
	if !found {
		return dedup.Pair{}, false
	}
	return p.Pairs[at], true
}

// comparePlaces orders pairs as Result.Pairs is ordered.
func comparePlaces(x, y dedup.Pair) int {
	return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
}

// chainSteps bounds the steps of a chain that are told.
const chainSteps = 4

// toldSteps returns how many steps of a member's chain are told.
func toldSteps(member dedup.Member) int { return max(0, min(len(member.Chain)-1, chainSteps)) }

// chain says through which articles a member came into the cluster. A long way
// breaks off before the article to keep.
func (p *printer) chain(representative dedup.ArticleID, member dedup.Member) string {
	steps := len(member.Chain) - 1
	if steps < 1 {
		return "joined through others to the one to keep"
	}
	var told []string
	for i := range toldSteps(member) {
		next := member.Chain[i+1]
		told = append(told, p.step(member.Chain[i], next, next == representative))
	}
	said := strings.Join(told, ", which is ")
	left := steps - len(told)
	switch whole := member.Chain[steps] == representative; {
	case !whole:
		said += ", and on to the one to keep"
	case left > 0:
		said += fmt.Sprintf(", and so on for %s more to the one to keep", count(left, "step"))
	}
	return said
}

// step says how an article of a chain is like the next, the last of which may
// be the one to keep.
func (p *printer) step(from, to dedup.ArticleID, last bool) string {
	next := "the one to keep"
	if !last {
		next = p.called(to)
	}
	pair, found := p.pairOf(from, to)
	if !found {
		return "joined to " + next
	}
	switch share, _ := part(pair, from); {
	case pair.Kind == dedup.Exact:
		return "the same as " + next
	case pair.Kind == dedup.Near:
		return percent(pair.Similarity) + " alike to " + next
	case p.isContained(pair, from):
		return percent(share) + " contained in " + next
	default:
		share, _ = part(pair, to)
		return "holding " + percent(share) + " of " + next
	}
}
