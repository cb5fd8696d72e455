package warc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// crawl returns an archive of 200 requests and pages of 33 KB, of which each
// fourth is a picture.
func crawl() string {
	var out strings.Builder
	for i := range 200 {
		uri := fmt.Sprintf("https://www.herald.example/%d", i)
		out.WriteString(record("WARC-Type: request\nWARC-Target-URI: "+uri, "GET / HTTP/1.1\r\n\r\n"))
		if i%4 == 0 {
			out.WriteString(response(uri, "200 OK\nContent-Type: image/jpeg", strings.Repeat("\xff\x00", 16<<10)))
			continue
		}
		body := "<html><title>Story</title><nav>" + strings.Repeat("<a href=/x>News</a>\n", 300) + "</nav><article>" +
			strings.Repeat("<p>The ferry between Lindmouth and the isle sails again on Monday, the harbour master said, after days, and days, of storms.</p>\n", 200) +
			"</article><footer>The end</footer>"
		out.WriteString(response(uri, "200 OK\nContent-Type: text/html\nContent-Encoding: gzip", gzipped(body)))
	}
	return out.String()
}

func BenchmarkSplit(b *testing.B) {
	archive := crawl()
	b.SetBytes(int64(len(archive)))
	for b.Loop() {
		splitter, _ := Format().Open(corpus.NewStream(strings.NewReader(archive), testLimit, func(corpus.Problem) {}))
		for {
			if _, err := splitter.Split(); err != nil {
				break
			}
		}
	}
}

// BenchmarkDecode decodes a page a step; the bytes are those of the page.
func BenchmarkDecode(b *testing.B) {
	splitter, decode := Format().Open(corpus.NewStream(strings.NewReader(crawl()), testLimit, func(corpus.Problem) {}))
	for range 3 {
		if _, err := splitter.Split(); err != nil {
			b.Fatal(err)
		}
	}
	page, err := splitter.Split()
	if err != nil {
		b.Fatal(err)
	}
	scratch := new(corpus.Scratch)
	b.SetBytes(33 << 10)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, problems := decode(scratch, page, corpus.Origin{}); !ok {
			b.Fatal(problems)
		}
	}
}
