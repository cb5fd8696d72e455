package parquet

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A read is one article with what the tests look at.
type read struct {
	Line      int
	Key, Body string
	Source    string
	Meta      corpus.Meta
}

// A found is one problem.
type found struct {
	Line    int
	Offset  int64
	Kind    string
	Message string
}

// unlimited is no limit to the articles of these tests.
const unlimited = 1 << 20

func readAll(t testing.TB, data []byte, limit int, fields corpus.Fields) ([]read, []found) {
	t.Helper()
	var founds []found
	add := func(p corpus.Problem) { founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message}) }
	format := Format(fields)
	splitter, decode := format.Open(corpus.NewStream(bytes.NewReader(data), limit, add))
	var reads []read
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return reads, founds
		}
		if err != nil {
			t.Fatalf("splitting: %v", err)
		}
		if record.Offset != int64(record.Line)-1 {
			t.Errorf("line %d is at offset %d", record.Line, record.Offset)
		}
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{Name: "news.parquet"})
		for _, p := range problems {
			add(p)
		}
		if ok {
			reads = append(reads, read{record.Line, article.Key, string(article.Body), article.Source, article.Meta})
		}
	}
}

// write returns a file of the rows.
func write[T any](t testing.TB, rows []T, options ...parquetgo.WriterOption) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquetgo.NewGenericWriter[T](&out, options...)
	for i := range rows { // one at a time, or pages grow beyond their size
		if _, err := w.Write(rows[i : i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pointer[T any](v T) *T { return &v }

func TestValues(t *testing.T) {
	type nested struct {
		URL  string    `parquet:"url"`
		Date time.Time `parquet:"date,timestamp(microsecond)"`
	}
	type row struct {
		ID       int32   `parquet:"id"`
		Text     *string `parquet:"text"`
		Meta     *nested `parquet:"meta"`
		Language *string `parquet:"lang,dict"`
		Outlet   []byte  `parquet:"outlet"`
	}
	at := time.Date(2024, 1, 2, 3, 4, 5, 6000, time.UTC)
	data := write(t, []row{
		{7, pointer("one"), &nested{"https://www.herald.example/1", at}, pointer("EN"), []byte(" The Herald ")},
		{-8, nil, &nested{"https://herald.example/2", at}, nil, []byte("x")},
		{9, pointer(""), nil, nil, nil},
		{10, pointer("caf\xe9"), &nested{"", time.Time{}}, pointer("\xff"), []byte("Gazette")},
	})
	fields := corpus.Fields{corpus.URL: {"meta.url"}, corpus.Published: {"meta.date"}, corpus.Source: {"outlet"}}
	reads, problems := readAll(t, data, unlimited, fields)
	want := []read{
		{1, "7", "one", "The Herald", corpus.Meta{URL: "https://www.herald.example/1", Language: "en", Published: at.Truncate(time.Second)}},
		{3, "9", "", "", corpus.Meta{}},
		{4, "10", "caf\uFFFD", "Gazette", corpus.Meta{Language: "\uFFFD"}},
	}
	if diff := cmp.Diff(want, reads); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantProblems := []found{
		{2, 1, corpus.BadRecord, `the column "text" is null, not a string`},
		{4, 3, corpus.InvalidUTF8, "2 bytes that are not UTF-8 are replaced by U+FFFD"},
	}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestNames holds that a row without a name is called by its place, which is a
// problem only where the column of names was asked for.
func TestNames(t *testing.T) {
	type row struct {
		ID   *string `parquet:"id"`
		Text string  `parquet:"text"`
	}
	reads, problems := readAll(t, write(t, []row{{nil, "a"}, {pointer(" "), "b"}, {pointer("c"), "c"}}), unlimited, corpus.Fields{})
	if diff := cmp.Diff([]read{{Line: 1, Body: "a"}, {Line: 2, Body: "b"}, {Line: 3, Key: "c", Body: "c"}}, reads); diff != "" || problems != nil {
		t.Errorf("problems %v (-want +got):\n%s", problems, diff)
	}
	type bare struct {
		Text string `parquet:"text"`
		Odd  int64  `parquet:"x y"`
	}
	rows := []bare{{"a", 1}, {"b", 2}}
	want := []read{{Line: 1, Body: "a"}, {Line: 2, Body: "b"}}
	reads, problems = readAll(t, write(t, rows), unlimited, corpus.Fields{})
	if diff := cmp.Diff(want, reads); diff != "" || problems != nil {
		t.Errorf("without a column of names: problems %v (-want +got):\n%s", problems, diff)
	}
	reads, problems = readAll(t, write(t, rows), unlimited, corpus.Fields{corpus.ID: {"key"}})
	wantProblems := []found{{0, 0, corpus.UnnamedArticle, `no column "key" (this file has: text, "x y"), so its rows are called by their numbers; --id-field names the identifier`}}
	if diff := cmp.Diff(want, reads) + cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("without the column that was asked for (-want +got):\n%s", diff)
	}
	reads, problems = readAll(t, write(t, []bare{{"a", 1}}), unlimited, corpus.Fields{corpus.ID: {"text"}})
	if diff := cmp.Diff([]read{{Line: 1, Key: "a", Body: "a"}}, reads); diff != "" || problems != nil {
		t.Errorf("one column for two purposes: problems %v (-want +got):\n%s", problems, diff)
	}
}

func TestNoText(t *testing.T) {
	type deep struct {
		Body string `parquet:"body"`
	}
	type row struct {
		ID    string   `parquet:"id"`
		Tags  []string `parquet:"tags,list"`
		Deep  deep     `parquet:"deep"`
		Plain []string `parquet:"plain"`
		Count int64    `parquet:"count"`
		Flag  bool     `parquet:"flag"`
	}
	data := write(t, []row{{ID: "a", Tags: []string{"x", "y"}, Deep: deep{"found"}}, {ID: "b"}})
	for name, want := range map[string]string{
		"text":     `no column "text" (this file has: id, tags, deep.body, plain, count, flag); --text-field names the text`,
		"tags":     `the column "tags" holds lists, not text; --text-field names the text`,
		"plain":    `the column "plain" holds lists, not text; --text-field names the text`,
		"count":    `the column "count" holds numbers, not text; --text-field names the text`,
		"flag":     `the column "flag" holds values of another type, not text; --text-field names the text`,
		"deep\x1b": `no column "deep\x1b" (this file has: id, tags, deep.body, plain, count, flag); --text-field names the text`,
	} {
		reads, problems := readAll(t, data, unlimited, corpus.Fields{corpus.Text: {name}})
		if diff := cmp.Diff([]found{{0, 0, corpus.BadRecord, want}}, problems); diff != "" || reads != nil {
			t.Errorf("%q: articles %v, problems (-want +got):\n%s", name, reads, diff)
		}
	}
	reads, problems := readAll(t, data, unlimited, corpus.Fields{corpus.Text: {"count", "deep.body"}})
	if len(reads) != 2 || reads[0].Body != "found" || problems != nil {
		t.Errorf("the second name: articles %v, problems %v", reads, problems)
	}
}

func TestTooLargeTexts(t *testing.T) {
	type row struct{ ID, Text string }
	huge := strings.Repeat("x", 100)
	data := write(t, []row{{"a", "1"}, {"b", huge}, {"c", "3"}})
	reads, problems := readAll(t, data, 20, corpus.Fields{corpus.ID: {"ID"}, corpus.Text: {"Text"}})
	if diff := cmp.Diff([]read{{Line: 1, Key: "a", Body: "1"}, {Line: 3, Key: "c", Body: "3"}}, reads); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []found{{2, 1, corpus.TooLarge, "the article is left out: it has 101 bytes, and at most 20 are read"}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestMatches(t *testing.T) {
	type row struct{ ID, Text string }
	for head, want := range map[string]bool{
		string(write(t, []row{{"a", "b"}})): true,
		string(write(t, []row{})):           true,
		"PARE\x15\x04":                      true,
		"PAR1 is not the same as PAR2.\n":   false,
		"PAR1":                              false,
		"par1\x15\x04":                      false,
	} {
		if got := Matches([]byte(head)); got != want {
			t.Errorf("Matches(%.30q) = %t, want %t", head, got, want)
		}
	}
	names, err := filepath.Glob("testdata/*.parquet")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files, error %v", err)
	}
	for _, name := range names {
		if data, err := os.ReadFile(name); err != nil || !Matches(data) {
			t.Errorf("%s: error %v, or not told", name, err)
		}
	}
}

// TestMemory holds that a row group of 30 MB is read in the memory of its pages.
func TestMemory(t *testing.T) {
	const most = 2 << 20
	type row struct{ ID, Text string }
	random := rand.New(rand.NewPCG(1, 1))
	var rows []row
	for i := range 30_000 {
		rows = append(rows, row{fmt.Sprint(i), strings.Repeat(fmt.Sprint(random.Uint64(), " "), 50)})
	}
	data := write(t, rows, parquetgo.Compression(new(snappy.Codec)), parquetgo.PageBufferSize(64<<10))
	fields := corpus.Fields{corpus.ID: {"ID"}, corpus.Text: {"Text"}}.OrDefault()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	table, err := openTable(bytes.NewReader(data), int64(len(data)), fields)
	if err != nil {
		t.Fatal(err)
	}
	if err := table.nextGroup(); err != nil || table.rowsLeft != int64(len(rows)) {
		t.Fatalf("%d rows in the first row group, error %v", table.rowsLeft, err)
	}
	for i, want := range rows {
		if err := table.nextRow(); err != nil || string(table.values[corpus.Text]) != want.Text {
			t.Fatalf("row %d: error %v", i, err)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > most {
		t.Errorf("%d kB were used", used>>10)
	}
}
