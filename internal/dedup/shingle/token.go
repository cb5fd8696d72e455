package shingle

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/newsdedup/newsdedup/internal/text"
)

// A token's hash folds its normal form in, 16 bytes at a time, the last padded
// with zeros, which no normal form holds:
//
//	h = seed;  h = fold(a ⊕ h, b ⊕ secret) for each two words a, b of 8 bytes,
//
// where fold is the exclusive or of the two halves of the product of 128 bits,
// as in wyhash (Wang Yi, public domain). One multiplication is a word of up to
// 16 letters, which nearly all are. A factor is 0, and the bytes beside it
// would not count, only where a is the seed or b the secret: both hold a byte
// that stands in no UTF-8.
const (
	seed   = 0xff51afd7ed558ccd
	secret = 0xc4ceb9fe1a85ec53
	// folded is the bytes that are folded in at once.
	folded = 16
	// lower lower-cases ASCII letters, and changes no digit or apostrophe.
	lower = 0x2020202020202020
)

// masks are, by length, the bits of the two words of a token that short.
var masks = func() (table [folded + 1][2]uint64) {
	for length := range table {
		for octet := range length {
			table[length][octet/8] |= 0xff << (octet % 8 * 8)
		}
	}
	return table
}()

// AppendDocument appends the sums of the document's text.
func AppendDocument(sums []uint64, doc *text.Document) []uint64 {
	start := len(sums)
	sums = grow(sums, doc.Len()+1)
	own := sums[start:]
	sum, token, normEnd := uint64(0), 0, uint32(0)
	own[0] = sum
	for _, wide := range doc.Wide {
		if int(wide.Token) > token {
			sum = plainSums(own[token+1:int(wide.Token)+1], sum, doc, token)
		}
		sum = sum*multiplier + hashIn(doc.Norm, normEnd, wide.NormEnd)
		own[wide.Token+1] = sum
		token, normEnd = int(wide.Token)+1, wide.NormEnd
	}
	plainSums(own[token+1:], sum, doc, token)
	return sums
}

// plainSums fills sums with those of the plain tokens from first on, and
// returns the last; sum is that before them.
func plainSums(sums []uint64, sum uint64, doc *text.Document, first int) uint64 {
	starts, ends := doc.Starts[first:][:len(sums)], doc.Ends[first:][:len(sums)]
	for i := 0; i < len(sums); i++ {
		if i, sum = shortSums(sums, i, sum, doc.Body, starts, ends); i < len(sums) {
			sum = sum*multiplier + hashLower(doc.Body[starts[i]:ends[i]])
			sums[i] = sum
		}
	}
	return sum
}

// shortSums goes on with plainSums from i to the first token of more than 16
// bytes or within 16 bytes of the body's end. Nothing is called in its loop,
// which doubles its speed: all stays in registers.
func shortSums(sums []uint64, i int, sum uint64, body []byte, starts, ends []uint32) (int, uint64) {
	starts, ends = starts[:len(sums)], ends[:len(sums)]
	for ; i < len(sums); i++ {
		start, length := starts[i], ends[i]-starts[i]
		rest := body[start:]
		if length > folded || len(rest) < folded {
			break
		}
		octets := (*[folded]byte)(rest)
		mask := &masks[length]
		a := (binary.LittleEndian.Uint64(octets[:8]) | lower) & mask[0]
		b := (binary.LittleEndian.Uint64(octets[8:]) | lower) & mask[1]
		sum = sum*multiplier + fold(a^seed, b^secret)
		sums[i] = sum
	}
	return i, sum
}

// hashIn is the hash of the normal form that stands in norm from start to end.
func hashIn(norm []byte, start, end uint32) uint64 {
	length, rest := end-start, norm[start:]
	if length > folded || len(rest) < folded {
		return hash(rest[:length])
	}
	octets := (*[folded]byte)(rest)
	mask := &masks[length]
	return fold(binary.LittleEndian.Uint64(octets[:8])&mask[0]^seed, binary.LittleEndian.Uint64(octets[8:])&mask[1]^secret)
}

// hash is the hash of a token's normal form.
func hash(form []byte) uint64 {
	h := uint64(seed)
	for ; len(form) > folded; form = form[folded:] {
		h = fold(binary.LittleEndian.Uint64(form)^h, binary.LittleEndian.Uint64(form[8:])^secret)
	}
	var last [folded]byte
	copy(last[:], form)
	return fold(binary.LittleEndian.Uint64(last[:])^h, binary.LittleEndian.Uint64(last[8:])^secret)
}

// hashLower is the hash of a plain token of any length, told by its bytes.
func hashLower(token []byte) uint64 {
	var short [64]byte
	form := append(short[:0], token...)
	for i := range form {
		form[i] |= 0x20
	}
	return hash(form)
}

func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// grow makes the slice longer by count elements, whose values are to be set.
func grow(values []uint64, count int) []uint64 {
	return slices.Grow(values, count)[:len(values)+count]
}

// Token is the hash of the token between two sums that follow each other.
func Token(before, after uint64) uint64 { return after - before*multiplier }

// Word is the hash of the token that has the normal form.
func Word(form []byte) uint64 { return hash(form) }
