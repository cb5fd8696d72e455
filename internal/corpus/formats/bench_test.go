package formats_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

// invented returns about 8 MB of articles.
func invented() []article {
	paragraph := "The harbour board of Lindmouth met for the third time, and “nobody” could say when the ferry would sail again. " +
		"Its chair spoke of patience; the fishermen spoke of nets, of ice and of the price of diesel.\n\n"
	var all []article
	for i := range 2500 {
		all = append(all, article{fmt.Sprintf("lindmouth/%06d.txt", i), strings.Repeat(paragraph, 5+i%20)})
	}
	return all
}

// BenchmarkRead splits and decodes a file, on one goroutine; the bytes are
// those of the decompressed text.
func BenchmarkRead(b *testing.B) {
	for _, f := range fixtures() {
		if f.format == "text" {
			continue
		}
		text, _ := f.encode(invented())
		for _, name := range []string{"plain", "gzip", "zstd"} {
			storage := storages[name]
			path := write(b, b.TempDir(), "corpus"+f.suffix+storage.suffix, storage.store(text))
			b.Run(f.name+"/"+name, func(b *testing.B) { benchmarkRead(b, int64(len(text)), path) })
		}
	}
	dir, size := b.TempDir(), 0
	for _, a := range invented() {
		write(b, dir, a.Key, a.Body)
		size += len(a.Body)
	}
	b.Run("folder", func(b *testing.B) { benchmarkRead(b, int64(size), dir) })
}

func benchmarkRead(b *testing.B, size int64, path string) {
	b.SetBytes(size)
	b.ReportAllocs()
	scratch := new(corpus.Scratch)
	for b.Loop() {
		c, err := formats.Open([]string{path}, nil, corpus.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for {
			record, err := c.Next(context.Background())
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			if _, ok, problems := c.Decode(scratch, record); !ok {
				b.Fatal(problems)
			}
		}
		c.Close()
	}
}

func BenchmarkFetch(b *testing.B) {
	text, _ := encodeBundle(invented())
	c := open(b, nil, corpus.Options{}, write(b, b.TempDir(), "corpus.txt", text))
	r := read(b, c)
	b.SetBytes(int64(len(text) / len(r.locators)))
	b.ReportAllocs()
	scratch, i := new(corpus.Scratch), 0
	for b.Loop() {
		i = (i + 1) % len(r.locators)
		if _, err := c.Fetch(scratch, r.locators[i]); err != nil {
			b.Fatal(err)
		}
	}
}
