package dedup

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/align"
	"github.com/newsdedup/newsdedup/internal/dedup/hashset"
)

// Templates says what becomes of articles that differ in numbers, names and dates alone.
type Templates string

// What may become of them.
const (
	GuardTemplates Templates = "guard" // they are pairs of the kind Template, and no copies
	MergeTemplates Templates = "merge" // they are pairs as any others
)

// guarded is the kind of a pair once the guard has seen how its articles differ.
func (o Options) guarded(kind Kind, met laid) Kind {
	if (kind == Near || kind == Contained) && o.Templates == GuardTemplates && met.isTemplate() {
		return Template
	}
	return kind
}

const (
	// maxSlot is the most words of a place that a template leaves open: "the 21st of
	// October 2031", "Port Quillon Harbour Board".
	maxSlot = 6
	// slotShare is of how many words of a template one is another, at least. Where fewer are, a
	// date or a counter on the page of a long text is another, or a figure in it was mended.
	slotShare = 75
	// maxEdge is the most words at either end of an article, and edgePart the part of it, where
	// credits, datelines and the addresses of a press office stand.
	maxEdge  = 20
	edgePart = 10
)

// slots are what stands for what in the gaps of a pair.
type slots struct {
	numbers, names, others int
	inside                 bool // one stands away from the ends of both texts
	longest                int  // words of a gap
	apart                  int  // gaps more than maxSlot words behind another: a weekday and its date are one
}

// isTemplate reports whether two texts are the same sentences about something else: in
// small places numbers, names and dates stand for others.
//
// Where that is all, one number is enough, since it may be what is told; of a long text, in
// which little differs, there must be two apart, or one and a name that is no other spelling, one
// of them away from its ends. Of names there must be two, since one may be another spelling. Where both numbers and names are
// others, one place of three may be anything, for who fills in a template mends it too. And
// anything else may differ where, beside a number, a name gives way to another in several
// places and stands nowhere in the other text: then the article is about somebody else.
//
// Where more than numbers differs, and that at the ends alone, it is the same article sent
// on by another office or under another title.
func (l *laid) isTemplate() bool {
	shorter, longer := min(len(l.a.tokens), len(l.b.tokens)), max(len(l.a.tokens), len(l.b.tokens))
	if len(l.gaps) == 0 || 2*l.same < shorter {
		return false
	}
	isFew := slotShare*(longer-l.same) < longer
	if isFew && len(l.gaps) == 1 {
		return false
	}
	known := l.names()
	s := l.slots(known)
	switch {
	case isFew:
		return s.longest <= maxSlot && s.others == 0 && s.numbers > 0 && s.inside && s.apart > 1 &&
			(s.names == 0 || l.isNamedAnother(known))
	case s.longest <= maxSlot && s.others == 0 && s.numbers > 0:
		return true
	case !s.inside:
		return false
	case s.longest <= maxSlot && s.others == 0:
		return s.names > 1 && l.namesDiffer()
	case s.longest <= maxSlot && s.numbers > 0 && s.names > 1 && 2*s.others <= s.numbers+s.names:
		return true
	}
	return l.isAboutAnother(known)
}

// slots looks at the gaps.
func (l *laid) slots(known []uint64) (s slots) {
	for i, gap := range l.gaps {
		if i == 0 || gap.A-l.gaps[i-1].EndA > maxSlot {
			s.apart++
		}
		s.longest = max(s.longest, size(gap))
		switch l.slot(gap, known) {
		case NumberChange:
			s.numbers++
		case NameChange:
			s.names++
		default:
			s.others++
			if l.figuresDiffer(gap) {
				s.numbers++
			}
		}
		s.inside = s.inside || l.isInside(gap)
	}
	return s
}

// figuresDiffer reports whether both sides of a gap have numbers, among other words, and not
// the same.
func (l *laid) figuresDiffer(gap align.Gap) bool {
	var found [2][]uint64
	for i, side := range l.sides(gap) {
		for token := side.first; token < min(side.end, side.first+maxSlot); token++ {
			if side.isFigure(token) {
				found[i] = append(found[i], figureValue(side.tokens[token]))
			}
		}
	}
	return len(found[0]) > 0 && len(found[1]) > 0 && !slices.Equal(found[0], found[1])
}

// isInside reports whether a gap stands away from the ends of both texts.
func (l *laid) isInside(gap align.Gap) bool {
	for _, side := range l.sides(gap) {
		edge := min(maxEdge, len(side.tokens)/edgePart)
		if side.end <= edge || side.first >= len(side.tokens)-edge {
			return false
		}
	}
	return true
}

