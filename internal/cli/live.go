package cli

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/index"
	"github.com/newsdedup/newsdedup/internal/report"
)

// isLive reports whether articles are answered one by one, as they come: from standard input into
// JSON lines, unless something is asked for that all findings must be known for.
func (o *scanOptions) isLive() bool {
	if o.index == "" || !slices.Equal(o.inputs, []string{corpus.Stdin}) || o.format != "jsonl" {
		return false
	}
	flag := o.ofAll()
	if flag != "" {
		o.streams.hintf("standard input is read to its end before anything is told, since %s is of all findings", flag)
	}
	return flag == ""
}

// ofAll returns a flag that all findings must be known for, "" where none is given. A file is written whole or not
// at all.
func (o *scanOptions) ofAll() string {
	g := &o.gate
	switch {
	case o.output != "":
		return "--output"
	case len(o.reports) > 0:
		return "--report"
	case len(g.ignore) > 0:
		return "--ignore"
	case len(g.ignoreTexts) > 0:
		return "--ignore-paragraph"
	case len(g.only) > 0:
		return "--only"
	}
	return g.asks()
}

// A waiter calls before each read of a feed that may have to wait: what has been answered is kept while there is
// nothing else to do.
type waiter struct {
	io.Reader
	before func() error
	err    error
}

func (w *waiter) Read(p []byte) (int, error) {
	if w.before != nil && w.err == nil {
		w.err = w.before()
	}
	if w.err != nil {
		return 0, io.EOF // told by who reads
	}
	return w.Reader.Read(p)
}

// runLive answers the articles of standard input one by one.
func (o *scanOptions) runLive(ctx context.Context) error {
	seen, err := o.openIndex()
	if err != nil {
		return err
	}
	defer seen.close()
	feed := &waiter{Reader: o.streams.In}
	if o.add {
		feed.before = func() error { return seen.index.Keep(ctx) }
	}
	streams := *o
	streams.streams.In, streams.corpus.Live = feed, true
	source, err := streams.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	total, err := o.answer(ctx, seen, source, feed)
	if feed.err != nil {
		return seen.hinted(feed.err)
	}
	if o.add { // also of a feed that was interrupted: what was answered is kept
		err = errors.Join(err, seen.index.Keep(context.WithoutCancel(ctx)))
	}
	if err != nil {
		return seen.hinted(err)
	}
	seen.warnOfDamage()
	o.tellInputs(source, total)
	return o.judge(total.Summary)
}

// answer answers until the feed ends, or what was answered cannot be kept: then what has half come is no article, and
// there is no summary.
func (o *scanOptions) answer(ctx context.Context, seen *seen, source *corpus.Corpus, feed *waiter) (*dedup.Result, error) {
	live := seen.index.NewLive(o.gate.ignoring(source), index.Options{Dedup: o.dedup, Add: o.add})
	out := report.NewStream(o.streams.Out, o.reportOptions(nil))
	total := &dedup.Result{Options: o.dedup}
	for {
		result, err := live.Next(ctx)
		if feed.err != nil {
			return total, feed.err
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return total, err
		}
		total.Summary.Add(result.Summary)
		if err := out.Write(result); err != nil {
			return total, err
		}
	}
	total.Problems = source.Problems()
	total.Summary.Problems += len(total.Problems) + source.UnlistedProblems()
	return total, out.Close(total)
}
