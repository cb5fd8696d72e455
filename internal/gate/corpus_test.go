package gate

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// story is an article of a corpus in memory.
type story struct{ key, source, body string }

// memory is the stories as a corpus.
func memory(stories []story) *corpustest.Memory {
	m := &corpustest.Memory{Folder: "folder"}
	for _, s := range stories {
		m.Articles = append(m.Articles, corpusgen.Article{Key: s.key, Source: s.source, Text: s.body})
	}
	return m
}

// scan finds what repeats what in the stories.
func scan(t testing.TB, stories ...story) *dedup.Result {
	t.Helper()
	return scanWith(t, dedup.DefaultOptions(), memory(stories))
}

func scanWith(t testing.TB, options dedup.Options, source dedup.Corpus) *dedup.Result {
	t.Helper()
	result, err := dedup.Scan(context.Background(), source, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// known returns a baseline of all findings of the result.
func known(result *dedup.Result) *Baseline {
	rules := new(Rules)
	return rules.Review(result, 0).Renewed()
}

// reviewed holds a result to a baseline.
func reviewed(baseline *Baseline, result *dedup.Result) *Review {
	rules := &Rules{Baseline: baseline}
	return rules.Review(result, 0)
}

// words are so many words that no other call of the same source returns in this order.
func words(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		for _, digit := range strconv.Itoa(random.IntN(5000)) {
			b.WriteRune(digit - '0' + 'k') // figures make templates
		}
		b.WriteByte(' ')
	}
	return b.String()
}
