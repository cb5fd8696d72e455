package corpusgen

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// What ../../testdata/README.md says of its files, counted in the plainest way.

func readFixture(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{"../../testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// bundleBodies reads the first form alone, and nothing that needs care.
func bundleBodies(t *testing.T) map[string]string {
	t.Helper()
	bodies := map[string]string{}
	for _, part := range strings.Split(readFixture(t, "bundle.txt"), "<<<FILE ")[1:] {
		name, body, _ := strings.Cut(part, ">>>\n")
		bodies[name] = body
	}
	return bodies
}

func lines(text string) []string { return strings.Split(strings.TrimRight(text, "\n"), "\n") }

func TestBundleForms(t *testing.T) {
	first := readFixture(t, "bundle.txt")
	var want strings.Builder
	for i, part := range strings.Split(first, "<<<FILE ") {
		if i > 0 {
			want.WriteString("<<<FILE " + strings.Replace(part, ">>>\n", "\n", 1) + ">>>\n")
		}
	}
	if diff := cmp.Diff(want.String(), readFixture(t, "bundle-block.txt")); diff != "" {
		t.Errorf("bundle-block.txt differs from bundle.txt (-first form +block form):\n%s", diff)
	}
}

func TestBundleSimilarities(t *testing.T) {
	bodies := bundleBodies(t)
	const (
		original, reprint = "000_harbour_courier.txt", "003_coast_bulletin.txt"
		excerpt, edited   = "005_island_gazette.txt", "007_coast_bulletin_update.txt"
	)
	if bodies[original] != bodies[reprint] || bodies[original] == "" {
		t.Errorf("%s is no verbatim copy of %s", reprint, original)
	}
	if got := jaccard(bodies[edited], bodies[original]); got < 0.87 || got > 0.93 {
		t.Errorf("Jaccard of the edited copy is %.3f, want 0.87 to 0.93", got)
	}
	if got := containment(bodies[excerpt], bodies[original]); got < 0.9 {
		t.Errorf("%.3f of the excerpt is in the original, want at least 0.9", got)
	}
	if got := jaccard(bodies[excerpt], bodies[original]); got >= 0.7 {
		t.Errorf("Jaccard of the excerpt is %.3f, want below 0.7", got)
	}
	copies := []string{original, reprint, excerpt, edited}
	for a, bodyA := range bodies {
		for b, bodyB := range bodies {
			if a < b && !(slices.Contains(copies, a) && slices.Contains(copies, b)) && jaccard(bodyA, bodyB) > 0.05 {
				t.Errorf("%s and %s: Jaccard %.3f, want at most 0.05", a, b, jaccard(bodyA, bodyB))
			}
		}
	}
}

func TestBundleRepeats(t *testing.T) {
	bodies := bundleBodies(t)
	repeating := "002_quayside_post.txt"
	paragraphs := lines(bodies[repeating])
	if len(paragraphs) != 9 {
		t.Fatalf("%s has %d paragraphs, want 9", repeating, len(paragraphs))
	}
	if diff := cmp.Diff(paragraphs[1:5], paragraphs[5:9]); diff != "" {
		t.Errorf("paragraphs 2–5 and 6–9 differ:\n%s", diff)
	}
	if !strings.HasSuffix(bodies[repeating], "hurt.”"+strings.Repeat("\n", 21)) {
		t.Errorf("%s does not end in twenty blank lines", repeating)
	}
	for name, body := range bodies {
		seen := map[string]bool{}
		for number, paragraph := range lines(body) {
			if name != repeating && paragraph != "" && seen[paragraph] {
				t.Errorf("%s: paragraph at line %d stands twice", name, number+1)
			}
			seen[paragraph] = true
		}
	}
}

func TestBundleQuote(t *testing.T) {
	plain := strings.NewReplacer("’", "'", "“", `"`, "”", `"`)
	forms := map[string]bool{}
	for name, body := range bundleBodies(t) {
		start := strings.Index(body, "We will not move")
		if start < 0 {
			if name != "006_valley_telegraph.txt" {
				t.Errorf("%s lacks the quote", name)
			}
			continue
		}
		_, before := utf8.DecodeLastRuneInString(body[:start])
		quote, _, _ := strings.Cut(body[start-before:], ",")
		if got, want := plain.Replace(quote), `"We will not move a single ship until we know what we're standing on`; got != want {
			t.Errorf("%s has the quote as %q", name, quote)
		}
		forms[quote] = true
	}
	if len(forms) != 3 {
		t.Errorf("the quote stands in %d forms, want 3: %v", len(forms), forms)
	}
}

func TestCorpusFurniture(t *testing.T) {
	places := map[string][]string{} // paragraph, quotes and dashes made plain → files
	plain := strings.NewReplacer("’", "'", " — ", " - ")
	paths, _ := filepath.Glob("../../testdata/corpus/*/*.txt")
	for _, path := range paths {
		place := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
		for _, line := range lines(readFixture(t, "corpus", place)) {
			if line != "" {
				places[plain.Replace(line)] = append(places[plain.Replace(line)], place)
			}
		}
	}
	var standings [][]string
	for _, files := range places {
		if len(files) > 1 {
			standings = append(standings, files)
		}
	}
	slices.SortFunc(standings, slices.Compare[[]string])
	courier := []string{"harbour-courier/breakwater-lamp.txt", "harbour-courier/dredger-returns.txt", "harbour-courier/pump-house.txt"}
	want := [][]string{
		courier,
		courier,
		{"island-gazette/fuel-store.txt", "northern-ledger/rail-freight.txt"},
		{"northern-ledger/rail-freight.txt", "northern-ledger/wool-sale.txt"},
	}
	if diff := cmp.Diff(want, standings); diff != "" {
		t.Errorf("paragraphs that stand in several files (-want +got):\n%s", diff)
	}
}

func TestArticlesJSONL(t *testing.T) {
	texts := map[string]string{}
	for _, line := range lines(readFixture(t, "articles.jsonl")) {
		var article struct{ ID, Text, Source string }
		if err := json.Unmarshal([]byte(line), &article); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		texts[article.ID] = article.Text
	}
	plain := func(id string) string {
		return strings.NewReplacer("“", `"`, "”", `"`).Replace(norm.NFKC.String(texts[id]))
	}
	if a, b := plain("es-presupuesto"), plain("es-presupuesto-feed"); a != b || texts["es-presupuesto"] == texts["es-presupuesto-feed"] {
		t.Errorf("not a pair that normalisation alone makes equal:\n%q\n%q", a, b)
	}
	if got := jaccard(texts["zh-lundu"], texts["zh-lundu-wanbao"]); got < 0.87 || got > 0.93 {
		t.Errorf("Jaccard of the Chinese pair is %.3f, want 0.87 to 0.93", got)
	}
	if len(texts) != 16 || !strings.Contains(texts["fa-ketabkhaneh"], "\u200c") {
		t.Errorf("%d articles, want 16, the Persian one with ZWNJ", len(texts))
	}
}

func TestHostileLines(t *testing.T) {
	content := bytes.Split([]byte(readFixture(t, "hostile.txt")), []byte("\n"))
	want := map[int]string{
		1: "before the first header", 5: "\x1b[31m", 6: "\u202e", 7: "::error ", 8: "<script>", 9: "=CMD(", 24: "\x1b[2J",
		25: "<<<FILE ../", 27: "<<<FILE /", 29: "\x1b]0;", 31: `"=CMD(`, 34: "\xe2\x82,", 35: "caf\xe9.", 37: "\x00",
		40: `\<<<FILE x>>>`, 41: `\<<<END>>>`, 42: `\\<<<FILE y>>>`, 43: "   <<<FILE", 44: "10_twice", 46: "10_twice",
		48: "<<<FILE>>>", 52: "<<<END>>>", 53: "follows an end marker", 54: ">>> and words", 56: "13_empty", 57: "14_blank",
		61: "15_no_word", 64: "Goose", 66: "Gander", 67: "18_marks_only", 69: ">>>\r", 72: "20_never_closed.txt",
	}
	for number, part := range want {
		if !bytes.Contains(content[number-1], []byte(part)) {
			t.Errorf("line %d is %q, want %q in it", number, content[number-1], part)
		}
	}
	if len(content) != 73 || len(content[72]) == 0 {
		t.Errorf("%d lines, want 73, the last without a newline", len(content))
	}
}
