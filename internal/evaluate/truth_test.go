package evaluate

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestReadPairs(t *testing.T) {
	const file = "\ufeff# judged by two readers\n" +
		"a.txt\tb.txt\n" +
		"\r\n" +
		"a.txt\tc d.txt\tdup\t0.93\tby hand\r\n" +
		"1\t2\t"
	want := []Labelled{
		{A: "a.txt", B: "b.txt", Line: 2},
		{A: "a.txt", B: "c d.txt", Label: "dup", Line: 4},
		{A: "1", B: "2", Line: 5},
	}
	got, err := ReadPairs(strings.NewReader(file))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestReadGroups(t *testing.T) {
	want := []Grouped{{"a", "1", 1}, {"b", "1", 3}}
	got, err := ReadGroups(strings.NewReader("a\t1\n#\nb\t1\tmore"))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestWrongTruth(t *testing.T) {
	for _, test := range []struct{ file, pairs, groups string }{
		{"a\tb\nc d", "line 2: not two names parted by a tab", "line 2: not a name and a group parted by a tab"},
		{"a\t\n", "line 1: not two names parted by a tab", "line 1: not a name and a group parted by a tab"},
		{"\tb\n", "line 1: not two names parted by a tab", "line 1: not a name and a group parted by a tab"},
		{"x\tb\n#\nx\tx\n", `line 3: "x" is paired with itself`, `line 3: "x" stands in line 1 already`},
		{"a\tb\n\xff\tb\n", "line 2: not valid UTF-8", "line 2: not valid UTF-8"},
		{"a\tb\n" + strings.Repeat("x", longestLine+1), "line 2: bufio.Scanner: token too long", "line 2: bufio.Scanner: token too long"},
	} {
		if _, err := ReadPairs(strings.NewReader(test.file)); err == nil || err.Error() != test.pairs {
			t.Errorf("pairs of %.20q: %v, want %s", test.file, err, test.pairs)
		}
		if _, err := ReadGroups(strings.NewReader(test.file)); err == nil || err.Error() != test.groups {
			t.Errorf("groups of %.20q: %v, want %s", test.file, err, test.groups)
		}
	}
	broken := errors.New("broken")
	if _, err := ReadPairs(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("of a broken reader: %v", err)
	}
}

// FuzzReadPairs holds that what is read has two names, in ascending lines.
func FuzzReadPairs(f *testing.F) {
	f.Add("a\tb\tc\n#x\n\nd\te")
	f.Add("\ufeffa\tb\r\n")
	f.Fuzz(func(t *testing.T, file string) {
		pairs, err := ReadPairs(strings.NewReader(file))
		line := 0
		for _, pair := range pairs {
			if pair.A == "" || pair.B == "" || pair.A == pair.B || pair.Line <= line || strings.ContainsAny(pair.A+pair.B+pair.Label, "\t\n") {
				t.Errorf("%+v, %v", pair, err)
			}
			line = pair.Line
		}
	})
}
