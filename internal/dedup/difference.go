package dedup

import (
	"cmp"
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/dedup/align"
	"github.com/newsdedup/newsdedup/internal/dedup/hashset"
	"github.com/newsdedup/newsdedup/internal/dedup/misread"
)

// A Difference is what two articles of a pair do not have in common, word by word: A has
// Same + Replaced + Deleted words, B has Same + Replaced + Inserted.
type Difference struct {
	Same     int // words that stand in both, in one order
	Replaced int // words that stand for as many others in the same place
	Inserted int // words of B alone
	Deleted  int // words of A alone
	// Misread counts, among Same, the words that differ in a few letters. One that is parted in two
	// counts once.
	Misread int
	// Of the longer article (A where both are as long): the words it has alone before
	// the first that both have, behind the last, and in between.
	Before, After, Inside int
	Changes               []Change // the first of them, at most MaxChanges
	Listed                bool     // whether Changes were kept: not of pairs beyond a bound
}

// figures are those of a Difference.
type figures struct{ same, replaced, inserted, deleted, before, after, inside, misread int }

func (f figures) difference() *Difference {
	return &Difference{Same: f.same, Replaced: f.replaced, Inserted: f.inserted, Deleted: f.deleted, Before: f.before, After: f.after, Inside: f.inside, Misread: f.misread}
}

// differences are those of a scan. Pairs of equal figures share one until their changes
// are listed: ten million pairs of a template differ in one word each.
type differences map[figures]*Difference

func (d differences) of(f figures) *Difference {
	difference, known := d[f]
	if !known {
		difference = f.difference()
		d[f] = difference
	}
	return difference
}

// MaxChanges bounds the changes of a pair that are kept.
const MaxChanges = 8

// A Change is a place where two articles differ.
type Change struct {
	Kind  ChangeKind
	A, B  string // what stands there, shortened; "" for nothing
	LineA int    // of the file
	LineB int
}

// A ChangeKind says what was changed.
type ChangeKind string

// The kinds of changes.
const (
	NumberChange ChangeKind = "number" // a number, a date or a time, for another
	NameChange   ChangeKind = "name"   // a name for another
	WordChange   ChangeKind = "words"
)

// AllChanges returns the kinds of changes.
func AllChanges() []ChangeKind { return []ChangeKind{NumberChange, NameChange, WordChange} }

// A differ lays two wordings beside each other. It keeps its memory: one for each
// goroutine. The zero value is ready.
type differ struct {
	aligner align.Aligner
	gaps    []align.Gap
	words   [2]hashset.Set // see gatherWords
	mender  mender
}

// laid is two wordings beside each other. It is valid until the differ meets others.
type laid struct {
	figures
	a, b  *wording
	gaps  []align.Gap
	words *[2]hashset.Set // of A and of B, once gathered
	spans []misread.Span  // the misread words, where they were looked for
}

// meet lays two wordings beside each other.
func (d *differ) meet(a, b *wording) laid {
	if comesFirst(b.tokens, a.tokens) {
		d.align(b, a)
		for i, gap := range d.gaps {
			d.gaps[i] = align.Gap{A: gap.B, EndA: gap.EndB, B: gap.A, EndB: gap.EndA}
		}
	} else {
		d.align(a, b)
	}
	l := laid{a: a, b: b, gaps: d.gaps, words: &d.words}
	if len(a.forms.Ends) > 0 && len(b.forms.Ends) > 0 {
		d.mender.mend(&l)
	}
	l.count()
	return l
}

// align fills gaps with those between two texts.
func (d *differ) align(a, b *wording) {
	gaps, _ := d.aligner.Align(a.tokens, b.tokens)
	d.gaps = settled(append(d.gaps[:0], gaps...), a.tokens, b.tokens)
	d.gaps = wholeFigures(d.gaps, a, b)
}

// wholeFigures widens gaps that part a figure, such as the 2 of 2,000,000 that gives way to 3,500,
// to the whole of it: else the zeros of two sums are the same words, and may even be laid
// beside the wrong ones.
func wholeFigures(gaps []align.Gap, a, b *wording) []align.Gap {
	kept := gaps[:0]
	for i, gap := range gaps {
		for gap.A > 0 && gap.B > 0 && (a.goesOn(gap.A) || b.goesOn(gap.B)) && !touches(kept, gap) {
			gap.A, gap.B = gap.A-1, gap.B-1
		}
		for (i+1 == len(gaps) || gap.EndA < gaps[i+1].A) && (a.goesOn(gap.EndA) || b.goesOn(gap.EndB)) &&
			gap.EndA < len(a.tokens) && gap.EndB < len(b.tokens) {
			gap.EndA, gap.EndB = gap.EndA+1, gap.EndB+1
		}
		if touches(kept, gap) {
			kept[len(kept)-1].EndA, kept[len(kept)-1].EndB = gap.EndA, gap.EndB
		} else {
			kept = append(kept, gap)
		}
	}
	return kept
}

// goesOn reports whether a token goes on with the figure of the one before.
func (w *wording) goesOn(token int) bool {
	return token < len(w.classes) && w.classes[token]&onward != 0
}

// touches reports whether a gap begins where the last of some ends.
func touches(before []align.Gap, gap align.Gap) bool {
	return len(before) > 0 && before[len(before)-1].EndA == gap.A && before[len(before)-1].EndB == gap.B
}

// comesFirst orders two texts for their alignment. Of several alignments with as many words
// in common, or nearly, which one is found depends on the order, and what a pair is called, or
// whether a copy goes, must not depend on which article was read first.
func comesFirst(one, other []uint64) bool {
	if len(one) != len(other) {
		return len(one) > len(other)
	}
	return slices.Compare(one, other) < 0
}

