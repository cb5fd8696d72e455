package compress

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// A Kind is a way of compression, by the name that reports use.
type Kind string

// The kinds that are read.
const (
	None  Kind = ""
	Gzip  Kind = "gzip"
	Zstd  Kind = "zstd"
	Bzip2 Kind = "bzip2"
	XZ    Kind = "xz"
	LZ4   Kind = "lz4"
)

// headBytes of an input are looked at: more than the longest magic, for those
// that have a short frame to be skipped before them.
const headBytes = 64

// magics are what inputs begin with. That of xz is one byte longer, which an
// input that is cut there may lack.
var magics = []struct {
	kind  Kind
	bytes string
}{
	{Gzip, "\x1f\x8b"},
	{Zstd, "\x28\xb5\x2f\xfd"},
	{XZ, "\xfd7zXZ"},
	{LZ4, "\x04\x22\x4d\x18"},
	{LZ4, "\x02\x21\x4c\x18"}, // of old: lz4 -l
}

// KindOf tells the compression by the first bytes of an input. zstd and lz4
// have the same frames to be skipped: of those, what follows decides, and
// where that is not seen it is taken for zstd.
func KindOf(head []byte) Kind {
	for _, magic := range magics {
		if bytes.HasPrefix(head, []byte(magic.bytes)) {
			return magic.kind
		}
	}
	if isBzip2(head) {
		return Bzip2
	}
	length, ok := skippable(head)
	if !ok {
		return None
	}
	if length < int64(len(head)) && KindOf(head[length:]) == LZ4 {
		return LZ4
	}
	return Zstd
}

// mayBegin reports whether a compressed input may begin with the byte.
func mayBegin(first byte) bool {
	for _, magic := range magics {
		if magic.bytes[0] == first {
			return true
		}
	}
	return first == 'B' || first&0xf0 == 0x50
}

// isBzip2 reports whether a stream begins: three letters and a digit, which a
// text might as well, and then a block or the end of a stream.
func isBzip2(head []byte) bool {
	const start, first, end = "BZh", "\x31\x41\x59\x26\x53\x59", "\x17\x72\x45\x38\x50\x90"
	if len(head) <= len(start)+1 || string(head[:len(start)]) != start || head[len(start)] < '1' || head[len(start)] > '9' {
		return false
	}
	magic := head[len(start)+1:]
	magic = magic[:min(len(magic), len(first))]
	return string(magic) == first[:len(magic)] || string(magic) == end[:len(magic)]
}

// skippable returns the length of the frame that stands first, if it is one
// that holds no text.
func skippable(head []byte) (length int64, ok bool) {
	if len(head) < skippableHeader || head[0]&0xf0 != 0x50 || string(head[1:4]) != "\x2a\x4d\x18" {
		return 0, false
	}
	return skippableHeader + int64(binary.LittleEndian.Uint32(head[4:])), true
}

// skippableHeader is a magic and the size of what follows.
const skippableHeader = 8

// Suffixes are those of compressed files, which tell nothing but the name
// without them.
var suffixes = []string{".gz", ".zst", ".zstd", ".bz2", ".xz", ".lz4"}

// TrimSuffix returns the name without the suffix of a compression.
func TrimSuffix(name string) string {
	for _, suffix := range suffixes {
		if len(name) > len(suffix) && strings.EqualFold(name[len(name)-len(suffix):], suffix) {
			return name[:len(name)-len(suffix)]
		}
	}
	return name
}
