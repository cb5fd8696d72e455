package formats_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A wide is a row with columns that are no article's.
type wide struct {
	Text   string `parquet:"text"`
	Desk   string `parquet:"desk"`
	Author struct {
		Name *string `parquet:"name"`
	} `parquet:"author"`
	Score float64  `parquet:"score"`
	Views int32    `parquet:"views"`
	Tags  []string `parquet:"tags,list"`
}

func wideParquet(t *testing.T, rows int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquetgo.NewGenericWriter[wide](&out, parquetgo.MaxRowsPerRowGroup(2), parquetgo.DataPageStatistics(false))
	for i := range rows {
		row := wide{Text: fmt.Sprintf("gone\nstory %d", i), Desk: `a "desk"` + strings.Repeat("x", 20), Score: 0.5, Views: int32(-i), Tags: []string{"x"}}
		if name := "Maura <Penwick>"; i > 0 {
			row.Author.Name = &name
		}
		if _, err := w.Write([]wide{row}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func firstLine(corpus.Record) corpus.Edit {
	return corpus.Edit{Cut: []corpus.Span{{Start: 0, End: 4}}}
}

// TestConvertColumns holds that the columns of a Parquet file are carried into JSON
// lines: numbers as such, null where they are, those of structs by dotted names.
func TestConvertColumns(t *testing.T) {
	c := open(t, nil, corpus.Options{}, write(t, t.TempDir(), "in.parquet", string(wideParquet(t, 2))))
	read(t, c)
	got, uncut := convert(t, c, "jsonl", firstLine)
	want := `{"text":"story 0","desk":"a \"desk\"xxxxxxxxxxxxxxxxxxxx","author.name":null,"score":0.5,"views":0}
{"text":"story 1","desk":"a \"desk\"xxxxxxxxxxxxxxxxxxxx","author.name":"Maura <Penwick>","score":0.5,"views":-1}
`
	if got != want || len(uncut) > 0 {
		t.Errorf("uncut %v, and it became\n%swhere this was to be\n%s", uncut, got, want)
	}
}

// TestConvertDamagedColumn damages files byte by byte: whatever becomes of the other
// columns, the articles that a scan has read are all written.
func TestConvertDamagedColumn(t *testing.T) {
	sound := wideParquet(t, 4)
	folder := t.TempDir()
	nulls := 0
	for at := 4; at < len(sound)-8; at += 3 {
		damaged := bytes.Clone(sound)
		damaged[at] ^= 0x55
		c := open(t, nil, corpus.Options{}, write(t, folder, "in.parquet", string(damaged)))
		r := read(t, c)
		got, _ := convert(t, c, "jsonl", func(corpus.Record) corpus.Edit { return corpus.Edit{} })
		lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
		if got == "" {
			lines = nil
		}
		if len(lines) != len(r.articles) {
			t.Fatalf("byte %d: %d articles became %d lines", at, len(r.articles), len(lines))
		}
		for i, line := range lines {
			if _, rest, _ := strings.Cut(string(r.articles[i].Body), "story"); !strings.Contains(line, "story"+rest) && !strings.ContainsAny(rest, "\"\\\uFFFD") {
				t.Fatalf("byte %d: %q became %s", at, r.articles[i].Body, line)
			}
			if strings.Contains(line, `"desk":null`) {
				nulls++
			}
		}
	}
	if nulls == 0 {
		t.Error("no damage met the other columns")
	}
}
