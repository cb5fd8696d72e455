package corpusgen

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// confusions are what readers of old print take letters for.
func confusions() map[rune]string {
	return map[rune]string{
		'a': "o", 'b': "h", 'c': "e", 'd': "cl", 'e': "c", 'f': "t", 'g': "q", 'h': "b", 'i': "l", 'l': "1",
		'm': "rn", 'n': "u", 'o': "0", 'r': "i", 's': "5", 't': "f", 'u': "n", 'v': "y", 'w': "vv", 'y': "v",
		'I': "l", 'B': "8", 'O': "0", 'S': "5",
	}
}

// OCRNoise misreads the given share of the letters and drops as large a share
// of the spaces. A letter for which no usual mistake is known, as in every script
// but Latin, is taken for another letter of the text.
func OCRNoise(rng *rand.Rand, text string, share float64) string {
	mistakes, letters := confusions(), lettersOf(text)
	var noisy strings.Builder
	for _, char := range text {
		switch misread := rng.Float64() < share; {
		case misread && unicode.IsLetter(char):
			if mistake, known := mistakes[char]; known {
				noisy.WriteString(mistake)
			} else {
				noisy.WriteRune(letters[rng.IntN(len(letters))])
			}
		case misread && char == ' ':
		default:
			noisy.WriteRune(char)
		}
	}
	return noisy.String()
}

func lettersOf(text string) []rune {
	var letters []rune
	for _, char := range text {
		if unicode.IsLetter(char) {
			letters = append(letters, char)
		}
	}
	return letters
}
