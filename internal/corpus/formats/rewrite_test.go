package formats_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// rewrite returns what Rewrite makes of the corpus' first input.
func rewrite(t testing.TB, c *corpus.Corpus, edit func(corpus.Record) corpus.Edit) (string, corpus.Rewritten) {
	t.Helper()
	var out bytes.Buffer
	rewritten, err := c.Rewrite(context.Background(), 0, &out, edit)
	if err != nil {
		t.Fatalf("rewriting: %v", err)
	}
	return out.String(), rewritten
}

// eachWritable runs the test for every format that is written.
func eachWritable(t *testing.T, test func(t *testing.T, f fixture)) {
	each(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		c := open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, text))
		read(t, c)
		if err := c.Rewritable(0); err != nil {
			t.Skip(err)
		}
		test(t, f)
	})
}

// TestRewriteKeepsAll writes inputs again of which nothing goes: the same bytes,
// what stands between records and what is broken among them.
func TestRewriteKeepsAll(t *testing.T) {
	eachWritable(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		for name, text := range map[string]string{
			"whole": text, "a mark": "\uFEFF" + text, "line ends": strings.ReplaceAll(text, "\n", "\r\n"), "cut": text[:len(text)*2/3],
			"stray": "stray\n" + text + "\n\nmore\n", "damaged": text[:len(text)/3] + "\xff\x00\"" + text[len(text)/3:],
		} {
			for _, storage := range []string{"plain", "gzip", "zstd"} {
				c := open(t, nil, corpus.Options{Format: f.format}, write(t, t.TempDir(), "corpus"+f.suffix+storages[storage].suffix, storages[storage].store(text)))
				read(t, c)
				if c.Inputs()[0].Format == "" {
					continue
				}
				if got, _ := rewrite(t, c, func(corpus.Record) corpus.Edit { return corpus.Edit{} }); got != text {
					t.Errorf("%s, %s: %d bytes became %d", name, storage, len(text), len(got))
				}
			}
		}
	})
}

// TestRewriteDrops leaves articles out: the others are read as they were.
func TestRewriteDrops(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	eachWritable(t, func(t *testing.T, f fixture) {
		text, all := f.encode(articles())
		c := open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, text))
		places := read(t, c).articles
		for round := range 40 {
			share := []float64{0.1, 0.5, 0.9, 1}[round%4]
			gone := make(map[int64]bool)
			var want []article
			for i, a := range places {
				if gone[a.Offset] = random.Float64() < share; !gone[a.Offset] {
					want = append(want, all[i])
				}
			}
			left, rewritten := rewrite(t, c, func(r corpus.Record) corpus.Edit { return corpus.Edit{Drop: gone[r.Offset]} })
			if f.single && len(want) == 0 {
				if !rewritten.Gone {
					t.Errorf("seed %d: the file is not gone", seeded.Seed())
				}
				continue
			}
			options := f.options()
			options.Format = f.format
			r := read(t, open(t, nil, options, write(t, t.TempDir(), "corpus"+f.suffix, left)))
			if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" || r.problems != nil || rewritten.Records != len(want) {
				t.Fatalf("seed %d: %d records, problems %v, articles (-want +got):\n%s", seeded.Seed(), rewritten.Records, r.problems, diff)
			}
		}
	})
}

// TestRewriteCuts cuts lines out of articles: the others, and the other lines, are
// as they were.
func TestRewriteCuts(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	eachWritable(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		c := open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, text))
		before := read(t, c)
		if !c.Cuts(0) {
			t.Skip("nothing is cut from this format")
		}
		for range 40 {
			cuts := make(map[int64][]corpus.Span)
			var want []article
			for _, a := range before.articles {
				body, spans := randomCuts(random, string(a.Body))
				cuts[a.Offset] = spans
				want = append(want, article{a.Key, body})
			}
			left, rewritten := rewrite(t, c, func(r corpus.Record) corpus.Edit { return corpus.Edit{Cut: cuts[r.Offset]} })
			if len(rewritten.Uncut) > 0 {
				t.Fatalf("seed %d: uncut: %v", seeded.Seed(), rewritten.Uncut)
			}
			options := f.options()
			options.Format = f.format
			r := read(t, open(t, nil, options, write(t, t.TempDir(), "corpus"+f.suffix, left)))
			if f.single && left == "" {
				want = nil
			}
			if diff := cmp.Diff(want, r.plain()); diff != "" || r.problems != nil {
				t.Fatalf("seed %d: problems %v, articles (-want +got):\n%s", seeded.Seed(), r.problems, diff)
			}
		}
	})
}

// randomCuts chooses lines of a body that have a word, and returns what is left.
func randomCuts(random *rand.Rand, body string) (left string, spans []corpus.Span) {
	lines := strings.SplitAfter(body, "\n")
	at := 0
	var kept []string
	for i, line := range lines {
		word := strings.TrimSpace(line)
		if word == "" || random.IntN(3) > 0 {
			kept = append(kept, line)
		} else {
			start := at + strings.Index(line, word)
			spans = append(spans, corpus.Span{Start: start, End: start + len(word)})
			if i == len(lines)-1 && len(kept) > 0 { // without a line end of its own
				kept[len(kept)-1] = strings.TrimSuffix(kept[len(kept)-1], "\n")
			}
		}
		at += len(line)
	}
	return strings.Join(kept, ""), spans
}

// TestUncut holds that a span which shares a line with other text stays.
func TestUncut(t *testing.T) {
	c := open(t, nil, corpus.Options{}, write(t, t.TempDir(), "a.jsonl", `{"id":"a","text":"one two\nthree"}`+"\n"))
	read(t, c)
	text, rewritten := rewrite(t, c, func(corpus.Record) corpus.Edit {
		return corpus.Edit{Cut: []corpus.Span{{Start: 0, End: 3}, {Start: 8, End: 13}, {Start: 50, End: 60}}}
	})
	var reasons []string
	for _, u := range rewritten.Uncut {
		reasons = append(reasons, fmt.Sprintf("%d %v %v", u.Offset, u.Span, u.Reason))
	}
	want := []string{"0 {0 3} the paragraph shares a line with other text", "0 {50 60} the article has no bytes 50 to 60"}
	if diff := cmp.Diff(want, reasons); diff != "" || text != `{"id":"a","text":"one two"}`+"\n" {
		t.Errorf("%s (-want +got):\n%s", text, diff)
	}
}

// TestRewriteOfWhatHasChanged refuses a file that is not what it was.
func TestRewriteOfWhatHasChanged(t *testing.T) {
	path := write(t, t.TempDir(), "a.txt", aBundle)
	c := open(t, nil, corpus.Options{}, path)
	read(t, c)
	write(t, "/", path, aBundle+"more\n")
	if _, err := c.Rewrite(t.Context(), 0, io.Discard, func(corpus.Record) corpus.Edit { return corpus.Edit{} }); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("error %v", err)
	}
}
