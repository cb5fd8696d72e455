package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const testLimit = 1 << 20

// A reading is all that an input holds.
type reading struct {
	articles []corpus.Article
	others   []string // what is no article
	problems []corpus.Problem
}

func readAll(t testing.TB, source io.Reader, limit int) (r reading) {
	t.Helper()
	stream := corpus.NewStream(source, limit, func(p corpus.Problem) { r.problems = append(r.problems, p) })
	splitter, decode := Format().Open(stream)
	for number := 1; ; number++ {
		record, err := splitter.Split()
		if err == io.EOF {
			return r
		}
		if err != nil {
			t.Fatal(err)
		}
		article, ok, found := decode(new(corpus.Scratch), record, corpus.Origin{})
		for _, p := range found {
			if p.Kind == corpus.NoArticle {
				r.others = append(r.others, fmt.Sprintf("%d %s", p.Line, p.Message))
			} else {
				r.problems = append(r.problems, p)
			}
		}
		if ok {
			article.Line = record.Line
			article.Body = bytes.Clone(article.Body)
			r.articles = append(r.articles, article)
		}
	}
}

// record writes a WARC record.
func record(fields, content string) string {
	return fmt.Sprintf("WARC/1.0\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", strings.ReplaceAll(fields, "\n", "\r\n"), len(content), content)
}

// response writes the record of an answer to a request for the address.
func response(uri, head, body string) string {
	return record("WARC-Type: response\nWARC-Target-URI: "+uri+"\nContent-Type: application/http; msgtype=response",
		"HTTP/1.1 "+strings.ReplaceAll(head, "\n", "\r\n")+"\r\n\r\n"+body)
}

func gzipped(text string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, text)
	w.Close()
	return out.String()
}

const page = "<html lang=en><title>Ferry</title><meta property='article:published_time' content='2024-03-04'><link rel=canonical href='https://other.example/'>" +
	"<p>The ferry sails again on Monday, the harbour master said.</p>"

// seen is what a test looks at of an article.
type seen struct {
	Line                 int
	Key, Source, Body    string
	Title, URL, Language string
	Published            time.Time
}

func (r reading) seen() (all []seen) {
	for _, a := range r.articles {
		all = append(all, seen{a.Line, a.Key, a.Source, string(a.Body), a.Meta.Title, a.Meta.URL, a.Meta.Language, a.Meta.Published})
	}
	return all
}

