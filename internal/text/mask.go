package text

import (
	"encoding/binary"

	"github.com/newsdedup/newsdedup/internal/swar"
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

// wordBytes sets the high bit of each of eight bytes that is an ASCII letter or
// digit; the other bits mean nothing.
//
// Adding 0x80-c to a byte below 0x80 sets its high bit if it is at least c, and
// never carries into the next.
func wordBytes(octets uint64) uint64 {
	low := octets &^ swar.High
	lower := low | 0x20*swar.Ones
	letters := (lower + (0x80-'a')*swar.Ones) &^ (lower + (0x80-'z'-1)*swar.Ones)
	digits := (low + (0x80-'0')*swar.Ones) &^ (low + (0x80-'9'-1)*swar.Ones)
	return (letters | digits) &^ octets
}

// classifyPortable classifies the bytes of the blocks, eight at a time.
func classifyPortable(blocks []block, body []byte) {
	for i := range blocks {
		octets := (*[blockBytes]byte)(body[i*blockBytes:])
		var b block
		for at := 0; at < blockBytes; at += 8 {
			octets := binary.LittleEndian.Uint64(octets[at:])
			low := octets &^ swar.High
			b.word |= swar.Gather(wordBytes(octets)) << at
			b.apostrophe |= swar.Gather(^((low^'\''*swar.Ones)+0x7f*swar.Ones)&^octets) << at
			b.wide |= swar.Gather(^((low^'`'*swar.Ones)+0x7f*swar.Ones)|octets) << at
			b.breaks |= swar.Gather((low+(0x80-'\n')*swar.Ones)&^(low+(0x80-'\r'-1)*swar.Ones)&^octets) << at
		}
		blocks[i] = b
	}
}
