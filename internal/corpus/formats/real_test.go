package formats_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// TestRealArticles writes real articles, in several scripts, down in the formats
// of JSON and of tables, and reads them.
func TestRealArticles(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute with the race detector")
	}
	shared := filepath.Join("..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("the shared data is not here: %v", err)
	}
	for _, set := range []string{"reuters21578", "chinese_stories", "fakebr_pt", "ocr_overproof2"} {
		path := filepath.Join(shared, set, "docs.jsonl.zst")
		if _, err := os.Stat(path); err != nil {
			t.Logf("%s is not here: %v", set, err)
			continue
		}
		all := read(t, open(t, nil, corpus.Options{}, path)).plain()
		for _, f := range fixtures() {
			if f.format != "json" && f.format != "csv" && f.format != "tsv" {
				continue
			}
			held := all
			if f.name == "tsv with quotes" { // in which a stray backslash is taken for an escape
				held = slices.DeleteFunc(slices.Clone(all), func(a article) bool { return strings.Contains(a.Body, `\`) })
			}
			text, want := f.encode(held)
			r := read(t, open(t, nil, f.options(), write(t, t.TempDir(), "corpus"+f.suffix, text)))
			if len(want) == 0 || r.problems != nil || !slices.Equal(want, r.plain()) {
				t.Errorf("%s, %s: %d articles of %d, problems %v", set, f.name, len(r.articles), len(want), r.problems)
			}
		}
	}
}
