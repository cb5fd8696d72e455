package formats_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/dustin/go-humanize"
	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	parquetzstd "github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

// crawl writes a folder of articles and what lies among them.
func crawl(t testing.TB) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"crawl/herald/2024/a.txt":    "one\n",
		"crawl/herald/b.txt":         "two\n",
		"crawl/post/c.txt":           "three\n",
		"crawl/post/d.jsonl.gz":      gzipped(`{"id":"d","text":"four"}` + "\n"),
		"crawl/post/notes.rst":       "<p>",
		"crawl/.git/hidden.txt":      "not read\n",
		"crawl/post/.hidden.txt":     "not read\n",
		"crawl/a[1].txt":             "five\n",
		"elsewhere/crawl/a/e.txt":    "not read\n",
		"crawl/post/2024/x/deep.txt": "six\n",
	} {
		write(t, dir, name, text)
	}
	if err := os.Symlink(dir, filepath.Join(dir, "crawl", "round")); err != nil {
		t.Skipf("this system has no links: %v", err)
	}
	return dir
}

func TestPatterns(t *testing.T) {
	dir := crawl(t)
	tests := []struct {
		pattern string
		want    []string // keys and sources
		skipped []string
	}{
		{"crawl/**/*.txt", []string{"a[1].txt", "herald/2024/a.txt herald", "herald/b.txt herald", "post/2024/x/deep.txt post", "post/c.txt post"}, nil},
		{"crawl/*/*.txt", []string{"herald/b.txt herald", "post/c.txt post"}, nil},
		{"crawl/post/*.jsonl.gz", []string{"d"}, nil},
		{"crawl/po*/*.jsonl.gz", []string{"d post"}, nil},
		{"crawl/{post,herald}/?.txt", []string{"herald/b.txt herald", "post/c.txt post"}, nil},
		{"crawl/her*", []string{"herald/2024/a.txt herald", "herald/b.txt herald"}, nil},
		{"crawl/post/*.rst", nil, []string{"crawl/post/notes.rst: no known format"}},
		{"crawl/r*", nil, []string{"crawl/round: a symbolic link"}},
		{"crawl/**/2024", []string{"herald/2024/a.txt herald", "post/2024/x/deep.txt post"}, nil},
		{"crawl/.git/*.txt", []string{"hidden.txt"}, nil}, // as it was asked for
		{
			"crawl/**",
			[]string{"a[1].txt", "herald/2024/a.txt herald", "herald/b.txt herald", "post/2024/x/deep.txt post", "post/c.txt post", "d post"},
			[]string{"crawl/post/notes.rst: no known format", "crawl/round: a symbolic link"},
		},
	}
	for _, test := range tests {
		c := open(t, nil, corpus.Options{}, filepath.Join(dir, filepath.FromSlash(test.pattern)))
		r := read(t, c)
		var got, skipped []string
		for _, a := range r.articles {
			got = append(got, strings.TrimSpace(a.Key+" "+a.Source))
		}
		for _, s := range c.Skipped() {
			path, _ := filepath.Rel(dir, s.Path)
			skipped = append(skipped, filepath.ToSlash(path)+": "+s.Reason)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || r.problems != nil {
			t.Errorf("%s: problems %v (-want +got):\n%s", test.pattern, r.problems, diff)
		}
		if diff := cmp.Diff(test.skipped, skipped); diff != "" {
			t.Errorf("%s, skipped (-want +got):\n%s", test.pattern, diff)
		}
	}
}

// TestNamesThatLookLikePatterns holds that a file is read under its own name.
func TestNamesThatLookLikePatterns(t *testing.T) {
	path := write(t, t.TempDir(), "a[1]*.txt", aBundle)
	write(t, filepath.Dir(path), "a1.txt", aBundle)
	c := open(t, nil, corpus.Options{}, path)
	if r := read(t, c); len(r.articles) != 1 || r.articles[0].Path != path {
		t.Errorf("articles %v", r.articles)
	}
}

func TestPatternErrors(t *testing.T) {
	dir := crawl(t)
	for pattern, want := range map[string]string{
		"crawl/*.bz2":   "no such file, and none that fits the pattern",
		"nowhere/**":    "no such file, and none that fits the pattern",
		"crawl/[.txt":   "no such file, and as a pattern it has an error",
		"crawl/missing": "no such file or directory",
	} {
		path := filepath.Join(dir, filepath.FromSlash(pattern))
		_, err := formats.Open([]string{path}, nil, corpus.Options{})
		if want := fmt.Sprintf("opening %q: %s", path, want); err == nil || runtime.GOOS == "linux" && err.Error() != want {
			t.Errorf("%s: error %v, want %s", pattern, err, want)
		}
	}
}

// TestNamedTwice holds that a file is read once, however it is named.
func TestNamedTwice(t *testing.T) {
	dir := crawl(t)
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for link, target := range map[string]string{"link.txt": "crawl/post/c.txt", "folder": "crawl/post"} {
		if err := os.Symlink(at(target), at(link)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	tests := []struct {
		names []string
		want  []string // paths read
		twice []string
	}{
		{[]string{"crawl/post/c.txt", "crawl/post/c.txt"}, []string{"crawl/post/c.txt"}, []string{"crawl/post/c.txt"}},
		{[]string{"crawl/post/c.txt", "link.txt", "./crawl/../link.txt"}, []string{"crawl/post/c.txt"}, []string{"link.txt", "./crawl/../link.txt"}},
		{[]string{"link.txt", "crawl/post"}, []string{"link.txt", "crawl/post/2024/x/deep.txt", "crawl/post/d.jsonl.gz"}, []string{"crawl/post/c.txt"}},
		{[]string{"crawl/herald", at("crawl/herald/2024")}, []string{"crawl/herald/2024/a.txt", "crawl/herald/b.txt"}, []string{at("crawl/herald/2024/a.txt")}},
		{[]string{"crawl/*/c.txt", "crawl/post/*.txt", "folder/c.t?t"}, []string{"crawl/post/c.txt"}, []string{"crawl/post/c.txt", "folder/c.txt"}},
	}
	for _, test := range tests {
		c := open(t, nil, corpus.Options{Format: "text"}, test.names...)
		var got, twice []string
		for _, in := range c.Inputs() {
			if filepath.Ext(in.Path) != ".rst" {
				got = append(got, filepath.ToSlash(in.Path))
			}
		}
		for _, s := range c.Skipped() {
			if s.Reason == corpus.NamedTwice {
				twice = append(twice, filepath.ToSlash(s.Path))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.names, diff)
		}
		if diff := cmp.Diff(test.twice, twice); diff != "" {
			t.Errorf("%q, twice (-want +got):\n%s", test.names, diff)
		}
	}
}

// TestHardLinks holds that a store which keeps equal files once has several articles.
func TestHardLinks(t *testing.T) {
	dir := t.TempDir()
	if err := os.Link(write(t, dir, "a.txt", "one\n"), filepath.Join(dir, "b.txt")); err != nil {
		t.Skip(err)
	}
	c := open(t, nil, corpus.Options{Format: "text"}, filepath.Join(dir, "a.txt"), dir)
	if r := read(t, c); len(r.articles) != 2 {
		t.Errorf("%d articles", len(r.articles))
	}
}

func TestLoopingLinks(t *testing.T) {
	dir := t.TempDir()
	loop := filepath.Join(dir, "loop.txt")
	if err := os.Symlink("loop.txt", loop); err != nil {
		t.Skip(err)
	}
	write(t, dir, "a.txt", "one\n")
	_, err := formats.Open([]string{loop}, nil, corpus.Options{})
	if want := fmt.Sprintf("opening %q: too many levels of symbolic links", loop); err == nil || runtime.GOOS == "linux" && err.Error() != want {
		t.Errorf("named: error %v", err)
	}
	c := open(t, nil, corpus.Options{}, dir)
	if diff := cmp.Diff([]corpus.Skipped{{Path: loop, Reason: corpus.SymbolicLink}}, c.Skipped()); diff != "" || len(read(t, c).articles) != 1 {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

func line(id, text string) string { return fmt.Sprintf("{\"id\":%q,\"text\":%q}\n", id, text) }

// TestMaxTotalBytes breaks off at every byte of three inputs.
func TestMaxTotalBytes(t *testing.T) {
	dir := t.TempDir()
	paths := []string{
		write(t, dir, "a.jsonl", line("a", "one")), write(t, dir, "b.jsonl.gz", gzipped(line("b", "two")+line("c", "six"))),
		write(t, dir, "c.jsonl", line("d", "ten")), write(t, dir, "empty.txt", ""),
	}
	each := int64(len(line("a", "one")))
	all := 4 * each
	for most := int64(1); most <= all+1; most++ {
		c := open(t, nil, corpus.Options{MaxTotalBytes: most}, paths...)
		r := read(t, c)
		read := int64(0)
		for _, a := range r.articles {
			read += int64(len(a.Body))
		}
		wantLater, cut := map[bool]int{true: 2, false: 1}[most < 3*each], most < all
		if most < each {
			wantLater = 3
		}
		if !cut {
			wantLater = 0
		}
		wantProblems := wantLater
		if cut {
			wantProblems++
		}
		if read > most || len(r.problems) != wantProblems {
			t.Fatalf("%d bytes: %d of bodies are read, problems %v", most, read, r.problems)
		}
		for i, p := range r.problems {
			located := p.Line > 0
			if p.Kind != corpus.TooLarge || located != (i == 0) {
				t.Errorf("%d bytes: problem %d is %+v", most, i, p)
			}
		}
		checkFetch(t, c, r)
	}
	c := open(t, nil, corpus.Options{MaxTotalBytes: 60}, paths...)
	var got []string
	for _, p := range read(t, c).problems {
		got = append(got, strings.Replace(p.Error(), dir+string(filepath.Separator), "", 1))
	}
	want := []string{
		"b.jsonl.gz:2: the input breaks off here: of all inputs together, at most 60 B are read",
		"c.jsonl: not read: of all inputs together, at most 60 B are read",
		"empty.txt: not read: of all inputs together, at most 60 B are read",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMaxTotalBytesOfWhatIsCompressedInside holds that articles are counted as they
// are read, however few bytes of an input they stand in.
func TestMaxTotalBytesOfWhatIsCompressedInside(t *testing.T) {
	const count, each = 20, 10_000
	var same []article
	var crawled strings.Builder
	for i := range count {
		a := article{fmt.Sprintf("https://herald.test/%d", i), strings.Repeat("tide tide\n", each/10)}
		same = append(same, a)
		writeWARC(&crawled, "response", a.Key, "application/http; msgtype=response",
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n"+gzipped(a.Body))
	}
	columns, _ := encodeParquet(same, parquetgo.Compression(new(parquetzstd.Codec)), parquetgo.SkipPageBounds("text"), parquetgo.SkipPageStatistics("text"))
	dir := t.TempDir()
	for _, path := range []string{
		write(t, dir, "a.warc", crawled.String()), write(t, dir, "b.warc.gz", gzipped(crawled.String())),
		write(t, dir, "c.parquet", columns), write(t, dir, "d.parquet.gz", gzipped(columns)),
	} {
		later := write(t, dir, "later.jsonl", line("later", "one"))
		for _, most := range []int64{20_000, 55_555, 100_000, 199_000, 300_000} {
			c := open(t, nil, corpus.Options{MaxTotalBytes: most}, path, later)
			r := read(t, c)
			read := int64(0)
			for _, a := range r.articles {
				read += int64(len(a.Body))
			}
			if all := most == 300_000; all != (len(r.articles) == count+1) || all != (len(r.problems) == 0) {
				t.Errorf("%s, %d bytes: %d articles, problems %v", path, most, len(r.articles), r.problems)
			} else if all {
				continue
			}
			if spare := int64(len(crawled.String())) + 2*each; read > most || read < most-spare {
				t.Errorf("%s, %d bytes: %d of bodies are read", path, most, read)
			}
			message := fmt.Sprintf("of all inputs together, at most %s are read", humanize.IBytes(uint64(most)))
			for i, want := range []string{"the input breaks off here: " + message, "not read: " + message} {
				if len(r.problems) != 2 || r.problems[i].Kind != corpus.TooLarge || r.problems[i].Message != want || r.problems[i].Line > 0 != (i == 0) {
					t.Errorf("%s, %d bytes: problem %d of %+v, want %s", path, most, i, r.problems, want)
				}
			}
			checkFetch(t, c, r)
		}
	}
}

// TestFileShrinksWhileItIsRead cuts a file and removes another between two records.
func TestFileShrinksWhileItIsRead(t *testing.T) {
	dir := t.TempDir()
	story := strings.Repeat("The tide tables of Lindmouth.\n", 20_000)
	var text strings.Builder
	for i := range 8 {
		fmt.Fprintf(&text, "<<<FILE %d>>>\n%s", i, story)
	}
	shrinks := write(t, dir, "a.txt", text.String())
	gone := write(t, dir, "b.txt", text.String())
	after := write(t, dir, "c.txt", "<<<FILE last>>>\ntext\n")
	const left = 2 << 20
	c := open(t, nil, corpus.Options{}, shrinks, gone, after)
	var r reading
	scratch := new(corpus.Scratch)
	for {
		record, err := c.Next(t.Context())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if record.Offset == 0 && record.Input == 0 {
			if err := os.Truncate(shrinks, left); err != nil {
				t.Fatal(err)
			}
		}
		if record.Offset == 0 && record.Input == 1 {
			os.Remove(gone)
		}
		a, ok, problems := c.Decode(scratch, record)
		if !ok || problems != nil {
			t.Errorf("problems %v", problems)
		}
		a.Body = []byte(string(a.Body))
		r.articles, r.locators = append(r.articles, a), append(r.locators, a.Locator)
	}
	problems := c.Problems()
	if len(problems) != 1 || problems[0].Path != shrinks || problems[0].Kind != corpus.Unreadable || problems[0].Offset != left ||
		problems[0].Message != fmt.Sprintf("the input breaks off here: the file has shrunk while it was read, from %d bytes to %d", text.Len(), left) {
		t.Errorf("problems %v", problems)
	}
	if len(r.articles) != 4+8+1 {
		t.Errorf("%d articles", len(r.articles))
	}
	if runtime.GOOS != "windows" {
		checkFetch(t, c, r)
	}
}
