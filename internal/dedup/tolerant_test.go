package dedup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

func TestTolerantCompare(t *testing.T) {
	misread := strings.NewReplacer("harbour", "harhour", "ferries", "fer ries", "outside", "outsidc", "wind has", "windhas", "counted", "countcd")
	for _, test := range []struct {
		name       string
		body       string
		similarity float64
		kind       Kind
		label      Label
		misread    int
	}{
		{"the same", harbourStory, 1, Exact, IdenticalCopy, 0},
		{"misread", misread.Replace(harbourStory), 1, Near, MisreadCopy, 6},
		{"another word", strings.Replace(misread.Replace(harbourStory), "great", "heavy", 1), 38.0 / 48, Contained, MisreadCopy, 6},
		{"another figure", strings.Replace(harbourStory, "nine", "9", 1), 38.0 / 48, Contained, LightEdit, 0},
		{"more", misread.Replace(harbourStory) + strings.Repeat("\nThe sea fell in the night, and boats sailed from the pier to Osk and to Lomm.", 3), 43.0 / 64, Contained, CutVersion, 6},
	} {
		t.Run(test.name, func(t *testing.T) {
			options := DefaultOptions()
			options.Tolerant = true
			got := Compare(articleOf(harbourStory), articleOf(test.body), options)
			if got.Similarity != test.similarity || got.Kind != test.kind || got.Label != test.label || got.Difference.Misread != test.misread {
				t.Errorf("%v %q %q, %d misread, want %v %q %q, %d", got.Similarity, got.Kind, got.Label, got.Difference.Misread,
					test.similarity, test.kind, test.label, test.misread)
			}
			if plain := Compare(articleOf(harbourStory), articleOf(test.body), DefaultOptions()); test.misread > 0 && plain.Similarity >= got.Similarity {
				t.Errorf("%v as it stands", plain.Similarity)
			}
		})
	}
}

// TestTolerantTemplate holds that words that say a number, a day or a month are no misread others, however
// alike they are: what differs in them is content, which nobody removes.
func TestTolerantTemplate(t *testing.T) {
	const notice = "The harbour board of Port Quillon said on %s that the ferry to Osk would leave at the usual hour, and that the crew had been told " +
		"to wait for the tide. Those who hold a pass may use it in %s as well, the board added, and %s of its boats lie in the inner basin.\n"
	for _, test := range [][2][]any{
		{{"Monday", "June", "seven"}, {"Sunday", "July", "eleven"}},
		{{"Tuesday", "June", "sixty"}, {"Thursday", "June", "sixteen"}},
		{{"Monday", "March", "a million"}, {"Monday", "March", "a billion"}},
	} {
		result := scanOf(t, bodies(fmt.Sprintf(notice, test[0]...), fmt.Sprintf(notice, test[1]...)), func(o *Options) { o.Tolerant, o.Threshold = true, 0.5 })
		if len(result.Pairs) != 1 || result.Pairs[0].Kind != Template || len(result.Clusters) != 0 {
			t.Errorf("%v: pairs %+v, clusters %+v", test, result.Pairs, result.Clusters)
		}
	}
}

// TestTolerantFigures holds the figures against those of the texts with the misread words put
// right by hand, as sets of strings.
func TestTolerantFigures(t *testing.T) {
	random := seeded.Rand(t)
	options := DefaultOptions()
	options.Tolerant = true
	generator := corpusgen.New(corpusgen.Options{Seed: random.Uint64(), Articles: 30, Words: corpusgen.DefaultOptions().Words})
	mended := 0
	for article := range generator.All() {
		one, other := articleOf(article.Text), articleOf(corpusgen.OCRNoise(random, article.Text, 0.03))
		a, b := compared(one, options), compared(other, options)
		var d differ
		met := d.meet(&a.wording, &b.wording)
		wordsA, wordsB := wordsIn(article.Text), wordsIn(string(other.Body))
		right, at := []string{}, 0
		for _, span := range met.spans {
			right = append(right, wordsB[at:span.B]...)
			right = append(right, wordsA[span.A:span.EndA]...)
			at, mended = span.EndB, mended+1
		}
		right = append(right, wordsB[at:]...)
		setA, setB := shinglesIn(wordsA), shinglesIn(right)
		shared := 0
		for shingle := range setA {
			if setB[shingle] {
				shared++
			}
		}
		got := Compare(one, other, options)
		if got.Shared != shared || got.ShinglesA != len(setA) || got.ShinglesB != len(setB) {
			t.Fatalf("%d of %d and %d, want %d of %d and %d", got.Shared, got.ShinglesA, got.ShinglesB, shared, len(setA), len(setB))
		}
	}
	if mended < 100 {
		t.Errorf("only %d misread words", mended)
	}
}

