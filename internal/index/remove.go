package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Find calls visit with the articles that have the key, in the order of their adding. The
// article is valid until it returns.
func (x *Index) Find(key string, visit func(*corpus.Article) error) error {
	err := x.eachNamed(key, func(_ spot, article *corpus.Article) error { return visit(article) })
	if err != nil {
		return fmt.Errorf("reading the index %q: %w", x.name, err)
	}
	return nil
}

func (x *Index) eachNamed(key string, visit func(spot, *corpus.Article) error) error {
	f := x.newFinder(x.segments, x.options)
	u := x.unpackers.Get().(*unpacker)
	defer x.unpackers.Put(u)
	var scratch corpus.Scratch
	for i, s := range x.segments {
		values, err := f.values(i, inNames, nameHash(key))
		if err != nil {
			return err
		}
		firsts, others := readStandings(values)
		at := slices.Concat(firsts, others)
		slices.Sort(at)
		for _, value := range at {
			local := standing(value).local()
			if s.removed.has(local) {
				continue
			}
			article, _, err := u.article(s, local, &scratch)
			if err == nil && article.Key == key {
				err = visit(newSpot(i, local), &article)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Remove removes the articles that have one of the keys, and returns how many, and the keys that none
// has. They are named in no answer from now on; the room is given back by Compact, or when
// their segments are joined.
func (x *Index) Remove(keys []string) (count int, unknown []string, err error) {
	var gone []spot
	for _, key := range keys {
		before := len(gone)
		if err := x.eachNamed(key, func(at spot, _ *corpus.Article) error {
			gone = append(gone, at)
			return nil
		}); err != nil {
			return 0, nil, fmt.Errorf("reading the index %q: %w", x.name, err)
		}
		if len(gone) == before {
			unknown = append(unknown, key)
		}
	}
	count, err = x.remove(gone)
	return count, unknown, err
}

// RemoveBefore removes the articles that were published before the time. Those without a time stay.
func (x *Index) RemoveBefore(ctx context.Context, before time.Time) (count int, err error) {
	var gone []spot
	if err := x.eachArticle(ctx, func(at spot, article *corpus.Article) error {
		if published := article.Meta.Published; !published.IsZero() && published.Before(before) {
			gone = append(gone, at)
		}
		return nil
	}); err != nil {
		return 0, fmt.Errorf("reading the index %q: %w", x.name, err)
	}
	return x.remove(gone)
}

// RemoveDamaged removes the articles whose texts cannot be read, so that Compact can write the others anew. What
// a segment knows of its articles beside their texts must be whole.
func (x *Index) RemoveDamaged(ctx context.Context) (count int, err error) {
	var gone []spot
	if err := x.eachReading(ctx, func(at spot, _ *corpus.Article, err error) error {
		if errors.Is(err, ErrDamaged) {
			gone, err = append(gone, at), nil
		}
		return err
	}); err != nil {
		return 0, fmt.Errorf("reading the index %q: %w", x.name, err)
	}
	return x.remove(gone)
}

// eachArticle goes through all articles in the order of their adding.
func (x *Index) eachArticle(ctx context.Context, visit func(spot, *corpus.Article) error) error {
	return x.eachReading(ctx, func(at spot, article *corpus.Article, err error) error {
		if err != nil {
			return err
		}
		return visit(at, article)
	})
}

// eachReading goes through all articles as eachArticle does, and tells of those too that cannot be read, and why.
func (x *Index) eachReading(ctx context.Context, visit func(spot, *corpus.Article, error) error) error {
	u := x.unpackers.Get().(*unpacker)
	defer x.unpackers.Put(u)
	var scratch corpus.Scratch
	for i, s := range x.segments {
		if err := s.eachRow(func(local uint32, r row) error {
			if s.removed.has(local) {
				return ctx.Err()
			}
			var article corpus.Article
			data, err := u.block(s, r.block)
			if err == nil {
				article, err = articleIn(data, &r, &scratch)
			}
			return cmp.Or(visit(newSpot(i, local), &article, err), ctx.Err())
		}); err != nil {
			return err
		}
	}
	return nil
}

func (x *Index) remove(gone []spot) (int, error) {
	slices.Sort(gone)
	gone = slices.Compact(gone)
	if len(gone) == 0 {
		return 0, nil
	}
	of := make(map[int][]uint32)
	for _, at := range gone {
		of[at.segment()] = append(of[at.segment()], at.local())
	}
	before := make(map[int]removed)
	for i, locals := range of {
		before[i] = x.segments[i].removed
		x.segments[i].removed = x.segments[i].removed.with(locals)
	}
	counts, err := x.replace(x.segments)
	for i, r := range before {
		if !counts {
			x.segments[i].removed = r
		}
	}
	if err != nil {
		return 0, fmt.Errorf("removing from the index %q: %w", x.name, withoutPath(err))
	}
	return len(gone), nil
}

// Compact makes one segment of all, without the articles that have been removed.
func (x *Index) Compact(ctx context.Context) error {
	if len(x.segments) == 0 || len(x.segments) == 1 && x.segments[0].removed == nil {
		return nil
	}
	if err := x.join(ctx, 0); err != nil {
		return fmt.Errorf("compacting the index %q: %w", x.name, withoutPath(err))
	}
	return nil
}

// Stat says what an index holds.
type Stat struct {
	Articles, Removed int
	Words, Bytes      int64 // of the articles, with those that have been removed and not yet compacted away
	Segments          int
	Stored            int64 // bytes on disk
	TextsStored       int64 // of these, for what the articles say
	SamplesStored     int64 // and for their samples
}

// Stat returns what the index holds.
func (x *Index) Stat() Stat {
	var t Stat
	for _, s := range x.segments {
		t.Articles += s.live()
		t.Removed += s.removed.count()
		t.Words += s.footer.Words
		t.Bytes += s.footer.Bytes
		t.Stored += s.size
		t.TextsStored += s.footer.Rows
		t.SamplesStored += s.samples.bytes()
	}
	t.Segments = len(x.segments)
	return t
}
