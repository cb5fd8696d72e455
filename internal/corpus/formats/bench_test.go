package formats_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// generated returns 20 MB of made-up news, in articles of 2.5 KB, each of whole
// lines, as blocks want them.
var generated = sync.OnceValue(func() (all []article) {
	options := corpusgen.DefaultOptions()
	options.Articles = 8000
	for a := range corpusgen.New(options).All() {
		all = append(all, article{a.Key, a.Text + "\n"})
	}
	return all
})

// BenchmarkRead splits and decodes a file as a scan does, but on one
// goroutine; the bytes are those of the decompressed text.
func BenchmarkRead(b *testing.B) {
	for _, f := range fixtures() {
		if f.single {
			continue
		}
		text, _ := f.encode(generated())
		for _, name := range []string{"plain", "gzip", "zstd", "bzip2", "xz", "lz4"} {
			storage, ok := storages[name]
			if !ok {
				continue
			}
			path := write(b, b.TempDir(), "corpus"+f.suffix+storage.suffix, storage.store(text))
			b.Run(f.name+"/"+name, func(b *testing.B) { benchmarkRead(b, int64(len(text)), path) })
		}
	}
	dir, size := b.TempDir(), 0
	for _, a := range generated() {
		write(b, dir, a.Key, a.Body)
		size += len(a.Body)
	}
	b.Run("folder", func(b *testing.B) { benchmarkRead(b, int64(size), dir) })
}

func benchmarkRead(b *testing.B, size int64, path string) {
	b.SetBytes(size)
	b.ReportAllocs()
	var batch corpus.Batch
	scratch := new(corpus.Scratch)
	for b.Loop() {
		c, err := formats.Open([]string{path}, nil, corpus.Options{})
		if err != nil {
			b.Fatal(err)
		}
		next := func() (corpus.Record, error) { return c.Next(context.Background()) }
		for {
			err := batch.Fill(256<<10, next)
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			for _, record := range batch.Records {
				if _, ok, problems := c.Decode(scratch, record); !ok {
					b.Fatal(problems)
				}
			}
		}
		c.Close()
	}
}

// BenchmarkFetch reads every seventh article again, in their order.
func BenchmarkFetch(b *testing.B) {
	text, _ := encodeJSONL(generated(), false)
	c := open(b, nil, corpus.Options{}, write(b, b.TempDir(), "corpus.jsonl", text))
	r := read(b, c)
	b.SetBytes(int64(len(text) / len(r.locators)))
	b.ReportAllocs()
	scratch, i := new(corpus.Scratch), 0
	for b.Loop() {
		i = (i + 7) % len(r.locators)
		if _, err := c.Fetch(scratch, r.locators[i]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkShards reads a folder of compressed files, as published collections
// are: 20 MB in files of a megabyte, and in files of ten.
func BenchmarkShards(b *testing.B) {
	text, _ := encodeJSONL(generated(), false)
	for _, size := range []int{1 << 20, 10 << 20} {
		for _, name := range []string{"gzip", "zstd", "bzip2", "xz", "lz4"} {
			storage, ok := storages[name]
			if !ok {
				continue
			}
			dir, rest := b.TempDir(), text
			for i := 0; rest != ""; i++ {
				end := min(size, len(rest))
				end += strings.IndexByte(rest[end-1:], '\n')
				write(b, dir, fmt.Sprintf("%03d.jsonl%s", i, storage.suffix), storage.store(rest[:end]))
				rest = rest[end:]
			}
			b.Run(fmt.Sprintf("%s of %d MB", name, size>>20), func(b *testing.B) { benchmarkRead(b, int64(len(text)), dir) })
		}
	}
}
