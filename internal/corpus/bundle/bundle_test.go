package bundle

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// unlimited is a limit that no test's article reaches.
const unlimited = 32 << 10

// A read is one article with what the tests look at.
type read struct {
	Line     int
	Key      string
	Body     string
	BodyLine int
}

// A found is one problem.
type found struct {
	Line    int
	Offset  int64
	Kind    string
	Message string
}

// split returns the records of the source, with data of their own, and the problems.
func split(t testing.TB, source io.Reader, limit int) ([]corpus.Record, []corpus.Problem) {
	t.Helper()
	var problems []corpus.Problem
	stream := corpus.NewStream(source, limit, func(p corpus.Problem) { problems = append(problems, p) })
	splitter, _ := Format().Open(stream)
	var records []corpus.Record
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return records, problems
		}
		if err != nil {
			t.Fatalf("splitting: %v", err)
		}
		record.Data = bytes.Clone(record.Data)
		records = append(records, record)
	}
}

func readAll(t testing.TB, source io.Reader, limit int) ([]read, []found) {
	t.Helper()
	records, problems := split(t, source, limit)
	var log corpus.ProblemLog
	log.Add(problems...)
	var reads []read
	for _, record := range records {
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{})
		log.Add(problems...)
		if !ok {
			t.Errorf("line %d: a record that the splitter cut is refused: %v", record.Line, problems)
			continue
		}
		if !article.Verbatim {
			t.Errorf("line %d: not verbatim", record.Line)
		}
		reads = append(reads, read{record.Line, article.Key, string(article.Body), article.BodyLine})
	}
	var founds []found
	for _, p := range log.List() {
		founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message})
	}
	return reads, founds
}

