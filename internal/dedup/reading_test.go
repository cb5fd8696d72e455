package dedup

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// watched is a corpus that counts what is read again.
type watched struct {
	*memory
	fetches atomic.Int64
	onFetch func(nth int64) // nil for nothing
}

func (w *watched) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	nth := w.fetches.Add(1)
	if w.onFetch != nil {
		w.onFetch(nth)
	}
	return w.memory.Fetch(scratch, at)
}

// letters is a family of texts that are alike but for two words.
func letters(random *rand.Rand, variants, length int) []string {
	letter := randomWords(random, length, 100000)
	texts := make([]string, variants)
	for i := range texts {
		letter[length/3], letter[length/2] = fmt.Sprint("name", i), fmt.Sprint("place", i%97)
		texts[i] = strings.Join(letter, " ")
	}
	return texts
}

// TestCancelStopsReading cancels when the articles are being read again, and
// counts how many more are: those that a worker holds or that wait for one.
func TestCancelStopsReading(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 12))
	family := letters(random, 1000, 150)
	for _, test := range []struct {
		name   string
		texts  []string
		change func(*Options)
	}{
		{"copies", slices.Repeat(family[:1], 1000), func(o *Options) { o.Kinds = []Kind{Exact} }},
		{"candidates", family, func(o *Options) { o.Kinds = []Kind{Near} }},
		{"all articles", family, func(o *Options) { o.Kinds, o.Exhaustive = []Kind{Near}, true }},
		{"paragraphs", family, func(o *Options) { o.Kinds = []Kind{Repeated} }},
	} {
		const at = 300
		ctx, cancel := context.WithCancel(t.Context())
		w := &watched{memory: bodies(test.texts...), onFetch: func(nth int64) {
			if nth == at {
				cancel()
			}
		}}
		options := DefaultOptions()
		options.Workers = 2
		test.change(&options)
		_, err := Scan(ctx, w, options, nil)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want %v", test.name, err, context.Canceled)
		}
		if after := w.fetches.Load() - at; after > 8 {
			t.Errorf("%s: %d articles are read after the end", test.name, after)
		}
	}
}

// stopping is a context that ends the few calls after it is armed.
type stopping struct {
	context.Context
	armed func() bool
	calls int // while armed
}

func (s *stopping) Err() error {
	if !s.armed() {
		return nil
	}
	if s.calls++; s.calls < 100 {
		return nil
	}
	return context.Canceled
}

// TestCancelStopsComparing ends an exhaustive scan between the hundredth
// article and the next, long after all have been read.
func TestCancelStopsComparing(t *testing.T) {
	texts := letters(rand.New(rand.NewPCG(seeded.Seed(), 13)), 500, 100)
	for _, kind := range []Kind{Near, Repeated} {
		w := &watched{memory: bodies(texts...)}
		ctx := &stopping{Context: t.Context()}
		options := DefaultOptions()
		options.Kinds, options.Exhaustive = []Kind{kind}, true
		reading := true
		w.onFetch = func(nth int64) { reading = nth < int64(len(texts)) }
		ctx.armed = func() bool { return !reading }
		_, err := Scan(ctx, w, options, nil)
		if !errors.Is(err, context.Canceled) || ctx.calls != 100 {
			t.Errorf("%s: error %v after %d calls, want %v after 100", kind, err, ctx.calls, context.Canceled)
		}
	}
}

// scanInBlocks scans with blocks of that many tokens.
func scanInBlocks(t *testing.T, m *memory, tokens int) (result *Result, fetches int) {
	t.Helper()
	m.Seek(0)
	w := &watched{memory: m}
	options := DefaultOptions()
	options.Workers = 2
	s := newScan(context.Background(), w, options, nil)
	s.blockTokens = tokens
	result, err := s.run()
	if err != nil {
		t.Fatal(err)
	}
	return result, int(w.fetches.Load())
}

