package corpusgen

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// scripts yields every script with its name.
func scripts() iter.Seq2[string, Script] {
	names := []string{Latin: "latin", Cyrillic: "cyrillic", Arabic: "arabic", Han: "han", Mixed: "mixed"}
	return func(yield func(string, Script) bool) {
		for script, name := range names {
			if !yield(name, Script(script)) {
				return
			}
		}
	}
}

// TestGolden holds the first bytes of every script: benchmarks of two revisions
// compare only while they read the same text.
func TestGolden(t *testing.T) {
	const path = "testdata/sha256.golden"
	var got strings.Builder
	for name, script := range scripts() {
		options := DefaultOptions()
		options.Script, options.Articles, options.Copies = script, 300, 50
		options.Operations = StandardOperations()
		hash := sha256.New()
		if err := WriteJSONL(hash, New(options).All()); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s %x\n", name, hash.Sum(nil))
	}
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("other text than in %s (-want +got):\n%s", path, diff)
	}
}

func TestArticleAlone(t *testing.T) {
	gen := New(DefaultOptions())
	inOrder := slices.Collect(gen.All())
	alone := make([]Article, len(inOrder))
	var group sync.WaitGroup
	for start := range 4 {
		group.Go(func() {
			for i := start; i < len(alone); i += 4 {
				alone[len(alone)-1-i] = New(DefaultOptions()).Article(len(alone) - 1 - i)
			}
		})
	}
	group.Wait()
	if diff := cmp.Diff(inOrder, alone); diff != "" {
		t.Errorf("an article depends on what was made before it (-in order +alone):\n%s", diff)
	}
}

func TestSeeds(t *testing.T) {
	one, other := DefaultOptions(), DefaultOptions()
	other.Seed++
	a, b := New(one), New(other)
	for i := range 20 {
		if got := jaccard(a.Article(i).Text, b.Article(i).Text); got > 0.01 {
			t.Errorf("article %d of seeds %d and %d: Jaccard %.3f", i, one.Seed, other.Seed, got)
		}
	}
}

func TestArticlesAreWellFormed(t *testing.T) {
	for name, script := range scripts() {
		options := DefaultOptions()
		options.Script, options.Articles, options.Words = script, 500, 60
		keys := map[string]bool{}
		for article := range New(options).All() {
			if keys[article.Key] {
				t.Errorf("%s: key %q stands twice", name, article.Key)
			}
			keys[article.Key] = true
			if !strings.HasPrefix(article.Key, article.Source+"/") {
				t.Errorf("%s: key %q is not of source %q", name, article.Key, article.Source)
			}
			if !utf8.ValidString(article.Text) || strings.TrimSpace(article.Text) != article.Text {
				t.Errorf("%s: %q is not valid, trimmed text", name, article.Text)
			}
		}
	}
}

// A profile is what doc.go says of the text.
type profile struct {
	meanWords, lengthSpread float64
	bytesPerWord            float64
	topShare, top120Share   float64
	ownWords                float64 // different words of an article, of its words
	sharedShingles          float64
}

func profileOf(gen *Generator, articles int) profile {
	var bytes, logs, squares, own float64
	var longArticles, words int
	counts, inArticles := map[string]int{}, map[string]int{}
	for index := range articles {
		text := gen.Article(index).Text
		tokens := plainWords(text)
		logLength := math.Log(float64(len(tokens)))
		bytes, words = bytes+float64(len(text)), words+len(tokens)
		logs, squares = logs+logLength, squares+logLength*logLength
		different := map[string]bool{}
		for _, token := range tokens {
			counts[token]++
			different[token] = true
		}
		if len(tokens) > 200 {
			own, longArticles = own+float64(len(different))/float64(len(tokens)), longArticles+1
		}
		for shingle := range plainShingles(text) {
			inArticles[shingle]++
		}
	}
	mean := logs / float64(articles)
	found := profile{
		meanWords:    float64(words) / float64(articles),
		lengthSpread: math.Sqrt(squares/float64(articles) - mean*mean),
		bytesPerWord: bytes / float64(words),
		ownWords:     own / float64(longArticles),
	}
	found.topShare, found.top120Share = topShares(counts, words)
	found.sharedShingles = sharedShare(inArticles)
	return found
}

