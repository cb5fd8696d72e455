package shingle

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

// document makes a document of words that are in normal form already.
func document(words ...string) *text.Document {
	doc := &text.Document{}
	for _, word := range words {
		doc.Norm = append(doc.Norm, word...)
		doc.Tokens = append(doc.Tokens, text.Token{NormEnd: uint32(len(doc.Norm))})
		doc.Norm = append(doc.Norm, ' ')
	}
	return doc
}

// TestTokenHashes holds them to the published vectors of xxHash64 with seed 0.
func TestTokenHashes(t *testing.T) {
	got := AppendTokens([]uint64{7}, document("a", "", "abc"))
	want := []uint64{7, 0xd24ec4f1a98c6e5b, 0xef46db3751d8e999, 0x44bc2cf5ad770999}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("token hashes (-want +got):\n%s", diff)
	}
}

// TestGolden pins the hashes: indexes and baselines keep them from run to run.
func TestGolden(t *testing.T) {
	words := document(strings.Fields("the ferry to the island is cancelled")...)
	for _, test := range []struct {
		size int
		want []uint64
	}{
		{1, []uint64{
			0xc0cea808918d76fc, 0xaccf355d839b5835, 0xf651d85df2cb7b17, 0xc0cea808918d76fc,
			0x0b23daea10de0759, 0x7bc77e481ffdc9f1, 0x1b3835c2e76a5fa2,
		}},
		{2, []uint64{
			0xb038720898ef7eda, 0x605e1a58e754e3bf, 0xea107f67d837b605,
			0x3f3b1513c29cfbd8, 0xcfc68915697ae1e1, 0x406e49b8b170aaaa,
		}},
		{5, []uint64{0x843074dbdf936e5b, 0xb7239510911dbee6, 0xda3a4f6b7464183b}},
		{7, []uint64{0x9a03d8e82b656b36}},
	} {
		got := Append(nil, AppendTokens(nil, words), test.size)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("size %d: hashes (-want +got):\n%s", test.size, diff)
		}
	}
}

// formula computes a shingle's hash as the package comment writes it, with big integers.
func formula(tokens []uint64) uint64 {
	modulus := new(big.Int).Lsh(big.NewInt(1), 64)
	sum := new(big.Int)
	for i, token := range tokens {
		power := new(big.Int).Exp(new(big.Int).SetUint64(multiplier), big.NewInt(int64(len(tokens)-1-i)), modulus)
		sum.Add(sum, power.Mul(power, new(big.Int).SetUint64(token)))
	}
	return mix(sum.Mod(sum, modulus).Uint64())
}

func TestRolledEqualsFormula(t *testing.T) {
	random := seeded.Rand(t)
	for size := 1; size <= 64; size++ {
		for _, count := range []int{0, 1, size - 1, size, size + 1, size + 1 + random.IntN(60)} {
			tokens := make([]uint64, count)
			for i := range tokens {
				tokens[i] = random.Uint64() >> random.IntN(64)
			}
			want := []uint64{9}
			switch {
			case count > 0 && count < size:
				want = append(want, formula(tokens))
			case count >= size:
				for start := range count - size + 1 {
					want = append(want, formula(tokens[start:start+size]))
				}
			}
			got := Append([]uint64{9}, tokens, size)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("size %d of %d tokens: hashes (-want +got):\n%s", size, count, diff)
			}
			if counted := Count(count, size); counted != len(want)-1 {
				t.Errorf("Count(%d, %d) = %d, want %d", count, size, counted, len(want)-1)
			}
		}
	}
}

// TestMixIsABijection undoes the finaliser; fmix64(1) is a published vector.
func TestMixIsABijection(t *testing.T) {
	if got := mix(1); got != 0xb456bcfc34c2cb2c {
		t.Errorf("mix(1) = %#x", got)
	}
	inverse := func(factor uint64) uint64 {
		modulus := new(big.Int).Lsh(big.NewInt(1), 64)
		return new(big.Int).ModInverse(new(big.Int).SetUint64(factor), modulus).Uint64()
	}
	first, second := inverse(0xff51afd7ed558ccd), inverse(0xc4ceb9fe1a85ec53)
	random := seeded.Rand(t)
	for range 1000 {
		hash := random.Uint64()
		back := mix(hash)
		back ^= back >> 33
		back *= second
		back ^= back >> 33
		back *= first
		back ^= back >> 33
		if back != hash {
			t.Fatalf("mix(%#x) undone is %#x", hash, back)
		}
	}
}

// TestEveryTextHasItsOwnHash hashes every text of up to five tokens over three
// words, where order and repetition are all that tells texts apart.
func TestEveryTextHasItsOwnHash(t *testing.T) {
	words := AppendTokens(nil, document("a", "b", "c"))
	texts := make(map[uint64]string)
	var extend func(tokens []uint64, name string)
	extend = func(tokens []uint64, name string) {
		if len(tokens) > 0 {
			hash := Append(nil, tokens, 5)[0]
			if other, taken := texts[hash]; taken {
				t.Errorf("%q and %q share the hash %#x", name, other, hash)
			}
			texts[hash] = name
		}
		if len(tokens) < 5 {
			for i, word := range words {
				extend(append(tokens[:len(tokens):len(tokens)], word), name+string(rune('a'+i)))
			}
		}
	}
	extend(nil, "")
	if want := 3 + 9 + 27 + 81 + 243; len(texts) != want {
		t.Errorf("%d hashes of %d texts", len(texts), want)
	}
}

// benchDocument makes words of 2 to 9 letters out of a vocabulary of 5,000.
func benchDocument(tokens int) *text.Document {
	random := rand.New(rand.NewPCG(1, 1))
	vocabulary := make([]string, 5000)
	for i := range vocabulary {
		letters := make([]byte, 2+random.IntN(8))
		for j := range letters {
			letters[j] = byte('a' + random.IntN(26))
		}
		vocabulary[i] = string(letters)
	}
	words := make([]string, tokens)
	for i := range words {
		words[i] = vocabulary[random.IntN(len(vocabulary))]
	}
	return document(words...)
}

func BenchmarkAppendTokens(b *testing.B) {
	doc := benchDocument(10_000)
	var hashes []uint64
	b.SetBytes(int64(len(doc.Norm)))
	b.ReportAllocs()
	for b.Loop() {
		hashes = AppendTokens(hashes[:0], doc)
	}
}

func BenchmarkAppend(b *testing.B) {
	doc := benchDocument(10_000)
	tokens := AppendTokens(nil, doc)
	for _, size := range []int{1, 5, 64} {
		b.Run(fmt.Sprint("size-", size), func(b *testing.B) {
			var hashes []uint64
			b.SetBytes(int64(len(doc.Norm)))
			b.ReportAllocs()
			for b.Loop() {
				hashes = Append(hashes[:0], tokens, size)
			}
		})
	}
}
