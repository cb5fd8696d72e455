package corpusgen

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const editSeed = 7

func newRand() *rand.Rand { return rand.New(rand.NewPCG(editSeed, 0)) }

// longArticle returns an article of about so many words in the script.
func longArticle(script Script, words int) string {
	options := DefaultOptions()
	options.Script, options.Words, options.Furnish = script, words, 0
	gen := New(options)
	for index := 0; ; index++ {
		if text := gen.Article(index).Text; len(wordSpans(text)) > words {
			return text
		}
	}
}

func TestWordSpans(t *testing.T) {
	text := "Don’t — 3,5 café\u0301 云汀abc ไทย end"
	var got []string
	for _, word := range wordSpans(text) {
		got = append(got, text[word.start:word.end])
	}
	want := []string{"Don", "t", "3", "5", "café\u0301", "云", "汀", "abc", "ไ", "ท", "ย", "end"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("words of %q (-want +got):\n%s", text, diff)
	}
}

// TestWordEditsSimilarity holds the formula that StandardOperations goes by: a
// shingle survives when none of its five words is edited, so with q = (1−x)⁵
// the similarity is about q/(2−q).
func TestWordEditsSimilarity(t *testing.T) {
	for name, script := range scripts() {
		text := longArticle(script, 3000)
		for _, share := range []float64{0.005, 0.02, 0.05, 0.1} {
			survive := math.Pow(1-share, 5)
			want := survive / (2 - survive)
			if got := jaccard(WordEdits(newRand(), text, share), text); math.Abs(got-want) > 0.05 {
				t.Errorf("%s, %v of the words, seed %d: Jaccard %.3f, want about %.3f", name, share, editSeed, got, want)
			}
		}
	}
}

func TestWordEditsCount(t *testing.T) {
	words := strings.Fields(longArticle(Latin, 500))[:500]
	for i := range words { // all different, so that every edit shows
		words[i] = "w" + strings.Repeat("x", i%25) + string(rune('a'+i/25))
	}
	edited := strings.Fields(WordEdits(newRand(), strings.Join(words, " "), 0.1))
	var inserted, dropped int
	before := map[string]int{}
	for _, word := range words {
		before[word]++
	}
	for _, word := range edited {
		before[word]--
	}
	for _, count := range before {
		inserted += max(-count, 0)
		dropped += max(count, 0)
	}
	// 50 edits: a third drops, a third adds, a third does both; a word that was
	// dropped and drawn elsewhere hides one.
	if inserted < 20 || inserted > 50 || dropped < 20 || dropped > 50 {
		t.Errorf("seed %d: %d words came and %d went, want about 33 each", editSeed, inserted, dropped)
	}
}

func TestEditsOfSmallTexts(t *testing.T) {
	for _, text := range []string{"", "...", "word", "云", "two words", "one\n\ntwo", "\n\n\n", "\xff\xfe"} {
		rng := newRand()
		for _, op := range StandardOperations() {
			got := op.apply(rng, text, []string{"furniture"})
			if utf8.ValidString(text) && !utf8.ValidString(got) {
				t.Errorf("%s of %q is not valid UTF-8: %q", op.Kind, text, got)
			}
		}
		for _, share := range []float64{0, 1} {
			WordEdits(rng, text, share)
			DropParagraphs(rng, text, share)
			OCRNoise(rng, text, share)
		}
		if got := WordEdits(rng, text, 0); got != text {
			t.Errorf("no edits of %q: %q", text, got)
		}
		if got := Cut(text, 1); got != text {
			t.Errorf("all of %q: %q", text, got)
		}
	}
}

func TestCut(t *testing.T) {
	for name, script := range scripts() {
		text := longArticle(script, 400)
		words := len(wordSpans(text))
		for _, share := range []float64{0.25, 0.5, 0.9} {
			got := Cut(text, share)
			if !strings.HasPrefix(text, got) {
				t.Errorf("%s: %v is no beginning of the text", name, share)
			}
			if want := countOf(share, words); len(wordSpans(got)) != want {
				t.Errorf("%s: %v of %d words is %d words, want %d", name, share, words, len(wordSpans(got)), want)
			}
		}
	}
	if got, want := Cut("He left. “Why?” she said.", 0.6), "He left. “Why?”"; got != want {
		t.Errorf("cut %q, want %q", got, want)
	}
}

