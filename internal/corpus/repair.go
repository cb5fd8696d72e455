package corpus

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Problem returns a problem of the record at the given byte of its data.
func (r Record) Problem(at int, kind, format string, args ...any) Problem {
	return Problem{
		Line:    r.Line + bytes.Count(r.Data[:at], []byte{'\n'}),
		Offset:  r.Offset + int64(at),
		Kind:    kind,
		Message: fmt.Sprintf(format, args...),
	}
}

// Replaced is the problem of count bytes replaced, the first of which is at
// the given byte of the record's data.
func (r Record) Replaced(at, count int) Problem {
	noun := "bytes that are not UTF-8 are"
	if count == 1 {
		noun = "byte that is not UTF-8 is"
	}
	return r.Problem(at, InvalidUTF8, "%d %s replaced by U+FFFD", count, noun)
}

// FirstInvalid returns the position of the first byte that is not valid UTF-8,
// -1 where there is none.
func FirstInvalid(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
}

// Repair returns the text with each byte that is not valid UTF-8 replaced by
// U+FFFD, and how many were replaced. Valid text is returned as it is.
func Repair(text []byte) ([]byte, int) {
	first := FirstInvalid(text)
	if first < 0 {
		return text, 0
	}
	// Room for a few replacements: mostly an input has one stray byte.
	repaired := append(make([]byte, 0, len(text)+len(text)/16+utf8.UTFMax), text[:first]...)
	count := 0
	for at := first; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			count++
		}
		repaired = utf8.AppendRune(repaired, r)
		at += size
	}
	return repaired, count
}
