package bundle

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

func TestIsNearHeader(t *testing.T) {
	for line, want := range map[string]bool{
		"<<<FILEb>>>":          true,
		"<<<file c>>>":         true,
		"<<< FILE 001.txt >>>": true,
		"  <<<FILE d>>>":       true,
		"\t<<<File: d":         true,
		"<<<FILES \r":          true,
		"<<<file":              true,
		"<<<FILE/d>>> \t":      true,
		"<<<file \"a>>>b\">>>": true,
		" <<<FILE " + strings.Repeat("n", maxDelimiter): true,
		"<<<FILE d>>>":                     false,
		"<<<FILE":                          false,
		" <<<FILE d>>> is an indented one": false,
		"\\<<<file c>>>":                   false,
		" \\<<<FILE d>>>":                  false,
		"<<FILE d>>>":                      false,
		"<<<<FILE d>>>":                    false,
		"<<<FIL":                           false,
		"<<<FIFE d>>>":                     false,
		"see <<<file c>>>":                 false,
		"<<<END>>>":                        false,
		"":                                 false,
	} {
		if got := isNearHeader([]byte(line)); got != want {
			t.Errorf("isNearHeader(%.40q) = %t, want %t", line, got, want)
		}
	}
}

// TestNearHeaders reads articles whose headers were nearly found.
func TestNearHeaders(t *testing.T) {
	const (
		prefix = "reads almost like a header and is taken as text: "
		form   = "a header begins with <<<FILE and a blank, in column one)"
	)
	long := "<<<file " + strings.Repeat("é", 100)
	tests := []struct {
		name, input string
		want        []read
		problems    []found
	}{
		{
			name:     "one",
			input:    "<<<FILE a>>>\n1\n<<<FILEb>>>\n2\n<<<FILE c>>>\n3\n",
			want:     []read{{1, "a", "1\n<<<FILEb>>>\n2\n", 2}, {5, "c", "3\n", 6}},
			problems: []found{{3, 15, corpus.BadHeader, prefix + `"<<<FILEb>>>" (` + form}},
		},
		{
			name:  "several, and one of another article",
			input: "<<<FILE a\n  <<<FILE b>>>\r\n2\n<<< FILE c >>>\n3\n<<<file d>>>\n>>>\n<<<FILE e>>>\n<<<file f",
			want:  []read{{1, "a", "  <<<FILE b>>>\r\n2\n<<< FILE c >>>\n3\n<<<file d>>>\n", 2}, {8, "e", "<<<file f", 9}},
			problems: []found{
				{2, 10, corpus.BadHeader, prefix + `"<<<FILE b>>>" (the first of 3 such lines; ` + form},
				{9, 75, corpus.BadHeader, prefix + `"<<<file f" (` + form},
			},
		},
		{
			name:     "behind a header's brackets it is part of that problem",
			input:    "<<<FILE a>>> <<<file b>>>\n",
			want:     []read{{1, "a", "<<<file b>>>\n", 1}},
			problems: []found{{1, 0, corpus.BadHeader, "text follows the >>> of the header: it is read as the first line of the article"}},
		},
		{
			name:  "escaped",
			input: "<<<FILE a>>>\n\\<<<file b>>>\n\\\\  <<<FILE c>>>\n",
			want:  []read{{1, "a", "<<<file b>>>\n\\  <<<FILE c>>>\n", 2}},
		},
		{
			name:  "a long line is quoted in part, a hostile one harmlessly",
			input: "<<<FILE a>>>\n" + long + "\n<<<FILE b>>>\n<<<file \x1b[2J\u202e\n",
			want:  []read{{1, "a", long + "\n", 2}, {3, "b", "<<<file \x1b[2J\u202e\n", 4}},
			problems: []found{
				{2, 13, corpus.BadHeader, prefix + `"<<<file ` + strings.Repeat("é", 26) + `"… (` + form},
				{4, int64(13 + len(long) + 14), corpus.BadHeader, prefix + `"<<<file \x1b[2J\u202e" (` + form},
			},
		},
	}
	for _, test := range tests {
		reads, problems := readAll(t, strings.NewReader(test.input), unlimited)
		if diff := cmp.Diff(test.want, reads); diff != "" {
			t.Errorf("%s, articles (-want +got):\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.problems, problems); diff != "" {
			t.Errorf("%s, problems (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNearHeaderOfAHead(t *testing.T) {
	want := `line 3 reads almost like a header: "<<<file a>>>" (a header begins with <<<FILE and a blank, in column one)`
	if got := NearHeader([]byte("remarks\n\n<<<file a>>>\ntext\n")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := NearHeader([]byte("no <<<file a>>>\n")); got != "" {
		t.Errorf("got %s", got)
	}
}
