package swar

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// someWord is bytes that are often alike, at the bounds of what is looked for,
// and outside ASCII.
func someWord(random *rand.Rand, near byte) []byte {
	text := make([]byte, 8)
	for i := range text {
		switch random.IntN(4) {
		case 0:
			text[i] = near
		case 1:
			text[i] = near + byte(random.IntN(3)) - 1
		case 2:
			text[i] = []byte{0, 1, 0x7f, 0x80, 0xff}[random.IntN(5)]
		default:
			text[i] = byte(random.Uint32())
		}
	}
	return text
}

// checkFirst holds an answer against the first byte for which is holds.
func checkFirst(t *testing.T, text []byte, answer uint64, is func(byte) bool) {
	t.Helper()
	want := slices.IndexFunc(text, is)
	if found := answer & High; (found != 0) != (want >= 0) || found != 0 && First(found) != want {
		t.Fatalf("% x: the answer is %#x, want the byte at %d", text, found, want)
	}
}

func TestFinds(t *testing.T) {
	random := seeded.Rand(t)
	for range 200_000 {
		n, c := byte(random.IntN(129)), byte(random.Uint32())
		text := someWord(random, c)
		checkFirst(t, text, Equal(binary.LittleEndian.Uint64(text), c), func(b byte) bool { return b == c })
		checkFirst(t, text, Below(binary.LittleEndian.Uint64(text), n), func(b byte) bool { return b < n })
		text = someWord(random, n)
		word := binary.LittleEndian.Uint64(text)
		checkFirst(t, text, Below(word, n), func(b byte) bool { return b < n })
		checkFirst(t, text, Below(word, n)|Equal(word, c), func(b byte) bool { return b < n || b == c })
	}
}

func TestGather(t *testing.T) {
	random := seeded.Rand(t)
	for range 10_000 {
		text, want := someWord(random, 0x80), uint64(0)
		for i, b := range text {
			want |= uint64(b>>7) << i
		}
		if got := Gather(binary.LittleEndian.Uint64(text)); got != want {
			t.Fatalf("% x: the high bits are %08b, want %08b", text, got, want)
		}
	}
}
