package dedup

import (
	"context"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// surveyOf surveys the corpus with the default options at a floor of 0.5, changed.
func surveyOf(t testing.TB, m *memory, ask func([]ArticleInfo) [][2]ArticleID, change func(*Options)) *Survey {
	t.Helper()
	options := DefaultOptions()
	options.Threshold, options.Containment, options.Workers = 0.5, 0.5, 2
	if change != nil {
		change(&options)
	}
	m.Seek(0)
	survey, err := TakeSurvey(context.Background(), m, options, nil, ask)
	if err != nil {
		t.Fatal(err)
	}
	return survey
}

// TestSurveyAnswersAsScan holds that a survey says of any thresholds from its floor on
// what a scan finds, the repeats and clusters among it.
func TestSurveyAnswersAsScan(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	m.Articles = append(m.Articles, m.Articles[:20]...) // copies of articles in clusters
	survey := surveyOf(t, m, nil, nil)
	for i, change := range []func(*Options){
		func(o *Options) { o.Threshold, o.Containment = 0.5, 0.5 },
		func(o *Options) { o.Threshold, o.Containment = 0.8, 0.8 },
		func(o *Options) { o.Threshold, o.Containment = 0.95, 0.6 },
		func(o *Options) { o.Threshold, o.Containment = 0.6, 1 },
		func(o *Options) { o.Kinds = []Kind{Exact, Near} },
		func(o *Options) { o.Kinds = []Kind{Near, Contained, Repeated} },
		func(o *Options) { o.Kinds = []Kind{Contained, Repeated} },
		func(o *Options) { o.Kinds = []Kind{Repeated} },
		func(o *Options) { o.Explained = true },
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			options := DefaultOptions()
			change(&options)
			got, err := survey.At(options)
			if err != nil {
				t.Fatal(err)
			}
			want := scanOf(t, m, change)
			if diff := gocmp.Diff(want, got, ignoreHow, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-scan +survey):\n%s", diff)
			}
			if len(want.Pairs)+len(want.Repeats) == 0 {
				t.Error("nothing was found, and nothing tested")
			}
		})
	}
}

// TestSurveyOfFewerKinds holds that a survey of some kinds says what a scan for them does, too: near pairs,
// which are not contained, are told from others by the scan's threshold and not by the floor.
func TestSurveyOfFewerKinds(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	for _, kinds := range [][]Kind{{Exact}, {Near}, {Contained}, {Exact, Contained}, {Near, Contained}, {Contained, Repeated}} {
		survey := surveyOf(t, m, nil, func(o *Options) { o.Kinds = kinds })
		for _, threshold := range []float64{0.5, 0.8, 0.95} {
			change := func(o *Options) { o.Kinds, o.Threshold = kinds, threshold }
			options := DefaultOptions()
			change(&options)
			got, err := survey.At(options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(scanOf(t, m, change), got, ignoreHow, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%v at %v (-scan +survey):\n%s", kinds, threshold, diff)
			}
		}
	}
	old := surveyOf(t, m, nil, func(o *Options) { o.Kinds = []Kind{Contained} })
	old.Result.Options.Threshold = 0.5
	options := DefaultOptions()
	options.Kinds = []Kind{Contained}
	if _, err := old.At(options); err == nil || err.Error() != "the scan did not look for pairs of a similarity from 0.5 on" {
		t.Error(err)
	}
}

// TestSurveyWithoutRepeats holds that nothing is said of the search for repeats where none are
// asked for.
func TestSurveyWithoutRepeats(t *testing.T) {
	survey := surveyOf(t, bodies("one two three", "one two three four"), nil, nil)
	survey.Result.Summary.RepeatsBounded = 3
	for _, test := range []struct {
		kinds []Kind
		want  int
	}{{AllKinds(), 3}, {[]Kind{Exact, Near}, 0}} {
		options := DefaultOptions()
		options.Kinds = test.kinds
		got, err := survey.At(options)
		if err != nil || got.Summary.RepeatsBounded != test.want {
			t.Errorf("%v: %d bounded, want %d (%v)", test.kinds, got.Summary.RepeatsBounded, test.want, err)
		}
	}
}

func TestSurveyRefuses(t *testing.T) {
	survey := surveyOf(t, bodies("one two three four five six", "one two three"), nil, func(o *Options) {
		o.Kinds = []Kind{Exact, Near}
	})
	for _, test := range []struct {
		change func(*Options)
		want   string
	}{
		{func(o *Options) { o.Threshold = 0.4 }, "threshold 0.4 is below the floor of the scan, 0.5"},
		{func(o *Options) { o.Threshold = 0 }, "threshold 0 is not in (0, 1]"},
		{func(o *Options) { o.Kinds = AllKinds() }, `the scan did not look for "contained"`},
		{func(o *Options) { o.ShingleSize = 4 }, "the scan was made with other options than its thresholds and kinds"},
	} {
		options := DefaultOptions()
		options.Kinds = []Kind{Exact, Near}
		test.change(&options)
		if _, err := survey.At(options); err == nil || err.Error() != test.want {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}

// TestMeasured holds the figures of pairs that were asked for against brute force, also
// of those that share nothing and of copies.
func TestMeasured(t *testing.T) {
	random := seeded.Rand(t)
	texts := append(randomTexts(random, 30), "", "one word", "one word")
	m := bodies(texts...)
	options := DefaultOptions()
	b := newBrute(texts, options)
	var asked [][2]ArticleID
	survey := surveyOf(t, m, func(articles []ArticleInfo) [][2]ArticleID {
		for range 300 {
			one, other := random.IntN(len(articles)), random.IntN(len(articles))
			if one != other {
				asked = append(asked, [2]ArticleID{ArticleID(one), ArticleID(other)})
			}
		}
		return asked
	}, nil)
	if len(survey.Measured) != len(asked) {
		t.Fatalf("%d pairs, asked for %d", len(survey.Measured), len(asked))
	}
	for i, got := range survey.Measured {
		one, other := int(min(asked[i][0], asked[i][1])), int(max(asked[i][0], asked[i][1]))
		want, _ := b.pair(one, other)
		if len(b.sets[one]) == 0 || len(b.sets[other]) == 0 {
			want.Similarity = 0
		}
		if int(got.A) != one || int(got.B) != other || got.Similarity != want.Similarity ||
			(got.Kind == Exact) != (texts[one] == texts[other]) {
			t.Errorf("%d and %d: %+v, want similarity %v", one, other, got, want.Similarity)
		}
	}
}
