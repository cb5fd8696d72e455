package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// beyondASCII is the class of a byte that only its whole character can tell.
const beyondASCII class = 0xff

// byteClasses classifies the ASCII bytes.
var byteClasses = func() (classes [256]class) {
	for octet := range classes {
		classes[octet] = beyondASCII
		if octet < utf8.RuneSelf {
			classes[octet] = classOf(rune(octet))
		}
	}
	return classes
}()

// scanTokens fills Norm and Tokens.
func (d *Document) scanTokens(body []byte) {
	for at := 0; at < len(body); {
		switch kind := byteClasses[body[at]]; {
		case kind == beyondASCII:
			at = d.scanWide(body, at)
		case d.open.class == separator:
			at = d.scanPlain(body, at)
		case kind == word:
			at = d.scanWord(body, at)
		default:
			d.admit(kind, uint32(at))
			at++
		}
	}
	d.closeToken()
}

// scanPlain adds words of ASCII letters and digits to the tokens as long as they
// are followed by an ASCII separator. It is entered with no token open; it
// leaves one open where a word may go on with what follows.
func (d *Document) scanPlain(body []byte, at int) int {
	norm, tokens := d.Norm, d.Tokens
	for at < len(body) {
		kind := byteClasses[body[at]]
		if kind == beyondASCII {
			break
		}
		if kind != word {
			at++
			continue
		}
		start := at
		norm, at = takeWord(norm, body, at)
		if at == len(body) || byteClasses[body[at]] != separator {
			d.Norm, d.Tokens = norm, tokens
			d.open = openToken{start: uint32(start), end: uint32(at), class: word}
			return d.endWord(body, at)
		}
		tokens = append(tokens, Token{Start: uint32(start), End: uint32(at), NormEnd: uint32(len(norm))})
		norm = append(norm, ' ')
		at++
	}
	d.Norm, d.Tokens = norm, tokens
	return at
}

// scanWord adds a run of ASCII letters and digits to the tokens, going on with
// the open one where that is a word.
func (d *Document) scanWord(body []byte, at int) int {
	d.admit(word, uint32(at))
	d.Norm, at = takeWord(d.Norm, body, at)
	d.open.end = uint32(at)
	return d.endWord(body, at)
}

// endWord looks at what follows an ASCII word: if that may join the last letter,
// the letter is taken back and left to the full path.
func (d *Document) endWord(body []byte, at int) int {
	if at < len(body) && body[at] >= utf8.RuneSelf {
		if following, _ := entryAt(body, at); !following.starts {
			d.Norm = d.Norm[:len(d.Norm)-1]
			return d.scanSegment(body, at-1)
		}
	}
	return at
}

// chunk is the number of bytes that takeWord takes at a time.
const chunk = 8

// takeWord appends a run of ASCII letters and digits, lower-cased, and returns
// where it ends.
func takeWord(norm, body []byte, at int) ([]byte, int) {
	for len(body)-at >= chunk {
		lower, length := lowerWord(binary.LittleEndian.Uint64(body[at:]))
		norm = slices.Grow(norm, chunk)
		binary.LittleEndian.PutUint64(norm[len(norm):len(norm)+chunk], lower)
		norm = norm[:len(norm)+length]
		at += length
		if length < chunk {
			return norm, at
		}
	}
	for at < len(body) && byteClasses[body[at]] == word {
		norm = append(norm, body[at]|0x20) // digits have that bit already
		at++
	}
	return norm, at
}

// lowerWord looks at eight bytes at once, the first being the lowest. It returns
// them with the ASCII letters lower-cased, and the number of letters and digits
// before the first other byte; what stands from there on is meaningless.
func lowerWord(octets uint64) (lower uint64, length int) {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	// Adding 0x80-c to a byte below 0x80 sets its high bit if it is at least c,
	// and never carries into the next.
	low := octets &^ high
	lower = low | 0x20*ones
	letters := (lower + (0x80-'a')*ones) &^ (lower + (0x80-'z'-1)*ones)
	digits := (low + (0x80-'0')*ones) &^ (low + (0x80-'9'-1)*ones)
	others := (^(letters | digits) | octets) & high
	return lower, bits.TrailingZeros64(others) / 8
}

// scanWide adds a run of characters beyond ASCII to the tokens. Two cases are most
// of all text and need no look at the state of the token: a letter that goes on
// with a word, and a character that is a token without anything behind it.
func (d *Document) scanWide(body []byte, at int) int {
	current, size := entryAt(body, at)
	for inWord := d.inWord(); current.simple; {
		next := at + size
		following, followingSize := boundary, 0
		if next < len(body) && body[next] >= utf8.RuneSelf {
			following, followingSize = entryAt(body, next)
		}
		if !following.starts {
			break
		}
		switch {
		case current.class == single && following.class != mark:
			d.addSingle(current, at, next)
		case inWord && current.class == word, d.admit(current.class, uint32(at)):
			d.appendSimple(current)
			d.open.end = uint32(next)
		}
		if followingSize == 0 {
			return next
		}
		inWord = current.class == word
		at, current, size = next, following, followingSize
	}
	return d.scanSegment(body, at)
}

// boundary stands for an ASCII character, or the end of the text, in scanWide.
var boundary = &entry{starts: true}

// entryAt returns the entry of the character at a byte, and its length. It is
// half the time of text beyond ASCII, and so it decodes and looks up in place.
func entryAt(body []byte, at int) (*entry, int) {
	rest := body[at:]
	char, size := rune(utf8.RuneError), 0
	if len(rest) >= 3 && rest[1]&0xc0 == 0x80 {
		lead := rest[0]
		switch {
		case 0xc2 <= lead && lead < 0xe0:
			char, size = rune(lead&0x1f)<<6|rune(rest[1]&0x3f), 2
		case rest[2]&0xc0 == 0x80 && 0xe1 <= lead && lead <= 0xec: // 0xe0 and 0xed may begin what is not UTF-8
			char, size = rune(lead&0x0f)<<12|rune(rest[1]&0x3f)<<6|rune(rest[2]&0x3f), 3
		}
	}
	if size == 0 {
		char, size = utf8.DecodeRune(rest)
	}
	ready := pages[uint32(char)>>8].Load()
	if ready == nil {
		ready = missingPage(char)
	}
	return &ready.entries[uint8(char)], size
}

// addSingle adds a token of one character, complete.
func (d *Document) addSingle(char *entry, start, end int) {
	d.closeToken()
	d.appendSimple(char)
	d.Tokens = append(d.Tokens, Token{Start: uint32(start), End: uint32(end), NormEnd: uint32(len(d.Norm))})
	d.Norm = append(d.Norm, ' ')
}

// appendSimple adds the normal form of a simple character to Norm.
func (d *Document) appendSimple(char *entry) {
	d.Norm = slices.Grow(d.Norm, utf8.UTFMax)
	length := len(d.Norm)
	binary.LittleEndian.PutUint32(d.Norm[length:length+utf8.UTFMax], char.encoded)
	d.Norm = d.Norm[:length+int(char.length)]
}