// isNamedAnother reports whether in a gap a name gives way to one that begins otherwise, and
// each of the two stands in its own text alone.
func (l *laid) isNamedAnother(known []uint64) bool {
	l.gatherWords()
	for _, gap := range l.gaps {
		if l.slot(gap, known) != NameChange {
			continue
		}
		if a, b := l.ownNames(gap, known, [2][]uint64{}); l.areOthers(a, b) {
			return true
		}
	}
	return false
}

// ownNames returns where a gap has a name of A alone and one of B alone; −1 for none.
func (l *laid) ownNames(gap align.Gap, known []uint64, before [2][]uint64) (a, b int) {
	sides := l.sides(gap)
	return sides[0].ownName(known, &l.words[1], before[0]), sides[1].ownName(known, &l.words[0], before[1])
}

// areOthers reports whether a name of A and one of B begin with different letters: those that
// do not may be one name in two spellings, Centre and Center.
func (l *laid) areOthers(a, b int) bool {
	return a >= 0 && b >= 0 && l.a.classes[a]&initial != l.b.classes[b]&initial
}

// isAboutAnother reports whether numbers, and a name in several places, of either text
// give way to some that stand in the other alone.
func (l *laid) isAboutAnother(known []uint64) bool {
	var numbers [2]bool
	var names [2][]uint64
	var again [2]bool
	l.gatherWords()
	for _, gap := range l.gaps {
		for i, side := range l.sides(gap) {
			numbers[i] = numbers[i] || side.hasOwnFigure(&l.words[1-i])
		}
		a, b := l.ownNames(gap, known, names)
		if !l.areOthers(a, b) {
			continue
		}
		for i, name := range [2]uint64{l.a.tokens[a], l.b.tokens[b]} {
			if slices.Contains(names[i], name) {
				again[i] = true
			} else if len(names[i]) < maxKnown {
				names[i] = append(names[i], name)
			}
		}
		if numbers == [2]bool{true, true} && again == [2]bool{true, true} {
			return true
		}
	}
	return false
}

// gatherWords fills in the words of the two texts, which are looked for in the other one: a long
// text may have a name in each of its lines.
func (l *laid) gatherWords() {
	for i, of := range [2]*wording{l.a, l.b} {
		l.words[i].Reset(len(of.tokens))
		for _, word := range of.tokens {
			l.words[i].Add(word)
		}
	}
}

// own returns the words of a side, the first few of a long one.
func (s gapSide) own() (first, end int) { return s.first, min(s.end, s.first+2*blockWords) }

// hasOwnFigure reports whether a side has a number that stands nowhere in the other text.
func (s gapSide) hasOwnFigure(others *hashset.Set) bool {
	first, end := s.own()
	for token := first; token < end; token++ {
		if s.isFigure(token) && !others.Has(s.tokens[token]) {
			return true
		}
	}
	return false
}

// ownName returns where a side has a name that stands nowhere in the other text, one that
// was met before if there is one; −1 where it has none.
func (s gapSide) ownName(known []uint64, others *hashset.Set, before []uint64) (name int) {
	name = -1
	first, end := s.own()
	for token := first; token < end; token++ {
		word := s.tokens[token]
		if slices.Contains(before, word) {
			return token
		}
		isName := s.classes[token]&capital != 0 || slices.Contains(known, word)
		if name < 0 && isName && !s.isFigure(token) && !others.Has(word) {
			name = token
		}
	}
	return name
}

// maxKnown bounds the names that are known of a pair.
const maxKnown = 64

// names returns the words that stand as names in a gap: where a sentence begins with one
// of them, or a headline has it, it is a name there too.
func (l *laid) names() (names []uint64) {
	for _, gap := range l.gaps {
		for _, side := range l.sides(gap) {
			for token := side.first; token < side.end && len(names) < maxKnown; token++ {
				if side.classes[token]&capital != 0 && !side.isFigure(token) {
					names = append(names, side.tokens[token])
				}
			}
		}
	}
	return names
}

// slot says what stands for what in a gap, where the words that are known are names.
func (l *laid) slot(gap align.Gap, known []uint64) ChangeKind {
	return l.change(gap, func(w *wording, token int) bool { return slices.Contains(known, w.tokens[token]) })
}

// namesDiffer reports whether several names stand for several others: one that was
// misspelt, or is written in another way, is another each time it stands there.
func (l *laid) namesDiffer() bool {
	first := l.gaps[0]
	for _, gap := range l.gaps[1:] {
		if !slices.Equal(l.a.tokens[first.A:first.EndA], l.a.tokens[gap.A:gap.EndA]) &&
			!slices.Equal(l.b.tokens[first.B:first.EndB], l.b.tokens[gap.B:gap.EndB]) {
			return true
		}
	}
	return false
}
