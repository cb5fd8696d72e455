package formats_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// each runs the test for every format.
func each(t *testing.T, test func(t *testing.T, f fixture)) {
	for _, f := range fixtures() {
		t.Run(f.name, func(t *testing.T) { test(t, f) })
	}
}

func TestKeepsKeysAndBodies(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, want := f.encode(articles())
		for name, storage := range storages {
			path := write(t, t.TempDir(), "corpus"+f.suffix+storage.suffix, storage.store(text))
			c := open(t, nil, f.options(), path)
			r := read(t, c)
			if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" || r.problems != nil {
				t.Errorf("%s: problems %v, articles (-want +got):\n%s", name, r.problems, diff)
			}
			f.checkPlaces(t, text, path, r)
			checkFetch(t, c, r)
			wantInfo := []corpus.InputInfo{{Path: path, Below: filepath.Base(path), Format: f.format, Compression: storage.compression, Bytes: int64(len(storage.store(text)))}}
			if diff := cmp.Diff(wantInfo, c.Inputs()); diff != "" {
				t.Errorf("%s, inputs (-want +got):\n%s", name, diff)
			}
		}
	})
}

// key takes the extension off the key of an article that is a file, which is no article's own.
func key(got []article, f fixture) []article {
	if f.single && len(got) == 1 {
		got[0].Key = strings.TrimSuffix(got[0].Key, f.suffix)
	}
	return got
}

