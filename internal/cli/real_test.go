package cli

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// realData is where corpora of other people's text stand, beside the checkout.
// None of it is part of the project: without it these tests are skipped.
const realData = "../../../shared"

func needReal(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(realData, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no real corpora beside the checkout: %v", err)
	}
	return path
}

func scanReal(t *testing.T, change func(*dedup.Options), paths ...string) *dedup.Result {
	t.Helper()
	source, err := formats.Open(paths, nil, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	options := dedup.DefaultOptions()
	options.Workers = runtime.GOMAXPROCS(0)
	change(&options)
	result, err := dedup.Scan(context.Background(), source, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestSeeds holds what the first five articles of the project must show, in
// both forms of the bundle.
func TestSeeds(t *testing.T) {
	for _, name := range []string{"seeds/bundle.txt", "seeds/bundle-block.txt"} {
		result := scanReal(t, func(*dedup.Options) {}, needReal(t, name))
		if len(result.Articles) != 5 || len(result.Pairs) != 0 || result.Summary.Problems != 0 {
			t.Errorf("%s: %d articles, %d pairs, %d problems", name, len(result.Articles), len(result.Pairs), result.Summary.Problems)
		}
		var repeats []string
		for _, r := range result.Repeats {
			repeats = append(repeats, fmt.Sprintf("%d:%d %s %d:%d", r.At.Article, r.At.Paragraph, r.Class, r.Of.Article, r.Of.Paragraph))
		}
		want := []string{"2:6 within 2:2", "2:7 within 2:3", "2:8 within 2:4", "2:9 within 2:5"}
		if !slices.Equal(repeats, want) {
			t.Errorf("%s: repeats %q, want %q", name, repeats, want)
		}
	}
}

// A pairKey is two keys in order.
type pairKey struct{ a, b string }

func ordered(a, b string) pairKey { return pairKey{min(a, b), max(a, b)} }

// figures are what is known of a pair.
type figures struct {
	kind       dedup.Kind
	similarity float64
}

func figuresOf(result *dedup.Result) map[pairKey]figures {
	pairs := make(map[pairKey]figures)
	for _, pair := range result.Pairs {
		pairs[ordered(result.Articles[pair.A].Key, result.Articles[pair.B].Key)] = figures{pair.Kind, pair.Similarity}
	}
	return pairs
}

// TestRealCorpora holds, on newswire, broadcast news, web news, and news in Japanese,
// Chinese, Arabic, Amharic, Yoruba and Hausa, that the sampled search finds the pairs of the exhaustive one, and
// that these are the pairs of an independent program.
func TestRealCorpora(t *testing.T) {
	for _, test := range []struct {
		name  string
		slack float64 // how far a similarity may lie from the reference's
	}{
		// Here some copies have a quotation mark where others have an
		// apostrophe (country"s, country's): one word or two to us, two to the reference.
		{"reuters21578", 0.15},
		{"bbc_cross", 0.05}, {"fnc1", 0.05}, {"ant_arabic", 0.01}, {"livedoor_ja", 0.01},
		{"chinese_stories", 0.01}, {"masakhane_amh", 0.01}, {"masakhane_yor", 0.01}, {"masakhane_hau", 0.01},
	} {
		t.Run(test.name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("minutes with the race detector")
			}
			folder := needReal(t, "data/"+test.name)
			for _, threshold := range []float64{0.8, 0.5} {
				at := func(o *dedup.Options) {
					o.Threshold = threshold
					o.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained}
				}
				sampled := scanReal(t, at, folder+"/docs.jsonl.zst")
				exhaustive := scanReal(t, func(o *dedup.Options) { at(o); o.Exhaustive = true }, folder+"/docs.jsonl.zst")
				found, all := figuresOf(sampled), figuresOf(exhaustive)
				if missed := len(all) - len(found); missed*1000 > len(all) {
					t.Errorf("at %v: %d of %d pairs missed", threshold, missed, len(all))
				}
				for pair, figures := range found {
					if all[pair] != figures {
						t.Errorf("at %v: pair %v is %v, exhaustively %v", threshold, pair, figures, all[pair])
					}
				}
				if threshold == 0.5 {
					compareWithReference(t, folder+"/jaccard50.tsv", test.slack, exhaustive)
				}
			}
		})
	}
}

