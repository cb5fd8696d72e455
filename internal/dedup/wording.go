package dedup

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup/misread"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// A wording is an article's words in order, as they are laid beside those of another:
// 9 bytes a word, and 4 a paragraph.
type wording struct {
	tokens  []uint64    // by token: the hash of its normal form
	classes []wordClass // likewise
	lines   []uint32    // by paragraph with a word: its first token, and pageLine where it is one
	// forms are the words themselves, where misread ones are to be found: else none.
	forms misread.Words
}

// pageLine marks a line as it stands around articles on their pages: a menu, a button, a
// headline, a credit. It is short and ends no sentence.
const (
	pageLine = 1 << 31
	// pageLineWords is the most words of one: headlines have some ten.
	pageLineWords = 12
)

// clone is a copy that lasts.
func (w *wording) clone() wording {
	forms := misread.Words{Norm: slices.Clone(w.forms.Norm), Ends: slices.Clone(w.forms.Ends), Known: slices.Clone(w.forms.Known)}
	return wording{slices.Clone(w.tokens), slices.Clone(w.classes), slices.Clone(w.lines), forms}
}

// A wordClass says how a word stands in the text.
type wordClass uint8

const (
	digits  wordClass = 1 << iota // it begins or ends with a digit
	capital                       // it begins with a capital that no sentence asks for
	onward                        // it goes on with the figure of the word before: the 000 of 2,000
	// The other bits are the last ones of its first letter, in lower case.
	initial wordClass = 0xf8
)

// initialOf returns the bits of initial.
func initialOf(letter rune) wordClass { return wordClass(letter) << 3 & initial }

// read fills in the wording of what the analyst has read.
func (w *wording) read(a *analyst) {
	w.tokens = shingle.AppendTokens(w.tokens[:0], a.sums)
	w.classes, w.lines = w.classes[:0], w.lines[:0]
	if a.options.Tolerant {
		w.readForms(&a.doc)
	}
	wide := 0
	for _, paragraph := range a.doc.Paragraphs {
		if paragraph.FirstToken == paragraph.LastToken {
			continue
		}
		line := uint32(paragraph.FirstToken)
		if paragraph.LastToken-paragraph.FirstToken <= pageLineWords && !endsSentence(a.doc.Body[:paragraph.End]) {
			line |= pageLine
		}
		w.lines = append(w.lines, line)
		wide = w.readParagraph(&a.doc, paragraph, wide)
	}
}

// readParagraph adds the classes of a paragraph's words. Where most begin with
// capitals, as in headlines and in telegrams, capitals tell no names.
func (w *wording) readParagraph(doc *text.Document, p text.Paragraph, wide int) int {
	capitals, before, end := 0, p.Start, p.Start
	for token := p.FirstToken; token < p.LastToken; token++ {
		start, class := int(doc.Starts[token]), wordClass(0)
		isWide := wide < len(doc.Wide) && int(doc.Wide[wide].Token) == token
		if isWide {
			class = classOfWide(doc.Body[start:doc.Ends[token]])
			wide++
		} else {
			class = classOfPlain(doc.Body[start:doc.Ends[token]])
		}
		if class&digits != 0 && token > p.FirstToken && end < start && joinsFigures(doc.Body[before:end], doc.Body[end:start], doc.Body[start]) {
			class |= onward
		}
		if class&capital != 0 {
			capitals++
			if token == p.FirstToken || beginsSentence(doc.Body[min(end, start):start], doc.Body[before:min(end, start)]) {
				class &^= capital
			}
		}
		w.classes = append(w.classes, class)
		before, end = start, int(doc.Ends[token])
	}
	if 2*capitals > p.LastToken-p.FirstToken {
		own := w.classes[p.FirstToken:p.LastToken]
		for i := range own {
			own[i] &^= capital
		}
	}
	return wide
}

// joinsFigures reports whether two words are parts of one figure: digits on both sides of
// a single mark that stands inside figures, as in 2,000,000, 1.5, 9:41 and 3/16.
func joinsFigures(before, between []byte, next byte) bool {
	switch string(between) {
	case ".", ",", ":", "/", "\u00a0", "\u2009", "\u202f":
		last := before[len(before)-1]
		return '0' <= last && last <= '9' && '0' <= next && next <= '9'
	}
	return false
}

// classOfPlain is the class of a word in ASCII.
func classOfPlain(word []byte) (class wordClass) {
	first, last := word[0], word[len(word)-1]
	if first <= '9' && first >= '0' || last <= '9' && last >= '0' {
		class |= digits
	}
	if first <= 'Z' && first >= 'A' {
		class |= capital
	}
	return class | initialOf(rune(first|0x20))
}

// classOfWide is that of any other.
func classOfWide(word []byte) (class wordClass) {
	first, _ := utf8.DecodeRune(word)
	last, _ := utf8.DecodeLastRune(word)
	if unicode.IsNumber(first) || unicode.IsNumber(last) {
		class |= digits
	}
	if unicode.IsUpper(first) || unicode.IsTitle(first) {
		class |= capital
	}
	return class | initialOf(unicode.ToLower(first))
}

// beginsSentence reports whether what stands between two words ends a sentence, or opens
// a quotation. A full stop behind a short word with a capital is that of an
// abbreviation: "St. Osk", "Sen. Harrow", "J. Maron".
func beginsSentence(between, before []byte) bool {
	if len(between) < 2 {
		return false
	}
	if string(between) == ". " && len(before) > 0 && len(before) <= maxAbbreviation && classOfWide(before)&capital != 0 {
		return false
	}
	return bytes.ContainsAny(between, ".!?:;…\"“”«»„‹›。！？—–•|*\n¿¡(")
}

// maxAbbreviation is the most letters of one.
const maxAbbreviation = 4

// endsSentence reports whether a text ends as sentences do, in or behind a quotation.
func endsSentence(text []byte) bool {
	last, size := utf8.DecodeLastRune(text)
	switch last {
	case '"', '\'', '”', '’', '»', ')', '」':
		last, _ = utf8.DecodeLastRune(text[:len(text)-size])
	}
	switch last {
	case '.', '!', '?', '。', '！', '？', '।', '۔', '؟', '።':
		return true
	}
	return false
}
