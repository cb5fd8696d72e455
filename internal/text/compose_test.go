package text

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestPairs checks the pair table against x/text, over all characters.
func TestPairs(t *testing.T) {
	for char := rune(0); char <= unicode.MaxRune; char++ {
		text := string(char)
		parts := []rune(norm.NFD.String(text))
		if len(parts) == 1 || norm.NFC.String(text) != text {
			continue
		}
		head, last := []rune(norm.NFC.String(string(parts[:len(parts)-1]))), parts[len(parts)-1]
		if composite, ok := compose(head[0], last); len(head) != 1 || !ok || composite != char {
			t.Errorf("%U is not composed of %U and %U, but %U", char, head, last, composite)
		}
		if !isSyllable(char) && !pairs().seconds[last] {
			t.Errorf("%U is not known to stand second", last)
		}
	}
}

// TestOtherPairs: nothing is composed that x/text does not compose.
func TestOtherPairs(t *testing.T) {
	for _, slot := range pairs().slots {
		for second := range pairs().seconds {
			pair := string([]rune{slot.first, second})
			if composite, ok := compose(slot.first, second); ok && string(composite) != norm.NFC.String(pair) {
				t.Errorf("%+q is composed to %U", pair, composite)
			}
		}
	}
}

// TestUncasedLetters: full case folding changes no character of a decomposition
// but letters that have a case, and the iota subscript.
func TestUncasedLetters(t *testing.T) {
	for char := rune(0); char <= unicode.MaxRune; char++ {
		if norm.NFKD.String(string(char)) != string(char) || unicode.In(char, unicode.Lu, unicode.Ll, unicode.Lt) || char == iotaSubscript {
			continue
		}
		if folded := refCaser.String(string(char)); folded != string(char) && unicode.IsPrint(char) {
			t.Errorf("%U folds to %+q", char, folded)
		}
	}
}
