package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// benchmarkInput is 4 MB of invented articles.
func benchmarkInput(b *testing.B, paragraph string, asciiOnly bool) []byte {
	b.Helper()
	var out bytes.Buffer
	for i := 0; out.Len() < 4<<20; i++ {
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprintf("lindmouth/%06d", i), "text": strings.Repeat(paragraph, 5+i%20),
		})
		if err != nil {
			b.Fatal(err)
		}
		if asciiOnly {
			line = escapeAll(line)
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes()
}

// escapeAll writes each character outside ASCII as an escape, as Python does.
func escapeAll(line []byte) []byte {
	var out []byte
	for _, r := range string(line) {
		if r < 0x80 {
			out = append(out, byte(r))
		} else {
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

const (
	english = "The harbour board of Lindmouth met for the third time, and “nobody” could say when the ferry would sail again. " +
		"Its chair spoke of patience; the fishermen spoke of \"nets\", of ice and of the price of diesel.\n\n"
	greek = "Το λιμεναρχείο συνεδρίασε για τρίτη φορά και κανείς δεν ήξερε πότε θα φύγει το πλοίο.\n"
)

func BenchmarkSplit(b *testing.B) {
	benchmark(b, benchmarkInput(b, english, false), func(corpus.Record) {})
}

func BenchmarkSplitAndDecode(b *testing.B) {
	_, decode := Format(corpus.Fields{}).Open(nil)
	scratch := new(corpus.Scratch)
	use := func(record corpus.Record) {
		if _, ok, problems := decode(scratch, record, corpus.Origin{}); !ok {
			b.Fatal(problems)
		}
	}
	b.Run("english", func(b *testing.B) { benchmark(b, benchmarkInput(b, english, false), use) })
	b.Run("greek", func(b *testing.B) { benchmark(b, benchmarkInput(b, greek, false), use) })
	b.Run("greek-escaped", func(b *testing.B) { benchmark(b, benchmarkInput(b, greek, true), use) })
}

func BenchmarkScan(b *testing.B) {
	input := bytes.SplitAfter(benchmarkInput(b, english, false), []byte("\n"))[0]
	b.SetBytes(int64(len(input)))
	for b.Loop() {
		if !isObject(input) {
			b.Fatal("not an object")
		}
	}
}

func benchmark(b *testing.B, input []byte, use func(corpus.Record)) {
	source := new(bytes.Reader)
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		source.Reset(input)
		in := corpus.NewStream(source, corpus.DefaultMaxArticleBytes, func(p corpus.Problem) { b.Fatal(p) })
		splitter := &splitter{in}
		for {
			record, err := splitter.Split()
			if err == io.EOF {
				break
			}
			use(record)
		}
	}
}
