package encoding

import "golang.org/x/text/encoding/charmap"

// A class is where a character of windows-1252 may stand.
type class byte

const (
	nowhere class = iota // control characters, and signs that news does not hold
	small                // letters
	capital
	opening    // before a word
	quotation  // before or behind one
	apostrophe // beside or in a word
	behind     // behind a word or a number: signs and small numbers
	money
	apart // not between letters
	anywhere
)

func (c class) isLetter() bool { return c == small || c == capital }

// classes are those of the bytes beyond ASCII.
var classes = func() (all [256]class) {
	for of, characters := range map[class]string{
		small:      "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž",
		capital:    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸŒŠŽ",
		opening:    "¿¡",
		quotation:  "‘“”‚„‹›",
		apostrophe: "’",
		behind:     "²³¹ºª",
		money:      "€£¢¥§",
		apart:      "«»°½¼¾×•®™©´",
		anywhere:   "…–—\u00A0·",
	} {
		for _, r := range characters {
			all[inWindows1252(r)] = of
		}
	}
	return all
}()

// alphabets are the letters beyond ASCII of the languages, with those of the
// foreign words that they have taken up.
var alphabets = [...]string{
	"àâçéèêëîïôùûüÿœæ", // French
	"áéíóúüñ",          // Spanish, Galician
	"àçéèíïóòúü",       // Catalan
	"áâãàçéêíóôõúü",    // Portuguese
	"àèéìòùîíóú",       // Italian
	"äöüßé",            // German
	"éëïöüèáóêçíú",     // Dutch
	"åäöéüà",           // Swedish
	"äöåšž",            // Finnish
	"äöõüšž",           // Estonian
	"æøåéòôóêö",        // Danish, Norwegian
	"áéíóúýþæöðø",      // Icelandic, Faroese
}

const (
	// tilde is õ, which Hungarian texts seem to be full of: their ő is the same
	// byte in windows-1250. Estonian alone has it elsewhere than before e.
	tilde    = 0xF5
	estonian = 9
)

// isWordAlone has the letters that are words.
var isWordAlone = func() (all [256]bool) {
	for _, r := range "àáèéêìíòóöåæ" {
		all[inWindows1252(r)], all[inWindows1252(upper(r))] = true, true
	}
	return all
}()

// lower returns the small letter of a capital.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' || c >= 0xC0 && c <= 0xDE {
		return c + 0x20
	}
	return c
}

// inAlphabet holds for each byte the alphabets that it is in, small or capital.
var inAlphabet = func() (all [256]uint16) {
	for language, letters := range alphabets {
		for _, r := range letters {
			c := inWindows1252(r)
			all[c] |= 1 << language
			all[inWindows1252(upper(r))] |= 1 << language
		}
	}
	return all
}()

// upper returns the capital of a letter of the alphabets, itself where it has none.
func upper(r rune) rune {
	switch {
	case r == 'ß':
		return r
	case r == 'ÿ', r == 'œ', r == 'š', r == 'ž':
		return map[rune]rune{'ÿ': 'Ÿ', 'œ': 'Œ', 'š': 'Š', 'ž': 'Ž'}[r]
	default:
		return r - 0x20
	}
}

func inWindows1252(r rune) byte {
	c, _ := charmap.Windows1252.EncodeRune(r)
	return c
}

// isLetter is 1 for the letters of ASCII.
var isLetter = func() (all [128]int) {
	for c := 'a'; c <= 'z'; c++ {
		all[c], all[c-0x20] = 1, 1
	}
	return all
}()
