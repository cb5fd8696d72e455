package index

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// Options say how new articles are held against an index.
type Options struct {
	Dedup dedup.Options
	// Add has the articles added, but for those that the index has under their names already. They
	// count with the next Keep.
	Add bool
	// Memory bounds what articles that are added take before they are written, in bytes; 0 for
	// the usual 64 MiB.
	Memory int
	// Progress is told how many articles have been looked up; nil for nobody.
	Progress func(articles int)
}

// A View is a corpus for a scan: the articles of an index that new ones may repeat, in the order in which
// they were added, and behind them the new ones.
type View struct {
	source dedup.Corpus
	index  *Index
	// segments are those of the index when the view was made: what is added meanwhile is not among them.
	segments []*segment
	earlier  []spot
	lengths  []int // of the earlier ones' texts, in their blocks
	fresh    []corpus.Article
	next     int
	filler   []byte
	locators []corpus.Locator // of the scan's articles
	// likenesses are those of the new articles, where the index is lean.
	likenesses []likenesses
	problems   corpus.ProblemLog

	Bounded, RepeatsBounded int // new articles that may have partners in the index beyond those in the view
	Added, Known            int // of the new articles
}

// inIndex is the Input of what an index has.
const inIndex = -1

// NewView reads the source to its end and looks up what it may repeat of the index.
func (x *Index) NewView(ctx context.Context, source dedup.Corpus, options Options) (*View, error) {
	v := &View{source: source, index: x, segments: slices.Concat(x.segments, x.pending)}
	in := newIncoming(x, v, options)
	if err := in.read(ctx); err != nil {
		return nil, err
	}
	return v, v.prepare(in.found)
}

// prepare makes the articles of the index ready to be read.
func (v *View) prepare(found map[spot]struct{}) error {
	for at := range found {
		v.earlier = append(v.earlier, at)
	}
	slices.Sort(v.earlier)
	for _, at := range v.earlier {
		r, err := v.segments[at.segment()].row(at.local())
		if err != nil {
			return fmt.Errorf("reading the index %q: %w", v.index.name, err)
		}
		v.lengths = append(v.lengths, int(r.length))
	}
	return nil
}

// Of returns a view of another corpus with the same articles of the index before it.
func (v *View) Of(source dedup.Corpus) *Over {
	return &Over{Corpus: source, earlier: &View{index: v.index, segments: v.segments, earlier: v.earlier, lengths: v.lengths}}
}

// mostFiller is the most that stands for the text of an article in a record: by it a batch is as large as
// what will be read of it.
const mostFiller = 64 << 10

func (v *View) record(input, at, length int) corpus.Record {
	if v.filler == nil {
		v.filler = make([]byte, mostFiller)
	}
	return corpus.Record{Input: input, Offset: int64(at), Data: v.filler[:min(length, mostFiller)]}
}

// Next returns a record that stands for the next article.
func (v *View) Next(ctx context.Context) (corpus.Record, error) {
	at := v.next
	if at == len(v.earlier)+len(v.fresh) {
		return corpus.Record{}, io.EOF
	}
	v.next++
	if at < len(v.earlier) {
		return v.record(inIndex, at, v.lengths[at]), ctx.Err()
	}
	return v.record(0, at-len(v.earlier), v.fresh[at-len(v.earlier)].Locator.Length), ctx.Err()
}

// Decode reads the article.
func (v *View) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	if record.Input == inIndex {
		article, err := v.read(scratch, int(record.Offset))
		if err != nil {
			return article, false, []corpus.Problem{v.problemOf(int(record.Offset), err)}
		}
		return article, true, nil
	}
	kept := v.fresh[record.Offset]
	article, err := v.source.Fetch(scratch, kept.Locator)
	if err != nil {
		return article, false, []corpus.Problem{{
			Input: kept.Input, Path: kept.Path, Line: kept.Line, Offset: kept.Offset, Kind: corpus.Changed, Message: err.Error(),
		}}
	}
	kept.Body, kept.BodyLine, kept.Verbatim = article.Body, article.BodyLine, article.Verbatim
	return kept, true, nil
}

// problemOf says which article of the index could not be read, as Check does, and that Check finds more.
func (v *View) problemOf(at int, err error) corpus.Problem {
	spot := v.earlier[at]
	return corpus.Problem{
		Input: inIndex, Path: v.index.name, Offset: int64(at), Kind: corpus.Unreadable,
		Message: fmt.Sprintf("%s: article %d cannot be compared with (newsdedup index check says what else is damaged): %v",
			segmentName(v.segments[spot.segment()].number), spot.local(), err),
	}
}

// Fetch reads the article again.
func (v *View) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	if at.Input == inIndex {
		return v.read(scratch, int(at.Offset))
	}
	return v.source.Fetch(scratch, at)
}

