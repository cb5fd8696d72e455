package corpusgen

import (
	"math/rand/v2"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// What stands in running text, in 1,024ths of the words drawn.
const (
	numberShare = 15  // web news: .015 of its words
	nameShare   = 20  // of two words each
	phraseShare = 22  // see phraseForms
	topicShare  = 120 // words of the article's own topic, which makes a word come back
	commaShare  = 70
)

const (
	topicWords = 24
	castNames  = 6
)

// A composer writes one article. Its methods append to the text they are given
// and return it: a text kept in the composer would cost a write barrier a word.
type composer struct {
	*outlet
	pcg   *rand.PCG
	words int // written so far

	topic [topicWords]term
	cast  [castNames][2]term
}

// newComposer returns a composer with a topic and a cast of its own.
func newComposer(pcg *rand.PCG, from *outlet) *composer {
	c := &composer{outlet: from, pcg: pcg}
	words, names := from.lexicon.words[from.lexicon.content:], from.lexicon.names
	for i := range c.topic {
		c.topic[i] = words[below(pcg, len(words))]
	}
	for i := range c.cast {
		c.cast[i] = [2]term{names[below(pcg, len(names))], names[below(pcg, len(names))]}
	}
	return c
}

// article writes a headline and paragraphs up to the number of words.
func (c *composer) article(words int) []byte {
	const bytesPerWord = 8 // of the longest script with its spaces a little more
	text := make([]byte, 0, (words+50)*bytesPerWord)
	text = c.run(text, 5+below(c.pcg, 7))
	for c.words < words {
		text = append(text, c.separator...)
		text = c.paragraph(text, words)
	}
	return text
}

// paragraph writes one to three sentences, the last cut short where the
// article ends.
func (c *composer) paragraph(text []byte, limit int) []byte {
	for sentence := range 1 + below(c.pcg, 3) {
		if c.words >= limit {
			break
		}
		if sentence > 0 {
			text = append(text, c.lexicon.space...)
		}
		text = c.sentence(text, min(limit-c.words, 6+below(c.pcg, 16)+below(c.pcg, 16)))
	}
	return text
}

// sentence writes a plain sentence, or, one time in eight, a quote and who said it.
func (c *composer) sentence(text []byte, words int) []byte {
	if below(c.pcg, 8) > 0 {
		return append(c.run(text, words), c.lexicon.stop...)
	}
	text = append(text, c.quotes[0]...)
	text = append(c.run(text, words), c.lexicon.comma...)
	text = append(text, c.quotes[1]...)
	text = append(text, c.lexicon.said...)
	c.words++
	return append(c.name(text), c.lexicon.stop...)
}

// run writes so many words, the first with a capital.
func (c *composer) run(text []byte, words int) []byte {
	start, end := len(text), c.words+words
	for {
		random := c.pcg.Uint64()
		text = c.item(text, int(random%1024))
		if c.words >= end {
			capitalise(text[start:])
			return text
		}
		if random>>32%1024 < commaShare {
			text = append(text, c.lexicon.comma...)
		}
		text = append(text, c.lexicon.space...)
	}
}

// item writes a number, a name, a phrase or a word, by where in 0..1023 the
// draw falls.
func (c *composer) item(text []byte, draw int) []byte {
	const (
		names   = numberShare + nameShare
		phrases = names + phraseShare
		topics  = phrases + topicShare
	)
	switch {
	case draw < numberShare:
		return c.number(text)
	case draw < names:
		return c.name(text)
	case draw < phrases:
		return c.term(text, c.lexicon.phrases[c.lexicon.phraseRanks.draw(c.pcg)])
	case draw < topics:
		return c.term(text, c.topic[below(c.pcg, len(c.topic))])
	default:
		return c.term(text, c.lexicon.words[c.lexicon.wordRanks.draw(c.pcg)])
	}
}

func (c *composer) term(text []byte, t term) []byte {
	c.words += int(t.words)
	return append(text, c.lexicon.bytesOf(t)...)
}

func (c *composer) name(text []byte) []byte {
	person := c.cast[below(c.pcg, len(c.cast))]
	text = append(c.term(text, person[0]), c.lexicon.space...)
	return c.term(text, person[1])
}

// number writes an age, a year, an amount or a rate.
func (c *composer) number(text []byte) []byte {
	c.words++
	switch below(c.pcg, 4) {
	case 0:
		return appendInt(text, 2+below(c.pcg, 97))
	case 1:
		return appendInt(text, 1950+below(c.pcg, 90))
	case 2:
		return appendInt(append(text, "€"...), 100+below(c.pcg, 900))
	default:
		c.words++
		text = append(appendInt(text, 1+below(c.pcg, 30)), '.')
		return appendInt(text, below(c.pcg, 10))
	}
}

func appendInt(text []byte, number int) []byte { return strconv.AppendInt(text, int64(number), 10) }

// capitalise turns the first letter into upper case, in place: no letter of the
// orthographies changes its length.
func capitalise(text []byte) {
	first, size := utf8.DecodeRune(text)
	if upper := unicode.ToUpper(first); utf8.RuneLen(upper) == size {
		utf8.EncodeRune(text, upper)
	}
}
