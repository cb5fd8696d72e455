package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// plainBlocks classifies one byte after the other.
func plainBlocks(body []byte) []block {
	blocks := make([]block, len(body)/blockBytes)
	for at, octet := range body {
		b, bit := &blocks[at/blockBytes], uint64(1)<<(at%blockBytes)
		if octet >= '\n' && octet <= '\r' {
			b.breaks |= bit
		}
		switch {
		case octet == '`', octet > '~' && byteClasses[octet] == beyondASCII:
			b.wide |= bit
		case octet == '\'':
			b.apostrophe |= bit
		case byteClasses[octet] == word:
			b.word |= bit
		}
	}
	return blocks
}

// TestClassify compares both ways of classifying blocks with that of one byte
// after the other: each byte at each place of a block, and random ones.
func TestClassify(t *testing.T) {
	random := seeded.Rand(t)
	var body []byte
	for octet := range 256 {
		for place := range blockBytes {
			block := make([]byte, blockBytes)
			block[place] = byte(octet)
			body = append(body, block...)
		}
	}
	for range 1000 * blockBytes {
		body = append(body, byte(random.Uint32()))
	}
	want := plainBlocks(body)
	for name, classify := range map[string]func([]block, []byte){"portable": classifyPortable, "chosen": classify} {
		blocks := make([]block, len(want))
		classify(blocks, body)
		if diff := cmp.Diff(want, blocks, cmp.AllowUnexported(block{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff[:min(len(diff), 2000)])
		}
		classify(nil, nil)
	}
}

func BenchmarkClassify(b *testing.B) {
	body := benchText(benchWords["ascii"])
	blocks := make([]block, len(body)/blockBytes)
	for name, classify := range map[string]func([]block, []byte){"portable": classifyPortable, "chosen": classify} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				classify(blocks, body)
			}
		})
	}
}
