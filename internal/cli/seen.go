package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/index"
)

func (o *scanOptions) addIndexFlags(flags *pflag.FlagSet) {
	flags.Var((*indexPath)(&o.index), "index", "compare with the articles of this index as well (newsdedup index --help)")
	flags.BoolVar(&o.add, "add", false, "add what is read to the index, once it has been compared")
}

// An indexPath is the folder of an index as a flag takes it: of one index, and never of none, as a variable of a
// script names it that is not set. Without an index all would be new.
type indexPath string

func (p *indexPath) Set(path string) error {
	switch {
	case path == "":
		return errors.New("no index is named")
	case *p != "":
		return fmt.Errorf("%s is named already, and one index is compared with", string(*p))
	}
	*p = indexPath(path)
	return nil
}

func (p *indexPath) String() string { return string(*p) }

// Type is what help calls the value.
func (*indexPath) Type() string { return "string" }

func (o *scanOptions) checkIndexFlags() error {
	switch {
	case o.add && o.index == "":
		return errors.New("--add without --index")
	case o.index != "" && o.save != "":
		return errors.New("--index and --save at once: a saved run is of articles that were read")
	case o.index != "" && o.dedup.Tolerant:
		return errors.New("--index and --tolerant at once: an index finds by words as they stand")
	case o.index != "" && o.dedup.Stories == dedup.AlwaysStories:
		return errors.New("--index and --stories at once: an index keeps nothing by which stories are found")
	case o.index != "" && o.dedup.Exhaustive:
		return errors.New("--index and --exhaustive at once: an index finds by samples")
	case o.index != "" && o.dedup.SelfCheck > 0 && o.explicit("self-check"):
		return errors.New("--index and --self-check at once: what the index passed over is not at hand to be compared")
	}
	return nil
}

// A seen is the index that is compared with, and what it has for the articles at hand. nil is none.
type seen struct {
	options *scanOptions
	index   *index.Index
	view    *index.View
	scratch corpus.Scratch
}

// openIndex opens the index that is asked for; nil where none is. What is not said of what
// to find is as the index was made for.
func (o *scanOptions) openIndex() (*seen, error) {
	if o.index == "" {
		return nil, nil
	}
	mode := index.Read
	if o.add {
		mode = index.Write
	}
	x, err := index.Open(o.index, mode)
	if err != nil {
		return nil, hintIndex(o.command, o.index, err)
	}
	o.adopt(x.Options())
	o.dedup.Stories, o.dedup.SelfCheck = dedup.NoStories, 0 // for which an index keeps nothing
	if err := x.Serves(o.dedup); err != nil {
		return nil, errors.Join(hintIndex(o.command, o.index, fmt.Errorf("the index %q does not serve this: %w", o.index, err)), x.Close())
	}
	if x.IsLean() {
		if err := o.checkLean(); err != nil {
			return nil, errors.Join(err, x.Close())
		}
	}
	return &seen{options: o, index: x}, nil
}

// leanFormats are those that tell estimates from findings.
var leanFormats = [...]string{"text", "json", "jsonl"}

// checkLean refuses what an index that keeps no texts cannot do.
func (o *scanOptions) checkLean() error {
	switch {
	case o.command == "clean":
		return &hintedError{fmt.Errorf("clean: the index %q keeps no texts (--lean): it has estimates alone, and nothing is removed for an estimate", o.index),
			"newsdedup scan --index says what is like its articles"}
	case o.dedup.Passages > 0:
		return fmt.Errorf("%s: the index %q keeps no texts (--lean): it has no passages", o.command, o.index)
	case o.gate.asks() != "":
		return fmt.Errorf("%s: the index %q keeps no texts (--lean): %s would pass whatever is like its articles, since estimates are no findings", o.command, o.index, o.gate.asks())
	}
	told := []string{o.format}
	for _, report := range o.named {
		told = append(told, report.format)
	}
	for _, format := range told {
		if !slices.Contains(leanFormats[:], format) {
			return fmt.Errorf("%s: the format %s has no place for the estimates of the index %q, which keeps no texts (--lean): %s have", o.command, format, o.index, strings.Join(leanFormats[:], ", "))
		}
	}
	return nil
}

// adopt takes over the options of an index that were not given.
func (o *scanOptions) adopt(have dedup.Options) {
	d, floor := &o.dedup, dedup.Options{}
	if o.command == "clean" {
		floor = *d // it cuts what it finds, and is stricter by itself
	}
	for _, one := range []struct {
		flag string
		take func()
	}{
		{"shingle-size", func() { d.ShingleSize = have.ShingleSize }},
		{"paragraphs", func() { d.Paragraphs = have.Paragraphs }},
		{"threshold", func() { d.Threshold = have.Threshold }},
		{"containment", func() { d.Containment = have.Containment }},
		{"min-contained-words", func() { d.MinContained = have.MinContained }},
		{"repeat-similarity", func() { d.RepeatSimilarity = max(floor.RepeatSimilarity, have.RepeatSimilarity) }},
		{"min-repeat-words", func() { d.MinRepeat = max(floor.MinRepeat, have.MinRepeat) }},
	} {
		if !o.explicit(one.flag) {
			one.take()
		}
	}
}

