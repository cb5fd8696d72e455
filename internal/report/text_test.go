package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// sgr are the only escape sequences that text output may hold.
var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkHarmless fails when text output holds a control or deceptive character
// that is not the report's own.
func checkHarmless(t *testing.T, output string, opts Options) {
	t.Helper()
	if opts.Color {
		output = sgr.ReplaceAllString(output, "")
	}
	for at, r := range output {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(deceptive, r) {
			t.Fatalf("%U at byte %d of %q", r, at, output)
		}
	}
	if !utf8.ValidString(output) {
		t.Fatalf("no UTF-8: %q", output)
	}
}

func TestTextOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 300 {
		result := dice.result()
		opts := Options{Color: dice.IntN(2) == 0, Width: dice.IntN(120), Limit: dice.IntN(4)}
		output := render(t, "text", result, opts)
		checkHarmless(t, output, opts)
		if opts.Color && sgr.ReplaceAllString(output, "") != render(t, "text", result, Options{Width: opts.Width, Limit: opts.Limit}) {
			t.Errorf("colour changes more than the colours of %q", output)
		}
		if t.Failed() {
			t.Fatalf("with -seed=%d", seed)
		}
	}
}

func TestTextOfExtremes(t *testing.T) {
	for name, result := range extremes() {
		for _, width := range []int{0, 1, 80} {
			t.Run(name, func(t *testing.T) {
				checkHarmless(t, render(t, "text", result, Options{Width: width}), Options{})
			})
		}
	}
}

// FuzzTextHarmless holds that no string of a corpus reaches a terminal as
// anything but text.
func FuzzTextHarmless(f *testing.F) {
	f.Add("key", "path/to", "words of a story", 80, true)
	f.Add("\x1b[2J", "a\nb\x00", "\u202e\x9b\xff", 40, false)
	f.Add(strings.Repeat("\u0301", 500), "\U000e0041", strings.Repeat("灯", 500), 1, true)
	f.Fuzz(func(t *testing.T, key, path, words string, width int, color bool) {
		result := fixture()
		for i := range result.Articles {
			article := &result.Articles[i]
			article.Key, article.Path, article.Source, article.Lead = key, path, key+path, words
		}
		for i := range result.Repeats {
			result.Repeats[i].Text = words
		}
		for i := range result.Stories {
			for j := range result.Stories[i].Evidence {
				result.Stories[i].Evidence[j].Text = words
			}
		}
		for i := range result.Problems {
			result.Problems[i].Path, result.Problems[i].Message = path, words
		}
		opts := Options{Width: width % 300, Color: color}
		checkHarmless(t, render(t, "text", result, opts), opts)
	})
}

// TestTextFitsItsWidth holds that only names and paths, which are never cut,
// reach beyond the width.
func TestTextFitsItsWidth(t *testing.T) {
	for width := 36; width <= 200; width++ {
		for line := range strings.Lines(render(t, "text", fixture(), Options{Width: width})) {
			line = strings.TrimSuffix(line, "\n")
			if ansi.StringWidth(line) > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Fatalf("width %d: %d columns in %q", width, ansi.StringWidth(line), line)
			}
		}
	}
}

// TestTextIntoPipe holds that evidence is bounded where no terminal sets a
// width, and sentences are not broken.
func TestTextIntoPipe(t *testing.T) {
	result := fixture()
	for i := range result.Articles {
		result.Articles[i].Lead = strings.Repeat("ferry after ferry ", 100)
	}
	for line := range strings.Lines(render(t, "text", result, Options{})) {
		if strings.Contains(line, "ferry after ferry") && ansi.StringWidth(strings.TrimSuffix(line, "\n")) != pipeWidth {
			t.Errorf("%d columns in %q", ansi.StringWidth(line), line)
		}
	}
}

