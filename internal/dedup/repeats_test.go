package dedup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/text"
)

// found is a repeat in a form that a test can write down.
type found struct {
	Class  Class
	At, Of string // key:paragraph
	Text   string
}

func foundRepeats(r *Result) []found {
	at := func(p ParagraphPlace) string {
		return r.Articles[p.Article].Key + ":" + string(rune('0'+p.Paragraph))
	}
	var all []found
	for _, repeat := range r.Repeats {
		all = append(all, found{repeat.Class, at(repeat.At), at(repeat.Of), repeat.Text})
	}
	return all
}

func TestRepeatClasses(t *testing.T) {
	result := scanOf(t, newMemory(
		storyOf("a", "courier", article(ferry, council, ferry, council)),
		storyOf("b", "courier", article(storm, footer)),
		storyOf("c", "courier", article("Other words stand here, and enough of them that this is no copy of anything.", footer)),
		storyOf("d", "ledger", article("More of other words, which stand in the ledger and nowhere else in this corpus.", footer)),
		storyOf("e", "", article("An article without a source has words of its own as well, twelve or more.", footer)),
		storyOf("f", "", article("And a second one, which differs from the first in all its words but these.", footer)),
	), nil)
	want := []found{
		{Within, "a:3", "a:1", ferry},
		{Within, "a:4", "a:2", council},
		{Source, "c:2", "b:2", footer},
		{Across, "d:2", "b:2", footer},
		{Across, "e:2", "b:2", footer},
		{Across, "f:2", "b:2", footer}, // both sources unknown: not known to be one
	}
	if diff := cmp.Diff(want, foundRepeats(result)); diff != "" {
		t.Errorf("repeats (-want +got):\n%s", diff)
	}
}

// TestNearRepeat holds that a paragraph with one word added at its end is
// found, and one that differs in the middle of few words is not.
func TestNearRepeat(t *testing.T) {
	result := scanOf(t, bodies(article(ferry, ferry+" Again.", strings.Replace(ferry, "forty", "fifty", 1))), nil)
	want := []found{{Within, "000:2", "000:1", ferry + " Again."}}
	if diff := cmp.Diff(want, foundRepeats(result)); diff != "" {
		t.Errorf("repeats (-want +got):\n%s", diff)
	}
	if got := result.Repeats[0].Similarity; got != 15.0/16 {
		t.Errorf("similarity %v, want 15/16", got)
	}
}

// TestClusterExplainsRepeats holds that the paragraphs of two articles in one
// cluster are counted, and not listed, but those within each are.
func TestClusterExplainsRepeats(t *testing.T) {
	body := article(ferry, council, storm, ferry)
	result := scanOf(t, bodies(body, body, article(council, footer)), nil)
	want := []found{
		{Within, "000:4", "000:1", ferry},
		{Within, "001:4", "001:1", ferry},
		{Across, "002:1", "000:2", council},
	}
	if diff := cmp.Diff(want, foundRepeats(result)); diff != "" {
		t.Errorf("repeats (-want +got):\n%s", diff)
	}
	if got := result.Summary.RepeatsExplained; got != 3 {
		t.Errorf("%d repeats explained, want the three of the copy", got)
	}
}