// read reads an article of the index.
func (v *View) read(scratch *corpus.Scratch, at int) (corpus.Article, error) {
	spot := v.earlier[at]
	u := v.index.unpackers.Get().(*unpacker)
	defer v.index.unpackers.Put(u)
	article, _, err := u.article(v.segments[spot.segment()], spot.local(), scratch)
	if err != nil {
		v.index.unread.Store(true)
		return article, fmt.Errorf("reading the index %q: %w", v.index.name, err)
	}
	article.Input = inIndex
	article.Locator = corpus.Locator{Input: inIndex, Offset: int64(at), Length: v.lengths[at], Line: article.Line}
	return article, nil
}

// Spill is that of the source.
func (v *View) Spill() corpus.Spill { return v.source.Spill() }

// Admit takes note of where the next article of the scan stands: new ones have been admitted, and those of the
// index have their names.
func (v *View) Admit(article *corpus.Article) []corpus.Problem {
	v.locators = append(v.locators, article.Locator)
	return nil
}

// Article reads an article of the scan again, by its position there. It is valid until the next call with the scratch.
func (v *View) Article(scratch *corpus.Scratch, id dedup.ArticleID) (corpus.Article, error) {
	return v.Fetch(scratch, v.locators[id])
}

// Progress counts articles.
func (v *View) Progress() (read, total int64) {
	return int64(v.next), int64(len(v.earlier) + len(v.fresh))
}

// Problems are those of the source, and of what of it made no article.
func (v *View) Problems() []corpus.Problem { return v.problems.List() }

// UnlistedProblems is the number of the others.
func (v *View) UnlistedProblems() int { return v.problems.Total - len(v.problems.List()) }

// An Over is a corpus with articles of an index before its own.
type Over struct {
	dedup.Corpus
	earlier *View
}

// Next, Decode, Fetch and Admit are those of the corpus once the articles of the index have been read.
func (o *Over) Next(ctx context.Context) (corpus.Record, error) {
	record, err := o.earlier.Next(ctx)
	if err == io.EOF {
		return o.Corpus.Next(ctx)
	}
	return record, err
}

func (o *Over) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	if record.Input == inIndex {
		return o.earlier.Decode(scratch, record)
	}
	return o.Corpus.Decode(scratch, record)
}

func (o *Over) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	if at.Input == inIndex {
		return o.earlier.Fetch(scratch, at)
	}
	return o.Corpus.Fetch(scratch, at)
}

func (o *Over) Admit(article *corpus.Article) []corpus.Problem {
	if article.Earlier {
		return nil
	}
	return o.Corpus.Admit(article)
}

// Scan scans the view: what is read is held against the index and against itself.
func (v *View) Scan(ctx context.Context, options dedup.Options, progress dedup.Progress) (*dedup.Result, error) {
	// A self-check would tell nothing of what the index has passed over, and it keeps nothing by which
	// an event told in other words is found.
	options.SelfCheck, options.Stories = 0, dedup.NoStories
	options.Unread = v.index.Articles() - len(v.earlier)
	result, err := dedup.Scan(ctx, v, options, progress)
	if err != nil {
		return nil, err
	}
	result.Summary.Bounded += v.Bounded
	result.Summary.RepeatsBounded += v.RepeatsBounded
	if !v.index.lean {
		return result, nil
	}
	return result, v.addEstimates(result)
}

// Read reads what is added to the index alone: nothing is looked up but whether it is there already.
func (x *Index) Read(ctx context.Context, source dedup.Corpus, options Options) (*View, error) {
	v := &View{source: source, index: x, segments: slices.Concat(x.segments, x.pending)}
	in := newIncoming(x, v, options)
	in.only = true
	return v, in.read(ctx)
}

// An incoming reads the articles that are new.
type incoming struct {
	index   *Index
	view    *View
	options Options
	rules   dedup.Rules // of the index
	workers []*worker
	adder   *adder // nil where nothing is added
	only    bool   // is added, and nothing looked up
	found   map[spot]struct{}
	names   *finder
}

// A worker takes articles apart and looks them up.
type worker struct {
	sketcher *dedup.Sketcher
	finder   *finder
	lean     bool // the index is
	scratch  corpus.Scratch
}

// A lookup is what came of some records.
type lookup struct {
	articles []looked
	found    []spot
}

// A looked is a record that has been looked up.
type looked struct {
	article                 corpus.Article
	ok                      bool
	problems                []corpus.Problem
	intake                  intake
	likenesses              []likeness // of a lean index
	bounded, repeatsBounded bool
}

