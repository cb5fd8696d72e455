package dedup

import (
	"strings"
	"testing"
	"time"
)

// TestLabels holds what a newsroom would call some pairs, in either order of its articles.
func TestLabels(t *testing.T) {
	story := strings.Repeat(harbourStory, 1) + "The pilots of the outer mole had taken in the last boat at dusk.\nNo vessel was lost, and none was turned away.\n"
	added := "A second storm is forecast for the weekend, and the office has asked all owners to double their moorings.\nThe lock will stay shut until then.\n"
	day := func(n int) time.Time { return time.Date(2031, 10, n, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		name     string
		a, b     string
		publishA time.Time
		publishB time.Time
		want     Label
	}{
		{name: "a copy", a: story, b: strings.ToUpper(story), want: IdenticalCopy},
		{name: "some words", a: story, b: strings.NewReplacer("kept", "drew", "dusk", "nightfall").Replace(story), want: LightEdit},
		{name: "a paragraph more, undated", a: story, b: story + added, want: CutVersion},
		{name: "a paragraph more, later", a: story, b: story + added, publishA: day(1), publishB: day(2), want: ExtendedVersion},
		{name: "a paragraph less, later", a: story + added, b: story, publishA: day(1), publishB: day(2), want: CutVersion},
		{name: "on the same day", a: story + added, b: story, publishA: day(1), publishB: day(1), want: CutVersion},
		{name: "one in the middle", a: story, b: harbourStory + added + strings.TrimPrefix(story, harbourStory), want: CutVersion},
		{name: "a page around it", a: story, b: "Home\nNews\nCoast\n" + story + "\nShare this on\nMost read\nSubscribe now", want: FurnitureAround},
		{name: "a title before it", a: story, b: "Coast Bulletin: the harbour is shut\n" + story, want: FurnitureAround},
		{name: "another story", a: story, b: added + added, want: ""},
	} {
		a, b := articleOf(test.a), articleOf(test.b)
		a.Meta.Published, b.Meta.Published = test.publishA, test.publishB
		for range 2 {
			if c := Compare(a, b, looseOptions()); c.Label != test.want {
				t.Errorf("%s: %q of a %q pair, want %q: %+v", test.name, c.Label, c.Kind, test.want, c.Difference)
			}
			a, b = b, a
		}
	}
}

// TestDifference holds the figures of a difference, and that they add up.
func TestDifference(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want figures
	}{
		{"a b c d e f", "a b c d e f", figures{same: 6}},
		{"a b c d e f", "x y a b c d e f", figures{same: 6, inserted: 2, before: 2}},
		{"a b c d e f", "a b c d e f x", figures{same: 6, inserted: 1, after: 1}},
		{"a b c x d e f", "a b c d e f", figures{same: 6, deleted: 1, inside: 1}},
		{"a b c d e f", "a b x y c e f", figures{same: 5, inserted: 2, deleted: 1, inside: 2}},
		{"a b c d e f", "a b x c y e f", figures{same: 5, replaced: 1, inserted: 1, inside: 2}},
		{"a b c d e f", "u v w x y z", figures{replaced: 6, before: 6}},
		// The words allow either: it is moved to an end.
		{"a b c a b", "a b", figures{same: 2, deleted: 3, after: 3}},
		{"a b x a b c", "a b c", figures{same: 3, deleted: 3, before: 3}},
		// Two words in common between two rewritten sentences are by chance.
		{"a b c d e f g h i j k l the of m n o p q r s t u v", "a b c d 1 2 3 4 5 6 7 8 the of 9 10 11 12 13 14 15 16 u v", figures{same: 6, replaced: 18, inside: 18}},
	} {
		met := lay(test.a, test.b)
		if met.figures != test.want {
			t.Errorf("%q and %q: %+v, want %+v", test.a, test.b, met.figures, test.want)
		}
		wordsA, wordsB := len(strings.Fields(test.a)), len(strings.Fields(test.b))
		if f := met.figures; f.same+f.replaced+f.deleted != wordsA || f.same+f.replaced+f.inserted != wordsB {
			t.Errorf("%q and %q: %+v of %d and %d words", test.a, test.b, f, wordsA, wordsB)
		}
	}
}

// lay lays two texts beside each other.
func lay(a, b string) laid {
	var d differ
	one, other := compared(articleOf(a), DefaultOptions()), compared(articleOf(b), DefaultOptions())
	return d.meet(&one.wording, &other.wording)
}

// TestWordClasses holds which words stand as numbers and as names.
func TestWordClasses(t *testing.T) {
	text := "Storm shuts Osk harbour\n“We wait,” said Ines Harrow. The mole of St. Osk was 3rd, and Łom's ½ shut: Nine of MV Lomm.\nALL HANDS ARE ON DECK"
	want := map[string]wordClass{"Osk": capital, "Ines": capital, "Harrow": capital, "3rd": digits, "Łom's": capital, "½": digits, "MV": capital, "Lomm": capital, "St": capital}
	s := compared(articleOf(text), DefaultOptions())
	for token := range s.starts {
		word := text[s.starts[token]:s.ends[token]]
		if got := s.wording.classes[token] &^ initial; got != want[word] {
			t.Errorf("%q: %b, want %b", word, got, want[word])
		}
	}
}

// TestQuotations holds what stands in quotation marks.
