package formats_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// shards writes compressed files of all kinds into a folder, some of them
// damaged, and returns their paths.
func shards(t testing.TB, random *rand.Rand, count int) (dir string, paths []string) {
	t.Helper()
	dir = t.TempDir()
	kinds := slices.Sorted(maps.Keys(storages))
	for i := range count {
		var text strings.Builder
		for j := range random.IntN(40) {
			text.WriteString(line(fmt.Sprintf("%d/%d", i, j), strings.Repeat("tide ", random.IntN(2000))))
		}
		storage := storages[kinds[random.IntN(len(kinds))]]
		stored := storage.store(text.String())
		switch random.IntN(6) {
		case 0:
			stored = stored[:random.IntN(len(stored)+1)]
		case 1:
			stored += "garbage"
		case 2:
			damaged := []byte(stored)
			if len(damaged) > 0 {
				damaged[random.IntN(len(damaged))] ^= 0x10
			}
			stored = string(damaged)
		}
		suffix := storage.suffix
		if random.IntN(8) == 0 {
			suffix = ".gz" // which it need not be
		}
		paths = append(paths, write(t, dir, fmt.Sprintf("%03d.jsonl%s", i, suffix), stored))
	}
	return dir, paths
}

// TestShards reads a folder of compressed files, sound and damaged, and
// compares with each read by itself.
func TestShards(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	dir, paths := shards(t, random, 150)
	var want reading
	for input, path := range paths {
		// Each alone, and under another name, by which nothing is decompressed ahead.
		alone := filepath.Join(t.TempDir(), "alone.jsonl")
		if err := os.Link(path, alone); err != nil {
			t.Skip(err)
		}
		r := read(t, open(t, nil, corpus.Options{Format: "jsonl"}, alone))
		for _, a := range r.articles {
			a.Input, a.Path, a.Locator = input, path, corpus.Locator{}
			want.articles = append(want.articles, a)
		}
		for _, p := range r.problems {
			p.Input, p.Path = input, path
			want.problems = append(want.problems, p)
		}
	}
	c := open(t, nil, corpus.Options{Format: "jsonl", SpoolBytes: 100_000, TempDir: t.TempDir()}, dir)
	got := read(t, c)
	checkFetch(t, c, got)
	for i := range got.articles {
		got.articles[i].Locator = corpus.Locator{}
	}
	if diff := cmp.Diff(want.problems, got.problems); diff != "" {
		t.Errorf("seed %d: problems (-alone +in a folder):\n%s", seeded.Seed(), diff)
	}
	if diff := cmp.Diff(want.articles, got.articles, asStrings); diff != "" {
		t.Errorf("seed %d: articles (-alone +in a folder):\n%.2000s", seeded.Seed(), diff)
	}
	if read, total := c.Progress(); read != total {
		t.Errorf("%d of %d bytes at the end", read, total)
	}
}

// TestNothingRunsOn closes corpora at every point: no goroutine and no file is left.
func TestNothingRunsOn(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	dir, _ := shards(t, random, 30)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	for round := range 60 {
		c, err := formats.Open([]string{dir}, nil, corpus.Options{Format: "jsonl"})
		if err != nil {
			t.Fatal(err)
		}
		for range round * 8 {
			if _, err := c.Next(t.Context()); err != nil {
				break
			}
		}
		if most := files + 20; openFiles(t) > most {
			t.Errorf("%d files are open, %d at the start", openFiles(t), files)
		}
		if _, err := c.Next(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("round %d: error %v", round, err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 { // a goroutine that has said it ends is still counted
		if runtime.NumGoroutine() <= goroutines {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if left := runtime.NumGoroutine(); left > goroutines || openFiles(t) > files {
		t.Errorf("%d goroutines and %d files are left of %d and %d", left, openFiles(t), goroutines, files)
	}
}

// TestCompressedStandardInput ends early while its source gives nothing.
func TestCompressedStandardInput(t *testing.T) {
	reader, writer := io.Pipe()
	go io.Copy(writer, io.MultiReader(strings.NewReader(gzipped(strings.Repeat(line("a", "text"), 100_000))), neverEnding{}))
	c := open(t, reader, corpus.Options{}, "-")
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Closing, when the test ends, does not wait for what never comes.
	t.Cleanup(func() { writer.Close() })
}

// neverEnding gives a gzip member of nothing, for ever.
type neverEnding struct{}

var emptyMember = gzipped("")

func (neverEnding) Read(p []byte) (int, error) {
	time.Sleep(time.Millisecond)
	return copy(p, emptyMember), nil
}
