package dedup

import (
	"context"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// story is an article of a corpus in memory.
type story struct{ key, source, body string }

// memory is a Corpus without files.
type memory struct {
	stories []story
	next    int
	spill   spillInMemory
}

// spillInMemory is a Spill.
type spillInMemory struct{ bytes []byte }

func (s *spillInMemory) Write(p []byte) (int, error) {
	s.bytes = append(s.bytes, p...)
	return len(p), nil
}

func (s *spillInMemory) ReadAt(p []byte, offset int64) (int, error) {
	return copy(p, s.bytes[offset:]), nil
}

func newMemory(stories ...story) *memory {
	return &memory{stories: stories}
}

// bodies makes a corpus of articles named by their positions.
func bodies(texts ...string) *memory {
	var stories []story
	for i, body := range texts {
		stories = append(stories, story{key: fmt.Sprintf("%03d", i), body: body})
	}
	return newMemory(stories...)
}

func (m *memory) Next(ctx context.Context) (corpus.Record, error) {
	if m.next == len(m.stories) {
		return corpus.Record{}, io.EOF
	}
	m.next++
	return corpus.Record{Offset: int64(m.next - 1), Line: m.next, Data: []byte(m.stories[m.next-1].body)}, ctx.Err()
}

func (m *memory) Decode(_ *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	s := m.stories[record.Offset]
	return corpus.Article{
		Locator: record.Locator(),
		Key:     s.key, Source: s.source, Path: "memory", Line: record.Line,
		Body: record.Data, BodyLine: 1, Verbatim: true,
	}, true, nil
}

func (m *memory) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, _, _ := m.Decode(scratch, corpus.Record{Offset: at.Offset, Line: at.Line, Data: []byte(m.stories[at.Offset].body)})
	return article, nil
}

func (m *memory) Admit(*corpus.Article) []corpus.Problem { return nil }
func (m *memory) Progress() (read, total int64)          { return 0, 0 }
func (m *memory) Spill() corpus.Spill                    { return &m.spill }
func (m *memory) Problems() []corpus.Problem             { return nil }
func (m *memory) UnlistedProblems() int                  { return 0 }

// scanOf scans the corpus with the default options, changed.
func scanOf(t testing.TB, m *memory, change func(*Options)) *Result {
	t.Helper()
	options := DefaultOptions()
	if change != nil {
		change(&options)
	}
	m.next = 0
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
