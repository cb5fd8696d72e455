package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/newsdedup/newsdedup"

// layers is the import table of the project: a package may import, of the
// project's own packages, those named here and no others. A package that is
// not in the table does not exist; adding one is a decision to be argued.
// Tests may also import the packages that exist for them.
var layers = map[string][]string{
	"cmd/newsdedup": {"internal/cli"},
	"internal/cli":  {"internal/report", "internal/clean", "internal/index", "internal/quality", "internal/evaluate", "internal/runfile", "internal/config", "internal/gate", "internal/corpus/compress", "internal/dedup", "internal/corpus/bundle/folder", "internal/corpus/formats", "internal/corpus", "internal/text"},

	"internal/runfile":  {"internal/dedup", "internal/corpus/compress", "internal/corpus", "internal/text"},
	"internal/quality":  {"internal/dedup", "internal/evaluate"},
	"internal/evaluate": {},

	"internal/clean":  {"internal/dedup", "internal/corpus"},
	"internal/config": {},
	"internal/index":  {"internal/dedup", "internal/corpus", "internal/corpus/compress", "internal/parallel", "internal/text"},
	"internal/gate":   {"internal/dedup", "internal/corpus"},
	"internal/report": {"internal/gate", "internal/report/page", "internal/quality", "internal/evaluate", "internal/dedup", "internal/corpus", "internal/text", "internal/swar"},

	"internal/report/page": {},

	"internal/dedup": {
		"internal/dedup/align", "internal/dedup/misread", "internal/dedup/repeat", "internal/dedup/passage", "internal/dedup/hashset", "internal/dedup/cluster", "internal/dedup/candidate", "internal/dedup/similarity",
		"internal/dedup/minhash", "internal/dedup/shingle", "internal/dedup/group",
		"internal/dedup/event",
		"internal/corpus", "internal/text", "internal/parallel",
	},
	"internal/dedup/align":      {},
	"internal/dedup/misread":    {},
	"internal/dedup/repeat":     {"internal/dedup/minhash", "internal/dedup/shingle", "internal/dedup/group"},
	"internal/dedup/passage":    {},
	"internal/dedup/cluster":    {},
	"internal/dedup/candidate":  {"internal/dedup/minhash", "internal/dedup/similarity", "internal/dedup/group"},
	"internal/dedup/similarity": {"internal/dedup/hashset"},
	"internal/dedup/minhash":    {"internal/dedup/hashset"},
	"internal/dedup/shingle":    {"internal/text"},
	"internal/dedup/group":      {},
	"internal/dedup/hashset":    {},
	"internal/dedup/event":      {"internal/dedup/shingle", "internal/text"},

	"internal/corpus/formats": {
		"internal/corpus/bundle", "internal/corpus/html", "internal/corpus/jsonl", "internal/corpus/parquet", "internal/corpus/plaintext", "internal/corpus/table", "internal/corpus/warc",
		"internal/corpus",
	},
	"internal/corpus/bundle": {"internal/corpus"},

	"internal/corpus/bundle/folder": {"internal/corpus/bundle", "internal/corpus"},

	"internal/corpus/html":      {"internal/corpus"},
	"internal/corpus/warc":      {"internal/corpus/compress", "internal/corpus/html", "internal/corpus"},
	"internal/corpus/jsonl":     {"internal/corpus", "internal/swar"},
	"internal/corpus/parquet":   {"internal/corpus", "internal/corpus/compress"},
	"internal/corpus/plaintext": {"internal/corpus"},
	"internal/corpus/table":     {"internal/corpus"},
	"internal/corpus":           {"internal/corpus/compress", "internal/corpus/encoding", "internal/corpus/spool", "internal/parallel"},
	"internal/corpus/compress":  {},
	"internal/corpus/encoding":  {},
	"internal/corpus/spool":     {},

	"internal/text":      {"internal/swar"},
	"internal/swar":      {},
	"internal/parallel":  {},
	"internal/corpusgen": {},
	"internal":           {},
}

// forTests are the packages for testing and measuring, which no other imports.
var forTests = map[string]bool{"internal/seeded": true, "internal/corpusgen": true, "internal/corpus/corpustest": true, "internal/bench": true, "internal/wordtable": true, "internal/bench/peers": true, "internal/bench/stores": true, "internal/chromium": true}

