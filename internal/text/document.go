package text

import (
	"cmp"
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

// A Wide is a token whose normal form is not that of its bytes with the ASCII
// letters lower-cased: one with characters beyond ASCII, or beside them.
type Wide struct {
	Token   uint32 // its position among the tokens
	NormEnd uint32 // end of its normal form in Document.Norm; it begins where the one before ends
}

// A Paragraph is a stretch of the body that is not blank.
type Paragraph struct {
	Start, End            int // byte range in the body, half-open, without the space around it
	FirstToken, LastToken int // its tokens, half-open; equal where it has none
}

// A Document is an article's text taken apart. Parse fills it and may be
// called again: all slices are then reused. The zero value is ready.
//
// A token is a normalised word, or one character of a script that writes no
// spaces. Most tokens are plain: ASCII letters, digits and inner apostrophes,
// whose normal form is told by their bytes and written nowhere. Two texts are
// the same after normalisation when the normal forms of all tokens are.
type Document struct {
	Body         []byte   // what was parsed; the caller's
	Starts, Ends []uint32 // by token: its byte range in the body, half-open
	Wide         []Wide   // the tokens that are not plain, ascending
	Norm         []byte   // the normal forms of the wide tokens, one after another
	Paragraphs   []Paragraph

	blocks []block   // the classes of the bytes
	open   openToken // the token that the scanner is in
	units  []unit    // the segment on the full path
	sorted []unit    // its long runs of marks, while they are ordered
	lines  []line    // the lines of the body
}

// keptScratch bounds the scratch memory that a document keeps from one article
// to the next beside its result, in elements of 16 to 32 bytes: a text of a
// million marks must not be paid for until the end of the run.
const keptScratch = 1 << 16

// Parse takes the body apart, which the document refers to until the next
// call. A byte that is not UTF-8 counts as U+FFFD. The normal form must stay
// below 4 GiB; one of a body of 256 MiB always does, and more is a mistake of
// the caller.
func (d *Document) Parse(body []byte, style Style) {
	d.Body = body
	d.classify(body)
	d.scanTokens(body)
	if uint64(len(d.Norm)) > math.MaxUint32 {
		panic("text: normal form longer than 4 GiB")
	}
	d.scanParagraphs(body, style)
	d.letGo()
}

// letGo lets go of scratch memory that has grown too large.
func (d *Document) letGo() {
	if cap(d.blocks) > keptScratch {
		d.blocks = nil
	}
	if cap(d.lines) > keptScratch {
		d.lines = nil
	}
}

// ParseParagraph takes one paragraph of a body apart, which begins where the
// text does and ends before the white space at its end: its tokens are those that Parse
// finds there.
func (d *Document) ParseParagraph(text []byte) {
	d.Body = text
	d.classify(text)
	d.scanTokens(text)
	end := int(trimLine(text, 0, len(text)).end)
	d.Paragraphs = append(d.Paragraphs[:0], Paragraph{End: end, LastToken: d.Len()})
	d.letGo()
}

// Len is the number of tokens.
func (d *Document) Len() int { return len(d.Starts) }

// FirstWide returns the position in Wide of the first wide token from token on.
func (d *Document) FirstWide(token int) int {
	at, _ := slices.BinarySearchFunc(d.Wide, uint32(token), func(w Wide, token uint32) int { return cmp.Compare(w.Token, token) })
	return at
}

// WideForm returns the normal form of a wide token by its position in Wide.
func (d *Document) WideForm(at int) []byte {
	start := uint32(0)
	if at > 0 {
		start = d.Wide[at-1].NormEnd
	}
	return d.Norm[start:d.Wide[at].NormEnd]
}

// AppendNorm appends the normal forms of the tokens from first to before last,
// each followed by a space, which no normal form holds.
func (d *Document) AppendNorm(norm []byte, first, last int) []byte {
	wide := d.FirstWide(first)
	for token := first; token < last; token++ {
		if wide < len(d.Wide) && int(d.Wide[wide].Token) == token {
			norm = append(norm, d.WideForm(wide)...)
			wide++
		} else {
			for _, octet := range d.Body[d.Starts[token]:d.Ends[token]] {
				norm = append(norm, octet|0x20) // what is no letter has that bit already
			}
		}
		norm = append(norm, ' ')
	}
	return norm
}
