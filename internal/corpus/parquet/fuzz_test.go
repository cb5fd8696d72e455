package parquet

import (
	"bytes"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/gzip"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// FuzzRead holds that no file makes the reader panic, hang or say that it was
// well where it was not: rows come in their order, and bodies are UTF-8.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("testdata/*.parquet")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	rows, _ := wides(30)
	f.Add(write(f, rows, parquetgo.PageBufferSize(200), parquetgo.MaxRowsPerRowGroup(12)))
	f.Add(write(f, rows, parquetgo.Compression(new(gzip.Codec)), parquetgo.DataPageVersion(1)))
	f.Fuzz(func(t *testing.T, data []byte) { readDamaged(t, data) })
}

// readDamaged reads what may be no Parquet at all, or no longer.
func readDamaged(t *testing.T, data []byte) {
	t.Helper()
	const most = 20_000 // rows, which a few bytes can say a million times
	fields := corpus.Fields{corpus.Text: {"text", "article.body"}, corpus.URL: {"url", "meta.url"}, corpus.Published: {"published", "date", "meta.date"}}
	splitter, decode := Format(fields).Open(corpus.NewStream(bytes.NewReader(data), 1<<12, func(corpus.Problem) {}))
	last, scratch := int64(-1), new(corpus.Scratch)
	for range most {
		record, err := splitter.Split()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if record.Offset <= last {
			t.Fatalf("row %d follows row %d", record.Offset, last)
		}
		last = record.Offset
		article, ok, problems := decode(scratch, record, corpus.Origin{})
		if !ok && len(problems) == 0 || !utf8.Valid(article.Body) || !utf8.ValidString(article.Key) {
			t.Fatalf("row %d: %t, problems %v", record.Line, ok, problems)
		}
	}
}

// mutations is how many damaged files TestMutations reads.
var mutations = flag.Int("mutations", 3000, "damaged files to be read")

// TestMutations changes a few bytes of sound files, half of them in the footer.
func TestMutations(t *testing.T) {
	names, err := filepath.Glob("testdata/*.parquet")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files, error %v", err)
	}
	var files [][]byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	random := rand.New(rand.NewPCG(1, 1))
	for i := range *mutations {
		data := bytes.Clone(files[random.IntN(len(files))])
		for range 1 + random.IntN(4) {
			at := random.IntN(len(data))
			if random.IntN(2) == 0 {
				at = len(data) - 8 - random.IntN(min(len(data)-8, 2000))
			}
			data[at] = byte(random.Uint32()) >> random.IntN(8)
		}
		begin := time.Now()
		readDamaged(t, data)
		if took := time.Since(begin); took > 10*time.Second {
			t.Fatalf("damaged file %d took %v", i, took)
		}
	}
}
