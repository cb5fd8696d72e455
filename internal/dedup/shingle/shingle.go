// Package shingle turns a text's tokens into the hashes of its shingles.
//
// A shingle is Size consecutive tokens, a w-shingle in the sense of Broder,
// "On the resemblance and containment of documents" (1997). A text with fewer
// tokens than that has one shingle of all its tokens; a text without a token
// has none.
//
// A token's hash (token.go) depends on all bytes of its normal form. From the
// token hashes w₁ … w_n come the sums
//
//	S₀ = 0,  Sᵢ = Sᵢ₋₁·P + wᵢ  (mod 2⁶⁴),
//
// and any run of k tokens behind the i-th has the polynomial
//
//	Sᵢ₊ₖ − Sᵢ·Pᵏ = wᵢ₊₁·Pᵏ⁻¹ + wᵢ₊₂·Pᵏ⁻² + … + wᵢ₊ₖ,
//
// which is mixed by MurmurHash3's finaliser into its hash: that of a shingle,
// a paragraph or a whole text, one subtraction and multiplication each and no
// second pass over the tokens. P is odd, so no token's bits are lost; the
// finaliser is a bijection, so it adds no collision, and it makes the order of
// the hashes a random one, which the minima of package minhash need. A sum or
// xor without positions would give "a b" and "b a" one hash and cancel equal
// tokens.
//
// Two different shingles share a hash with probability about 2⁻⁶⁴. Shingles
// of two words only, arranged to make the sums of powers even, come to 2⁻⁵⁷ at
// size 5 and to 2⁻³⁷ at size 64 (the Thue–Morse sequence). All similarities
// of the project are exact over these hashes. The hashes are the same on
// every machine and in every run: they are stored and compared across runs.
package shingle

// multiplier is P: 2⁶⁴ divided by the golden ratio, odd.
const multiplier = 0x9e3779b97f4a7c15

// AppendSums appends the sums of a text of these token hashes, one more than
// there are tokens.
func AppendSums(sums, tokens []uint64) []uint64 {
	sum := uint64(0)
	sums = append(sums, sum)
	for _, token := range tokens {
		sum = sum*multiplier + token
		sums = append(sums, sum)
	}
	return sums
}

// AppendTokens appends the hashes of the tokens of the text that has the sums: wᵢ₊₁ = Sᵢ₊₁ − Sᵢ·P.
func AppendTokens(tokens, sums []uint64) []uint64 {
	for i := 1; i < len(sums); i++ {
		tokens = append(tokens, sums[i]-sums[i-1]*multiplier)
	}
	return tokens
}

// Append appends the hashes of the shingles of size tokens, at least 1, of the
// text that has the sums, in the order of the text, repetitions included. The
// sums of a part of a text are one more than its tokens, and give the shingles
// of that part alone.
func Append(hashes, sums []uint64, size int) []uint64 {
	size = min(size, len(sums)-1)
	if size <= 0 {
		return hashes
	}
	power := powerOf(size)
	start := len(hashes)
	ahead := sums[size:]
	hashes = grow(hashes, len(ahead))
	own := hashes[start:]
	for i, sum := range ahead {
		own[i] = mix(sum - sums[i]*power)
	}
	return hashes
}

// Run is the hash of all tokens of the text, or part of one, that has the sums;
// 0 where there is none.
func Run(sums []uint64) uint64 {
	count := len(sums) - 1
	if count <= 0 {
		return 0
	}
	return mix(sums[count] - sums[0]*powerOf(count))
}

// powerOf is P to the given power.
func powerOf(exponent int) uint64 {
	power, square := uint64(1), uint64(multiplier)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 != 0 {
			power *= square
		}
		square *= square
	}
	return power
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
