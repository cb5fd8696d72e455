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

// BenchmarkDocuments cuts, and cuts and decodes, an array as programs write it,
// and as jq does, indented and with more members that hold no text.
func BenchmarkDocuments(b *testing.B) {
	lines := bytes.Split(bytes.TrimSpace(benchmarkInput(b, english, false)), []byte("\n"))
	array := append(append([]byte{'['}, bytes.Join(lines, []byte{','})...), ']')
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, array, "", "  "); err != nil {
		b.Fatal(err)
	}
	var numbers bytes.Buffer
	for i, line := range lines {
		fmt.Fprintf(&numbers, `%c%s,"embedding":[0.5%s]}`, "[,"[min(i, 1)], line[:len(line)-1], strings.Repeat(",-0.0123456", 300))
	}
	numbers.WriteByte(']')
	for name, input := range map[string][]byte{"array": array, "pretty": pretty.Bytes(), "documents": bytes.Join(lines, nil), "numbers": numbers.Bytes()} {
		format := Documents(corpus.Fields{})
		_, decode := format.Open(nil)
		scratch := new(corpus.Scratch)
		split := func(in *corpus.Stream) corpus.Splitter { splitter, _ := format.Open(in); return splitter }
		b.Run(name+"/split", func(b *testing.B) { benchmarkSplitter(b, input, split, func(corpus.Record) {}) })
		b.Run(name+"/decode", func(b *testing.B) {
			benchmarkSplitter(b, input, split, func(record corpus.Record) {
				if _, ok, problems := decode(scratch, record, corpus.Origin{}); !ok {
					b.Fatal(problems)
				}
			})
		})
	}
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
	benchmarkSplitter(b, input, func(in *corpus.Stream) corpus.Splitter { return &splitter{in} }, use)
}

func benchmarkSplitter(b *testing.B, input []byte, split func(*corpus.Stream) corpus.Splitter, use func(corpus.Record)) {
	source := new(bytes.Reader)
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		source.Reset(input)
		in := corpus.NewStream(source, corpus.DefaultMaxArticleBytes, func(p corpus.Problem) { b.Fatal(p) })
		splitter := split(in)
		for {
			record, err := splitter.Split()
			if err == io.EOF {
				break
			}
			use(record)
		}
	}
}