// TestBlocksDoNotMatter holds the result to that of one block, for blocks of
// any size, down to one article each.
func TestBlocksDoNotMatter(t *testing.T) {
	m := planted(seeded.Seed(), 200) // so many that in small blocks some are read again
	want, once := scanInBlocks(t, m, blockTokens)
	for _, tokens := range []int{1, 500, 3000} {
		got, fetches := scanInBlocks(t, m, tokens)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("blocks of %d tokens (-one +several):\n%s", tokens, diff)
		}
		if fetches <= once {
			t.Errorf("blocks of %d tokens: %d articles are read again, no more than the %d of one block", tokens, fetches, once)
		}
	}
}

// TestReadingOfALargeFamily holds that articles that are alike are read again
// once for each block that they have a partner in, not once for each partner.
func TestReadingOfALargeFamily(t *testing.T) {
	variants := 2000
	if testing.Short() {
		variants = 300
	}
	m := bodies(letters(rand.New(rand.NewPCG(seeded.Seed(), 14)), variants, 150)...)
	whole, once := scanInBlocks(t, m, blockTokens)
	const inBlock = 200
	parted, fetches := scanInBlocks(t, m, inBlock*(150+partTokens))
	if len(parted.Pairs) != len(whole.Pairs) || len(whole.Pairs) < 50*variants {
		t.Fatalf("%d pairs, and %d in one block", len(parted.Pairs), len(whole.Pairs))
	}
	if once > 3*variants {
		t.Errorf("in one block %d articles are read %d times", variants, once)
	}
	// Once for each block at most, once for the copies and the openings, and, of few pairs,
	// for the changes.
	if blocks := variants/inBlock + 1; fetches > (blocks+2)*variants {
		t.Errorf("in blocks of %d, %d articles are read %d times", inBlock, variants, fetches)
	}
	t.Logf("%d articles with %d pairs: %d readings in one block, %d in blocks of %d", variants, len(whole.Pairs), once, fetches, inBlock)
}

// TestHeldIsNotReadAgain holds that in one block each article in a pair is read
// once for the comparison and once for the changes, whether it is the first of its
// pairs, the second or both.
func TestHeldIsNotReadAgain(t *testing.T) {
	const variants = 100
	texts := append(letters(rand.New(rand.NewPCG(seeded.Seed(), 15)), variants, 150), "one more, of other words")
	w := &watched{memory: bodies(texts...)}
	options := DefaultOptions()
	options.Kinds = []Kind{Near}
	result, err := Scan(t.Context(), w, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	if fetches := w.fetches.Load(); fetches != 2*variants || len(result.Pairs) < 10*variants {
		t.Errorf("%d articles with %d pairs are read %d times", variants, len(result.Pairs), fetches)
	}
}

// TestCopiesAreNotHeld holds that the text of copies is let go once they are compared.
func TestCopiesAreNotHeld(t *testing.T) {
	s := newScan(t.Context(), bodies("one text of words", "one text of words", "One text of words!"), DefaultOptions(), nil)
	if err := s.read(); err != nil {
		t.Fatal(err)
	}
	entries := []uint32{0, 1, 2}
	parts, err := s.partByText(s.analysts()[0], entries)
	if err != nil {
		t.Fatal(err)
	}
	want := []*sameText{{ids: []ArticleID{0, 1, 2}, shingles: 1, lead: "one text of words"}}
	if diff := cmp.Diff(want, parts, cmp.AllowUnexported(sameText{})); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
}

// unkept is a corpus whose last article cannot be kept, when all have been asked for:
// the end is told behind the last of them, and to who asks for more.
type unkept struct {
	*memory
	ends int
}

func (u *unkept) Next(ctx context.Context) (corpus.Record, error) {
	if u.ends == 2 {
		return corpus.Record{}, errSpill
	}
	record, err := u.memory.Next(ctx)
	if err != nil {
		u.ends++
	}
	return record, err
}

// TestLastArticleIsNotKept holds that a scan which would never read it again ends
// with an error too: whether it is, must not depend on which worker is faster.
func TestLastArticleIsNotKept(t *testing.T) {
	if _, err := Scan(t.Context(), &unkept{memory: bodies("one", "two")}, DefaultOptions(), nil); !errors.Is(err, errSpill) {
		t.Errorf("error %v", err)
	}
}
