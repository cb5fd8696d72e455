package jsonl

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/swar"
)

// check tells whether the literal is without control characters, and whether
// it is valid UTF-8: as escapes are ASCII, so is then what it stands for.
func (l literal) check() (sound, valid bool) {
	for {
		l = l[ascii(l):]
		switch {
		case len(l) == 0:
			return true, true
		case l[0] < ' ':
			return false, false
		}
		size := outsideASCII(l)
		if size == 0 {
			return !l.hasControl(), false
		}
		l = l[size:]
	}
}

// wide is the number of bytes that are tested at once.
const wide = 32

func word(data []byte) uint64 { return binary.LittleEndian.Uint64(data) }

// ascii returns how many bytes of the text stand before the first that is a
// control character or outside ASCII.
//
// Subtracting 0x20 from each byte borrows, and so sets the high bit, where a
// byte is less. Behind that one the borrow may set others by mistake, and
// bytes outside ASCII have or get the bit in any way: so the first bit that is
// set is right, and none is set where all bytes are plain.
func ascii(text []byte) int {
	rest := text
	for len(rest) >= wide {
		a, b, c, d := word(rest[0:]), word(rest[8:]), word(rest[16:]), word(rest[24:])
		a, b, c, d = a|(a-' '*swar.Ones), b|(b-' '*swar.Ones), c|(c-' '*swar.Ones), d|(d-' '*swar.Ones)
		if (a|b|c|d)&swar.High != 0 {
			found := swar.Gather(a) | swar.Gather(b)<<8 | swar.Gather(c)<<16 | swar.Gather(d)<<24
			return len(text) - len(rest) + bits.TrailingZeros64(found)
		}
		rest = rest[wide:]
	}
	for len(rest) > 0 && ' ' <= rest[0] && rest[0] < utf8.RuneSelf {
		rest = rest[1:]
	}
	return len(text) - len(rest)
}

// hasControl reports whether a control character stands in the literal.
func (l literal) hasControl() bool {
	rest := l
	for len(rest) >= wide {
		a, b, c, d := word(rest[0:]), word(rest[8:]), word(rest[16:]), word(rest[24:])
		if (swar.Below(a, ' ')|swar.Below(b, ' ')|swar.Below(c, ' ')|swar.Below(d, ' '))&swar.High != 0 {
			return true
		}
		rest = rest[wide:]
	}
	for _, c := range rest {
		if c < ' ' {
			return true
		}
	}
	return false
}

// outsideASCII returns the length of the run of valid characters outside ASCII
// that the text begins with, single blanks and the like among them: in many
// scripts they part the words, which are too short for ascii to be quick.
func outsideASCII(text []byte) int {
	at := 0
	for at+4 <= len(text) {
		a, b := text[at], text[at+1]
		switch {
		case a < utf8.RuneSelf:
			if a < ' ' || b < utf8.RuneSelf {
				return at
			}
			at++
			continue
		case 0xC2 <= a && a < 0xE0 && isContinuation(b):
			at += 2
			continue
		case 0xE1 <= a && a < 0xED && isContinuation(b) && isContinuation(text[at+2]):
			at += 3
			continue
		}
		if _, size := utf8.DecodeRune(text[at:]); size > 1 {
			at += size
			continue
		}
		return 0
	}
	for at < len(text) && text[at] >= utf8.RuneSelf {
		_, size := utf8.DecodeRune(text[at:])
		if size == 1 {
			return 0
		}
		at += size
	}
	return at
}

func isContinuation(c byte) bool { return c&0xC0 == 0x80 }

// shortPlain returns the length of a string without escapes and control
// characters that ends within wide bytes, -1 for every other. Names and
// identifiers are such, and the three searches of a long string would take longer.
//
// With the bit 2 turned over, the quote (0x22) is 0x20, while control
// characters stay below it and all others above: one test finds both.
func shortPlain(data []byte) int {
	for at := 0; at < wide && len(data)-at >= 8; at += 8 {
		x := word(data[at:])
		if found := (swar.Below(x^2*swar.Ones, '"'-1) | swar.Equal(x, '\\')) & swar.High; found != 0 {
			if at += swar.First(found); data[at] == '"' {
				return at
			}
			return -1
		}
	}
	return -1
}
