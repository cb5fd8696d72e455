package warc

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// text writes the record of a text of the given name.
func text(name string) string {
	return record("WARC-Type: conversion\nContent-Type: text/plain\nWARC-Target-URI: "+name, "text of "+name)
}

// withLength returns the record with another length.
func withLength(record, length string) string {
	before, after, _ := strings.Cut(record, "Content-Length: ")
	_, after, _ = strings.Cut(after, "\r\n")
	return before + "Content-Length: " + length + "\r\n" + after
}

// TestDamage holds that what stands around damage is read.
func TestDamage(t *testing.T) {
	a, b, c := text("a"), text("b"), text("c")
	large := strings.Repeat("x", testLimit)
	picture := response("p", "200 OK\nContent-Type: image/png", large)
	tests := []struct {
		name, input string
		want        []string // bodies
		problems    []string // "line offset message"
	}{
		{"none", a + b, []string{"text of a", "text of b"}, nil},
		{"no line ends between", strings.TrimSpace(a) + b, []string{"text of a", "text of b"}, nil},
		{"other line ends", strings.ReplaceAll(a+b, "\r", ""), []string{"text of a", "text of b"}, nil},
		{"more carriage returns", strings.ReplaceAll(a+b, "\r", "\r\r"), []string{"text of a", "text of b"}, nil},
		{"stray bytes", a + "stray\r\nbytes\r\n" + b, []string{"text of a", "text of b"},
			[]string{fmt.Sprintf("2 %d no record begins here: 14 bytes are passed over", len(a))}},
		{"stray bytes at the end", a + "stray", []string{"text of a"}, []string{fmt.Sprintf("2 %d no record begins here: 5 bytes are passed over", len(a))}},
		{"stray bytes at the beginning", "stray\n" + a, []string{"text of a"}, []string{"1 0 no record begins here: 6 bytes are passed over"}},
		{"too short a length", withLength(a, "4") + b, []string{"text", "text of b"}, []string{"2 104 no record begins here: 9 bytes are passed over"}},
		{"too great a length", withLength(a, "100") + b, []string{"text of a", "text of b"},
			[]string{"1 0 the record says that its content has 100 bytes, but another record begins after 13"}},
		{"far too great a length", withLength(a, "999999") + b, []string{"text of a", "text of b"},
			[]string{"1 0 the record says that its content has 999999 bytes, but another record begins after 13"}},
		{"an absurd length", withLength(a, "9223372036854775807") + b + c, []string{"text of a", "text of b", "text of c"},
			[]string{"1 0 the record says that its content has 9223372036854775807 bytes, but another record begins after 13"}},
		{"an absurd length of a large text", withLength(record("WARC-Type: resource\nContent-Type: text/plain", large[:headBytes]), "9223372036854775807") + b, []string{"text of b"},
			[]string{fmt.Sprintf("1 0 the article is left out: it has 9223372036854775807 bytes, and at most %d are read", testLimit)}},
		{"a length that is none", withLength(a, "banana") + b, []string{"text of b"},
			[]string{`1 0 the record is left out: its length is "banana", which is no number of bytes`}},
		{"a negative length", withLength(a, "-1") + b, []string{"text of b"},
			[]string{`1 0 the record is left out: its length is "-1", which is no number of bytes`}},
		{"no length", strings.Replace(a, "Content-Length", "X", 1) + b, []string{"text of b"},
			[]string{"1 0 the record is left out: it has no Content-Length"}},
		{"a header without an end", "WARC/1.0\r\nWARC-Type: response\r\n" + b, []string{"text of b"},
			[]string{"1 0 the record is left out: its header does not end"}},
		{"a header that the input ends in", a + "WARC/1.0\r\nWARC-Type: resp", []string{"text of a"},
			[]string{fmt.Sprintf("2 %d the record is left out: its header does not end", len(a))}},
		{"a record that the input ends in", a + strings.TrimSpace(b)[:len(b)-8], []string{"text of a", "text "},
			[]string{fmt.Sprintf("2 %d the input ends in the record, after %d of %d bytes", len(a), len(b)-8, len(b)-4)}},
		{"lines without a colon", strings.Replace(a, "WARC-Type", "banana\r\n: \r\nWARC-Type", 1) + b, []string{"text of a", "text of b"}, nil},
		{"a name that goes on", strings.Replace(a, "conversion", "\r\n conversion", 1) + b, []string{"text of a", "text of b"}, nil},
		{"a record inside a record", record("WARC-Type: resource\nContent-Type: text/plain", a) + b, []string{a, "text of b"}, nil},
		{"a picture that is too large", a + picture + b, []string{"text of a", "text of b"}, nil},
		{"a picture that is too large and ends", a + picture[:len(picture)-500], []string{"text of a"},
			[]string{fmt.Sprintf("3 %d the input ends in the record before", len(a+picture)-500)}},
		{"a text that is too large", a + record("WARC-Type: resource\nContent-Type: text/plain", large+"x") + b, []string{"text of a", "text of b"},
			[]string{fmt.Sprintf("2 %d the article is left out: it has %d bytes, and at most %d are read", len(a), len(record("WARC-Type: resource\nContent-Type: text/plain", large+"x"))-len("\r\n\r\n"), testLimit)}},
	}
	for _, test := range tests {
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.HalfReader, iotest.DataErrReader} {
			r := readAll(t, wrap(strings.NewReader(test.input)), testLimit)
			var got, problems []string
			for _, article := range r.articles {
				got = append(got, string(article.Body))
			}
			for _, p := range r.problems {
				if p.Kind != corpus.UnnamedArticle {
					problems = append(problems, fmt.Sprintf("%d %d %s", p.Line, p.Offset, p.Message))
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			if diff := cmp.Diff(test.problems, problems); diff != "" {
				t.Errorf("%s, problems (-want +got):\n%s", test.name, diff)
			}
		}
	}
}

// TestDamagedARC holds the same of ARC files.
func TestDamagedARC(t *testing.T) {
	const begin = "filedesc://a.arc 0.0.0.0 20080430204825 text/plain 0\n\n"
	document := func(name, length string) string {
		return "http://h.example/" + name + " 192.0.2.1 20080430204825 text/plain " + length + "\ntext of " + name + "\n"
	}
	tests := []struct {
		name, input string
		want        []string
		problems    int
	}{
		{"none", document("a", "9") + document("b", "9"), []string{"text of a", "text of b"}, 0},
		{"a length that is none", document("a", "-1") + document("b", "9"), []string{"text of b"}, 1},
		{"no length", strings.Replace(document("a", "9"), " 9\n", "\n", 1) + document("b", "9"), []string{"text of b"}, 1},
		{"too great a length", document("a", "99") + document("b", "9"), []string{"text of a", "text of b"}, 1},
		{"too short a length", document("a", "4") + document("b", "9"), []string{"text", "text of b"}, 1},
		{"stray lines", "stray\nlines: and more\n" + document("b", "9"), []string{"text of b"}, 1},
		{"the input ends", document("b", "9")[:64], []string{"text of"}, 1},
	}
	for _, test := range tests {
		r := readAll(t, strings.NewReader(begin+test.input), testLimit)
		var got []string
		for _, article := range r.articles {
			got = append(got, string(article.Body))
		}
		if diff := cmp.Diff(test.want, got); diff != "" || len(r.problems) != test.problems {
			t.Errorf("%s: problems %v (-want +got):\n%s", test.name, r.problems, diff)
		}
	}
}

// TestManyHeaders holds that what a record costs is bounded by what it has.
func TestManyHeaders(t *testing.T) {
	r := readAll(t, strings.NewReader(strings.Repeat("WARC/1.0\r\nContent-Length: 0\r\n\r\n", 20_000)), testLimit)
	if len(r.others) != 20_000 || r.problems != nil {
		t.Errorf("%d records, problems %v", len(r.others), r.problems)
	}
	r = readAll(t, strings.NewReader(strings.Repeat("WARC/1.0\r\n", 50_000)+text("a")), testLimit)
	if len(r.articles) != 1 || len(r.problems) != 50_000 {
		t.Errorf("%d articles, %d problems", len(r.articles), len(r.problems))
	}
}
