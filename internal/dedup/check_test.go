package dedup

import (
	"math"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestSelfCheckOfAll holds a check that draws all articles against the exhaustive scan: it
// counts each pair of two texts once.
func TestSelfCheckOfAll(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	exhaustive := scanOf(t, m, func(o *Options) { o.Exhaustive = true; o.SelfCheck = 1000 })
	if exhaustive.Check != nil {
		t.Errorf("an exhaustive scan was checked: %+v", exhaustive.Check)
	}
	want := Check{Threshold: 0.8, Containment: 0.8}
	copies := exhaustive.Summary.Exact
	want.Articles = len(m.Articles) - copies
	want.Others, want.Of = want.Articles, want.Articles
	want.Pairs = exhaustive.Summary.Near + exhaustive.Summary.Contained + exhaustive.Summary.Template
	want.Found = want.Pairs
	for _, workers := range []int{1, 3} {
		got := scanOf(t, m, func(o *Options) { o.SelfCheck = len(m.Articles); o.Workers = workers })
		if diff := gocmp.Diff(&want, got.Check); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
	}
}

// TestSelfCheckSeesWhatIsMissed holds that a pair that the scan did not find counts.
func TestSelfCheckSeesWhatIsMissed(t *testing.T) {
	m := planted(seeded.Seed(), 60)
	options := DefaultOptions()
	options.SelfCheck = len(m.Articles)
	m.Seek(0)
	s := newScan(t.Context(), m, options, nil)
	if _, err := s.run(); err != nil {
		t.Fatal(err)
	}
	all := *s.result.Check
	if all.Pairs < 10 || all.Found != all.Pairs {
		t.Fatalf("%+v", all)
	}
	dropped := 0
	for i := len(s.result.Pairs) - 1; dropped < 3; i-- {
		if s.result.Pairs[i].Kind != Exact {
			s.result.Pairs = append(s.result.Pairs[:i], s.result.Pairs[i+1:]...)
			dropped++
		}
	}
	if err := s.selfCheck(); err != nil {
		t.Fatal(err)
	}
	if got := *s.result.Check; got.Pairs != all.Pairs || got.Found != all.Found-dropped {
		t.Errorf("%+v, after %d pairs of %+v were dropped", got, dropped, all)
	}
}

// TestSelfCheckIsBounded holds that an article is compared with so many words and no more,
// and that the others are drawn.
func TestSelfCheckIsBounded(t *testing.T) {
	m := planted(seeded.Seed(), 400)
	got := scanOf(t, m, func(o *Options) { o.SelfCheck = 3 })
	check := got.Check
	if check.Articles != 3 || check.Others >= check.Of || check.Others < 10 || check.Of < 500 {
		t.Errorf("%+v", check)
	}
	without := scanOf(t, m, nil)
	got.Check, got.Options.SelfCheck = nil, 0
	if diff := gocmp.Diff(without, got); diff != "" {
		t.Errorf("a check changes what is found:\n%s", diff)
	}
}

// TestSelfCheckOfLongArticles holds that what is drawn, whose shingles are held, is bounded by words
// and by the memory that is allowed, and that no number is too large to ask for.
func TestSelfCheckOfLongArticles(t *testing.T) {
	const articles, words = 12, 7 * checkTokens
	for _, test := range []struct {
		ask    int
		memory int64
		want   int
	}{
		{1, 0, 1},
		{articles, 0, 1},
		{50, 0, 7},
		{1000, 0, articles},
		{1000, LeastMemory, LeastMemory / 4 / checkBytes / words},
		{math.MaxInt, 0, articles},
	} {
		options := DefaultOptions()
		options.SelfCheck, options.MaxMemory = test.ask, test.memory
		s := newScan(t.Context(), nil, options, nil)
		for id := range articles {
			s.result.Articles = append(s.result.Articles, ArticleInfo{Words: words})
			s.firstOf = append(s.firstOf, ArticleID(id))
		}
		if drawn, _, of := s.draw(); len(drawn) != test.want || of != articles {
			t.Errorf("%d articles asked for with %d bytes: %d of %d drawn, want %d", test.ask, test.memory, len(drawn), of, test.want)
		}
	}
}
