package jsonl

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// A literal is the inside of a sound JSON string, as it is written.
type literal []byte

// unescape returns the string that the literal stands for, how many halves of
// surrogate pairs were replaced in it, and where in the literal the first
// stood. A literal without escapes is returned as it is.
func (l literal) unescape() (text []byte, halves, first int) {
	at := bytes.IndexByte(l, '\\')
	if at < 0 {
		return l, 0, -1
	}
	text, first = make([]byte, 0, len(l)), -1
	for done := 0; ; {
		text = append(text, l[done:at]...)
		for at < len(l) && l[at] == '\\' { // escapes come in runs where a script is escaped
			r, size := escaped(l[at:])
			if size < 0 {
				size = -size
				if halves++; first < 0 {
					first = at
				}
			}
			text = utf8.AppendRune(text, r)
			at += size
		}
		done = at
		next := bytes.IndexByte(l[done:], '\\')
		if next < 0 {
			return append(text, l[done:]...), halves, first
		}
		at = done + next
	}
}

// unicodeEscape is the length of \uXXXX.
const unicodeEscape = 6

// escaped returns the character of the escape that the text begins with, and
// its length: negative where it is half a surrogate pair, whose character is
// then utf8.RuneError.
func escaped(text []byte) (rune, int) {
	switch c := text[1]; c {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
	default:
		return rune(c), 2
	}
	r := hex4(text[2:])
	if !utf16.IsSurrogate(r) {
		return r, unicodeEscape
	}
	if rest := text[unicodeEscape:]; len(rest) >= unicodeEscape && rest[0] == '\\' && rest[1] == 'u' {
		if pair := utf16.DecodeRune(r, hex4(rest[2:])); pair != utf8.RuneError {
			return pair, 2 * unicodeEscape
		}
	}
	return utf8.RuneError, -unicodeEscape
}

// hex4 returns the value of the four hexadecimal digits that the text begins with.
func hex4(text []byte) rune {
	_ = text[3]
	return rune(digit[text[0]])<<12 | rune(digit[text[1]])<<8 | rune(digit[text[2]])<<4 | rune(digit[text[3]])
}

// digit is the value of each hexadecimal digit, -1 for other bytes, which
// stays negative when it is joined with others.
var digit = func() (table [256]int8) {
	for c := range table {
		table[c] = -1
	}
	for value, c := range []byte("0123456789abcdef") {
		table[c] = int8(value)
		table[bytes.ToUpper([]byte{c})[0]] = int8(value)
	}
	return table
}()
