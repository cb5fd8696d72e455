package compress

import (
	"encoding/binary"
	"math"
)

// dictionaryAt returns where a block's header has the size of its dictionary,
// -1 where that is not found: the library will say why.
func dictionaryAt(header []byte) int {
	const lzma2 = 0x21
	at, flags := 2, header[1]
	number := func() uint64 {
		value, n := binary.Uvarint(header[min(at, len(header)):])
		if n <= 0 {
			at = len(header)
			return 0
		}
		at += n
		return value
	}
	if flags&0x40 != 0 {
		number() // how long the block is
	}
	if flags&0x80 != 0 {
		number() // and its text
	}
	for range flags&3 + 1 {
		id, size := number(), number()
		if id == lzma2 && size == 1 && at < len(header) {
			return at
		}
		at += int(min(size, uint64(len(header))))
	}
	return -1
}

// dictionarySize returns the size in bytes that a header's byte stands for: 2 or 3
// times a power of two.
func dictionarySize(code byte) int64 {
	const largest = 40
	if code >= largest {
		return math.MaxUint32
	}
	return int64(2|code&1) << (code/2 + 11)
}
