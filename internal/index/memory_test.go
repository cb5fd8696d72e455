package index

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

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
	view, err := x.NewView(context.Background(), &corpustest.Memory{Articles: articles}, Options{Dedup: options, Add: true})
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
	view, err := x.NewView(context.Background(), &corpustest.Memory{Articles: articles}, Options{Dedup: options})
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
