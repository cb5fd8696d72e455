package formats_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b.txt":                 "two\n",
		"a.md":                  "one\n",
		"herald/2024/story.txt": "three\n",
		"herald/more.txt.gz":    gzipped("four\n"),
		"herald/some.jsonl":     `{"id":"j","text":"five"}` + "\n" + `{"id":"k","text":"six","source":"Gazette"}` + "\n",
		"herald/some.txt":       "<<<FILE x/y>>>\nseven\n<<<FILE z>>>\neight\n",
		"empty.txt":             "",
		"photo.jpg":             "\xFF\xD8",
		"herald/notes.html":     "<p>It <b>rained</b>.",
		"herald/notes.rst":      "It rained.",
		".hidden.txt":           "not read",
		".git/a.txt":            "not read",
	} {
		write(t, dir, name, text)
	}
	c := open(t, nil, corpus.Options{}, dir)
	r := read(t, c)
	type seen struct{ Key, Source, Path, Body string }
	var got []seen
	for _, a := range r.articles {
		path, _ := filepath.Rel(dir, a.Path)
		got = append(got, seen{a.Key, a.Source, filepath.ToSlash(path), string(a.Body)})
	}
	want := []seen{
		{"a.md", "", "a.md", "one\n"},
		{"b.txt", "", "b.txt", "two\n"},
		{"herald/2024/story.txt", "herald", "herald/2024/story.txt", "three\n"},
		{"herald/more.txt", "herald", "herald/more.txt.gz", "four\n"},
		{"herald/notes.html", "herald", "herald/notes.html", "It rained."},
		{"j", "herald", "herald/some.jsonl", "five"},
		{"k", "Gazette", "herald/some.jsonl", "six"},
		{"x/y", "x", "herald/some.txt", "seven\n"},
		{"z", "herald", "herald/some.txt", "eight\n"},
	}
	if diff := cmp.Diff(want, got); diff != "" || r.problems != nil {
		t.Errorf("problems %v, articles (-want +got):\n%s", r.problems, diff)
	}
	wantSkipped := []corpus.Skipped{
		{Path: filepath.Join(dir, "herald", "notes.rst"), Reason: "no known format"},
		{Path: filepath.Join(dir, "photo.jpg"), Reason: "no known format"},
	}
	if diff := cmp.Diff(wantSkipped, c.Skipped()); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	checkFetch(t, c, r)
}

func TestLinks(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	inside := write(t, dir, "folder/a.txt", "one\n")
	write(t, outside, "secret.txt", "two\n")
	for link, target := range map[string]string{
		filepath.Join(dir, "folder", "to-file.txt"): inside, filepath.Join(dir, "folder", "to-folder"): outside,
		filepath.Join(dir, "folder", "round"): dir, filepath.Join(dir, "named"): filepath.Join(dir, "folder"),
		filepath.Join(dir, "file.txt"): inside,
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skipf("this system has no links: %v", err)
		}
	}
	// A link that is named is followed, one that is found is not.
	c := open(t, nil, corpus.Options{}, filepath.Join(dir, "named"))
	if diff := cmp.Diff([]article{{"a.txt", "one\n"}}, read(t, c).plain()); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
	var wantSkipped []corpus.Skipped
	for _, link := range []string{"round", "to-file.txt", "to-folder"} {
		wantSkipped = append(wantSkipped, corpus.Skipped{Path: filepath.Join(dir, "named", link), Reason: "a symbolic link"})
	}
	if diff := cmp.Diff(wantSkipped, c.Skipped()); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	c = open(t, nil, corpus.Options{Format: "text"}, filepath.Join(dir, "file.txt"))
	if diff := cmp.Diff([]article{{"file.txt", "one\n"}}, read(t, c).plain()); diff != "" {
		t.Errorf("file (-want +got):\n%s", diff)
	}
}