func topShares(counts map[string]int, words int) (top, top120 float64) {
	var frequencies []int
	for _, count := range counts {
		frequencies = append(frequencies, -count)
	}
	slices.Sort(frequencies)
	sum := 0
	for _, count := range frequencies[:120] {
		sum -= count
	}
	return float64(-frequencies[0]) / float64(words), float64(sum) / float64(words)
}

// sharedShare is the share of all standings of shingles that are of a shingle
// of two articles or more.
func sharedShare(inArticles map[string]int) float64 {
	var standings, shared int
	for _, count := range inArticles {
		standings += count
		if count > 1 {
			shared += count
		}
	}
	return float64(shared) / float64(standings)
}

func TestProfile(t *testing.T) {
	options := DefaultOptions()
	options.Furnish = 0
	got := profileOf(New(options), 2500)
	t.Logf("%+v", got)
	within := func(what string, value, low, high float64) {
		if value < low || value > high {
			t.Errorf("%s is %.3f, want %v to %v", what, value, low, high)
		}
	}
	within("mean words", got.meanWords, 380, 425)
	within("spread of the length's logarithm", got.lengthSpread, 0.75, 0.85)
	within("bytes a word", got.bytesPerWord, 5.5, 6.5)
	within("share of the most frequent word", got.topShare, 0.02, 0.06)
	within("share of the 120 most frequent words", got.top120Share, 0.4, 0.5)
	within("different words in an article", got.ownWords, 0.5, 0.65)
	within("shingles in two articles", got.sharedShingles, 0.04, 0.08)
}

// TestIndependentArticles holds what every planted truth rests on: articles
// that are no copies have next to nothing in common.
func TestIndependentArticles(t *testing.T) {
	for name, script := range scripts() {
		options := DefaultOptions()
		options.Script, options.Furnish = script, 0
		gen := New(options)
		var sets []map[string]bool
		for index := range 120 {
			sets = append(sets, plainShingles(gen.Article(index).Text))
		}
		var common, all int
		for i, a := range sets {
			for _, b := range sets[:i] {
				common += shared(a, b)
				all += min(len(a), len(b))
			}
		}
		if share := float64(common) / float64(all); share > 0.01 {
			t.Errorf("%s: %.4f of the smaller article's shingles are in the other, want at most 0.01", name, share)
		}
	}
}

func TestFurnitureShare(t *testing.T) {
	options := DefaultOptions()
	options.Furnish = 0.25
	gen := New(options)
	furnished := 0
	for article := range gen.All() {
		var outlet int
		fmt.Sscanf(article.Source, "outlet-%d", &outlet)
		furniture := gen.Furniture(outlet)
		if strings.HasSuffix(article.Text, "\n"+furniture[len(furniture)-1]) {
			furnished++
		}
	}
	if furnished < 210 || furnished > 290 {
		t.Errorf("%d of 1000 articles carry furniture, want about 250", furnished)
	}
}

func TestDegenerateOptions(t *testing.T) {
	gen := New(Options{})
	if got := slices.Collect(gen.All()); len(got) != 0 {
		t.Errorf("no options: %d articles, want none", len(got))
	}
	if got := gen.Article(0); len(plainWords(got.Text)) < shortest {
		t.Errorf("no options: an article of %d words, want at least %d", len(plainWords(got.Text)), shortest)
	}
	if article, planted := gen.Copy(0); article.Text != gen.Article(0).Text || planted.Kind != Verbatim {
		t.Errorf("no options: %+v is not verbatim", planted)
	}
}

func TestAllStops(t *testing.T) {
	options := DefaultOptions()
	options.Articles, options.Copies = 2, 2
	for stop := 1; stop <= 4; stop++ {
		count := 0
		for range New(options).All() {
			if count++; count == stop {
				break
			}
		}
		if count != stop {
			t.Errorf("%d articles before the break, want %d", count, stop)
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	for name, script := range scripts() {
		b.Run(name, func(b *testing.B) {
			options := DefaultOptions()
			options.Script = script
			benchmarkText(b, New(options))
		})
	}
}

func benchmarkText(b *testing.B, gen *Generator) {
	const articles = 500
	var bytes int64
	for index := range articles {
		bytes += int64(len(gen.Article(index).Text))
	}
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for index := range articles {
			gen.Article(index)
		}
	}
}

func BenchmarkWriteJSONL(b *testing.B) {
	gen := New(DefaultOptions())
	var size counter
	if err := WriteJSONL(&size, gen.All()); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if err := WriteJSONL(io.Discard, gen.All()); err != nil {
			b.Fatal(err)
		}
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
