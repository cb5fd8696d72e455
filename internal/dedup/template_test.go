package dedup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/align"
	"github.com/newsdedup/newsdedup/internal/dedup/hashset"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// notice is a report of a harbour office that is filled in each week.
const notice = "PORT QUILLON, %DATE% - The harbour office of Port Quillon counted %SHIPS% ships and %TONS% tonnes of cargo last week, " +
	"said its master, %NAME%.\nThe pilots of the outer mole took in %PILOTS% of them after dark, %NAME% told the Coast Bulletin, " +
	"and no vessel of the line was turned away for want of water over the sill of the old lock gate."

func filled(date, ships, tons, name, pilots string) string {
	return strings.NewReplacer("%DATE%", date, "%SHIPS%", ships, "%TONS%", tons, "%NAME%", name, "%PILOTS%", pilots).Replace(notice)
}

// TestTemplates holds which pairs the guard lets through. All are near or contained.
func TestTemplates(t *testing.T) {
	first := filled("March 3", "41", "9,200", "Ines Harrow", "seven")
	copied := strings.NewReplacer
	credit := "By Tessa Lomm, Coast Bulletin\n"
	for _, test := range []struct {
		name, other string
		want        bool
	}{
		{"numbers and a date", filled("March 10", "38", "8,750", "Ines Harrow", "nine"), true},
		{"numbers, a date and a name", filled("March 10", "38", "8,750", "Oda Penwick", "nine"), true},
		{"one number in its words", filled("March 3", "41", "9,200", "Ines Harrow", "7"), false},
		{"a month that is shortened", filled("Mar 3", "41", "9,200", "Ines Harrow", "seven"), false},
		{"a number", filled("March 3", "44", "9,200", "Ines Harrow", "seven"), true},
		{"the spelling of a name", copied("Harrow", "Harrowe").Replace(first), false},
		{"a place that has a new name", copied("Port Quillon", "Port Kwillon", "PORT QUILLON", "PORT KWILLON").Replace(first), false},
		{"a dateline", copied("PORT QUILLON, March 3 -", "OSK, Lomm -").Replace(first), false},
		{"a credit", credit + first, false},
		{"a title around it", "Harbour counts its ships | Coast Bulletin\n" + first + "\nShare this on", false},
		{"words", copied("turned away", "sent back", "old lock", "new lock").Replace(first), false},
		{"misprints", copied("harbour", "harb0ur", "vessel", "vesse1", "office", "offlce").Replace(first), false},
		{"words and a number", copied("turned away for want", "sent off for lack", "41", "44").Replace(first), false},
		{"somebody else, in other words too", copied("Ines Harrow", "Oda Penwick", "41", "38", "9,200", "8,750", "turned away", "sent back", "old lock", "new lock", "took in", "brought in").Replace(first), true},
	} {
		c := Compare(articleOf(first), articleOf(test.other), looseOptions())
		if c.Kind == "" || (c.Kind == Template) != test.want {
			t.Errorf("%s: kind %q, label %q, %+v", test.name, c.Kind, c.Label, c.Difference)
		}
		back := Compare(articleOf(test.other), articleOf(first), looseOptions())
		if back.Kind != c.Kind {
			t.Errorf("%s: %q, and %q the other way round", test.name, c.Kind, back.Kind)
		}
	}
}