// TestFilesWithoutExtension tells by their first bytes what their names leave open.
func TestFilesWithoutExtension(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"bundle":       aBundle,
		"gazette/w.gz": gzipped("{\"id\":\"b\",\"text\":\"two\"}\n"),
		"mark":         "\uFEFF<<<FILE c>>>\nthree\n",
		"README":       aText,
		"empty":        "",
		"cut.gz":       "\x1f\x8b",
		"picture":      "\x89PNG\r\n\x1A\n\x00\x00<<<FILE d>>>\n",
		"v1.0/photo":   "\xFF\xD8\xFF\x00",
	} {
		write(t, dir, name, text)
	}
	c := open(t, nil, corpus.Options{}, dir)
	r := read(t, c)
	if diff := cmp.Diff([]article{{"a", "text\n"}, {"b", "two"}, {"c", "three\n"}}, r.plain()); diff != "" || r.problems != nil {
		t.Errorf("problems %v, articles (-want +got):\n%s", r.problems, diff)
	}
	if r.articles[1].Source != "gazette" {
		t.Errorf("the source of a sniffed file is %q", r.articles[1].Source)
	}
	var want []corpus.Skipped
	for _, name := range []string{"README", "cut.gz", "empty", "picture", "v1.0/photo"} {
		want = append(want, corpus.Skipped{Path: filepath.Join(dir, filepath.FromSlash(name)), Reason: corpus.NoKnownFormat})
	}
	if diff := cmp.Diff(want, c.Skipped()); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	checkFetch(t, c, r)
	c = open(t, nil, corpus.Options{Format: "text"}, filepath.Join(dir, "README"), filepath.Join(dir, "v1.0"))
	if diff := cmp.Diff([]article{{"README", aText}}, read(t, c).plain()); diff != "" {
		t.Errorf("asked for as text (-want +got):\n%s", diff)
	}
}

// TestManyFiles has more files than are kept open, and fetches from all of them.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	const many = 300
	for i := range many {
		write(t, dir, fmt.Sprintf("%03d.txt", i), fmt.Sprintf("Story %d\n", i))
	}
	c := open(t, nil, corpus.Options{}, dir)
	before := openFiles(t)
	r := read(t, c)
	if after := openFiles(t); after > before+80 {
		t.Errorf("%d files are open, %d before", after, before)
	}
	if len(r.articles) != many {
		t.Fatalf("%d articles", len(r.articles))
	}
	checkFetch(t, c, r)
	path := r.articles[many-1].Path
	if err := os.WriteFile(path, []byte("Story 300 and a half\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Fetch(new(corpus.Scratch), r.locators[many-1]); err == nil || !strings.Contains(err.Error(), "the file has changed") {
		t.Errorf("changed file: %v", err)
	}
	os.Remove(path)
	want := fmt.Sprintf("reading %q again: no such file or directory", path)
	if _, err := c.Fetch(new(corpus.Scratch), r.locators[many-1]); err == nil || runtime.GOOS == "linux" && err.Error() != want {
		t.Errorf("removed file: %v", err)
	}
}

