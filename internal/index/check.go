package index

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// Check reads all of the index and hands to report what is not as it should be: checksums, order, and that what
// is known of each article is what its text says. It returns an error where it could not go on.
func (x *Index) Check(ctx context.Context, workers int, report func(violation string), progress func(done, articles int)) error {
	c := &checker{index: x, report: report, progress: progress}
	for i, s := range x.segments {
		c.segment, c.number = s, i
		for _, step := range []func(context.Context, int) error{c.tables, c.articles} {
			if err := step(ctx, workers); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// mostViolations bounds those that are named of one segment: a file that was overwritten has thousands.
const mostViolations = 100

// A checker checks segments.
type checker struct {
	index    *Index
	report   func(string)
	progress func(done, articles int)
	segment  *segment
	number   int
	named    map[int]int // by segment
	done     int

	postings int // of the segment, in lists that were not cut
}

func (c *checker) say(format string, args ...any) {
	if c.named == nil {
		c.named = make(map[int]int)
	}
	c.named[c.number]++
	if c.named[c.number] <= mostViolations {
		c.report(fmt.Sprintf("%s: %s", segmentName(c.segment.number), fmt.Sprintf(format, args...)))
	}
}

// tables goes through the tables: their checksums and their order, and that they name articles that are there.
func (c *checker) tables(ctx context.Context, _ int) error {
	c.postings = 0
	s := c.segment
	for _, t := range []struct {
		name    string
		table   *table
		samples bool
	}{{"samples", s.samples, true}, {"paragraphs", s.paragraphs, false}, {"texts", s.texts, false}, {"names", s.names, false}} {
		if err := c.table(ctx, t.name, t.table, t.samples); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) table(ctx context.Context, name string, t *table, samples bool) error {
	if err := t.checkDirectory(); err != nil {
		c.say("%s: %v", name, err)
	}
	keys, values := int64(0), int64(0)
	for bucket := range uint64(1) << t.place.Bits {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := t.read(bucket, nil)
		if err != nil {
			c.say("%s, bucket %d: %v", name, bucket, err)
			continue
		}
		e := entries{rest: data, key: bucket << (t.keyBits - t.place.Bits)}
		for last, first := uint64(0), true; e.next(nil, 0); last, first = e.key, false {
			keys, values = keys+1, values+int64(len(e.values))
			if !first && e.key <= last || e.key>>(t.keyBits-t.place.Bits) != bucket {
				c.say("%s, bucket %d: the keys are not in order", name, bucket)
			}
			c.list(name, e.key, e.values, samples)
		}
		if e.err != nil {
			c.say("%s, bucket %d: %v", name, bucket, e.err)
		}
	}
	if keys != t.place.Keys || values != t.place.Values {
		c.say("%s: %d keys of %d values, and there should be %d of %d", name, keys, values, t.place.Keys, t.place.Values)
	}
	return nil
}

// list checks the articles that a key names.
func (c *checker) list(name string, key uint64, values []uint64, samples bool) {
	var locals []uint32
	sorted := true
	if samples {
		postings, cut := readPostings(nil, values)
		if !cut {
			c.postings += len(postings)
		}
		for _, p := range postings {
			locals = append(locals, p.local())
		}
		sorted = slices.IsSorted(locals)
	} else {
		firsts, others := readStandings(values)
		for _, part := range [][]uint64{firsts, others} {
			sorted = sorted && slices.IsSorted(part)
			for _, value := range part {
				locals = append(locals, standing(value).local())
			}
		}
	}
	if !sorted {
		c.say("%s, key %x: the articles are not in order", name, key)
	}
	for _, local := range locals {
		if int64(local) >= int64(c.segment.footer.Articles) {
			c.say("%s, key %x: there is no article %d", name, key, local)
			return
		}
	}
}

// atOnce is the number of articles that a worker checks at once.
const atOnce = 256

// articles goes through the articles, and looks up all that should be known of them.
func (c *checker) articles(ctx context.Context, workers int) error {
	postings := 0
	var jobs []uint32
	for first := uint32(0); int64(first) < int64(c.segment.footer.Articles); first += atOnce {
		jobs = append(jobs, first)
	}
	examiners := make([]*examiner, workers)
	for i := range examiners {
		examiners[i] = &examiner{
			index: c.index, segment: c.segment, sketcher: dedup.NewSketcher(c.index.options),
			finder: c.index.newFinder([]*segment{c.segment}, c.index.options), unpacker: unpacker{hold: c.index.hold},
			rules: c.index.options.Rules(c.index.options),
		}
	}
	err := parallel.Over(ctx, workers, jobs, func(worker int, first uint32) (examined, error) {
		end := min(first+atOnce, uint32(c.segment.footer.Articles))
		return examiners[worker].examine(first, end), nil
	}, func(e examined) {
		for _, violation := range e.violations {
			c.say("%s", violation)
		}
		postings += e.postings
		c.done += e.articles
		if c.progress != nil {
			c.progress(c.done, c.index.Articles())
		}
	})
	if err == nil && !c.index.lean && postings != c.postings && c.named[c.number] == 0 {
		c.say("samples: %d articles are named, and %d should be", c.postings, postings)
	}
	return err
}

// An examiner checks articles against what the segment knows of them.
type examiner struct {
	index    *Index
	segment  *segment
	sketcher *dedup.Sketcher
	finder   *finder
	unpacker unpacker
	scratch  corpus.Scratch
	intake   intake
	rules    dedup.Rules

	examined
}

// An examined is what came of some articles.
type examined struct {
	violations []string
	articles   int
	postings   int // that the articles should have, in lists that were not cut
}

func (e *examiner) examine(first, end uint32) examined {
	e.examined = examined{articles: int(end - first)}
	for local := first; local < end; local++ {
		if err := e.article(local); err != nil {
			e.violations = append(e.violations, fmt.Sprintf("article %d: %v", local, err))
		}
	}
	return e.examined
}

func (e *examiner) article(local uint32) error {
	article, r, err := e.unpacker.article(e.segment, local, &e.scratch)
	if err != nil {
		return err // with its name, which stands before its text
	}
	if e.index.lean {
		err = e.leanArticle(&article, &r, local)
	} else {
		err = e.fullArticle(&article, &r, local)
	}
	if err != nil {
		return fmt.Errorf("%q: %w", article.Key, err)
	}
	return nil
}

// fullArticle checks an article with its text: that all that is known of it is what its text says.
func (e *examiner) fullArticle(article *corpus.Article, r *row, local uint32) error {
	e.intake.take(e.sketcher.Sketch(article.Body), e.index.options.MinRepeat, &e.rules)
	t := &e.intake
	if r.textHash != t.textHash || int(r.words) != t.words || r.outline != t.outline || r.tag != tagOf(article.Source) {
		return damaged("its row is not that of its text")
	}
	at := newStanding(local, r.tag)
	var errs []error
	errs = append(errs, e.stands("names", inNames, nameHash(article.Key), at))
	for _, hash := range t.paragraphs {
		errs = append(errs, e.stands("paragraphs", inParagraphs, hash, at))
	}
	if t.words > 0 {
		errs = append(errs, e.stands("texts", inTexts, t.textHash, at), e.posts(local))
	}
	return errors.Join(errs...)
}

// leanArticle checks an article without a text: that it is found by its name, and by its text.
func (e *examiner) leanArticle(article *corpus.Article, r *row, local uint32) error {
	at := newStanding(local, r.tag)
	err := e.stands("names", inNames, nameHash(article.Key), at)
	if len(article.Body) > 0 || r.tag != tagOf(article.Source) {
		err = errors.Join(err, damaged("its row is not its own"))
	}
	if r.words == 0 {
		return err
	}
	return errors.Join(err, e.stands("texts", inTexts, r.textHash, at))
}

// stands checks that a table has the article among those of the hash.
func (e *examiner) stands(name string, which int, hash uint64, at standing) error {
	values, err := e.finder.values(0, which, hash)
	if err != nil {
		return err
	}
	firsts, others := readStandings(values)
	for _, part := range [][]uint64{firsts, others} { // ascending
		if _, has := slices.BinarySearch(part, uint64(at)); has {
			return nil
		}
	}
	return fmt.Errorf("the table of %s does not have it", name)
}

// posts checks that the first article of a text, and no other, has its samples noted.
func (e *examiner) posts(local uint32) error {
	values, err := e.finder.values(0, inTexts, e.intake.textHash)
	if err != nil {
		return err
	}
	firsts, _ := readStandings(values)
	isFirst := len(firsts) > 0 && standing(firsts[0]).local() == local
	for _, k := range e.intake.keys {
		values, err := e.finder.values(0, inSamples, k.key)
		if err != nil {
			return err
		}
		postings, cut := readPostings(nil, values)
		want := newPosting(local, k.weight, e.intake.class)
		if !cut && isFirst {
			e.postings++
		}
		has := slices.Contains(postings, want)
		named := slices.ContainsFunc(postings, func(p posting) bool { return p.local() == local })
		if !cut && has != isFirst || named && !isFirst {
			return fmt.Errorf("the table of samples is wrong about it, for the sample %x", k.key)
		}
	}
	return nil
}
