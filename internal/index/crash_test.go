package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// keysOf are the names of all articles of an index, in their order.
func keysOf(t testing.TB, x *Index) []string {
	t.Helper()
	var keys []string
	if err := x.eachArticle(context.Background(), func(_ spot, a *corpus.Article) error {
		keys = append(keys, a.Key)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return keys
}

// An operation changes an index.
type operation struct {
	name string
	do   func(x *Index) error
}

// operations are all that change one.
func operations() []operation {
	ctx := context.Background()
	options := dedup.DefaultOptions()
	return []operation{
		{"add", func(x *Index) error {
			_, err := x.Read(ctx, &corpustest.Memory{Articles: news(7, 20, 4)}, Options{Dedup: options, Add: true, Memory: 20 << 10})
			if err != nil {
				return err
			}
			return x.Keep(ctx)
		}},
		{"add one by one", func(x *Index) error {
			live := x.NewLive(&corpustest.Memory{Articles: news(8, 5, 2)}, Options{Dedup: options, Add: true})
			for range 7 {
				if _, err := live.Next(ctx); err != nil {
					return err
				}
			}
			return x.Keep(ctx)
		}},
		{"remove", func(x *Index) error {
			_, _, err := x.Remove(keysOfNews(1, 3))
			return err
		}},
		{"compact", func(x *Index) error {
			if _, _, err := x.Remove(keysOfNews(1, 3)); err != nil {
				return err
			}
			return x.Compact(ctx)
		}},
	}
}

func keysOfNews(seed uint64, count int) []string {
	var keys []string
	for _, article := range news(seed, 12, 3)[:count] {
		keys = append(keys, article.Key)
	}
	return keys
}

// prepared makes an index of some segments, so that adding joins some.
func prepared(t *testing.T) string {
	t.Helper()
	x, path := newIndexAt(t, dedup.DefaultOptions())
	for seed := range uint64(7) {
		articles := news(1+seed, 12, 3)
		for i := range articles {
			if seed > 0 {
				articles[i].Key = fmt.Sprintf("%d/%s", seed, articles[i].Key)
			}
		}
		scanInto(t, x, articles, dedup.DefaultOptions())
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// copyOf copies an index.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy.nd")
	if err := os.CopyFS(to, os.DirFS(path)); err != nil {
		t.Fatal(err)
	}
	return to
}

var errCrash = errors.New("the machine stands still")

// TestCrash ends each operation at every step that it takes on disk, a write in its middle. What is found
// afterwards is what was there before, or what is there when it comes to its end, and is sound.
func TestCrash(t *testing.T) {
	original := prepared(t)
	for _, operation := range operations() {
		t.Run(operation.name, func(t *testing.T) {
			before, after := statesOf(t, original, operation)
			crashes, kept := 0, 0
			for step := 0; ; step++ {
				path := copyOf(t, original)
				ended := crashAt(t, path, operation, step)
				x, err := Open(path, Write)
				if err != nil {
					t.Fatalf("step %d: %v", step, err)
				}
				got := keysOf(t, x)
				if !slices.ContainsFunc(before, func(keys []string) bool { return slices.Equal(keys, got) }) {
					if !slices.Equal(got, after) {
						t.Fatalf("step %d: neither what was there nor what should be: %s", step, gocmp.Diff(after, got))
					}
					kept++
				}
				mustBeSound(t, x)
				mustBeSwept(t, x)
				if err := x.Close(); err != nil {
					t.Fatal(err)
				}
				if ended {
					break
				}
				crashes++
			}
			t.Logf("%d crashes, %d of them after the new state was there", crashes, kept)
			if crashes < 3 {
				t.Errorf("%d crashes: nothing was tested", crashes)
			}
		})
	}
}

// statesOf returns what an index holds before an operation, or between two that it is made of, and after it.
func statesOf(t *testing.T, original string, operation operation) (before [][]string, after []string) {
	t.Helper()
	x, err := Open(copyOf(t, original), Write)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	before = append(before, keysOf(t, x))
	if err := operation.do(x); err != nil {
		t.Fatal(err)
	}
	return before, keysOf(t, x)
}

// crashAt runs the operation and stops at its step of that number; true says that it came to its end before.
func crashAt(t *testing.T, path string, operation operation, step int) (ended bool) {
	t.Helper()
	x, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	x.disk.before = func(string, string) error {
		if taken++; taken > step {
			return errCrash
		}
		return nil
	}
	err = operation.do(x)
	if err != nil && !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	// The process is gone: its files are closed, and nothing is tidied up.
	closeAll(x.segments)
	closeAll(x.pending)
	x.lockFile.Close()
	return err == nil
}

// mustBeSwept fails where there are files that belong to nothing.
func mustBeSwept(t *testing.T, x *Index) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(x.folder, segmentGlob))
	if err != nil || len(files) != len(x.manifest.Segments) {
		t.Errorf("%d files of %d segments, %v", len(files), len(x.manifest.Segments), err)
	}
}

// TestFailure has each step on disk fail, and all those behind it, as a full disk does; the process goes on to close the index. What was
// there before is there then, or what should be; it is sound, and nothing is left beside it, unless that may be wanted after a crash.
func TestFailure(t *testing.T) {
	original := prepared(t)
	for _, operation := range operations() {
		t.Run(operation.name, func(t *testing.T) {
			before, after := statesOf(t, original, operation)
			for step, ended := 0, false; !ended; step++ {
				path := copyOf(t, original)
				ended = failAt(t, path, operation, step)
				x, err := Open(path, Read)
				if err != nil {
					t.Fatalf("step %d: %v", step, err)
				}
				got := keysOf(t, x)
				if !slices.ContainsFunc(append(before, after), func(keys []string) bool { return slices.Equal(keys, got) }) {
					t.Fatalf("step %d: neither what was there nor what should be: %s", step, gocmp.Diff(after, got))
				}
				mustBeSound(t, x)
				if err := x.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// failAt runs the operation, whose steps fail from that of the number on, and closes the index; true says that it came to its end before.
func failAt(t *testing.T, path string, operation operation, step int) (ended bool) {
	t.Helper()
	x, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	taken, renamed := 0, false
	x.disk.before = func(what, _ string) error {
		if taken++; taken > step {
			return errCrash
		}
		renamed = renamed || what == "rename"
		return nil
	}
	err = operation.do(x)
	if err != nil && !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Errorf("step %d: closing: %v", step, err)
	}
	files, globErr := filepath.Glob(filepath.Join(path, segmentGlob))
	m, readErr := readManifest(path)
	if globErr != nil || readErr != nil || len(files) != len(m.Segments) && !renamed {
		t.Errorf("step %d: %d files of segments are left, %v, %v", step, len(files), globErr, readErr)
	}
	return err == nil
}
