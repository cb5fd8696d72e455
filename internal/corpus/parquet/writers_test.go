package parquet

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/gzip"
	"github.com/parquet-go/parquet-go/compress/lz4"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/compress/uncompressed"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A story is what testdata/rows.json has of each row of the files beside it.
type story struct {
	ID        int
	Title     string
	Text      *string
	URL, Lang string
	When      int64 // milliseconds
}

// TestOtherWriters reads files that other programs wrote: see testdata/README.md.
func TestOtherWriters(t *testing.T) {
	var stories []story
	written, err := os.ReadFile("testdata/rows.json")
	if err == nil {
		err = json.Unmarshal(written, &stories)
	}
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("testdata/*.parquet")
	if err != nil {
		t.Fatal(err)
	}
	fields := corpus.Fields{
		corpus.Text: {"text", "article.body"}, corpus.URL: {"url", "meta.url"},
		corpus.Published: {"published", "date", "meta.date"}, corpus.Language: {"lang", "language"},
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		reads, problems := readAll(t, data, unlimited, fields)
		switch base := filepath.Base(name); base {
		case "duckdb-empty.parquet":
			if reads != nil || problems != nil {
				t.Errorf("%s: articles %v, problems %v", base, reads, problems)
			}
		case "duckdb-encrypted.parquet":
			want := []found{{0, 0, corpus.Unreadable, "the file is encrypted, and encrypted Parquet is not read"}}
			if diff := cmp.Diff(want, problems); diff != "" || reads != nil {
				t.Errorf("%s: articles %v, problems (-want +got):\n%s", base, reads, diff)
			}
		default:
			checkStories(t, base, stories, reads, problems)
		}
	}
}

// checkStories holds that the articles are the stories, as far as the file has columns for
// them. Where one is null (the published of each third story by arrow), another has the same.
func checkStories(t *testing.T, base string, stories []story, reads []read, problems []found) {
	t.Helper()
	hasTitle := strings.HasPrefix(base, "arrow") || base == "duckdb-snappy.parquet" || base == "duckdb-zstd-v2.parquet"
	hasTime := !slices.Contains([]string{"duckdb-gzip.parquet", "duckdb-lz4.parquet"}, base)
	var want []read
	for i, s := range stories {
		if s.Text == nil {
			continue
		}
		r := read{Line: i + 1, Key: fmt.Sprint(s.ID), Body: *s.Text, Source: corpus.HostOf(s.URL)}
		r.Meta = corpus.Meta{URL: s.URL, Language: s.Lang, Published: time.UnixMilli(s.When).UTC()}
		if hasTitle {
			r.Meta.Title = s.Title
		}
		if !hasTime {
			r.Meta.Published = r.Meta.Published.Truncate(24 * time.Hour)
		}
		if base == "hyparquet.parquet" {
			r.Meta.Language = ""
		}
		want = append(want, r)
	}
	if diff := cmp.Diff(want, reads); diff != "" {
		t.Errorf("%s (-want +got):\n%s", base, diff)
	}
	if len(problems) != 1 || problems[0].Line != 8 || problems[0].Kind != corpus.BadRecord || !strings.HasSuffix(problems[0].Message, `is null, not a string`) {
		t.Errorf("%s: problems %v", base, problems)
	}
}

// A wide row has each type of column in the encodings that it is written in.
type wide struct {
	ID        int64   `parquet:"id,delta"`
	Text      *string `parquet:"text"`
	Title     string  `parquet:"title,delta"`
	Source    *string `parquet:"source,dict"`
	Published int32   `parquet:"published,date"`
	URL       []byte  `parquet:"url,delta"`
}

func wides(n int) (rows []wide, want []read) {
	for i := range n {
		day := time.Date(1969, 12, 1+i*i, 0, 0, 0, 0, time.UTC)
		row := wide{
			ID: int64(i*i*1000 - 5), Title: strings.Repeat("Ferry ", i%4) + fmt.Sprint("sails ", i/3), URL: fmt.Appendf(nil, "https://herald.example/%d", i/2),
			Published: int32(day.Unix() / secondsPerDay), Text: pointer(strings.Repeat(fmt.Sprint("Story ", i, ". "), i%50)),
		}
		r := read{Line: i + 1, Key: fmt.Sprint(row.ID), Body: *row.Text, Source: "herald.example", Meta: corpus.Meta{Title: row.Title, URL: string(row.URL), Published: day}}
		if i%3 != 0 {
			r.Source = fmt.Sprint("Gazette ", i%7)
			row.Source = &r.Source
		}
		rows, want = append(rows, row), append(want, r)
	}
	return rows, want
}

// TestEncodings writes the same rows in many ways.
func TestEncodings(t *testing.T) {
	rows, want := wides(300)
	for _, codec := range []compress.Codec{new(uncompressed.Codec), new(snappy.Codec), new(gzip.Codec), new(zstd.Codec), new(lz4.Codec)} {
		for _, version := range []int{1, 2} {
			for _, group := range []int64{7, 200, 100_000} {
				data := write(t, rows, parquetgo.Compression(codec), parquetgo.DataPageVersion(version), parquetgo.PageBufferSize(int(group)), parquetgo.MaxRowsPerRowGroup(group))
				reads, problems := readAll(t, data, unlimited, corpus.Fields{})
				if diff := cmp.Diff(want, reads); diff != "" || problems != nil {
					t.Fatalf("%s, version %d, %d rows a group: problems %v (-want +got):\n%s", codec, version, group, problems, diff)
				}
			}
		}
	}
}
