package index

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// answers are what an index answers to articles, which are not added.
func answers(t *testing.T, x *Index, articles []corpusgen.Article, options dedup.Options) ([]keyedPair, []keyedRepeat) {
	t.Helper()
	result := scanOnly(t, x, articles, options)
	return sortPairs(pairsOf(result)), sortRepeats(repeatsOf(result))
}

// TestRemoved holds that an index from which articles were removed answers as one that never had them, before it is compacted
// and after it.
func TestRemoved(t *testing.T) {
	for round := range uint64(4) {
		seed := seeded.Seed() + 100 + round
		random := rand.New(rand.NewPCG(seed, 1))
		articles := news(seed, 120, 120)
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		old, fresh := articles[:180], articles[180:]
		// Copies of a text, of which some go: the first, and some behind it.
		for i := range 20 {
			old[100+i].Text = old[i].Text
		}
		options := dedup.DefaultOptions()
		options.Explained = true
		with, _ := newIndexAt(t, options)
		for _, part := range parts(random, old, 25) {
			scanInto(t, with, part, options)
		}
		var gone []string
		left := slices.DeleteFunc(slices.Clone(old), func(a corpusgen.Article) bool {
			goes := random.IntN(3) == 0
			if goes {
				gone = append(gone, a.Key)
			}
			return goes
		})
		count, unknown, err := with.Remove(append(gone, "nobody"))
		if err != nil || count != len(gone) || !slices.Equal(unknown, []string{"nobody"}) {
			t.Fatalf("%d of %d removed, %q unknown, %v", count, len(gone), unknown, err)
		}
		without, _ := newIndexAt(t, options)
		scanInto(t, without, left, options)
		pairs, repeats := answers(t, without, fresh, options)
		if len(pairs) == 0 || len(repeats) == 0 {
			t.Fatalf("seed %d: nothing is found", seed)
		}
		check := func(when string) {
			gotPairs, gotRepeats := answers(t, with, fresh, options)
			if diff := gocmp.Diff(pairs, gotPairs) + gocmp.Diff(repeats, gotRepeats); diff != "" {
				t.Fatalf("seed %d, %s: %s", seed, when, diff)
			}
			mustBeSound(t, with)
		}
		check("removed")
		scanInto(t, with, texts("One more article, so that the segments may be joined with what is gone."), options)
		if _, _, err := with.Remove([]string{"000"}); err != nil {
			t.Fatal(err)
		}
		check("added to")
		if err := with.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
		check("compacted")
		if s := with.Stat(); s.Articles != len(left) || s.Removed != 0 || s.Segments != 1 || s.Words != without.Stat().Words || s.Bytes != without.Stat().Bytes {
			t.Errorf("after compacting: %+v, and without them: %+v", s, without.Stat())
		}
	}
}

// TestRemoveAll holds that an index may lose all it has.
func TestRemoveAll(t *testing.T) {
	x, path := newIndexAt(t, dedup.DefaultOptions())
	articles := news(3, 10, 0)
	scanInto(t, x, articles, dedup.DefaultOptions())
	var keys []string
	for _, article := range articles {
		keys = append(keys, article.Key)
	}
	if count, _, err := x.Remove(keys); err != nil || count != 10 {
		t.Fatal(count, err)
	}
	if err := x.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.Articles() != 0 || len(again.segments) != 0 {
		t.Errorf("%d articles in %d segments", again.Articles(), len(again.segments))
	}
	mustBeSwept(t, again)
}

// dated is a memory whose articles were published a day after another.
type dated struct{ corpustest.Memory }

func (d *dated) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := d.Memory.Decode(scratch, record)
	if record.Offset > 0 { // the first has no time
		article.Meta.Published = time.Date(2031, 3, int(record.Offset), 12, 0, 0, 0, time.UTC)
		article.Meta.Title, article.Meta.URL, article.Meta.Language = "A title", "https://a.example/"+article.Key, "en"
	}
	return article, ok, problems
}

