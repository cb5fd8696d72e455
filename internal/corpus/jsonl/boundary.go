package jsonl

import (
	"bytes"

	"github.com/newsdedup/newsdedup/internal/swar"
)

// A boundary looks for the end of a JSON value in the pieces in which an input
// comes, without holding what it has looked at.
//
// It knows strings and brackets, and of the grammar as much as tells early that
// an end would be a wrong one: which brackets close which, that a value is
// followed by a comma, a colon or a closing bracket, and that an object has
// names. So a quote too many or too few is noticed where it stands, and not at
// the end of the input. All else is left to the decoder: what a boundary calls
// broken is no JSON, what it does not may be none.
type boundary struct {
	pos     int    // looked at up to here, from the first byte of the window
	open    []byte // the closing brackets awaited, from the outermost
	arrays  int    // how many of them are of arrays
	last    byte   // the last byte before pos that is no white space; scalar for all but brackets, commas, colons and strings
	inside  bool   // of a string
	escaped bool   // so is the byte at pos, of a string
	began   int    // where the last string begins
	// opening is how the values beside this one begin, if that is known, and
	// suspect where one first stands in it, behind a comma, that begins so: 0
	// where none does. It may be one of them, which a bracket too many or too few
	// has moved into this one.
	opening []byte
	suspect int
	hurried bool // a suspect is taken for the next value as soon as it is found
	final   bool // there is nothing behind the window
	asked   bool // the verdict wrapping has been given, or is not wanted
}

// A verdict is what a boundary says of the bytes so far.
type verdict int

const (
	unfinished verdict = iota // all bytes are looked at
	ended                     // pos is the end of the value
	broken                    // what stands at pos makes it no JSON, or is a suspect and there is hurry
	wrapping                  // pos is the first object in an array in the outermost object
)

const scalar = '0' // stands for numbers and words

// begin begins a value, at the window's first byte.
func (b *boundary) begin(opening []byte, wanted bool) {
	*b = boundary{open: b.open[:0], opening: opening, asked: !wanted}
}

// scan looks on in a window whose bytes up to pos are those of the last call.
func (b *boundary) scan(window []byte) verdict {
	for b.pos < len(window) {
		if b.inside {
			if !b.text(window) {
				return unfinished
			}
			if len(b.open) == 0 {
				return ended
			}
			continue
		}
		if len(b.open) == 0 && b.last == scalar {
			return b.bare(window)
		}
		run := plain(window[b.pos:])
		if run == 0 {
			c := window[b.pos]
			if c == '{' && b.last == ',' {
				if !b.look(window) {
					return unfinished
				}
				if b.hurried && b.suspect > 0 {
					return broken
				}
			}
			if v := b.structure(c); v != unfinished {
				return v
			}
			continue
		}
		if len(b.open) == 0 {
			return b.bare(window)
		}
		if !b.follow(window[b.pos : b.pos+run]) {
			return broken
		}
		b.pos += run
	}
	return unfinished
}

// structure passes over the quote or bracket at pos.
func (b *boundary) structure(c byte) verdict {
	switch c {
	case '"':
		if isEnd(b.last) {
			return broken
		}
		b.inside, b.began = true, b.pos
	case '{', '[':
		if !b.mayOpen() {
			return broken
		}
		if c == '{' && b.last == '[' && b.arrays == 1 && !b.asked && b.open[0] == '}' {
			b.asked = true
			return wrapping
		}
		b.open = append(b.open, c+2) // ']' is '['+2, '}' is '{'+2
		if c == '[' {
			b.arrays++
		}
	default:
		return b.close(c)
	}
	b.last = c
	b.pos++
	return unfinished
}

// look tells whether the object at pos is suspect. It returns false where too
// little of it is there.
func (b *boundary) look(window []byte) bool {
	rest := window[b.pos:]
	if len(rest) < len(b.opening) && !b.final {
		return false
	}
	if b.suspect == 0 && len(b.opening) > 0 && bytes.HasPrefix(rest, b.opening) {
		b.suspect = b.pos
	}
	return true
}

// mayOpen reports whether an array or object can stand at pos.
func (b *boundary) mayOpen() bool {
	if isEnd(b.last) || b.last == '{' || len(b.open) >= maxDepth {
		return false
	}
	return b.last != ',' || b.open[len(b.open)-1] == ']'
}

func (b *boundary) close(c byte) verdict {
	last := len(b.open) - 1
	if last < 0 { // a bracket that nothing opened is a value of its own
		b.pos++
		return ended
	}
	if b.open[last] != c {
		return broken
	}
	b.open = b.open[:last]
	if c == ']' {
		b.arrays--
	}
	b.last = c
	b.pos++
	if last == 0 {
		return ended
	}
	return unfinished
}

// isEnd reports whether a value ends with the byte, so that none may follow.
func isEnd(last byte) bool { return last == '"' || last == '}' || last == ']' || last == scalar }

// follow takes a run of bytes that are no quotes and brackets: numbers, words,
// commas, colons and white space.
func (b *boundary) follow(run []byte) bool {
	first, last := 0, len(run)-1
	for first < len(run) && isSpace(run[first]) {
		first++
	}
	if first == len(run) {
		return true
	}
	if c := run[first]; c != ',' && c != ':' && isEnd(b.last) && b.last != scalar {
		return false
	}
	for isSpace(run[last]) {
		last--
	}
	if b.last = run[last]; b.last != ',' && b.last != ':' {
		b.last = scalar
	}
	return true
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// bare passes over a number or a word that stands alone, or over what stands
// in the place of one.
func (b *boundary) bare(window []byte) verdict {
	for ; b.pos < len(window); b.pos++ {
		c := window[b.pos]
		if b.last == scalar && (isSpace(c) || c == ',' || plain(window[b.pos:b.pos+1]) == 0) {
			return ended
		}
		b.last = scalar
	}
	return unfinished
}

// text passes over the rest of a string, and reports whether it ends.
func (b *boundary) text(window []byte) bool {
	for {
		rest := window[b.pos:]
		at := bytes.IndexByte(rest, '"')
		if at < 0 {
			b.escaped = oddRun(rest, b.escaped)
			b.pos = len(window)
			return false
		}
		escaped := oddRun(rest[:at], b.escaped)
		b.escaped = false
		b.pos += at + 1
		if !escaped {
			b.inside = false
			return true
		}
	}
}

// oddRun reports whether the byte behind the text is escaped, where that may
// be said of its first byte as well.
func oddRun(text []byte, escaped bool) bool {
	start := len(text)
	for start > 0 && text[start-1] == '\\' {
		start--
	}
	odd := (len(text)-start)%2 == 1
	return odd != (escaped && start == 0)
}

// plain returns how many bytes stand before the first quote or bracket.
//
// Brackets and braces differ in the bit 0x20 alone: with it set, two tests find
// all four.
func plain(text []byte) int {
	at := 0
	for ; len(text)-at >= 8; at += 8 {
		x := word(text[at:])
		braces := x | 0x20*swar.Ones
		if found := (swar.Equal(x, '"') | swar.Equal(braces, '{') | swar.Equal(braces, '}')) & swar.High; found != 0 {
			return at + swar.First(found)
		}
	}
	for ; at < len(text); at++ {
		if c := text[at] | 0x20; text[at] == '"' || c == '{' || c == '}' {
			break
		}
	}
	return at
}
