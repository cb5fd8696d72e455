package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// An adder takes articles in: they become segments that are pending until they are kept.
type adder struct {
	index   *Index
	most    int // bytes of memory that a segment that is built may take
	file    *newFile
	number  uint64
	builder *builder
	added   int
}

// builtBytes is how much memory a segment takes, at the most, while it is built: some fifty
// thousand articles of news.
const builtBytes = 64 << 20

func (x *Index) newAdder(most int) *adder {
	if most <= 0 {
		most = builtBytes
	}
	return &adder{index: x, most: most}
}

// add takes an article in.
func (a *adder) add(article *corpus.Article, t *intake) error {
	if a.builder == nil {
		if err := a.begin(); err != nil {
			return err
		}
	}
	if err := a.builder.add(article, t); err != nil {
		return a.failed(err)
	}
	a.added++
	if a.builder.heldBytes() > a.most || a.builder.isFull() {
		return a.end()
	}
	return nil
}

func (a *adder) begin() error {
	a.number = a.index.nextNumber()
	file, err := a.index.createSegment(a.number)
	if err == nil {
		a.file = file
		a.builder, err = newBuilder(&output{out: file}, a.index.lean)
	}
	if err != nil {
		return a.failed(err)
	}
	return nil
}

func (a *adder) failed(err error) error {
	return fmt.Errorf("adding to the index %q: %w", a.index.name, withoutPath(err))
}

// end makes what has been taken in a pending segment.
func (a *adder) end() error {
	if a.builder == nil {
		return nil
	}
	b, file := a.builder, a.file
	a.builder, a.file = nil, nil
	if err := b.finish(); err != nil {
		return a.failed(err)
	}
	s, err := a.index.endSegment(file, a.number, b.out.at)
	if err != nil {
		return a.failed(err)
	}
	a.index.pending = append(a.index.pending, s)
	return nil
}

// createSegment begins the file of a segment, which Close removes unless endSegment has made it one.
func (x *Index) createSegment(number uint64) (*newFile, error) {
	file, err := x.disk.create(x.path(segmentName(number)))
	if err != nil {
		return nil, err
	}
	x.begun = append(x.begun, file)
	return file, nil
}

// endSegment makes a segment of a file of the size that has been written.
func (x *Index) endSegment(file *newFile, number uint64, size int64) (*segment, error) {
	if err := file.finish(); err != nil {
		return nil, err
	}
	s, err := openSegment(file.file, size)
	if err != nil {
		return nil, err
	}
	s.file, s.number = file.file, number
	x.begun = slices.DeleteFunc(x.begun, func(one *newFile) bool { return one == file })
	return s, nil
}

// nextNumber returns a number that no segment has had, as far as the manifest knows.
func (x *Index) nextNumber() uint64 {
	number := x.manifest.Next
	x.manifest.Next++
	return number
}

// addOne takes one article in, in memory: it is found from now on, and kept with the next Keep.
func (x *Index) addOne(article *corpus.Article, t *intake) error {
	var memory bytes.Buffer
	b, err := newBuilder(&output{out: &memory}, x.lean)
	if err == nil {
		err = b.add(article, t)
	}
	if err == nil {
		err = b.finish()
	}
	if err != nil {
		return err
	}
	if err := x.addMemory(memory.Bytes()); err != nil {
		return err
	}
	return x.joinMemory()
}

func (x *Index) addMemory(data []byte) error {
	s, err := openSegment(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	s.number = x.numbers
	x.numbers++
	x.pending = append(x.pending, s)
	return nil
}

// joinMemory joins the last segments in memory where several are of about one size, so that there are few
// to be asked.
func (x *Index) joinMemory() error {
	for {
		first := mergeFrom(x.pending)
		if first < 0 {
			return nil
		}
		var memory bytes.Buffer
		if err := merge(x.pending[first:], &output{out: &memory}); err != nil {
			return err
		}
		x.pending = x.pending[:first]
		if err := x.addMemory(memory.Bytes()); err != nil {
			return err
		}
	}
}

// hasPending reports whether something has been added and not kept.
func (x *Index) hasPending() bool { return len(x.pending) > 0 }

// dropPending forgets what has been added and not kept, and what came to no end.
func (x *Index) dropPending() error {
	var errs []error
	for _, s := range x.pending {
		errs = append(errs, s.discard())
	}
	for _, file := range x.begun {
		errs = append(errs, file.file.Close(), os.Remove(file.path))
	}
	x.pending, x.begun = nil, nil
	return errors.Join(errs...)
}

// discard closes a segment that no manifest names, and removes its file.
func (s *segment) discard() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.close(), os.Remove(s.file.Name()))
}

