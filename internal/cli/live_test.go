package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/index"
)

// A feed is a pipe into the program and one out of it.
type feed struct {
	in     *io.PipeWriter
	out    *bufio.Scanner
	status chan int
}

func newFeed(ctx context.Context, path string) *feed {
	in, toIn := io.Pipe()
	fromOut, out := io.Pipe()
	f := &feed{in: toIn, out: bufio.NewScanner(fromOut), status: make(chan int, 1)}
	go func() {
		f.status <- run(ctx, []string{"scan", "-", "--index", path, "--add", "--format", "jsonl"}, Streams{In: in, Out: out, Err: io.Discard})
		out.Close()
	}()
	return f
}

// answer sends a line, and returns what is said until it has been answered.
func (f *feed) answer(t *testing.T, key, text string) (types []string) {
	t.Helper()
	if _, err := fmt.Fprintf(f.in, "{\"id\":%q,\"text\":%q}\n", key, text); err != nil {
		t.Fatal(err)
	}
	for f.out.Scan() {
		var said struct{ Type, Key string }
		if err := json.Unmarshal(f.out.Bytes(), &said); err != nil {
			t.Fatalf("%v: %s", err, f.out.Text())
		}
		if said.Type == "article" {
			if said.Key != key {
				t.Fatalf("%q was answered instead of %q", said.Key, key)
			}
			return types
		}
		types = append(types, said.Type)
	}
	t.Fatal("the feed was not answered")
	return nil
}

func emptyIndex(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "seen.nd")
	x, err := index.Create(path, dedup.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFeed holds that each article of a feed is answered before the next one has come, that what was answered is kept while the
// feed waits, and that nobody else writes meanwhile.
func TestFeed(t *testing.T) {
	path := emptyIndex(t)
	f := newFeed(t.Context(), path)
	const text = "The night ferry to Osk sails again from Friday, its owners said after a week of storm."
	if said := f.answer(t, "a", text); len(said) != 0 {
		t.Errorf("the first article has findings: %q", said)
	}
	if said := strings.Join(f.answer(t, "b", text), " "); said != "pair cluster" {
		t.Errorf("its copy has %q", said)
	}
	mustKeep(t, path, 2)
	if _, err := index.Open(path, index.Write); err == nil || !strings.Contains(err.Error(), "is writing to it") {
		t.Errorf("another writer: %v", err)
	}
	f.answer(t, "c", "Grain prices climbed in Lomm.")
	f.in.Close()
	if !f.out.Scan() || !strings.HasPrefix(f.out.Text(), `{"type":"summary"`) {
		t.Errorf("the last line is %s", f.out.Text())
	}
	if status := <-f.status; status != 0 {
		t.Errorf("status %d", status)
	}
	mustKeep(t, path, 3)
}

// mustKeep waits until the index has so many articles.
func mustKeep(t *testing.T, path string, want int) {
	t.Helper()
	for range 200 {
		x, err := index.Open(path, index.Read)
		if err != nil {
			t.Fatal(err)
		}
		articles := x.Articles()
		x.Close()
		if articles == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d articles are not kept while the feed waits", want)
}

// TestFeedNotKept holds that a feed ends with an error where what was answered cannot be kept: a line that has half come is
// not called damaged, and no summary says that this was all.
func TestFeedNotKept(t *testing.T) {
	path := emptyIndex(t)
	f := newFeed(t.Context(), path)
	f.answer(t, "a", "Grain prices climbed in Lomm.")
	mustKeep(t, path, 1)
	if err := os.RemoveAll(path); err != nil {
		t.Skip("an index that is written to cannot be removed here: ", err)
	}
	fmt.Fprint(f.in, `{"id":"b","text":"The fair at Wexley opens on Sunday."}`+"\n"+`{"id":"half`)
	var said []string
	for f.out.Scan() {
		said = append(said, f.out.Text())
	}
	if len(said) != 1 || !strings.HasPrefix(said[0], `{"type":"article","key":"b"`) {
		t.Errorf("said %q", said)
	}
	if status := <-f.status; status != 2 {
		t.Errorf("status %d", status)
	}
}

// TestFeedInterrupted holds that what was answered is kept where the feed is interrupted.
func TestFeedInterrupted(t *testing.T) {
	path := emptyIndex(t)
	ctx, interrupt := context.WithCancel(t.Context())
	f := newFeed(ctx, path)
	f.answer(t, "a", "Grain prices climbed in Lomm.")
	interrupt()
	go func() {
		for f.out.Scan() {
		}
	}()
	f.in.Close()
	if status := <-f.status; status != 130 {
		t.Errorf("status %d", status)
	}
	x, err := index.Open(path, index.Read)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.Articles() == 0 {
		t.Error("what was answered is lost")
	}
}
