package corpusgen

import (
	"math/rand/v2"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	// vocabulary is what 2,500 articles of web news held in different words.
	vocabulary = 30_000
	nameForms  = 3_000
	// phraseForms stock phrases, drawn phraseShare of the time, put about one
	// shingle of twenty into a second article, as in newswire.
	phraseForms = 1_500
)

// A term is a word, name or phrase: where it stands in lexicon.text, and the
// number of words it counts for. Eight bytes without a pointer, so that the
// collector does not walk the vocabulary again and again.
type term struct {
	start         uint32
	length, words uint16
}

// A lexicon is the words of a script. It is never changed once made and is
// shared by all generators.
type lexicon struct {
	orthography
	text    []byte // of all terms
	words   []term // most frequent first
	phrases []term // most frequent first
	names   []term
	content int // the first rank that is no function word

	wordRanks, phraseRanks zipf
}

// The lexicons are made once for the process: they depend on nothing.
var (
	latinLexicon    = sync.OnceValue(func() *lexicon { return newLexicon(latinOrthography()) })
	cyrillicLexicon = sync.OnceValue(func() *lexicon { return newLexicon(cyrillicOrthography()) })
	arabicLexicon   = sync.OnceValue(func() *lexicon { return newLexicon(arabicOrthography()) })
	hanLexicon      = sync.OnceValue(func() *lexicon { return newLexicon(hanOrthography()) })
)

func lexiconOf(script Script) *lexicon {
	switch script {
	case Cyrillic:
		return cyrillicLexicon()
	case Arabic:
		return arabicLexicon()
	case Han:
		return hanLexicon()
	default:
		return latinLexicon()
	}
}

func newLexicon(letters orthography) *lexicon {
	coin := &coiner{letters: letters, rng: rand.New(rand.NewPCG(1953, 1991)), known: map[string]bool{}}
	lex := &lexicon{orthography: letters}
	for _, word := range letters.function {
		if coin.isNew(word) {
			lex.words = append(lex.words, lex.add(word))
		}
	}
	lex.content = len(lex.words)
	for rank := lex.content; rank < vocabulary; rank++ {
		lex.words = append(lex.words, lex.add(coin.word(syllables(rank))))
	}
	lex.wordRanks, lex.phraseRanks = newZipf(vocabulary, lex.content), newZipf(phraseForms, 0)
	for range nameForms {
		lex.names = append(lex.names, lex.add(capitalised(coin.word(2))))
	}
	pcg := rand.NewPCG(1953, 1992)
	for range phraseForms {
		lex.phrases = append(lex.phrases, lex.addPhrase(pcg))
	}
	return lex
}

// add takes in a text without spaces and counts its words.
func (lex *lexicon) add(text string) term {
	added := term{start: uint32(len(lex.text)), length: uint16(len(text)), words: 1}
	if lex.space == "" {
		added.words = uint16(utf8.RuneCountInString(text))
	}
	lex.text = append(lex.text, text...)
	return added
}

// addPhrase joins five to eight words into one term.
func (lex *lexicon) addPhrase(pcg *rand.PCG) term {
	phrase := term{start: uint32(len(lex.text))}
	for i := range 5 + pcg.Uint64()%4 {
		if i > 0 {
			lex.text = append(lex.text, lex.space...)
		}
		word := lex.words[lex.wordRanks.draw(pcg)]
		lex.text = append(lex.text, lex.bytesOf(word)...)
		phrase.words += word.words
	}
	phrase.length = uint16(len(lex.text) - int(phrase.start))
	return phrase
}

func (lex *lexicon) bytesOf(t term) []byte { return lex.text[t.start : t.start+uint32(t.length)] }

// syllables follows Zipf's law of abbreviation: frequent words are short.
func syllables(rank int) int {
	switch {
	case rank < 1_000:
		return 1
	case rank < 20_000:
		return 2
	default:
		return 3
	}
}

// A coiner invents words, no two alike.
type coiner struct {
	letters orthography
	rng     *rand.Rand
	known   map[string]bool
}

// word invents a word of about so many syllables: it grows by one each time
// chance has come upon a known word, so that the search ends.
func (c *coiner) word(syllables int) string {
	for ; ; syllables++ {
		if word := c.build(syllables); c.isNew(word) {
			return word
		}
	}
}

func (c *coiner) isNew(word string) bool {
	known := c.known[word]
	c.known[word] = true
	return !known
}

func (c *coiner) build(syllables int) string {
	var word strings.Builder
	for range syllables {
		word.WriteString(c.pick(c.letters.onsets))
		word.WriteString(c.pick(c.letters.nuclei))
		if c.rng.IntN(3) == 0 {
			word.WriteString(c.pick(c.letters.codas))
		}
	}
	if syllables > 1 && c.rng.IntN(4) == 0 {
		word.WriteString(c.pick(c.letters.suffixes))
	}
	return word.String()
}

func (c *coiner) pick(from []string) string { return from[c.rng.IntN(len(from))] }

// capitalised returns the word with its first letter in upper case, where the
// script has one.
func capitalised(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
