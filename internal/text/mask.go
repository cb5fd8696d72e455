package text

import (
	"encoding/binary"
)

// blockBytes is the number of bytes that are classified at once: one bit each
// in a word of the machine.
const blockBytes = 64

// A block says of each of 64 bytes, the first being the lowest bit, what it is
// to the tokens.
type block struct {
	word       uint64 // ASCII letters and digits
	apostrophe uint64 // U+0027
	wide       uint64 // not ASCII, or a backtick, which the full path makes an apostrophe
	breaks     uint64 // LF, VT, FF and CR, which end lines
}

const (
	ones = 0x0101010101010101
	high = 0x80 * ones
)

// wordBytes sets the high bit of each of eight bytes that is an ASCII letter or
// digit; the other bits mean nothing.
//
// Adding 0x80-c to a byte below 0x80 sets its high bit if it is at least c, and
// never carries into the next.
func wordBytes(octets uint64) uint64 {
	low := octets &^ high
	lower := low | 0x20*ones
	letters := (lower + (0x80-'a')*ones) &^ (lower + (0x80-'z'-1)*ones)
	digits := (low + (0x80-'0')*ones) &^ (low + (0x80-'9'-1)*ones)
	return (letters | digits) &^ octets
}

// classifyPortable classifies the bytes of the blocks, eight at a time.
func classifyPortable(blocks []block, body []byte) {
	for i := range blocks {
		octets := (*[blockBytes]byte)(body[i*blockBytes:])
		var b block
		for at := 0; at < blockBytes; at += 8 {
			octets := binary.LittleEndian.Uint64(octets[at:])
			low := octets &^ high
			b.word |= gather(wordBytes(octets)) << at
			b.apostrophe |= gather(^((low^'\''*ones)+0x7f*ones)&^octets) << at
			b.wide |= gather(^((low^'`'*ones)+0x7f*ones)|octets) << at
			b.breaks |= gather((low+(0x80-'\n')*ones)&^(low+(0x80-'\r'-1)*ones)&^octets) << at
		}
		blocks[i] = b
	}
}

// gather moves the high bits of the eight bytes into the lowest eight bits, in
// order.
func gather(octets uint64) uint64 {
	return (octets & high >> 7) * 0x0102040810204080 >> 56
}
