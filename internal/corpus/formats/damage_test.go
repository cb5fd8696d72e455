package formats_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

// TestCutAnywhere cuts a file at every byte: what stands before the cut, but
// for the article that is cut, is read as ever.
func TestCutAnywhere(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, want := f.encode(articles()[:5])
		for length := range len(text) {
			options := f.options()
			options.Format = f.format
			r := read(t, open(t, strings.NewReader(text[:length]), options, "-"))
			got := r.plain()
			if f.indexed && length > 0 && (len(got) > 0 || len(r.problems) != 1) {
				t.Fatalf("cut to %d bytes: %d articles, problems %v", length, len(got), r.problems)
			}
			whole := max(0, len(got)-1)
			if whole > len(want) || !f.single && !slices.Equal(got[:whole], want[:whole]) {
				t.Fatalf("cut to %d bytes: %v", length, got)
			}
		}
	})
}

func TestCutCompressedInput(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		next, wantNext := encodeBundle(articles()[:1])
		for _, name := range compressions() {
			storage := storages[name]
			stored := storage.store(text)
			dir := t.TempDir()
			cut := write(t, dir, "cut"+f.suffix+storage.suffix, stored[:len(stored)-9])
			after := write(t, dir, "after.txt", next)
			if f.forced {
				after = write(t, dir, "after.txt", wantNext[0].Body)
			}
			c := open(t, nil, f.options(), cut, after)
			r := read(t, c)
			least := 2
			if f.indexed || f.single {
				least = 1
			}
			if len(r.articles) < least {
				t.Fatalf("%s: only %d articles are read", name, len(r.articles))
			}
			last := r.articles[len(r.articles)-1]
			if last.Path != after || string(last.Body) != wantNext[0].Body {
				t.Errorf("%s: the input after the cut one is read as %q", name, last.Body)
			}
			if len(r.problems) != 1 {
				t.Errorf("%s: one cause has problems %v", name, r.problems)
			}
			at := slices.IndexFunc(r.problems, func(p corpus.Problem) bool { return p.Kind == corpus.Unreadable })
			want := corpus.Problem{Path: cut, Kind: corpus.Unreadable, Message: "the input breaks off here: reading " + name + ": unexpected EOF"}
			if at < 0 {
				t.Fatalf("%s: problems %v", name, r.problems)
			}
			got := r.problems[at]
			if got.Line == 0 || got.Offset == 0 {
				t.Errorf("%s: the problem has no place", name)
			}
			got.Line, got.Offset = 0, 0
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			checkFetch(t, c, r)
		}
	})
}

// compressions are the storages that are one compressed stream.
func compressions() (names []string) {
	for name, storage := range storages {
		if name == storage.compression {
			names = append(names, name)
		}
	}
	return names
}

// TestTrailingBytes appends to a compressed file what is not its own.
func TestTrailingBytes(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, want := f.encode(articles())
		for _, name := range compressions() {
			message := fmt.Sprintf("bytes behind the end of the %s data are left out", name)
			if name != "zstd" {
				message += fmt.Sprintf(", from byte %d of the file on", len(storages[name].store(text)))
			}
			path := write(t, t.TempDir(), "corpus"+storages[name].suffix, storages[name].store(text)+"garbage")
			c := open(t, nil, f.options(), path)
			r := read(t, c)
			if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			problem := corpus.Problem{Path: path, Kind: corpus.Unreadable, Message: message,
				Line: f.line(text, int64(len(text)), len(want)), Offset: int64(len(text))}
			if diff := cmp.Diff([]corpus.Problem{problem}, r.problems); diff != "" {
				t.Errorf("%s, problems (-want +got):\n%s", name, diff)
			}
			checkFetch(t, c, r)
		}
	})
}

func TestTooLargeArticles(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		const limit = 20_000
		text, all := f.encode(articles())
		var want []article
		for _, a := range all {
			if len(a.Body) < limit {
				want = append(want, a)
			}
		}
		options := f.options()
		options.MaxArticleBytes = limit
		if f.single {
			want = nil
		}
		path := write(t, t.TempDir(), "corpus"+f.suffix, text)
		c := open(t, nil, options, path)
		r := read(t, c)
		if diff := cmp.Diff(want, r.plain()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(r.problems) == 0 || len(r.problems) > 2 {
			t.Errorf("problems %v", r.problems)
		}
		for _, p := range r.problems {
			if p.Kind != corpus.TooLarge || p.Path != path || !f.binary && p.Line != f.line(text, p.Offset, 0) {
				t.Errorf("problem %+v", p)
			}
		}
		checkFetch(t, c, r)
	})
}

