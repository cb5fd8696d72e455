package dedup

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

// changing is a corpus of which one article cannot be read again as it was, from
// some fetch on.
type changing struct {
	*memory
	victim  int64
	from    int
	failing bool // it cannot be read at all
	fetches int
}

func (c *changing) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	c.fetches++
	article, err := c.memory.Fetch(scratch, at)
	if at.Offset != c.victim || c.fetches <= c.from {
		return article, err
	}
	if c.failing {
		return corpus.Article{}, fmt.Errorf("reading \"memory\" again: %w", &corpus.ChangedError{Cause: errors.New("gone")})
	}
	article.Body = []byte("other words, and fewer")
	return article, nil
}

// family is articles with findings of every kind, none of them copies of one text.
func family(random *rand.Rand) *memory {
	var texts []string
	for range 3 {
		words := randomWords(random, 120, 5000)
		whole := strings.Join(words, " ")
		words[17], words[90] = "changed", "words"
		furniture := strings.Join(randomWords(random, 12, 5000), " ")
		texts = append(texts, whole, strings.Join(words, " "), strings.Join(words[:60], " "),
			article(strings.Join(randomWords(random, 30, 5000), " "), furniture, furniture),
			article(furniture, strings.Join(randomWords(random, 40, 5000), " ")))
	}
	return bodies(texts...)
}

// TestChangedArticles changes each article at every moment of a scan: it is
// one problem, what is found of the others stands, and nothing else is found.
func TestChangedArticles(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 40))
	m := family(random)
	byLine := func(o *Options) { o.Paragraphs, o.Workers = text.Line, 1 }
	full := scanOf(t, m, byLine)
	if len(full.Pairs) < 9 || len(full.Repeats) < 6 {
		t.Fatalf("only %d pairs and %d repeats to lose", len(full.Pairs), len(full.Repeats))
	}
	options := DefaultOptions()
	byLine(&options)
	for victim := range m.Articles {
		for from := 0; ; from++ {
			m.Seek(0)
			c := &changing{memory: m, victim: int64(victim), from: from, failing: from%2 == 0}
			result, err := Scan(t.Context(), c, options, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkLoss(t, full, result, ArticleID(victim))
			if t.Failed() {
				t.Fatalf("seed %d: article %d changed at fetch %d of %d", seeded.Seed(), victim, from, c.fetches)
			}
			if from > c.fetches {
				break
			}
		}
	}
}

func checkLoss(t *testing.T, full, result *Result, victim ArticleID) {
	t.Helper()
	if len(result.Problems) > 1 || result.Summary.Problems != len(result.Problems) || len(result.Articles) != len(full.Articles) {
		t.Fatalf("%d articles, problems %v", len(result.Articles), result.Problems)
	}
	for _, p := range result.Problems {
		if p.Kind != corpus.Changed || p.Path != "memory" || p.Line != int(victim)+1 || !strings.HasPrefix(p.Message, "the article could not be compared: ") {
			t.Errorf("problem %+v", p)
		}
	}
	// Their changes are read later, and may be lost though they are not.
	full, result = withoutDifferences(full), withoutDifferences(result)
	touchesPair := func(p Pair) bool { return p.A == victim || p.B == victim }
	wantPairs, gotPairs := slices.DeleteFunc(slices.Clone(full.Pairs), touchesPair), slices.DeleteFunc(slices.Clone(result.Pairs), touchesPair)
	if diff := cmp.Diff(wantPairs, gotPairs); diff != "" {
		t.Errorf("pairs of others (-want +got):\n%s", diff)
	}
	for _, p := range result.Pairs {
		if !slices.Contains(full.Pairs, p) {
			t.Errorf("pair %+v was not there before", p)
		}
	}
	touches := func(r Repeat) bool { return r.At.Article == victim || r.Of.Article == victim }
	want := slices.DeleteFunc(slices.Clone(full.Repeats), touches)
	for _, r := range want {
		if !slices.Contains(result.Repeats, r) {
			t.Errorf("repeat %+v is gone", r)
		}
	}
	if len(result.Problems) == 0 {
		if diff := cmp.Diff(full.Repeats, result.Repeats); diff != "" {
			t.Errorf("nothing is lost, but repeats differ (-want +got):\n%s", diff)
		}
	}
}

// withoutDifferences is the result without those of its pairs.
func withoutDifferences(result *Result) *Result {
	other := *result
	other.Pairs = slices.Clone(result.Pairs)
	for i := range other.Pairs {
		other.Pairs[i].Difference = nil
	}
	return &other
}

// TestChangedCopies changes one of four copies: the others are still copies of
// each other.
func TestChangedCopies(t *testing.T) {
	copied := article(ferry, storm)
	options := DefaultOptions()
	options.Workers = 1
	for victim := range 4 {
		m := bodies(copied, copied, copied, copied)
		result, err := Scan(t.Context(), &changing{memory: m, victim: int64(victim)}, options, nil)
		if err != nil || len(result.Problems) != 1 || result.Summary.Exact != 2 {
			t.Errorf("copy %d is changed: error %v, problems %v, %d pairs", victim, err, result.Problems, result.Summary.Exact)
		}
	}
}

// TestSpoolThatFails holds that what is no fault of an input ends the scan.
func TestSpoolThatFails(t *testing.T) {
	m := bodies(article(ferry, storm), article(ferry, storm))
	broken := errors.New("the temporary file is gone")
	_, err := Scan(t.Context(), &failing{m, broken}, DefaultOptions(), nil)
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

type failing struct {
	*memory
	err error
}

func (f *failing) Fetch(*corpus.Scratch, corpus.Locator) (corpus.Article, error) {
	return corpus.Article{}, f.err
}