func TestDropParagraphs(t *testing.T) {
	text := "a\n\nb\n\nc\n\nd\n\ne"
	got := strings.Split(DropParagraphs(newRand(), text, 0.4), "\n\n")
	if len(got) != 3 || !slices.IsSorted(got) || !strings.Contains(text, got[0]) {
		t.Errorf("seed %d: %q kept, want three of %q in order", editSeed, got, text)
	}
	if got := DropParagraphs(newRand(), text, 1); len(got) != 1 {
		t.Errorf("all dropped: %q, want one paragraph kept", got)
	}
}

func TestReorderParagraphs(t *testing.T) {
	for seed := range uint64(20) {
		text := "headline\nb\nc"
		got := ReorderParagraphs(rand.New(rand.NewPCG(seed, 0)), text)
		if want := "headline\nc\nb"; got != want {
			t.Errorf("seed %d: %q, want %q", seed, got, want)
		}
	}
	text := longArticle(Latin, 1000)
	before, _ := splitParagraphs(text)
	after, _ := splitParagraphs(ReorderParagraphs(newRand(), text))
	if before[0] != after[0] {
		t.Errorf("the headline has moved")
	}
	slices.Sort(before)
	slices.Sort(after)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("reordering changed the paragraphs (-before +after):\n%s", diff)
	}
}

func TestRepeatBlock(t *testing.T) {
	for _, test := range []struct {
		first, count int
		want         string
	}{
		{1, 2, "a\nb\nc\nb\nc"}, {0, 1, "a\nb\nc\na"}, {2, 9, "a\nb\nc\nc"}, {3, 1, "a\nb\nc"}, {-1, -1, "a\nb\nc"},
	} {
		if got := RepeatBlock("a\nb\nc", test.first, test.count); got != test.want {
			t.Errorf("%d paragraphs from %d on: %q, want %q", test.count, test.first, got, test.want)
		}
	}
}

func TestAddFurniture(t *testing.T) {
	got := AddFurniture("a\n\nb", []string{"menu", "share", "comment"})
	if want := "menu\n\na\n\nb\n\nshare\n\ncomment"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := AddFurniture("a", nil); got != "a" {
		t.Errorf("no furniture: %q", got)
	}
}

func TestTemplateNumbers(t *testing.T) {
	masked := func(char rune) rune {
		if unicode.IsDigit(char) {
			return '#'
		}
		return char
	}
	text := longArticle(Latin, 2000) + " 0 7 10 1950 3.5 €21"
	got := TemplateNumbers(newRand(), text)
	if strings.Map(masked, got) != strings.Map(masked, text) {
		t.Errorf("more than digits has changed")
	}
	notDigit := func(char rune) bool { return !unicode.IsDigit(char) }
	before, after := strings.FieldsFunc(text, notDigit), strings.FieldsFunc(got, notDigit)
	for i, number := range before {
		if after[i] == number || len(number) > 1 && number[0] != '0' && after[i][0] == '0' {
			t.Errorf("seed %d: %q became %q", editSeed, number, after[i])
		}
	}
	if got := jaccard(text, got); got < 0.75 || got > 0.95 {
		t.Errorf("Jaccard of a template pair is %.3f, want 0.75 to 0.95: a trap for a threshold of 0.8", got)
	}
}

func TestOCRNoise(t *testing.T) {
	for name, script := range scripts() {
		text := longArticle(script, 2000)
		light, heavy := OCRNoise(newRand(), text, 0.002), OCRNoise(newRand(), text, 0.05)
		if !utf8.ValidString(heavy) {
			t.Errorf("%s: noise is not valid UTF-8", name)
		}
		if a, b := jaccard(light, text), jaccard(heavy, text); a < 0.7 || a == 1 || b > a-0.1 {
			t.Errorf("%s, seed %d: Jaccard %.3f with .002 of the letters misread, %.3f with .05", name, editSeed, a, b)
		}
	}
}

func BenchmarkWordEdits(b *testing.B) {
	text := longArticle(Latin, 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		WordEdits(newRand(), text, 0.05)
	}
}
