package text

import (
	"math"
	"slices"
)

// Style says what parts two paragraphs.
type Style int

// The styles of paragraphs.
const (
	Auto  Style = iota // told from the article's own line lengths
	Line               // every line that is not blank is a paragraph
	Blank              // a blank line (or a deeper indent) parts two paragraphs
)

// A Token is a normalised word, or one character of a script that writes no spaces.
type Token struct {
	Start, End uint32 // byte range in the body, half-open
	NormEnd    uint32 // end of its normal form in Document.Norm, before the space
}

// A Paragraph is a stretch of the body that is not blank.
type Paragraph struct {
	Start, End            int // byte range in the body, half-open, without the space around it
	FirstToken, LastToken int // its tokens, half-open; equal where it has none
}

// A Document is an article's text taken apart. Parse fills it and may be
// called again: all slices are then reused. The zero value is ready.
type Document struct {
	// Norm holds the normal form of every token, each followed by one space.
	// Two texts are the same after normalisation when their Norm is equal.
	Norm       []byte
	Tokens     []Token
	Paragraphs []Paragraph

	open   openToken // the token that the scanner is in
	units  []unit    // the segment on the full path
	sorted []unit    // its long runs of marks, while they are ordered
	lines  []line    // the lines of the body
}

// keptScratch bounds the scratch memory that a document keeps from one article
// to the next, in elements of 16 bytes: a text of a million marks must not be
// paid for until the end of the run.
const keptScratch = 1 << 16

// Parse takes the body apart. A byte that is not UTF-8 counts as U+FFFD. The
// normal form must stay below 4 GiB; one of a body of 256 MiB always does, and
// more is a mistake of the caller.
func (d *Document) Parse(body []byte, style Style) {
	// Norm is seldom longer than the body by more than a space for each character
	// of three bytes; the rest grows on demand.
	d.Norm = slices.Grow(d.Norm[:0], len(body)+len(body)/8+chunk)
	d.Tokens = d.Tokens[:0]
	d.scanTokens(body)
	if uint64(len(d.Norm)) > math.MaxUint32 {
		panic("text: normal form longer than 4 GiB")
	}
	d.scanParagraphs(body, style)
	if cap(d.lines) > keptScratch {
		d.lines = nil
	}
}

// NormOf returns the normal forms of the tokens from first to before last, each
// followed by a space. It is a part of Norm.
func (d *Document) NormOf(first, last int) []byte {
	if first >= last {
		return nil
	}
	start := 0
	if first > 0 {
		start = int(d.Tokens[first-1].NormEnd) + 1
	}
	return d.Norm[start : int(d.Tokens[last-1].NormEnd)+1]
}
