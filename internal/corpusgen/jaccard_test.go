package corpusgen

import (
	"strings"
	"unicode"
)

// The plainest shingles: what these tests say of similarity leans on no code of
// the project, wordSpans not excepted.

func plainWords(text string) []string {
	var spaced strings.Builder
	for _, char := range strings.ToLower(text) {
		switch {
		case unicode.In(char, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			spaced.WriteString(" " + string(char) + " ")
		case unicode.IsLetter(char), unicode.IsDigit(char), unicode.IsMark(char), char == '\u200c':
			spaced.WriteRune(char)
		default:
			spaced.WriteRune(' ')
		}
	}
	return strings.Fields(spaced.String())
}

func plainShingles(text string) map[string]bool {
	words := plainWords(text)
	shingles := map[string]bool{}
	for i := range max(len(words)-4, 0) {
		shingles[strings.Join(words[i:i+5], " ")] = true
	}
	return shingles
}

func shared(a, b map[string]bool) (count int) {
	for shingle := range a {
		if b[shingle] {
			count++
		}
	}
	return count
}

func jaccard(a, b string) float64 {
	first, second := plainShingles(a), plainShingles(b)
	both := shared(first, second)
	return float64(both) / float64(len(first)+len(second)-both)
}

// containment is the share of part's shingles that stand in whole.
func containment(part, whole string) float64 {
	shingles := plainShingles(part)
	return float64(shared(shingles, plainShingles(whole))) / float64(len(shingles))
}
