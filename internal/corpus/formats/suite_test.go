package formats_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"

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
	name    string
	format  string // as Inputs calls it
	forced  bool   // its files cannot be told and have to be asked for
	binary  bool   // it has no lines: a byte order mark or other line ends would destroy it
	dear    bool   // decoding a record allocates
	single  bool   // a file is one article
	escaped bool   // a body's line ends are not those of the file
	inCells bool   // a body's lines are parts of the file's, where quotes are doubled
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
		{name: "jsonl", format: "jsonl", escaped: true, suffix: ".jsonl", encode: func(all []article) (string, []article) { return encodeJSONL(all, false) }},
		{name: "jsonl in ASCII", format: "jsonl", escaped: true, suffix: ".ndjson", encode: func(all []article) (string, []article) { return encodeJSONL(all, true) }},
		{name: "json array", format: "json", escaped: true, suffix: ".json", encode: func(all []article) (string, []article) { return encodeArray(all, "[\n  ", ",\n  ", "\n]\n") }},
		{name: "json array in one line", format: "json", escaped: true, suffix: ".json", encode: func(all []article) (string, []article) { return encodeArray(all, "[", ",", "]") }},
		{name: "json documents", format: "json", escaped: true, suffix: ".json", encode: encodePretty},
		{name: "json in a wrapper", format: "json", escaped: true, suffix: ".json", encode: func(all []article) (string, []article) {
			return encodeArray(all, `{"status":"ok","articles":[`, ", ", `],"page":{"next":null}}`)
		}},
		{name: "csv", format: "csv", inCells: true, suffix: ".csv", encode: func(all []article) (string, []article) { return encodeTable(all, ',') }},
		{name: "csv with semicolons", format: "csv", inCells: true, suffix: ".csv", encode: func(all []article) (string, []article) { return encodeTable(all, ';') }},
		{name: "tsv with quotes", format: "tsv", inCells: true, suffix: ".tsv", encode: func(all []article) (string, []article) { return encodeTable(all, '\t') }},
		{name: "tsv with escapes", format: "tsv", escaped: true, inCells: true, suffix: ".tab", encode: encodeEscaped},
		{name: "html", format: "html", suffix: ".html", single: true, dear: true, escaped: true, encode: encodeHTML},
		{name: "warc", format: "warc", suffix: ".warc", binary: true, dear: true, encode: encodeWARC},
		{name: "wet", format: "warc", suffix: ".wet", binary: true, dear: true, encode: encodeWET},
		{name: "parquet", format: "parquet", binary: true, indexed: true, suffix: ".parquet", encode: func(all []article) (string, []article) {
			return encodeParquet(all, parquetgo.Compression(&snappy.Codec{}))
		}},
		{name: "parquet in pages of version 1", format: "parquet", binary: true, indexed: true, suffix: ".parquet", encode: func(all []article) (string, []article) { return encodeParquet(all, parquetgo.DataPageVersion(1)) }},
		{name: "text", format: "text", forced: true, single: true, suffix: ".txt", encode: func(all []article) (string, []article) {
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

// encodeArray writes the articles as objects between the given texts.
func encodeArray(all []article, before, between, after string) (string, []article) {
	lines, held := encodeJSONL(all, false)
	return before + strings.Join(strings.Split(strings.TrimSuffix(lines, "\n"), "\n"), between) + after, held
}

func encodePretty(all []article) (string, []article) {
	lines, held := encodeJSONL(all, false)
	var out bytes.Buffer
	for line := range strings.Lines(lines) {
		if err := json.Indent(&out, []byte(line), "", "  "); err != nil {
			panic(err)
		}
	}
	return out.String(), held
}

func encodeTable(all []article, separator rune) (string, []article) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.Comma = separator
	w.Write([]string{"id", "text", "desk"})
	for _, a := range all {
		w.Write([]string{a.Key, a.Body, "harbour"})
	}
	w.Flush()
	return out.String(), all
}

// encodeEscaped writes tab-separated values as jq and PostgreSQL do.
func encodeEscaped(all []article) (string, []article) {
	var out strings.Builder
	out.WriteString("id\ttext\n")
	escape := strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	for _, a := range all {
		escape.WriteString(&out, a.Key)
		out.WriteByte('\t')
		escape.WriteString(&out, a.Body)
		out.WriteByte('\n')
	}
	return out.String(), all
}

// encodeParquet makes row groups of a few articles, and pages of one or two.
func encodeParquet(all []article, options ...parquetgo.WriterOption) (string, []article) {
	type row struct {
		ID    string  `parquet:"id,dict"`
		Title *string `parquet:"title"`
		Text  string  `parquet:"text"`
	}
	var out bytes.Buffer
	w := parquetgo.NewGenericWriter[row](&out, append(options, parquetgo.PageBufferSize(100), parquetgo.MaxRowsPerRowGroup(5))...)
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

// A storage is a way in which a file may be stored.
type storage struct {
	suffix, compression string
	store               func(string) string
}

// storages are those that every format is read from.
var storages = map[string]storage{
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
	"xz": {".xz", "xz", xzipped},
	"xz of two streams": {".xz", "xz", func(text string) string {
		half := len(text) / 2
		return xzipped(text[:half]) + "\x00\x00\x00\x00" + xzipped(text[half:])
	}},
	"lz4": {".lz4", "lz4", lz4Framed},
	"lz4 of two frames": {".lz4", "lz4", func(text string) string {
		half := len(text) / 2
		return lz4Framed(text[:half]) + lz4Framed(text[half:])
	}},
}

func init() {
	addBzip2()
	for name, s := range storages {
		s.store = remembered(s.store)
		storages[name] = s
	}
}

// remembered compresses a text once: the tests store the same ones again and
// again, and to write xz and bzip2 takes longer than to read them.
func remembered(store func(string) string) func(string) string {
	var known sync.Map
	return func(text string) string {
		if stored, found := known.Load(text); found {
			return stored.(string)
		}
		stored := store(text)
		known.Store(text, stored)
		return stored
	}
}

// addBzip2 adds what Go has no writer of: its own tool writes it, where it is installed.
func addBzip2() {
	if _, err := exec.LookPath("bzip2"); err != nil {
		return
	}
	storages["bzip2"] = storage{".bz2", "bzip2", bzipped}
	storages["bzip2 of two streams"] = storage{".bz2", "bzip2", func(text string) string {
		half := len(text) / 2
		return bzipped(text[:half]) + bzipped(text[half:])
	}}
}

func bzipped(text string) string {
	bzip2 := exec.Command("bzip2", "-c")
	bzip2.Stdin = strings.NewReader(text)
	out, err := bzip2.Output()
	if err != nil {
		panic(err)
	}
	return string(out)
}

func xzipped(text string) string {
	var out bytes.Buffer
	w, err := xz.WriterConfig{DictCap: 64 << 10}.NewWriter(&out) // by default it clears 60 MB for a file
	if err != nil {
		panic(err)
	}
	io.WriteString(w, text)
	w.Close()
	return out.String()
}

func lz4Framed(text string) string {
	var out bytes.Buffer
	w := lz4.NewWriter(&out)
	if err := w.Apply(lz4.BlockSizeOption(lz4.Block64Kb)); err != nil {
		panic(err)
	}
	io.WriteString(w, text)
	w.Close()
	return out.String()
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
