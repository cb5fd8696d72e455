package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A dumped is a record of a real corpus, and what the manifest says of it.
type dumped struct {
	bytes string
	text  string
}

// linesOf reads JSON lines by their identifiers.
func linesOf(t *testing.T, data []byte) (ids []string, lines map[string]dumped) {
	t.Helper()
	lines = make(map[string]dumped)
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, 64<<20)
	for scanner.Scan() {
		var record struct{ ID, Text string }
		if err := json.Unmarshal(scanner.Bytes(), &record); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, record.ID)
		lines[record.ID] = dumped{scanner.Text(), record.Text}
	}
	return ids, lines
}

// runProgram runs the program in this process.
func runProgram(t *testing.T, args ...string) string {
	t.Helper()
	var out, errors strings.Builder
	if status := Main(args, Streams{In: strings.NewReader(""), Out: &out, Err: &errors}); status != 0 {
		t.Fatalf("%q: status %d: %s", args, status, errors.String())
	}
	return out.String()
}

// TestCleanRealCorpora checks cleaned corpora against their originals, with
// nothing of what cleaned them: what went had a partner that stays, no two that stay are
// partners but as templates, what stays is byte for byte what it was, but for what the manifest says,
// and the manifest says nothing else.
func TestCleanRealCorpora(t *testing.T) {
	for _, name := range []string{"reuters21578", "bbc_cross", "fnc1"} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("a minute with the race detector")
			}
			path := needReal(t, "data/"+name+"/docs.jsonl.zst")
			folder := t.TempDir()
			out := filepath.Join(folder, "clean.jsonl")
			runProgram(t, "clean", path, "-o", out, "--compress", "none")
			original := filepath.Join(folder, "original.jsonl")
			runProgram(t, "clean", path, "-o", original, "--compress", "none", "--undo", out+".manifest.jsonl")
			checkClean(t, path, out)

			// Cleaning what is clean removes nothing.
			again := filepath.Join(folder, "again.jsonl")
			if said := runProgram(t, "clean", out, "-o", again); !strings.HasPrefix(said, "Removed 0 of ") || !strings.Contains(said, " and 0 paragraphs") {
				t.Errorf("cleaned again: %s", said)
			}
			// Applied again, the manifest gives the same.
			applied := filepath.Join(folder, "applied.jsonl")
			runProgram(t, "clean", path, "-o", applied, "--compress", "none", "--apply", out+".manifest.jsonl")
			if !bytes.Equal(readFile(t, out), readFile(t, applied)) {
				t.Error("the manifest, applied, gives another corpus")
			}
		})
	}
}

