package parallel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// Every test runs in a bubble of package synctest: time is simulated, so delays
// cost nothing, and a goroutine that outlives Map fails the test.

// numbers returns a Next that counts from 0 to end, and how often it was called.
func numbers(end int) (next func() (int, error), calls *atomic.Int64) {
	calls = new(atomic.Int64)
	return func() (int, error) {
		if n := int(calls.Add(1)) - 1; n < end {
			return n, nil
		}
		return 0, io.EOF
	}, calls
}

func upTo(end int) []int {
	all := make([]int, end)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestOrderIsKept(t *testing.T) {
	for workers := 1; workers <= 9; workers++ {
		synctest.Test(t, func(t *testing.T) {
			const items = 500
			random := rand.New(rand.NewPCG(seeded.Seed(), uint64(workers)))
			var delays [items]time.Duration
			for i := range delays {
				delays[i] = time.Duration(random.IntN(100))
			}
			next, _ := numbers(items)
			busy := make([]atomic.Bool, workers)
			var emitted []int
			err := Map(t.Context(), workers, Stream[int, int]{
				Next: next,
				Work: func(worker, item int) (int, error) {
					if busy[worker].Swap(true) {
						t.Errorf("worker %d is called while it works", worker)
					}
					time.Sleep(delays[item])
					busy[worker].Store(false)
					return item, nil
				},
				Emit: func(item int) error {
					time.Sleep(delays[items-1-item])
					emitted = append(emitted, item)
					return nil
				},
			})
			if diff := cmp.Diff(upTo(items), emitted); err != nil || diff != "" {
				t.Errorf("%d workers, -seed=%d: error %v, emitted (-want +got):\n%s", workers, seeded.Seed(), err, diff)
			}
		})
	}
}

func TestAllWorkersWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next, _ := numbers(4)
		start := time.Now()
		err := Map(t.Context(), 4, Stream[int, int]{
			Next: next,
			Work: func(int, int) (int, error) { time.Sleep(time.Hour); return 0, nil },
			Emit: func(int) error { return nil },
		})
		if took := time.Since(start); err != nil || took != time.Hour {
			t.Errorf("four items of an hour took four workers %v, error %v", took, err)
		}
	})
}

