package corpusgen

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func awkward() []Article {
	return []Article{
		{Key: "a.txt", Source: "one", Text: "plain “text” <b>&</b> \u2028\n\nsecond"},
		{Key: `b "quoted".txt`, Text: "ends in a newline\n"},
		{Key: "c.txt", Text: "<<<FILE x>>>\n\\<<<FILE x>>>\n<<<END>>> \n<<<EOF>>>\r\n <<<END>>>\n<<<FILES\n<<<FILE: y\n<<<FILE>>>\n<<<\n<<</FILE>>>"},
		{Key: "d.txt", Text: ""},
		{Key: "e.txt", Text: "\n"},
	}
}

func TestWriteBundle(t *testing.T) {
	var got bytes.Buffer
	if err := WriteBundle(&got, slices.Values(awkward())); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"<<<FILE a.txt>>>", "plain “text” <b>&</b> \u2028", "", "second",
		`<<<FILE b "quoted".txt>>>`, "ends in a newline",
		"<<<FILE c.txt>>>", `\<<<FILE x>>>`, `\\<<<FILE x>>>`, `\<<<END>>> `, "\\<<<EOF>>>\r", " <<<END>>>", "<<<FILES",
		`\<<<FILE: y`, `\<<<FILE>>>`, "<<<", `\<<</FILE>>>`,
		"<<<FILE d.txt>>>",
		"<<<FILE e.txt>>>", "", "",
	}, "\n")
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("bundle (-want +got):\n%s", diff)
	}
}

func TestWriteBundleRefusesKeys(t *testing.T) {
	for _, key := range []string{"", "a\nb", "a>>>b"} {
		if err := WriteBundle(io.Discard, slices.Values([]Article{{Key: key}})); err == nil {
			t.Errorf("key %q: no error", key)
		}
	}
}

func TestWriteJSONL(t *testing.T) {
	var written bytes.Buffer
	if err := WriteJSONL(&written, slices.Values(awkward())); err != nil {
		t.Fatal(err)
	}
	var got []Article
	for line := range bytes.Lines(written.Bytes()) {
		var article struct{ ID, Text, Source string }
		if err := json.Unmarshal(line, &article); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		got = append(got, Article{Key: article.ID, Text: article.Text, Source: article.Source})
	}
	if diff := cmp.Diff(awkward(), got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

var errFull = errors.New("disk full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	gen := New(DefaultOptions())
	if err := WriteJSONL(fullDisk{}, gen.All()); !errors.Is(err, errFull) {
		t.Errorf("JSON lines: %v, want %v", err, errFull)
	}
	if err := WriteBundle(fullDisk{}, gen.All()); !errors.Is(err, errFull) {
		t.Errorf("bundle: %v, want %v", err, errFull)
	}
}
