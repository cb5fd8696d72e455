package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// checkString holds a string to what encoding/json and the rule for the
// controls beyond it make of it.
func checkString(t testing.TB, s string) {
	t.Helper()
	if got, want := string(appendString(nil, s)), reflected(t, s); got != want {
		t.Fatalf("%q is written %s, want %s", s, got, want)
	}
}

// TestStringOfEveryCharacter tries all characters, at each place in a word of
// eight bytes and behind the last whole one.
func TestStringOfEveryCharacter(t *testing.T) {
	const before, after = "ferries", "wait outside"
	for r := range rune(utf8.MaxRune + 1) {
		checkString(t, before[:r%8]+string(r)+after[:r/8%13])
	}
	for r := range rune(0x300) {
		for length := range len(before) + 1 {
			checkString(t, before[:length]+string(r)+after)
			checkString(t, before[:length]+string(r)+string(r))
		}
	}
}

// TestStringOfEveryTwoBytes tries them in the middle of a word, where most are
// no UTF-8.
func TestStringOfEveryTwoBytes(t *testing.T) {
	for pair := range 1 << 16 {
		checkString(t, "sea é"+string([]byte{byte(pair >> 8), byte(pair)})+"\u00a0mole")
	}
}

func TestStringOfRandomPieces(t *testing.T) {
	seeded.Rand(t) // names the seed
	dice := newDice(seeded.Seed())
	for range 20_000 {
		checkString(t, dice.text()+strings.Repeat("x", dice.IntN(12))+dice.text())
	}
}

func FuzzString(f *testing.F) {
	for _, s := range append(nasty, "\b\f", "“Ferry” – 4 °C\u009b", hostileKey, "\xe2\x80", "\xe2\x80\xa8\xc2\x85\xc2") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkString(t, s) })
}