func TestVariants(t *testing.T) {
	tests := []struct {
		name     string
		input    string
		want     []read
		problems []found
	}{
		{name: "nothing"},
		{name: "blank lines only", input: "\n \t\n\r\n"},
		{
			name:  "first form",
			input: "<<<FILE a.txt>>>\none\ntwo\n<<<FILE b.txt>>>\n\nthree\n\n",
			want:  []read{{1, "a.txt", "one\ntwo\n", 2}, {4, "b.txt", "\nthree\n\n", 5}},
		},
		{
			name:  "block form",
			input: "<<<FILE a.txt\none\ntwo\n>>>\n<<<FILE b.txt\n\nthree\n\n>>>\n",
			want:  []read{{1, "a.txt", "one\ntwo\n", 2}, {5, "b.txt", "\nthree\n\n", 6}},
		},
		{
			name:  "both forms in one file, a blank line between",
			input: "<<<FILE a\none\n>>>\n\n<<<FILE b>>>\ntwo\n",
			want:  []read{{1, "a", "one\n", 2}, {5, "b", "two\n", 6}},
		},
		{
			name:  "end markers",
			input: "<<<FILE a>>>\n1\n<<<END>>>\n<<<FILE b>>>\n2\n<<<END FILE>>>\n\n<<<FILE c>>>\n3\n<<<EOF>>>\n<<<FILE d\n4\n<<</FILE>>>\n",
			want:  []read{{1, "a", "1\n", 2}, {4, "b", "2\n", 5}, {8, "c", "3\n", 9}, {11, "d", "4\n", 12}},
		},
		{
			name:  "a marker that ends the whole file is no text",
			input: "<<<FILE a\n1\n>>>\n<<<END>>>\n",
			want:  []read{{1, "a", "1\n", 2}},
		},
		{
			name:  "no newline at the end",
			input: "<<<FILE a>>>\n1\n<<<END NO NEWLINE>>>\n<<<FILE b>>>\n2",
			want:  []read{{1, "a", "1", 2}, {4, "b", "2", 5}},
		},
		{
			name:  "no newline, converted to CRLF",
			input: "<<<FILE a>>>\r\n1\r\n2\r\n<<<END NO NEWLINE>>>\r\n",
			want:  []read{{1, "a", "1\r\n2", 2}},
		},
		{
			name:  "no newline, where the body itself ends in CR",
			input: "<<<FILE a>>>\n1\r\n<<<END NO NEWLINE>>>\n",
			want:  []read{{1, "a", "1\r", 2}},
		},
		{
			name:  "empty bodies",
			input: "<<<FILE a>>>\n<<<FILE b\n>>>\n<<<FILE c>>>\n<<<END>>>\n<<<FILE d>>>\n<<<END NO NEWLINE>>>\n<<<FILE e>>>",
			want:  []read{{1, "a", "", 2}, {2, "b", "", 3}, {4, "c", "", 5}, {6, "d", "", 7}, {8, "e", "", 8}},
		},
		{
			name:  "CRLF",
			input: "<<<FILE a>>>\r\none\r\n<<<FILE b\r\ntwo\r\n>>>\r\n",
			want:  []read{{1, "a", "one\r\n", 2}, {3, "b", "two\r\n", 4}},
		},
		{
			name:  "a byte order mark",
			input: "\uFEFF<<<FILE a>>>\n1\n",
			want:  []read{{1, "a", "1\n", 2}},
		},
		{
			name:  "escapes of the first form",
			input: "<<<FILE a>>>\n\\<<<FILE b>>>\n\\\\<<<END>>>\n\\>>>\n>>>\n\\n\n<<<FILL\n\\\\\n",
			want:  []read{{1, "a", "<<<FILE b>>>\n\\<<<END>>>\n\\>>>\n>>>\n\\n\n<<<FILL\n\\\\\n", 2}},
		},
		{
			name:  "escapes of the block form",
			input: "<<<FILE a\n\\>>>\n\\\\>>>\n\\<<<FILE b\n>>>\n",
			want:  []read{{1, "a", ">>>\n\\>>>\n<<<FILE b\n", 2}},
		},
		{
			name:  "stray text before, between and behind",
			input: "\nA note\n\nof two lines\n<<<FILE a\n1\n>>>\n\nlost\n<<<FILE b>>>\n2\n<<<END>>>\nmore\n<<<END>>>\neven more",
			want:  []read{{5, "a", "1\n", 6}, {10, "b", "2\n", 11}},
			problems: []found{
				{2, 1, corpus.StrayText, "text that belongs to no article is left out (3 lines, 21 bytes)"},
				{9, 39, corpus.StrayText, "text that belongs to no article is left out (1 line, 5 bytes)"},
				{13, 69, corpus.StrayText, "text that belongs to no article is left out (3 lines, 24 bytes)"},
			},
		},
		{
			name:     "no header at all",
			input:    "some text\n",
			problems: []found{{1, 0, corpus.StrayText, "text that belongs to no article is left out (1 line, 10 bytes)"}},
		},
		{
			name:  "a block that is not closed",
			input: "<<<FILE a\n1\n<<<FILE b\n2\n",
			want:  []read{{1, "a", "1\n", 2}, {3, "b", "2\n", 4}},
			problems: []found{
				{1, 0, corpus.UnclosedBlock, "the block is not closed by a line >>>"},
				{3, 12, corpus.UnclosedBlock, "the block is not closed by a line >>>"},
			},
		},
		{
			name:  "text behind a header",
			input: "<<<FILE a>>> one\ntwo\n<<<FILE b>>><<<END>>>\n<<<FILE c>>> three",
			want:  []read{{1, "a", "one\ntwo\n", 1}, {3, "b", "<<<END>>>\n", 3}, {4, "c", "three", 4}},
			problems: []found{
				{1, 0, corpus.BadHeader, "text follows the >>> of the header: it is read as the first line of the article"},
				{3, 21, corpus.BadHeader, "text follows the >>> of the header: it is read as the first line of the article"},
				{4, 43, corpus.BadHeader, "text follows the >>> of the header: it is read as the first line of the article"},
			},
		},
		{
			name:  "no name",
			input: "<<<FILE>>>\n1\n<<<FILE\n2\n>>>\n<<<FILE: \"\">>>\n3\n",
			want:  []read{{1, "", "1\n", 2}, {3, "", "2\n", 4}, {6, "", "3\n", 7}},
			problems: []found{
				{1, 0, corpus.UnnamedArticle, "the header has no name"},
				{3, 13, corpus.UnnamedArticle, "the header has no name"},
				{6, 27, corpus.UnnamedArticle, "the header has no name"},
			},
		},
		{
			name:  "bytes that are not UTF-8",
			input: "<<<FILE a>>>\nfine\nca\xe9 \xff\xfe\n<<<FILE b\xe9>>>\n\xe9\n<<<FILE c>>>\n\\<<<END>>>\n\xe9\n",
			want:  []read{{1, "a", "fine\nca\uFFFD \uFFFD\uFFFD\n", 2}, {4, "b\uFFFD", "\uFFFD\n", 5}, {6, "c", "<<<END>>>\n\uFFFD\n", 7}},
			problems: []found{
				{3, 20, corpus.InvalidUTF8, "3 bytes that are not UTF-8 are replaced by U+FFFD"},
				{4, 34, corpus.InvalidUTF8, "2 bytes that are not UTF-8 are replaced by U+FFFD"},
				{8, 65, corpus.InvalidUTF8, "1 byte that is not UTF-8 is replaced by U+FFFD"},
			},
		},
		{
			name:  "NUL bytes stay",
			input: "<<<FILE a>>>\nx\x00y\n",
			want:  []read{{1, "a", "x\x00y\n", 2}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for chunks, wrap := range chunkings() {
				reads, problems := readAll(t, wrap(strings.NewReader(test.input)), unlimited)
				if diff := cmp.Diff(test.want, reads); diff != "" {
					t.Errorf("read %s, articles (-want +got):\n%s", chunks, diff)
				}
				if diff := cmp.Diff(test.problems, problems); diff != "" {
					t.Errorf("read %s, problems (-want +got):\n%s", chunks, diff)
				}
			}
		})
	}
}