// TestSpillIsRemoved holds that what has no room is kept in the folder for
// temporary files, in one place, until the corpus is closed, and leaves nothing there.
func TestSpillIsRemoved(t *testing.T) {
	dir, before := t.TempDir(), openFiles(t)
	c, err := formats.Open([]string{"../../../testdata/bundle.txt"}, nil, corpus.Options{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	spill := c.Spill()
	got := make([]byte, 6)
	for i, piece := range []string{"abc", "def"} {
		if _, err := c.Spill().Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
		if n, err := spill.ReadAt(got[:3*(i+1)], 0); n != 3*(i+1) || err != nil || string(got[:n]) != "abcdef"[:n] {
			t.Errorf("read back: %q, error %v", got[:n], err)
		}
	}
	if err := c.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	if _, err := spill.ReadAt(got, 0); !errors.Is(err, os.ErrClosed) {
		t.Errorf("reading after Close: %v", err)
	}
	if _, err := spill.Write(got); !errors.Is(err, os.ErrClosed) {
		t.Errorf("writing after Close: %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 || openFiles(t) > before {
		t.Errorf("error %v; left in the folder: %v; %d files are open, %d before", err, left, openFiles(t), before)
	}
}

// TestSpillWithoutAFolder holds that the error of writing names the folder.
func TestSpillWithoutAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	c := open(t, nil, corpus.Options{TempDir: dir}, "../../../testdata/bundle.txt")
	_, err := c.Spill().Write([]byte("abc"))
	if want := fmt.Sprintf("creating a temporary file in %q: ", dir); !errors.Is(err, os.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v", err)
	}
}

// openFiles counts this process' open files, where the system tells.
func openFiles(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Logf("open files are not counted here: %v", err)
	}
	return len(entries)
}

func TestUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "one\n")
	gone := write(t, dir, "b.txt", "two\n")
	write(t, dir, "c.txt", "three\n")
	c := open(t, nil, corpus.Options{}, dir)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	r := read(t, c)
	if diff := cmp.Diff([]article{{"a.txt", "one\n"}, {"c.txt", "three\n"}}, r.plain()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []corpus.Problem{{Input: 1, Path: gone, Kind: corpus.Unreadable, Message: "cannot be read: no such file or directory"}}
	if diff := cmp.Diff(want, r.problems); diff != "" && runtime.GOOS == "linux" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if read, total := c.Progress(); read != total {
		t.Errorf("%d of %d bytes at the end", read, total)
	}
}

func TestUnreadableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root can read every folder")
	}
	dir := t.TempDir()
	write(t, dir, "a/one.txt", "one\n")
	write(t, dir, "b/two.txt", "two\n")
	if err := os.Chmod(filepath.Join(dir, "a"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "a"), 0o755) })
	r := read(t, open(t, nil, corpus.Options{}, dir))
	if len(r.articles) != 1 || len(r.problems) != 1 || r.problems[0].Kind != corpus.Unreadable {
		t.Errorf("%d articles, problems %v", len(r.articles), r.problems)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "a.txt", aBundle)
	missing := filepath.Join(dir, "missing.txt")
	tests := []struct {
		names   []string
		stdin   io.Reader
		options corpus.Options
		want    string
	}{
		{nil, nil, corpus.Options{}, "no input is named"},
		{[]string{file, missing}, nil, corpus.Options{}, fmt.Sprintf("opening %q: no such file or directory", missing)},
		{[]string{missing, missing + "2"}, nil, corpus.Options{}, fmt.Sprintf("opening %q: no such file or directory\nopening %q: no such file or directory", missing, missing+"2")},
		{[]string{"-", file, "-"}, strings.NewReader(""), corpus.Options{}, "standard input is named twice, and can be read only once"},
		{[]string{"-"}, nil, corpus.Options{}, "there is no standard input"},
		{[]string{file}, nil, corpus.Options{MaxArticleBytes: -1}, "the limits of an article, of the inputs and of the spool must not be negative"},
	}
	for _, test := range tests {
		_, err := formats.Open(test.names, test.stdin, test.options)
		if err == nil || runtime.GOOS == "linux" && err.Error() != test.want {
			t.Errorf("%v: error %v, want %s", test.names, err, test.want)
		}
	}
}

