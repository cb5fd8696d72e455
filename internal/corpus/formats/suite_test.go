package formats_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

// An article is what a format has to keep.
type article struct{ Key, Body string }

// articles are invented, and made to be hard to keep.
func articles() []article {
	return []article{
		{"000_ferry.txt", "Ferry sails again\n\nThe ferry between Lindmouth and the isle sails again on Monday.\n"},
		{"herald/001.txt", "“Nobody” could say when — not even the harbour master.\nΚανείς δεν ήξερε. 誰も知らない。\n"},
		{"empty", ""},
		{"no end", "This one ends without a line end"},
		{"one newline", "\n"},
		{"delimiters", "<<<FILE 000_ferry.txt>>>\n<<<END>>>\n\\<<<EOF>>>\n>>>\n{\"id\":1}\n"},
		{"carriage returns", "one\r\ntwo\rthree\r\n"},
		{"control", "a\tb\x00c\x1b[31md\u2028e\n"},
		{"backslashes", "\\n \\\\ \\\n\\"},
		{"blank", " \n\t\n\n"},
		{"long", strings.Repeat("The tide tables of Lindmouth run to many pages, and to more each year.\n", 2000)},
		{"one long line", strings.Repeat("tide ", 40_000)},
		{"last", "It rained.\n"},
	}
}

// A fixture writes articles down in a format, for the suite that all formats pass.
type fixture struct {
	name   string
	format string // as Inputs calls it
	forced bool   // its files cannot be told and have to be asked for
	binary bool   // it has no lines: a byte order mark or other line ends would destroy it
	dear   bool   // decoding a record allocates
	// indexed says that its index stands at its end: a part of a file holds nothing.
	indexed bool
	suffix  string
	// encode returns a file of the articles, and those that the format can hold.
	encode func([]article) (string, []article)
}

func fixtures() []fixture {
	return []fixture{
		{name: "bundle", format: "bundle", suffix: ".txt", encode: encodeBundle},
		{name: "bundle in blocks", format: "bundle", suffix: ".txt", encode: encodeBlocks},
		{name: "jsonl", format: "jsonl", suffix: ".jsonl", encode: func(all []article) (string, []article) { return encodeJSONL(all, false) }},
		{name: "jsonl in ASCII", format: "jsonl", suffix: ".ndjson", encode: func(all []article) (string, []article) { return encodeJSONL(all, true) }},
		{name: "parquet", format: "parquet", binary: true, indexed: true, suffix: ".parquet", encode: func(all []article) (string, []article) {
			return encodeParquet(all, parquetgo.Compression(&snappy.Codec{}))
		}},
		{name: "parquet in pages of version 1", format: "parquet", binary: true, indexed: true, suffix: ".parquet", encode: func(all []article) (string, []article) { return encodeParquet(all, parquetgo.DataPageVersion(1)) }},
		{name: "text", format: "text", forced: true, suffix: ".txt", encode: func(all []article) (string, []article) {
			longest := slices.MaxFunc(all, func(a, b article) int { return len(a.Body) - len(b.Body) })
			return longest.Body, []article{{"corpus", longest.Body}}
		}},
	}
}

func encodeBundle(all []article) (string, []article) {
	var out bytes.Buffer
	w := bundle.NewWriter(&out)
	for _, a := range all {
		if err := w.Write(a.Key, []byte(a.Body)); err != nil {
			panic(err)
		}
	}
	return out.String(), all
}

// encodeBlocks leaves out what the block form cannot hold without an escape.
func encodeBlocks(all []article) (string, []article) {
	var out strings.Builder
	var held []article
	for _, a := range all {
		if a.Body == "" || strings.HasSuffix(a.Body, "\n") && !strings.Contains(a.Body, "<<<") {
			fmt.Fprintf(&out, "<<<FILE: '%s'\n%s>>>\n\n", a.Key, a.Body)
			held = append(held, a)
		}
	}
	return out.String(), held
}

