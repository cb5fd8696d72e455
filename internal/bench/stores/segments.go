package main

import (
	"context"
	"runtime"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/index"
)

// segments is the index of newsdedup itself.
type segments struct{ index *index.Index }

func openSegments(path string) (store, error) {
	x, err := index.Open(path, index.Write)
	if err != nil {
		x, err = index.Create(path, dedup.DefaultOptions())
	}
	return &segments{x}, err
}

func options() dedup.Options {
	o := dedup.DefaultOptions()
	o.Workers = runtime.GOMAXPROCS(0)
	return o
}

func (s *segments) add(ctx context.Context, articles []corpusgen.Article) (spent, error) {
	clock := start()
	_, err := s.index.Read(ctx, &corpustest.Memory{Articles: articles}, index.Options{Dedup: options(), Add: true})
	if err == nil {
		err = s.index.Keep(ctx)
	}
	return clock.spent(), err
}

func (s *segments) ask(ctx context.Context, article corpusgen.Article) (int, spent, error) {
	clock := start()
	view, err := s.index.NewView(ctx, &corpustest.Memory{Articles: []corpusgen.Article{article}}, index.Options{Dedup: dedup.DefaultOptions()})
	if err != nil {
		return 0, spent{}, err
	}
	_, found := view.Progress()
	return int(found), clock.spent(), nil
}

func (s *segments) close() error { return s.index.Close() }
