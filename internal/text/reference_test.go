package text

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A refChar is a character with the byte range of what it was made from.
type refChar struct {
	char       rune
	start, end int
}

// A refToken is a token with the end of its normal form among all of them.
type refToken struct {
	Start, End uint32
	NormEnd    uint32 // before the space
}

// taken returns the normal forms of a document's tokens, each followed by a
// space, and the tokens.
func taken(document *Document) (normal []byte, tokens []refToken) {
	for token := range document.Len() {
		normal = document.AppendNorm(normal, token, token+1)
		tokens = append(tokens, refToken{document.Starts[token], document.Ends[token], uint32(len(normal) - 1)})
	}
	return normal, tokens
}

// normOf returns the normal forms of all tokens of a document.
func normOf(document *Document) string {
	return string(document.AppendNorm(nil, 0, document.Len()))
}

// reference takes a body apart as the package comment defines it: one step
// after the other over the whole text, one character at a time, without tables
// and without fast paths.
func reference(body []byte) ([]byte, []refToken) {
	chars := refRead(body)
	chars = refEach(chars, refPrepare)
	chars = refEach(chars, norm.NFKD.String)
	refOrder(chars)
	chars = refEach(chars, refFold)
	chars = refEach(chars, norm.NFKD.String)
	refOrder(chars)
	chars = refEach(refCompose(chars), refApostrophe)
	return refTokens(chars)
}

// refRead decodes the body.
func refRead(body []byte) (chars []refChar) {
	for at := 0; at < len(body); {
		char, size := utf8.DecodeRune(body[at:])
		chars = append(chars, refChar{char, at, at + size})
		at += size
	}
	return chars
}

// refPrepare drops ignorable characters and makes all apostrophes one.
func refPrepare(char string) string {
	first, _ := utf8.DecodeRuneInString(char)
	switch classOf(first) {
	case ignorable:
		return ""
	case apostrophe:
		return "'"
	}
	return char
}

var refCaser = cases.Fold()

// refFold folds case. The capitals of Cherokee are their own folding.
func refFold(char string) string {
	if first, _ := utf8.DecodeRuneInString(char); 0x13a0 <= first && first <= 0x13f5 {
		return char
	}
	return refCaser.String(char)
}

// refApostrophe makes one of the apostrophes that normalisation brought forth.
func refApostrophe(char string) string {
	if first, _ := utf8.DecodeRuneInString(char); isApostrophe(first) {
		return "'"
	}
	return char
}

// refEach replaces each character by its image; each character of the image
// has the byte range of the original.
func refEach(chars []refChar, image func(string) string) (result []refChar) {
	for _, char := range chars {
		for _, part := range image(string(char.char)) {
			result = append(result, refChar{part, char.start, char.end})
		}
	}
	return result
}

func refOrderOf(char rune) uint8 {
	return norm.NFD.PropertiesString(string(char)).CCC()
}

// refOrder brings every run of marks into canonical order. Where that changes
// it, all marks of the run get the byte range of the run.
func refOrder(chars []refChar) {
	byOrder := func(a, b refChar) int { return int(refOrderOf(a.char)) - int(refOrderOf(b.char)) }
	for from := 0; from < len(chars); from++ {
		to := from
		for to < len(chars) && refOrderOf(chars[to].char) > 0 {
			to++
		}
		run := chars[from:to]
		if slices.IsSortedFunc(run, byOrder) {
			continue
		}
		start, end := run[0].start, run[len(run)-1].end
		slices.SortStableFunc(run, byOrder)
		for index := range run {
			run[index].start, run[index].end = start, end
		}
	}
}

// refCompose composes from left to right, asking x/text about each pair.
func refCompose(chars []refChar) (result []refChar) {
	starter := -1
	for _, char := range chars {
		if starter >= 0 && !refBlocked(result[starter+1:], char.char) {
			pair := []rune(norm.NFC.String(string([]rune{result[starter].char, char.char})))
			if len(pair) == 1 {
				result[starter].char, result[starter].end = pair[0], max(result[starter].end, char.end)
				continue
			}
		}
		if refOrderOf(char.char) == 0 {
			starter = len(result)
		}
		result = append(result, char)
	}
	return result
}

func refBlocked(between []refChar, char rune) bool {
	return slices.ContainsFunc(between, func(other refChar) bool {
		return refOrderOf(other.char) == 0 || refOrderOf(other.char) >= refOrderOf(char)
	})
}

// refTokens cuts normalised characters into tokens.
func refTokens(chars []refChar) (normal []byte, tokens []refToken) {
	for at := 0; at < len(chars); {
		length := refTokenLength(chars[at:])
		if length == 0 {
			at++
			continue
		}
		token := refToken{Start: uint32(chars[at].start)}
		if len(tokens) > 0 {
			token.End = tokens[len(tokens)-1].End
		}
		for _, char := range chars[at : at+length] {
			token.End = max(token.End, uint32(char.end))
			normal = utf8.AppendRune(normal, char.char)
		}
		if isApostrophe(chars[at+length-1].char) {
			panic("a token ends in an apostrophe")
		}
		token.NormEnd = uint32(len(normal))
		tokens = append(tokens, token)
		normal = append(normal, ' ')
		at += length
	}
	return normal, tokens
}

// refTokenLength returns how many of the characters are the token that they
// begin with.
func refTokenLength(chars []refChar) int {
	kindAt := func(index int) class {
		if index >= len(chars) {
			return separator
		}
		return classOf(chars[index].char)
	}
	length := 1
	switch kindAt(0) {
	case single:
		for kindAt(length) == mark {
			length++
		}
		return length
	case word:
		for {
			switch {
			case kindAt(length) == word, kindAt(length) == mark:
				length++
			case kindAt(length) == apostrophe && kindAt(length+1) == word:
				length += 2
			default:
				return length
			}
		}
	}
	return 0
}
