package text

import (
	"slices"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An entry is what the scanner must know of a character. It is 8 bytes long.
type entry struct {
	encoded uint32 // the normal form in UTF-8, its first byte lowest, where simple
	length  uint8  // bytes of encoded
	class   class  // of the normal form where simple, else of the character itself
	// simple: the normal form is one character, whatever stands before; and
	// whatever stands behind, if that starts a segment.
	simple bool
	// starts: nothing before the character can join it or change places with it,
	// so that a segment may start here.
	starts bool
}

// A unit is a character of a folded decomposition.
type unit struct {
	char       rune
	order      uint8  // canonical combining class
	joins      bool   // may be the second of a canonical pair
	start, end uint32 // byte range in the body; zero within a page
}

// A page holds 256 characters.
type page struct {
	entries [256]entry
	bounds  [257]uint16 // folded decomposition of entry i: units[bounds[i]:bounds[i+1]]
	units   []unit
}

// pages are built when a text first asks for them: a run on English text needs
// two or three, Chinese about eighty, and building one takes 0.1 to 0.5 ms.
// Two goroutines may build the same page; both make the same.
var pages [(unicode.MaxRune + 1) >> 8]atomic.Pointer[page]

// pageOf returns the page that holds the character.
func pageOf(char rune) *page {
	if ready := pages[uint32(char)>>8].Load(); ready != nil {
		return ready
	}
	return missingPage(char)
}

// missingPage builds the page of the character and keeps it.
func missingPage(char rune) *page {
	built := buildPage(char &^ 0xff)
	pages[uint32(char)>>8].Store(built)
	return built
}

// entryOf returns the entry of the character.
func entryOf(char rune) *entry {
	return &pageOf(char).entries[uint8(char)]
}

// unitsOf returns the folded decomposition of the character.
func unitsOf(char rune) []unit {
	page := pageOf(char)
	return page.units[page.bounds[uint8(char)]:page.bounds[int(uint8(char))+1]]
}

// buildPage fills the page whose first character is given.
func buildPage(first rune) *page {
	built := new(page)
	folder := newFolder()
	for index := range built.entries {
		char := first + rune(index)
		units := decompose(folder, char)
		built.units = append(built.units, units...)
		built.bounds[index+1] = uint16(len(built.units))
		built.entries[index] = newEntry(char, units)
	}
	return built
}

// decompose returns the folded decomposition with its combining classes.
func decompose(folder folder, char rune) []unit {
	folded := folder.fold(char)
	units := make([]unit, len(folded))
	for index, part := range folded {
		order := norm.NFC.PropertiesString(string(part)).CCC()
		units[index] = unit{char: part, order: order, joins: pairs().seconds[part]}
	}
	return units
}

// newEntry tells a character's entry from its folded decomposition.
func newEntry(char rune, units []unit) entry {
	result := entry{class: classOf(char)}
	if len(units) == 0 || units[0].order != 0 || units[0].joins {
		return result
	}
	result.starts = true
	normal, ok := composeAll(units)
	if !ok {
		return result
	}
	result.simple = true
	if normal != char {
		result.class = classOf(normal)
	}
	var buffer [utf8.UTFMax]byte
	result.length = uint8(utf8.EncodeRune(buffer[:], normal))
	for index, octet := range buffer {
		result.encoded |= uint32(octet) << (8 * index)
	}
	return result
}

// composeAll returns the one character that a decomposition composes to, if it
// is one.
func composeAll(units []unit) (normal rune, ok bool) {
	if len(units) > 1 {
		units = slices.Clone(units)
		foldIota(units)
		units = composeUnits(units)
	}
	return units[0].char, len(units) == 1
}
