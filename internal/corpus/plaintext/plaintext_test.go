package plaintext

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// readAll returns the articles of the source and all problems.
func readAll(t testing.TB, source io.Reader, limit int) ([]corpus.Article, []corpus.Problem) {
	t.Helper()
	var problems []corpus.Problem
	format := Format()
	splitter, decode := format.Open(corpus.NewStream(source, limit, func(p corpus.Problem) { problems = append(problems, p) }))
	var articles []corpus.Article
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return articles, problems
		}
		if err != nil {
			t.Fatal(err)
		}
		article, ok, found := decode(new(corpus.Scratch), record, corpus.Origin{Name: "herald/a.txt", Source: "herald"})
		if !ok {
			t.Errorf("a text is refused: %v", found)
		}
		articles = append(articles, article)
		problems = append(problems, found...)
	}
}

func TestText(t *testing.T) {
	large := strings.Repeat("tide\n", 30_000)
	tests := []struct {
		name, input string
		limit       int
		body        string
		line        int // 0: no article
		problem     *corpus.Problem
	}{
		{name: "empty", limit: 10},
		{name: "text", input: "one\n\ntwo", limit: 10, body: "one\n\ntwo", line: 1},
		{name: "as large as may be", input: "0123456789", limit: 10, body: "0123456789", line: 1},
		{name: "NUL bytes", input: "\x00", limit: 10, body: "\x00", line: 1},
		{name: "a byte order mark", input: "\uFEFFone", limit: 10, body: "one", line: 1},
		{
			name: "bad bytes", input: "one\ncaf\xe9\xff\n", limit: 10, body: "one\ncaf\uFFFD\uFFFD\n", line: 1,
			problem: &corpus.Problem{Line: 2, Offset: 7, Kind: corpus.InvalidUTF8, Message: "2 bytes that are not UTF-8 are replaced by U+FFFD"},
		},
		{
			name: "a little too large", input: "0123456789x", limit: 10,
			problem: &corpus.Problem{Line: 1, Kind: corpus.TooLarge, Message: "the article is left out: it has 11 bytes, and at most 10 are read"},
		},
		{
			name: "far too large", input: large, limit: 10,
			problem: &corpus.Problem{Line: 1, Kind: corpus.TooLarge, Message: "the article is left out: it has 150000 bytes, and at most 10 are read"},
		},
	}
	for _, test := range tests {
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
			articles, problems := readAll(t, wrap(strings.NewReader(test.input)), test.limit)
			var want []corpus.Article
			if test.line > 0 {
				want = []corpus.Article{{Key: "herald/a.txt", Body: []byte(test.body), BodyLine: test.line, Verbatim: true}}
			}
			if diff := cmp.Diff(want, articles); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			var wantProblems []corpus.Problem
			if test.problem != nil {
				wantProblems = []corpus.Problem{*test.problem}
			}
			if diff := cmp.Diff(wantProblems, problems); diff != "" {
				t.Errorf("%s, problems (-want +got):\n%s", test.name, diff)
			}
		}
	}
}

func BenchmarkSplitAndDecode(b *testing.B) {
	text := strings.Repeat("Nobody could say when the ferry would sail again, “not even” the harbour master.\n", 60)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		readAll(b, strings.NewReader(text), 1<<20)
	}
}
