package encoding

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Windows1252 is the name of the encoding that FromWindows1252 decodes.
const Windows1252 = "windows-1252"

const (
	// leastForeign is the least number of bytes beyond ASCII that speak for an
	// encoding: fewer may be damage that looks right by chance.
	leastForeign = 4
	// mostBytesPerForeign is how many bytes of text stand for each of them.
	// Dutch has one in 300; what has fewer is a text in ASCII with damage.
	mostBytesPerForeign = 500
	// leastLettersPerForeign is how many ASCII letters stand for each letter beyond
	// ASCII. Icelandic has six; other scripts in place of Latin have none.
	leastLettersPerForeign = 3
	// foreignPerMisplaced is how many of them stand for each that stands where it
	// should not: IstoÉ, próLula.
	foreignPerMisplaced = 8
	// lettersPerMisfit is how many letters of a language stand for each that
	// is none of its own: foreign names.
	lettersPerMisfit = 20
)

// FromWindows1252 returns the text as UTF-8 if it is evidently windows-1252, of which ISO
// 8859-1 is a part: there is no UTF-8 in it, the bytes beyond ASCII stand where their
// characters may, but for one in eight (letters beside letters, a capital not behind a small one, quotation marks
// at the ends of words), there are some and not too many, and their letters are
// those of one language of Western Europe. The last tells them from the
// encodings of Central Europe and Turkey, where the same bytes are other letters.
//
// Measured on manual pages in 18 languages, in pieces of 300 to 3000 bytes (TestMeasure). Of
// those in windows-1252 are decoded: French 98 %, Swedish 97, German 95,
// Portuguese, Danish and Finnish 94, Spanish 90, Norwegian 87, Italian 72, Dutch 16: the
// rest has fewer than 4 bytes beyond ASCII, for the most part. Taken for
// windows-1252 were of texts in windows-1251, KOI8-R, windows-1253, Shift JIS, EUC-JP,
// GBK, Big5 and EUC-KR none of 33,000; in windows-1250 and 1254, whose other letters
// that gets wrong, Hungarian 5 %, Czech 2, Turkish 0.3, Polish 0.1; of a Macintosh,
// Dutch 6 %, Spanish 1; of UTF-8 with 1 to 8 bits flipped 6 of 200,000, and of
// English news in nothing but ASCII, likewise flipped, 29 of 28,600.
func FromWindows1252(text []byte) (decoded []byte, ok bool) {
	if !isWindows1252(text) {
		return nil, false
	}
	decoded = make([]byte, 0, len(text)+len(text)/8)
	for _, c := range text {
		decoded = utf8.AppendRune(decoded, charmap.Windows1252.DecodeByte(c))
	}
	return decoded, true
}

func isWindows1252(text []byte) bool {
	var seen evidence
	for at, c := range text {
		if c < utf8.RuneSelf {
			seen.ascii += isLetter[c]
			continue
		}
		if r, _ := utf8.DecodeRune(text[at:]); r != utf8.RuneError {
			return false
		}
		if !mayStand(text, at) {
			seen.misplaced++
			continue
		}
		seen.add(c, preceding(text, at), following(text, at))
	}
	return seen.suffices(len(text))
}

// An evidence is what is known of a text beyond that each byte may stand where it does.
type evidence struct {
	ascii     int // letters
	signs     int // beyond ASCII, but no letters
	letters   int // likewise
	tildes    int // õ, but before e
	dashes    int // between letters
	misplaced int
	leads     int // letters that are what UTF-8 begins a character with
	fit       [len(alphabets)]int
}

func (e *evidence) add(c, before, after byte) {
	if !classes[c].isLetter() {
		e.signs++
		if classes[c] == anywhere && isWord(before) && isWord(after) {
			e.dashes++
		}
		return
	}
	e.letters++
	if c == 0xC2 || c == 0xC3 || c == 0xE2 { // Â, Ã, â
		e.leads++
	}
	if lower(c) == tilde && lower(after) != 'e' {
		e.tildes++
	}
	for language := range alphabets {
		if inAlphabet[c]&(1<<language) != 0 {
			e.fit[language]++
		}
	}
}

func (e *evidence) suffices(size int) bool {
	foreign := e.signs + e.letters
	if e.misplaced*foreignPerMisplaced > foreign {
		return false
	}
	if foreign < leastForeign || foreign*mostBytesPerForeign < size || e.letters*leastLettersPerForeign > e.ascii {
		return false
	}
	if e.dashes*2 > foreign { // which they are in no text: the same bytes are ñ and ó of a Macintosh
		return false
	}
	if e.letters > 0 && e.leads == e.letters { // UTF-8 whose other bytes were lost
		return false
	}
	for language, fit := range e.fit {
		if e.tildes > 0 && language != estonian {
			continue
		}
		if (e.letters-fit)*lettersPerMisfit <= e.letters {
			return true
		}
	}
	return false
}

// mayStand reports whether the byte, which is not ASCII, may stand where it does.
func mayStand(text []byte, at int) bool {
	before, after := preceding(text, at), following(text, at)
	switch classes[text[at]] {
	case small:
		return isInWord(text, at) && !(isCapital(after) && !isCapital(before))
	case capital:
		return isInWord(text, at) && !isSmall(before)
	case opening:
		return !isWord(before) && after > ' '
	case quotation: // some languages begin with what ends it in others
		return !isWord(before) && after > ' ' || before > ' ' && !isWord(after)
	case apostrophe:
		return isWord(before) || isWord(after)
	case behind:
		return before > ' ' && !isWord(after)
	case money:
		return after <= ' ' || after == 0xA0 || isDigit(after) || isDigit(before)
	case apart:
		return !(isWord(before) && isWord(after)) || isDigit(before) || isDigit(after)
	case anywhere:
		return true
	}
	return false
}

// isInWord reports whether a letter is part of a word that is mostly in ASCII,
// or one of the few that are words by themselves.
func isInWord(text []byte, at int) bool {
	start, end := at, at+1
	for start > 0 && classes[text[start-1]].isLetter() {
		start--
	}
	for end < len(text) && classes[text[end]].isLetter() {
		end++
	}
	before, after := preceding(text, start), following(text, end-1)
	switch end - start {
	case 1:
		return isASCIILetter(before) || isASCIILetter(after) || before == '\'' || before == 0x92 || isWordAlone[text[at]]
	case 2: // määrä, gemäß, créée
		return isASCIILetter(before) || isASCIILetter(after)
	}
	return false
}

// preceding returns the byte before a place; a blank, where that is the start,
// or the end of an escape in JSON that stands for one.
func preceding(text []byte, at int) byte {
	if at == 0 || at > 1 && text[at-2] == '\\' && bytes.IndexByte([]byte("nrtbf"), text[at-1]) >= 0 {
		return ' '
	}
	return text[at-1]
}

func following(text []byte, at int) byte {
	if at+1 < len(text) {
		return text[at+1]
	}
	return ' '
}

func isASCIILetter(c byte) bool { return c < utf8.RuneSelf && isLetter[c] > 0 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWord(c byte) bool { return isASCIILetter(c) || isDigit(c) || classes[c].isLetter() }

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' || classes[c] == capital }

func isSmall(c byte) bool { return c >= 'a' && c <= 'z' || classes[c] == small }
