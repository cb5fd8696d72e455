package encoding

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	foreign "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// western are stories in the languages of windows-1252.
var western = map[string]string{
	"English":    "“Nobody” could say when the ferry would sail – not even the harbour master’s deputy, who wasn’t there.",
	"French":     "L’élève a été reçu à l’école, où l’on fête déjà la rentrée. « Évidemment », dit-il, près du cœur de la ville.",
	"Spanish":    "¿Quién sabe cuándo saldrá el trasbordador? El capitán, que es de Logroño, no lo dirá mañana. ¡Qué país!",
	"Catalan":    "El vaixell no sortirà fins dilluns, segons l’alcaldessa, perquè la mar és massa brava i això és perillós. La col·lecció.",
	"Portuguese": "As embarcações não saem até segunda-feira, à noite, disse o capitão. É a terceira vez este mês que há problemas.",
	"Italian":    "Il traghetto non partirà più fino a lunedì: così ha detto il capitano, perché la marea è alta. È già la terza volta.",
	"German":     "Die Fähre fährt erst am Montag wieder, sagte der Kapitän gemäß Plan. „Über den Sturm müssen wir nicht reden.“",
	"Swedish":    "Färjan går inte förrän på måndag, säger kaptenen. ”Det är tredje gången i år som vi får ställa in.” Å ena sidan.",
	"Finnish":    "Lautta lähtee vasta maanantaina, sanoo kapteeni. Määrä on pieni, eikä siitä päätetä tänään. Älä hätäile.",
	"Danish":     "Færgen sejler først på mandag, siger kaptajnen. Det er tredje gang i år, at der må aflyses på grund af sø og blæst.",
	"Norwegian":  "Ferja går ikkje før måndag, seier kapteinen. Det er tredje gong i år, og ingen på øya får gjort noko med det.",
	"Icelandic":  "Ferjan siglir ekki fyrr en á mánudag, segir skipstjórinn. Það er í þriðja sinn á árinu sem hætt er við ferð út í eyjuna.",
	"Estonian":   "Praam väljub alles esmaspäeval, ütles kapten. Õnneks on meri rahulikum ja sõit kestab nüüd ainult pool tundi.",
}

// eastern are texts in other scripts, and in Latin letters that windows-1252 lacks.
var eastern = map[string]struct {
	text string
	in   []foreign.Encoding
}{
	"Russian":  {"Паром отправится только в понедельник, сказал капитан. Это уже третий раз в этом году.", []foreign.Encoding{charmap.Windows1251, charmap.KOI8R, charmap.ISO8859_5}},
	"Greek":    {"Το πλοίο θα φύγει τη Δευτέρα, είπε ο καπετάνιος. Είναι η τρίτη φορά φέτος.", []foreign.Encoding{charmap.Windows1253}},
	"Japanese": {"船は月曜日に再び出ます。船長はそう言った。今年はこれで三度目である。", []foreign.Encoding{japanese.ShiftJIS, japanese.EUCJP}},
	"Chinese":  {"渡輪星期一才開航，船長說。今年已經是第三次了。", []foreign.Encoding{simplifiedchinese.GBK, traditionalchinese.Big5}},
	"Korean":   {"여객선은 월요일에야 출항한다고 선장이 말했다. 올해 들어 세 번째다.", []foreign.Encoding{korean.EUCKR}},
	"Polish":   {"Prom odpłynie dopiero w poniedziałek, powiedział kapitan. To już trzeci raz w tym roku, że się spóźnia.", []foreign.Encoding{charmap.Windows1250, charmap.ISO8859_2}},
	"Czech":    {"Přívoz vypluje až v pondělí, řekl kapitán. Letos je to už potřetí, co kvůli bouři nevyplul žádný člun.", []foreign.Encoding{charmap.Windows1250, charmap.ISO8859_2}},
	"Turkish":  {"Vapur ancak pazartesi günü kalkacak, dedi kaptan. Bu yıl üçüncü kez, fırtına yüzünden, sefer yapılmıyor, şaşırdık.", []foreign.Encoding{charmap.Windows1254}},
	"French":   {western["French"], []foreign.Encoding{charmap.Macintosh}},
	"German":   {strings.ReplaceAll(western["German"], "“", "„"), []foreign.Encoding{charmap.Macintosh}},
}

