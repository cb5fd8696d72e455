package report

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	// pipeWidth is the columns for evidence where no terminal sets a width:
	// enough words to know a story by, and lines that an editor shows whole.
	pipeWidth = 160
	// leastWidth is the columns that evidence gets in the narrowest terminal;
	// fewer would show no word.
	leastWidth = 16
	// maxName bounds the columns of a key or path. File names end at 255 bytes
	// on common file systems; a record's identifier may be of any length.
	maxName = 240
	// bytesPerColumn bounds what a column may cost. Letters with several marks
	// and joined emoji take up to 14 bytes a column; a letter under a thousand
	// marks is no text, and would make a short line a long output.
	bytesPerColumn = 16
)

// ellipsis stands where something was left out.
const ellipsis = "…"

// shorten cuts a line to the columns, with an ellipsis where it was cut.
func shorten(line string, columns int) string {
	if len(line) <= columns { // no character has more columns than bytes
		return line
	}
	bounded := cutAfter(line, columns*bytesPerColumn)
	if len(bounded) < len(line) {
		bounded += ellipsis
	}
	return ansi.Truncate(bounded, columns, ellipsis)
}

// name makes a key or a path safe to print and bounds it from the middle: the
// ends of names are what tells them apart.
func name(s string) string {
	const half = maxName / 2
	if len(s) > maxName*bytesPerColumn {
		s = cutAfter(s, half*bytesPerColumn) + ellipsis + cutBefore(s, half*bytesPerColumn)
	}
	s = Harmless(s)
	if len(s) <= maxName { // no character has more columns than bytes
		return s
	}
	width := ansi.StringWidth(s)
	if width <= maxName {
		return s
	}
	return ansi.Truncate(s, half, ellipsis) + ansi.TruncateLeft(s, width-half, "")
}

// cutAfter returns at most the first limit bytes, cut between characters.
func cutAfter(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// cutBefore returns at most the last limit bytes, cut between characters.
func cutBefore(s string, limit int) string {
	at := max(0, len(s)-limit)
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// wrap breaks a sentence into lines of at most the columns; a longer word
// stands whole on a line of its own, so that a path can be copied. With no
// columns it is one line.
func wrap(sentence string, columns int) []string {
	if columns <= 0 {
		return []string{sentence}
	}
	var lines []string
	line, width := "", 0
	for _, word := range words(sentence) {
		wordWidth := ansi.StringWidth(word)
		if line != "" && width+1+wordWidth > columns {
			lines = append(lines, line)
			line, width = "", 0
		}
		if line != "" {
			line, width = line+" ", width+1
		}
		line, width = line+word, width+wordWidth
	}
	return append(lines, line)
}

// words splits a sentence where it may be broken: at spaces, but not before a
// percent sign.
func words(sentence string) []string {
	var words []string
	for _, word := range strings.Split(sentence, " ") {
		if last := len(words) - 1; last >= 0 && strings.HasPrefix(word, "%") {
			words[last] += " " + word
		} else {
			words = append(words, word)
		}
	}
	return words
}
