package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	quoted = "The harbour board of Lindmouth met for the third time, and “nobody” could say when the ferry would sail again. " +
		"Its chair spoke of patience; the fishermen spoke of \"nets\", of ice and of the price of diesel.\n\n"
	plain = "The harbour board of Lindmouth met for the third time and nobody could say when the ferry would sail again. "
)

// benchmarkInput is 4 MB of invented articles.
func benchmarkInput(b *testing.B, paragraph string, separator rune) []byte {
	b.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = separator
	w.Write([]string{"id", "title", "url", "text", "published"})
	for i := 0; out.Len() < 4<<20; i++ {
		row := []string{fmt.Sprintf("lindmouth/%06d", i), "Ferry sails again", "https://lindmouth.example/ferry", strings.Repeat(paragraph, 5+i%20), "2024-05-01"}
		if err := w.Write(row); err != nil {
			b.Fatal(err)
		}
		w.Flush()
	}
	return out.Bytes()
}

func BenchmarkRead(b *testing.B) {
	for name, test := range map[string]struct {
		format corpus.Format
		input  []byte
	}{
		"csv-quoted": {CSV(corpus.Fields{}), benchmarkInput(b, quoted, ',')},
		"csv-plain":  {CSV(corpus.Fields{}), benchmarkInput(b, plain, ',')},
		"tsv-plain":  {TSV(corpus.Fields{}), benchmarkInput(b, plain, '\t')},
	} {
		scratch := new(corpus.Scratch)
		b.Run(name+"/split", func(b *testing.B) {
			benchmark(b, test.format, test.input, func(corpus.Decode, corpus.Record) {})
		})
		b.Run(name+"/decode", func(b *testing.B) {
			benchmark(b, test.format, test.input, func(decode corpus.Decode, record corpus.Record) {
				if _, ok, problems := decode(scratch, record, corpus.Origin{}); !ok {
					b.Fatal(problems)
				}
			})
		})
		b.Run(name+"/encoding-csv", func(b *testing.B) {
			b.SetBytes(int64(len(test.input)))
			for b.Loop() {
				reader := csv.NewReader(bytes.NewReader(test.input))
				reader.Comma, reader.ReuseRecord = rune(test.input[2]), true
				for {
					if _, err := reader.Read(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func benchmark(b *testing.B, format corpus.Format, input []byte, use func(corpus.Decode, corpus.Record)) {
	source := new(bytes.Reader)
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		source.Reset(input)
		splitter, decode := format.Open(corpus.NewStream(source, corpus.DefaultMaxArticleBytes, func(p corpus.Problem) { b.Fatal(p) }))
		for {
			record, err := splitter.Split()
			if err == io.EOF {
				break
			}
			use(decode, record)
		}
	}
}