// TestTemplatesOfLongTexts holds that one number of a long text may be on its page, or mended,
// and that several which stand for others make another article.
func TestTemplatesOfLongTexts(t *testing.T) {
	var sentences []string
	for i := range 40 {
		sentences = append(sentences, fmt.Sprintf("Berth %s of the outer mole was dredged for the boats of Osk and Lomm.", string(rune('a'+i%26))+string(rune('a'+i/26))))
	}
	sentences[20] += " It ends on Monday, 1 April 2031."
	first := "Updated at 14:20 by the desk.\n" + filled("March 3", "41", "9,200", "Ines Harrow", "seven") + "\n" + strings.Join(sentences, "\n") + "\n12 comments"
	for _, test := range []struct {
		name    string
		changes []string
		want    bool
	}{
		{"a number", []string{"41", "44"}, false},
		{"two numbers", []string{"41", "44", "seven", "nine"}, true},
		{"two beside each other", []string{"41", "44", "9,200", "9,310"}, false},
		{"what its page counts", []string{"14:20", "15:10", "12 comments", "15 comments"}, false},
		{"that and a number", []string{"14:20", "15:10", "seven", "nine"}, true},
		{"a date", []string{"Monday, 1 April", "Thursday, 15 April"}, false},
		{"numbers and a word", []string{"41", "44", "9,200", "9,310", "old lock", "new lock"}, false},
		{"numbers and a name", []string{"41", "44", "9,200", "9,310", "Ines Harrow", "Oda Penwick"}, true},
		{"a number and a name", []string{"41 ships", "44 ships", "Ines Harrow", "Oda Penwick"}, true},
		{"a number and the spelling of a name", []string{"seven of them", "nine of them", "Harrow", "Harrowe"}, false},
		{"a name", []string{"Ines Harrow", "Oda Penwick"}, false},
	} {
		c := Compare(articleOf(first), articleOf(strings.NewReplacer(test.changes...).Replace(first)), DefaultOptions())
		if c.Kind == "" || (c.Kind == Template) != test.want {
			t.Errorf("%s: kind %q, %+v", test.name, c.Kind, c.Difference)
		}
	}
}

// TestWholeFigures holds that a sum in which one part has changed is another sum, told whole,
// however its zeros could be laid.
func TestWholeFigures(t *testing.T) {
	grant := "The harbour fund gives $%s to the town of %s for its outer mole, said its master on Monday. The town has asked for it since " +
		"the winter storm that took away the lamp, and will begin as soon as the boats are in. " + strings.Repeat("The fund is paid by the line and by the pilots, and gives to all towns of the coast in turn. ", 3)
	for _, test := range []struct{ one, other, a, b string }{
		{"2,000,000", "3,500,000", "2,000,000", "3,500,000"},
		{"900,000", "1,900,000", "900,000", "1,900,000"},
		{"1,000,000", "1,100,000", "1,000,000", "1,100,000"},
		{"2,500,000", "500,000", "2,500,000", "500,000"},
		{"2\u00a0000\u00a0000", "3\u00a0500\u00a0000", "2\u00a0000\u00a0000", "3\u00a0500\u00a0000"},
		{"2.5", "12.75", "2.5", "12.75"},
	} {
		for _, town := range []string{"Osk", "Wexley"} {
			c := Compare(articleOf(fmt.Sprintf(grant, test.one, "Osk")), articleOf(fmt.Sprintf(grant, test.other, town)), looseOptions())
			if first := c.Difference.Changes[0]; c.Kind != Template || first.Kind != NumberChange || first.A != test.a || first.B != test.b {
				t.Errorf("%s and %s, %s: %q, %+v", test.one, test.other, town, c.Kind, first)
			}
		}
	}
}

// TestTemplatesInEitherOrder holds that neither the kind, nor the label, nor the figures of a
// pair depend on which of its articles was read first, whatever was put into one of them.
func TestTemplatesInEitherOrder(t *testing.T) {
	letter := "The text of the letter that the master wrote to the board in support of the office follows. " + strings.Repeat("It says so and much more of the pilots and of their boats. ", 12)
	long := filled("March 3", "41", "9,200", "Ines Harrow", "seven")
	other := filled("March 10", "38", "8,750", "Oda Penwick", "nine")
	texts := []string{long, other, other + "\n" + letter, letter + "\n" + other, long + "\n" + letter + "\n" + long}
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seeded.Seed(), seed))
		words := strings.Fields(texts[random.IntN(len(texts))])
		for range random.IntN(12) {
			at := random.IntN(len(words))
			words[at] = []string{"17", "Harrow", "Lomm", "said", words[random.IntN(len(words))]}[random.IntN(5)]
		}
		texts = append(texts, strings.Join(words, " "))
	}
	templates := 0
	for i, one := range texts {
		for k, two := range texts[:i] {
			there, back := Compare(articleOf(one), articleOf(two), looseOptions()), Compare(articleOf(two), articleOf(one), looseOptions())
			d, e := there.Difference, back.Difference
			if there.Kind != back.Kind || there.Label != back.Label || d.Same != e.Same || d.Inserted != e.Deleted {
				t.Fatalf("seed %d, %d and %d: %q, %q, %+v; and the other way round %q, %q, %+v", seeded.Seed(), i, k, there.Kind, there.Label, d, back.Kind, back.Label, e)
			}
			if there.Kind == Template {
				templates++
			}
		}
	}
	if templates < 100 {
		t.Errorf("%d templates: too few to test anything", templates)
	}
}

