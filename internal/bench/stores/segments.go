package main

import (
	"context"
	"io"
	"runtime"

	"github.com/newsdedup/newsdedup/internal/corpus"
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
	_, err := s.index.Read(ctx, &made{articles: articles}, index.Options{Dedup: options(), Add: true})
	if err == nil {
		err = s.index.Keep(ctx)
	}
	return clock.spent(), err
}

func (s *segments) ask(ctx context.Context, article corpusgen.Article) (int, spent, error) {
	clock := start()
	view, err := s.index.NewView(ctx, &made{articles: []corpusgen.Article{article}}, index.Options{Dedup: dedup.DefaultOptions()})
	if err != nil {
		return 0, spent{}, err
	}
	_, found := view.Progress()
	return int(found), clock.spent(), nil
}

func (s *segments) close() error { return s.index.Close() }

// made is a dedup.Corpus of generated articles.
type made struct {
	articles []corpusgen.Article
	next     int
}

func (m *made) Next(ctx context.Context) (corpus.Record, error) {
	if m.next == len(m.articles) {
		return corpus.Record{}, io.EOF
	}
	m.next++
	return corpus.Record{Offset: int64(m.next - 1), Line: m.next, Data: []byte(m.articles[m.next-1].Text)}, ctx.Err()
}

func (m *made) Decode(_ *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	a := &m.articles[record.Offset]
	return corpus.Article{Locator: record.Locator(), Key: a.Key, Source: a.Source, Path: "made", Line: record.Line, Offset: record.Offset, Body: record.Data}, true, nil
}

func (m *made) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, _, _ := m.Decode(scratch, corpus.Record{Offset: at.Offset, Line: at.Line, Data: []byte(m.articles[at.Offset].Text)})
	return article, nil
}

func (m *made) Spill() corpus.Spill                    { return nil }
func (m *made) Admit(*corpus.Article) []corpus.Problem { return nil }
func (m *made) Progress() (read, total int64)          { return 0, 0 }
func (m *made) Problems() []corpus.Problem             { return nil }
func (m *made) UnlistedProblems() int                  { return 0 }
