package compress

import (
	"io"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// BenchmarkOpen decompresses made-up news; the bytes are those of the text.
func BenchmarkOpen(b *testing.B) {
	options := corpusgen.DefaultOptions()
	options.Articles = 4000
	var text strings.Builder
	for a := range corpusgen.New(options).All() {
		text.WriteString(a.Text)
	}
	for _, tool := range []string{"gzip -c", "zstd -c", "bzip2 -c", "xz -c", "lz4 -c"} {
		b.Run(strings.Fields(tool)[0], func(b *testing.B) {
			packed, err := run(tool, text.String())
			if err != nil {
				b.Skip(err)
			}
			var d Decompressor
			defer d.Close()
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				reader, _, err := d.Open(strings.NewReader(packed))
				if err != nil {
					b.Fatal(err)
				}
				if n, err := io.Copy(io.Discard, reader); n != int64(text.Len()) || err != nil {
					b.Fatal(n, err)
				}
			}
		})
	}
}
