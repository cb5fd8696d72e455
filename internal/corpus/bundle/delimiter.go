package bundle

import (
	"bytes"
	"strings"
)

// maxDelimiter is how many bytes of a line are looked at for a delimiter: four
// times the longest path of the usual systems. It bounds what must be seen of
// a line without an end.
const maxDelimiter = 16 << 10

const (
	opening = "<<<FILE"
	closing = ">>>"
	blanks  = " \t\r"
	noEOL   = "<<<END NO NEWLINE>>>"
)

// A kind says what a line is.
type kind int

const (
	text kind = iota
	header
	end
	endNoEOL
	blockEnd
	noLine // there is no line: the input has ended
)

// kindOf tells what the line is, given without its line feed. Of a longer line
// at least maxDelimiter+1 bytes must be given. What closes a block is text elsewhere.
func kindOf(line []byte, inBlock bool) kind {
	if len(line) == 0 {
		return text
	}
	switch {
	case line[0] == '<':
		return bracketKind(line)
	case line[0] == '>' && inBlock && len(line) <= maxDelimiter && string(trimRight(line)) == closing:
		return blockEnd
	}
	return text
}

func bracketKind(line []byte) kind {
	if _, ok := parseHeader(line); ok {
		return header
	}
	if len(line) > maxDelimiter {
		return text
	}
	switch string(trimRight(line)) {
	case "<<<END>>>", "<<<END FILE>>>", "<<<EOF>>>", "<<</FILE>>>":
		return end
	case noEOL:
		return endNoEOL
	}
	return text
}

// A heading is what a header line says.
type heading struct {
	name  []byte // alias of the line; empty for none
	block bool
	after int // position in the line behind the closing brackets, or the line's length
}

// parseHeader reads a line as a header. The line is given as to kindOf.
func parseHeader(line []byte) (heading, bool) {
	if !bytes.HasPrefix(line, []byte(opening)) {
		return heading{}, false
	}
	cut := len(line) > maxDelimiter
	visible := line[:min(len(line), maxDelimiter)]
	if !cut {
		visible = trimRight(visible)
	}
	rest := visible[len(opening):]
	if len(rest) > 0 && strings.IndexByte(" \t:\">", rest[0]) < 0 {
		return heading{}, false
	}
	rest = trimLeft(rest)
	rest = bytes.TrimPrefix(rest, []byte(":"))
	rest = trimLeft(rest)
	name, length, closed := parseName(rest)
	if !closed && cut {
		return heading{}, false
	}
	h := heading{name: name, block: !closed, after: len(visible) - len(rest) + length}
	if len(bytes.TrimSpace(name)) == 0 {
		h.name = nil
	}
	if !closed {
		h.after = len(line)
	}
	return h, true
}

// parseName reads a name up to the closing brackets, and returns the length of
// both; closed is false where there are no brackets and the name is all there is.
func parseName(rest []byte) (name []byte, length int, closed bool) {
	if len(rest) > 1 && (rest[0] == '"' || rest[0] == '\'') {
		if name, length := quotedName(rest); length > 0 {
			return name, length, true
		}
	}
	if at := bytes.Index(rest, []byte(closing)); at >= 0 {
		return trimRight(rest[:at]), at + len(closing), true
	}
	if last := len(rest) - 1; last > 0 && rest[0] == rest[last] && (rest[0] == '"' || rest[0] == '\'') {
		return rest[1:last], len(rest), false
	}
	return rest, len(rest), false
}

// quotedName reads a name that stands in quotes of the kind that rest begins
// with. The quote that ends it is the first behind which, but for blanks, the
// brackets stand; the length is 0 where none is.
func quotedName(rest []byte) (name []byte, length int) {
	for from := 1; ; {
		at := bytes.IndexByte(rest[from:], rest[0])
		if at < 0 {
			return nil, 0
		}
		at += from
		from = at + 1
		behind := trimLeft(rest[from:])
		if bytes.HasPrefix(behind, []byte(closing)) {
			return rest[1:at], len(rest) - len(behind) + len(closing)
		}
	}
}

// trimLeft takes the blanks before the text away. bytes.TrimLeft would make a
// table for each header, which took a third of its reading.
func trimLeft(text []byte) []byte {
	for len(text) > 0 && isBlank(text[0]) {
		text = text[1:]
	}
	return text
}

func trimRight(text []byte) []byte {
	for len(text) > 0 && isBlank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }
