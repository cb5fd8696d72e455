package gate

import (
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Without is a corpus from which the articles are left out whose keys fit a
// pattern, as if they did not stand in it. What is wrong with their records is
// still told.
type Without struct {
	dedup.Corpus
	Patterns []string // as corpus.MatchName has them
	count    atomic.Int64
}

// Count returns how many articles have been left out. It is the number of all of
// them once a scan has ended.
func (w *Without) Count() int { return int(w.count.Load()) }

// Decode is called concurrently, like that of any corpus.
func (w *Without) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := w.Corpus.Decode(scratch, record)
	if ok && matchesAny(w.Patterns, article.Key) {
		w.count.Add(1)
		return article, false, problems
	}
	return article, ok, problems
}
