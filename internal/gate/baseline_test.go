package gate

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// randomStories are a corpus with copies, near copies and repeated paragraphs, some of
// them near each other in pairs: of such paragraphs each order of the corpus tells the
// same repeats.
func randomStories(random *rand.Rand) []story {
	var paragraphs []string
	for range 2 + random.IntN(4) {
		text := words(random, 10+random.IntN(40))
		paragraphs = append(paragraphs, text)
		if random.IntN(2) == 0 {
			paragraphs = append(paragraphs, text+"again")
		}
	}
	var stories []story
	for i := range 2 + random.IntN(12) {
		body := words(random, 60+random.IntN(60))
		for range random.IntN(3) {
			body += "\n" + paragraphs[random.IntN(len(paragraphs))]
		}
		for copies := range 1 + random.IntN(3)*random.IntN(2) {
			if copies == 1 && random.IntN(2) == 0 {
				body += "\nA late edition says a little more."
			}
			stories = append(stories, story{fmt.Sprintf("%02d-%d.txt", i, copies), []string{"", "courier", "gazette"}[random.IntN(3)], body})
		}
	}
	return stories
}

func writtenAndRead(t *testing.T, baseline *Baseline) *Baseline {
	t.Helper()
	read, err := Read(strings.NewReader(written(t, baseline)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(baseline, read, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("what was written is read as another (-written +read):\n%s", diff)
	}
	return read
}

func written(t *testing.T, baseline *Baseline) string {
	t.Helper()
	var out bytes.Buffer
	if err := baseline.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestNothingIsNew changes what a baseline does not depend on.
func TestNothingIsNew(t *testing.T) {
	random, total := seeded.Rand(t), 0
	for range 60 {
		stories := randomStories(random)
		baseline := writtenAndRead(t, known(scan(t, stories...)))
		total += len(baseline.Entries)
		for name, change := range map[string]func([]story) []story{
			"the same": func(s []story) []story { return s },
			"in another order": func(s []story) []story {
				random.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
				return s
			},
			"under other names": func(s []story) []story {
				for i := range s {
					s[i].key = fmt.Sprintf("moved/%d", random.IntN(1<<40))
				}
				return s
			},
			"on other lines": func(s []story) []story {
				for i := range s {
					s[i].body = "\n\n\n" + s[i].body + "  \n\n"
				}
				return s
			},
			"beside other articles": func(s []story) []story {
				return slices.Insert(s, random.IntN(len(s)+1), story{"other.txt", "", words(random, 100)})
			},
		} {
			review := reviewed(baseline, scan(t, change(slices.Clone(stories))...))
			if review.New != 0 || len(review.Stale) != 0 || review.Known != len(baseline.Entries) {
				t.Fatalf("%s: %d new, %d known of %d, stale %v", name, review.New, review.Known, len(baseline.Entries), review.Stale)
			}
		}
	}
	if total < 100 {
		t.Errorf("the corpora have %d findings in all, too few to say much", total)
	}
}

// TestOneCopyMore adds one copy at each place of a corpus: one finding is new, and it
// names the copy; without it again one entry is stale. A baseline of the whole has a line more.
func TestOneCopyMore(t *testing.T) {
	random := seeded.Rand(t)
	text := words(random, 80)
	stories := []story{{"b.txt", "", text}, {"d.txt", "", words(random, 80)}, {"f.txt", "", text}, {"h.txt", "", text}}
	result := scan(t, stories...)
	baseline := known(result)
	if len(baseline.Entries) != 2 {
		t.Fatalf("entries %v, want two", baseline.Entries)
	}
	for at := range len(stories) + 1 {
		for _, key := range []string{"a.txt", "e.txt", "z.txt"} {
			more := slices.Insert(slices.Clone(stories), at, story{key, "", text})
			review := reviewed(baseline, scan(t, more...))
			if review.New != 1 || review.Known != 2 || len(review.Stale) != 0 {
				t.Fatalf("with %s at %d: %d new, %d known, stale %v", key, at, review.New, review.Known, review.Stale)
			}
			for i, pair := range review.Result.Pairs {
				names := []string{more[pair.A].key, more[pair.B].key}
				if !review.KnowsPair(i) && !slices.Contains(names, key) {
					t.Errorf("with %s at %d: the new pair is of %v", key, at, names)
				}
			}
			renewed := review.Renewed()
			if added := linesAdded(written(t, baseline), written(t, renewed)); added != 1 {
				t.Errorf("with %s at %d: %d lines are new in\n%s", key, at, added, written(t, renewed))
			}
			review = reviewed(renewed, result)
			if review.New != 0 || review.Known != 2 || len(review.Stale) != 1 {
				t.Errorf("without %s again: %d new, %d known, stale %v", key, review.New, review.Known, review.Stale)
			}
		}
	}
}

// linesAdded counts the lines of one text that are not in another, commas aside.
func linesAdded(before, after string) int {
	had := make(map[string]bool)
	for line := range strings.Lines(before) {
		had[strings.TrimRight(line, ",\n")] = true
	}
	added := 0
	for line := range strings.Lines(after) {
		if !had[strings.TrimRight(line, ",\n")] {
			added++
		}
	}
	return added
}

// TestEditsOfOneArticle holds that a pair stays known when one of its two articles is
// edited, also where it becomes one of another kind, and not when both are, or when the
// one that was edited has another name too.
func TestEditsOfOneArticle(t *testing.T) {
	random := seeded.Rand(t)
	text, long, part := words(random, 200), words(random, 200), words(random, 100)
	stories := []story{
		{"copy1", "", text}, {"copy2", "", text},
		{"near1", "", long}, {"near2", "", long + "\nAnd more."},
		{"cut", "", part}, {"whole", "", part + words(random, 200)},
	}
	whole := scan(t, stories...)
	if got := told(whole)[:3]; !slices.Equal(got, []string{"exact copy1 copy2", "near near1 near2", "contained cut whole"}) {
		t.Fatalf("the corpus has %v", got)
	}
	baseline := writtenAndRead(t, known(whole))
	edit := func(key string, at ...int) *Review {
		edited := slices.Clone(stories)
		for _, i := range at {
			edited[i].body += "\nCorrected " + words(random, 3)
			edited[i].key += key
		}
		return reviewed(baseline, scan(t, edited...))
	}
	for i := range stories {
		if review := edit("", i); review.New != 0 || review.Known != 3 || len(review.Stale) != 0 {
			t.Errorf("%s edited: %d new, %d known, stale %v", stories[i].key, review.New, review.Known, review.Stale)
		}
		if review := edit("renamed", i); review.New != 1 || review.Known != 2 || len(review.Stale) != 1 {
			t.Errorf("%s edited and renamed: %d new, %d known, stale %v", stories[i].key, review.New, review.Known, review.Stale)
		}
		if review := edit("", i, i^1); review.New != 1 || review.Known != 2 || len(review.Stale) != 1 {
			t.Errorf("%s and its like edited: %d new, %d known, stale %v", stories[i].key, review.New, review.Known, review.Stale)
		}
	}
}

// TestMoreStandings adds standings of a known paragraph, and of one near to it.
func TestMoreStandings(t *testing.T) {
	random := seeded.Rand(t)
	paragraph := words(random, 30)
	body := func(paragraph string) string { return words(random, 80) + "\n" + paragraph }
	stories := []story{{"a", "", body(paragraph)}, {"b", "", body(paragraph)}}
	baseline := known(scan(t, stories...))
	for more := range 4 {
		var late []story
		for i := range more {
			late = append(late, story{fmt.Sprint("late", i), "", body(paragraph)})
		}
		near := slices.Concat(late, stories, []story{{"near", "", body(paragraph + "again")}})
		if review := reviewed(baseline, scan(t, slices.Concat(late, stories)...)); review.New != more || review.Known != 1 {
			t.Errorf("%d more: %d new, %d known", more, review.New, review.Known)
		}
		if review := reviewed(baseline, scan(t, near...)); review.New != more+1 || review.Known != 1 {
			t.Errorf("%d more and a near one: %d new, %d known", more, review.New, review.Known)
		}
	}
}

// TestClustersGrow holds that a pair stays known when its cluster gets another member.
func TestClustersGrow(t *testing.T) {
	random := seeded.Rand(t)
	text := words(random, 200)
	stories := []story{{"a", "", text}, {"b", "", text + "\nAnd more."}}
	baseline := known(scan(t, stories...))
	review := reviewed(baseline, scan(t, append(stories, story{"c", "", text + "\nAnd something else."})...))
	if review.Known != 1 || review.New != 2 || len(review.Result.Clusters) != 1 || !review.NewClusters()[0] {
		t.Errorf("%d known, %d new, %d clusters", review.Known, review.New, len(review.Result.Clusters))
	}
	if review = reviewed(known(review.Result), review.Result); review.NewClusters()[0] {
		t.Error("a cluster of known pairs is new")
	}
}

func TestOtherOptionsAreRefused(t *testing.T) {
	options := dedup.DefaultOptions()
	baseline := known(&dedup.Result{Options: options})
	options.Workers, options.MaxMemory, options.Passages = 7, dedup.LeastMemory, 25
	if err := baseline.Fits(options); err != nil {
		t.Errorf("with other workers, and passages: %v", err)
	}
	options.Threshold, options.Kinds = 0.75, options.Kinds[:2]
	want := "it was made with other options: kinds was exact,near,contained,repeat and is exact,near; threshold was 0.8 and is 0.75"
	if err := baseline.Fits(options); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	baseline.Options = nil
	if err := baseline.Fits(options); err == nil || !strings.Contains(err.Error(), "does not say") {
		t.Errorf("of unknown options: %v", err)
	}
}

// TestSettingsAreComplete holds that options with another hash have other settings: a
// refusal says what differs.
func TestSettingsAreComplete(t *testing.T) {
	seen := make(map[uint64]string)
	for name, change := range map[string]func(*dedup.Options){
		"none":                func(*dedup.Options) {},
		"kinds":               func(o *dedup.Options) { o.Kinds = o.Kinds[1:] },
		"threshold":           func(o *dedup.Options) { o.Threshold = 0.5 },
		"containment":         func(o *dedup.Options) { o.Containment = 0.5 },
		"min-contained-words": func(o *dedup.Options) { o.MinContained = 5 },
		"repeat-similarity":   func(o *dedup.Options) { o.RepeatSimilarity = 0.5 },
		"min-repeat-words":    func(o *dedup.Options) { o.MinRepeat = 5 },
		"shingle-size":        func(o *dedup.Options) { o.ShingleSize = 3 },
		"paragraphs":          func(o *dedup.Options) { o.Paragraphs++ },
		"templates":           func(o *dedup.Options) { o.Templates = dedup.MergeTemplates },
		"tolerant":            func(o *dedup.Options) { o.Tolerant = true },
		"exhaustive":          func(o *dedup.Options) { o.Exhaustive = true },
	} {
		options := dedup.DefaultOptions()
		baseline := known(&dedup.Result{Options: options})
		change(&options)
		seen[options.Hash()] = name
		if err := baseline.Fits(options); name == "none" && err != nil || name != "none" && (err == nil || !strings.Contains(err.Error(), name+" was ")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(seen) != 12 {
		t.Errorf("the hashes are not all different: %v", seen)
	}
}

func TestReadRefuses(t *testing.T) {
	const head = "{\n  \"schema\": \"newsdedup.baseline/1\",\n  \"options_hash\": \"00000000000000ff\",\n"
	for _, test := range []struct{ text, want string }{
		{"", "line 1: unexpected end of JSON input"},
		{"[]", "line 1: json: cannot unmarshal array"},
		{"{}", `it is no baseline that can be read here: its schema is ""`},
		{`{"schema": "newsdedup.report/1", "options": {"kinds": []}}`, `its schema is "newsdedup.report/1"`},
		{head + "<<<<<<< HEAD\n", "line 4: invalid character '<'"},
		{head + `"findings": [{"kind":"near","fingerprint":"12"}]}`, `"12" is no fingerprint`},
		{head + `"findings": [{"kind":"odd","fingerprint":"0000000000000001"}]}`, `finding 1: unknown kind "odd"`},
		{head + `"findings": [{"kind":"repeat","fingerprint":"0000000000000001","texts":["0000000000000001"]}]}`, "finding 1: 1 texts"},
		{head + `"options": {"kinds": 7}}`, `option "kinds"`},
		{head + `"options": []}`, "its options are no JSON object"},
	} {
		if _, err := Read(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("reading %q: %v, want %s", test.text, err, test.want)
		}
	}
}

// TestHostileNames holds that names come back as they were, as far as JSON has them,
// and that a diff of the file shows no control character.
func TestHostileNames(t *testing.T) {
	random := seeded.Rand(t)
	text := words(random, 80)
	baseline := known(scan(t, story{"a\x1b[2J\u009b\u202etxt.\n<&>", "", text}, story{"\xff\xfe\U000e0041\u2028", "", text}))
	writtenAndRead(t, baseline)
	for _, char := range written(t, baseline) {
		if char != '\n' && (char < ' ' || char >= 0x7f && char < 0xa0 || char == '\u202e' || char == '\u2028' || char >= 0xe0000) {
			t.Errorf("U+%04X stands in\n%s", char, written(t, baseline))
		}
	}
}

func FuzzRead(f *testing.F) {
	var out bytes.Buffer
	_ = (&Baseline{Options: settings(dedup.DefaultOptions()), Entries: []Entry{{Kind: dedup.Near, Fingerprint: 7, Texts: [2]Fingerprint{7, 7}, A: "a", B: "b"}}}).Write(&out)
	f.Add(out.Bytes())
	f.Add([]byte(`{"schema":"newsdedup.baseline/1","options_hash":"00000000000000ff","findings":[{"kind":"repeat","fingerprint":"0000000000000001","texts":["0000000000000001","0000000000000002"]}]}`))
	f.Add([]byte(`{"schema":"newsdedup.baseline/1","findings":[{"kind":"near","fingerprint":"0000000000000001","a":"a","b":"b","a_text":"0000000000000002","b_text":"0000000000000003"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		baseline, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := baseline.Write(&first); err != nil {
			t.Fatal(err)
		}
		again, err := Read(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("%v in %s", err, first.Bytes())
		}
		if err := again.Write(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%v: written\n%s\nand then\n%s", err, first.Bytes(), second.Bytes())
		}
	})
}
