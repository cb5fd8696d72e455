package jsonl

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
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

const (
	lows  = 0x0101010101010101 // 1 in each byte
	highs = 0x8080808080808080 // the highest bit of each byte

	wide = 32 // bytes that are tested at once
)

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
		a, b, c, d = a|(a-' '*lows), b|(b-' '*lows), c|(c-' '*lows), d|(d-' '*lows)
		if (a|b|c|d)&highs != 0 {
			found := lanes(a) | lanes(b)<<8 | lanes(c)<<16 | lanes(d)<<24
			return len(text) - len(rest) + bits.TrailingZeros64(found)
		}
		rest = rest[wide:]
	}
	for len(rest) > 0 && ' ' <= rest[0] && rest[0] < utf8.RuneSelf {
		rest = rest[1:]
	}
	return len(text) - len(rest)
}

// lanes gathers the high bits of the bytes in the lowest byte, in their order.
func lanes(x uint64) uint64 { return (x & highs >> 7) * 0x0102040810204080 >> 56 }

// hasControl reports whether a control character stands in the literal.
func (l literal) hasControl() bool {
	rest := l
	for len(rest) >= wide {
		a, b, c, d := word(rest[0:]), word(rest[8:]), word(rest[16:]), word(rest[24:])
		if ((a-' '*lows)&^a|(b-' '*lows)&^b|(c-' '*lows)&^c|(d-' '*lows)&^d)&highs != 0 {
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
// characters stay below it and all others above: one test finds both. As in
// hasControl, what is found first is right, and the rest does not count.
func shortPlain(data []byte) int {
	for at := 0; at < wide && len(data)-at >= 8; at += 8 {
		x := word(data[at:])
		turned, backslash := x^2*lows, x^'\\'*lows
		if found := ((turned-('"'-1)*lows)&^turned | (backslash-lows)&^backslash) & highs; found != 0 {
			if at += bits.TrailingZeros64(found) / 8; data[at] == '"' {
				return at
			}
			return -1
		}
	}
	return -1
}