// TestTemplatesOfGreatTexts holds that a long text which has names in each of its lines costs
// time in proportion to its length.
func TestTemplatesOfGreatTexts(t *testing.T) {
	const words, apart = 400_000, 4
	a, b := wording{classes: make([]wordClass, words)}, wording{classes: make([]wordClass, words)}
	l := laid{a: &a, b: &b, words: new([2]hashset.Set)}
	for i := range words {
		word := uint64(i+1) * 0x9e3779b97f4a7c15
		a.tokens, b.tokens = append(a.tokens, word), append(b.tokens, word)
		if i%apart == 0 { // a name for another of one initial, as two spellings have
			a.classes[i], b.classes[i], b.tokens[i] = capital, capital, ^word
			l.gaps = append(l.gaps, align.Gap{A: i, EndA: i + 1, B: i, EndB: i + 1})
		}
	}
	if l.isAboutAnother(nil) { // by a search of the other text for each name, minutes later
		t.Error("it is about another")
	}
}

// TestTemplatesAreNoCopies holds that templates join no cluster, let nothing go, and
// explain the paragraphs that they share.
func TestTemplatesAreNoCopies(t *testing.T) {
	frame := func(date, ships, name string) string {
		return filled(date, ships, "9,200", name, "seven") + "\n" + strings.Repeat("Nothing else was heard from the office. ", 4)
	}
	texts := []string{frame("March 3", "41", "Ines Harrow"), frame("March 10", "38", "Oda Penwick"), frame("March 17", "44", "Ilse Maron")}
	guarded := scanOf(t, bodies(texts...), func(o *Options) { o.Threshold = 0.2 })
	if s := guarded.Summary; s.Template != 3 || s.Near+s.Contained+s.Clusters != 0 || s.DuplicateWords != 0 || s.RepeatsAcross != 0 || s.RepeatsExplained == 0 {
		t.Errorf("guarded: %+v", s)
	}
	for _, pair := range guarded.Pairs {
		if pair.Label != TemplateOf || pair.Difference == nil || !pair.Difference.Listed || len(pair.Difference.Changes) == 0 {
			t.Errorf("pair %+v", pair)
		}
	}
	merged := scanOf(t, bodies(texts...), func(o *Options) { o.Threshold, o.Templates = 0.2, MergeTemplates })
	if s := merged.Summary; s.Template != 0 || s.Near+s.Contained != 3 || s.Clusters != 1 {
		t.Errorf("merged: %+v", s)
	}
}

// looseOptions let short texts with many changes be pairs.
func looseOptions() Options {
	options := DefaultOptions()
	options.Threshold, options.Containment = 0.2, 0.3
	return options
}

// TestTemplatesAreListed holds that the changes of templates are read, however many copies
// there are.
func TestTemplatesAreListed(t *testing.T) {
	var pairs []Pair
	for range maxListed + 1 {
		pairs = append(pairs, Pair{Kind: Near, A: 0, B: 1, Difference: new(Difference)})
	}
	for range maxListed {
		pairs = append(pairs, Pair{Kind: Template, A: 2, B: 3, Difference: new(Difference)})
	}
	for _, test := range []struct{ near, templates, listed, listedTemplates int }{
		{maxListed + 1, maxListed, maxListed, templatesListed},
		{maxListed - 10, 5, maxListed - 5, 5},
		{100, maxListed, maxListed, maxListed - 100},
		{maxListed + 1, 0, maxListed, 0},
	} {
		s := &scan{firstOf: []ArticleID{0, 1, 2, 3}, result: Result{
			Pairs:    append(pairs[:test.near:test.near], pairs[maxListed+1:maxListed+1+test.templates]...),
			Clusters: []Cluster{{Representative: 0}},
		}}
		templates := 0
		chosen := s.pairsToList()
		for _, at := range chosen {
			if s.result.Pairs[at].Kind == Template {
				templates++
			}
		}
		if len(chosen) != test.listed || templates != test.listedTemplates {
			t.Errorf("%+v: %d listed, %d of them templates", test, len(chosen), templates)
		}
	}
}
