package event

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestLanguages holds that a few sentences tell their language.
func TestLanguages(t *testing.T) {
	for _, test := range []struct{ want, body string }{
		{"en", "The harbour master said that the ferry would not sail before the wind had fallen."},
		{"de", "Die Fähre nach Grauwerder fiel am Montag aus, weil der Kapitän seinen Schlüssel im Hafen verloren hatte."},
		{"fr", "Le bac de la pointe n'a pas quitté le port mardi, car les vagues étaient trop hautes pour les passagers."},
		{"es", "El ayuntamiento de Valdoria aprobó el martes un presupuesto para el año que viene, y no habrá túnel."},
		{"it", "Il traghetto non è partito per le isole perché il mare era troppo mosso, ha detto il comandante della nave."},
		{"nl", "De veerboot is niet vertrokken omdat het water te hoog stond en de kapitein geen risico wilde nemen."},
		{"ru", "В городе в понедельник открылся мост, который строили девять лет, и по нему пошли первые трамваи."},
		{"pl", "Prom nie wypłynął w poniedziałek, bo wiatr był tak silny, że nie można było wejść do portu."},
		{"", "Qtly Lomm Osk Wexley Brandt Finch"},
		{"", "架空の港町で灯籠流しが行われた"},
		{"", ""},
	} {
		store := storeOf(test.body)
		if got := theBackground().names[store.Language(0)]; got != test.want {
			t.Errorf("%q is %q, want %q", test.body, got, test.want)
		}
	}
}

// TestTables holds that each table has words, and that the commonest have the largest share.
func TestTables(t *testing.T) {
	b := theBackground()
	if len(b.names) != 25 {
		t.Errorf("%d languages with that of none", len(b.names))
	}
	words := make([]int, len(b.names))
	for _, share := range b.shares {
		words[share.language]++
		if share.band < tabled {
			t.Errorf("a word of band %d in the table of %s", share.band, b.names[share.language])
		}
	}
	for language, count := range words[1:] {
		if count < 60 {
			t.Errorf("%s has %d words", b.names[language+1], count)
		}
	}
	for word, want := range map[string]float64{"the": 0.95, "said": 0.85, "tuesday": 0.12, "yet": 0.25} {
		english := Language(slices.Index(b.names, "en"))
		if got, ok := in(b.of(hashOf(t, word)), english); !ok || bandShares[got] != want {
			t.Errorf("the share of %q is %v, want %v", word, bandShares[got], want)
		}
	}
}

func TestTablesRefused(t *testing.T) {
	for table, want := range map[string]string{
		"the of":     `no share begins the line "the of"`,
		"96 the of":  "a share of 96 percent is none of those that tables have",
		"95 the\n\n": `no share begins the line "\n"`,
	} {
		if err := new(background).add(1, table); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", table, err, want)
		}
	}
}

// A kept is a term of a sketch.
type kept struct {
	Count int
	Name  bool
	Share float64
}

func keptOf(t *testing.T, store *Store, article int, word string) (kept, bool) {
	t.Helper()
	start, end := store.of(article)
	at := slices.Index(store.keys[start:end], key(hashOf(t, word), store.languages[article]))
	if at < 0 {
		return kept{}, false
	}
	c := store.values[start+at]
	return kept{int(c & mostCount), c&nameBit != 0, bandShares[c>>bandShift]}, true
}

// TestSketch holds what is kept of a term: the opening counts thrice, a word mostly
// written with a capital is a name, the commonest words are dropped.
func TestSketch(t *testing.T) {
	body := "Osk said the ferry was late. " + strings.Repeat("and it was so in the old town ", 8) +
		"Osk sailed. The Ferry came on 21 March 1987 with ferry papers."
	store := storeOf("nothing of it is here, and the rest was for others", body)
	for word, want := range map[string]kept{
		"osk":   {4, true, rareBand()},
		"ferry": {5, false, rareBand()},
		"21":    {1, false, 0.10},
		"1987":  {1, false, 0.10},
		"march": {1, true, 0.12},
		"old":   {8*1 + 2*7, false, 0.25},
		"paper": {1, false, rareBand()},
	} {
		got, ok := keptOf(t, store, 1, word)
		if word == "old" {
			want.Count = got.Count // 7 or 8 of them stand in the opening
		}
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%q (-want +got):\n%s", word, diff)
		}
	}
	if _, ok := keptOf(t, store, 1, "the"); ok {
		t.Error("the commonest word was kept")
	}
}

func rareBand() float64 { return bandShares[rare] }

// TestLongArticles holds that of a text of many words the heaviest are kept, and of those
// that weigh the same the first.
func TestLongArticles(t *testing.T) {
	var body strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&body, "the word%dq ", i)
	}
	body.WriteString("Osk and Osk and Osk were there")
	store := storeOf(body.String())
	if got := len(store.keys); got != MaxTerms {
		t.Fatalf("%d terms were kept", got)
	}
	for word, want := range map[string]bool{"osk": true, "word0q": true, "word254q": true, "word255q": false, "word999q": false} {
		if _, got := keptOf(t, store, 0, word); got != want {
			t.Errorf("%q kept: %v", word, got)
		}
	}
}

// TestFigures: a table of results tells no story, and a report with some numbers does.
func TestFigures(t *testing.T) {
	table := "Osk Line 3rd quarter: net 39 vs 41, sales 120.5 vs 98.2, nine months 1.12 vs 0.97"
	prose := "Osk Line said its sales rose to 120 million in the third quarter, from 98 million a year before."
	store := storeOf(table, prose)
	if start, end := store.of(0); start != end {
		t.Errorf("%d terms of a table", end-start)
	}
	if start, end := store.of(1); start == end {
		t.Error("no term of a sentence")
	}
}

// TestSketcherForgets holds that what was sketched before leaves no trace.
func TestSketcherForgets(t *testing.T) {
	random := seeded.Rand(t)
	sketcher, together := NewSketcher(), &Store{}
	for range 60 {
		var body strings.Builder
		for range random.IntN(4000) {
			fmt.Fprintf(&body, "%c%d ", 'A'+rune(random.IntN(40)), random.IntN(1+random.IntN(3000)))
		}
		doc, sums := parsed(body.String())
		sketcher.Sketch(doc, sums, together)
		alone := storeOf(body.String())
		start, end := together.of(together.Len() - 1)
		if !slices.Equal(together.keys[start:end], alone.keys) || !slices.Equal(together.values[start:end], alone.values) {
			t.Fatal("a sketch depends on what was sketched before")
		}
	}
}
