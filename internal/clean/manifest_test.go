package clean

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

func aManifest() *Manifest {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: []dedup.ArticleInfo{
		{Key: "a", Path: "in.txt", Line: 1, Words: 100}, {Key: "b", Path: "in.txt", Line: 9, Offset: 80, Words: 90}, {Key: "c <&>", Path: "other.txt", Line: 3, Input: 1, Offset: 20, Words: 50},
	}}
	plan := &Plan{
		Removals: []Removal{{Article: 1, Kept: 0, Kind: dedup.Near, Similarity: 0.9, InKept: 0.95, Rule: "longest"}},
		Cuts:     []Cut{{At: at(2, 4), Of: at(2, 1), Kind: RepeatCut, Similarity: 1, Words: 12, Text: "text \u2028\x1b"}},
	}
	m := NewManifest(result, plan, Head{Version: "1", Remove: []string{"near"}, Keep: []string{"longest", "first"}})
	m.Head.Inputs = []Input{{Path: "in.txt", Bytes: 100, XXH64: "00", Output: "in.txt"}, {Path: "other.txt"}, {Path: "archive", Reference: true}}
	return m
}

func TestManifestRoundTrip(t *testing.T) {
	want := aManifest()
	var out bytes.Buffer
	if err := want.Write(&out); err != nil {
		t.Fatal(err)
	}
	got, err := ReadManifest(&out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

// TestManifestRefuses changes a manifest so that it says what may not be done.
func TestManifestRefuses(t *testing.T) {
	var out bytes.Buffer
	if err := aManifest().Write(&out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, test := range []struct{ name, from, to, want string }{
		{"nothing", text, "", "it has no head, and so is no manifest"},
		{"another form", "manifest/1", "manifest/2", `line 1: the manifest is of the form "newsdedup.manifest/2"`},
		{"no JSON", `{"type":"article"`, `{"type":"article`, "line 2: "},
		{"an unknown key", `"rule":`, `"role":`, "line 2: "},
		{"an unknown line", `"type":"paragraph"`, `"type":"sentence"`, `line 3: a line of the type "sentence"`},
		{"the head is not first", `{"type":"manifest"`, `{"type":"paragraph","key":"x"}` + "\n" + `{"type":"manifest"`, "line 1: the head does not stand first"},
		{"no such input", `"input":0,"offset":80,"xxh64"`, `"input":3,"offset":80,"xxh64"`, `the article "b" is of no input that may be changed`},
		{"the reference", `"input":0,"offset":80,"xxh64"`, `"input":2,"offset":80,"xxh64"`, `the article "b" is of no input that may be changed`},
		{"a paragraph of the reference", `"input":1,"offset":20,"xxh64"`, `"input":2,"offset":20,"xxh64"`, `the article "c <&>" is of no input that may be changed`},
		{"no copy stays", `"kept":{"key":"a","path":"in.txt","line":1,"input":0,"offset":0}`, `"kept":{"key":"b","path":"in.txt","line":9,"input":0,"offset":80}`, `the article "b" goes for "b", which goes as well`},
	} {
		if !strings.Contains(text, test.from) {
			t.Fatalf("%s: %q is not there", test.name, test.from)
		}
		_, err := ReadManifest(strings.NewReader(strings.Replace(text, test.from, test.to, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}

func FuzzReadManifest(f *testing.F) {
	var out bytes.Buffer
	if err := aManifest().Write(&out); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add([]byte("{}\n[]\nnull\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadManifest(bytes.NewReader(data))
		if err != nil {
			return
		}
		m.edits()
		var again bytes.Buffer
		if err := m.Write(&again); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(&again); err != nil {
			t.Errorf("what was written is refused: %v", err)
		}
	})
}
