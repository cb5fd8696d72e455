package event

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// proofOf writes the findings, without the terms, as tests compare them.
func proofOf(proof Proof) (lines []string) {
	for _, f := range proof.Findings {
		if f.Kind != Term {
			lines = append(lines, fmt.Sprintf("%s %v %s", f.Kind, f.In, f.Text))
		}
	}
	return lines
}

func TestProof(t *testing.T) {
	for _, test := range []struct {
		name       string
		bodies     []string
		want       []string
		sameSource []bool
		template   bool
	}{
		{"a quote with marks of two kinds, and what stands around it is not quoted", []string{
			"“We had the light in sight,” she told the wardens of Lomm.",
			"The captain: \"We had the light in sight\". She told the wardens of Osk.",
		}, []string{"quote [0 1] We had the light in sight"}, []bool{true, true}, true},
		{"a quote of one is a passage of both", []string{
			"He said that “no vessel leaves the upper basin before Friday” and went.",
			"It is the rule that no vessel leaves the upper basin before Friday at all.",
		}, []string{"passage [0 1] that “no vessel leaves the upper basin before Friday"}, []bool{false, false}, false},
		{"ten words in a row have one source", []string{
			"At dawn divers found the missing anchor chain of the ferry under the western pier.",
			"They found the missing anchor chain of the ferry under the western pier, a diver said.",
		}, []string{"passage [0 1] found the missing anchor chain of the ferry under the western pier"}, []bool{true, true}, false},
		{"words of all texts say nothing", []string{
			"it was said that they would have been there by now, in Lomm",
			"and it was said that they would have been there by now, in Osk",
		}, nil, []bool{false, false}, true},
		{"numbers, with the word behind the short ones", []string{
			"They carried 214 people and 21 sheep for 1,500 and 3.5 days on 4.",
			"Some 214 were there, 21 goats, 21 sheep, 1,500 tons; 3.5 days; 4 boats.",
		}, []string{"number [0 1] 1,500", "number [0 1] 21 sheep", "number [0 1] 3.5", "number [0 1] 214"}, []bool{false, false}, false},
		{"names, and not the beginnings of sentences", []string{
			"Divers met Ilse Maron and Tove Lind in St. Wexley. Nobody spoke.",
			"In St. Wexley the reeve, Tove Lind, saw Ilse Maron. Nobody knew. Divers came.",
		}, []string{"name [0 1] Ilse Maron", "name [0 1] St. Wexley", "name [0 1] Tove Lind"}, []bool{false, false}, false},
		{"a form about two places", []string{
			"Rain at times, clearing from the west in Havey by evening.",
			"Rain at times, clearing from the west in Wexley by evening.",
		}, []string{"passage [0 1] Rain at times, clearing from the west in"}, []bool{false, false}, true},
		{"what stands in several is one finding", []string{
			"“The tide has gone out with the harbour” x1 in Osk",
			"z2 “The tide has gone out with the harbour” in Osk",
			"“The tide has gone out with the harbour,” z3 in Osk",
		}, []string{"quote [0 1 2] The tide has gone out with the harbour", "name [0 1 2] Osk"}, []bool{true, true, true}, false},
		{"one text", []string{"Nobody in Osk. Nobody in Osk."}, nil, []bool{false}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			// The language is told of a text that is long enough.
			for i := range test.bodies {
				test.bodies[i] += " " + []string{
					"\n\nAnd they had been there when she said that it was told by him.",
					"\n\nOr he would not say what her town has now, but all of them did.",
					"\n\nWith you and me there are two, she says, as the others were not.",
				}[i]
			}
			proof := Prove(textsOf(nil, test.bodies...), nil)
			if diff := cmp.Diff(test.want, proofOf(proof)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.sameSource, proof.SameSource); diff != "" {
				t.Errorf("same source (-want +got):\n%s", diff)
			}
			if proof.Template != test.template {
				t.Errorf("template: %v", proof.Template)
			}
		})
	}
}