// A flood is a source of many equal pieces.
type flood struct {
	piece string
	left  int
}

func (f *flood) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := 0
	for f.left > 0 && n+len(f.piece) <= len(p) {
		n += copy(p[n:], f.piece)
		f.left--
	}
	return n, nil
}

// TestTooLargeArticlesAreNotHeld reads an article of 128 MB and measures the memory.
func TestTooLargeArticlesAreNotHeld(t *testing.T) {
	if testing.Short() {
		t.Skip("no goroutines meet here, and it is slow with the race detector")
	}
	const limit, most, count = 1 << 20, 16 << 20, 128 << 20 / 64
	line := strings.Repeat("x", 63) + "\n"
	unbroken := strings.Repeat("x", 64)
	for name, test := range map[string]struct{ format, head, piece string }{
		"bundle, lines":    {"bundle", "<<<FILE a>>>\n", line},
		"bundle, one line": {"bundle", "<<<FILE a>>>\n", unbroken},
		"bundle, header":   {"bundle", "<<<FILE a", unbroken},
		"block":            {"bundle", "<<<FILE a\n", line},
		"stray text":       {"bundle", "", line},
		"stray line":       {"bundle", "", unbroken},
		"jsonl":            {"jsonl", `{"id":"a","text":"`, unbroken},
		"text":             {"text", "", line},
		"json, array":      {"json", `[{"id":"a","text":"`, unbroken},
		"json, object":     {"json", `{"id":"a","text":"`, unbroken},
		"json, broken":     {"json", `[{"id":"a","text":"a"b`, unbroken},
		"json, wrapper":    {"json", `{"articles":[{"id":"a","text":"`, line},
		"json, number":     {"json", "[1", strings.Repeat("1", 64)},
		"json, stray":      {"json", "x", unbroken},
		"csv":              {"csv", "id,text\na,", unbroken},
		"csv, quoted":      {"csv", "id,text\na,\"", line},
		"csv, quotes":      {"csv", "id,text\na,\"", strings.Repeat(`""`, 32)},
		"tsv":              {"tsv", "id\ttext\na\t", unbroken},
		"tsv, quoted":      {"tsv", "id\ttext\na\t\"", line},
		"html":             {"html", "<p>", line},
		"warc":             {"warc", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 134217728\r\n\r\n", line},
		"warc, length":     {"warc", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 999999999999999999\r\n\r\n", unbroken},
		"warc, header":     {"warc", "WARC/1.0\r\nX-Long: ", unbroken},
		"warc, no record":  {"warc", "", line},
		"arc, no record":   {"warc", "filedesc:", unbroken},
	} {
		source := io.MultiReader(strings.NewReader(test.head), &flood{test.piece, count})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		records, problems := 0, 0
		stream := corpus.NewStream(source, limit, func(corpus.Problem) { problems++ })
		splitter, _ := formats.Named(test.format).Open(stream)
		for {
			if _, err := splitter.Split(); err != nil {
				break
			}
			records++
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s: %d MB were used", name, used>>20)
		}
		if records != 0 || problems != 1 || stream.Err() != io.EOF {
			t.Errorf("%s: %d records, %d problems, %v", name, records, problems, stream.Err())
		}
	}
}

func TestCancelledContext(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		ctx, cancel := context.WithCancelCause(t.Context())
		c := open(t, strings.NewReader(text), f.options(), "-")
		if _, err := c.Next(ctx); err != nil {
			t.Fatal(err)
		}
		cancel(nil)
		if _, err := c.Next(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		// In the middle of a record that does not end.
		ctx, cancel = context.WithCancelCause(t.Context())
		endless := io.MultiReader(strings.NewReader(text), &cancelling{"x", 100, cancel})
		c = open(t, endless, corpus.Options{Format: f.format, SpoolBytes: 1, TempDir: t.TempDir()}, "-")
		var err error
		for err == nil {
			_, err = c.Next(ctx)
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("endless input: error %v", err)
		}
	})
}

// cancelling is a source that never ends, and cancels after some reads.
type cancelling struct {
	piece  string
	reads  int
	cancel context.CancelCauseFunc
}

func (c *cancelling) Read(p []byte) (int, error) {
	if c.reads--; c.reads == 0 {
		c.cancel(nil)
	}
	return copy(p, c.piece), nil
}

func TestFetchOfChangedFile(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		if formats.Named(f.format).Kept {
			t.Skip("its file is not read again")
		}
		text, _ := f.encode(articles())
		for name, change := range map[string]func(path string) error{
			"shrunk":  func(path string) error { return os.Truncate(path, 3) },
			"grown":   func(path string) error { return os.WriteFile(path, []byte(text+text), 0o644) },
			"removed": os.Remove,
		} {
			path := write(t, t.TempDir(), "corpus"+f.suffix, text)
			c := open(t, nil, f.options(), path)
			r := read(t, c)
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			_, err := c.Fetch(new(corpus.Scratch), r.locators[0])
			if kept := formats.Named(f.format).Kept || name == "removed" && runtime.GOOS != "windows"; kept {
				if err != nil {
					t.Errorf("%s: what is kept, or a file that is kept open, is gone: %v", name, err)
				}
				continue
			}
			if err == nil || !strings.HasPrefix(err.Error(), "reading \""+path+"\" again: the file has changed since it was first read") {
				t.Errorf("%s: error %v", name, err)
			}
			if _, changed := errors.AsType[*corpus.ChangedError](err); !changed {
				t.Errorf("%s: error %v does not say that it is the input's", name, err)
			}
		}
	})
}

