package index

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Live holds articles against an index one by one, as they come: each is compared with all of the index, and, where
// they are added, with those that came before it.
type Live struct {
	index   *Index
	source  dedup.Corpus
	options Options
	worker  *worker
	rules   dedup.Rules
	body    []byte

	Added, Known int
}

// NewLive returns a Live of the source.
func (x *Index) NewLive(source dedup.Corpus, options Options) *Live {
	options.Dedup.Workers = 1 // there is one article to work on
	return &Live{
		index: x, source: source, options: options, rules: x.options.Rules(x.options),
		worker: &worker{sketcher: dedup.NewSketcher(x.options), lean: x.lean},
	}
}

// Next waits for the next record and returns what a scan finds of its article: in a Result with the articles of
// the index that it may be like, and itself last. Where the record is no article, the problems are all there is. io.EOF
// says that the source has ended. What has been added is kept with the next Keep.
func (l *Live) Next(ctx context.Context) (*dedup.Result, error) {
	record, err := l.source.Next(ctx)
	if err != nil {
		return nil, err
	}
	article, ok, problems := l.source.Decode(&l.worker.scratch, record)
	if !ok {
		return &dedup.Result{Options: l.options.Dedup, Problems: problems, Summary: dedup.Summary{Problems: len(problems)}}, nil
	}
	result, admitted, err := l.answer(ctx, &article)
	if err != nil {
		return nil, err
	}
	problems = append(problems, admitted...)
	result.Problems = append(result.Problems, problems...)
	result.Summary.Problems += len(problems)
	return result, nil
}

// admit gives the article a name, unless it has come before: then it has its own. It reports whether it is known
// by its name.
func (l *Live) admit(article *corpus.Article, t *intake) (known bool, problems []corpus.Problem, err error) {
	if article.Key != "" {
		if known, err = l.isKnown(article, t); known || err != nil {
			return known, nil, err
		}
	}
	own := article.Key
	problems = l.source.Admit(article)
	if article.Key != own {
		known, err = l.isKnown(article, t)
	}
	return known, problems, err
}

func (l *Live) isKnown(article *corpus.Article, t *intake) (bool, error) {
	known, err := l.worker.finder.has(article.Key, t.textHash)
	if err != nil {
		return false, fmt.Errorf("reading the index %q: %w", l.index.name, err)
	}
	return known, nil
}

// answer scans an article with those of the index that it may be like, and adds it.
func (l *Live) answer(ctx context.Context, article *corpus.Article) (*dedup.Result, []corpus.Problem, error) {
	x, w := l.index, l.worker
	segments := slices.Concat(x.segments, x.pending)
	w.finder = x.newFinder(segments, l.options.Dedup)
	one := &looked{article: *article}
	sketch := w.sketcher.Sketch(article.Body)
	one.intake.take(sketch, x.options.MinRepeat, &l.rules)
	found, err := w.lookUp(sketch, one)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the index %q: %w", x.name, err)
	}
	known, problems, err := l.admit(article, &one.intake)
	if err != nil {
		return nil, nil, err
	}
	l.body = append(l.body[:0], article.Body...)
	article.Body = l.body
	article.Locator = corpus.Locator{Length: len(l.body), Line: article.Line}
	view := &View{
		source: &single{Corpus: l.source, article: article}, index: x, segments: segments, fresh: []corpus.Article{*article},
		Bounded: count(one.bounded), RepeatsBounded: count(one.repeatsBounded),
	}
	if len(one.likenesses) > 0 {
		view.likenesses = []likenesses{{found: one.likenesses}}
	}
	of := make(map[spot]struct{}, len(found))
	for _, at := range found {
		of[at] = struct{}{}
	}
	if err := view.prepare(of); err != nil {
		return nil, nil, err
	}
	result, err := view.Scan(ctx, l.options.Dedup, nil)
	if err != nil {
		return nil, nil, err
	}
	return result, problems, l.add(article, &one.intake, known)
}

// add adds the article, unless it is there already.
func (l *Live) add(article *corpus.Article, t *intake, known bool) error {
	if !l.options.Add {
		return nil
	}
	if known {
		l.Known++
		return nil
	}
	l.Added++
	return l.index.addOne(article, t)
}

// A single is a corpus of one article that has been read.
type single struct {
	dedup.Corpus
	article *corpus.Article
}

// Next is not called: the article is all there is.
func (s *single) Next(context.Context) (corpus.Record, error) { return corpus.Record{}, io.EOF }

// Fetch returns the article.
func (s *single) Fetch(*corpus.Scratch, corpus.Locator) (corpus.Article, error) {
	return *s.article, nil
}