// Keep makes what has been added a part of the index, all of it at once: however the process
// ends, the index is what it was or has all of it.
func (x *Index) Keep(ctx context.Context) error {
	if err := x.keep(ctx); err != nil {
		return fmt.Errorf("adding to the index %q: %w", x.name, withoutPath(err))
	}
	return nil
}

func (x *Index) keep(ctx context.Context) error {
	if !x.hasPending() {
		return nil
	}
	if err := x.settle(); err != nil {
		return err
	}
	counts, err := x.replace(slices.Concat(x.segments, x.pending))
	if counts {
		x.pending = nil
	}
	if err != nil {
		return err
	}
	if err := x.tidy(ctx); err != nil {
		return fmt.Errorf("all of it was added, but its segments could not be joined: %w", withoutPath(err))
	}
	return nil
}

// settle makes one segment in a file of all that is in memory.
func (x *Index) settle() error {
	first := slices.IndexFunc(x.pending, func(s *segment) bool { return s.file == nil })
	if first < 0 {
		return nil
	}
	joined, err := x.mergeToFile(context.Background(), x.pending[first:]) // whoever interrupts: it was answered
	if err != nil {
		return err
	}
	x.pending = append(x.pending[:first:first], joined)
	return nil
}

// replace makes the segments those of the index, on disk first. Where there is an error and it counts all the
// same, they are, but may not be after a crash: then no file of those before may go.
func (x *Index) replace(segments []*segment) (counts bool, err error) {
	next := *x.manifest
	next.Segments = nil
	for _, s := range segments {
		next.Segments = append(next.Segments, segmentEntry{Number: s.number, Bytes: s.size, Removed: encodeRemoved(s.removed)})
	}
	if counts, err = x.writeManifest(&next); counts {
		x.manifest, x.segments = &next, segments
	}
	return counts, err
}

// mergeToFile joins segments into one in a file, which is nil where nothing is left of them.
func (x *Index) mergeToFile(ctx context.Context, segments []*segment) (*segment, error) {
	number := x.nextNumber()
	file, err := x.createSegment(number)
	if err != nil {
		return nil, err
	}
	out := &output{out: file, ctx: ctx}
	if err := merge(segments, out); err != nil {
		return nil, err
	}
	return x.endSegment(file, number, out.at)
}

const (
	// fanOut is how many segments of about one size are joined: so there are at most three of each
	// size, and an article is written again once for each fourfold of the index.
	fanOut = 4
	// smallSegment is the number of articles up to which all segments are of one size.
	smallSegment = 32
)

// sizeClass is the same for segments of about one size.
func sizeClass(articles int) int {
	class := 0
	for ; articles > smallSegment; articles /= fanOut {
		class++
	}
	return class
}

// mergeFrom returns the first of the last segments that are to be joined, -1 where none are: where fanOut of
// them are of one class, and none of a larger one. Smaller ones among them are joined too, and do not count: a
// large segment would be written again for a few articles.
func mergeFrom(segments []*segment) int {
	for class, first := 0, len(segments); first > 0; class++ {
		ofClass := 0
		for at := len(segments); at > 0; at-- {
			own := sizeClass(segments[at-1].footer.Articles)
			if own > class {
				break
			}
			if first = at - 1; own == class {
				ofClass++
			}
		}
		if ofClass >= fanOut {
			return first
		}
	}
	return -1
}

// tidy joins segments while there are too many of one size. Readers that have opened the old
// ones go on reading them.
func (x *Index) tidy(ctx context.Context) error {
	for ctx.Err() == nil {
		first := mergeFrom(x.segments)
		if first < 0 {
			return nil
		}
		if err := x.join(ctx, first); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil // it is whole as it is, and tidied by the next
}

// join makes one segment of all from the first on.
func (x *Index) join(ctx context.Context, first int) error {
	old := slices.Clone(x.segments[first:])
	joined, err := x.mergeToFile(ctx, old)
	if err != nil {
		return err
	}
	segments := x.segments[:first:first]
	if joined.footer.Articles > 0 {
		segments = append(segments, joined)
	}
	counts, err := x.replace(segments)
	switch {
	case !counts:
		return errors.Join(err, joined.discard())
	case err != nil:
		return errors.Join(err, closeAll(old)) // the next writer removes their files
	}
	for _, s := range old {
		if err := errors.Join(s.close(), x.disk.remove(x.path(segmentName(s.number)))); err != nil {
			return err
		}
	}
	if joined.footer.Articles == 0 {
		return errors.Join(joined.close(), x.disk.remove(x.path(segmentName(joined.number))))
	}
	return nil
}
