package parquet

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/compress/uncompressed"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

type newsRow struct {
	ID    string `parquet:"id"`
	Text  string `parquet:"text"`
	URL   string `parquet:"url"`
	Other string `parquet:"other"` // as large as the text, and not wanted
}

// generated returns 100 MB of made-up news.
var generated = sync.OnceValues(func() (rows []newsRow, size int64) {
	options := corpusgen.DefaultOptions()
	options.Articles = 40_000
	for a := range corpusgen.New(options).All() {
		rows = append(rows, newsRow{a.Key, a.Text, fmt.Sprintf("https://herald.example/%s", a.Key), a.Text})
		size += int64(len(a.Text))
	}
	return rows, size
})

// BenchmarkRead reads the columns of a file in memory; the bytes are those of the texts.
func BenchmarkRead(b *testing.B) {
	for _, codec := range []compress.Codec{new(uncompressed.Codec), new(snappy.Codec), new(zstd.Codec)} {
		rows, size := generated()
		data := write(b, rows, parquetgo.Compression(codec), parquetgo.PageBufferSize(1<<20), parquetgo.MaxRowsPerRowGroup(10_000))
		for _, decoding := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/decode=%t", codec, decoding), func(b *testing.B) { benchmarkRead(b, data, size, len(rows), decoding) })
		}
	}
}

func benchmarkRead(b *testing.B, data []byte, size int64, rows int, decoding bool) {
	b.SetBytes(size)
	b.ReportAllocs()
	fields := corpus.Fields{}.OrDefault()
	scratch := new(corpus.Scratch)
	for b.Loop() {
		t, err := openTable(bytes.NewReader(data), int64(len(data)), fields)
		if err != nil {
			b.Fatal(err)
		}
		s := &splitter{in: corpus.NewStream(bytes.NewReader(nil), 1<<20, func(p corpus.Problem) { b.Fatal(p) }), fields: fields, opened: true}
		s.use(t)
		count := 0
		for ; ; count++ {
			record, err := s.Split()
			if err == io.EOF || s.table == nil {
				break
			}
			if !decoding {
				continue
			}
			if _, ok, problems := s.decode(scratch, record, corpus.Origin{}); !ok {
				b.Fatal(problems)
			}
		}
		if count != rows {
			b.Fatalf("%d rows of %d", count, rows)
		}
	}
}
