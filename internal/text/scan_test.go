package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// checkReference fails the test if Parse and the reference differ.
func checkReference(t *testing.T, document *Document, body string) {
	t.Helper()
	document.Parse([]byte(body), Line)
	normal, tokens := reference([]byte(body))
	found, foundTokens := taken(document)
	if string(found) != string(normal) || normOf(document) != string(normal) {
		t.Fatalf("Norm of %+q is %+q, the reference gives %+q", body, found, normal)
	}
	if !slices.Equal(tokens, foundTokens) {
		t.Fatalf("tokens of %+q (-reference +parsed):\n%s", body, cmp.Diff(tokens, foundTokens))
	}
}

// TestEveryCharacter compares Parse with the reference for each character of
// the first two planes and a part of the others: alone, between ASCII letters
// and between Cyrillic ones.
func TestEveryCharacter(t *testing.T) {
	var document Document
	for char := rune(0); char <= unicode.MaxRune; char++ {
		if char > 0x1ffff && char%64 != 0 {
			continue
		}
		text := string(char)
		checkReference(t, &document, text+" a"+text+"z а"+text+"я")
	}
}

// samples are what random texts are made of: characters that meet each rule.
var samples = slices.Concat(
	strings.Split("abzAZ059éÉßẞİıſŉǰΣσςάᾳᾴᾼΐдЙӑўіІЇժև", ""),
	strings.Split("אבגﬡשׁאָمحيىےکﷺﻻآأؤ१कखिीক্ষোাொெაႠᲐꭰᎠḁ", ""),
	strings.Split("ሀለመ中国漢々〆〇ー〱かガｶﾞﾊﾟゝกำุ่ๆລຳ໐កាំ្មြန်ဦ့၁", ""),
	strings.Split("한국ᄒ각ힳㄱﾡㆍ①½²㎏㎒ﬁﬃＡｚ１℡™ªⅣⓒ𝔄𝟙🄰𐐀𑄮𑒻𝅗𝅥", ""),
	strings.Split("'’‘ʼʻ‛＇`´׳“”«»–—…-_.,;:!?/@#¨¯˝΅΄᾽῀ﹰ", ""),
	[]string{
		"\u0300", "\u0301", "\u0302", "\u0307", "\u0308", "\u0313", "\u0323", "\u0327", "\u0328", "\u0331", "\u0338",
		"\u0342", "\u0344", "\u0345", "\u034f", "\u0653", "\u0654", "\u064e", "\u0651", "\u05bc", "\u05b8", "\u05c1",
		"\u093c", "\u094d", "\u09be", "\u09c7", "\u09d7", "\u0bbe", "\u0dca", "\u0dcf", "\u1037", "\u1039", "\u102e", "\u1025",
		"\u0e38", "\u0e48", "\u0eb8", "\u0ec8", "\u17d2", "\u17b4", "\u1100", "\u1161", "\u11a8", "\u115f", "\u3099", "\u309a",
		"\u20e3", "\u0488", "\u1d165", "\U0001d165", "\U0001d16d", "\U000110ba", "\U00011127", "\U000e0020",
		"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u200f", "\u061c", "\u180e", "\u0600",
		" ", "  ", "\t", "\n", "\r\n", "\r", "\v", "\u00a0", "\u0085", "\u2028", "\u2029", "\u3000", "\x00", "\x03",
		"\ufffd", "\xff", "\xe2\x80", "\xc3", "\xed\xa0\x80", "\xf0\x9f", "\x80", "\U0001f469\u200d\U0001f680", "\U0010ffff", "\ue000",
		"harbour", "Mayor's", "d’état",
	},
)

// randomText returns up to limit samples in a row.
func randomText(random *rand.Rand, limit int) string {
	var text strings.Builder
	for range random.IntN(limit + 1) {
		text.WriteString(samples[random.IntN(len(samples))])
	}
	return text.String()
}

func TestRandomTexts(t *testing.T) {
	random := seeded.Rand(t)
	var document Document
	for range 30000 {
		checkReference(t, &document, randomText(random, 12))
	}
	for range 30 {
		checkReference(t, &document, randomText(random, 3000))
	}
}

// TestBlockBorders compares Parse with the reference where each two samples stand
// at any place around the border of two blocks, behind a plain word.
func TestBlockBorders(t *testing.T) {
	var document Document
	for _, first := range []string{"'", "a", "9", " ", "`", "-", "é", "”", "\u0301"} {
		for _, second := range samples {
			for before := blockBytes - 6; before <= blockBytes+1; before++ {
				checkReference(t, &document, strings.Repeat("b", before)+first+second+"c'd e")
			}
		}
	}
}

// randomMarks returns a letter with up to limit marks, which tests their order.
func randomMarks(random *rand.Rand, limit int) string {
	marks := []rune{0x0301, 0x0308, 0x0323, 0x0327, 0x0345, 0x0334, 0x0e38, 0x0e48, 0x05b8, 0x3099, 0x20d2}
	text := []rune{[]rune("aαเか")[random.IntN(4)]}
	for range random.IntN(limit + 1) {
		text = append(text, marks[random.IntN(len(marks))])
	}
	return string(text)
}

func TestRandomMarks(t *testing.T) {
	random := seeded.Rand(t)
	var document Document
	for range 5000 {
		checkReference(t, &document, randomMarks(random, 6))
		checkReference(t, &document, randomMarks(random, 3*longRun))
	}
}

func FuzzParse(f *testing.F) {
	for _, words := range benchWords {
		f.Add(words)
	}
	f.Add("l’été\u0301 \u0301x a\u00adb \xff ﷺ½ กำแพง")
	f.Fuzz(func(t *testing.T, body string) {
		var document Document
		checkReference(t, &document, body)
		for _, style := range []Style{Auto, Line, Blank} {
			document.Parse([]byte(body), style)
			checkInvariants(t, []byte(body), &document)
		}
	})
}

// TestEquivalentForms compares texts that differ in form alone. The acute
// accent is left out: Parse takes it for an apostrophe, NFKC for a space and a mark.
func TestEquivalentForms(t *testing.T) {
	random := seeded.Rand(t)
	forms := map[string]func(string) string{
		"NFC": norm.NFC.String, "NFD": norm.NFD.String, "NFKC": norm.NFKC.String, "NFKD": norm.NFKD.String,
		"fold": foldText,
	}
	var document Document
	for range 20000 {
		body := strings.ToValidUTF8(strings.ReplaceAll(randomText(random, 12), "´", ""), "\ufffd")
		document.Parse([]byte(body), Line)
		expected := normOf(&document)
		for name, form := range forms {
			document.Parse([]byte(form(body)), Line)
			if found := normOf(&document); found != expected {
				t.Fatalf("Norm of %+q is %+q, of its %s %+q it is %+q", body, expected, name, form(body), found)
			}
		}
	}
}

// foldText folds the case of a text, unless an iota subscript stands in it, which may
// be folded in canonical order only.
func foldText(text string) string {
	if strings.ContainsRune(norm.NFD.String(text), iotaSubscript) {
		return text
	}
	return cases.Fold().String(text)
}
