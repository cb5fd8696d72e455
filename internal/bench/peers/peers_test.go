// Package peers measures newsdedup beside other libraries in Go, and the recall
// and precision of each: pairs of a Jaccard similarity of 0.8 and above, of
// the same generated news, by 5-word shingles. Run it by "make bench-peers". It
// is a module of its own, so that newsdedup requires none of the libraries.
//
// In their favour, the libraries are handed sets of hashed shingles, where
// newsdedup is timed from the file to the report; what the plain way to make such
// sets costs is a row of its own. All run on one core. The truth is found
// by comparing every two articles that share a shingle, in code that shares
// nothing with newsdedup, and is timed as a contender too.
//
// The libraries: ekzhu/minhash-lsh (MinHash and banding; candidates, unverified)
// and mfonda/simhash (fingerprints; to find those that are near is left to the
// user). ×newsdedup is the median over the rounds of the time, as a multiple of
// what newsdedup took just before, in the same round.
package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsdedup/newsdedup/internal/cli"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

var articles = flag.Int("articles", 10000, "articles of the corpus")

// A corpus is the same articles as a file and as sets.
type corpus struct {
	path  string
	bytes int64 // of the file
	ids   map[string]int
	texts []string
	sets  []set
}

// TestExactPairs tries every small combination of sets against the definition.
func TestExactPairs(t *testing.T) {
	const universe = 6 // shingles
	var sets []set
	for members := range 1 << universe {
		var s set
		for shingle := range uint64(universe) {
			if members>>shingle&1 == 1 {
				s = append(s, shingle)
			}
		}
		sets = append(sets, s)
	}
	want := make(map[pair]bool)
	for b := range sets {
		for a := range b {
			if 10*bits.OnesCount(uint(a&b)) >= 8*bits.OnesCount(uint(a|b)) {
				want[pair{a, b}] = true
			}
		}
	}
	got := exactPairs(sets)
	if recall, precision := judge(got, want); recall != 1 || precision != 1 {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestSetOf(t *testing.T) {
	for text, want := range map[string]int{
		"":                        0,
		"One, two.":               1,
		"one two three four five": 1,
		"It’s 'two' O'Neil 3 4 5": 2,
		"a a a a a a a a b":       2,
	} {
		if got := len(setOf(text)); got != want {
			t.Errorf("%q has %d shingles, want %d", text, got, want)
		}
	}
}

func BenchmarkPeers(b *testing.B) {
	news := newCorpus(b)
	truth := exactPairs(news.sets)
	ours := func() map[pair]bool { return news.scan(b) }
	for _, contender := range []struct {
		name  string
		pairs func() map[pair]bool
	}{
		{"newsdedup", ours},
		{"newsdedup-exhaustive", func() map[pair]bool { return news.scan(b, "--exhaustive") }},
		{"sets-of-shingles", func() map[pair]bool { news.makeSets(); return nil }},
		{"inverted-index", func() map[pair]bool { return exactPairs(news.sets) }},
		{"minhash-lsh", func() map[pair]bool { return minhashPairs(news.sets) }},
		{"simhash", func() map[pair]bool { return simhashPairs(news.sets) }},
	} {
		b.Run(contender.name, func(b *testing.B) {
			b.SetBytes(news.bytes)
			var times []float64 // as long as newsdedup, by round
			var found map[pair]bool
			for b.Loop() {
				b.StopTimer()
				oursTook, _ := timed(ours)
				b.StartTimer()
				var took time.Duration
				took, found = timed(contender.pairs)
				times = append(times, took.Seconds()/oursTook.Seconds())
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "×newsdedup")
			if found != nil {
				recall, precision := judge(found, truth)
				b.ReportMetric(recall, "recall")
				b.ReportMetric(precision, "precision")
				b.ReportMetric(float64(len(found)), "pairs")
			}
		})
	}
}

func timed(pairs func() map[pair]bool) (time.Duration, map[pair]bool) {
	begun := time.Now()
	found := pairs()
	return time.Since(begun), found
}

// newCorpus writes news, one in ten articles with a planted copy. No article
// has two copies: newsdedup pairs copies of one text with the first alone.
func newCorpus(b *testing.B) corpus {
	options := corpusgen.DefaultOptions()
	options.Copies = *articles / 11
	options.Articles = *articles - options.Copies
	options.Operations = corpusgen.StandardOperations()
	c := corpus{path: filepath.Join(b.TempDir(), "news.jsonl"), ids: make(map[string]int)}
	gen := corpusgen.New(options)
	var file bytes.Buffer
	if err := corpusgen.WriteJSONL(&file, gen.All()); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(c.path, file.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	for article := range gen.All() {
		c.ids[article.Key] = len(c.texts)
		c.texts = append(c.texts, article.Text)
	}
	c.bytes = int64(file.Len())
	c.sets = c.makeSets()
	return c
}

func (c corpus) makeSets() []set {
	sets := make([]set, len(c.texts))
	for i, text := range c.texts {
		sets[i] = setOf(text)
	}
	return sets
}

// scan runs the program from its arguments to its report, and reads that.
func (c corpus) scan(b *testing.B, flags ...string) map[pair]bool {
	args := append([]string{"scan", c.path, "--kinds", "exact,near", "--workers", "1", "--format", "jsonl"}, flags...)
	var report bytes.Buffer
	if status := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &report, Err: os.Stderr}); status != 0 {
		b.Fatalf("newsdedup ended with status %d", status)
	}
	found := make(map[pair]bool)
	for decoder := json.NewDecoder(&report); ; {
		var line struct {
			Type string
			A, B struct{ Key string }
		}
		err := decoder.Decode(&line)
		switch {
		case errors.Is(err, io.EOF):
			return found
		case err != nil:
			b.Fatal(err)
		case line.Type == "pair":
			found[pair{c.ids[line.A.Key], c.ids[line.B.Key]}] = true
		}
	}
}
