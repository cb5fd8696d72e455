package cli

import (
	"io"
	"slices"
	"strings"
	"testing"
)

// TestReadLines holds that names are read from lines of any length, and empty lines are none.
func TestReadLines(t *testing.T) {
	long := strings.Repeat("k", 1<<20)
	got, err := readLines(strings.NewReader("ferry\r\n\n" + long + "\ngrain"))
	if err != nil || !slices.Equal(got, []string{"ferry", long, "grain"}) {
		t.Errorf("%d names, %v", len(got), err)
	}
}

// TestLive holds that a feed is answered line by line unless one of the flags is given that the README names.
func TestLive(t *testing.T) {
	for _, one := range []struct {
		change func(o *scanOptions)
		flag   string
	}{
		{func(*scanOptions) {}, ""},
		{func(o *scanOptions) { o.gate.ignoreKeys = []string{"weather/**"} }, ""},
		{func(o *scanOptions) { o.output = "a.jsonl" }, "--output"},
		{func(o *scanOptions) { o.reports = []string{"text=a.txt"} }, "--report"},
		{func(o *scanOptions) { o.gate.ignore = []string{"0123456789abcdef"} }, "--ignore"},
		{func(o *scanOptions) { o.gate.ignoreTexts = []string{"^Subscribe"} }, "--ignore-paragraph"},
		{func(o *scanOptions) { o.gate.only = []string{"a"} }, "--only"},
		{func(o *scanOptions) { o.gate.failOn = []string{"any"} }, "--fail-on"},
		{func(o *scanOptions) { o.gate.maxFindings = []string{"3"} }, "--max-findings"},
		{func(o *scanOptions) { o.gate.maxShare = "2%" }, "--max-duplicate-share"},
		{func(o *scanOptions) { o.gate.baseline = "known.json" }, "--baseline"},
	} {
		var said strings.Builder
		o := &scanOptions{streams: Streams{Err: &said}, index: "seen.nd", inputs: []string{"-"}, format: "jsonl"}
		one.change(o)
		want := ""
		if one.flag != "" {
			want = "newsdedup: hint: standard input is read to its end before anything is told, since " + one.flag + " is of all findings\n"
		}
		if o.isLive() != (one.flag == "") || said.String() != want {
			t.Errorf("%q: live %v, said %q", one.flag, o.isLive(), said.String())
		}
	}
}

// TestIndexOnTerminal holds that every command that reads an index shows its progress on a terminal and ends it once.
func TestIndexOnTerminal(t *testing.T) {
	const bundle = "../../testdata/bundle.txt"
	path := emptyIndex(t)
	for _, args := range [][]string{
		{"scan", bundle, "--index", path}, {"clean", bundle, "--index", path, "--dry-run"},
		{"index", "add", path, bundle}, {"scan", bundle, "--index", path, "--add"}, {"index", "check", path},
	} {
		var terminal lockedBuffer
		streams := Streams{In: strings.NewReader(""), Out: io.Discard, Err: &terminal, ErrWidth: 80}
		if status := run(t.Context(), args, streams); status != statusOK {
			t.Errorf("%q ended with status %d: %s", args, status, terminal.String())
		}
	}
}
