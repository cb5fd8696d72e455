package dedup

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/text"
)

// closers are the marks that may end a quotation, by the one that began it.
var closers = map[rune]string{
	'“': "”", '„': "“”", '”': "”", '«': "»", '»': "«", '‹': "›", '›': "‹", '"': `"`, '＂': "＂",
	'「': "」", '『': "』", '‘': "’", '\'': "'", '’': "’",
}

// outside returns, by token and for the end of the text, how many tokens before it stand
// outside quotation marks. A quotation begins and ends in a paragraph; one that only
// begins in it goes to its end, as newspapers write a speech of several paragraphs,
// where the mark cannot be an apostrophe.
func outside(doc *text.Document, counts []int32) []int32 {
	counts = append(counts[:0], 0)
	for _, paragraph := range doc.Paragraphs {
		spans := quotations(doc.Body[:paragraph.End], paragraph.Start)
		for token := paragraph.FirstToken; token < paragraph.LastToken; token++ {
			for len(spans) > 0 && spans[0].end <= int(doc.Starts[token]) {
				spans = spans[1:]
			}
			count := counts[len(counts)-1]
			if len(spans) == 0 || int(doc.Starts[token]) < spans[0].start || int(doc.Ends[token]) > spans[0].end {
				count++
			}
			counts = append(counts, count)
		}
	}
	return counts
}

// A span is a byte range, half-open.
type span struct{ start, end int }

// mayMark reports whether a quotation mark may begin with the byte.
func mayMark(octet byte) bool {
	return octet == '"' || octet == '\'' || octet == '`' || octet == 0xc2 || octet == 0xe2 || octet == 0xe3 || octet == 0xef
}

// quotations returns what stands between quotation marks in the text, from an offset on.
// Inside a quotation only its own end is looked for.
func quotations(text []byte, from int) (spans []span) {
	unpaired := make(map[rune]bool) // marks of which none closes any more
	for at := from; at < len(text); {
		if !mayMark(text[at]) {
			at++
			continue
		}
		if bytes.HasPrefix(text[at:], []byte("``")) { // as TeX has it, and corpora that were cut into words
			end := bytes.Index(text[at:], []byte("''"))
			if end < 0 {
				return append(spans, span{at + 2, len(text)})
			}
			spans = append(spans, span{at + 2, at + end})
			at += end + 2
			continue
		}
		mark, size := utf8.DecodeRune(text[at:])
		if !opens(text, at, mark, size) || unpaired[mark] {
			at += size
			continue
		}
		end := closing(text, at+size, mark)
		switch {
		case end >= 0:
			spans = append(spans, span{at + size, end})
			_, size = utf8.DecodeRune(text[end:])
			at = end + size
		case isApostrophe(mark):
			unpaired[mark] = true
			at += size
		default:
			return append(spans, span{at + size, len(text)})
		}
	}
	return spans
}

func isApostrophe(mark rune) bool { return mark == '\'' || mark == '’' || mark == '‘' }

// opens reports whether a character begins a quotation where it stands. A mark that also
// ends quotations begins one behind a space or a bracket and before a word.
func opens(text []byte, at int, mark rune, size int) bool {
	if closers[mark] == "" {
		return false
	}
	if mark == '“' || mark == '„' || mark == '«' || mark == '「' || mark == '『' {
		return true
	}
	before, _ := utf8.DecodeLastRune(text[:at])
	behind, _ := utf8.DecodeRune(text[at+size:])
	return (at == 0 || !isWordRune(before)) && !unicode.IsSpace(behind) && behind != utf8.RuneError
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// closing returns where the quotation ends that began with a mark; -1 where it does not.
func closing(text []byte, from int, mark rune) int {
	depth := 0
	for at := from; at < len(text); {
		if !mayMark(text[at]) {
			at++
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		switch {
		case strings.ContainsRune(closers[mark], r) && (!isApostrophe(r) || endsWord(text, at, size)):
			if depth == 0 {
				return at
			}
			depth--
		case r == mark && opens(text, at, r, size):
			depth++
		}
		at += size
	}
	return -1
}

// endsWord reports whether an apostrophe is not inside a word, and behind one.
func endsWord(text []byte, at, size int) bool {
	before, _ := utf8.DecodeLastRune(text[:at])
	behind, _ := utf8.DecodeRune(text[at+size:])
	return !unicode.IsSpace(before) && !isWordRune(behind)
}