// TestManyInputs reads inputs of all kinds one after the other.
func TestManyInputs(t *testing.T) {
	dir := t.TempDir()
	first := write(t, dir, "first.txt", "<<<FILE a>>>\n1\n<<<FILE a>>>\n2\n<<<FILE>>>\n3\n")
	second := write(t, dir, "second.jsonl.zst", zstandard(`{"id":"a","text":"4"}`+"\n{\"id\":\n"+`{"text":"5"}`+"\n"))
	write(t, dir, "folder/a", "left out")
	write(t, dir, "folder/a.txt", "6\n")
	c := open(t, strings.NewReader(aBundle), corpus.Options{}, first, second, filepath.Join(dir, "folder"), "-")
	var keys []string
	var log corpus.ProblemLog
	r := read(t, c)
	log.Add(r.problems...)
	for _, a := range r.articles {
		log.Add(c.Admit(&a)...)
		keys = append(keys, fmt.Sprintf("%s=%s", a.Key, strings.TrimSpace(string(a.Body))))
	}
	want := []string{"a=1", "a#2=2", "first.txt:5=3", "a#3=4", "second.jsonl:3=5", "a.txt=6", "a#4=text"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var problems []string
	for _, p := range log.List() {
		problems = append(problems, fmt.Sprintf("%s:%d: %s", filepath.Base(p.Path), p.Line, p.Kind))
	}
	wantProblems := []string{
		"first.txt:3: duplicate-key", "first.txt:5: unnamed-article",
		"second.jsonl.zst:2: bad-record",
	}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestProgress(t *testing.T) {
	dir := t.TempDir()
	text, _ := encodeBundle(articles())
	plain, packed := write(t, dir, "a.txt", text), write(t, dir, "b.txt.gz", gzipped(text))
	want := int64(len(text) + len(gzipped(text)))
	c := open(t, nil, corpus.Options{}, plain, packed)
	last := int64(-1)
	for {
		read, total := c.Progress()
		if read < last || read > total || total != want {
			t.Fatalf("%d bytes of %d after %d of %d", read, total, last, want)
		}
		last = read
		if _, err := c.Next(t.Context()); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if read, _ := c.Progress(); read != want {
		t.Errorf("%d bytes at the end, want %d", read, want)
	}
	c = open(t, strings.NewReader(text), corpus.Options{}, plain, "-")
	read(t, c)
	if read, total := c.Progress(); read != int64(2*len(text)) || total != 0 {
		t.Errorf("with standard input: %d of %d", read, total)
	}
}

// TestPipe names a pipe as one names a file, as shells do for <(…).
func TestPipe(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	path := fmt.Sprintf("/dev/fd/%d", reader.Fd())
	if _, err := os.Stat(path); err != nil {
		t.Skipf("this system does not name its pipes: %v", err)
	}
	text, want := encodeBundle(articles())
	go func() {
		io.WriteString(writer, text)
		writer.Close()
	}()
	c := open(t, nil, corpus.Options{}, path)
	r := read(t, c)
	if diff := cmp.Diff(want, r.plain()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	checkFetch(t, c, r)
	if _, total := c.Progress(); total != 0 {
		t.Errorf("a pipe has %d bytes", total)
	}
}

func TestUnlistedProblems(t *testing.T) {
	const many = corpus.MaxListedProblems + 50
	text := strings.Repeat("<<<FILE a>>>\n<<<END>>>\nstray\n", many)
	c := open(t, strings.NewReader(text), corpus.Options{}, "-")
	if r := read(t, c); len(r.articles) != many {
		t.Errorf("%d articles", len(r.articles))
	}
	if listed, rest := len(c.Problems()), c.UnlistedProblems(); listed != corpus.MaxAlike || rest != many-corpus.MaxAlike {
		t.Errorf("%d problems are listed, and %d are not", listed, rest)
	}
}

// TestSeeds reads the two bundles of real articles, which hold the same.
func TestSeeds(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "..", "shared", "seeds")
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("the shared seeds are not here: %v", err)
	}
	first := read(t, open(t, nil, corpus.Options{}, filepath.Join(shared, "bundle.txt")))
	block := read(t, open(t, nil, corpus.Options{}, filepath.Join(shared, "bundle-block.txt")))
	if len(first.articles) != 5 || first.problems != nil || block.problems != nil {
		t.Errorf("%d articles, problems %v and %v", len(first.articles), first.problems, block.problems)
	}
	if diff := cmp.Diff(first.plain(), block.plain()); diff != "" {
		t.Errorf("(-first form +block form):\n%s", diff)
	}
}
