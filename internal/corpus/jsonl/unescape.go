package jsonl

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A literal is the inside of a JSON string, as it is written.
type literal []byte

// A text is the string that a literal stands for, as valid UTF-8: each half of
// a surrogate pair and each byte that is not UTF-8 is replaced by U+FFFD.
type text struct {
	bytes    []byte
	halves   int // replaced
	replaced int // halves and bytes
	// first begins with the first half or byte that was replaced, and is an
	// alias of the data up to its end.
	first []byte
}

// set makes t what the literal stands for. It overwrites t's bytes, and moves
// them where they do not suffice. It returns false where the literal is not sound.
func (t *text) set(l literal) bool {
	sound, valid := l.check()
	t.bytes = slices.Grow(t.bytes[:0], len(l))
	t.halves, t.replaced, t.first = 0, 0, nil
	if !sound || !t.unescape(l) {
		return false
	}
	if !valid {
		t.repair(l)
	}
	return true
}

// plain returns what a sound literal stands for: itself, where it holds no escape.
func (l literal) plain() []byte {
	if bytes.IndexByte(l, '\\') < 0 {
		return l
	}
	var t text
	t.set(l)
	return t.bytes
}

// unescape appends what the literal stands for, but for bytes that are not UTF-8.
func (t *text) unescape(l literal) bool {
	for {
		at := bytes.IndexByte(l, '\\')
		if at < 0 {
			t.bytes = append(t.bytes, l...)
			return true
		}
		t.bytes = append(t.bytes, l[:at]...)
		l = l[at:]
		for len(l) > 0 && l[0] == '\\' { // escapes come in runs where a script is escaped
			size := t.escape(l)
			if size == 0 {
				return false
			}
			l = l[size:]
		}
	}
}

// escape appends what the escape stands for that the literal begins with, and
// returns its length, 0 where it is not sound.
func (t *text) escape(l literal) int {
	size := escapeLength(l)
	if size == shortEscape {
		t.bytes = append(t.bytes, short[l[1]])
	}
	if size != unicodeEscape {
		return size
	}
	r := hex4(l[2:])
	if utf16.IsSurrogate(r) {
		if r, size = pair(r, l); r == utf8.RuneError {
			t.halves++
			t.count(1, l)
		}
	}
	t.bytes = utf8.AppendRune(t.bytes, r)
	return size
}

// pair returns the character of the two escapes that the literal begins with,
// the first of which is the surrogate, and their length; utf8.RuneError and
// the length of one where they are no pair.
func pair(surrogate rune, l literal) (rune, int) {
	if second := l[unicodeEscape:]; len(second) > 0 && second[0] == '\\' && escapeLength(second) == unicodeEscape {
		if r := utf16.DecodeRune(surrogate, hex4(second[2:])); r != utf8.RuneError {
			return r, 2 * unicodeEscape
		}
	}
	return utf8.RuneError, unicodeEscape
}

// repair replaces the bytes of t that are not UTF-8.
func (t *text) repair(l literal) {
	repaired, bad := corpus.Repair(t.bytes)
	t.bytes = repaired
	t.count(bad, l[corpus.FirstInvalid(l):])
}

// count counts replacements, of which the first stands where at begins.
func (t *text) count(replaced int, at []byte) {
	if t.replaced == 0 || cap(at) > cap(t.first) { // both end with the data
		t.first = at
	}
	t.replaced += replaced
}

// short is what each escape of one letter stands for, 0 for the others.
var short = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

const (
	shortEscape   = 2 // the length of \n
	unicodeEscape = 6 // of \uXXXX
)

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
