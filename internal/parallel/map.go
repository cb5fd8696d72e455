// Package parallel holds the project's concurrency: an ordered, bounded map over
// a stream, and a reader that reads ahead (Ahead). Everything else is single-threaded
// code that is handed its input.
//
// Of the map, items are read by one goroutine, worked on by several, and emitted by one
// in the order they were read, so what a caller builds from them does not
// depend on the number of workers. At most 2×workers+2 items are in flight
// (queued, and one each with the reader and the emitter): memory is bounded by
// the size of an item, which is the caller's to choose. The first error in the
// order of the items wins, whichever worker met one first.
package parallel

import (
	"context"
	"io"

	"golang.org/x/sync/errgroup"
)

// A Stream is a source of items, the work on each, and what becomes of the results.
type Stream[In, Out any] struct {
	// Next returns the next item, io.EOF after the last. It is called by one
	// goroutine at a time.
	Next func() (In, error)
	// Work is called concurrently, with a worker's number below the number of
	// workers: no two calls with the same number overlap.
	Work func(worker int, item In) (Out, error)
	// Emit is called in the order of the items, by one goroutine.
	Emit func(Out) error
}

type job[In, Out any] struct {
	item In
	done chan outcome[Out]
}

type outcome[Out any] struct {
	value Out
	err   error
}

// Map runs the stream on the given number of workers, at least 1, and returns
// when every goroutine it started has ended. It stops at the first error, or
// when ctx is done, with ctx's error; a call of Next, Work or Emit that is
// under way is waited for.
func Map[In, Out any](ctx context.Context, workers int, stream Stream[In, Out]) error {
	group, ctx := errgroup.WithContext(ctx)
	jobs := make(chan job[In, Out])
	ordered := make(chan chan outcome[Out], 2*workers)
	group.Go(func() error { return produce(ctx, stream.Next, jobs, ordered) })
	for worker := range workers {
		group.Go(func() error {
			for j := range jobs {
				value, err := stream.Work(worker, j.item)
				j.done <- outcome[Out]{value, err}
			}
			return nil
		})
	}
	group.Go(func() error { return emit(ctx, stream.Emit, ordered) })
	return group.Wait()
}

// produce reads items and queues each twice: for a worker, and for its turn.
// A failed read is queued for its turn only, behind the items before it.
func produce[In, Out any](ctx context.Context, next func() (In, error), jobs chan<- job[In, Out], ordered chan<- chan outcome[Out]) error {
	defer close(jobs)
	defer close(ordered)
	for ctx.Err() == nil {
		item, err := next()
		if err == io.EOF {
			return nil
		}
		done := make(chan outcome[Out], 1)
		select {
		case ordered <- done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err != nil {
			done <- outcome[Out]{err: err}
			return nil
		}
		select {
		case jobs <- job[In, Out]{item, done}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

func emit[Out any](ctx context.Context, emit func(Out) error, ordered <-chan chan outcome[Out]) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case done, ok := <-ordered:
			if !ok {
				return nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case result := <-done:
				if result.err != nil {
					return result.err
				}
				if err := emit(result.value); err != nil {
					return err
				}
			}
		}
	}
}

// overRun is the most items that Over hands over at once, so that the handing
// over, about a microsecond, costs little beside items of a microsecond; there
// are at least sixteen runs for each worker, so that none waits long for another.
const overRun = 64

// Over runs work for every item of the slice and hands the results to take, in
// their order and by one goroutine. After an error, those of the items before it
// have been taken.
func Over[In, Out any](ctx context.Context, workers int, items []In, work func(worker int, item In) (Out, error), take func(Out)) error {
	type run struct {
		values []Out
		err    error
	}
	length := min(overRun, max(1, len(items)/(16*workers)))
	next := 0
	return Map(ctx, workers, Stream[[]In, run]{
		Next: func() ([]In, error) {
			if next == len(items) {
				return nil, io.EOF
			}
			start := next
			next = min(next+length, len(items))
			return items[start:next], nil
		},
		Work: func(worker int, items []In) (run, error) {
			r := run{values: make([]Out, 0, len(items))}
			for _, item := range items {
				if r.err = ctx.Err(); r.err != nil {
					break
				}
				var value Out
				if value, r.err = work(worker, item); r.err != nil {
					break
				}
				r.values = append(r.values, value)
			}
			return r, nil
		},
		Emit: func(r run) error {
			for _, value := range r.values {
				take(value)
			}
			return r.err
		},
	})
}

// Each is Over that returns the results at the positions of their items. After
// an error they are those of the items before it.
func Each[In, Out any](ctx context.Context, workers int, items []In, work func(worker int, item In) (Out, error)) ([]Out, error) {
	results := make([]Out, 0, len(items))
	err := Over(ctx, workers, items, work, func(result Out) { results = append(results, result) })
	return results, err
}
