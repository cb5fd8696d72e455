package corpus

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestRepair(t *testing.T) {
	type repaired struct {
		Text         string
		Count, First int
	}
	tests := map[string]repaired{
		"":                     {"", 0, -1},
		"plain é 世 \U0001F600": {"plain é 世 \U0001F600", 0, -1},
		"\uFFFD is fine":       {"\uFFFD is fine", 0, -1},
		"caf\xe9":              {"caf\uFFFD", 1, 3},
		"\xff\xfe\x00":         {"\uFFFD\uFFFD\x00", 2, 0},
		"é\xe4\xb8":            {"é\uFFFD\uFFFD", 2, 2},
		"\xed\xa0\x80":         {"\uFFFD\uFFFD\uFFFD", 3, 0}, // half a surrogate pair
		"\xc0\xaf":             {"\uFFFD\uFFFD", 2, 0},       // overlong
	}
	for text, want := range tests {
		got, count := Repair([]byte(text))
		if diff := cmp.Diff(want, repaired{string(got), count, FirstInvalid([]byte(text))}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzRepair(f *testing.F) {
	f.Add([]byte("caf\xe9 \xff"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, count := Repair(text)
		// Go's own conversion replaces each bad byte as well.
		if want := []byte(string([]rune(string(text)))); !bytes.Equal(got, want) {
			t.Errorf("Repair(%q) = %q, want %q", text, got, want)
		}
		if (count == 0) != utf8.Valid(text) || (FirstInvalid(text) < 0) != utf8.Valid(text) {
			t.Errorf("Repair(%q) counts %d", text, count)
		}
	})
}

func TestRecordProblem(t *testing.T) {
	record := Record{Offset: 100, Line: 7, Data: []byte("one\ntwo\nthree")}
	want := Problem{Line: 9, Offset: 110, Kind: InvalidUTF8, Message: "1 byte that is not UTF-8 is replaced by U+FFFD"}
	if diff := cmp.Diff(want, record.Replaced(10, 1)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