// wayOn is what can be done about an index that is damaged.
const wayOn = "take it from a backup, or make another of the inputs: newsdedup index create OTHER, and newsdedup index add OTHER INPUT..."

// hintIndex says what to do about an index that does not do.
func hintIndex(command, path string, err error) error {
	err = fmt.Errorf("%s: %w", command, err)
	_, locked := errors.AsType[*index.LockedError](err)
	_, other := errors.AsType[*index.OptionsError](err)
	switch {
	case errors.Is(err, index.ErrNone):
		return &hintedError{err, "newsdedup index create " + path}
	case locked:
		return &hintedError{err, "wait until it is done; an index may be read (without --add) while it is written to"}
	case other:
		return &hintedError{err, "leave these flags away, or make another index with them: newsdedup index create OTHER, and newsdedup index add OTHER INPUT..."}
	case errors.Is(err, index.ErrDamaged) && command == "index check":
		return &hintedError{err, wayOn}
	case errors.Is(err, index.ErrDamaged):
		return &hintedError{err, "newsdedup index check " + path}
	}
	return err
}

// hinted says of an index that turned out to be damaged what to do about it. Other errors stay as they are.
func (s *seen) hinted(err error) error {
	if !errors.Is(err, index.ErrDamaged) {
		return err
	}
	return hintIndex(s.options.command, s.options.index, err)
}

// scanWith is scan, and where there is an index, of that as well.
func (o *scanOptions) scanWith(ctx context.Context, source scanned, seen *seen) (*dedup.Result, error) {
	if seen == nil {
		return o.scan(ctx, source)
	}
	progress := newProgress(o.streams, source.Progress)
	result, err := seen.find(ctx, o.gate.ignoring(source), progress)
	progress.close()
	if err != nil {
		return nil, seen.hinted(err)
	}
	seen.warnOfDamage()
	o.tellScan(source, result, progress)
	return result, nil
}

// find finds what repeats what in the corpus and the index.
func (s *seen) find(ctx context.Context, source dedup.Corpus, progress *progress) (*dedup.Result, error) {
	o := s.options
	view, err := s.index.NewView(ctx, source, o.intake(progress))
	if err != nil {
		return nil, err
	}
	s.view = view
	return view.Scan(ctx, o.dedup, progress.update)
}

// intake says how an index takes in what is read.
func (o *scanOptions) intake(progress *progress) index.Options {
	return index.Options{
		Dedup: o.dedup, Add: o.add, Memory: int(o.dedup.MaxMemory / 4),
		Progress: func(articles int) { progress.update(dedup.Reading, articles, 0) },
	}
}

// unread is the error of an index of which not all could be read, nil where it could.
func (s *seen) unread() error {
	if s == nil {
		return nil
	}
	return s.hinted(s.index.Unread())
}

// warnOfDamage says beside the report that copies may have been passed over. What would write them is refused instead.
func (s *seen) warnOfDamage() {
	err := s.unread()
	if err == nil || s.options.command == "clean" {
		return
	}
	s.options.streams.warningf("%v", err)
	if hinted, ok := errors.AsType[*hintedError](err); ok {
		s.options.streams.hintf("%s", hinted.hint)
	}
}

// article reads an article of the scan again. It is valid until the next call.
func (s *seen) article(id dedup.ArticleID) (corpus.Article, error) {
	return s.view.Article(&s.scratch, id)
}

// before returns the corpus with those articles of the index before it that were found for its articles
// as they were.
func (s *seen) before(source dedup.Corpus) dedup.Corpus {
	if s == nil {
		return source
	}
	return s.view.Of(source)
}

// keep keeps what was added.
func (s *seen) keep(ctx context.Context) error {
	if s == nil || !s.options.add {
		return nil
	}
	if err := s.index.Keep(ctx); err != nil {
		return s.hinted(err)
	}
	if s.options.verbose {
		s.options.streams.tell("%s: %s", s.options.index, addedTo(s.view, s.index))
	}
	return nil
}

// addedTo says what came of adding.
func addedTo(view *index.View, x *index.Index) string {
	said := counted(view.Added, "article") + " added"
	if view.Known > 0 {
		said += fmt.Sprintf(", %s there already", counted(view.Known, "article"))
	}
	return said + "; " + counted(x.Articles(), "article") + " in all"
}

func (s *seen) close() {
	if s != nil {
		_ = s.index.Close() // what counts has been written
	}
}
