package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOwn holds that what is certainly this program's own is told, and what may be anybody's is not.
func TestOwn(t *testing.T) {
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, one := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"an index":             {map[string]string{"MANIFEST": indexHead + `"version":1}`, "LOCK": "", "0000000001.segment": "", "MANIFEST.new": ""}, true},
		"with articles":        {map[string]string{"MANIFEST": indexHead + `"version":1}`, "a.txt": "Grain"}, false},
		"a folder in it":       {map[string]string{"MANIFEST": indexHead + `"version":1}`, "more/a.txt": "Grain"}, false},
		"a manifest of others": {map[string]string{"MANIFEST": `{"format":"cargo"}`, "0000000001.segment": ""}, false},
		"an empty one":         {map[string]string{"MANIFEST": ""}, false},
		"a folder of the name": {map[string]string{"MANIFEST/a.txt": indexHead}, false},
		"none":                 {map[string]string{"0000000001.segment": ""}, false},
	} {
		folder := t.TempDir()
		for file, text := range one.files {
			write(filepath.Join(folder, file), text)
		}
		if got := isIndex(folder); got != one.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for name, one := range map[string]struct {
		text string
		want bool
	}{
		"out.manifest.jsonl":   {manifestHead + `1","version":"v1"}`, true},
		"other.manifest.jsonl": {`{"id":"a","text":"` + manifestHead + `"}`, false},
		"cut.manifest.jsonl":   {manifestHead[:20], false},
		"out.jsonl":            {manifestHead + `1","version":"v1"}`, false},
	} {
		path := filepath.Join(t.TempDir(), name)
		write(path, one.text)
		if got := isManifest(path); got != one.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