// TestLetterheads holds that names in a row are no sign of one source, that what a score owes
// to them is told, and that quotes of names are none.
func TestLetterheads(t *testing.T) {
	head := "Office of the Reeve Tove Lind of Osk, Harbour Road, Press Releases, Contact Bram Hollis: "
	bodies := []string{
		head + "The wool fair was said to be the best of them all, and it was there for all of us.",
		head + "A bridge over the river will be mended when there is wood, and not before that.",
	}
	group := Pair(storeOf(bodies...))
	proof := Prove(textsOf(group.Terms, bodies...), group.Terms)
	if diff := cmp.Diff([]bool{false, false}, proof.SameSource); diff != "" {
		t.Errorf("same source (-want +got):\n%s", diff)
	}
	if proof.Formal < 0.9 || proof.Formal > 1.001 {
		t.Errorf("%v of the score is of the letterhead", proof.Formal)
	}
	shouted := make([]string, len(bodies))
	for i, body := range bodies {
		shouted[i] = strings.ToUpper(body)
	}
	if proof := Prove(textsOf(nil, shouted...), nil); proof.Formal != 0 || !proof.SameSource[0] {
		t.Errorf("where all is written in capitals, they say nothing: %+v", proof)
	}
	names := Prove(textsOf(nil, "It was said by “Senator Hollis and Reeve Lind” that they are here.", "With “Senator Hollis and Reeve Lind” he was there, and she said so."), nil)
	if diff := cmp.Diff([]bool{false, false}, names.SameSource); diff != "" {
		t.Errorf("a quote of names (-want +got):\n%s", diff)
	}
}

// TestForms holds that the same words with other numbers are a form, and that one number in
// common makes them a story.
func TestForms(t *testing.T) {
	form := func(balance, before, tax string) string {
		return fmt.Sprintf("Treasury balances at the exchange of Osk in 2031 rose to %s crowns from %s a day before, and tax balances fell to %s, the exchange said.", balance, before, tax)
	}
	for _, test := range []struct {
		name   string
		bodies []string
		want   bool
	}{
		{"other numbers", []string{form("3,373", "3,301", "712"), form("3,254", "3,190", "698")}, true},
		{"one in common", []string{form("3,373", "3,301", "712"), form("3,254", "3,301", "698")}, false},
		{"few numbers", []string{form("more", "less", "12"), form("more", "less", "14")}, false},
		{"other words", []string{form("3,373", "3,301", "712"), "In Osk the exchange has 11 men and 22 women, and 33 of them said they would go to sea."}, false},
	} {
		if got := Prove(textsOf(nil, test.bodies...), nil).Template; got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

// TestTermsOfAProof holds that the terms that a score is made of are named as they stand.
func TestTermsOfAProof(t *testing.T) {
	bodies := []string{
		"The ferry struck the Maiden rocks, and the crew was saved by boats of Lomm.",
		"On the Maiden rocks off Lomm the ferries of the line had struck before, it was said.",
	}
	group := Pair(storeOf(bodies...))
	total := 0.0
	terms := make(map[string]bool)
	for _, f := range Prove(textsOf(group.Terms, bodies...), group.Terms).Findings {
		if f.Kind == Term {
			total += f.Share
			terms[f.Text] = true
		}
	}
	want := map[string]bool{"ferry": true, "struck": true, "Maiden": true, "rocks": true, "Lomm": true}
	if diff := cmp.Diff(want, terms); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if total < 0.999 || total > 1.001 {
		t.Errorf("their shares come to %v", total)
	}
}

// TestQuotations holds what stands inside quotation marks.
func TestQuotations(t *testing.T) {
	for body, want := range map[string]string{
		`he said "yes we do" and went`:          "yes we do",
		"“yes” and “no” he said":                "yes no",
		"„ja doch“, sagte er":                   "ja doch",
		"« oui » dit-il":                        "oui",
		"»ja«, sagte er":                        "ja",
		"``yes'' he said":                       "yes",
		"“it goes on\n\nbut not here":           "it goes on",
		`5" pipes and more`:                     "",
		`a "b" c "d`:                            "b",
		"‘single’ marks are apostrophes, don't": "",
		"「東京」と":                                 "東 京",
		"“outer ‘inner’ outer” after":           "outer inner outer",
		"no marks":                              "",
		"”closing first” then":                  "closing first",
		"“two”“three” four":                     "two three",
	} {
		doc, _ := parsed(body)
		var got []string
		for token, quoted := range quotedTokens(doc) {
			if quoted {
				got = append(got, body[doc.Starts[token]:doc.Ends[token]])
			}
		}
		if words := strings.Join(got, " "); words != want {
			t.Errorf("%q: %q, want %q", body, words, want)
		}
	}
}
