package index

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/text"
)

var update = flag.Bool("update", false, "write the index in testdata anew: only where no version of it has been in use")

// TestOneWriter holds that one process at a time writes, that the second is told which, and that
// readers read what was there when they came.
func TestOneWriter(t *testing.T) {
	x, path := newIndexAt(t, dedup.DefaultOptions())
	scanInto(t, x, news(1, 10, 0), dedup.DefaultOptions())
	_, err := Open(path, Write)
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Process != strconv.Itoa(os.Getpid()) {
		t.Fatalf("a second writer: %v", err)
	}
	reader, err := Open(path, Read)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for seed := range uint64(20) { // segments are joined, and the old files removed
		scanInto(t, x, news(2+seed, 10, 0), dedup.DefaultOptions())
	}
	if got := len(keysOf(t, reader)); got != 10 {
		t.Errorf("the reader has %d articles, and came when there were 10", got)
	}
	mustBeSound(t, reader)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path, Write)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.Articles(); got < 100 {
		t.Errorf("%d articles", got)
	}
}

// TestNotTwice holds that what is added again is passed over: a job may be run again.
func TestNotTwice(t *testing.T) {
	x, _ := newIndexAt(t, dedup.DefaultOptions())
	articles := news(5, 30, 10)
	scanInto(t, x, articles, dedup.DefaultOptions())
	articles[3].Text += "\nA paragraph that was not there before."
	view, err := x.Read(context.Background(), &corpustest.Memory{Articles: articles}, Options{Dedup: dedup.DefaultOptions(), Add: true})
	if err != nil || view.Added != 1 || view.Known != 39 {
		t.Errorf("%d added, %d known, %v", view.Added, view.Known, err)
	}
}

// TestServes says which scans an index serves.
func TestServes(t *testing.T) {
	x, _ := newIndexAt(t, dedup.DefaultOptions())
	for _, c := range []struct {
		change func(*dedup.Options)
		want   string // of the message
	}{
		{func(*dedup.Options) {}, ""},
		{func(o *dedup.Options) { o.Threshold, o.Kinds = 0.9, []dedup.Kind{dedup.Near} }, ""},
		{func(o *dedup.Options) { o.Threshold = 0.5 }, "--threshold 0.8"},
		{func(o *dedup.Options) { o.Threshold, o.Kinds = 0.5, []dedup.Kind{dedup.Repeated} }, ""},
		{func(o *dedup.Options) { o.ShingleSize, o.Containment = 4, 0.7 }, "--shingle-size 5, --containment 0.8"},
		{func(o *dedup.Options) { o.Paragraphs = text.Blank }, "--paragraphs auto"},
		{func(o *dedup.Options) { o.RepeatSimilarity = 0.8 }, "--repeat-similarity 0.9"},
	} {
		options := dedup.DefaultOptions()
		c.change(&options)
		err := x.Serves(options)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasSuffix(err.Error(), ": "+c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestRefused lists what is no index that can be opened, and why.
func TestRefused(t *testing.T) {
	_, path := newIndexAt(t, dedup.DefaultOptions())
	manifest, err := os.ReadFile(filepath.Join(path, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(string(manifest), `"version":1`, `"version":2`, 1)
	other := strings.Replace(string(manifest), `"shingle_size":5`, `"shingle_size":6`, 1)
	for _, c := range []struct{ manifest, want string }{
		{newer, "version 2, and this program knows versions up to 1: use a newer newsdedup"},
		{other, "another checksum"},
		{"", "its manifest cannot be read"},
		{`{"format":"other"}`, "its manifest cannot be read"},
	} {
		write(t, filepath.Join(path, manifestName), []byte(c.manifest))
		if x, err := Open(path, Read); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: %v, %v, want %q", c.manifest, x, err, c.want)
		}
	}
	for _, none := range []string{filepath.Join(path, "nowhere"), t.TempDir()} {
		if _, err := Open(none, Write); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", none, err)
		}
	}
	if _, err := Create(path, dedup.DefaultOptions()); err == nil || !strings.Contains(err.Error(), "there is one already") {
		t.Errorf("created twice: %v", err)
	}
	full := t.TempDir()
	write(t, filepath.Join(full, "letter.txt"), []byte("Dear"))
	if _, err := Create(full, dedup.DefaultOptions()); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("created among other files: %v", err)
	}
}

// TestOldVersions opens the indexes of all versions that have been in use: each is sound, and answers.
func TestOldVersions(t *testing.T) {
	if *update {
		writeOld(t, "testdata/version1.nd", Create)
		writeOld(t, "testdata/version1-lean.nd", CreateLean)
	}
	folders, err := filepath.Glob("testdata/version*.nd")
	if err != nil || len(folders) == 0 {
		t.Fatal(folders, err)
	}
	for _, folder := range folders {
		x, err := Open(folder, Read)
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		mustBeSound(t, x)
		if got := x.Articles(); got != 2 {
			t.Errorf("%s: %d articles", folder, got)
		}
		if x.IsLean() {
			estimates := figuresOf(estimatesOf(scanOnly(t, x, texts(oldTexts()[1]), dedup.DefaultOptions())))
			want := map[[2]string]dedup.Estimate{{"001", "000"}: {Kind: dedup.Exact, Similarity: 1, AInB: 1, BInA: 1}}
			if diff := gocmp.Diff(want, estimates); diff != "" {
				t.Errorf("%s: %s", folder, diff)
			}
			continue
		}
		pairs, repeats := answers(t, x, texts(oldTexts()[1], "Another story altogether.\nRead more in Monday's Gazette."), dedup.DefaultOptions())
		if len(pairs) != 1 || pairs[0].Kind != dedup.Exact || pairs[0].A != "001" || len(repeats) != 1 || repeats[0].Of != "001" {
			t.Errorf("%s: %v, %v", folder, pairs, repeats)
		}
	}
}

func oldTexts() []string {
	return []string{
		"Grain prices climbed in Lomm on Friday.",
		"The ferry to Osk sails again on Monday, its owners said on Friday after a week of storm.\nRead more in Monday's Gazette.",
		"A text that has been removed.",
	}
}

func writeOld(t *testing.T, path string, create func(string, dedup.Options) (*Index, error)) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	x, err := create(path, dedup.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	scanInto(t, x, texts(oldTexts()...), dedup.DefaultOptions())
	if _, _, err := x.Remove([]string{"002"}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Close(), os.Remove(filepath.Join(path, lockName))); err != nil {
		t.Fatal(err)
	}
}
