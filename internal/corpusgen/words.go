package corpusgen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A span is a byte range of a text, half-open.
type span struct{ start, end int }

// wordSpans finds the words of any text: runs of letters, digits and marks,
// each character for itself in scripts that write no spaces.
func wordSpans(text string) []span {
	var spans []span
	start := -1 // of the word that is open
	for at, char := range text {
		if start >= 0 && !(isWordPart(char) && !isUnspaced(char)) {
			spans = append(spans, span{start, at})
			start = -1
		}
		switch {
		case isUnspaced(char):
			spans = append(spans, span{at, at + utf8.RuneLen(char)})
		case start < 0 && isWordPart(char):
			start = at
		}
	}
	if start >= 0 {
		spans = append(spans, span{start, len(text)})
	}
	return spans
}

func isWordPart(char rune) bool {
	return unicode.IsLetter(char) || unicode.IsDigit(char) || unicode.IsMark(char)
}

func isUnspaced(char rune) bool {
	return char >= 0x0E00 && unicode.In(char, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// splitParagraphs returns the paragraphs of a text and what parts them.
func splitParagraphs(text string) (paragraphs []string, separator string) {
	separator = "\n"
	if strings.Contains(text, "\n\n") {
		separator = "\n\n"
	}
	for paragraph := range strings.SplitSeq(text, separator) {
		if strings.TrimSpace(paragraph) != "" {
			paragraphs = append(paragraphs, paragraph)
		}
	}
	return paragraphs, separator
}
