// Package corpustest has corpora for tests.
package corpustest

import (
	"context"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// A Memory is a corpus without files, as dedup.Scan reads it: of these articles, each verbatim
// on a line of its own. It is read once, unless Seek lets it be read again.
type Memory struct {
	Articles []corpusgen.Article
	Folder   string // before each article's path, which is its key; "" for one path of all, "memory"
	Spilled  Spill  // what was written to Spill

	next int
}

// Position returns how many articles have been read.
func (m *Memory) Position() int { return m.next }

// Seek has the article at a position be the next one.
func (m *Memory) Seek(position int) { m.next = position }

// Next returns the next article's record, which is its text.
func (m *Memory) Next(ctx context.Context) (corpus.Record, error) {
	if m.next == len(m.Articles) {
		return corpus.Record{}, io.EOF
	}
	m.next++
	return corpus.Record{Offset: int64(m.next - 1), Line: m.next, Data: []byte(m.Articles[m.next-1].Text)}, ctx.Err()
}

// Decode returns the article of a record. It never fails.
func (m *Memory) Decode(_ *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	a := &m.Articles[record.Offset]
	path := "memory"
	if m.Folder != "" {
		path = m.Folder + "/" + a.Key
	}
	return corpus.Article{
		Locator: record.Locator(), Key: a.Key, Source: a.Source, Path: path, Line: record.Line, Offset: record.Offset,
		Body: record.Data, BodyLine: 1, Verbatim: true,
	}, true, nil
}

// Fetch returns the article at a place again.
func (m *Memory) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, _, _ := m.Decode(scratch, corpus.Record{Offset: at.Offset, Line: at.Line, Data: []byte(m.Articles[at.Offset].Text)})
	return article, nil
}

// Admit changes nothing.
func (m *Memory) Admit(*corpus.Article) []corpus.Problem { return nil }

// Progress tells of none.
func (m *Memory) Progress() (read, total int64) { return 0, 0 }

// Spill returns Spilled.
func (m *Memory) Spill() corpus.Spill { return &m.Spilled }

// Problems returns none.
func (m *Memory) Problems() []corpus.Problem { return nil }

// UnlistedProblems returns 0.
func (m *Memory) UnlistedProblems() int { return 0 }

// A Spill keeps in memory what is written to it.
type Spill struct{ Bytes []byte }

// Write appends.
func (s *Spill) Write(p []byte) (int, error) {
	s.Bytes = append(s.Bytes, p...)
	return len(p), nil
}

// ReadAt reads what was written.
func (s *Spill) ReadAt(p []byte, offset int64) (int, error) { return copy(p, s.Bytes[offset:]), nil }
