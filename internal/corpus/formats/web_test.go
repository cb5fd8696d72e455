package formats_test

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// encodeHTML writes the longest article, whose paragraphs are its lines, into
// a page with furniture around it.
func encodeHTML(all []article) (string, []article) {
	longest := slices.MaxFunc(all, func(a, b article) int { return len(a.Body) - len(b.Body) })
	var out strings.Builder
	out.WriteString("<!DOCTYPE html>\n<html><head><title>The Lindmouth Herald</title></head><body>\n<nav><a href='/'>Home</a></nav>\n<article>\n")
	var paragraphs []string
	for line := range strings.Lines(longest.Body) {
		if words := strings.Join(strings.Fields(line), " "); words != "" {
			paragraphs = append(paragraphs, words)
			fmt.Fprintf(&out, "<p>%s</p>\n", html.EscapeString(words))
		}
	}
	out.WriteString("</article>\n<footer><p>All rights reserved.</p></footer></body></html>\n")
	return out.String(), []article{{"corpus", strings.Join(paragraphs, "\n")}}
}

// encodeWARC writes responses, each in another of the ways of HTTP.
func encodeWARC(all []article) (string, []article) {
	var out strings.Builder
	for i, a := range all {
		fields, body := "", a.Body
		switch i % 3 {
		case 1:
			fields, body = "Content-Encoding: gzip\r\n", gzipped(body)
		case 2:
			fields, body = "Transfer-Encoding: chunked\r\n", chunked(body)
		}
		writeWARC(&out, "response", a.Key, "application/http; msgtype=response",
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"+fields+"\r\n"+body)
	}
	return out.String(), all
}

// encodeWET writes the articles as texts that were taken out of pages.
func encodeWET(all []article) (string, []article) {
	var out strings.Builder
	for _, a := range all {
		writeWARC(&out, "conversion", a.Key, "text/plain", a.Body)
	}
	return out.String(), all
}

func writeWARC(out *strings.Builder, kind, uri, contentType, content string) {
	fmt.Fprintf(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-04T05:06:07Z\r\n"+
		"Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, contentType, len(content), content)
}

// chunked cuts the text into chunks of up to 1,000 bytes.
func chunked(text string) string {
	var out strings.Builder
	for chunk := range slices.Chunk([]byte(text), 1000) {
		fmt.Fprintf(&out, "%x\r\n%s\r\n", len(chunk), chunk)
	}
	out.WriteString("0\r\n\r\n")
	return out.String()
}
