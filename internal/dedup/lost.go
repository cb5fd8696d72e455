package dedup

import (
	"errors"
	"fmt"
	"sync"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// lost are the articles that could not be read again as they were: a file was
// changed, cut or removed while it was scanned. What was found of them before
// stands, since it was true when it was compared; after that they are compared
// with nothing, and each is a problem. The zero value is empty and ready, for
// concurrent use.
type lost struct {
	mu       sync.Mutex
	articles map[ArticleID]corpus.Problem
}

func (l *lost) add(id ArticleID, problem corpus.Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.articles == nil {
		l.articles = make(map[ArticleID]corpus.Problem)
	}
	if _, known := l.articles[id]; !known {
		l.articles[id] = problem
	}
}

func (l *lost) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.articles) > 0
}

func (l *lost) has(id ArticleID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, known := l.articles[id]
	return known
}

// errChanged is the cause where an article can be read and has other words.
var errChanged = errors.New("its text has changed since the scan began")

// lose takes note that an article could not be read again, unless the error is
// that of the scan and not of the article's input.
func (s *scan) lose(id ArticleID, err error) error {
	cause, changed := errors.AsType[*corpus.ChangedError](err)
	if !changed && !errors.Is(err, errChanged) {
		return err
	}
	if changed {
		err = cause
	}
	at := s.locators[id]
	info := &s.result.Articles[id]
	s.lost.add(id, corpus.Problem{
		Input: at.Input, Path: info.Path, Line: info.Line, Offset: at.Offset, Kind: corpus.Changed,
		Message: fmt.Sprintf("the article could not be compared: %v", err),
	})
	return nil
}

// fetch reads an article again; false says that it is lost.
func (s *scan) fetch(a *analyst, id ArticleID) (article corpus.Article, ok bool, err error) {
	article, err = s.corpus.Fetch(&a.scratch, s.locators[id])
	if err != nil {
		return article, false, s.lose(id, err)
	}
	a.lineCounter = lineCounter{}
	return article, true, nil
}

// readPart has the analyst read a part of an article, which is nil where the
// article is lost; false says that the part is.
func (s *scan) readPart(a *analyst, what parts, article *corpus.Article, p part) (ok bool, err error) {
	if article == nil {
		return false, nil
	}
	if err := what.read(a, article, p); err != nil {
		return false, s.lose(p.article, err)
	}
	return true, nil
}
