package jsonl

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A read is one article with what the tests look at.
type read struct {
	Line   int
	Key    string
	Body   string
	Source string
}

// A found is one problem.
type found struct {
	Line    int
	Offset  int64
	Kind    string
	Message string
}

func readAll(t testing.TB, source io.Reader, limit int, fields corpus.Fields) ([]read, []found) {
	t.Helper()
	var founds []found
	add := func(p corpus.Problem) { founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message}) }
	format := Format(fields)
	splitter, decode := format.Open(corpus.NewStream(source, limit, add))
	var reads []read
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return reads, founds
		}
		if err != nil {
			t.Fatalf("splitting: %v", err)
		}
		record.Data = bytes.Clone(record.Data)
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{})
		for _, p := range problems {
			add(p)
		}
		if !ok {
			continue
		}
		if article.Verbatim || article.BodyLine != record.Line {
			t.Errorf("line %d: the body is said to be verbatim or in line %d", record.Line, article.BodyLine)
		}
		reads = append(reads, read{record.Line, article.Key, string(article.Body), article.Source})
	}
}

const unlimited = 1 << 20

func TestLines(t *testing.T) {
	tests := []struct {
		name     string
		input    string
		fields   corpus.Fields
		want     []read
		problems []found
	}{
		{name: "nothing"},
		{name: "blank lines", input: "\n  \n\r\n\t"},
		{
			name:  "plain",
			input: `{"id":"a","text":"one","source":"The Herald"}` + "\n" + `{"text":"two","id":"b"}` + "\n",
			want:  []read{{1, "a", "one", "The Herald"}, {2, "b", "two", ""}},
		},
		{
			name:  "blank lines between, CRLF, no newline at the end, a byte order mark",
			input: "\uFEFF{\"id\":\"a\",\"text\":\"one\"}\r\n\r\n\n {\"id\":\"b\",\"text\":\"two\"} ",
			want:  []read{{1, "a", "one", ""}, {4, "b", "two", ""}},
		},
		{
			name:   "identifiers of other kinds, that were asked for",
			fields: corpus.Fields{corpus.ID: {"id"}},
			input:  `{"id":17,"text":""}` + "\n" + `{"id":-1.50e3,"text":""}` + "\n" + `{"id":"","text":""}` + "\n" + `{"text":""}` + "\n" + `{"id":null,"text":""}` + "\n" + `{"id":[1],"text":""}` + "\n" + `{"id":true,"text":""}` + "\n",
			want:   []read{{1, "17", "", ""}, {2, "-1.50e3", "", ""}, {3, "", "", ""}, {4, "", "", ""}, {5, "", "", ""}, {6, "", "", ""}, {7, "", "", ""}},
			problems: []found{
				{3, 45, corpus.UnnamedArticle, `the field "id" is empty, and so names no article`},
				{4, 65, corpus.UnnamedArticle, `no field "id" (this record has: text); --id-field names the identifier`},
				{5, 77, corpus.UnnamedArticle, `the field "id" is null, not a string or a number`},
				{6, 99, corpus.UnnamedArticle, `the field "id" is an array, not a string or a number`},
				{7, 120, corpus.UnnamedArticle, `the field "id" is a boolean, not a string or a number`},
			},
		},
		{
			name:  "texts of other kinds",
			input: `{"id":"a"}` + "\n" + `{"id":"b","text":null}` + "\n" + `{"id":"c","text":3}` + "\n" + `{"id":"d","text":{"x":1}}` + "\n" + `{"id":"e","text":"fine"}`,
			want:  []read{{5, "e", "fine", ""}},
			problems: []found{
				{1, 0, corpus.BadRecord, `no field "text" (this record has: id); --text-field names the text`},
				{2, 11, corpus.BadRecord, `the field "text" is null, not a string`},
				{3, 34, corpus.BadRecord, `the field "text" is a number, not a string`},
				{4, 54, corpus.BadRecord, `the field "text" is an object, not a string`},
			},
		},
		{
			name:  "lines that are no objects",
			input: "{\"id\":\"a\",\"text\":\"one\n" + "[1]\n" + "{\"id\":\"b\" \"text\":\"\"}\n" + "\"x\"\n" + "{} {}\n" + "{\"id\":\"c\",\"text\":\"three\"}\n",
			want:  []read{{6, "c", "three", ""}},
			problems: []found{
				{1, 20, corpus.BadRecord, "the line is not JSON: unexpected end of JSON input (byte 21 of the line)"},
				{2, 22, corpus.BadRecord, "the line is an array, not a JSON object"},
				{3, 36, corpus.BadRecord, `the line is not JSON: invalid character '"' after object key:value pair (byte 11 of the line)`},
				{4, 47, corpus.BadRecord, "the line is a string, not a JSON object"},
				{5, 54, corpus.BadRecord, "the line is not JSON: invalid character '{' after top-level value (byte 4 of the line)"},
			},
		},
		{
			name:  "escapes",
			input: `{"id":"\u0061\"\\\/","text":"\b\f\n\r\t\u00e9\uD83D\uDE00\u4e16 \u0000."}`,
			want:  []read{{1, `a"\/`, "\b\f\n\r\té😀世 \x00.", ""}},
		},
		{
			name:  "half surrogate pairs and bytes that are not UTF-8",
			input: `{"id":"a","text":"x\ud800y\udc00\ud800\ud83d\ude00"}` + "\n{\"text\":\"\xe9\\ud800\",\"id\":\"b\xff\"}\n{\"id\":\"c\",\"text\":\"fine\",\"source\":\"\\ud800\"}",
			want:  []read{{1, "a", "x\uFFFDy\uFFFD\uFFFD😀", ""}, {2, "b\uFFFD", "\uFFFD\uFFFD", ""}, {3, "c", "fine", "\uFFFD"}},
			problems: []found{
				{1, 19, corpus.InvalidUTF8, "U+FFFD stands for what is no character: half surrogate pairs and bytes that are not UTF-8, 3 in all"},
				{2, 62, corpus.InvalidUTF8, "U+FFFD stands for what is no character: half surrogate pairs and bytes that are not UTF-8, 3 in all"},
				{3, 116, corpus.InvalidUTF8, "U+FFFD stands for what is no character: half surrogate pairs and bytes that are not UTF-8, 1 in all"},
			},
		},
		{
			name:     "bytes that are not UTF-8",
			input:    "{\"id\":\"a\",\"text\":\"caf\xe9\"}",
			want:     []read{{1, "a", "caf\uFFFD", ""}},
			problems: []found{{1, 21, corpus.InvalidUTF8, "1 byte that is not UTF-8 is replaced by U+FFFD"}},
		},
		{
			name:  "the last member of a name counts, escaped names are names",
			input: `{"id":"a","text":"one","id":"b","t\u0065xt":"two"}`,
			want:  []read{{1, "b", "two", ""}},
		},
		{
			name:   "other fields",
			input:  `{"url":"u/1","content":"one","outlet":"Gazette","id":"x","text":3}`,
			fields: corpus.Fields{corpus.ID: {"url"}, corpus.Text: {"content"}, corpus.Source: {"outlet"}},
			want:   []read{{1, "u/1", "one", "Gazette"}},
		},
		{
			name: "dotted fields",
			input: `{"article":{"body":"nested","meta":{"id":1}},"o.p":"q"}` + "\n" +
				`{"article.body":"as it stands","article":{"body":"nested","meta.id":2},"o":{"p":"r"}}` + "\n" +
				`{"article":{"body":"half"},"article.meta":{"id":3},"o":"p"}`,
			fields: corpus.Fields{corpus.ID: {"article.meta.id"}, corpus.Text: {"article.body"}, corpus.Source: {"o.p"}},
			want:   []read{{1, "1", "nested", "q"}, {2, "2", "as it stands", "r"}, {3, "3", "half", ""}},
		},
		{
			name:   "one field for two purposes",
			input:  `{"text":"both"}`,
			fields: corpus.Fields{corpus.ID: {"text"}},
			want:   []read{{1, "both", "both", ""}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
				reads, problems := readAll(t, wrap(strings.NewReader(test.input)), unlimited, test.fields)
				if diff := cmp.Diff(test.want, reads); diff != "" {
					t.Errorf("articles (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(test.problems, problems); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestTooLargeLinesArePassedOver(t *testing.T) {
	const limit = 40
	huge := `{"id":"b","text":"` + strings.Repeat("x", 100_000) + `"}`
	first, last := `{"id":"a","text":"1"}`+"\n", `{"id":"c","text":"3"}`
	for name, input := range map[string]string{
		"in the middle": first + huge + "\n" + last, "just too large": first + huge[:limit+1] + "\n" + last,
	} {
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
			reads, problems := readAll(t, wrap(strings.NewReader(input)), limit, corpus.Fields{})
			if diff := cmp.Diff([]read{{1, "a", "1", ""}, {3, "c", "3", ""}}, reads); diff != "" {
				t.Errorf("%s, articles (-want +got):\n%s", name, diff)
			}
			if len(problems) != 1 || problems[0].Line != 2 || problems[0].Kind != corpus.TooLarge {
				t.Errorf("%s: problems %v", name, problems)
			}
		}
	}
	_, problems := readAll(t, strings.NewReader(huge), limit, corpus.Fields{})
	want := []found{{1, 0, corpus.TooLarge, "the article is left out: it has 100020 bytes, and at most 40 are read"}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("at the end (-want +got):\n%s", diff)
	}
}

func TestDeepNestingIsBounded(t *testing.T) {
	deep := func(levels int) string {
		return `{"id":"a","text":"x","deep":` + strings.Repeat("[", levels) + strings.Repeat("]", levels) + "}"
	}
	reads, _ := readAll(t, strings.NewReader(deep(maxDepth-1)), unlimited, corpus.Fields{})
	if len(reads) != 1 {
		t.Errorf("%d levels are refused", maxDepth)
	}
	reads, problems := readAll(t, strings.NewReader(deep(maxDepth)), unlimited, corpus.Fields{})
	if len(reads) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Message, "exceeded max depth") {
		t.Errorf("%d levels: %d articles, problems %v", maxDepth+1, len(reads), problems)
	}
	reads, _ = readAll(t, strings.NewReader(`{"a":`+strings.Repeat("[", unlimited/2)), unlimited, corpus.Fields{})
	if len(reads) != 0 {
		t.Error("an open bracket is sound")
	}
}

func TestMatches(t *testing.T) {
	sniff := corpus.SniffBytes
	long := func(start string) string { return start + strings.Repeat("x", sniff-len(start)) }
	for head, want := range map[string]bool{
		`{"id":1}`:                true,
		"\n\n  {}\nrest":          true,
		"{\"broken\n{\"id\":1}\n": true,
		long(`{"text":"`):         true,
		long(`{ text`):            false,
		"{\n  \"id\": 1\n}\n":     false,
		"[{}]":                    false,
		"<<<FILE a>>>\n{}\n":      false,
		`{"id":1} and then text`:  false,
		"plain":                   false,
	} {
		if got := Matches([]byte(head)); got != want {
			t.Errorf("Matches(%.30q) = %t, want %t", head, got, want)
		}
	}
}