func wordsIn(body string) []string {
	var doc text.Document
	doc.Parse([]byte(body), text.Auto)
	return strings.Fields(string(doc.AppendNorm(nil, 0, doc.Len())))
}

func shinglesIn(words []string) map[string]bool {
	set := make(map[string]bool)
	for i := 0; i+5 <= len(words); i++ {
		set[strings.Join(words[i:i+5], " ")] = true
	}
	return set
}

// misreadCorpus has copies that are misread to several degrees, and some that are cut.
func misreadCorpus() *memory {
	options := corpusgen.DefaultOptions()
	options.Seed, options.Articles, options.Copies = seeded.Seed(), 150, 120
	options.Operations = []corpusgen.Operation{
		{Kind: corpusgen.Misread, Amount: 0.005}, {Kind: corpusgen.Misread, Amount: 0.02}, {Kind: corpusgen.Misread, Amount: 0.04},
		{Kind: corpusgen.Shortened, Amount: 0.5}, {Kind: corpusgen.Template},
	}
	var stories []story
	for a := range corpusgen.New(options).All() {
		stories = append(stories, a)
	}
	return newMemory(stories...)
}

// TestTolerantScan holds that a tolerant scan finds what one without sampling does, for any
// number of workers, that its check sees all of it, and that a survey answers as it does.
func TestTolerantScan(t *testing.T) {
	m := misreadCorpus()
	tolerant := func(o *Options) { o.Tolerant, o.SelfCheck = true, len(m.Articles) }
	want := scanOf(t, m, func(o *Options) { tolerant(o); o.Exhaustive = true })
	plain := scanOf(t, m, nil)
	if want.Summary.Near+want.Summary.Contained < plain.Summary.Near+plain.Summary.Contained+20 {
		t.Fatalf("%d near and %d contained, as they stand %d and %d", want.Summary.Near, want.Summary.Contained, plain.Summary.Near, plain.Summary.Contained)
	}
	for _, workers := range []int{1, 3} {
		got := scanOf(t, m, func(o *Options) { tolerant(o); o.Workers = workers })
		if got.Check == nil || got.Check.Found != got.Check.Pairs || got.Check.Pairs < want.Summary.Near {
			t.Errorf("the check: %+v", got.Check)
		}
		got.Check = nil
		if diff := gocmp.Diff(want, got, ignoreHow); diff != "" {
			t.Errorf("seed %d, %d workers (-exhaustive +sampled):\n%s", seeded.Seed(), workers, diff)
		}
	}
	survey := surveyOf(t, m, nil, func(o *Options) { tolerant(o); o.SelfCheck = 0 })
	for _, threshold := range []float64{0.5, 0.8, 0.95} {
		change := func(o *Options) { tolerant(o); o.SelfCheck, o.Threshold, o.Containment = 0, threshold, threshold }
		options := DefaultOptions()
		change(&options)
		got, err := survey.At(options)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(scanOf(t, m, change), got, ignoreHow, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("at %v (-scan +survey):\n%s", threshold, diff)
		}
	}
}

// TestTolerantHostile holds that texts without a word in common in one place, and such as are
// one word, take time in proportion to their length.
func TestTolerantHostile(t *testing.T) {
	const words = 100_000
	shared := strings.Repeat("the same words stand here and there ", 10)
	texts := []string{strings.Repeat("gate ", words), strings.Repeat("gale ", words), shared, shared + strings.Repeat("gate ", words), shared + strings.Repeat("gale ", words)}
	for i := range 2 {
		var long []string
		for at := range words {
			long = append(long, fmt.Sprintf("w%c%c%c%c", 'a'+at%26, 'a'+at/26%26, 'a'+at/676%26, 'a'+byte(13*i)))
		}
		texts = append(texts, shared+strings.Join(long, " "))
	}
	result := scanOf(t, bodies(texts...), func(o *Options) { o.Tolerant = true })
	if !slices.ContainsFunc(result.Pairs, func(p Pair) bool { return p.A == 2 }) {
		t.Errorf("%+v", result.Pairs)
	}
}