// linesWith returns the lines of a text report that contain a word, without the
// space around them.
func linesWith(t *testing.T, result *dedup.Result, opts Options, word string) []string {
	t.Helper()
	var found []string
	for line := range strings.Lines(render(t, "text", result, opts)) {
		if strings.Contains(line, word) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

func TestTextLimit(t *testing.T) {
	result := manyFindings(300)
	opts := Options{Limit: 7, Hints: Hints{All: "all of them elsewhere"}}
	for word, want := range map[string]int{"  keep ": 7, "near copy": 7, "20 words, in": 7} {
		if got := len(linesWith(t, result, opts, word)); got != want {
			t.Errorf("%d lines with %q, want %d", got, word, want)
		}
	}
	if diff := cmp.Diff([]string{"… and 93 more (all of them elsewhere)", "… and 93 more"}, linesWith(t, result, opts, " 93 more")); diff != "" {
		t.Errorf("what the limit leaves out (-want +got):\n%s", diff)
	}
	output := render(t, "text", result, opts)
	if want := "\nNot everything is listed: all of them elsewhere.\n"; !strings.HasSuffix(output, want) {
		t.Errorf("the report ends in %q, want %q", output[len(output)-len(want):], want)
	}
	if got := linesWith(t, result, Options{Hints: opts.Hints}, "elsewhere"); got != nil {
		t.Errorf("a report without a limit points to more: %q", got)
	}
	if got := linesWith(t, result, Options{}, ellipsis+" and"); got != nil {
		t.Errorf("a report without a limit leaves out: %q", got)
	}
}

// TestTextListsLargestFirst holds that a limit keeps what says most.
func TestTextListsLargestFirst(t *testing.T) {
	want := []string{"Cluster 1: 7 articles, from 2 sources, within 1 day, 4 can be removed"}
	result := fixture()
	slices.Reverse(result.Clusters)
	if diff := cmp.Diff(want, linesWith(t, result, Options{Limit: 1}, "Cluster 1")); diff != "" {
		t.Errorf("first cluster (-want +got):\n%s", diff)
	}
}

func TestTextOfOne(t *testing.T) {
	result := &dedup.Result{
		Options:  dedup.DefaultOptions(),
		Articles: []dedup.ArticleInfo{{Key: "a", Path: "-", Line: 1, Words: 1}, {Key: "b", Path: "-", Line: 3, Words: 1}},
		Pairs:    []dedup.Pair{{Kind: dedup.Exact, A: 0, B: 1, Similarity: 1, AInB: 1, BInA: 1, Shared: 1, ShinglesA: 1, ShinglesB: 1}},
		Clusters: []dedup.Cluster{{Representative: 0, MinSimilarity: 1, MeanSimilarity: 1,
			Members: []dedup.Member{{Article: 1, Kind: dedup.Exact, Similarity: 1, Removable: true}}}},
		Problems: []corpus.Problem{{Path: "-", Line: 1, Kind: corpus.StrayText, Message: "stray"}},
		Summary:  dedup.Summary{Articles: 2, Empty: 1, Words: 2, Bytes: 1, Problems: 1, Exact: 1, Clusters: 1, DuplicateWords: 1, Bounded: 1},
	}
	const want = `Read 2 articles (1 without a word), 2 words, 1 byte from standard input; 1 problem.

Problems: 1 in the input
  -:1: stray

Summary
  exact       1 pair with the same words
  near        0 pairs sharing at least 80 % of all their shingles (5-word runs)
  contained   0 pairs with at least 80 % of the smaller in the larger
  clusters    1 cluster of 2 articles in all; 1 can be removed
  repeats     0 paragraphs
  duplicate   1 word of 2 (50 %), in removable articles and repeats within articles; paragraphs that articles share are not counted

Clusters: 1

  Cluster 1: 2 articles, 1 can be removed
  keep        a  -:1
  exact copy  b  -:3
              the same 1 word

Pairs to compare were chosen by sampling, which misses fewer than 1 in 1,000; every pair shown was compared exactly.
1 article had more look-alikes than it was compared with: pairs of it may be missing.

1 of 2 articles can be removed as a copy.
`
	if diff := cmp.Diff(want, render(t, "text", result, Options{})); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// TestTextIsHonest holds when the report says that it may have missed pairs.
func TestTextIsHonest(t *testing.T) {
	for _, test := range []struct {
		name  string
		set   func(*dedup.Result)
		notes int
	}{
		{"sampled", func(r *dedup.Result) { r.Summary.Bounded, r.Summary.RepeatsBounded = 0, 0 }, 1},
		{"sampled and bounded", func(*dedup.Result) {}, 3},
		{"exhaustive", func(r *dedup.Result) { r.Options.Exhaustive, r.Summary.Bounded, r.Summary.RepeatsBounded = true, 0, 0 }, 0},
		{"exact copies alone", func(r *dedup.Result) {
			r.Options.Kinds = []dedup.Kind{dedup.Exact}
			r.Summary.Bounded, r.Summary.RepeatsBounded = 0, 0
		}, 0},
		{"repeats alone", func(r *dedup.Result) {
			r.Options.Kinds = []dedup.Kind{dedup.Repeated}
			r.Summary.Bounded, r.Summary.RepeatsBounded = 0, 1
		}, 2},
		{"nothing found", func(r *dedup.Result) {
			*r = dedup.Result{Options: r.Options, Articles: r.Articles, Summary: dedup.Summary{Articles: len(r.Articles)}}
		}, 1},
	} {
		result := fixture()
		test.set(result)
		notes := len(linesWith(t, result, Options{}, "by sampling")) + len(linesWith(t, result, Options{}, "more look-alikes"))
		if notes != test.notes {
			t.Errorf("%s: %d notes, want %d", test.name, notes, test.notes)
		}
	}
}

// TestTextOfUnknownSources holds that a corpus without sources is not told of any.
func TestTextOfUnknownSources(t *testing.T) {
	result := fixture()
	for i := range result.Articles {
		result.Articles[i].Source = ""
	}
	if got := linesWith(t, result, Options{}, "across sources"); got != nil {
		t.Errorf("sources are named in %q", got)
	}
	if got := linesWith(t, result, Options{}, "Repeated in several articles"); len(got) != 1 {
		t.Errorf("headings: %q", got)
	}
}

// TestTextChains holds how the ways into a cluster are told.
func TestTextChains(t *testing.T) {
	p := &printer{Result: fixture()}
	p.Pairs = append(p.Pairs, dedup.Pair{Kind: dedup.Contained, A: fair, B: dunes, AInB: 0.1, BInA: 0.9})
	slices.SortFunc(p.Pairs, comparePlaces)
	for _, test := range []struct {
		keep  dedup.ArticleID
		chain []dedup.ArticleID
		want  string
	}{
		{harbour, nil, "joined through others to the one to keep"},
		{harbour, []dedup.ArticleID{harbourLate, harbourEdit, harbour},
			"82.4 % alike to gazette_edit.txt, which is 93.4 % alike to the one to keep"},
		{harbourFull, []dedup.ArticleID{harbourEcho, harbourEdit, harbourFull},
			"the same as gazette_edit.txt, which is 89.9 % contained in the one to keep"},
		{empty, []dedup.ArticleID{fair, dunes, empty}, "holding 90 % of كثبان.txt, which is joined to the one to keep"},
		{harbour, []dedup.ArticleID{harbourEcho, harbourEdit, harbourFull},
			"the same as gazette_edit.txt, which is 89.9 % contained in long_read.txt, and on to the one to keep"},
		{lantern, []dedup.ArticleID{fair, dunes, fair, dunes, fair, dunes, lantern},
			"holding 90 % of كثبان.txt, which is 90 % contained in courier_fair.txt, which is holding 90 % of كثبان.txt, " +
				"which is 90 % contained in courier_fair.txt, and so on for 2 steps more to the one to keep"},
	} {
		if diff := cmp.Diff(test.want, p.chain(test.keep, dedup.Member{Chain: test.chain})); diff != "" {
			t.Errorf("chain %v (-want +got):\n%s", test.chain, diff)
		}
	}
}

// TestTextContainment holds which of two articles is said to stand in the
// other: the member, if it does, even where more of the one to keep stands in it.
func TestTextContainment(t *testing.T) {
	for _, test := range []struct {
		aInB, bInA  float64
		label, said string
	}{
		{0.2, 0.9, "contained", "90 % of its shingles (90 of 100) stand in the one to keep"},
		{0.87, 0.83, "contained", "83 % of its shingles (90 of 100) stand in the one to keep"},
		{0.9, 0.2, "longer", "holds 90 % of the shingles of the one to keep (90 of 200), beside text of its own"},
	} {
		result := &dedup.Result{
			Options:  dedup.DefaultOptions(),
			Articles: make([]dedup.ArticleInfo, 2),
			Pairs:    []dedup.Pair{{Kind: dedup.Contained, A: 0, B: 1, AInB: test.aInB, BInA: test.bInA, Shared: 90, ShinglesA: 200, ShinglesB: 100}},
		}
		p := &printer{Result: result, firstOf: firstOf(result)}
		label, said := p.likeness(0, dedup.Member{Article: 1, Kind: dedup.Contained})
		if label != test.label || said != test.said {
			t.Errorf("%v and %v: %s, %s; want %s, %s", test.aInB, test.bInA, label, said, test.label, test.said)
		}
	}
}

// TestTextTellsEachPairOnce holds that the pairs under the clusters, the
// counted ones and the others are all pairs there are.
func TestTextTellsEachPairOnce(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 200 {
		result := dice.result()
		p := &printer{Result: result, clusterOf: result.ClusterOf(), firstOf: firstOf(result)}
		told := 0
		for _, inner := range p.innerPairs() {
			told += inner.untold
		}
		steps := p.toldSteps()
		for _, pair := range result.Pairs {
			cluster := p.sharedCluster(pair)
			if cluster < 0 || p.tells(cluster, pair) || steps[[2]dedup.ArticleID{pair.A, pair.B}] {
				told++
			}
		}
		if told != len(result.Pairs) {
			t.Fatalf("%d of %d pairs told, with -seed=%d", told, len(result.Pairs), seed)
		}
	}
}

// TestSharedTexts holds that a near repeat, and a repeat of a repeat, are told
// with the text that stood first.
func TestSharedTexts(t *testing.T) {
	place := func(article dedup.ArticleID, paragraph int) dedup.ParagraphPlace {
		return dedup.ParagraphPlace{Article: article, Paragraph: paragraph}
	}
	p := &printer{Result: &dedup.Result{Articles: make([]dedup.ArticleInfo, 5), Repeats: []dedup.Repeat{
		{Class: dedup.Within, At: place(0, 5), Of: place(0, 2), Fingerprint: 1},
		{Class: dedup.Across, At: place(1, 1), Of: place(0, 5), Fingerprint: 2},
		{Class: dedup.Source, At: place(2, 1), Of: place(0, 2), Fingerprint: 3},
		{Class: dedup.Across, At: place(3, 1), Of: place(2, 1), Similarity: 0.9, Fingerprint: 4},
		{Class: dedup.Across, At: place(4, 1), Of: place(2, 9), Fingerprint: 5},
	}}}
	first, second := place(0, 2), place(2, 9)
	want := []shared{{of: &first, repeats: []int32{1, 3}}, {of: &second, repeats: []int32{4}}}
	if diff := cmp.Diff(want, p.sharedTexts(dedup.Across), cmp.AllowUnexported(shared{})); diff != "" {
		t.Errorf("texts across sources (-want +got):\n%s", diff)
	}
}

// TestTextPointsToExhaustive holds that the way to miss nothing is told once,
// behind the last reason for missing something.
func TestTextPointsToExhaustive(t *testing.T) {
	opts := Options{Hints: Hints{Exhaustive: "Look at all"}}
	for _, test := range []struct {
		bounded, repeats int
		exhaustive       bool
		want             []string
	}{
		{0, 0, false, []string{samplingNote + " Look at all."}},
		{2, 0, false, []string{"2 articles had more look-alikes than they were compared with: pairs of them may be missing. Look at all."}},
		{1, 1, false, []string{"1 paragraph had more look-alikes than it was compared with: near repeats of it may be missing. Look at all."}},
		{0, 0, true, nil},
	} {
		result := fixture()
		result.Options.Exhaustive, result.Check = test.exhaustive, nil
		result.Summary.Bounded, result.Summary.RepeatsBounded = test.bounded, test.repeats
		if diff := cmp.Diff(test.want, linesWith(t, result, opts, "Look at all")); diff != "" {
			t.Errorf("%d and %d bounded (-want +got):\n%s", test.bounded, test.repeats, diff)
		}
	}
}

// TestTextOfRepeatsAlone holds that a report of repeats says nothing of
// articles to be removed, which were not looked for.
func TestTextOfRepeatsAlone(t *testing.T) {
	result := fixture()
	result.Options.Kinds = []dedup.Kind{dedup.Repeated}
	result.Pairs, result.Clusters = nil, nil
	result.Summary.Exact, result.Summary.Near, result.Summary.Contained, result.Summary.Clusters = 0, 0, 0, 0
	if got := linesWith(t, result, Options{}, "remov"); got != nil {
		t.Errorf("of removing: %q", got)
	}
	want := []string{"8 paragraphs repeat others of the same article."}
	if diff := cmp.Diff(want, linesWith(t, result, Options{}, "repeat others")); diff != "" {
		t.Errorf("closing (-want +got):\n%s", diff)
	}
	result.Summary.RepeatsWithin = 0
	if got := linesWith(t, result, Options{}, "No paragraph stands twice in one article."); len(got) != 1 {
		t.Errorf("closing without a repeat within an article: %q", got)
	}
}

// TestTextClusterFigures holds that an average is told of pairs that are alike
// as wholes, and not of an excerpt's.
func TestTextClusterFigures(t *testing.T) {
	result := fixture()
	cluster := &result.Clusters[0]
	cluster.MinSimilarity, cluster.MeanSimilarity = 0.85, 0.9
	const word = "alike on average"
	if got := linesWith(t, result, Options{}, word); got != nil {
		t.Errorf("of a cluster with excerpts: %q", got)
	}
	for i := range result.Pairs {
		if result.Pairs[i].Kind == dedup.Contained {
			result.Pairs[i].Kind = dedup.Near
		}
	}
	want := []string{"Cluster 1: 7 articles, from 2 sources, within 1 day, 4 can be removed; its pairs are 90 % alike on average, 85 % at least"}
	if diff := cmp.Diff(want, linesWith(t, result, Options{}, word)); diff != "" {
		t.Errorf("of near copies (-want +got):\n%s", diff)
	}
}

// TestTextFurtherPairs holds that neither a step of a chain nor a pair with the
// one to keep is counted again below a cluster.
func TestTextFurtherPairs(t *testing.T) {
	result := fixture()
	want := []string{"1 further pair among these articles"} // of the edition and the long read
	if diff := cmp.Diff(want, linesWith(t, result, Options{}, "further pair")); diff != "" {
		t.Errorf("further pairs (-want +got):\n%s", diff)
	}
	result.Pairs = slices.DeleteFunc(result.Pairs, func(p dedup.Pair) bool { return p.A == harbourEdit && p.B == harbourFull })
	if got := linesWith(t, result, Options{}, "further pair"); got != nil {
		t.Errorf("further pairs where all are told: %q", got)
	}
}

// TestTextShowsALeadOnce holds that a member whose first words are those of the
// article to keep does not show them again, however much the width leaves of them.
func TestTextShowsALeadOnce(t *testing.T) {
	result := manyFindings(3)
	result.Articles[1].Lead = result.Articles[0].Lead + " And so on."
	for width, want := range map[int]int{0: 2, 60: 1, 100: 1, 180: 2} {
		if got := len(linesWith(t, result, Options{Width: width}, "was late again")); got != want {
			t.Errorf("width %d: the lead is shown %d times, want %d", width, got, want)
		}
	}
}

// TestSharedTextsByReach holds that a paragraph leads a list by the words it
// makes up and not by its places alone.
func TestSharedTextsByReach(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: make([]dedup.ArticleInfo, 10)}
	add := func(at, of dedup.ArticleID, paragraph, words int, text string) {
		result.Repeats = append(result.Repeats, dedup.Repeat{Class: dedup.Across, Similarity: 1, Words: words, Text: text,
			At: dedup.ParagraphPlace{Article: at, Paragraph: paragraph}, Of: dedup.ParagraphPlace{Article: of, Paragraph: paragraph}})
	}
	for article := dedup.ArticleID(1); article < 10; article++ {
		add(article, 0, 1, 1, "Year")
		if article == 2 {
			add(article, 1, 2, 40, "The pilots of Osk")
		}
	}
	result.Summary.RepeatsAcross = len(result.Repeats)
	for limit, want := range map[int][]string{0: {"│ The pilots of Osk", "│ Year"}, 1: {"│ The pilots of Osk"}} {
		if diff := cmp.Diff(want, linesWith(t, result, Options{Limit: limit}, bar)); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
}

// TestPassagesInEachOther: of passages that lie in one another a list that is cut shows one.
func TestPassagesInEachOther(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: make([]dedup.ArticleInfo, 10)}
	add := func(text string, words, start, end int, articles ...dedup.ArticleID) {
		p := dedup.Passage{Words: words, Standings: len(articles), Text: text}
		for _, article := range articles {
			p.Places = append(p.Places, dedup.PassagePlace{Article: article, Line: 1, EndLine: 1, Start: start, End: end})
		}
		result.Passages = append(result.Passages, p)
	}
	add("The ferry of Lomm and more", 60, 100, 400, 3, 7)
	add("The ferry of Lomm", 30, 100, 250, 1, 3, 7)
	add("than half in it", 40, 240, 500, 3, 7)
	add("the lamp on the mole", 25, 380, 600, 3, 7)
	add("The same bytes elsewhere", 20, 100, 250, 2, 8)
	result.Summary.Passages = len(result.Passages)
	for limit, want := range map[int][]string{
		0: {"│ The ferry of Lomm and more", "│ The ferry of Lomm", "│ than half in it", "│ the lamp on the mole", "│ The same bytes elsewhere"},
		1: {"│ The ferry of Lomm and more"},
		4: {"│ The ferry of Lomm and more", "│ the lamp on the mole", "│ The same bytes elsewhere"},
	} {
		if diff := cmp.Diff(want, linesWith(t, result, Options{Limit: limit}, bar)); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
}

// TestLargest compares with sorting all.
func TestLargest(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 100 {
		sizes := make([]int, dice.IntN(5000))
		for i := range sizes {
			sizes[i] = dice.IntN(1 + dice.IntN(3000))
		}
		limit := 1 + dice.IntN(1500)
		want := make([]int, len(sizes))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int { return sizes[b] - sizes[a] })
		want = want[:min(limit, len(want))]
		if got := largest(len(sizes), limit, func(i int) int { return sizes[i] }); !slices.Equal(got, want) {
			t.Fatalf("the %d largest of %d differ, with -seed=%d", limit, len(sizes), seed)
		}
	}
}