// TestChangeIsNoticedWhileFetching changes a file between two fetches with one
// Scratch: a record that is gone is noticed at once, and any change in time.
func TestChangeIsNoticedWhileFetching(t *testing.T) {
	text, _ := encodeBundle(articles())
	for name, test := range map[string]struct {
		changed string
		within  int // fetches
	}{
		"shrunk":      {text[:3], 1},
		"overwritten": {strings.Repeat("x", len(text)+1), 1},
		"grown":       {text + text, 300},
	} {
		path := write(t, t.TempDir(), "corpus.txt", text)
		c := open(t, nil, corpus.Options{}, path)
		r, scratch := read(t, c), new(corpus.Scratch)
		if _, err := c.Fetch(scratch, r.locators[1]); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(test.changed), 0o644); err != nil {
			t.Fatal(err)
		}
		var err error
		for range test.within {
			if _, err = c.Fetch(scratch, r.locators[1]); err != nil {
				break
			}
		}
		want := fmt.Sprintf("reading %q again: the file has changed since it was first read (%d bytes then, %d now)", path, len(text), len(test.changed))
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

// TestArticlesThatCannotBeKept holds that the first article which is not kept ends
// the reading, also behind the last record, and says why as for other inputs.
func TestArticlesThatCannotBeKept(t *testing.T) {
	each(t, func(t *testing.T, f fixture) {
		if !formats.Named(f.format).Kept {
			t.Skip("its articles are not kept")
		}
		text, held := f.encode(articles())
		path := write(t, t.TempDir(), "corpus"+f.suffix, text)
		missing := filepath.Join(t.TempDir(), "missing")
		want := fmt.Sprintf("keeping %q for its second reading: creating a temporary file in %q: ", path, missing)
		for _, decoded := range slices.Compact([]int{1, len(held)}) {
			options := f.options()
			options.SpoolBytes, options.TempDir = 1, missing
			c := open(t, nil, options, path)
			var last corpus.Article
			var records []corpus.Record
			for range decoded {
				record, err := c.Next(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				record.Data = bytes.Clone(record.Data)
				records = append(records, record)
			}
			for _, record := range records {
				last, _, _ = c.Decode(new(corpus.Scratch), record)
			}
			for range 2 {
				_, err := c.Next(t.Context())
				_, fetchErr := c.Fetch(new(corpus.Scratch), last.Locator)
				for doing, err := range map[string]error{"reading on": err, "fetching": fetchErr} {
					if !errors.Is(err, os.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
						t.Errorf("%d decoded, %s: error %v, want %s…", decoded, doing, err, want)
					}
				}
			}
		}
	})
}

func TestFullSpoolIsAnError(t *testing.T) {
	text, _ := encodeBundle(articles())
	dir := filepath.Join(t.TempDir(), "missing")
	c := open(t, strings.NewReader(text), corpus.Options{SpoolBytes: 1, TempDir: dir}, "-")
	_, err := c.Next(t.Context())
	want := fmt.Sprintf("keeping \"-\" for its second reading: creating a temporary file in %q: ", dir)
	if !errors.Is(err, os.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v", err)
	}
}
