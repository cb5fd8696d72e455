package misread

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// isKnown stands for the caller's words that say something by themselves.
func isKnown(word string) bool {
	return strings.HasPrefix(word, "ab") || slices.Contains([]string{"monday", "sunday", "six", "sixty"}, word)
}

func wordsOf(text string) (w Words) {
	for _, word := range strings.Fields(text) {
		w.Norm = append(w.Norm, word...)
		w.Ends = append(w.Ends, uint32(len(w.Norm)))
		w.Known = append(w.Known, isKnown(word))
	}
	return w
}

// matched writes the pairs of two texts, which are one place.
func matched(m *Matcher, a, b string) string {
	one, other := wordsOf(a), wordsOf(b)
	var told []string
	for _, span := range m.Append(nil, one, other, Span{0, len(one.Ends), 0, len(other.Ends)}) {
		told = append(told, strings.Join(strings.Fields(a)[span.A:span.EndA], "+")+"="+strings.Join(strings.Fields(b)[span.B:span.EndB], "+"))
	}
	return strings.Join(told, " ")
}

func TestAppend(t *testing.T) {
	var m Matcher
	for _, test := range []struct{ a, b, want string }{
		{"harbour", "harhour", "harbour=harhour"},
		{"gate", "gale", "gate=gale"},
		{"north", "south", ""},
		{"of", "at", ""},
		{"the lock gate", "thc lcck gafe", "the=thc lock=lcck gate=gafe"},
		{"lock gate", "gate lock", "gate=gate"},
		{"government", "govern ment", "government=govern+ment"},
		{"sea wall", "seawa1l sea", "sea=sea"},
		{"in the", "inthe", "in+the=inthe"},
		{"across the", "acro ss the", "across=acro+ss the=the"},
		{"gates gate", "gate", "gate=gate"},
		{"1987", "1937", ""},
		{"l987", "1987", ""},
		{"1987 gate", "1987 gale", "1987=1987 gate=gale"},
		{"monday", "sunday", ""},
		{"monday", "mondav", "monday=mondav"},
		{"six ty", "sixty", "six+ty=sixty"},
		{"six ly", "sixty", ""},
		{"on monday gate", "on sunday gale", "on=on gate=gale"},
		{"運 河", "運 港", "運=運"},
		{"канала", "канапа", "канала=канапа"},
		{"", "gate", ""},
		{strings.Repeat("a", 40), strings.Repeat("a", 39) + "b", ""},
		{strings.Repeat("a", 40), strings.Repeat("a", 40), strings.Repeat("a", 40) + "=" + strings.Repeat("a", 40)},
	} {
		if got := matched(&m, test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %q, want %q", test.a, test.b, got, test.want)
		}
	}
}

// TestPlace holds that only the words of the place are paired, by their positions in the texts.
func TestPlace(t *testing.T) {
	a, b := wordsOf("one two thrce four five"), wordsOf("zero one two three four")
	got := new(Matcher).Append(nil, a, b, Span{2, 3, 3, 4})
	if diff := cmp.Diff([]Span{{2, 3, 3, 4}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// bestWorth is brute force: what the best pairs of two texts are worth, by trying all.
func bestWorth(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	best := max(bestWorth(a[1:], b), bestWorth(a, b[1:]))
	for _, take := range [][2]int{{1, 1}, {2, 1}, {1, 2}} {
		if take[0] > len(a) || take[1] > len(b) {
			continue
		}
		if ofA, ofB := a[:take[0]], b[:take[1]]; areOneByHand(ofA, ofB) {
			edits := distance(strings.Join(ofA, ""), strings.Join(ofB, ""))
			best = max(best, pairWorth-edits+bestWorth(a[take[0]:], b[take[1]:]))
		}
	}
	return best
}

func areOneByHand(wordsA, wordsB []string) bool {
	a, b := strings.Join(wordsA, ""), strings.Join(wordsB, "")
	if slices.ContainsFunc(wordsA, isKnown) && slices.ContainsFunc(wordsB, isKnown) {
		return a == b
	}
	if strings.ContainsAny(a+b, "0123456789") || len(a) > maxLetters || len(b) > maxLetters {
		return a == b
	}
	return distance(a, b) <= max(len(a), len(b))/perEdit
}

func distance(a, b string) int {
	if a == "" || b == "" {
		return len(a) + len(b)
	}
	if a[0] == b[0] {
		return distance(a[1:], b[1:])
	}
	return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))
}

// TestBest holds that as many words are paired as can be, with the fewest edits, in order, and
// none twice.
func TestBest(t *testing.T) {
	random := seeded.Rand(t)
	var m Matcher
	for range 2000 {
		a, b := randomWords(random), randomWords(random)
		one, other := wordsOf(strings.Join(a, " ")), wordsOf(strings.Join(b, " "))
		spans := m.Append(nil, one, other, Span{0, len(a), 0, len(b)})
		worth, last := 0, Span{}
		for _, span := range spans {
			if span.A < last.EndA || span.B < last.EndB || span.EndA-span.A+span.EndB-span.B > 3 ||
				!areOneByHand(a[span.A:span.EndA], b[span.B:span.EndB]) {
				t.Fatalf("%q and %q: %v", a, b, spans)
			}
			worth += pairWorth - distance(strings.Join(a[span.A:span.EndA], ""), strings.Join(b[span.B:span.EndB], ""))
			last = span
		}
		if worth != bestWorth(a, b) {
			t.Fatalf("%q and %q: %v is worth %d, want %d", a, b, spans, worth, bestWorth(a, b))
		}
	}
}

func randomWords(random *rand.Rand) []string {
	words := make([]string, random.IntN(6))
	for i := range words {
		word := make([]byte, 1+random.IntN(6))
		for j := range word {
			word[j] = "aab1"[random.IntN(3+random.IntN(2))]
		}
		words[i] = string(word)
	}
	return words
}

// TestLargePlaces holds that what is beyond the bound is passed over, and what is inside takes no
// more memory than it says.
func TestLargePlaces(t *testing.T) {
	var m Matcher
	word := func(n int) string { return strings.TrimSpace(strings.Repeat("gate ", n)) }
	if got := matched(&m, word(200), word(100)); got != "" {
		t.Errorf("%d pairs of a place beyond the bound", strings.Count(got, "="))
	}
	if got := strings.Count(matched(&m, word(128), word(128)), "="); got != 128 {
		t.Errorf("%d pairs, want 128", got)
	}
	if cap(m.best) > 2*129*129 || cap(m.steps) > 2*maxTable {
		t.Errorf("%d and %d entries", cap(m.best), cap(m.steps))
	}
}

func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 8, 128} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			one, other := wordsOf(strings.Repeat("harbour ", n)), wordsOf(strings.Repeat("quarrel ", n))
			var m Matcher
			var spans []Span
			for b.Loop() {
				spans = m.Append(spans[:0], one, other, Span{0, n, 0, n})
			}
		})
	}
}