// chunkings are ways in which the same bytes may arrive.
func chunkings() map[string]func(io.Reader) io.Reader {
	return map[string]func(io.Reader) io.Reader{
		"whole":            func(r io.Reader) io.Reader { return r },
		"byte by byte":     iotest.OneByteReader,
		"in halves":        iotest.HalfReader,
		"with early error": iotest.DataErrReader,
	}
}

func TestTooLargeArticlesArePassedOver(t *testing.T) {
	const limit = 100
	huge := strings.Repeat("word ", 10_000)
	inputs := map[string]struct{ before, huge, after string }{
		"many lines":     {"<<<FILE a>>>\n1\n", "<<<FILE b>>>\n" + strings.Repeat("line\n", 20_000), "<<<FILE c>>>\n3\n"},
		"one line":       {"<<<FILE a>>>\n1\n", "<<<FILE b>>>\n" + huge + "\n", "<<<FILE c>>>\n3\n"},
		"a header":       {"<<<FILE a>>>\n1\n", "<<<FILE b>>> " + huge + "\n", "<<<FILE c>>>\n3\n"},
		"a block":        {"<<<FILE a>>>\n1\n", "<<<FILE b\n" + huge + "\n>>>\n", "<<<FILE c>>>\n3\n"},
		"with a marker":  {"<<<FILE a>>>\n1\n", "<<<FILE b>>>\n" + huge + "\n<<<END>>>\n", "\n<<<FILE c>>>\n3\n"},
		"just too large": {"<<<FILE a>>>\n1\n", "<<<FILE b>>>\n" + huge[:limit-13] + "\n", "<<<FILE c>>>\n3\n"},
	}
	for name, input := range inputs {
		t.Run(name, func(t *testing.T) {
			for chunks, wrap := range chunkings() {
				all := input.before + input.huge + input.after
				reads, problems := readAll(t, wrap(strings.NewReader(all)), limit)
				line := 1 + strings.Count(input.before+input.huge, "\n") + strings.Count(input.after, "\n") - 2
				want := []read{{1, "a", "1\n", 2}, {line, "c", "3\n", line + 1}}
				if diff := cmp.Diff(want, reads); diff != "" {
					t.Errorf("read %s, articles (-want +got):\n%s", chunks, diff)
				}
				wantProblems := []found{{3, int64(len(input.before)), corpus.TooLarge,
					"the article is left out: it has " + count(int64(len(input.huge)), "byte") + ", and at most 100 are read"}}
				if diff := cmp.Diff(wantProblems, problems); diff != "" {
					t.Errorf("read %s, problems (-want +got):\n%s", chunks, diff)
				}
			}
		})
	}
}

func TestLargestArticleIsRead(t *testing.T) {
	const limit = 100
	body := strings.Repeat("x", limit-len("<<<FILE a>>>\n\n")) + "\n"
	reads, problems := readAll(t, strings.NewReader("<<<FILE a>>>\n"+body+"<<<FILE b>>>\n"), limit)
	if diff := cmp.Diff([]read{{1, "a", body, 2}, {3, "b", "", 4}}, reads); diff != "" || problems != nil {
		t.Errorf("problems %v, articles (-want +got):\n%s", problems, diff)
	}
}

func TestFind(t *testing.T) {
	tests := map[string]int{
		"<<<FILE a>>>\n":                      0,
		"remarks\n\n<<<FILE a\n":              9,
		"<<<END>>>\n":                         -1,
		"text <<<FILE a>>>\n":                 -1,
		"\\<<<FILE a>>>\n":                    -1,
		"plain":                               -1,
		"":                                    -1,
		strings.Repeat("x\n", 99) + "<<<FILE": 198,
	}
	for head, want := range tests {
		if got := Find([]byte(head)); got != want {
			t.Errorf("Find(%.40q) = %d, want %d", head, got, want)
		}
	}
}