// TestRemoveBefore removes by day, and looks at what is kept of the others.
func TestRemoveBefore(t *testing.T) {
	x, _ := newIndexAt(t, dedup.DefaultOptions())
	if _, err := x.Read(context.Background(), &dated{corpustest.Memory{Articles: news(3, 6, 0)}}, Options{Dedup: dedup.DefaultOptions(), Add: true}); err != nil {
		t.Fatal(err)
	}
	if err := x.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	before := keysOf(t, x)
	count, err := x.RemoveBefore(context.Background(), time.Date(2031, 3, 3, 0, 0, 0, 0, time.UTC))
	if err != nil || count != 2 {
		t.Fatal(count, err)
	}
	if got := keysOf(t, x); !slices.Equal(got, []string{before[0], before[3], before[4], before[5]}) {
		t.Errorf("left: %q of %q", got, before)
	}
	var found []corpus.Meta
	if err := x.Find(before[4], func(a *corpus.Article) error {
		found = append(found, a.Meta)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []corpus.Meta{{Title: "A title", URL: "https://a.example/" + before[4], Language: "en", Published: time.Date(2031, 3, 4, 12, 0, 0, 0, time.UTC)}}
	if diff := gocmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

// TestRemovedOfMany holds that what stands in thousands of articles is found where the first thousands of them were removed,
// that their names are told apart, and that nothing is taken for damage then.
func TestRemovedOfMany(t *testing.T) {
	const copies, gone = 1500, 1200
	options := dedup.DefaultOptions()
	var articles []corpusgen.Article
	var keys []string
	for i := range copies {
		articles = append(articles, texts("The night ferry to Osk sails again from Friday.\n\nSubscribe to the Harbour Courier.")...)
		articles[i].Key = fmt.Sprint(i)
		if i < gone {
			keys = append(keys, articles[i].Key)
		}
	}
	x, _ := newIndexAt(t, options)
	scanInto(t, x, articles, options)
	mustBeSound(t, x)
	if count, _, err := x.Remove(keys); err != nil || count != gone {
		t.Fatalf("%d removed, %v", count, err)
	}
	fresh := texts("The night ferry to Osk sails again from Friday.\n\nSubscribe to the Harbour Courier.", "Grain prices climbed in Lomm.\n\nSubscribe to the Harbour Courier.")
	check := func(when string) {
		t.Helper()
		pairs, repeats := answers(t, x, fresh, options)
		if len(pairs) != 1 || pairs[0].A != fmt.Sprint(gone) || len(repeats) != 1 || repeats[0].Of != fmt.Sprint(gone) {
			t.Errorf("%s: %v, %v", when, pairs, repeats)
		}
		mustBeSound(t, x)
	}
	check("removed")
	if err := x.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	check("compacted")
}

// TestRemovedNamesakes holds that all articles of a name go with it, however many there are, and are known while they stand.
func TestRemovedNamesakes(t *testing.T) {
	const namesakes = 1100
	var articles []corpusgen.Article
	for i := range namesakes {
		articles = append(articles, texts(fmt.Sprintf("Number %d was drawn in Wexley.", i))...)
		articles[i].Key = "draw"
	}
	options := Options{Dedup: dedup.DefaultOptions(), Add: true}
	x, _ := newIndexAt(t, options.Dedup)
	for range 2 {
		if _, err := x.Read(context.Background(), &corpustest.Memory{Articles: articles}, options); err != nil {
			t.Fatal(err)
		}
		if err := x.Keep(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if got := x.Articles(); got != namesakes {
		t.Errorf("%d articles, though they were there already", got)
	}
	if count, _, err := x.Remove([]string{"draw"}); err != nil || count != namesakes {
		t.Errorf("%d of %d removed, %v", count, namesakes, err)
	}
	mustBeSound(t, x)
}

// TestCompactInterrupted holds that a compact can be interrupted, and leaves all as it was.
func TestCompactInterrupted(t *testing.T) {
	x, err := Open(prepared(t), Write)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	before := x.Stat()
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	if err := x.Compact(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if diff := gocmp.Diff(before, x.Stat()); diff != "" {
		t.Error(diff)
	}
	mustBeSound(t, x)
}
