package text

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// shared holds the corpora and seeds, where there are any: beside the checkout.
const shared = "../../../shared"

var articles = flag.Int("articles", 1000, "articles of each corpus to look at; 0 looks at all")

// TestCorpora checks that real articles are told to be hard-wrapped or not.
// Only those with an inner line can be told wrong; the floors lie a little below
// what doc.go says was measured on all articles.
func TestCorpora(t *testing.T) {
	for _, corpus := range []struct {
		name    string
		wrapped bool
		floor   float64
	}{
		{"reuters21578", true, 0.94}, // the rest are tables, and headlines broken in two
		{"ocr_overproof2", true, 0.94},
		{"fnc1", false, 0.995},
		{"bbc_cross", false, 0.995},
		{"grimmer_press", false, 0.985}, // the rest are scripts in Python
		{"ecb_plus", false, 0.995},
		{"livedoor_ja", false, 0.995},
		{"ant_arabic", false, 0.995},
		{"masakhane_amh", false, 0.995},
		{"masakhane_yor", false, 0.995},
		{"masakhane_hau", false, 0.995},
		{"onestop_english", false, 0.995},
	} {
		t.Run(corpus.name, func(t *testing.T) {
			told := map[bool]int{}
			var document Document
			eachArticle(t, corpus.name, func(body []byte) {
				document.classify(body)
				document.splitLines(body)
				found := wrapping{margin: leftMargin(document.lines)}
				if found.countInner(body, document.lines); found.inner > 0 {
					told[isHardWrapped(body, document.lines)]++
				}
			})
			right, all := told[corpus.wrapped], told[true]+told[false]
			t.Logf("%d of %d articles with inner lines are told right", right, all)
			if float64(right) < corpus.floor*float64(all) {
				t.Errorf("less than the floor of %g", corpus.floor)
			}
		})
	}
}

// eachArticle hands the texts of a corpus to a function.
func eachArticle(t *testing.T, name string, visit func(body []byte)) {
	file, err := os.Open(filepath.Join(shared, "data", name, "docs.jsonl.zst"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the corpus is not here")
	} else if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stream, err := zstd.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	decoder := json.NewDecoder(stream)
	for count := 0; *articles == 0 || count < *articles; count++ {
		var article struct{ Text string }
		if err := decoder.Decode(&article); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		visit([]byte(article.Text))
	}
}

// TestCorporaAgree compares Parse with the reference on real articles.
func TestCorporaAgree(t *testing.T) {
	for _, name := range []string{"fnc1", "livedoor_ja", "ant_arabic", "masakhane_amh", "masakhane_yor", "chinese_stories", "fakebr_pt"} {
		t.Run(name, func(t *testing.T) {
			var document Document
			count := 0
			eachArticle(t, name, func(body []byte) {
				if count++; count%20 == 1 {
					checkReference(t, &document, string(body))
				}
			})
		})
	}
}

// TestSeeds looks at the five stories the tool was first asked about.
func TestSeeds(t *testing.T) {
	bundle, err := os.ReadFile(filepath.Join(shared, "seeds", "bundle.txt"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the seeds are not here")
	} else if err != nil {
		t.Fatal(err)
	}
	var counts []int
	var document Document
	for _, article := range strings.Split(string(bundle), "<<<FILE ")[1:] {
		_, body, _ := strings.Cut(article, "\n")
		document.Parse([]byte(body), Auto)
		checkInvariants(t, []byte(body), &document)
		counts = append(counts, len(document.Paragraphs))
		if strings.HasPrefix(article, "002_") {
			checkSeedRepeats(t, &document)
		}
	}
	if expected := []int{15, 21, 9, 12, 10}; !slices.Equal(counts, expected) {
		t.Errorf("the articles have %v paragraphs, expected %v", counts, expected)
	}
}

// checkSeedRepeats: paragraphs 6 to 9 repeat 2 to 5.
func checkSeedRepeats(t *testing.T, document *Document) {
	t.Helper()
	form := func(index int) string {
		paragraph := document.Paragraphs[index]
		return string(document.AppendNorm(nil, paragraph.FirstToken, paragraph.LastToken))
	}
	for index := 1; index <= 4; index++ {
		if form(index) != form(index+4) {
			t.Errorf("paragraph %d is %q, not %q", index+5, form(index+4), form(index))
		}
	}
}