func TestItemsInFlightAreBounded(t *testing.T) {
	for workers := 1; workers <= 5; workers++ {
		synctest.Test(t, func(t *testing.T) {
			next, calls := numbers(100)
			release := make(chan struct{})
			go func() {
				synctest.Wait() // until nothing moves any more
				if got, want := int(calls.Load()), 2*workers+2; got != want {
					t.Errorf("%d workers: %d items were read while the first waits to be emitted, want %d", workers, got, want)
				}
				close(release)
			}()
			err := Map(t.Context(), workers, Stream[int, int]{
				Next: next,
				Work: func(_, item int) (int, error) { return item, nil },
				Emit: func(int) error { <-release; return nil },
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFirstErrorWins has items fail in the reverse of their order.
func TestFirstErrorWins(t *testing.T) {
	type failures struct{ work, next, emit int } // the items that fail, -1 for none
	for _, test := range []struct {
		fails   failures
		want    string
		emitted int
	}{
		{failures{work: 3, next: -1, emit: -1}, "work 3", 3},
		{failures{work: 0, next: -1, emit: -1}, "work 0", 0},
		{failures{work: -1, next: 5, emit: -1}, "next 5", 5},
		{failures{work: -1, next: 0, emit: -1}, "next 0", 0},
		{failures{work: 3, next: 4, emit: -1}, "work 3", 3},
		{failures{work: 5, next: 4, emit: -1}, "next 4", 4},
		{failures{work: -1, next: -1, emit: 2}, "emit 2", 2},
		{failures{work: 3, next: 4, emit: 2}, "emit 2", 2},
		{failures{work: 3, next: 4, emit: 3}, "work 3", 3},
	} {
		for workers := 1; workers <= 6; workers++ {
			synctest.Test(t, func(t *testing.T) {
				count, calls := numbers(1000)
				var emitted []int
				err := Map(t.Context(), workers, Stream[int, int]{
					Next: func() (int, error) {
						item, err := count()
						if item == test.fails.next {
							return 0, errors.New(fmt.Sprint("next ", item))
						}
						return item, err
					},
					Work: func(_, item int) (int, error) {
						time.Sleep(time.Duration(1000 - item))
						if test.fails.work >= 0 && item >= test.fails.work {
							return 0, fmt.Errorf("work %d", item)
						}
						return item, nil
					},
					Emit: func(item int) error {
						if item == test.fails.emit {
							return fmt.Errorf("emit %d", item)
						}
						emitted = append(emitted, item)
						return nil
					},
				})
				if err == nil || err.Error() != test.want || len(emitted) != test.emitted {
					t.Errorf("%+v, %d workers: error %v after %d emitted, want %s after %d",
						test.fails, workers, err, len(emitted), test.want, test.emitted)
				}
				if most := int64(test.emitted + 2*workers + 2); calls.Load() > most {
					t.Errorf("%+v, %d workers: %d items were read, at most %d should be", test.fails, workers, calls.Load(), most)
				}
			})
		}
	}
}

func TestCancelling(t *testing.T) {
	endless := func() (int, error) { return 0, nil }
	for _, test := range []struct {
		name string
		work func(ctx context.Context) error
		emit func(ctx context.Context) error
	}{
		{"while working", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(context.Context) error { return nil }},
		{"while emitting", func(context.Context) error { return nil }, func(ctx context.Context) error { <-ctx.Done(); return nil }},
		{"in between", func(context.Context) error { time.Sleep(time.Microsecond); return nil }, func(context.Context) error { return nil }},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second/1000)
			defer cancel()
			err := Map(ctx, 3, Stream[int, int]{
				Next: endless,
				Work: func(int, int) (int, error) { return 0, test.work(ctx) },
				Emit: func(int) error { return test.emit(ctx) },
			})
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: error %v, want %v", test.name, err, context.DeadlineExceeded)
			}
		})
	}
}

func TestCancelledBefore(t *testing.T) {
	for range 100 { // a select that may choose would choose both ways
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			next, calls := numbers(0)
			err := Map(ctx, 2, Stream[int, int]{Next: next})
			if !errors.Is(err, context.Canceled) || calls.Load() > 0 {
				t.Fatalf("error %v after %d calls of Next, want %v and none", err, calls.Load(), context.Canceled)
			}
		})
	}
}

func TestEach(t *testing.T) {
	for _, items := range []int{0, 1, 2, 100} {
		synctest.Test(t, func(t *testing.T) {
			squares, err := Each(t.Context(), 3, upTo(items), func(_, item int) (int, error) {
				time.Sleep(time.Duration(items - item))
				return item * item, nil
			})
			want := upTo(items)
			for i := range want {
				want[i] *= i
			}
			if diff := cmp.Diff(want, squares); err != nil || diff != "" {
				t.Errorf("%d items: error %v, results (-want +got):\n%s", items, err, diff)
			}
		})
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("refused")
		results, err := Each(t.Context(), 3, upTo(100), func(_, item int) (string, error) {
			if item == 2 {
				return "", refused
			}
			return fmt.Sprint(item), nil
		})
		if diff := cmp.Diff([]string{"0", "1"}, results); err != refused || diff != "" {
			t.Errorf("error %v, results (-want +got):\n%s", err, diff)
		}
	})
}

// BenchmarkMap measures what an item costs beside its work.
func BenchmarkMap(b *testing.B) {
	for _, workers := range []int{1, 2, 8} {
		b.Run(fmt.Sprint(workers, "-workers"), func(b *testing.B) {
			items := upTo(1000)
			for b.Loop() {
				if _, err := Each(b.Context(), workers, items, func(_, item int) (int, error) { return item, nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(items)), "ns/item")
		})
	}
}
