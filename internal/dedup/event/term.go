package event

import (
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// A termReader goes through the terms of a text. A term is what is compared of a
// word: the word without a possessive 's and without the s of a plural, or, of
// scripts that write no spaces, two characters that stand beside each other (four
// of the scripts of South-East Asia, whose vowel signs are characters).
type termReader struct {
	doc  *text.Document
	sums []uint64
	wide int // position in doc.Wide of the next token that is not plain

	first, last int    // the tokens of the term, half-open; set by next
	at          int    // the token to go on with
	hash        uint64 // of the term
	capital     bool   // it begins with a capital letter
	digits      int    // its length, if it is a number of ASCII digits

	inRun bool   // the token before is a character of a script that writes no spaces
	form  []byte // scratch
}

// start begins with a document that has the sums.
func (r *termReader) start(doc *text.Document, sums []uint64) {
	*r = termReader{doc: doc, sums: sums, form: r.form}
}

// next goes to the next term, and reports whether there is one.
func (r *termReader) next() bool {
	for r.at < r.doc.Len() {
		if r.wide < len(r.doc.Wide) && int(r.doc.Wide[r.wide].Token) == r.at {
			form := r.doc.WideForm(r.wide)
			if char, size := utf8.DecodeRune(form); size == len(form) && text.IsUnspaced(char) {
				if r.gram(char) {
					return true
				}
				continue
			}
			r.wideWord(form)
			return true
		}
		r.plainWord()
		return true
	}
	return false
}

// take makes the term that of the next token.
func (r *termReader) take() {
	r.first, r.last = r.at, r.at+1
	r.hash = shingle.Token(r.sums[r.at], r.sums[r.at+1])
	r.capital, r.digits, r.inRun = false, 0, false
	r.at++
}

// plainWord takes a token of ASCII letters and digits.
func (r *termReader) plainWord() {
	word := r.doc.Body[r.doc.Starts[r.at]:r.doc.Ends[r.at]]
	r.take()
	r.capital = 'A' <= word[0] && word[0] <= 'Z'
	if word[0] <= '9' {
		r.digits = digits(word)
	}
	if last := word[len(word)-1]; last|0x20 == 's' && len(word) > 2 {
		r.form = append(r.form[:0], word...)
		for i := range r.form {
			r.form[i] |= 0x20 // what is no letter has that bit already
		}
		r.stem(r.form)
	}
}

// wideWord takes a token that is not plain and has the normal form.
func (r *termReader) wideWord(form []byte) {
	start := r.doc.Starts[r.at]
	r.take()
	r.wide++
	char, _ := utf8.DecodeRune(r.doc.Body[start:])
	r.capital = unicode.IsUpper(char)
	if form[0] <= '9' {
		r.digits = digits(form)
	}
	if form[len(form)-1] == 's' && len(form) > 2 {
		r.form = append(r.form[:0], form...)
		r.stem(r.form)
	}
}

// stem makes the term that of the word's stem, if it has another. The word ends in s.
func (r *termReader) stem(word []byte) {
	if stem := stemOf(word); len(stem) < len(word) {
		r.hash = shingle.Word(stem)
	}
}

// stemOf returns the word, which ends in s, without the s of a possessive or a
// plural: Harman's S stemmer, which is right for most plurals of English, French,
// Spanish, Portuguese and Dutch, and cuts the genitives of German. It may write
// to the word. A wrong cut does no harm but where it makes two words one.
func stemOf(word []byte) []byte {
	n := len(word)
	before := word[n-2]
	switch {
	case before == '\'':
		return word[:n-2]
	case n <= 3 || before == 's' || before == 'u':
		return word
	case n > 4 && before == 'e' && word[n-3] == 'i':
		word[n-3] = 'y'
		return word[:n-2]
	}
	return word[:n-1]
}

// digits returns the length of a number of digits alone, 0 for another word.
func digits(word []byte) int {
	for _, octet := range word {
		if octet < '0' || octet > '9' {
			return 0
		}
	}
	return len(word)
}

const (
	firstEastAsian = 0x2e80 // Han, kana and what stands among them
	firstHiragana  = 0x3041
	lastHiragana   = 0x309f
)

// gram takes the characters from the next token on, the first of which is given,
// and goes on by one. It reports false where they are no term: the end of a run that
// the term before reached, and two hiragana, which are the grammar of a sentence.
func (r *termReader) gram(char rune) bool {
	length, first := 4, r.at
	if char >= firstEastAsian {
		length = 2
	}
	last, hiragana := first, true
	for wide := r.wide; last < first+length && r.joins(first, last, wide); wide++ {
		next, _ := utf8.DecodeRune(r.doc.WideForm(wide))
		hiragana = hiragana && next >= firstHiragana && next <= lastHiragana
		last++
	}
	begins := !r.inRun || r.doc.Ends[first-1] != r.doc.Starts[first]
	r.inRun = true
	r.at, r.wide = first+1, r.wide+1
	r.first, r.last, r.capital, r.digits = first, last, false, 0
	if hiragana || last < first+length && !begins {
		return false
	}
	r.hash = shingle.Run(r.sums[first : last+1])
	return true
}

// joins reports whether a token goes on with a run of characters that begins with first.
func (r *termReader) joins(first, token, wide int) bool {
	if wide >= len(r.doc.Wide) || int(r.doc.Wide[wide].Token) != token {
		return false
	}
	form := r.doc.WideForm(wide)
	char, size := utf8.DecodeRune(form)
	return size == len(form) && text.IsUnspaced(char) && (token == first || r.doc.Ends[token-1] == r.doc.Starts[token])
}