func encodeJSONL(all []article, ascii bool) (string, []article) {
	var out strings.Builder
	for _, a := range all {
		line, err := json.Marshal(map[string]string{"id": a.Key, "text": a.Body})
		if err != nil {
			panic(err)
		}
		for _, r := range string(line) {
			if ascii && r > '~' {
				for _, unit := range utf16Units(r) {
					fmt.Fprintf(&out, `\u%04X`, unit)
				}
			} else {
				out.WriteRune(r)
			}
		}
		out.WriteByte('\n')
	}
	return out.String(), all
}

// encodeParquet makes row groups of a few articles, and pages of one or two.
func encodeParquet(all []article, compression parquetgo.WriterOption) (string, []article) {
	type row struct {
		ID    string  `parquet:"id,dict"`
		Title *string `parquet:"title"`
		Text  string  `parquet:"text"`
	}
	var out bytes.Buffer
	w := parquetgo.NewGenericWriter[row](&out, compression, parquetgo.PageBufferSize(100), parquetgo.MaxRowsPerRowGroup(5))
	for _, a := range all {
		if _, err := w.Write([]row{{ID: a.Key, Text: a.Body}}); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.String(), all
}

func utf16Units(r rune) []rune {
	if r < 0x10000 {
		return []rune{r}
	}
	return []rune{0xD800 + (r-0x10000)>>10, 0xDC00 + (r-0x10000)&0x3FF}
}

// line returns the line of a byte in a file of the fixture, and in one
// without lines that of the record that so many stand before.
func (f fixture) line(text string, offset int64, records int) int {
	if f.binary {
		return 1 + records
	}
	return 1 + strings.Count(text[:offset], "\n")
}

func (f fixture) options() corpus.Options {
	var options corpus.Options
	if f.forced {
		options.Format = f.format
	}
	return options
}

// storages are the ways in which a file may be stored.
var storages = map[string]struct {
	suffix, compression string
	store               func(string) string
}{
	"plain": {"", "", func(text string) string { return text }},
	"gzip":  {".gz", "gzip", gzipped},
	"gzip of three members": {".gz", "gzip", func(text string) string {
		third := len(text) / 3
		return gzipped(text[:third]) + gzipped(text[third:2*third]) + gzipped(text[2*third:])
	}},
	"zstd": {".zst", "zstd", zstandard},
	"zstd of two frames": {".zst", "zstd", func(text string) string {
		half := len(text) / 2
		return zstandard(text[:half]) + zstandard(text[half:])
	}},
}

func gzipped(text string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, text)
	w.Close()
	return out.String()
}

func zstandard(text string) string {
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer encoder.Close()
	return string(encoder.EncodeAll([]byte(text), nil))
}

// write writes a file below a temporary folder and returns its path.
func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, stdin io.Reader, options corpus.Options, names ...string) *corpus.Corpus {
	t.Helper()
	c, err := formats.Open(names, stdin, options)
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return c
}

// A reading is all that a corpus holds.
type reading struct {
	articles []corpus.Article // as decoded, not admitted
	locators []corpus.Locator
	problems []corpus.Problem // of reading and decoding
}

func read(t testing.TB, c *corpus.Corpus) reading {
	t.Helper()
	var r reading
	var log corpus.ProblemLog
	for {
		record, err := c.Next(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("reading: %v", err)
		}
		record.Data = bytes.Clone(record.Data)
		a, ok, problems := c.Decode(new(corpus.Scratch), record)
		log.Add(problems...)
		if ok {
			r.articles = append(r.articles, a)
			r.locators = append(r.locators, a.Locator)
		}
	}
	log.Add(c.Problems()...)
	if problems := log.List(); len(problems) > 0 {
		r.problems = problems
	}
	return r
}

// plain are the articles with what every format keeps.
func (r reading) plain() []article {
	var plain []article
	for _, a := range r.articles {
		plain = append(plain, article{a.Key, string(a.Body)})
	}
	return plain
}

// asStrings compares bodies at once; by default cmp takes each byte for a value.
var asStrings = cmp.Transformer("string", func(b []byte) string { return string(b) })