// only names the one package that may import a foreign one.
var only = map[string]string{
	"github.com/spf13/cobra":             "internal/cli",
	"github.com/cheggaaa/pb/v3":          "internal/cli",
	"golang.org/x/term":                  "internal/cli",
	"os/signal":                          "internal/cli",
	"github.com/parquet-go/parquet-go":   "internal/bench",
	"golang.org/x/sync/errgroup":         "internal/parallel",
	"golang.org/x/text/unicode/norm":     "internal/text",
	"golang.org/x/text/cases":            "internal/text",
	"golang.org/x/sys/cpu":               "internal/text",
	"github.com/klauspost/compress/zstd": "internal/corpus/compress",
	"github.com/klauspost/compress/gzip": "internal/corpus/compress",
	"github.com/klauspost/compress/s2":   "internal/corpus/compress",
	"github.com/pierrec/lz4/v4":          "internal/corpus/compress",
	"github.com/ulikunitz/xz":            "internal/corpus/compress",
	"github.com/ulikunitz/xz/lzma":       "internal/corpus/compress",
	"compress/bzip2":                     "internal/corpus/compress",
	"github.com/bmatcuk/doublestar/v4":   "internal/corpus",
	"github.com/charmbracelet/x/ansi":    "internal/report",
	"go.yaml.in/yaml/v4":                 "internal/config",
	"github.com/andybalholm/brotli":      "internal/corpus/compress",

	"codeberg.org/readeck/go-readability/v2": "internal/corpus/html",
	"golang.org/x/net/html":                  "internal/corpus/html",
	"golang.org/x/net/html/atom":             "internal/corpus/html",
	"golang.org/x/net/html/charset":          "internal/corpus/html",
	"net/http/httputil":                      "internal/corpus/warc",
}

// opens are the packages that touch files, streams and the environment: of the others
// none imports os. The files of an index are so opened by its package alone.
var opens = map[string]bool{
	"cmd/newsdedup": true, "internal/cli": true, "internal/clean": true, "internal/index": true,
	"internal/corpus": true, "internal/corpus/spool": true, "internal/corpus/bundle/folder": true, "internal/bench": true, "internal/bench/stores": true, "internal/chromium": true, "internal/wordtable": true,
}

// TestImports parses the files itself: a test that asked the go command would
// be answered from the cache after the code has changed.
func TestImports(t *testing.T) {
	seen := make(map[string]bool)
	err := fs.WalkDir(rootFS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		if !strings.HasPrefix(name, "cmd/") && !strings.HasPrefix(name, "internal/") {
			t.Errorf("%s: Go files stand below cmd and internal", name)
			return nil
		}
		seen[path.Dir(name)] = true
		checkFile(t, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for layer := range layers {
		if !seen[layer] {
			t.Errorf("%s is in the table and has no files", layer)
		}
	}
}

func checkFile(t *testing.T, name string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	from, isTest := path.Dir(name), strings.HasSuffix(name, "_test.go")
	allowed, known := layers[from]
	if !known && !forTests[from] {
		t.Errorf("%s: package %s is not in the table", name, from)
		return
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if owner, owned := only[imported]; owned && owner != from && !isTest {
			t.Errorf("%s imports %s, which %s alone may", name, imported, owner)
		}
		if imported == "os" && !opens[from] && !isTest {
			t.Errorf("%s imports os, and is not among those that open files", name)
		}
		own, inside := strings.CutPrefix(imported, module+"/")
		if inside && !mayImport(own, from, allowed, isTest) {
			t.Errorf("%s imports %s, which the table does not allow", name, own)
		}
	}
}

func mayImport(own, from string, allowed []string, isTest bool) bool {
	for _, layer := range allowed {
		if own == layer {
			return true
		}
	}
	// A test may use what exists for tests, its own package from outside, and,
	// in the core, the steps beside its own; and what exists for tests may use all.
	const core = "internal/dedup/"
	beside := strings.HasPrefix(own, core) && strings.HasPrefix(from, core)
	return isTest && (forTests[own] || own == from || beside) || forTests[from]
}

// TestTableRunsDownwards holds that the table has no circle and that a package
// above is never imported from below: every chain of imports ends.
func TestTableRunsDownwards(t *testing.T) {
	var visit func(layer string, above []string)
	visit = func(layer string, above []string) {
		for _, seen := range above {
			if seen == layer {
				t.Fatalf("the table is circular: %s", strings.Join(append(above, layer), " → "))
			}
		}
		for _, below := range layers[layer] {
			visit(below, append(above, layer))
		}
	}
	for layer := range layers {
		visit(layer, nil)
	}
}

func rootFS() fs.FS { return os.DirFS("..") }
