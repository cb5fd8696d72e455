package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A line is a line of the body that is not blank.
type line struct {
	start, end uint32 // byte range in the body, without the space around it
	indent     uint32 // columns of white space before start
	stretch    bool   // no blank line stands between it and the line before
}

// of returns the line's text.
func (l line) of(body []byte) []byte {
	return body[l.start:l.end]
}

// tabWidth is how far apart tab stops stand, in columns.
const tabWidth = 8

// splitLines fills d.lines. A line ends where Unicode demands a break: at LF,
// CR, CRLF, VT, FF, U+2028 and U+2029. U+0085 (next line) is not among them:
// in scraped text it is the ellipsis of Windows-1252, read as Latin-1.
func (d *Document) splitLines(body []byte) {
	d.lines = d.lines[:0]
	rare := hasRareBreak(body)
	stretch := false
	for at := 0; at < len(body); {
		end, next := lineEnd(body, at, rare)
		current := trimLine(body, at, end)
		current.stretch = stretch
		stretch = current.start < current.end
		if stretch {
			d.lines = append(d.lines, current)
		}
		at = next
	}
}

// hasRareBreak reports whether a line of the body ends in anything but LF.
func hasRareBreak(body []byte) bool {
	return bytes.IndexByte(body, '\r') >= 0 || bytes.IndexByte(body, '\v') >= 0 || bytes.IndexByte(body, '\f') >= 0 ||
		bytes.Contains(body, []byte("\u2028")) || bytes.Contains(body, []byte("\u2029"))
}

// lineEnd returns where the line that begins at a byte ends, and where the next
// begins. Only where there are rare breaks must it look at each byte.
func lineEnd(body []byte, at int, rare bool) (end, next int) {
	if !rare {
		if length := bytes.IndexByte(body[at:], '\n'); length >= 0 {
			return at + length, at + length + 1
		}
		return len(body), len(body)
	}
	for ; at < len(body); at++ {
		if size := breakSize(body[at:]); size > 0 {
			return at, at + size
		}
	}
	return at, at
}

// breakSize returns the length of the line break that a text begins with, or zero.
func breakSize(text []byte) int {
	switch text[0] {
	case '\n', '\v', '\f':
		return 1
	case '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case 0xe2: // U+2028 and U+2029
		if len(text) > 2 && text[1] == 0x80 && text[2]&^1 == 0xa8 {
			return 3
		}
	}
	return 0
}

// trimLine measures a line.
func trimLine(body []byte, start, end int) line {
	indent := 0
	for start < end {
		char, size := utf8.DecodeRune(body[start:end])
		if !isBlank(char) {
			break
		}
		indent += blankWidth(char, indent)
		start += size
	}
	for start < end {
		char, size := utf8.DecodeLastRune(body[start:end])
		if !isBlank(char) {
			break
		}
		end -= size
	}
	return line{start: uint32(start), end: uint32(end), indent: uint32(indent)}
}

// isBlank reports whether the character leaves no trace on paper: white space, a
// control character, or one that tokens ignore.
func isBlank(char rune) bool {
	if char < utf8.RuneSelf {
		return char <= ' ' || char == 0x7f
	}
	return unicode.IsSpace(char) || unicode.IsControl(char) || entryOf(char).class == ignorable
}

// blankWidth returns how many columns a blank character takes.
func blankWidth(char rune, column int) int {
	switch {
	case char == '\t':
		return tabWidth - column%tabWidth
	case char == '\u3000': // ideographic space
		return 2
	case unicode.IsSpace(char):
		return 1
	}
	return 0
}
