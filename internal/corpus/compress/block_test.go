package compress

import (
	"bytes"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// packers compress a block in each of the ways.
var packers = map[Kind]func(t *testing.T, block []byte) []byte{
	None:   func(_ *testing.T, block []byte) []byte { return block },
	Snappy: func(_ *testing.T, block []byte) []byte { return s2.EncodeSnappy(nil, block) },
	LZ4: func(t *testing.T, block []byte) []byte {
		packed := make([]byte, lz4.CompressBlockBound(len(block)))
		n, err := lz4.CompressBlock(block, packed, nil)
		if err != nil {
			t.Fatal(err)
		}
		return packed[:n]
	},
	Gzip: func(t *testing.T, block []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := w.Write(block); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	},
	Zstd: func(t *testing.T, block []byte) []byte {
		encoder, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer encoder.Close()
		return encoder.EncodeAll(block, nil)
	},
}

func TestBlocks(t *testing.T) {
	block := []byte(strings.Repeat("The ferry sails again on Monday.\n", 3000))
	var blocks Blocks
	defer blocks.Close()
	for kind, pack := range packers {
		packed := pack(t, block)
		for range 2 {
			got := make([]byte, len(block))
			if err := blocks.Decompress(kind, got, packed); err != nil || !bytes.Equal(got, block) {
				t.Errorf("%s: error %v, equal %t", kind, err, bytes.Equal(got, block))
			}
		}
		for _, size := range []int{0, 1, len(block) - 1, len(block) + 1, 10 * len(block)} {
			if err := blocks.Decompress(kind, make([]byte, size), packed); err == nil {
				t.Errorf("%s: %d bytes are taken for %d", kind, len(block), size)
			}
		}
		if kind == None {
			continue
		}
		if err := blocks.Decompress(kind, make([]byte, len(block)), packed[:len(packed)/2]); err == nil {
			t.Errorf("%s: half a block is taken for a whole one", kind)
		}
	}
	if err := blocks.Decompress("brotli", nil, nil); err == nil {
		t.Error("an unknown kind is read")
	}
}

// FuzzBlocks holds that no block makes a decompressor panic.
func FuzzBlocks(f *testing.F) {
	for kind, pack := range packers {
		f.Add(string(kind), pack(new(testing.T), []byte("The ferry sails again, the ferry sails again.")), 45)
	}
	var blocks Blocks
	f.Fuzz(func(t *testing.T, kind string, packed []byte, size int) {
		blocks.Decompress(Kind(kind), make([]byte, max(0, size%(1<<16))), packed)
	})
}
