package shingle

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

// document takes the words apart.
func document(words ...string) *text.Document {
	doc := &text.Document{}
	doc.Parse([]byte(strings.Join(words, " ")), text.Line)
	return doc
}

// tokensOf are the token hashes that sums were made of.
func tokensOf(sums []uint64) (tokens []uint64) {
	for i, sum := range sums[1:] {
		tokens = append(tokens, sum-sums[i]*multiplier)
	}
	return tokens
}

// tokenFormula computes a token's hash as token.go writes it, with big integers.
func tokenFormula(form string) uint64 {
	number := func(octets string) *big.Int {
		value := new(big.Int)
		for i := range len(octets) {
			value.Or(value, new(big.Int).Lsh(big.NewInt(int64(octets[i])), uint(8*i)))
		}
		return value
	}
	secretNumber := new(big.Int).SetUint64(secret)
	h := new(big.Int).SetUint64(seed)
	for form += strings.Repeat("\x00", (16-len(form)%16)%16); form != ""; form = form[16:] {
		a, b := number(form[:8]), number(form[8:16])
		product := a.Mul(a.Xor(a, h), b.Xor(b, secretNumber))
		low := new(big.Int).And(product, new(big.Int).SetUint64(math.MaxUint64))
		h = low.Xor(low, new(big.Int).Rsh(product, 64))
	}
	return h.Uint64()
}

// TestTokenHashes compares plain and wide tokens of all lengths, anywhere in the
// text, with the formula.
func TestTokenHashes(t *testing.T) {
	random := seeded.Rand(t)
	for range 2000 {
		var words, forms []string
		for range 1 + random.IntN(12) {
			word := strings.Repeat([]string{"B", "ab7", "Straße", "don't", "中", "ж", "0"}[random.IntN(7)], 1+random.IntN(9))
			if strings.Contains(word, "'") {
				word = strings.TrimSuffix(word, "'")
			}
			words = append(words, word)
			forms = append(forms, strings.Fields(formsOf(document(word)))...)
		}
		want := []uint64{}
		for _, form := range forms {
			want = append(want, tokenFormula(form))
		}
		sums := AppendDocument([]uint64{7}, document(words...))
		if got := tokensOf(sums[1:]); !slices.Equal(got, want) || sums[0] != 7 {
			t.Fatalf("token hashes of %q (-want +got):\n%s", words, cmp.Diff(want, got))
		}
	}
}

func formsOf(doc *text.Document) string { return string(doc.AppendNorm(nil, 0, doc.Len())) }

// TestTokensDiffer: every short token of two letters' alphabets has its own hash.
func TestTokensDiffer(t *testing.T) {
	seen := make(map[uint64]string)
	for _, alphabet := range []string{"ab", "0z"} {
		for length := 1; length <= 13; length++ {
			for bits := range 1 << length {
				form := make([]byte, length)
				for i := range form {
					form[i] = alphabet[bits>>i&1]
				}
				if other, taken := seen[hash(form)]; taken {
					t.Fatalf("%q and %q share a hash", form, other)
				}
				seen[hash(form)] = string(form)
			}
		}
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
			0x4cfe23ad3f6fde28, 0x7c95749f6781a2b4, 0xec3e8990244a1c7d, 0x4cfe23ad3f6fde28,
			0x9407074d629a94a6, 0x33ee74bd24bd5ba4, 0x579d5aefe9713300,
		}},
		{2, []uint64{
			0x53fcf72e5b049ed2, 0x4bd0363bc2d15375, 0xadb7e0de52f895b8,
			0x886fc26e04ab4aa4, 0x665bcb19556de20b, 0x82ea2ae7297298ef,
		}},
		{5, []uint64{0x0e7edd4dd64572b7, 0x45211046fbb88602, 0x1c501d6734a268e5}},
		{7, []uint64{0xc1912798a8b72e35}},
	} {
		got := Append(nil, AppendDocument(nil, words), test.size)
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
			got := Append([]uint64{9}, AppendSums(nil, tokens), size)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("size %d of %d tokens: hashes (-want +got):\n%s", size, count, diff)
			}
			if run := Run(AppendSums(nil, tokens)); count > 0 && run != formula(tokens) || count == 0 && run != 0 {
				t.Errorf("Run of %d tokens is %#x", count, run)
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
	words := tokensOf(AppendDocument(nil, document("a", "b", "c")))
	texts := make(map[uint64]string)
	var extend func(tokens []uint64, name string)
	extend = func(tokens []uint64, name string) {
		if len(tokens) > 0 {
			hash := Append(nil, AppendSums(nil, tokens), 5)[0]
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

func BenchmarkAppendDocument(b *testing.B) {
	doc := benchDocument(10_000)
	var sums []uint64
	b.SetBytes(int64(len(doc.Body)))
	b.ReportAllocs()
	for b.Loop() {
		sums = AppendDocument(sums[:0], doc)
	}
}

func BenchmarkAppend(b *testing.B) {
	doc := benchDocument(10_000)
	sums := AppendDocument(nil, doc)
	for _, size := range []int{1, 5, 64} {
		b.Run(fmt.Sprint("size-", size), func(b *testing.B) {
			var hashes []uint64
			b.SetBytes(int64(len(doc.Body)))
			b.ReportAllocs()
			for b.Loop() {
				hashes = Append(hashes[:0], sums, size)
			}
		})
	}
}
