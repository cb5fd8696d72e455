package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		in      string
		columns int
		want    string
	}{
		{"", 5, ""},
		{"ferry", 5, "ferry"},
		{"ferries", 5, "ferr…"},
		{"灯籠流し", 8, "灯籠流し"},
		{"灯籠流し", 7, "灯籠流…"},
		{"灯籠流し", 6, "灯籠…"},
		{"👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 5, "👨‍👩‍👧👨‍👩‍👧…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
	} {
		if got := shorten(test.in, test.columns); got != test.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", test.in, test.columns, got, test.want)
		}
	}
}

// TestShortenBoundsMarks holds that a character under countless marks, which
// is one column wide, does not make a line without end.
func TestShortenBoundsMarks(t *testing.T) {
	short := shorten("a"+strings.Repeat("\u0301", 1_000_000), 20)
	if len(short) > 20*bytesPerColumn+len(ellipsis) || !utf8.ValidString(short) {
		t.Errorf("%d bytes for 20 columns", len(short))
	}
}

func TestName(t *testing.T) {
	if got := name("news.txt"); got != "news.txt" {
		t.Errorf("a short name became %q", got)
	}
	for _, long := range []string{
		"start" + strings.Repeat("x", 300) + "end",
		"start" + strings.Repeat("灯", 3_000_000) + "end",
		"start" + strings.Repeat("\x1b", 1_000) + "end",
		"start" + strings.Repeat("\u0301", 1_000_000) + "end",
	} {
		got := name(long)
		if !strings.HasPrefix(got, "start") || !strings.HasSuffix(got, "end") || !strings.Contains(got, ellipsis) ||
			ansi.StringWidth(got) > maxName+1 || len(got) > 2*maxName*bytesPerColumn {
			t.Errorf("%d bytes became %d bytes of %d columns: %.60q", len(long), len(got), ansi.StringWidth(got), got)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		in      string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"no end at all", 0, []string{"no end at all"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"a/very/long/path/name is whole", 8, []string{"a/very/long/path/name", "is whole"}},
		{"about 93.1 % of it", 10, []string{"about", "93.1 % of", "it"}},
		{"灯籠 流し", 5, []string{"灯籠", "流し"}},
	} {
		if diff := cmp.Diff(test.want, wrap(test.in, test.columns)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got):\n%s", test.in, test.columns, diff)
		}
	}
}

// TestColumnsAndBytes holds what the short cuts rest on: no character of
// harmless text has more columns than bytes.
func TestColumnsAndBytes(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		if s := Harmless(string(r)); utf8.ValidRune(r) && ansi.StringWidth(s) > len(s) {
			t.Errorf("%U has %d columns and %d bytes", r, ansi.StringWidth(s), len(s))
		}
	}
}