func newIncoming(x *Index, v *View, options Options) *incoming {
	in := &incoming{index: x, view: v, options: options, rules: x.options.Rules(x.options), found: make(map[spot]struct{})}
	for range options.Dedup.Workers {
		in.workers = append(in.workers, &worker{sketcher: dedup.NewSketcher(x.options), finder: x.newFinder(v.segments, options.Dedup), lean: x.lean})
	}
	if options.Add {
		in.adder, in.names = x.newAdder(options.Memory), x.newFinder(v.segments, options.Dedup)
	}
	return in
}

// batchBytes is how much is handed to a worker at once.
const batchBytes = 256 << 10

func (in *incoming) read(ctx context.Context) error {
	source := in.view.source
	next := func() (corpus.Record, error) { return source.Next(ctx) }
	err := parallel.Map(ctx, in.options.Dedup.Workers, parallel.Stream[*corpus.Batch, *lookup]{
		Next: func() (*corpus.Batch, error) {
			batch := new(corpus.Batch)
			return batch, batch.Fill(batchBytes, next)
		},
		Work: func(worker int, batch *corpus.Batch) (*lookup, error) { return in.look(worker, batch.Records) },
		Emit: in.take,
	})
	if err != nil {
		return err
	}
	if _, err := next(); err != io.EOF { // the last articles could not be kept
		return err
	}
	in.view.problems.Add(source.Problems()...)
	in.view.problems.Total += source.UnlistedProblems()
	if in.adder != nil {
		return in.adder.end()
	}
	return nil
}

// look takes records apart, and looks them up.
func (in *incoming) look(number int, records []corpus.Record) (*lookup, error) {
	w, l := in.workers[number], &lookup{articles: make([]looked, len(records))}
	for i, record := range records {
		one := &l.articles[i]
		if one.article, one.ok, one.problems = in.view.source.Decode(&w.scratch, record); !one.ok {
			continue
		}
		sketch := w.sketcher.Sketch(one.article.Body)
		one.intake.take(sketch, in.index.options.MinRepeat, &in.rules)
		if !in.only {
			found, err := w.lookUp(sketch, one)
			if err != nil {
				return nil, fmt.Errorf("reading the index %q: %w", in.index.name, err)
			}
			l.found = append(l.found, found...)
		}
		if in.adder != nil {
			one.article.Body = slices.Clone(one.article.Body)
		} else {
			one.article.Body, one.intake = nil, intake{}
		}
	}
	return l, nil
}

// lookUp looks up what an article needs, or is like, of the index.
func (w *worker) lookUp(sketch *dedup.Sketch, one *looked) (found []spot, err error) {
	if w.lean {
		one.likenesses, err = w.finder.estimate(&one.intake)
	} else {
		found, err = w.finder.find(sketch, &one.intake, tagOf(one.article.Source))
	}
	one.bounded, one.repeatsBounded = w.finder.bounded, w.finder.repeatsBounded
	return found, err
}

// take takes over what came of the next records.
func (in *incoming) take(l *lookup) error {
	v := in.view
	for _, at := range l.found {
		in.found[at] = struct{}{}
	}
	for i := range l.articles {
		one := &l.articles[i]
		v.problems.Add(one.problems...)
		if !one.ok {
			continue
		}
		v.problems.Add(v.source.Admit(&one.article)...)
		v.Bounded += count(one.bounded)
		v.RepeatsBounded += count(one.repeatsBounded)
		if err := in.add(one); err != nil {
			return err
		}
		if len(one.likenesses) > 0 {
			v.likenesses = append(v.likenesses, likenesses{len(v.fresh), one.likenesses})
		}
		if one.article.Body = nil; !in.only {
			v.fresh = append(v.fresh, one.article)
		}
	}
	if in.options.Progress != nil {
		in.options.Progress(len(v.fresh) + v.Added + v.Known)
	}
	return nil
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// add adds an article, unless it is there already.
func (in *incoming) add(one *looked) error {
	if in.adder == nil {
		return nil
	}
	known, err := in.names.has(one.article.Key, one.intake.textHash)
	if err != nil {
		return fmt.Errorf("reading the index %q: %w", in.index.name, err)
	}
	if known {
		in.view.Known++
		return nil
	}
	in.view.Added++
	return in.adder.add(&one.article, &one.intake)
}

// has reports whether an article of the name and the text is in the index.
func (f *finder) has(name string, text uint64) (bool, error) {
	for i, s := range f.segments {
		values, err := f.values(i, inNames, nameHash(name))
		if err != nil {
			return false, err
		}
		firsts, others := readStandings(values)
		for _, value := range slices.Concat(firsts, others) {
			local := standing(value).local()
			if s.removed.has(local) {
				continue
			}
			if r, err := s.row(local); err != nil || r.textHash == text {
				return err == nil, err
			}
		}
	}
	return false, nil
}
