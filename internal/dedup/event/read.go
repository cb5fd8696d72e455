package event

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/text"
)

// A Text is an article that is read again for the evidence: a copy of what is needed
// of it, that lasts.
type Text struct {
	body         []byte
	starts, ends []uint32 // by token
	sums         []uint64 // as package shingle has them, one more than tokens
	quoted       []bool   // by token: it stands inside quotation marks
	content      []bool   // by token: it is a word of no table
	plain        []bool   // by token: it is such a word, and neither a name nor a number
	names        []span
	numbers      []span
	terms        map[uint32]span // where each of the terms that were asked for stands first, by key
}

// A span is some tokens, half-open, never none.
type span struct{ first, last int }

// Read copies a document that has the sums, in the language that its sketch was made
// in. The terms are those of its group.
func (s *Sketcher) Read(doc *text.Document, sums []uint64, language Language, terms []Weight) *Text {
	t := &Text{
		body: bytes.Clone(doc.Body), starts: slices.Clone(doc.Starts), ends: slices.Clone(doc.Ends), sums: slices.Clone(sums),
		content: make([]bool, doc.Len()), plain: make([]bool, doc.Len()), terms: make(map[uint32]span),
	}
	t.quoted = quotedTokens(doc)
	capitals, shouted := make([]bool, doc.Len()), 0
	s.reader.start(doc, sums)
	for s.reader.next() {
		r := &s.reader
		at := span{r.first, r.last}
		if k := key(r.hash, language); slices.ContainsFunc(terms, func(w Weight) bool { return w.Key == k }) {
			if _, known := t.terms[k]; !known {
				t.terms[k] = at
			}
		}
		if r.capital {
			shouted++
		}
		_, common := in(s.background.of(r.hash), language)
		t.content[r.first] = !common
		capitals[r.first] = r.capital && !common
		t.plain[r.first] = !common && !r.capital && r.digits == 0
		if r.digits > 0 {
			t.addNumber(at)
		}
	}
	if 2*shouted > doc.Len() { // old wires are all capitals, which then say nothing
		t.plain = t.content
	}
	t.findNames(capitals)
	return t
}

// words returns the tokens of a span as they stand.
func (t *Text) words(at span) string { return string(t.body[t.starts[at.first]:t.ends[at.last-1]]) }

// between returns what stands between a token and the one before it: nothing where
// both are of one character, as the 1 and the 2 of ½ are.
func (t *Text) between(token int) []byte {
	return t.body[min(t.ends[token-1], t.starts[token]):t.starts[token]]
}

// addNumber adds a token of digits to the numbers: 1,500 and 3.5 are one.
func (t *Text) addNumber(at span) {
	if last := len(t.numbers) - 1; last >= 0 && t.numbers[last].last == at.first {
		if gap := t.between(at.first); len(gap) == 1 && (gap[0] == '.' || gap[0] == ',') {
			t.numbers[last].last = at.last
			return
		}
	}
	t.numbers = append(t.numbers, at)
}

// findNames fills names: words with capital letters in a row, but for one that
// stands alone at the beginning of a sentence.
func (t *Text) findNames(capitals []bool) {
	for i := 0; i < len(capitals); i++ {
		if !capitals[i] {
			continue
		}
		last := i + 1
		for last < len(capitals) && capitals[last] && t.joinsName(last) {
			last++
		}
		if last > i+1 || !t.beginsSentence(i) {
			t.names = append(t.names, span{i, last})
		}
		i = last - 1
	}
}

// joinsName reports whether a token goes on with the name before it: St. Petersburg, but
// not the sentence behind one.
func (t *Text) joinsName(token int) bool {
	switch string(t.between(token)) {
	case " ", "-":
		return true
	case ". ":
		return t.ends[token-1]-t.starts[token-1] <= longestShortened
	}
	return false
}

// longestShortened is the most bytes of a word that a full stop behind it shortens.
const longestShortened = 2

// beginsSentence reports whether a sentence begins with the token, or may.
func (t *Text) beginsSentence(token int) bool {
	if token == 0 {
		return true
	}
	for gap := t.between(token); len(gap) > 0; {
		char, size := utf8.DecodeRune(gap)
		if char != ' ' && char != ',' && !unicode.In(char, unicode.Pd) {
			return true
		}
		gap = gap[size:]
	}
	return false
}
