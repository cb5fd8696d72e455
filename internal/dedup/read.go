package dedup

import (
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/event"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
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

// A batch is what is read of some articles in a row, as it goes from a worker
// to the scan, which takes it over. Its memory is used again.
type batch struct {
	articles []reading
	samples  group.Batch // owned by paragraphs, numbered from the batch's first
	passages group.Batch // samples for passages, owned by the articles kept

	paragraphs repeat.Paragraphs
	counts     []uint32 // of paragraphs, by article that is kept
	stories    event.Store
}

// A reading is what is kept of an article when it has been read, beside its
// samples and paragraphs.
type reading struct {
	article  corpus.Article // without its body
	ok       bool
	problems []corpus.Problem
	locator  corpus.Locator
	words    int
	bytes    int
	textHash uint64
	shingles int // distinct ones
	windows  int // as minhash.Sketch has them
	whole    bool
	bitmap   candidate.Map
}

// read is the first step: every article is read once, and its sketches are kept.
func (s *scan) read() error {
	analysts := s.analysts()
	inputs := sync.Pool{New: func() any { return new(corpus.Batch) }}
	batches := sync.Pool{New: func() any { return new(batch) }}
	next := func() (corpus.Record, error) { return s.corpus.Next(s.ctx) }
	err := parallel.Map(s.ctx, s.options.Workers, parallel.Stream[*corpus.Batch, *batch]{
		Next: func() (*corpus.Batch, error) {
			input := inputs.Get().(*corpus.Batch)
			return input, input.Fill(batchBytes, next)
		},
		Work: func(worker int, input *corpus.Batch) (*batch, error) {
			b := batches.Get().(*batch)
			analysts[worker].read(s.corpus, input.Records, b)
			inputs.Put(input)
			return b, nil
		},
		Emit: func(b *batch) error {
			if err := s.keep(b); err != nil {
				return err
			}
			batches.Put(b)
			s.progress(Reading, len(s.result.Articles), 0)
			return nil
		},
	})
	if err != nil {
		return err
	}
	if _, err := next(); err != io.EOF { // the last articles could not be kept
		return err
	}
	return nil
}

// read fills the batch with what is kept of the records.
func (a *analyst) read(source Corpus, records []corpus.Record, b *batch) {
	b.articles, b.counts = b.articles[:0], b.counts[:0]
	b.samples.Reset()
	b.passages.Reset()
	b.paragraphs.Reset()
	b.stories.Reset()
	for _, record := range records {
		article, ok, problems := source.Decode(&a.scratch, record)
		r := reading{article: article, ok: ok, problems: problems, locator: article.Locator}
		if ok {
			a.analyse(article.Body)
			r.article.Body = nil
			r.words, r.bytes, r.textHash = a.doc.Len(), len(article.Body), a.textHash()
			a.keepPassageSamples(b)
			a.keepSketch(b, &r)
			if a.told.Load() {
				a.stories.Sketch(&a.doc, a.sums, &b.stories)
			}
		}
		b.articles = append(b.articles, r)
	}
	b.samples.Part()
	b.passages.Part()
}

// keepSketch adds the article's paragraphs to the batch, and its samples, each
// owned by the paragraph in which its shingle begins, in the order of the paragraphs.
func (a *analyst) keepSketch(b *batch, r *reading) {
	var samples []minhash.Sample
	if a.samples && len(a.shingles) > 0 {
		sketch := a.sketcher.Sketch(a.shingles, a.window)
		r.shingles, r.windows, r.whole, samples = sketch.Shingles, sketch.Windows, sketch.Whole, sketch.Samples
		r.bitmap.Fill(a.shingles)
	}
	first := b.paragraphs.Len()
	if a.samples || a.options.Finds(Repeated) {
		a.keepParagraphs(b, samples)
	}
	b.counts = append(b.counts, uint32(b.paragraphs.Len()-first))
}

// keepParagraphs adds the article's paragraphs to the batch, with the samples that
// they own.
func (a *analyst) keepParagraphs(b *batch, samples []minhash.Sample) {
	for _, paragraph := range a.doc.Paragraphs {
		owner := uint32(b.paragraphs.Len())
		for len(samples) > 0 && int(samples[0].At) < paragraph.LastToken {
			b.samples.Add(samples[0].Key, owner, samples[0].Weight)
			samples = samples[1:]
		}
		a.keepParagraph(b, paragraph, owner)
	}
}

// keepParagraph adds a paragraph to the batch, and samples it on its own where
// the article's samples do not tell enough of it.
func (a *analyst) keepParagraph(b *batch, paragraph text.Paragraph, owner uint32) {
	tokens, bitmap := paragraph.LastToken-paragraph.FirstToken, uint64(0)
	if tokens >= repeat.MinNearTokens {
		shingles := a.shinglesOf(paragraph)
		bitmap = repeat.Map(shingles)
		if window := a.ownWindow(tokens); window > 0 {
			for _, key := range a.sketcher.Minima(shingles, window) {
				b.samples.Add(key, owner, 0)
			}
		}
	}
	b.paragraphs.Add(shingle.Run(a.sumsOf(paragraph)), tokens, paragraph.Start, bitmap)
}

// ownWindow is repeat.Options.OwnWindow, which is looked up.
func (a *analyst) ownWindow(tokens int) int {
	if !a.samples || !a.options.Finds(Repeated) {
		return 0
	}
	if tokens < len(a.ownWindows) {
		return a.ownWindows[tokens]
	}
	return a.repeats.OwnWindow(tokens)
}

// keep takes over the next articles, in reading order.
func (s *scan) keep(b *batch) error {
	s.makeRoom(len(b.articles), b.paragraphs.Len())
	first := len(s.result.Articles)
	if len(s.result.Articles)+len(b.articles) > most || s.paragraphs.Len()+b.paragraphs.Len() > most {
		return fmt.Errorf("reading %q: more than %d articles or paragraphs", b.articles[0].article.Path, most)
	}
	for i := range b.articles {
		s.keepArticle(&b.articles[i])
	}
	if err := s.samples.Append(&b.samples, s.paragraphs.Len()); err != nil {
		return fmt.Errorf("reading %q: %w", b.articles[0].article.Path, err)
	}
	if err := s.passages.samples.Append(&b.passages, first); err != nil {
		return fmt.Errorf("reading %q: %w", b.articles[0].article.Path, err)
	}
	s.paragraphs.Append(&b.paragraphs)
	s.keepStories(&b.stories)
	s.paragraphs.AddArticles(b.counts)
	return s.boundMemory()
}

// surePart is the part of the input from which the number of its articles is
// told to a few percent: a thousand articles of a hundred megabytes.
const surePart = 1.0 / 32

// makeRoom makes room for more articles and paragraphs: where there is none
// left, for as many as there will be, told from how far the input has been
// read. That slices grow once more, and not by and by, saves the moving and the
// memory of what is moved from, a twentieth of the time of a scan.
func (s *scan) makeRoom(articles, paragraphs int) {
	growth := 2.0
	if read, total := s.corpus.Progress(); float64(read) > surePart*float64(total) && read <= total {
		growth = 1.05 * float64(total) / float64(read)
	}
	if have := len(s.result.Articles); cap(s.result.Articles)-have < articles {
		count := int(growth*float64(have+articles)) - have
		s.result.Articles = slices.Grow(s.result.Articles, count)
		s.locators = slices.Grow(s.locators, count)
		s.textHashes = slices.Grow(s.textHashes, count)
		s.sizes.Grow(count)
		s.paragraphs.GrowArticles(count)
	}
	if have := s.paragraphs.Len(); s.paragraphs.Room() < paragraphs {
		s.paragraphs.Grow(int(growth*float64(have+paragraphs)) - have)
	}
}

// most is the most articles, or paragraphs, that can be told apart.
const most = group.MaxOwner

// keepArticle takes over an article, if the record is one.
func (s *scan) keepArticle(r *reading) {
	s.problems.Add(r.problems...)
	if !r.ok {
		return
	}
	s.problems.Add(s.corpus.Admit(&r.article)...)
	meta := s.keepMeta(&r.article.Meta)
	s.countTexts(&r.article, meta)
	s.result.Articles = append(s.result.Articles, ArticleInfo{
		Key: r.article.Key, Source: r.article.Source, Meta: meta,
		Path: r.article.Path, Line: r.article.Line, Input: r.article.Input, Offset: r.article.Offset,
		Words: r.words, Bytes: r.bytes, Earlier: r.article.Earlier,
	})
	s.locators = append(s.locators, r.locator)
	s.textHashes = append(s.textHashes, r.textHash)
	s.sizes.Add(r.shingles, r.windows, r.whole, &r.bitmap)

	sum := &s.result.Summary
	if r.article.Earlier {
		sum.Earlier++
		return
	}
	sum.Articles++
	sum.Words += r.words
	sum.Bytes += int64(r.bytes)
	if r.words == 0 {
		sum.Empty++
	}
}
