package text

import (
	"bytes"
	"math/bits"
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

// splitLines fills d.lines; the blocks must have been classified. A line ends
// where Unicode demands a break: at LF, CR, CRLF, VT, FF, U+2028 and U+2029.
// U+0085 (next line) is not among them: in scraped text it is the ellipsis of
// Windows-1252, read as Latin-1.
func (d *Document) splitLines(body []byte) {
	d.lines = d.lines[:0]
	if hasLineSeparator(body) {
		d.splitSlowly(body)
		return
	}
	start, stretch := 0, false
	for i := range d.blocks {
		for breaks := d.blocks[i].breaks; breaks != 0; breaks &= breaks - 1 {
			end := i*blockBytes + bits.TrailingZeros64(breaks)
			if end == start && end > 0 && body[end] == '\n' && body[end-1] == '\r' {
				start++ // the second half of CRLF
				continue
			}
			stretch = d.addLine(body, start, end, stretch)
			start = end + 1
		}
	}
	d.addLine(body, start, len(body), stretch)
}

// splitSlowly is splitLines where lines may end beyond ASCII.
func (d *Document) splitSlowly(body []byte) {
	stretch := false
	for at := 0; at < len(body); {
		end := at
		for end < len(body) && breakSize(body[end:]) == 0 {
			end++
		}
		stretch = d.addLine(body, at, end, stretch)
		if at = end; at < len(body) {
			at += breakSize(body[at:])
		}
	}
}

// addLine adds a line, if it is not blank, and reports whether it has.
func (d *Document) addLine(body []byte, start, end int, stretch bool) bool {
	current := line{start: uint32(start), end: uint32(end)}
	if start >= end || !isInk(body[start]) || !isInk(body[end-1]) {
		if current = trimLine(body, start, end); current.start == current.end {
			return false
		}
	}
	current.stretch = stretch
	d.lines = append(d.lines, current)
	return true
}

// isInk reports whether the byte is an ASCII character that is not blank.
func isInk(octet byte) bool { return octet > ' ' && octet <= '~' }

// hasLineSeparator reports whether U+2028 or U+2029 stands in the body.
func hasLineSeparator(body []byte) bool {
	for {
		at := bytes.IndexByte(body, 0xe2)
		if at < 0 {
			return false
		}
		if body = body[at:]; breakSize(body) > 0 {
			return true
		}
		body = body[1:]
	}
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
