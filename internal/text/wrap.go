package text

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"
)

// Widths in columns between which a text may have been wrapped. Old newspapers
// set columns of 35 to 60, typewriters and terminals 60 to 80, some mail
// programs 100. Below 30, lists of names and results look wrapped.
const (
	minWrap = 30
	maxWrap = 120
)

// fewInner is the number of inner lines below which their widths alone do not
// prove anything: four lines of a list are often alike.
const fewInner = 5

// wordlessReach is how many columns of a script without spaces count as the
// first word of a line: a Thai word, or two Han characters and the punctuation
// that may not begin a line.
const wordlessReach = 8

// A wrapping is what the lines of a body say about the width at which it was
// wrapped, if it was. An inner line is one that a line follows at once, without
// a blank line or an indent.
type wrapping struct {
	margin     uint32 // the least indent
	inner      int    // lines that are inner
	terminated int    // inner lines at whose end a sentence ends
	continued  int    // inner lines in the middle of a sentence: the next begins in lower case

	// filled[width] is the number of inner lines that a writer who fills lines of
	// that width would have ended where they end; outer[width] is the number of
	// other lines of that very width. Those wider than maxWrap are in the last.
	filled, outer [maxWrap + 2]int
}

// isHardWrapped reports whether the lines were broken to a width, and not where
// a paragraph ends: whether most inner lines break off before a sentence ends,
// and there is a width which explains most lines, since none is wider and none
// has room for the first word of the next. A line that is not inner counts only
// where it is too wide; that tells web text (long lines, blank lines between
// them) with a list in it. All bounds were tried on the corpora of doc.go.
func isHardWrapped(body []byte, lines []line) bool {
	found := wrapping{margin: leftMargin(lines)}
	found.countInner(body, lines)
	if found.inner == 0 || 2*found.terminated > found.inner {
		return false
	}
	found.measure(body, lines)
	total := len(lines) // the inner lines, and the others that are wider than the width
	for width := range maxWrap + 1 {
		total -= found.outer[width]
		if width >= minWrap && found.isExplained(found.filled[width], total) {
			return true
		}
	}
	return false
}

// isExplained reports whether a width that explains so many of all lines is the
// width of the text. Half is enough (a market report is half a table); so is a
// quarter where most others break off in mid-sentence, as in print that was
// justified by eye and read by OCR. Few lines may be alike by chance: one of them
// must break off in mid-sentence, or all be explained, but for a headline.
func (w *wrapping) isExplained(filled, total int) bool {
	if w.inner >= fewInner {
		return 2*filled >= total || 4*filled >= total && 4*(filled+w.continued) >= 3*total
	}
	all := w.inner > 1 && filled == w.inner && filled+1 >= total && w.terminated == 0
	return all || 2*filled >= total && w.continued > 0
}

// isInner reports whether a line follows the one at index at once.
func (w *wrapping) isInner(lines []line, index int) bool {
	return index+1 < len(lines) && lines[index+1].stretch && lines[index+1].indent < w.margin+minIndent
}

// countInner looks at the ends of the inner lines, which is cheap and most often enough.
func (w *wrapping) countInner(body []byte, lines []line) {
	for index, current := range lines {
		if w.isInner(lines, index) {
			w.inner++
			if endsSentence(current.of(body)) {
				w.terminated++
			}
		}
	}
}

// measure looks at the width of each line, and at the first word of the one behind it.
func (w *wrapping) measure(body []byte, lines []line) {
	for index, current := range lines {
		width := min(int(current.indent)+columns(current.of(body), maxWrap+1), maxWrap+1)
		if w.isInner(lines, index) {
			w.measureInner(current.of(body), lines[index+1].of(body), width)
		} else {
			w.outer[width]++
		}
	}
	for width := 1; width < len(w.filled); width++ {
		w.filled[width] += w.filled[width-1]
	}
}

// measureInner counts an inner line. While lines are counted, filled holds the
// differences from width to width.
func (w *wrapping) measureInner(text, next []byte, width int) {
	first, isAddress := firstWord(next)
	if width <= maxWrap {
		w.filled[width]++
		w.filled[min(width+first, maxWrap)+1]--
	}
	if char, _ := utf8.DecodeRune(next); unicode.IsLower(char) && !isAddress && !endsSentence(text) {
		w.continued++
	}
}

// leftMargin returns the least indent.
func leftMargin(lines []line) (margin uint32) {
	for index, current := range lines {
		if index == 0 || current.indent < margin {
			margin = current.indent
		}
	}
	return margin
}

// columns returns how many columns the text takes, but looks no further than limit.
func columns(text []byte, limit int) (width int) {
	if len(text) >= limit*utf8.UTFMax {
		return limit
	}
	for at := 0; at < len(text) && width < limit; {
		if rest := text[at:]; len(rest) >= 8 && binary.LittleEndian.Uint64(rest)&0x8080808080808080 == 0 {
			width += 8
			at += 8
			continue
		}
		char, size := utf8.DecodeRune(text[at:])
		width += columnsOf(char)
		at += size
	}
	return min(width, limit)
}

// columnsOf returns two for Han, kana, Hangul and full-width forms. The border
// cases of Unicode's list do not matter here.
func columnsOf(char rune) int {
	if 0x2e80 <= char && char <= 0xa4cf || 0xac00 <= char && char <= 0xd7a3 ||
		0xf900 <= char && char <= 0xfaff || 0xff01 <= char && char <= 0xff60 || 0x1f300 <= char && char <= 0x3ffff {
		return 2
	}
	return 1
}

// firstWord returns the columns of what a writer would have had to fit into the line
// before: the characters up to white space or a hyphen. It also says whether
// that looks like the address of a web page.
func firstWord(text []byte) (width int, isAddress bool) {
	unspaced := false
	for at := 0; at < len(text) && width < maxWrap; {
		char, size := rune(text[at]), 1
		if char >= utf8.RuneSelf {
			char, size = utf8.DecodeRune(text[at:])
			unspaced = unspaced || entryOf(char).class == single
		}
		if char <= ' ' || char > '~' && isBlank(char) || unspaced && width >= wordlessReach {
			break
		}
		width += columnsOf(char)
		if char == '-' {
			break
		}
		isAddress = isAddress || char == '/'
		at += size
	}
	return width, isAddress
}

// endsSentence reports whether a line ends in a full stop or the like, with
// quotes and brackets behind it as may be. A colon counts: lists follow it.
func endsSentence(text []byte) bool {
	for len(text) > 0 {
		char, size := utf8.DecodeLastRune(text)
		text = text[:len(text)-size]
		switch {
		case char == '.', char == ':', char == '…':
			return true
		case char < utf8.RuneSelf && byteClasses[char] == word:
			return false
		case char == '"', isApostrophe(char), unicode.In(char, unicode.Pe, unicode.Pf, unicode.Pi):
			continue
		}
		return unicode.Is(unicode.Sentence_Terminal, char)
	}
	return false
}
