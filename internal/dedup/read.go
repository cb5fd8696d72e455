package dedup

import (
	"bytes"
	"fmt"
	"math"
	"sync"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/parallel"
	"github.com/newsdedup/newsdedup/internal/text"
)

// batchBytes is the size of input that is handed to a worker at once: large
// enough that handing over costs nothing beside the work, small enough that
// a few of them for each worker do not count as memory.
const batchBytes = 256 << 10

// An analyst takes articles apart: tokens, shingles, paragraphs. It keeps
// scratch memory: one for each worker.
type analyst struct {
	options  Options
	scratch  corpus.Scratch // of the article that is read
	doc      text.Document
	tokens   []uint64 // token hashes
	shingles []uint64 // shingle hashes in order
	sketcher minhash.Sketcher

	// counted is the newlines before countedTo in the body last analysed.
	counted, countedTo int
}

func (s *scan) analysts() []*analyst {
	analysts := make([]*analyst, s.options.Workers)
	for i := range analysts {
		analysts[i] = &analyst{options: s.options}
	}
	return analysts
}

// analyse reads the body. What it leaves in the analyst is valid until the next call.
func (a *analyst) analyse(body []byte) {
	a.doc.Parse(body, a.options.Paragraphs)
	a.tokens = shingle.AppendTokens(a.tokens[:0], &a.doc)
	a.shingles = shingle.Append(a.shingles[:0], a.tokens, a.options.ShingleSize)
	a.counted, a.countedTo = 0, 0
}

// lineOf returns the line of the article's file that holds the byte of its
// body at offset. Asked in ascending order it counts every line once.
func (a *analyst) lineOf(article *corpus.Article, offset int) int {
	if !article.Verbatim {
		return article.Line
	}
	if offset < a.countedTo {
		a.counted, a.countedTo = 0, 0
	}
	a.counted += bytes.Count(article.Body[a.countedTo:offset], []byte{'\n'})
	a.countedTo = offset
	return article.BodyLine + a.counted
}

// shinglesOf returns the shingles of a paragraph, which do not reach over its ends.
func (a *analyst) shinglesOf(paragraph text.Paragraph) []uint64 {
	size := a.options.ShingleSize
	if paragraph.LastToken-paragraph.FirstToken >= size {
		return a.shingles[paragraph.FirstToken : paragraph.LastToken-size+1]
	}
	return shingle.Append(nil, a.tokens[paragraph.FirstToken:paragraph.LastToken], size)
}

// normOf returns the normal form of a paragraph.
func (a *analyst) normOf(paragraph text.Paragraph) []byte {
	return a.doc.NormOf(paragraph.FirstToken, paragraph.LastToken)
}

// maxArticles is what the index can number: it needs two bits beside an
// article's rank.
const maxArticles = 1<<30 - 1

// A reading is what is kept of an article when it has been read.
type reading struct {
	article    corpus.Article // without its body
	ok         bool
	problems   []corpus.Problem
	locator    corpus.Locator
	words      int
	bytes      int
	textHash   uint64
	sketch     []uint64
	window     int
	shingles   int // distinct ones; counted with the sketch
	paragraphs repeat.Paragraphs
}

// read is the first step: every article is read once, and its sketches are kept.
func (s *scan) read() error {
	analysts := s.analysts()
	batches := sync.Pool{New: func() any { return new(corpus.Batch) }}
	next := func() (corpus.Record, error) { return s.corpus.Next(s.ctx) }
	return parallel.Map(s.ctx, s.options.Workers, parallel.Stream[*corpus.Batch, []reading]{
		Next: func() (*corpus.Batch, error) {
			batch := batches.Get().(*corpus.Batch)
			return batch, batch.Fill(batchBytes, next)
		},
		Work: func(worker int, batch *corpus.Batch) ([]reading, error) {
			readings := make([]reading, len(batch.Records))
			for i, record := range batch.Records {
				readings[i] = s.readRecord(analysts[worker], record)
			}
			batches.Put(batch)
			return readings, nil
		},
		Emit: func(readings []reading) error {
			for i := range readings {
				if err := s.keep(&readings[i]); err != nil {
					return err
				}
			}
			s.progress(Reading, len(s.result.Articles), 0)
			return nil
		},
	})
}

func (s *scan) readRecord(a *analyst, record corpus.Record) reading {
	article, ok, problems := s.corpus.Decode(&a.scratch, record)
	r := reading{article: article, ok: ok, problems: problems, locator: record.Locator()}
	if !ok {
		return r
	}
	a.analyse(article.Body)
	r.article.Body = nil
	r.words, r.bytes = len(a.doc.Tokens), len(article.Body)
	r.textHash = xxhash.Sum64(a.doc.Norm)
	r.window = minhash.Window(len(a.shingles), s.window)
	if !s.options.Exhaustive && (s.options.Finds(Near) || s.options.Finds(Contained)) {
		r.sketch = a.sketcher.Append(nil, a.shingles, r.window)
		r.shingles = a.sketcher.Distinct(a.shingles)
	}
	if s.options.Finds(Repeated) {
		r.paragraphs = a.sketchParagraphs()
	}
	return r
}

func (a *analyst) sketchParagraphs() repeat.Paragraphs {
	options := a.options.repeats()
	count := len(a.doc.Paragraphs)
	p := repeat.Paragraphs{Hashes: make([]uint64, 0, count), Tokens: make([]uint32, 0, count)}
	for _, paragraph := range a.doc.Paragraphs {
		tokens := paragraph.LastToken - paragraph.FirstToken
		p.Hashes = append(p.Hashes, xxhash.Sum64(a.normOf(paragraph)))
		p.Tokens = append(p.Tokens, uint32(tokens))
		if tokens >= options.LeastSketched() {
			p.Signatures = minhash.AppendSignature(p.Signatures, a.shinglesOf(paragraph), options.Bins())
		}
	}
	return p
}

// keep takes over the next article, in reading order.
func (s *scan) keep(r *reading) error {
	s.problems.Add(r.problems...)
	if !r.ok {
		return nil
	}
	if len(s.result.Articles) == maxArticles {
		return fmt.Errorf("reading %q: more than %d articles", r.article.Path, maxArticles)
	}
	if s.paragraphs.Len()+len(r.paragraphs.Hashes) > math.MaxUint32 {
		return fmt.Errorf("reading %q: more than %d paragraphs", r.article.Path, uint32(math.MaxUint32))
	}
	s.problems.Add(s.corpus.Admit(&r.article)...)
	s.result.Articles = append(s.result.Articles, ArticleInfo{
		Key: r.article.Key, Source: r.article.Source, Path: r.article.Path, Line: r.article.Line,
		Words: r.words, Bytes: r.bytes,
	})
	s.locators = append(s.locators, r.locator)
	s.textHashes = append(s.textHashes, r.textHash)
	s.sketches.Add(r.sketch, r.window, r.shingles)
	s.paragraphs.Add(&r.paragraphs)

	sum := &s.result.Summary
	sum.Words += r.words
	sum.Bytes += int64(r.bytes)
	if r.words == 0 {
		sum.Empty++
	}
	return nil
}