// TestRealScripts holds that articles in different scripts and languages do not
// meet in one run: its pairs are those of each corpus alone.
func TestRealScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute with the race detector")
	}
	corpora := []string{"livedoor_ja", "chinese_stories", "ant_arabic", "masakhane_amh", "masakhane_yor", "masakhane_hau", "fnc1", "fakebr_pt"}
	var paths []string
	want := make(map[pairKey]figures)
	at := func(o *dedup.Options) {
		o.Threshold = 0.5
		o.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained}
	}
	for _, name := range corpora {
		path := needReal(t, "data/"+name+"/docs.jsonl.zst")
		paths = append(paths, path)
		alone := scanReal(t, at, path)
		maps.Copy(want, placedFigures(alone))
		if empty := alone.Summary.Empty; empty*100 > len(alone.Articles) {
			t.Errorf("%s: %d of %d articles have no word", name, empty, len(alone.Articles))
		}
	}
	together := scanReal(t, at, paths...)
	if diff := cmp.Diff(want, placedFigures(together), cmp.AllowUnexported(figures{})); diff != "" {
		t.Errorf("pairs (-of each alone +of all together):\n%s", diff)
	}
}

// placedFigures is figuresOf for articles of several corpora, which may bear the
// same names.
func placedFigures(result *dedup.Result) map[pairKey]figures {
	place := func(id dedup.ArticleID) string {
		return fmt.Sprintf("%s:%d", result.Articles[id].Path, result.Articles[id].Line)
	}
	pairs := make(map[pairKey]figures)
	for _, pair := range result.Pairs {
		pairs[ordered(place(pair.A), place(pair.B))] = figures{pair.Kind, pair.Similarity}
	}
	return pairs
}

// compareWithReference compares the pairs at 0.5 with those of a plain program.
// Where one side has no figure, the pair fell below 0.5 there. The reference's
// tokens are lower-cased runs of letters, digits and marks: it keeps no
// apostrophe inside a word, folds nothing by NFKC, drops no characters and has
// ー and 〆 in words.
func compareWithReference(t *testing.T, path string, slack float64, result *dedup.Result) {
	t.Helper()
	reference, ours := readReference(t, path), expandCopies(result)
	all := maps.Clone(reference)
	maps.Copy(all, ours)
	onlyTheirs, onlyOurs, moved := 0, 0, 0
	for pair := range all {
		theirs, inTheirs := reference[pair]
		own, inOurs := ours[pair]
		switch {
		case !inOurs:
			onlyTheirs++
			own = 0.5
		case !inTheirs:
			onlyOurs++
			theirs = 0.5
		case math.Abs(theirs-own) > 0.01:
			moved++
		}
		if math.Abs(theirs-own) > slack {
			t.Errorf("%s and %s: %.4f by the reference, %.4f here", pair.a, pair.b, theirs, own)
		}
	}
	t.Logf("of %d pairs of the reference %d are below 0.5 here, %d above it are not in the reference, %d moved by more than 0.01",
		len(reference), onlyTheirs, onlyOurs, moved)
}

// expandCopies returns the pairs of similarity ≥ 0.5 among all articles: a pair
// of two texts is one of all their copies.
func expandCopies(result *dedup.Result) map[pairKey]float64 {
	copies := make(map[dedup.ArticleID][]dedup.ArticleID)
	for _, pair := range result.Pairs {
		if pair.Kind == dedup.Exact {
			copies[pair.A] = append(copies[pair.A], pair.B)
		}
	}
	all := func(id dedup.ArticleID) []dedup.ArticleID { return append([]dedup.ArticleID{id}, copies[id]...) }
	pairs := make(map[pairKey]float64)
	join := func(a, b dedup.ArticleID, similarity float64) {
		if a != b {
			pairs[ordered(result.Articles[a].Key, result.Articles[b].Key)] = similarity
		}
	}
	for _, pair := range result.Pairs {
		left, right := all(pair.A), all(pair.B)
		if pair.Kind == dedup.Exact {
			right = left
		}
		for _, a := range left {
			for _, b := range right {
				if pair.Kind != dedup.Contained {
					join(a, b, pair.Similarity)
				}
			}
		}
	}
	return pairs
}

func readReference(t *testing.T, path string) map[pairKey]float64 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	pairs := make(map[pairKey]float64)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		similarity, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		pairs[ordered(fields[0], fields[1])] = similarity
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return pairs
}
