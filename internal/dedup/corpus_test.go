package dedup

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// story is an article of a corpus in memory.
type story = corpusgen.Article

func storyOf(key, source, body string) story { return story{Key: key, Source: source, Text: body} }

// memory is a Corpus without files.
type memory struct{ corpustest.Memory }

func newMemory(stories ...story) *memory {
	return &memory{corpustest.Memory{Articles: stories}}
}

// bodies makes a corpus of articles named by their positions.
func bodies(texts ...string) *memory {
	var stories []story
	for i, body := range texts {
		stories = append(stories, story{Key: fmt.Sprintf("%03d", i), Text: body})
	}
	return newMemory(stories...)
}

// scanOf scans the corpus with the default options, changed.
func scanOf(t testing.TB, m *memory, change func(*Options)) *Result {
	t.Helper()
	options := DefaultOptions()
	if change != nil {
		change(&options)
	}
	m.Seek(0)
	result, err := Scan(context.Background(), m, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// keyed is a pair by the names of its articles, so that it can be compared
// across orders of the corpus.
type keyed struct {
	Kind       Kind
	A, B       string // A < B
	Similarity float64
	AInB, BInA float64
}

func keyedPairs(r *Result) []keyed {
	var pairs []keyed
	for _, p := range r.Pairs {
		k := keyed{p.Kind, r.Articles[p.A].Key, r.Articles[p.B].Key, p.Similarity, p.AInB, p.BInA}
		if k.A > k.B {
			k.A, k.B, k.AInB, k.BInA = k.B, k.A, k.BInA, k.AInB
		}
		pairs = append(pairs, k)
	}
	slices.SortFunc(pairs, func(p, q keyed) int { return cmpStrings(p.A, q.A, p.B, q.B) })
	return pairs
}

func cmpStrings(a, b, c, d string) int {
	switch {
	case a < b || a == b && c < d:
		return -1
	case a == b && c == d:
		return 0
	}
	return 1
}