// strayWords is the most words in a row that two articles have in common by chance, such
// as "of the", and strayGap how many times as many words differ on either side
// of them where they do.
const (
	strayWords = 3
	strayGap   = 4
)

// settled puts gaps where a reader sees them. Stray words between two large gaps become
// part of them: else nothing is told of a rewritten sentence but that its articles
// stayed. And text before the first word of both, or behind the last, is moved to the end
// where the same words allow either.
func settled(gaps []align.Gap, a, b []uint64) []align.Gap {
	kept := gaps[:0]
	for _, gap := range gaps {
		if last := len(kept) - 1; last >= 0 {
			stray := gap.A - kept[last].EndA
			if stray <= strayWords && size(kept[last]) >= strayGap*stray && size(gap) >= strayGap*stray {
				kept[last].EndA, kept[last].EndB = gap.EndA, gap.EndB
				continue
			}
		}
		kept = append(kept, gap)
	}
	if len(kept) > 0 {
		slideToStart(&kept[0], a, b)
		slideToEnd(&kept[len(kept)-1], a, b)
	}
	return kept
}

// size is the words of the side of a gap that has more.
func size(gap align.Gap) int { return max(gap.EndA-gap.A, gap.EndB-gap.B) }

// slideToStart moves a gap of one text to its start, if what stands before it stands at
// its end too.
func slideToStart(gap *align.Gap, a, b []uint64) {
	before, text, end := gap.A, b, gap.EndB
	switch {
	case before == 0 || gap.A != gap.B:
		return
	case gap.B == gap.EndB:
		text, end = a, gap.EndA
	case gap.A != gap.EndA:
		return
	}
	if end-before < before {
		return
	}
	for i := range before {
		if text[end-before+i] != text[i] {
			return
		}
	}
	*gap = align.Gap{A: 0, EndA: gap.EndA - before, B: 0, EndB: gap.EndB - before}
}

// slideToEnd is slideToStart for the end of the texts.
func slideToEnd(gap *align.Gap, a, b []uint64) {
	behind, text, start := len(a)-gap.EndA, b, gap.B
	switch {
	case behind == 0 || behind != len(b)-gap.EndB:
		return
	case gap.B == gap.EndB:
		text, start = a, gap.A
	case gap.A != gap.EndA:
		return
	}
	if len(text)-behind-start < behind {
		return
	}
	for i := range behind {
		if text[start+i] != text[len(text)-behind+i] {
			return
		}
	}
	*gap = align.Gap{A: gap.A + behind, EndA: len(a), B: gap.B + behind, EndB: len(b)}
}

// count fills in the figures.
func (l *laid) count() {
	l.same = len(l.a.tokens)
	for _, span := range l.spans {
		if span.EndA-span.A != 1 || span.EndB-span.B != 1 || l.a.tokens[span.A] != l.b.tokens[span.B] {
			l.misread++
		}
	}
	longerIsA := len(l.a.tokens) >= len(l.b.tokens)
	for _, gap := range l.gaps {
		ofA, ofB := gap.EndA-gap.A, gap.EndB-gap.B
		replaced := min(ofA, ofB)
		l.same -= ofA
		l.replaced += replaced
		l.deleted += ofA - replaced
		l.inserted += ofB - replaced
		own := ofB
		if longerIsA {
			own = ofA
		}
		switch {
		case gap.A == 0 && gap.B == 0:
			l.before += own
		case gap.EndA == len(l.a.tokens) && gap.EndB == len(l.b.tokens):
			l.after += own
		default:
			l.inside += own
		}
	}
}

// A gapSide is what one of the two texts has in a gap.
type gapSide struct {
	*wording
	first, end int // tokens, half-open
}

func (l *laid) sides(gap align.Gap) [2]gapSide {
	return [2]gapSide{{l.a, gap.A, gap.EndA}, {l.b, gap.B, gap.EndB}}
}

// change says what was changed in a gap. isName says of a word, beside its capital, that it
// is a name.
func (l *laid) change(gap align.Gap, isName func(w *wording, token int) bool) ChangeKind {
	if gap.A == gap.EndA || gap.B == gap.EndB {
		return WordChange
	}
	figures := 0
	sides := l.sides(gap)
	for _, side := range sides {
		for token := side.first; token < side.end; token++ {
			switch {
			case side.isFigure(token):
				figures++
			case side.classes[token]&capital == 0 && !isName(side.wording, token):
				return WordChange
			}
		}
	}
	switch {
	case figures == 0:
		return NameChange
	case sameFigures(sides):
		return WordChange
	}
	return NumberChange
}

// changeKind says what was changed in a gap.
func (l *laid) changeKind(gap align.Gap) ChangeKind {
	return l.change(gap, func(*wording, int) bool { return false })
}

// isFigure reports whether a token says a number, a date or a time.
func (w *wording) isFigure(token int) bool {
	return w.classes[token]&digits != 0 || isFigureWord(w.tokens[token])
}

// sameFigures reports whether both sides say the same, in figures and in words.
func sameFigures(sides [2]gapSide) bool {
	one, other := sides[0], sides[1]
	if one.end-one.first != other.end-other.first {
		return false
	}
	for i := range one.end - one.first {
		if figureValue(one.tokens[one.first+i]) != figureValue(other.tokens[other.first+i]) {
			return false
		}
	}
	return true
}

// comparePublished orders two times of publication: −1 where the first is the earlier; 0
// also where one is not known.
func comparePublished(a, b time.Time) int {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return cmp.Compare(a.Unix(), b.Unix())
}