func TestFromWindows1252(t *testing.T) {
	for language, text := range western {
		for _, want := range []string{text, strings.Repeat(text+"\n\n", 30), `{"text":"` + strings.ReplaceAll(text, " ", `\n`) + `"}`} {
			stored := must(charmap.Windows1252.NewEncoder().String(want))
			if got, ok := FromWindows1252([]byte(stored)); !ok || string(got) != want {
				t.Errorf("%s: %t, %.60q", language, ok, got)
			}
			if _, ok := FromWindows1252([]byte(want)); ok {
				t.Errorf("%s: UTF-8 is taken for windows-1252", language)
			}
		}
	}
	for language, test := range eastern {
		for _, encoding := range test.in {
			stored, err := encoding.NewEncoder().String(test.text)
			if err != nil {
				t.Errorf("%s: %v", language, err)
			}
			for _, stored := range []string{stored, strings.Repeat(stored+"\n", 30)} {
				if got, ok := FromWindows1252([]byte(stored)); ok {
					t.Errorf("%s in %v is taken for windows-1252: %q", language, encoding, got)
				}
			}
		}
	}
}

// TestNotWindows1252 has what is a problem and stays one.
func TestNotWindows1252(t *testing.T) {
	english := "Nobody could say when the ferry would sail, not even the harbour master. "
	for name, text := range map[string]string{
		"empty":                    "",
		"ASCII":                    english,
		"few":                      "a caf\xE9 in a caf\xE9, a caf\xE9",
		"far between":              strings.Repeat(strings.Repeat(english, 10)+"caf\xE9 ", 10),
		"UTF-8 among it":           "caf\xE9 caf\xE9 caf\xE9 caf\xE9 café",
		"cut UTF-8":                "caf\xC3 caf\xC3 caf\xC3 caf\xC3 caf\xC3",
		"the end of quotes":        "It\x99s what they don\x99t say, isn\x99t it, or won\x99t they",
		"the start of quotes":      "It\xE2s what they don\xE2t say, isn\xE2t it, or won\xE2t they, O\xE2Brien",
		"in no character":          "caf\xE9 caf\xE9 caf\xE9 caf\xE9 \x81",
		"a control character":      "caf\xE9 caf\xE9 caf\xE9 caf\xE9 \x8F",
		"a capital behind a small": "caf\xC9 caf\xC9 caf\xC9 caf\xC9",
		"letters of no language":   "\xF0a \xE7a \xF8a \xFFa \xF1a \xDFa",
		"all beyond ASCII":         "\xE9\xE8\xEA \xE9\xE8\xEA \xE9\xE8\xEA",
	} {
		if got, ok := FromWindows1252([]byte(text)); ok {
			t.Errorf("%s: taken for %.80q", name, got)
		}
	}
}

// TestDamage flips bits of UTF-8 and of noise.
func TestDamage(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	taken, damaged := 0, 0
	for range 300 {
		for _, text := range western {
			piece := []byte(strings.Repeat(text+"\n", 1+random.IntN(10)))
			for range 1 + random.IntN(8) {
				piece[random.IntN(len(piece))] ^= 1 << random.IntN(8)
			}
			if utf8.Valid(piece) {
				continue
			}
			if damaged++; isWindows1252(piece) {
				taken++
			}
		}
		noise := make([]byte, random.IntN(3000))
		for i := range noise {
			noise[i] = byte(random.Uint32())
		}
		if isWindows1252(noise) {
			t.Errorf("seed %d: noise is taken for windows-1252", seeded.Seed())
		}
	}
	if taken*1000 > damaged {
		t.Errorf("seed %d: %d of %d damaged texts are taken for windows-1252", seeded.Seed(), taken, damaged)
	}
}
