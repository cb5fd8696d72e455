package dedup

import (
	"bytes"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// A side is one of two articles that are laid beside each other: its words, and where
// they stand.
type side struct {
	article      corpus.Article
	starts, ends []uint32 // by token
	wording      wording
	lineCounter

	// Of Compare alone.
	norm    []byte
	set     similarity.Set
	sketch  minhash.Sketch
	outside []int32 // see there
}

// side is that of the article, whose wording the analyst has read, in its memory.
func (a *analyst) side(article *corpus.Article) *side {
	return &side{article: *article, starts: a.doc.Starts, ends: a.doc.Ends, wording: a.wording}
}

// clone is a copy that lasts.
func (s *side) clone() *side {
	kept := &side{article: s.article, starts: slices.Clone(s.starts), ends: slices.Clone(s.ends), wording: s.wording.clone()}
	kept.article.Body = bytes.Clone(s.article.Body)
	return kept
}

// another is the same side with a counter of its own.
func (s *side) another() *side {
	return &side{article: s.article, starts: s.starts, ends: s.ends, wording: s.wording}
}

// isQuoted reports whether the tokens stand inside quotation marks.
func (s *side) isQuoted(first, tokens int) bool { return s.outside[first] == s.outside[first+tokens] }

// at is the range of the tokens from first to before last; of none, the place behind the
// token before.
func (s *side) at(first, last int) Range {
	var r Range
	switch {
	case first < last:
		r.Start, r.End = int(s.starts[first]), int(s.ends[last-1])
	case first > 0:
		r.Start = int(s.ends[first-1])
		r.End = r.Start
	}
	r.Line = s.lineOf(&s.article, r.Start)
	r.EndLine = s.lineOf(&s.article, r.End)
	return r
}

// edits are the first of the gaps, at most so many, with their places.
func (l *laid) edits(one, other *side, most int) []Edit {
	found := make([]Edit, min(len(l.gaps), most))
	for i := range found {
		gap := l.gaps[i]
		found[i] = Edit{l.changeKind(gap), one.at(gap.A, gap.EndA), other.at(gap.B, gap.EndB)}
	}
	return found
}

// changesOf are the first of the edits, with their words.
func changesOf(one, other *side, edits []Edit) []Change {
	changes := make([]Change, min(len(edits), MaxChanges))
	for i := range changes {
		edit := edits[i]
		changes[i] = Change{
			Kind: edit.Kind, LineA: edit.A.Line, LineB: edit.B.Line,
			A: one.words(edit.A, edit.Kind), B: other.words(edit.B, edit.Kind),
		}
	}
	return changes
}

// words is what stands in a range, shortened. Of a number that is several tokens all is
// told, where one of them has changed: 1.5, 9:41, 3/16.
func (s *side) words(r Range, kind ChangeKind) string {
	body := s.article.Body
	start, end := r.Start, r.End
	if kind == NumberChange {
		for start > 0 && r.Start-start < maxChange && isNumeral(body[start-1]) {
			start--
		}
		for end < len(body) && end-r.End < maxChange && isNumeral(body[end]) {
			end++
		}
	}
	return evidence(bytes.Trim(body[start:end], ".,:/ "), maxChange)
}

// isNumeral reports whether an octet stands inside numbers.
func isNumeral(octet byte) bool {
	return octet >= '0' && octet <= '9' || octet == '.' || octet == ',' || octet == ':' || octet == '/'
}

// maxChange bounds the characters of a change that are kept.
const maxChange = 80
