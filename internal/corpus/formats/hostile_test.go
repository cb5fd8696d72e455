package formats_test

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// measured reads all records of an input and returns how many there are, and
// how much memory was allocated. A spool of more than 64 KiB is an error.
func measured(t *testing.T, source io.Reader, options corpus.Options) (records int, problems []corpus.Problem, allocated int64) {
	t.Helper()
	options.SpoolBytes, options.TempDir = 64<<10, filepath.Join(t.TempDir(), "missing")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := open(t, source, options, "-")
	for {
		_, err := c.Next(t.Context())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		records++
	}
	runtime.ReadMemStats(&after)
	return records, c.Problems(), int64(after.TotalAlloc - before.TotalAlloc)
}

// TestBombs reads a few bytes that stand for very many: neither memory nor the
// spool holds them, and what stands behind is read.
func TestBombs(t *testing.T) {
	const limit, most = 1 << 20, 64 << 20
	megabytes := 2_000
	if testing.Short() {
		megabytes = 200
	}
	before := strings.Repeat(line("a", "The ferry sails on Monday."), 100)
	after := "\"}\n" + line("b", "It rained.")
	piece := strings.Repeat("\x00", 10<<20)
	for name, pack := range map[string]func(string) string{"gzip": gzipped, "zstd": zstandard, "lz4": lz4Framed} {
		bomb := io.MultiReader(strings.NewReader(pack(before+`{"id":"bomb","text":"`)),
			&repeated{text: pack(piece), left: megabytes / 10}, strings.NewReader(pack(after)))
		records, problems, allocated := measured(t, bomb, corpus.Options{MaxArticleBytes: limit})
		if records != 101 || len(problems) != 1 || problems[0].Kind != corpus.TooLarge || problems[0].Line != 101 {
			t.Errorf("%s: %d records, problems %v", name, records, problems)
		}
		if allocated > most {
			t.Errorf("%s: %d MB were used", name, allocated>>20)
		}
	}
	stopped := io.MultiReader(strings.NewReader(gzipped(before)), &repeated{text: gzipped(piece), left: 1 << 40})
	records, problems, _ := measured(t, stopped, corpus.Options{MaxArticleBytes: limit, MaxTotalBytes: 100 << 20})
	if records != 100 || len(problems) != 2 || problems[1].Kind != corpus.TooLarge || problems[1].Offset != 100<<20 {
		t.Errorf("with a bound, of an input without end: %d records, problems %v", records, problems)
	}
}

// repeated is a source of the same text over and over.
type repeated struct {
	text string
	at   int
	left int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:])
	if r.at += n; r.at == len(r.text) {
		r.at = 0
		r.left--
	}
	return n, nil
}

// TestLongLine reads a line of 300 MB among others.
func TestLongLine(t *testing.T) {
	size := 300 << 20
	if testing.Short() {
		size = 100 << 20
	}
	piece := strings.Repeat("tide ", 200<<10)
	for name, forms := range map[string][3]string{
		"jsonl":  {line("a", "one") + `{"id":"b","text":"`, "\"}\n" + line("c", "two"), ""},
		"bundle": {"<<<FILE a>>>\none\n<<<FILE b>>>\n", "\n<<<FILE c>>>\ntwo\n", ""},
	} {
		source := io.MultiReader(strings.NewReader(forms[0]), &repeated{text: piece, left: size / len(piece)}, strings.NewReader(forms[1]))
		records, problems, allocated := measured(t, source, corpus.Options{MaxArticleBytes: 1 << 20})
		if records != 2 || len(problems) != 1 || !strings.Contains(problems[0].Message, fmt.Sprintf("it has %d", size/len(piece)*len(piece)/1000_000)) {
			t.Errorf("%s: %d records, problems %v", name, records, problems)
		}
		if allocated > 16<<20 {
			t.Errorf("%s: %d MB were used", name, allocated>>20)
		}
	}
}

// TestManyEmptyRecords reads very many of nothing, and of no more than a line.
func TestManyEmptyRecords(t *testing.T) {
	many := 300_000
	if testing.Short() {
		many = 100_000
	}
	for name, test := range map[string]struct {
		piece  string
		format string
		want   int
	}{
		"jsonl":       {`{"text":""}` + "\n", "jsonl", many},
		"blank lines": {"\n", "jsonl", 0},
		"no text":     {"{}\n", "jsonl", many},
		"bundle":      {"<<<FILE a>>>\n", "bundle", many},
		"blocks":      {"<<<FILE a\n>>>\n", "bundle", many},
	} {
		options := corpus.Options{Format: test.format, TempDir: t.TempDir()}
		c := open(t, &repeated{text: strings.Repeat(test.piece, 1000), left: many / 1000}, options, "-")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		scratch, records, problems := new(corpus.Scratch), 0, 0
		for {
			record, err := c.Next(t.Context())
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			article, ok, found := c.Decode(scratch, record)
			if records, problems = records+1, problems+len(found); ok {
				problems += len(c.Admit(&article))
			}
		}
		runtime.ReadMemStats(&after)
		if records != test.want {
			t.Errorf("%s: %d records, want %d", name, records, test.want)
		}
		if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > int64(many)*800 { // its name, and what is known of it; the race detector doubles them
			t.Errorf("%s: %d MB are kept", name, kept>>20)
		}
		t.Logf("%s: %d problems, %d MB allocated", name, problems, (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}
