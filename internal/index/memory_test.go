package index

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// memory is a dedup.Corpus without files.
type memory struct {
	articles []corpusgen.Article
	next     int
	spill    spillInMemory
}

type spillInMemory struct{ bytes []byte }

func (s *spillInMemory) Write(p []byte) (int, error) {
	s.bytes = append(s.bytes, p...)
	return len(p), nil
}

func (s *spillInMemory) ReadAt(p []byte, offset int64) (int, error) {
	return copy(p, s.bytes[offset:]), nil
}

func (m *memory) Next(ctx context.Context) (corpus.Record, error) {
	if m.next == len(m.articles) {
		return corpus.Record{}, io.EOF
	}
	m.next++
	return corpus.Record{Offset: int64(m.next - 1), Line: m.next, Data: []byte(m.articles[m.next-1].Text)}, ctx.Err()
}

func (m *memory) Decode(_ *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	a := m.articles[record.Offset]
	return corpus.Article{
		Locator: record.Locator(), Key: a.Key, Source: a.Source, Path: "memory", Line: record.Line, Offset: record.Offset,
		Body: record.Data, BodyLine: 1, Verbatim: true,
	}, true, nil
}

func (m *memory) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, _, _ := m.Decode(scratch, corpus.Record{Offset: at.Offset, Line: at.Line, Data: []byte(m.articles[at.Offset].Text)})
	return article, nil
}

func (m *memory) Admit(*corpus.Article) []corpus.Problem { return nil }
func (m *memory) Progress() (read, total int64)          { return 0, 0 }
func (m *memory) Spill() corpus.Spill                    { return &m.spill }
func (m *memory) Problems() []corpus.Problem             { return nil }
func (m *memory) UnlistedProblems() int                  { return 0 }

// news is generated articles with planted copies of every kind.
func news(seed uint64, articles, copies int) []corpusgen.Article {
	options := corpusgen.DefaultOptions()
	options.Seed, options.Articles, options.Copies = seed, articles, copies
	options.Operations = corpusgen.StandardOperations()
	var all []corpusgen.Article
	for article := range corpusgen.New(options).All() {
		all = append(all, article)
	}
	return all
}

// texts are articles named by their positions.
func texts(bodies ...string) []corpusgen.Article {
	var all []corpusgen.Article
	for i, body := range bodies {
		all = append(all, corpusgen.Article{Key: fmt.Sprintf("%03d", i), Text: body})
	}
	return all
}

func newIndexAt(t testing.TB, options dedup.Options) (*Index, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "seen.nd")
	x, err := Create(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x, path
}

// scanInto scans the articles with the index, and keeps them there.
func scanInto(t testing.TB, x *Index, articles []corpusgen.Article, options dedup.Options) *dedup.Result {
	t.Helper()
	view, err := x.NewView(context.Background(), &memory{articles: articles}, Options{Dedup: options, Add: true})
	if err != nil {
		t.Fatal(err)
	}
	result, err := view.Scan(context.Background(), options, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	return result
}

// scanOnly scans the articles with the index, and adds none.
func scanOnly(t testing.TB, x *Index, articles []corpusgen.Article, options dedup.Options) *dedup.Result {
	t.Helper()
	view, err := x.NewView(context.Background(), &memory{articles: articles}, Options{Dedup: options})
	if err != nil {
		t.Fatal(err)
	}
	result, err := view.Scan(context.Background(), options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// mustBeSound fails where Check names a violation.
func mustBeSound(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Check(context.Background(), 2, func(violation string) { t.Errorf("check: %s", violation) }, nil); err != nil {
		t.Fatal(err)
	}
}
