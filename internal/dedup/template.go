package dedup

// Templates says what becomes of near articles that differ in numbers, names and dates
// alone.
type Templates string

// What may become of them.
const (
	GuardTemplates Templates = "guard" // they are pairs of the kind Template, and no copies
	MergeTemplates Templates = "merge" // they are near pairs as any others
)

// guarded is the kind of a pair once the guard has seen how its articles differ.
func (o Options) guarded(kind Kind, met laid) Kind {
	if kind == Near && o.Templates == GuardTemplates && met.isTemplate() {
		return Template
	}
	return kind
}

// maxSlot is the most words of a place that a template leaves open: "the 21st of October
// 2031", "Port Quillon Harbour Board".
const maxSlot = 6

// isTemplate reports whether two texts are the same sentences about something else.
func (l *laid) isTemplate() bool {
	numbers, names := 0, 0
	for _, gap := range l.gaps {
		if size(gap) > maxSlot {
			return false
		}
		switch changeKind(l.a, l.b, gap) {
		case NumberChange:
			numbers++
		case NameChange:
			names++
		default:
			return false
		}
	}
	return numbers > 0 || names > 1 && l.namesDiffer()
}

// namesDiffer reports whether several names stand for several others: one that was
// misspelt, or is written in another way, is another each time it stands there.
func (l *laid) namesDiffer() bool {
	first := l.gaps[0]
	for _, gap := range l.gaps[1:] {
		if !equalRuns(l.a.tokens, first.A, first.EndA, gap.A, gap.EndA) && !equalRuns(l.b.tokens, first.B, first.EndB, gap.B, gap.EndB) {
			return true
		}
	}
	return false
}

func equalRuns(tokens []uint64, first, end, otherFirst, otherEnd int) bool {
	if end-first != otherEnd-otherFirst {
		return false
	}
	for i := range end - first {
		if tokens[first+i] != tokens[otherFirst+i] {
			return false
		}
	}
	return true
}
