package clean

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

func TestLayout(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a.txt", "in/b.txt", "in/deep/c.txt", "more/in/b.txt", "full/x", "empty/"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := func(path string, argument int) corpus.InputInfo {
		return corpus.InputInfo{Path: path, Below: filepath.Base(path), Argument: argument}
	}
	found := func(path, below string, argument int) corpus.InputInfo {
		return corpus.InputInfo{Path: path, Below: below, Argument: argument, InFolder: true}
	}
	a, b, c, other := file("a.txt", 0), found("in/b.txt", "b.txt", 0), found("in/deep/c.txt", "deep/c.txt", 0), found("more/in/b.txt", "b.txt", 1)
	for _, test := range []struct {
		name   string
		out    string
		merge  bool
		inputs []corpus.InputInfo
		want   []string // and that it is a folder, unless "file"
		folder bool
		err    string
	}{
		{name: "a file", out: "out.txt", inputs: []corpus.InputInfo{a}, want: []string{"a.txt"}},
		{name: "a file into a folder", out: "new/", inputs: []corpus.InputInfo{a}, want: []string{"a.txt"}, folder: true},
		{name: "a file into an empty folder", out: "empty", inputs: []corpus.InputInfo{a}, want: []string{"a.txt"}, folder: true},
		{name: "a folder into a file", out: "new.jsonl", merge: true, inputs: []corpus.InputInfo{b, c}, want: []string{"new.jsonl", "new.jsonl"}},
		{name: "a folder into a folder of another format", out: "new/", merge: true, inputs: []corpus.InputInfo{b, c}, want: []string{"b.txt", "deep/c.txt"}, folder: true},
		{name: "a folder, and a reference, into a file", out: "new.jsonl", merge: true, inputs: []corpus.InputInfo{b, found("x", "x", 7)}, want: []string{"new.jsonl", ""}},
		{name: "a folder", out: "new", inputs: []corpus.InputInfo{b, c}, want: []string{"b.txt", "deep/c.txt"}, folder: true},
		{name: "two folders", out: "new", inputs: []corpus.InputInfo{b, found("full/x", "x", 1)}, want: []string{"in/b.txt", "full/x"}, folder: true},
		{name: "two folders of one name", out: "new", inputs: []corpus.InputInfo{b, other}, err: `"in/b.txt" and "more/in/b.txt" would both be written to "new/in/b.txt"`},
		{name: "a reference", out: "new", inputs: []corpus.InputInfo{a, found("in/b.txt", "b.txt", 7)}, want: []string{"a.txt", ""}},
		{name: "an input", out: "a.txt", inputs: []corpus.InputInfo{a}, err: `"a.txt" is an input, and is not overwritten`},
		{name: "a file that exists", out: "in/b.txt", inputs: []corpus.InputInfo{a}, err: `"in/b.txt" exists already`},
		{name: "a folder that is not empty", out: "full", inputs: []corpus.InputInfo{b, c}, err: `the folder "full" is not a new or empty one`},
		{name: "a file for a folder", out: "a.txt", inputs: []corpus.InputInfo{b, c}, err: `"a.txt" exists already`},
		{name: "inside an input", out: "in/new", inputs: []corpus.InputInfo{b, c}, err: `"in/new" is in the folder "in", which is an input`},
		{name: "outside", out: "new", inputs: []corpus.InputInfo{found("x", "../x", 0)}, err: `"x" would be written outside of "new"`},
		{name: "nowhere", out: "no/new", inputs: []corpus.InputInfo{a}, err: `writing "no/new": there is no folder "no"`},
		{name: "nothing", out: "new", inputs: []corpus.InputInfo{found("in/b.txt", "b.txt", 7)}, err: "there is no input to be cleaned"},
	} {
		l, err := NewLayout(test.out, "", test.merge, test.inputs,
			func(input int) bool { return test.inputs[input].Argument == 7 }, func(in corpus.InputInfo) string { return in.Below })
		if test.err != "" {
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%s: error %v, want %q", test.name, err, test.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if diff := cmp.Diff(test.want, l.Names); diff != "" || l.Folder != test.folder {
			t.Errorf("%s: folder %t (-want +got):\n%s", test.name, l.Folder, diff)
		}
	}
}
