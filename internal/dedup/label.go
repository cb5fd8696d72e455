package dedup

// A Label is what a newsroom would call a pair.
type Label string

// The labels.
const (
	IdenticalCopy   Label = "identical copy"          // the same words
	LightEdit       Label = "light edit"              // a few words are others
	CutVersion      Label = "cut version"             // one lacks paragraphs of the other, and is the later one, or it is not known which is
	ExtendedVersion Label = "extended version"        // one has what the other has and more, and is the later one: an update
	FurnitureAround Label = "furniture around a copy" // one is the other with text of its page around it
	MisreadCopy     Label = "misread copy"            // most of what differs is letters
	TemplateOf      Label = "template"                // the same sentences about something else
)

// AllLabels returns the labels.
func AllLabels() []Label {
	return []Label{IdenticalCopy, LightEdit, CutVersion, ExtendedVersion, FurnitureAround, MisreadCopy, TemplateOf}
}

const (
	// blockWords is how many words one article has more than the other of which a
	// part is missing: a short paragraph.
	blockWords = 12
	// wholeShare is the share of the smaller article, in twentieths, that stands in the larger
	// where all of it does, but for a credit or a misprint.
	wholeShare = 19
)

// label says what a newsroom would call a pair of the kind; published is the order
// in which its articles were.
func (l *laid) label(kind Kind, published int) Label {
	switch {
	case kind == Exact, kind == Near && len(l.gaps) == 0 && l.misread == 0:
		return IdenticalCopy
	case kind == Template:
		return TemplateOf
	case kind != Near && kind != Contained:
		return ""
	case l.isFurniture():
		return FurnitureAround
	}
	return l.labelOfCut(kind, published)
}

// labelOfCut is the label of a pair of the kind that is none of the others.
func (f figures) labelOfCut(kind Kind, published int) Label {
	switch {
	case f.misread > f.replaced+f.inserted+f.deleted:
		return MisreadCopy
	case !f.isCut(kind):
		return LightEdit
	case published != 0 && (published < 0) == (f.inserted > f.deleted):
		return ExtendedVersion
	}
	return CutVersion
}

// isCut reports whether one article has what the other lacks, more than both have words of
// their own; of a near pair by a block at least.
func (f figures) isCut(kind Kind) bool {
	more, less := max(f.inserted, f.deleted), min(f.inserted, f.deleted)
	if kind == Near {
		return more >= blockWords && more > 2*(f.replaced+less)
	}
	return more > f.replaced+less
}

// isFurniture reports whether the shorter article stands whole and in one piece in the
// longer one, and half of what that has around it are lines of a page.
func (l *laid) isFurniture() bool {
	longer, shorter := l.a, l.b
	if len(l.b.tokens) > len(l.a.tokens) {
		longer, shorter = l.b, l.a
	}
	around := l.before + l.after
	if 20*l.same < wholeShare*len(shorter.tokens) || 20*l.inside > len(shorter.tokens) ||
		around < leastAround || around > 2*(len(longer.tokens)-len(shorter.tokens)) || l.inside > around {
		return false
	}
	return 2*(longer.pageLines(0, l.before)+longer.pageLines(len(longer.tokens)-l.after, len(longer.tokens))) >= around
}

// leastAround is the least words of furniture: "Share this on".
const leastAround = 3

// pageLines counts the words from first to before end that are in lines of a page.
func (w *wording) pageLines(first, end int) (words int) {
	for i, line := range w.lines {
		start, next := int(line&^pageLine), len(w.tokens)
		if i+1 < len(w.lines) {
			next = int(w.lines[i+1] &^ pageLine)
		}
		if line&pageLine != 0 {
			words += max(0, min(next, end)-max(start, first))
		}
	}
	return words
}
