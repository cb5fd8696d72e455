package formats_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

const (
	aBundle = "<<<FILE a>>>\ntext\n"
	aLine   = `{"id":"a","text":"text"}` + "\n"
	aText   = "It rained in Lindmouth.\n"
)

func TestDetect(t *testing.T) {
	remarks := strings.Repeat("A remark above the bundle.\n", 1000)
	const unknown = "not a bundle (no line begins with <<<FILE) and not JSON lines; if it is one article, add --input-format text, " +
		"and if it is one of the others all the same, --input-format bundle or jsonl"
	tests := []struct {
		name, text string
		folder     bool
		forced     string
		want       string // format
		problem    string
	}{
		{name: "a.txt", text: aBundle, want: "bundle"},
		{name: "bundle", text: aBundle, want: "bundle"},
		{name: "a.txt", text: remarks + aBundle, want: "bundle"},
		{name: "a.txt", text: remarks + remarks + remarks + aBundle, problem: strings.Replace(unknown, "no line", "no line in its first 64 KiB", 1)},
		{name: "a.jsonl", text: aLine, want: "jsonl"},
		{name: "a.txt", text: aLine, want: "jsonl"},
		{name: "a.ndjson", text: aText, want: "jsonl"},
		{name: "a.JSONL.gz", text: aText, want: "jsonl"},
		{name: "a.jsonl", text: aBundle, want: "bundle"},
		{name: "a.txt", text: aText, problem: unknown},
		{name: "a.txt", text: aText, forced: "text", want: "text"},
		{name: "a.jsonl", text: aLine, forced: "text", want: "text"},
		{name: "a.txt", text: aText, forced: "bundle", want: "bundle"},
		{name: "a.txt", text: aText, folder: true, want: "text"},
		{name: "a.MD", text: aText, folder: true, want: "text"},
		{name: "a.text.zst", text: aText, folder: true, want: "text"},
		{name: "a.txt", text: aBundle, folder: true, want: "bundle"},
		{name: "a.txt", text: aLine, folder: true, want: "text"},
		{name: "a.jsonl", text: aBundle, folder: true, want: "jsonl"},
		{name: "a.story", text: aText, folder: true, forced: "text", want: "text"},
		{name: "a.json", text: "[\n" + aLine + "]\n", problem: "not a bundle, and not JSON lines, which have one object on each line; " +
			"if it is one JSON document, put each of its articles on a line of its own (as jq -c does)"},
		{name: "a.json", text: "{\n\"id\": 1\n}\n", problem: "not a bundle, and not JSON lines, which have one object on each line; " +
			"if it is one JSON document, put each of its articles on a line of its own (as jq -c does)"},
		{name: "a.txt", text: "\xFF\xFEI\x00t\x00", problem: "UTF-16 text, and only UTF-8 is read: convert it (iconv -f UTF-16 -t UTF-8)"},
		{name: "a.txt", text: "\xFE\xFF\x00I\x00t", folder: true, problem: "UTF-16 text, and only UTF-8 is read: convert it (iconv -f UTF-16 -t UTF-8)"},
		{name: "a.txt", text: "I\x00t\x00 \x00", problem: "binary data (NUL bytes): not a bundle, JSON lines or text"},
		{name: "a.txt", text: "I\x00t\x00 \x00", folder: true, problem: "binary data (NUL bytes): not a bundle, JSON lines or text"},
		{name: "a.bin", text: "I\x00t\x00 \x00", folder: true, forced: "text", problem: "binary data (NUL bytes): not a bundle, JSON lines or text"},
		{name: "a.txt", text: "I\x00t\x00 \x00", forced: "text", want: "text"},
		{name: "a.txt", text: "One\x00 stray NUL is no reason to refuse a text.", folder: true, want: "text"},
		{name: "a.txt", text: "<<<FILE a>>>\n\x00\x00\x00\x00", want: "bundle"},
		{name: "a.xz", text: "\xFD7zXZ\x00\x00", problem: "compressed with xz, and only gzip and zstd are read: unpack it first (xz -dc)"},
		{name: "a.zip", text: "PK\x03\x04\x14", problem: "a zip archive: unpack it first, and name the folder"},
	}
	for _, test := range tests {
		dir := t.TempDir()
		stored := test.text
		switch {
		case strings.HasSuffix(test.name, ".gz"):
			stored = gzipped(stored)
		case strings.HasSuffix(test.name, ".zst"):
			stored = zstandard(stored)
		}
		path := write(t, dir, test.name, stored)
		named := path
		if test.folder {
			named = dir
		}
		c := open(t, nil, corpus.Options{Format: test.forced}, named)
		r := read(t, c)
		if infos := c.Inputs(); len(infos) != 1 || infos[0].Format != test.want {
			t.Errorf("%s, %.20q in folder %t: inputs %v, want %q", test.name, test.text, test.folder, infos, test.want)
		}
		if test.problem == "" {
			continue
		}
		want := []corpus.Problem{{Path: path, Kind: corpus.UnknownFormat, Message: test.problem}}
		if diff := cmp.Diff(want, r.problems); diff != "" {
			t.Errorf("%s, %.20q in folder %t, problems (-want +got):\n%s", test.name, test.text, test.folder, diff)
		}
	}
}

func TestUnknownStandardInput(t *testing.T) {
	r := read(t, open(t, strings.NewReader(aText), corpus.Options{}, "-"))
	if len(r.problems) != 1 || r.problems[0].Kind != corpus.UnknownFormat || r.problems[0].Path != "-" {
		t.Errorf("problems %v", r.problems)
	}
}

func TestUnknownFormatName(t *testing.T) {
	_, err := formats.Open([]string{"-"}, strings.NewReader(""), corpus.Options{Format: "json"})
	if err == nil || err.Error() != `unknown input format "json": it is one of bundle, jsonl, text` {
		t.Errorf("error %v", err)
	}
}
