// Package shingle turns a text's tokens into the hashes of its shingles.
//
// A shingle is Size consecutive tokens, a w-shingle in the sense of Broder,
// "On the resemblance and containment of documents" (1997). A text with fewer
// tokens than that has one shingle of all its tokens; a text without a token
// has none.
//
// A token's hash is the xxHash64 of its normal form. A shingle's hash is the
// polynomial of its token hashes w₁ … w_k,
//
//	h = w₁·Pᵏ⁻¹ + w₂·Pᵏ⁻² + … + w_k  (mod 2⁶⁴),
//
// rolled from one shingle to the next with two multiplications whatever the
// size, and then mixed by MurmurHash3's finaliser. P is odd, so no token's
// bits are lost; the finaliser is a bijection, so it adds no collision, and it
// makes the order of the hashes a random one, which the minima of package
// minhash need. A sum or xor without positions would give "a b" and "b a" one
// hash and cancel equal tokens.
//
// Two different shingles share a hash with probability about 2⁻⁶⁴. Shingles
// of two words only, arranged to make the sums of powers even, come to 2⁻⁵⁷ at
// size 5 and to 2⁻³⁷ at size 64 (the Thue–Morse sequence). All similarities
// of the project are exact over these hashes. The hashes are the same on
// every machine and in every run: they are stored and compared across runs.
package shingle

import (
	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/text"
)

// multiplier is P: 2⁶⁴ divided by the golden ratio, odd.
const multiplier = 0x9e3779b97f4a7c15

// AppendTokens appends the hash of each token of the document.
func AppendTokens(hashes []uint64, doc *text.Document) []uint64 {
	start := uint32(0)
	for _, token := range doc.Tokens {
		hashes = append(hashes, xxhash.Sum64(doc.Norm[start:token.NormEnd]))
		start = token.NormEnd + 1 // the space between two tokens
	}
	return hashes
}

// Append appends the hashes of the shingles of size tokens, at least 1, in the
// order of the text, repetitions included.
func Append(hashes, tokens []uint64, size int) []uint64 {
	if len(tokens) == 0 {
		return hashes
	}
	size = min(size, len(tokens))
	oldest := uint64(1) // P^(size-1), the weight of a shingle's first token
	sum := tokens[0]
	for _, token := range tokens[1:size] {
		sum = sum*multiplier + token
		oldest *= multiplier
	}
	hashes = append(hashes, mix(sum))
	for i, token := range tokens[size:] {
		sum = (sum-tokens[i]*oldest)*multiplier + token
		hashes = append(hashes, mix(sum))
	}
	return hashes
}

// Count is the number of shingles, repetitions included, of that many tokens.
func Count(tokens, size int) int {
	if tokens == 0 {
		return 0
	}
	return max(1, tokens-size+1)
}

// mix is the finaliser of MurmurHash3 (Appleby, public domain): a bijection
// under which every bit of the result depends on every bit of the argument.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return h
}
