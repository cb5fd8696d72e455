package bundle

import (
	"bytes"
	"fmt"
)

const (
	// headerForm is what a message says to whoever missed it by a little.
	headerForm = "a header begins with <<<FILE and a blank, in column one"
	// maxQuoted is how many bytes of a line a message quotes: what a terminal
	// shows beside the place and the reason.
	maxQuoted = 60
)

// isNearHeader reports whether the line, given without its line feed, is no
// header but likely was meant as one: by its blanks or its letters' case alone
// it misses the form. A line with words behind its brackets speaks of headers.
func isNearHeader(line []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(line, blanks), []byte("<<<"))
	rest = bytes.Trim(rest, blanks)
	const word = "FILE"
	if !ok || len(rest) < len(word) || !bytes.EqualFold(rest[:len(word)], []byte(word)) {
		return false
	}
	if bytes.Contains(rest, []byte(closing)) && !bytes.HasSuffix(rest, []byte(closing)) {
		return false
	}
	_, isHeader := parseHeader(line)
	return !isHeader
}

// nearHeaders returns where the first near header of the text begins, and how
// many there are. The text begins with a line. It is searched for brackets and
// not line by line, since most texts hold none.
func nearHeaders(text []byte) (first, count int) {
	for at := 0; at < len(text); {
		found := bytes.Index(text[at:], []byte("<<<"))
		if found < 0 {
			break
		}
		start := at + bytes.LastIndexByte(text[at:at+found], '\n') + 1
		line, length := firstLine(text[start:])
		if isNearHeader(line) {
			if count++; count == 1 {
				first = start
			}
		}
		at = start + length
	}
	return first, count
}

// NearHeader says which line of an input's head reads almost like a header,
// "" where none does.
func NearHeader(head []byte) string {
	at, count := nearHeaders(head)
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("line %d reads almost like a header: %s (%s)",
		1+bytes.Count(head[:at], []byte{'\n'}), quoteLine(head[at:]), headerForm)
}

// quoteLine quotes the beginning of the line that the text begins with.
func quoteLine(text []byte) string {
	line, _ := firstLine(text)
	line = bytes.Trim(line, blanks)
	if len(line) <= maxQuoted {
		return fmt.Sprintf("%q", line)
	}
	return fmt.Sprintf("%q…", bytes.ToValidUTF8(line[:maxQuoted], nil))
}
