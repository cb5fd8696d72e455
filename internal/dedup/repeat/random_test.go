package repeat

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var seed = flag.Uint64("seed", 1, "seed of the randomised tests")

// random depends on -seed alone, which it names if the test fails.
func random(t testing.TB) *rand.Rand {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("-seed=%d", *seed)
		}
	})
	return rand.New(rand.NewPCG(*seed, 0))
}

// defaults are the options of a scan.
var defaults = Options{MinTokens: 1, Similarity: 0.9, ShingleSize: 5}

// hashOf stands for the hash of the normal form of a text known by a number.
func hashOf(text int) uint64 { return uint64(text+1) * 0x9e3779b97f4a7c15 }

// tableOf returns a table of articles that are given by the texts of their
// paragraphs. All have too few tokens for a signature.
func tableOf(articles ...[]int) *Table {
	table := NewTable(defaults)
	var paragraphs Paragraphs
	for _, texts := range articles {
		paragraphs.Reset()
		for _, text := range texts {
			paragraphs.Hashes = append(paragraphs.Hashes, hashOf(text))
			paragraphs.Tokens = append(paragraphs.Tokens, 5)
		}
		table.Add(&paragraphs)
	}
	return table
}
