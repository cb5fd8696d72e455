package event

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A shown is a term as tests write it: the words of the body that it is made of, and
// the word whose hash it has.
type shown struct {
	Words   string
	Same    string // "" for characters of a script without spaces
	Capital bool
	Digits  int
}

func termsIn(t *testing.T, body string, candidates ...string) (terms []shown) {
	t.Helper()
	doc, sums := parsed(body)
	var r termReader
	for r.start(doc, sums); r.next(); {
		term := shown{Words: body[doc.Starts[r.first]:doc.Ends[r.last-1]], Capital: r.capital, Digits: r.digits}
		if of := shingle.Run(sums[r.first : r.last+1]); r.hash == of {
			terms = append(terms, term) // characters of a script without spaces
			continue
		}
		if r.last == r.first+1 {
			at := slices.IndexFunc(candidates, func(word string) bool { return hashOf(t, word) == r.hash })
			if at < 0 {
				t.Fatalf("the term of %q is none of %q", term.Words, candidates)
			}
			term.Same = candidates[at]
		} else {
			t.Errorf("the term of %q is not that of its tokens", term.Words)
		}
		terms = append(terms, term)
	}
	return terms
}

// TestTerms holds what the terms of a text are.
func TestTerms(t *testing.T) {
	for _, test := range []struct {
		name, body string
		candidates []string
		want       []shown
	}{
		{"stems", "Boats boat’s Tories glass bus buses gas", []string{"boat", "tory", "glass", "bus", "buse", "gas"}, []shown{
			{"Boats", "boat", true, 0}, {"boat’s", "boat", false, 0}, {"Tories", "tory", true, 0}, {"glass", "glass", false, 0},
			{"bus", "bus", false, 0}, {"buses", "buse", false, 0}, {"gas", "gas", false, 0},
		}},
		{"wide words", "Éclairs ÎLES naïve", []string{"éclair", "île", "naïve"}, []shown{
			{"Éclairs", "éclair", true, 0}, {"ÎLES", "île", true, 0}, {"naïve", "naïve", false, 0},
		}},
		{"numbers", "In 1987 €21 and 5th", []string{"in", "1987", "21", "and", "5th"}, []shown{
			{"In", "in", true, 0}, {"1987", "1987", false, 4}, {"21", "21", false, 2}, {"and", "and", false, 0}, {"5th", "5th", false, 0},
		}},
		{"pairs of characters", "北京市 会", nil, []shown{{"北京", "", false, 0}, {"京市", "", false, 0}, {"会", "", false, 0}}},
		{"hiragana is grammar", "灯籠として", nil, []shown{{"灯籠", "", false, 0}, {"籠と", "", false, 0}}},
		{"fours of Thai", "กรุงเท", nil, []shown{{"กรุง", "", false, 0}, {"รุงเ", "", false, 0}, {"ุงเท", "", false, 0}}},
		{"scripts in one line", "NHK東京 x", []string{"nhk", "x"}, []shown{{"NHK", "nhk", true, 0}, {"東京", "", false, 0}, {"x", "x", false, 0}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, termsIn(t, test.body, test.candidates...)); diff != "" {
				t.Errorf("terms (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzTerms holds that every token of any text is in a term or is part of a script without
// spaces, that terms go forward, and that reading for evidence breaks on nothing.
func FuzzTerms(f *testing.F) {
	for _, body := range []string{"", "a", "½ ⅓ 1½", "„Nein“, sagte er. «Oui» ", "東京とは", "ก", "l'été d’U.S.", "\"a b c d\" 'x", "\xff\xfe“"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		doc, sums := parsed(body)
		var r termReader
		last := -1
		for r.start(doc, sums); r.next(); {
			if r.first <= last || r.last <= r.first || r.last > doc.Len() {
				t.Fatalf("a term from %d to %d behind one at %d, of %d tokens", r.first, r.last, last, doc.Len())
			}
			last = r.first
		}
		texts := textsOf(nil, body, body, "x "+body)
		for _, finding := range Prove(texts, nil).Findings {
			if len(finding.In) < 2 || finding.Words < 1 {
				t.Fatalf("%+v", finding)
			}
		}
	})
}
