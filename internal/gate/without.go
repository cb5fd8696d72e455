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
	patterns []string      // as corpus.MatchName has them
	fits     []atomic.Bool // by pattern: whether an article was met that it fits
	count    atomic.Int64
}

// NewWithout returns the corpus without the articles whose keys fit one of the patterns.
func NewWithout(source dedup.Corpus, patterns []string) *Without {
	return &Without{Corpus: source, patterns: patterns, fits: make([]atomic.Bool, len(patterns))}
}

// Count returns how many articles have been left out. It is the number of all of
// them once a scan has ended.
func (w *Without) Count() int { return int(w.count.Load()) }

// Decode is called concurrently, like that of any corpus.
func (w *Without) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := w.Corpus.Decode(scratch, record)
	if !ok {
		return article, ok, problems
	}
	for i := range w.patterns {
		if matchesAny(w.patterns[i:i+1], article.Key) {
			w.fits[i].Store(true)
			ok = false
		}
	}
	if !ok {
		w.count.Add(1)
	}
	return article, ok, problems
}

// Idle returns the patterns that no article has fitted: those of all once a scan has ended.
func (w *Without) Idle() (idle []string) {
	for i, pattern := range w.patterns {
		if !w.fits[i].Load() {
			idle = append(idle, pattern)
		}
	}
	return idle
}
