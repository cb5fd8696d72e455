package corpusgen

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The operations below make a copy of any text, in any script. They depend on
// their arguments alone and leave a text as it is where there is nothing to do:
// a text of one paragraph cannot be reordered.

// WordEdits changes the given share of the words, spread at random: each is
// replaced by another word of the text, has one put before it, or is dropped.
func WordEdits(rng *rand.Rand, text string, share float64) string {
	spans := wordSpans(text)
	edits := countOf(share, len(spans))
	var edited strings.Builder
	written := 0
	for i, word := range spans {
		if rng.IntN(len(spans)-i) >= edits { // each set of words is equally likely
			continue
		}
		edits--
		other := spans[rng.IntN(len(spans))]
		edited.WriteString(text[written:word.start])
		written = editWord(&edited, text, [2]span{word, other}, rng.IntN(3))
	}
	edited.WriteString(text[written:])
	return edited.String()
}

// editWord writes what becomes of a word and returns where in the text to go on.
func editWord(edited *strings.Builder, text string, words [2]span, edit int) (next int) {
	word, other := words[0], words[1]
	old, added := text[word.start:word.end], text[other.start:other.end]
	switch {
	case edit == 0: // drop, with the space that follows
		if strings.HasPrefix(text[word.end:], " ") {
			return word.end + 1
		}
	case edit == 1 && old != added:
		edited.WriteString(added)
	default:
		edited.WriteString(added)
		if first, _ := utf8.DecodeRuneInString(old); !isUnspaced(first) {
			edited.WriteByte(' ')
		}
		edited.WriteString(old)
	}
	return word.end
}

// countOf rounds a share of a number of things.
func countOf(share float64, things int) int {
	return min(max(int(math.Round(share*float64(things))), 0), things)
}

// Cut keeps the leading share of the words, with what follows the last of them
// up to the next space.
func Cut(text string, share float64) string {
	spans := wordSpans(text)
	keep := countOf(share, len(spans))
	switch {
	case keep == len(spans):
		return text
	case keep == 0:
		return ""
	}
	between := text[spans[keep-1].end:spans[keep].start]
	marks := strings.IndexFunc(between, unicode.IsSpace)
	if marks < 0 {
		marks = 0 // the next word follows at once: an apostrophe, or no spaces at all
	}
	return text[:spans[keep-1].end+marks]
}

// DropParagraphs drops the given share of the paragraphs, at random, but never
// the last one left.
func DropParagraphs(rng *rand.Rand, text string, share float64) string {
	paragraphs, separator := splitParagraphs(text)
	if len(paragraphs) < 2 {
		return text
	}
	drops := min(countOf(share, len(paragraphs)), len(paragraphs)-1)
	var kept []string
	for i, paragraph := range paragraphs {
		if rng.IntN(len(paragraphs)-i) < drops {
			drops--
			continue
		}
		kept = append(kept, paragraph)
	}
	return strings.Join(kept, separator)
}

// ReorderParagraphs shuffles the paragraphs below the first, the headline.
func ReorderParagraphs(rng *rand.Rand, text string) string {
	paragraphs, separator := splitParagraphs(text)
	if len(paragraphs) < 3 {
		return text
	}
	below := paragraphs[1:]
	before := slices.Clone(below)
	rng.Shuffle(len(below), func(i, j int) { below[i], below[j] = below[j], below[i] })
	if slices.Equal(before, below) {
		below[0], below[1] = below[1], below[0]
	}
	return strings.Join(paragraphs, separator)
}

// RepeatBlock puts count paragraphs, from the first'th on, counted from 0, once
// more at the end, as extractors do by mistake.
func RepeatBlock(text string, first, count int) string {
	paragraphs, separator := splitParagraphs(text)
	first = min(max(first, 0), len(paragraphs))
	block := paragraphs[first:min(first+max(count, 0), len(paragraphs))]
	if len(block) == 0 {
		return text
	}
	return strings.Join(append(slices.Clip(paragraphs), block...), separator)
}

// AddFurniture puts the first of the furniture's paragraphs before the text and
// the others after it.
func AddFurniture(text string, furniture []string) string {
	if len(furniture) == 0 {
		return text
	}
	_, separator := splitParagraphs(text)
	around := append([]string{furniture[0], text}, furniture[1:]...)
	return strings.Join(around, separator)
}

// TemplateNumbers replaces every number by another of as many digits: the next
// day's report in the same words.
func TemplateNumbers(rng *rand.Rand, text string) string {
	renumbered := []byte(text)
	for i := 0; i < len(renumbered); {
		end := i
		for end < len(renumbered) && isDigit(renumbered[end]) {
			end++
		}
		renumber(rng, renumbered[i:end])
		i = max(end, i+1)
	}
	return string(renumbered)
}

// renumber changes at least the last digit, and never puts a 0 first.
func renumber(rng *rand.Rand, number []byte) {
	for i, digit := range number {
		switch {
		case i == len(number)-1:
			number[i] = '0' + (digit-'0'+1+byte(rng.IntN(9)))%10
		case i == 0:
			number[i] = '1' + byte(rng.IntN(9))
		default:
			number[i] = '0' + byte(rng.IntN(10))
		}
	}
}

func isDigit(char byte) bool { return '0' <= char && char <= '9' }