// TestCleanSeeds: of the five articles that this began with, the third loses the four
// paragraphs that repeat others of it, and nothing else changes.
func TestCleanSeeds(t *testing.T) {
	for name, repeated := range map[string][2]int{"seeds/bundle.txt": {58, 62}, "seeds/bundle-block.txt": {60, 64}} { // lines from 0, half-open
		path := needReal(t, name)
		lines := strings.SplitAfter(string(readFile(t, path)), "\n")
		want := strings.Join(slices.Delete(lines, repeated[0], repeated[1]), "")
		out := filepath.Join(t.TempDir(), "clean.txt")
		if said := runProgram(t, "clean", path, "-o", out); !strings.HasPrefix(said, "Removed 0 of 5 articles and 4 paragraphs: ") {
			t.Errorf("%s: %s", name, said)
		}
		if got := string(readFile(t, out)); got != want {
			t.Errorf("%s: it has become %d bytes and not %d:\n%.2000s", name, len(got), len(want), got)
		}
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func checkClean(t *testing.T, original, cleaned string) {
	t.Helper()
	byWords := func(o *dedup.Options) { o.Kinds, o.Exhaustive = []dedup.Kind{dedup.Exact, dedup.Near}, true }
	before, after := scanReal(t, byWords, original), scanReal(t, byWords, cleaned)
	for _, result := range []*dedup.Result{before, after} {
		result.Pairs = slices.DeleteFunc(result.Pairs, func(p dedup.Pair) bool { return p.Kind == dedup.Template })
	}
	if len(after.Pairs) > 0 {
		t.Errorf("%d pairs stay, the first %+v", len(after.Pairs), after.Pairs[0])
	}
	plain := filepath.Join(t.TempDir(), "plain.jsonl")
	runProgram(t, "clean", original, "-o", plain, "--compress", "none", "--remove", "contained", "--containment", "1", "--min-contained-words", "1000000", "--no-manifest")
	ids, was := linesOf(t, readFile(t, plain))
	left, is := linesOf(t, readFile(t, cleaned))
	partners := partnersOf(before)
	position := 0
	gone, cut := manifestOf(t, cleaned+".manifest.jsonl")
	for _, id := range ids {
		now, stays := is[id]
		switch {
		case !stays:
			if !slices.ContainsFunc(partners[id], func(other string) bool { _, kept := is[other]; return kept }) {
				t.Errorf("%s is gone, and none of its partners %v stays", id, partners[id])
			}
			if !gone[id] {
				t.Errorf("%s is gone, and the manifest does not say so", id)
			}
			delete(gone, id)
			continue
		case len(cut[id]) == 0 && now.bytes != was[id].bytes:
			t.Errorf("%s is not what it was, and the manifest does not say so", id)
		case len(cut[id]) > 0:
			if want := withoutParts(was[id].text, cut[id]); want != now.text {
				t.Errorf("%s without %v is %q", id, cut[id], now.text)
			}
			delete(cut, id)
		}
		if position >= len(left) || left[position] != id {
			t.Fatalf("%s is not in its place", id)
		}
		position++
	}
	if len(gone) > 0 || len(cut) > 0 || position != len(left) {
		t.Errorf("the manifest says more than there is: %v, %v; %d articles of %d", gone, cut, position, len(left))
	}
}

// partnersOf returns the articles of each one's pairs, by their keys; those of its
// copies are its own.
func partnersOf(result *dedup.Result) map[string][]string {
	first := make(map[dedup.ArticleID]dedup.ArticleID)
	copies := make(map[dedup.ArticleID][]dedup.ArticleID)
	for id := range result.Articles {
		first[dedup.ArticleID(id)] = dedup.ArticleID(id)
	}
	for _, pair := range result.Pairs {
		if pair.Kind == dedup.Exact {
			first[pair.B] = pair.A
		}
	}
	for id, of := range first {
		copies[of] = append(copies[of], id)
	}
	partners := make(map[string][]string)
	join := func(one, other dedup.ArticleID) {
		for _, a := range copies[one] {
			for _, b := range copies[other] {
				if a != b {
					key := result.Articles[a].Key
					partners[key] = append(partners[key], result.Articles[b].Key)
				}
			}
		}
	}
	for _, pair := range result.Pairs {
		join(first[pair.A], first[pair.B])
		join(first[pair.B], first[pair.A])
	}
	return partners
}

type cutOut struct{ start, end int }

// manifestOf reads what a manifest says, by the plainest means.
func manifestOf(t *testing.T, path string) (gone map[string]bool, cut map[string][]cutOut) {
	t.Helper()
	gone, cut = make(map[string]bool), make(map[string][]cutOut)
	scanner := bufio.NewScanner(bytes.NewReader(readFile(t, path)))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var entry struct {
			Type, Key  string
			Start, End int
		}
		if err := json.Unmarshal(scanner.Bytes(), &entry); err != nil {
			t.Fatal(err)
		}
		switch entry.Type {
		case "article":
			gone[entry.Key] = true
		case "paragraph":
			cut[entry.Key] = append(cut[entry.Key], cutOut{entry.Start, entry.End})
		}
	}
	return gone, cut
}

// withoutParts takes the lines of the parts out of a text.
func withoutParts(text string, parts []cutOut) string {
	at, kept := 0, []string{}
	lines := strings.SplitAfter(text, "\n")
	for i, one := range lines {
		goes := slices.ContainsFunc(parts, func(p cutOut) bool { return p.start < at+len(one) && p.end > at })
		if !goes {
			kept = append(kept, one)
		} else if i == len(lines)-1 && len(kept) > 0 {
			kept[len(kept)-1] = strings.TrimSuffix(kept[len(kept)-1], "\n")
		}
		at += len(one)
	}
	return strings.Join(kept, "")
}