func TestRecords(t *testing.T) {
	text := "The ferry sails again on Monday, the harbour master said."
	march := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	input := record("WARC-Type: warcinfo", "software: none") +
		record("WARC-Type: request\nWARC-Target-URI: https://www.herald.example/a", "GET /a HTTP/1.1\r\n\r\n") +
		response("https://www.herald.example/a", "200 OK\nContent-Type: text/html; charset=utf-8", page) +
		record("WARC-Type: revisit\nWARC-Target-URI: https://www.herald.example/a", "HTTP/1.1 200 OK\r\n\r\n") +
		response("<https://www.herald.example/b>", "200\ncontent-type:TEXT/PLAIN\nContent-Language: de, en", "Es regnet.\n") +
		response("https://www.herald.example/a", "200 OK\nContent-Type: text/html\nContent-Encoding: gzip", gzipped(page)) +
		response("https://www.herald.example/robots.txt", "200 OK\nContent-Type: text/plain", "User-agent: *\n") +
		response("https://www.herald.example/c", "404 Not Found\nContent-Type: text/html", page) +
		response("https://www.herald.example/c", "banana\nContent-Type: text/html", page) +
		response("https://www.herald.example/d", "200 OK\nContent-Type: image/x-unheard-of", "\x00") +
		response("https://www.herald.example/e", "200 OK\nContent-Type: application/pdf", "%PDF") +
		response("https://www.herald.example/f", "200 OK", page) +
		response("https://www.herald.example/g", "200 OK", "nothing") +
		record("WARC-Type: resource\nWARC-Target-URI: metadata://gnu.org/log\nContent-Type: text/plain", "log") +
		record("WARC-Type: resource\nWARC-Target-URI: ftp://herald.example/h\nContent-Type: text/plain", "It rained.") +
		record("WARC-Type: conversion\nWARC-Target-URI: http://herald.example/i\nContent-Type: text/plain\nWARC-Identified-Content-Language: eng,fra", "It\nrained.\n") +
		record("WARC-Type: resource\nContent-Type: text/plain\nWARC-Record-ID: <urn:uuid:1>", "a") +
		record("WARC-Type: resource\nContent-Type: text/plain", "b") +
		record("WARC-Type: banana\nContent-Type: text/plain", "c") +
		record("Content-Type: text/plain", "d")
	for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
		r := readAll(t, wrap(strings.NewReader(input)), testLimit)
		want := []seen{
			{3, "https://www.herald.example/a", "herald.example", text, "Ferry", "https://www.herald.example/a", "en", march},
			{5, "https://www.herald.example/b", "herald.example", "Es regnet.\n", "", "https://www.herald.example/b", "de", time.Time{}},
			{6, "https://www.herald.example/a", "herald.example", text, "Ferry", "https://www.herald.example/a", "en", march},
			{12, "https://www.herald.example/f", "herald.example", text, "Ferry", "https://www.herald.example/f", "en", march},
			{15, "ftp://herald.example/h", "herald.example", "It rained.", "", "ftp://herald.example/h", "", time.Time{}},
			{16, "http://herald.example/i", "herald.example", "It\nrained.\n", "", "http://herald.example/i", "eng", time.Time{}},
			{17, "<urn:uuid:1>", "", "a", "", "", "", time.Time{}},
			{18, "", "", "b", "", "", "", time.Time{}},
		}
		if diff := cmp.Diff(want, r.seen()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		wantOthers := []string{
			"1 warcinfo record", "2 request record", "4 revisit record", "7 robots.txt", "8 response of status 404", "9 response of no sound status",
			"10 image response", "11 application/pdf response", "13 untyped response", "14 record of the crawler",
			"19 record of an unknown type", "20 record of an unknown type",
		}
		if diff := cmp.Diff(wantOthers, r.others); diff != "" {
			t.Errorf("no articles (-want +got):\n%s", diff)
		}
		problems := []corpus.Problem{{Line: 18, Offset: r.articles[7].Offset, Kind: corpus.UnnamedArticle, Message: "the record has neither a WARC-Target-URI nor a WARC-Record-ID"}}
		for i := range r.problems {
			r.problems[i].Offset = 0
		}
		if diff := cmp.Diff(problems, r.problems); diff != "" {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
	}
}

func TestARC(t *testing.T) {
	http := "HTTP/1.0 200 OK\nContent-Type: text/plain; charset=latin1\n\ncaf\xe9"
	about := "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
	document := func(line, content string) string {
		return fmt.Sprintf("%s %d\n%s\n", line, len(content), content)
	}
	input := document("filedesc://a.arc 0.0.0.0 20080430204825 text/plain", about) + "\n" +
		document("dns:herald.example 192.0.2.1 20080430204825 text/dns", "192.0.2.1") +
		document("http://herald.example/a b 192.0.2.1 20080430204825 text/plain", http) +
		document("http://herald.example/old 2001:db8::1 20080430204825 text/plain", "no header") +
		document("http://herald.example/v2 192.0.2.1 20080430204825 text/html 200 - - 1234 a.arc", http) +
		document("http://herald.example/none 192.0.2.1 20080430204825 no-type", "\x00\x01")
	r := readAll(t, strings.NewReader(input), testLimit)
	want := []seen{
		{Line: 3, Key: "http://herald.example/a b", Source: "herald.example", Body: "café", URL: "http://herald.example/a b"},
		{Line: 4, Key: "http://herald.example/old", Source: "herald.example", Body: "no header", URL: "http://herald.example/old"},
		{Line: 5, Key: "http://herald.example/v2", Source: "herald.example", Body: "café", URL: "http://herald.example/v2"},
	}
	if diff := cmp.Diff(want, r.seen()); diff != "" || r.problems != nil {
		t.Errorf("problems %v (-want +got):\n%s", r.problems, diff)
	}
	if diff := cmp.Diff([]string{"1 filedesc record", "2 text/dns response", "6 untyped response"}, r.others); diff != "" {
		t.Errorf("no articles (-want +got):\n%s", diff)
	}
}

// TestARCByteByByte holds that what is read of an ARC file does not depend on
// how its bytes arrive: a line has no beginning that tells it, so all of it must
// be there when it is asked whether a record ends above it.
func TestARCByteByByte(t *testing.T) {
	const line = "http://herald.example/%s 192.0.2.1 20080430204825 text/plain %d\n"
	inner := fmt.Sprintf(line, "inner", 5) + "inner" // such as a text about ARC may hold
	contents := []string{"It rained.\n" + inner + strings.Repeat("\nIt rained.", 2*maxLine/10), "It snowed.\n", "left out"}
	names := []string{"a", strings.Repeat("b", 200), strings.Repeat("c", maxLine)} // the line of the last is too long to be one
	input := "filedesc://a.arc 0.0.0.0 20080430204825 text/plain 0\n\n"
	for i, content := range contents {
		input += fmt.Sprintf(line, names[i], len(content)) + content + "\n"
	}
	input += fmt.Sprintf(line, "d", 4) + "last"
	whole, want := readAll(t, strings.NewReader(input), testLimit), []string{contents[0], contents[1], "last"}
	bytewise := readAll(t, iotest.OneByteReader(strings.NewReader(input)), testLimit)
	for _, r := range []reading{whole, bytewise} {
		var got []string
		for _, article := range r.articles {
			got = append(got, string(article.Body))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if diff := cmp.Diff(whole.problems, bytewise.problems); diff != "" {
		t.Errorf("problems (-whole +byte by byte):\n%s", diff)
	}
}

// TestManyLineEnds holds the same where so many line ends stand behind a
// record that the next one begins where no end of it is looked for.
func TestManyLineEnds(t *testing.T) {
	for ends := between - 10; ends < between+10; ends++ {
		inner := text("inner")
		input := strings.TrimSpace(record("WARC-Type: resource\nContent-Type: text/plain", "It rained.\n"+inner+strings.Repeat("x", 2*maxLine))) + strings.Repeat("\n", ends) + text("b")
		whole := readAll(t, strings.NewReader(input), testLimit)
		bytewise := readAll(t, iotest.OneByteReader(strings.NewReader(input)), testLimit)
		if diff := cmp.Diff(whole.seen(), bytewise.seen()); diff != "" || len(whole.articles) != 2 {
			t.Errorf("%d line ends: %d articles (-whole +byte by byte):\n%s", ends, len(whole.articles), diff)
		}
	}
}

func TestBodies(t *testing.T) {
	const chunks = "6\r\nIt rai\r\n4;x=y\r\nned.\r\n0\r\n\r\n"
	packed := gzipped("It rained.")
	for _, test := range []struct{ name, fields, body, want, problem string }{
		{name: "chunks", fields: "Transfer-Encoding: chunked", body: chunks, want: "It rained."},
		{name: "chunks that are joined already", fields: "Transfer-Encoding: chunked", body: "It rained.", want: "It rained."},
		{name: "chunks of a coding", fields: "Transfer-Encoding: chunked\nContent-Encoding: gzip",
			body: fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(packed), packed), want: "It rained."},
		{name: "chunks that break off", fields: "Transfer-Encoding: chunked", body: chunks[:8], want: "It ra",
			problem: "the body is read as far as it goes: its chunks break off"},
		{name: "a coding that is undone already", fields: "Content-Encoding: br", body: "It rained.", want: "It rained."},
		{name: "a coding that breaks off", fields: "Content-Encoding: gzip", body: packed[:len(packed)-8], want: "It rained.",
			problem: "the body is read as far as it goes: reading gzip: unexpected EOF"},
		{name: "a coding that is broken", fields: "Content-Encoding: gzip", body: packed[:10],
			problem: "the body cannot be read: reading gzip: unexpected EOF"},
		{name: "an unknown coding", fields: "Content-Encoding: banana", body: "\xff",
			problem: `the body cannot be read: unknown content coding "banana"`},
		{name: "a bomb", fields: "Content-Encoding: gzip", body: gzipped(strings.Repeat("x", testLimit+1)),
			problem: "the article is left out: the decompressed data is larger than may be read"},
		{name: "bad bytes", fields: "X: y", body: "It r\xffined.", want: "It r\uFFFDined.",
			problem: "1 byte that is not UTF-8 is replaced by U+FFFD"},
	} {
		r := readAll(t, strings.NewReader(response("http://h.example/", "200 OK\nContent-Type: text/plain\n"+test.fields, test.body)), testLimit)
		body, problem := "", ""
		for _, a := range r.articles {
			body += string(a.Body)
		}
		for _, p := range r.problems {
			problem += p.Message
		}
		if body != test.want || problem != test.problem {
			t.Errorf("%s: body %q, problem %q; want %q, %q", test.name, body, problem, test.want, test.problem)
		}
	}
}

func TestMatches(t *testing.T) {
	for head, want := range map[string]bool{
		"WARC/1.0\r\n": true, "WARC/0.17\n": true, "filedesc://a.arc 0.0.0.0": true,
		"WARC": false, "warc/list": false, "filedesc: a list": false, "": false,
	} {
		if got := Matches([]byte(head)); got != want {
			t.Errorf("%q: %t", head, got)
		}
	}
}

// FuzzRead holds that whatever is read is text, in order and inside the input.
func FuzzRead(f *testing.F) {
	f.Add([]byte(response("http://h.example/", "200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked", "5\r\n<p>It\r\n0\r\n\r\n")+
		record("WARC-Type: conversion\nContent-Type: text/plain", "It rained.")), 1000)
	f.Add([]byte("WARC/1.0\r\nContent-Length: 9\r\n\r\nWARC/\r\n\r\nstray\r\nWARC/1.1\nContent-Length: 1\n\n"), 100)
	f.Add([]byte("filedesc://a 0.0.0.0 20080430204825 text/plain 0\n\nhttp://h.example/ 192.0.2.1 20080430204825 text/html 4\nHTTP\n"), 30)
	f.Add([]byte(response("http://h.example/", "200 OK\nContent-Type: text/html\nContent-Encoding: gzip", gzipped(page))), 200)
	f.Fuzz(func(t *testing.T, input []byte, limit int) {
		r := readAll(t, bytes.NewReader(input), 1+limit&0xFFFF)
		for i, a := range r.articles {
			if !utf8.Valid(a.Body) || !utf8.ValidString(a.Key+a.Source+a.Meta.Title+a.Meta.URL+a.Meta.Language) {
				t.Fatalf("article %d is no text: %+v", i, a)
			}
			if i > 0 && a.Line <= r.articles[i-1].Line {
				t.Fatalf("article %d is record %d, behind record %d", i, a.Line, r.articles[i-1].Line)
			}
		}
		for _, p := range r.problems {
			if p.Offset < 0 || p.Offset > int64(len(input)) || p.Line < 1 {
				t.Fatalf("the problem %+v is outside", p)
			}
		}
		again := readAll(t, iotest.OneByteReader(bytes.NewReader(input)), 1+limit&0xFFFF)
		if diff := cmp.Diff(r.seen(), again.seen()); diff != "" {
			t.Fatalf("byte by byte (-whole +got):\n%s", diff)
		}
		if diff := cmp.Diff(r.problems, again.problems); diff != "" {
			t.Fatalf("byte by byte, problems (-whole +got):\n%s", diff)
		}
	})
}
