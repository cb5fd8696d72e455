package bundle

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// benchmarkInput is a bundle of 4 MB of invented articles, some in curly quotes.
func benchmarkInput(b *testing.B) []byte {
	paragraph := "The harbour board of Lindmouth met for the third time, and “nobody” could say when the ferry would sail again. " +
		"Its chair spoke of patience; the fishermen spoke of nets, of ice and of the price of diesel.\n\n"
	var out bytes.Buffer
	w := NewWriter(&out)
	for i := 0; out.Len() < 4<<20; i++ {
		body := bytes.Repeat([]byte(paragraph), 5+i%20)
		if err := w.Write(fmt.Sprintf("lindmouth/%06d.txt", i), body); err != nil {
			b.Fatal(err)
		}
	}
	return out.Bytes()
}

func BenchmarkSplit(b *testing.B) {
	input := benchmarkInput(b)
	benchmark(b, input, func(corpus.Record) {})
}

func BenchmarkSplitHardWrapped(b *testing.B) {
	input := bytes.Repeat([]byte("<<<FILE a>>>\n"+string(bytes.Repeat([]byte("a line that was wrapped at sixty characters by someone\n"), 40))), 1800)
	benchmark(b, input, func(corpus.Record) {})
}

func BenchmarkSplitAndDecode(b *testing.B) {
	input, scratch := benchmarkInput(b), new(corpus.Scratch)
	benchmark(b, input, func(record corpus.Record) { decode(scratch, record, corpus.Origin{}) })
}

func benchmark(b *testing.B, input []byte, use func(corpus.Record)) {
	stream := new(bytes.Reader)
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		stream.Reset(input)
		in := corpus.NewStream(stream, corpus.DefaultMaxArticleBytes, func(p corpus.Problem) { b.Fatal(p) })
		splitter, _ := Format().Open(in)
		for {
			record, err := splitter.Split()
			if err == io.EOF {
				break
			}
			use(record)
		}
	}
}

func BenchmarkWriter(b *testing.B) {
	body := bytes.Repeat([]byte("Nobody could say when the ferry would sail again.\n"), 60)
	w := NewWriter(io.Discard)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if err := w.Write("lindmouth/000001.txt", body); err != nil {
			b.Fatal(err)
		}
	}
}
