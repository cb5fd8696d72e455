package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/swar"
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

// scanTokens fills Starts, Ends, Wide and Norm; the blocks must have been
// classified. Plain tokens are told by the bits of whole blocks; where a block
// holds anything else, the full path goes from the start of that word to the next
// ASCII separator.
func (d *Document) scanTokens(body []byte) {
	d.Starts, d.Ends, d.Wide, d.Norm = d.Starts[:0], d.Ends[:0], d.Wide[:0], d.Norm[:0]
	inToken := uint64(0) // 1 where a plain token reaches over the start of the block
	for at := 0; at < len(body); {
		from := at % blockBytes // what stands before has been scanned
		base := at - from
		b := d.blocks[base/blockBytes]
		b.wide &= ^uint64(0) << from
		if b.wide != 0 {
			b.wide = withoutPunctuation(body, base, b.wide)
			if inToken&^(b.word|b.wide) != 0 && body[base-1] == '\'' { // no inner one after all
				d.Ends = append(d.Ends, uint32(base-1))
				inToken = 0
			}
		}
		wordish := b.word | b.wide
		inner := b.apostrophe & (wordish<<1 | inToken) & (wordish>>1 | d.follows(base)<<63)
		token := (wordish | inner) & (^uint64(0) << from)
		if b.wide != 0 {
			at = d.scanMixed(body, base, token, bits.TrailingZeros64(b.wide), inToken)
			inToken = 0
			continue
		}
		before := token<<1 | inToken
		d.Starts = appendPositions(d.Starts, token&^before, base)
		d.Ends = appendPositions(d.Ends, before&^token, base)
		inToken = token >> 63
		at = base + blockBytes
	}
	if inToken != 0 {
		d.Ends = append(d.Ends, uint32(len(body)))
	}
}

// classify fills d.blocks. What lies behind the body separates.
func (d *Document) classify(body []byte) {
	whole := len(body) / blockBytes
	d.blocks = slices.Grow(d.blocks[:0], whole+1)[:whole]
	classify(d.blocks, body)
	if rest := body[whole*blockBytes:]; len(rest) > 0 {
		var padded [blockBytes]byte
		copy(padded[:], rest)
		d.blocks = d.blocks[:whole+1]
		classify(d.blocks[whole:], padded[:])
	}
}

// follows is 1 where the first byte behind the block that begins at base makes
// an apostrophe before it an inner one, unless it turns out to be punctuation.
func (d *Document) follows(base int) uint64 {
	if next := base/blockBytes + 1; next < len(d.blocks) {
		return (d.blocks[next].word | d.blocks[next].wide) & 1
	}
	return 0
}

// withoutPunctuation returns the bits of wide without those of the quotes, dashes
// and spaces beyond ASCII that stand before any other wide character: they
// separate as ASCII does, whatever stands around them. In news with curly
// quotes that saves four of five ways through the full path.
func withoutPunctuation(body []byte, at int, wide uint64) uint64 {
	for rest := wide; rest != 0; {
		from := bits.TrailingZeros64(rest)
		size := punctuationSize(body[at+from:])
		if size == 0 || from+size > blockBytes {
			break
		}
		rest &^= 1<<from | 1<<(from+1) | 1<<(from+size-1)
		wide = rest
	}
	return wide
}

// punctuationSize returns the length of the punctuation mark that a text begins
// with, 0 where it is none of the common ones: “ ” – — … « » and the no-break space.
func punctuationSize(text []byte) int {
	switch {
	case len(text) >= 3 && text[0] == 0xe2 && text[1] == 0x80:
		switch text[2] {
		case 0x93, 0x94, 0x9c, 0x9d, 0xa6:
			return 3
		}
	case len(text) >= 2 && text[0] == 0xc2:
		switch text[1] {
		case 0xa0, 0xab, 0xbb:
			return 2
		}
	}
	return 0
}

// unrolled is the number of positions that are written whether or not there are
// as many: a block of news has ten tokens, and a loop of that many turns
// ends where no processor foretells it. That doubles the speed of plain text.
const unrolled = 12

// room is the number of positions that appendPositions may write.
const room = blockBytes

// appendPositions appends the positions of the bits, counted from base.
func appendPositions(positions []uint32, mask uint64, base int) []uint32 {
	length := len(positions)
	if cap(positions)-length < room {
		positions = slices.Grow(positions, max(room, length/4))
	}
	count := bits.OnesCount64(mask)
	free := (*[room]uint32)(positions[length : length+room])
	first := uint32(base)
	free[0] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[1] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[2] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[3] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[4] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[5] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[6] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[7] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[8] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[9] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[10] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	free[11] = first + uint32(bits.TrailingZeros64(mask))
	mask &= mask - 1
	for i := unrolled; mask != 0 && i < room; i++ {
		free[i] = first + uint32(bits.TrailingZeros64(mask))
		mask &= mask - 1
	}
	return positions[:length+count]
}

// scanMixed adds the tokens of a block that is not plain from the byte at wide
// on, and of what follows it up to where a plain token may begin, which it returns.
// token are the block's bytes that are in tokens, if it were plain.
func (d *Document) scanMixed(body []byte, at int, token uint64, wide int, inToken uint64) (next int) {
	outside := ^token & (1<<wide - 1)
	start := bits.Len64(outside) // of the word that is not plain
	if start == 0 && inToken != 0 {
		last := len(d.Starts) - 1
		at = int(d.Starts[last])
		d.Starts = d.Starts[:last]
		return d.scanWideRun(body, at)
	}
	token &= 1<<start - 1
	before := token<<1 | inToken
	d.Starts = appendPositions(d.Starts, token&^before, at)
	d.Ends = appendPositions(d.Ends, before&^token, at)
	return d.scanWideRun(body, at+start)
}

// scanWideRun adds the tokens from a byte on by the full path, up to an ASCII
// separator that is followed by ASCII, and returns the place behind it.
func (d *Document) scanWideRun(body []byte, at int) int {
	for at < len(body) {
		switch kind := byteClasses[body[at]]; kind {
		case beyondASCII:
			at = d.scanWide(body, at)
		case word:
			at = d.scanWord(body, at)
		default:
			d.admit(kind, uint32(at))
			at++
			if kind == separator && (at == len(body) || body[at] < utf8.RuneSelf) {
				return at
			}
		}
	}
	d.closeToken()
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
	return octets&^swar.High | 0x20*swar.Ones, swar.First(^wordBytes(octets) & swar.High)
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
	d.addWide(uint32(start), uint32(end))
}

// appendSimple adds the normal form of a simple character to Norm.
func (d *Document) appendSimple(char *entry) {
	d.Norm = slices.Grow(d.Norm, utf8.UTFMax)
	length := len(d.Norm)
	binary.LittleEndian.PutUint32(d.Norm[length:length+utf8.UTFMax], char.encoded)
	d.Norm = d.Norm[:length+int(char.length)]
}
