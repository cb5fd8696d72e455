package report

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/swar"
)

// appendString appends a string of the corpus as JSON, byte for byte as
// encoding/json writes it with SetEscapeHTML(false): report files are not
// pasted into HTML unescaped, and "AT&T" should read as such. Beyond what that
// escapes, DEL and the C1 controls are, which JSON lets stand and some
// terminals obey (U+009B opens an escape sequence as ESC [ does). Each byte
// that is no UTF-8 becomes the escape of U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for !utf8.ValidString(s) {
		valid := validPrefix(s)
		b = appendValid(b, s[:valid])
		b = append(b, `\ufffd`...)
		s = s[valid+1:]
	}
	b = appendValid(b, s)
	return append(b, '"')
}

// validPrefix returns how many bytes stand before the first that is no UTF-8.
func validPrefix(s string) int {
	for at, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[at:], "\uFFFD") {
			return at
		}
	}
	return len(s)
}

// appendValid appends valid UTF-8 without the quotes around it.
func appendValid(b []byte, s string) []byte {
	from := 0 // what stands before it has been appended
	for at := plain(s, 0); at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if isEscaped(r) {
			b = append(b, s[from:at]...)
			b = appendEscape(b, r)
			from = at + size
		}
		at = plain(s, at+size)
	}
	return append(b, s[from:]...)
}

// plain returns the position, at or behind a given one, of the first byte that
// may have to be escaped: a quote, a backslash, a C0 control, DEL, and the
// first bytes 0xC2 of the C1 controls and 0xE2 of U+2028 and U+2029, which also
// begin other characters. The string is valid UTF-8.
//
// Eight bytes are tested at once. With the bit 2 turned over, the quote (0x22)
// is 0x20, while control characters stay below it and all others above: one test
// finds both. With the bit 0x20 set, 0xC2 is 0xE2, and no third byte is.
func plain(s string, at int) int {
	for ; len(s)-at >= 8; at += 8 {
		word := binary.LittleEndian.Uint64([]byte(s[at : at+8]))
		found := swar.Below(word^2*swar.Ones, '"'-1) | swar.Equal(word, '\\') |
			swar.Equal(word, 0x7f) | swar.Equal(word|0x20*swar.Ones, 0xe2)
		if found &= swar.High; found != 0 {
			return at + swar.First(found)
		}
	}
	for ; at < len(s); at++ {
		if c := s[at]; c < ' ' || c == '"' || c == '\\' || c == 0x7f || c == 0xc2 || c == 0xe2 {
			break
		}
	}
	return at
}

// isEscaped reports whether a character does not stand in JSON as it is.
func isEscaped(r rune) bool {
	return r < ' ' || r == '"' || r == '\\' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

// appendEscape appends the escape of a character below U+10000.
func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