// TestPlaces holds the lines and byte ranges of a repeat.
func TestPlaces(t *testing.T) {
	body := "\n\n" + ferry + "\r\n\n  " + ferry + "  \n"
	result := scanOf(t, bodies(body), nil)
	want := []ParagraphPlace{
		{Article: 0, Paragraph: 2, Line: 5, EndLine: 5, Column: 3, Start: len(ferry) + 7, End: 2*len(ferry) + 7},
		{Article: 0, Paragraph: 1, Line: 3, EndLine: 3, Column: 1, Start: 2, End: len(ferry) + 2},
	}
	if diff := cmp.Diff(want, []ParagraphPlace{result.Repeats[0].At, result.Repeats[0].Of}); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// TestPlacesOfWrappedParagraphs holds the last line of a paragraph of several, and a
// column behind white space that UTF-16 counts otherwise than UTF-8 does.
func TestPlacesOfWrappedParagraphs(t *testing.T) {
	wrapped := strings.Replace(ferry, " ", "\n", 2)
	body := wrapped + "\n\n\u3000" + wrapped + "\n"
	result := scanOf(t, bodies(body), func(o *Options) { o.Paragraphs = text.Blank })
	start := len(wrapped) + 2 + len("\u3000")
	want := ParagraphPlace{Article: 0, Paragraph: 2, Line: 5, EndLine: 7, Column: 2, Start: start, End: start + len(wrapped)}
	if diff := cmp.Diff(want, result.Repeats[0].At); diff != "" {
		t.Errorf("place (-want +got):\n%s", diff)
	}
}

// TestColumnsOfOneLine holds columns against counting from the beginning, in an article
// whose many paragraphs stand in one line, which must not be read again for each.
func TestColumnsOfOneLine(t *testing.T) {
	paragraphs := 50000
	if testing.Short() {
		paragraphs = 5000
	}
	var body strings.Builder
	for range 2 {
		for i := range paragraphs {
			fmt.Fprintf(&body, "\u3000🚢 ferry %d left the quay of Osk at noon\v", i)
		}
	}
	result := scanOf(t, bodies(body.String()), func(o *Options) { o.Paragraphs = text.Line })
	if len(result.Repeats) != paragraphs {
		t.Fatalf("%d repeats, want %d", len(result.Repeats), paragraphs)
	}
	for _, repeat := range []Repeat{result.Repeats[0], result.Repeats[paragraphs/2], result.Repeats[paragraphs-1]} {
		for _, at := range []ParagraphPlace{repeat.At, repeat.Of} {
			if want := 1 + len(utf16.Encode([]rune(body.String()[:at.Start]))); at.Column != want {
				t.Errorf("paragraph %d is in column %d, want %d", at.Paragraph, at.Column, want)
			}
		}
	}
}

// TestTextsOfRepeats holds that a near repeat names its two texts by what equal
// repeats of them have for a fingerprint.
func TestTextsOfRepeats(t *testing.T) {
	again := ferry + " Again."
	result := scanOf(t, bodies(article(ferry, again), article(ferry), article(again)), func(o *Options) { o.Kinds = []Kind{Repeated} })
	if len(result.Repeats) != 3 {
		t.Fatalf("%d repeats, want 3", len(result.Repeats))
	}
	near, first, second := result.Repeats[0], result.Repeats[1], result.Repeats[2]
	for _, equal := range []Repeat{first, second} {
		if equal.AtText != equal.Fingerprint || equal.OfText != equal.Fingerprint {
			t.Errorf("an equal repeat %x is of the texts %x and %x", equal.Fingerprint, equal.AtText, equal.OfText)
		}
	}
	if near.OfText != first.Fingerprint || near.AtText != second.Fingerprint {
		t.Errorf("the near repeat is of the texts %x and %x, want %x and %x", near.AtText, near.OfText, second.Fingerprint, first.Fingerprint)
	}
}

// TestCountCountsWhatIsListed holds that findings may be taken out of a Result.
func TestCountCountsWhatIsListed(t *testing.T) {
	result := scanOf(t, bodies(article(ferry, storm, ferry), article(ferry, storm, ferry), article(council)), nil)
	whole := result.Summary
	if whole.Exact != 1 || whole.RepeatsWithin != 2 || whole.DuplicateWords == 0 {
		t.Fatalf("summary %+v", whole)
	}
	result.Count()
	if diff := cmp.Diff(whole, result.Summary); diff != "" {
		t.Errorf("counted twice (-first +second):\n%s", diff)
	}
	result.Pairs, result.Clusters, result.Repeats = nil, nil, nil
	result.Count()
	whole.Exact, whole.Clusters, whole.RepeatsWithin, whole.DuplicateWords = 0, 0, 0, 0
	if diff := cmp.Diff(whole, result.Summary); diff != "" {
		t.Errorf("without findings (-want +got):\n%s", diff)
	}
}

// TestClassesDependOnNoOrder holds that an outlet's furniture is told from what
// came from outside wherever the outsider stands.
func TestClassesDependOnNoOrder(t *testing.T) {
	for outsider := range 21 {
		var stories []story
		for i := range 21 {
			own := fmt.Sprintf("Own words number %d of this one article and nothing else %d.", i, i*i)
			stories = append(stories, storyOf(fmt.Sprint(i), "courier", article(own, footer)))
		}
		stories[outsider].Source = "ledger"
		sum := scanOf(t, newMemory(stories...), nil).Summary
		if sum.RepeatsSource != 19 || sum.RepeatsAcross != 1 {
			t.Errorf("outsider %d: %d repeats in its source and %d across, want 19 and 1", outsider, sum.RepeatsSource, sum.RepeatsAcross)
		}
	}
}

// TestOneRepeatOfACluster holds that a paragraph shared by 100 copies and an
// article that is none of them is one repeat, wherever that article stands.
func TestOneRepeatOfACluster(t *testing.T) {
	for _, outsider := range []int{0, 1, 50, 100} {
		texts := slices.Repeat([]string{article(ferry, council, storm)}, 101)
		texts[outsider] = article(footer, ferry)
		result := scanOf(t, bodies(texts...), nil)
		if len(result.Repeats) != 1 || result.Summary.RepeatsExplained != 99+2*99 {
			t.Errorf("outsider %d: %d repeats and %d explained, want 1 and %d",
				outsider, len(result.Repeats), result.Summary.RepeatsExplained, 3*99)
		}
	}
}

// TestRepeatFingerprints holds that neither the order nor the sources of the
// articles change the fingerprint of a repeat, equal or near, and the text does.
func TestRepeatFingerprints(t *testing.T) {
	print := func(m *memory) uint64 {
		result := scanOf(t, m, nil)
		if len(result.Repeats) != 1 {
			t.Fatalf("%d repeats, want 1", len(result.Repeats))
		}
		return result.Repeats[0].Fingerprint
	}
	prints := make(map[uint64]string)
	for _, texts := range [][2]string{{ferry, ferry}, {ferry, ferry + " Again."}, {ferry + " Again.", ferry + " Again."}} {
		first, second := article(texts[0], storm), article(texts[1], council)
		want := print(newMemory(storyOf("a", "", first), storyOf("b", "", second)))
		for name, m := range map[string]*memory{
			"in the other order": newMemory(storyOf("a", "", second), storyOf("b", "", first)),
			"of one source":      newMemory(storyOf("a", "courier", first), storyOf("b", "courier", second)),
			"of two sources":     newMemory(storyOf("a", "courier", second), storyOf("b", "ledger", first)),
			"in one article":     newMemory(storyOf("a", "", article(texts[0], storm, texts[1]))),
		} {
			if got := print(m); got != want {
				t.Errorf("%q: the fingerprint is %x, %s %x", texts, want, name, got)
			}
		}
		if other, known := prints[want]; known {
			t.Errorf("%q and %q have one fingerprint", texts, other)
		}
		prints[want] = texts[0] + texts[1]
	}
}

// TestRepeatsOfOneWord has paragraphs of one word, each longer than the last, so
// that they are unequal and have equal sets of shingles. Side by side in an
// article, each has samples of its own.
func TestRepeatsOfOneWord(t *testing.T) {
	for _, size := range []int{1, 2, 5} {
		var lines []string
		for length := range 30 {
			lines = append(lines, strings.TrimSpace(strings.Repeat("ha ", repeat.MinNearTokens+length)))
		}
		for least := range lines {
			body := strings.Join(lines[least:], "\n")
			sampled, exhaustive := sampledAndAll(t, []string{body}, func(o *Options) {
				o.ShingleSize, o.Paragraphs = size, text.Line
			})
			if diff := cmp.Diff(exhaustive.Repeats, sampled.Repeats); diff != "" || len(sampled.Repeats) != len(lines)-least-1 {
				t.Fatalf("shingles of %d, from %d words on: %d repeats (-exhaustive +sampled):\n%s",
					size, repeat.MinNearTokens+least, len(sampled.Repeats), diff)
			}
		}
	}
}
