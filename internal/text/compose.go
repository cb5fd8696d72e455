package text

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Hangul syllables are composed by arithmetic (Unicode, section 3.12).
const (
	hangulBase  = 0xac00
	hangulCount = 11172
	leadBase    = 0x1100
	leadCount   = 19
	vowelBase   = 0x1161
	vowelCount  = 21
	tailBase    = 0x11a7 // one before the first: zero is "no tail"
	tailCount   = 28
)

// compositeRanges hold all primary composites but those of Hangul, as a test
// checks; looking at no more than these takes one or two milliseconds.
var compositeRanges = [][2]rune{{0xc0, 0x30ff}, {0x11000, 0x16fff}}

// pairSlots is the size of the pair table, a power of two: four times the 941
// pairs of Unicode 15, so that a search seldom meets a second slot.
const pairSlots = 4096

// A pair is two characters and the primary composite of them.
type pair struct {
	first, second, composite rune
}

// A pairTable finds primary composites by open addressing. It replaces a map
// that took a third of the time of decomposed text.
type pairTable struct {
	slots   [pairSlots]pair
	seconds map[rune]bool // the characters that stand second in a pair
}

// pairs is built when a text first holds a character beyond ASCII.
var pairs = sync.OnceValue(func() *pairTable {
	table := &pairTable{seconds: make(map[rune]bool)}
	for _, limits := range compositeRanges {
		for char := limits[0]; char <= limits[1]; char++ {
			table.add(char)
		}
	}
	for second := rune(vowelBase); second < vowelBase+vowelCount; second++ {
		table.seconds[second] = true
	}
	for second := rune(tailBase + 1); second < tailBase+tailCount; second++ {
		table.seconds[second] = true
	}
	return table
})

// slot returns the pair's slot, or the free one where it belongs.
func (t *pairTable) slot(first, second rune) *pair {
	for at := uint32(first)*31 + uint32(second); ; at++ {
		slot := &t.slots[at%pairSlots]
		if slot.composite == 0 || slot.first == first && slot.second == second {
			return slot
		}
	}
}

// add enters a character if it is a primary composite.
func (t *pairTable) add(char rune) {
	var buffer [utf8.UTFMax]byte
	encoded := utf8.AppendRune(buffer[:0], char)
	parts := norm.NFC.Properties(encoded).Decomposition()
	if parts == nil || !norm.NFC.IsNormal(encoded) {
		return
	}
	second, size := utf8.DecodeLastRune(parts)
	first, _ := utf8.DecodeRune(norm.NFC.Bytes(parts[:len(parts)-size]))
	*t.slot(first, second) = pair{first, second, char}
	t.seconds[second] = true
}

// compose returns the primary composite of two characters.
func compose(first, second rune) (composite rune, ok bool) {
	if composite, ok := composeHangul(first, second); ok {
		return composite, true
	}
	composite = pairs().slot(first, second).composite
	return composite, composite != 0
}

// composeHangul joins a leading consonant and a vowel, or a syllable without
// a tail and a tail.
func composeHangul(first, second rune) (composite rune, ok bool) {
	lead, vowel := first-leadBase, second-vowelBase
	if 0 <= lead && lead < leadCount && 0 <= vowel && vowel < vowelCount {
		return hangulBase + (lead*vowelCount+vowel)*tailCount, true
	}
	tail := second - tailBase
	if isSyllable(first) && (first-hangulBase)%tailCount == 0 && 0 < tail && tail < tailCount {
		return first + tail, true
	}
	return 0, false
}

// isSyllable reports whether the character is a composed Hangul syllable.
func isSyllable(char rune) bool {
	return hangulBase <= char && char < hangulBase+hangulCount
}