// checkPlaces holds that the articles are where they say.
func (f fixture) checkPlaces(t *testing.T, text, path string, r reading) {
	t.Helper()
	for i, a := range r.articles {
		if a.Path != path || a.Input != 0 {
			t.Errorf("%q is said to be in %q, input %d", a.Key, a.Path, a.Input)
		}
		if want := f.line(text, a.Offset, i); a.Line != want {
			t.Errorf("%q at byte %d is said to be in line %d, not %d", a.Key, a.Offset, a.Line, want)
		}
		if at := r.locators[i]; at.Line != a.Line {
			t.Errorf("%q has the locator %v", a.Key, at)
		}
		lines := strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n")
		first, _, _ := strings.Cut(string(a.Body), "\n")
		at := lines[a.BodyLine-1]
		cell := f.inCells && strings.Contains(strings.ReplaceAll(at, `""`, `"`), first)
		if a.Verbatim && len(a.Body) > 0 && at != first && at != `\`+first && !cell {
			t.Errorf("line %d is said to be %q, and is %q", a.BodyLine, first, at)
		}
	}
}

// checkFetch holds that every article is the same when it is read again.
func checkFetch(t *testing.T, c *corpus.Corpus, r reading) {
	t.Helper()
	scratch := new(corpus.Scratch)
	for i, want := range slices.Backward(r.articles) {
		got, err := c.Fetch(scratch, r.locators[i])
		if err != nil {
			t.Errorf("fetching %q: %v", want.Key, err)
			continue
		}
		if diff := cmp.Diff(want, got, asStrings); diff != "" {
			t.Errorf("fetching %q (-first +again):\n%s", want.Key, diff)
		}
	}
}

func TestStandardInput(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, want := f.encode(articles())
		for name, storage := range storages {
			limits := []int{1, 10_000, 0}
			if storage.compression != "" && name != "gzip" { // how it is stored and where it is kept meet nowhere
				limits = limits[1:2]
			}
			for _, limit := range limits {
				options := f.options()
				options.SpoolBytes, options.TempDir = limit, t.TempDir()
				c := open(t, strings.NewReader(storage.store(text)), options, "-")
				r := read(t, c)
				got := r.plain()
				if f.single {
					got[0].Key = "corpus"
				}
				if diff := cmp.Diff(want, got); diff != "" || r.problems != nil {
					t.Errorf("%s: problems %v, articles (-want +got):\n%s", name, r.problems, diff)
				}
				f.checkPlaces(t, text, "-", r)
				checkFetch(t, c, r)
			}
		}
	})
}

func TestChunksMakeNoDifference(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		all := articles()
		text, _ := f.encode(all[:10])
		whole := read(t, open(t, strings.NewReader(text), f.options(), "-"))
		for name, wrap := range map[string]func(io.Reader) io.Reader{
			"bytes": iotest.OneByteReader, "halves": iotest.HalfReader, "early error": iotest.DataErrReader,
		} {
			got := read(t, open(t, wrap(strings.NewReader(text)), f.options(), "-"))
			if diff := cmp.Diff(whole.articles, got.articles, asStrings); diff != "" {
				t.Errorf("%s (-whole +got):\n%s", name, diff)
			}
		}
	})
}

func TestEmptyInputs(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		for name, text := range map[string]string{"empty": "", "a byte order mark": "\uFEFF"} {
			for storedAs, storage := range storages {
				path := write(t, t.TempDir(), "corpus"+f.suffix+storage.suffix, storage.store(text))
				for _, options := range []corpus.Options{f.options(), {Format: f.format}} {
					if r := read(t, open(t, nil, options, path)); r.articles != nil || r.problems != nil {
						t.Errorf("%s, %s: articles %v, problems %v", name, storedAs, r.articles, r.problems)
					}
				}
			}
		}
	})
}

func TestByteOrderMark(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		if f.binary {
			t.Skip("no text")
		}
		text, want := f.encode(articles())
		path := write(t, t.TempDir(), "corpus"+f.suffix, "\uFEFF"+text)
		c := open(t, nil, f.options(), path)
		r := read(t, c)
		if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" || r.problems != nil {
			t.Errorf("problems %v, articles (-want +got):\n%s", r.problems, diff)
		}
		f.checkPlaces(t, "\uFEFF"+text, path, r)
		checkFetch(t, c, r)
	})
}

func TestCRLF(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		if f.binary {
			t.Skip("no text")
		}
		text, want := f.encode(articles())
		c := open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, strings.ReplaceAll(text, "\n", "\r\n")))
		r := read(t, c)
		if !f.escaped {
			for i := range want {
				want[i].Body = strings.ReplaceAll(want[i].Body, "\n", "\r\n")
			}
		}
		if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" || r.problems != nil {
			t.Errorf("problems %v, articles (-want +got):\n%s", r.problems, diff)
		}
	})
}

// TestConcurrentUse is for the race detector: records are decoded and fetched
// while others are still read, as a scan does.
func TestConcurrentUse(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, want := f.encode(articles())
		dir := t.TempDir()
		var paths []string
		for _, storage := range storages {
			paths = append(paths, write(t, dir, "corpus"+string(rune('a'+len(paths)))+f.suffix+storage.suffix, storage.store(text)))
		}
		options := f.options()
		options.SpoolBytes, options.TempDir = 50_000, dir
		c := open(t, nil, options, paths...)
		records := make(chan corpus.Record, 4)
		var workers sync.WaitGroup
		for range 4 {
			workers.Go(func() {
				var mine, again corpus.Scratch
				for record := range records {
					first, ok, _ := c.Decode(&mine, record)
					second, err := c.Fetch(&again, first.Locator)
					if !ok || err != nil || !bytes.Equal(first.Body, second.Body) {
						t.Errorf("%q: decoded %t, fetched with error %v, equal %t", first.Key, ok, err, bytes.Equal(first.Body, second.Body))
					}
					c.Progress()
				}
			})
		}
		count := 0
		for {
			record, err := c.Next(context.Background())
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			record.Data = bytes.Clone(record.Data)
			records <- record
			count++
		}
		close(records)
		workers.Wait()
		if count != len(want)*len(paths) {
			t.Errorf("%d records, want %d", count, len(want)*len(paths))
		}
	})
}

// TestAllocations holds that reading articles costs no memory for each, but
// for their keys, which share blocks.
func TestAllocations(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		if f.single || f.dear {
			t.Skip("one article, or one that is dear")
		}
		var all []article
		for i := range 500 {
			all = append(all, article{fmt.Sprintf("herald/%d", i), strings.Repeat("“Nobody” said \\\"no\", so far.\n", 50)})
		}
		text, _ := f.encode(all)
		c := open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, text))
		var records []corpus.Record
		for {
			record, err := c.Next(context.Background())
			if err != nil {
				break
			}
			record.Data = bytes.Clone(record.Data)
			records = append(records, record)
		}
		scratch := new(corpus.Scratch)
		allocations := testing.AllocsPerRun(3, func() {
			for _, record := range records {
				a, ok, _ := c.Decode(scratch, record)
				if _, err := c.Fetch(scratch, a.Locator); !ok || err != nil {
					t.Fatalf("%q: %t, %v", a.Key, ok, err)
				}
			}
		})
		if each := allocations / float64(len(records)); len(records) != len(all) || each > 0.1 {
			t.Errorf("%.2f allocations each for %d articles", each, len(records))
		}
	})
}
