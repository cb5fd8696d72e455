package text

import "unicode"

// A class says what a character is to the tokens.
type class uint8

const (
	separator  class = iota // ends a token
	word                    // a letter or digit of a script that writes spaces
	single                  // a character that is a token of its own
	mark                    // belongs to the token before it
	apostrophe              // kept between two letters or digits
	ignorable               // dropped as if it did not stand there
)

// unspaced are the scripts whose words are not parted by spaces.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// ignorables are the default-ignorable code points of Unicode and all other
// format characters: soft hyphen, joiners, directional marks, zero-width
// spaces, variation selectors, Hangul fillers, tags.
var ignorables = []*unicode.RangeTable{
	unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
}

// classOf returns the class of a character as it stands, not of what
// normalisation makes of it.
func classOf(char rune) class {
	switch {
	case unicode.In(char, ignorables...):
		return ignorable
	case isApostrophe(char):
		return apostrophe
	case isUnspaced(char):
		return single
	case unicode.IsLetter(char), unicode.IsNumber(char):
		return word
	case unicode.IsMark(char):
		return mark
	}
	return separator
}

// isApostrophe reports whether the character is typed for an apostrophe. The
// modifier letters are among them because ‘oʻzbek’ and ‘Hawaiʻi’ are written
// with any of these, the accents because keyboards lead people to l´acqua.
// Full-width forms become U+0027 by NFKC before anybody asks.
func isApostrophe(char rune) bool {
	switch char {
	case '\'', '`',
		'\u00b4', // acute accent
		'\u02bb', // modifier letter turned comma
		'\u02bc', // modifier letter apostrophe
		'\u05f3', // Hebrew geresh
		'\u2018', // left single quotation mark
		'\u2019', // right single quotation mark
		'\u201b': // single high-reversed-9 quotation mark
		return true
	}
	return false
}

// isUnspaced reports whether the character is a token of its own: a letter,
// digit or mark of a script that writes no spaces, or one of the signs that
// stand among Han and kana but which Unicode gives to all scripts.
func isUnspaced(char rune) bool {
	switch char {
	case '〆', 'ー', '〱', '〲', '〳', '〴', '〵', '〼':
		return true
	}
	return unicode.In(char, unspaced...) && unicode.In(char, unicode.L, unicode.N, unicode.M)
}

// IsUnspaced reports whether a character of a normal form is a token of its own.
func IsUnspaced(char rune) bool { return entryOf(char).class == single }
