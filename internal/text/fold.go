package text

import (
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// iotaSubscript is the one mark that case folding turns into a letter. It keeps its
// place among the marks until they are in canonical order and is folded then;
// folded earlier it would part a base from the marks behind it.
const iotaSubscript = '\u0345'

// A folder takes characters apart: compatibility decomposition, full case
// folding, decomposition again. It is not safe for concurrent use.
type folder struct {
	caser cases.Caser
}

func newFolder() folder {
	return folder{caser: cases.Fold()}
}

// fold returns the folded decomposition of a character, nothing for an ignorable
// one, and a space for one that becomes separators alone, such as … or a no-break space.
func (f folder) fold(char rune) []rune {
	switch classOf(char) {
	case ignorable:
		return nil
	case apostrophe:
		return []rune{'\''}
	}
	if isSyllable(char) {
		return []rune{char} // its parts would be composed again
	}
	var folded []rune
	for _, part := range norm.NFKD.String(string(char)) {
		folded = append(folded, f.foldPart(part)...)
	}
	if isSeparator(folded) {
		return []rune{' '}
	}
	return folded
}

// foldPart folds one character of a decomposition.
func (f folder) foldPart(part rune) []rune {
	switch {
	case part == iotaSubscript:
		return []rune{part}
	case isApostrophe(part):
		return []rune{'\''}
	}
	folded := []rune(norm.NFKD.String(f.foldCase(part)))
	for index, char := range folded {
		if isApostrophe(char) {
			folded[index] = '\''
		}
	}
	return folded
}

// foldCase is full case folding of one character of a decomposition; of these
// only letters that have a case change. x/text exchanges the two cases of
// Cherokee instead of folding to its capitals, as Unicode does.
func (f folder) foldCase(part rune) string {
	switch {
	case unicode.Is(unicode.Cherokee, part):
		return string(unicode.ToUpper(part))
	case unicode.In(part, unicode.Lu, unicode.Ll, unicode.Lt):
		return f.caser.String(string(part))
	}
	return string(part)
}

// isSeparator reports whether a decomposition is made of separators alone.
func isSeparator(folded []rune) bool {
	for _, char := range folded {
		if classOf(char) != separator {
			return false
		}
	}
	return len(folded) > 0
}
