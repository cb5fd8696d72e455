package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// withTexts gives the articles of a result texts, each after its lead, and returns
// options that fetch them.
func withTexts(result *dedup.Result, text func(id dedup.ArticleID) string) Options {
	opts := fixtureOptions()
	for i := range result.Articles {
		result.Articles[i].Bytes = len(text(dedup.ArticleID(i)))
	}
	opts.Article = func(id dedup.ArticleID) (corpus.Article, error) {
		return corpus.Article{Key: result.Articles[id].Key, Body: []byte(text(id))}, nil
	}
	return opts
}

// fixtureText is the text of an article of the fixture.
func fixtureText(result *dedup.Result) func(dedup.ArticleID) string {
	return func(id dedup.ArticleID) string {
		text := result.Articles[id].Lead + "\n\nThe harbour master said on Tuesday that nobody sails before the bell is rung.\n"
		if id != harbour {
			text += "The bell is in dock; \u202ea new one\u202c costs <b>forty</b> crowns.\r\n"
		}
		return text
	}
}

// blocks returns the blocks of JSON of a page by their names.
func blocks(t *testing.T, document string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	for _, block := range regexp.MustCompile(`(?s)<script type="application/json" id="([^"]*)">(.*?)</script>`).FindAllStringSubmatch(document, -1) {
		if !json.Valid([]byte(block[2])) {
			t.Fatalf("block %s is no JSON: %s", block[1], block[2])
		}
		found[block[1]] = block[2]
	}
	return found
}

// TestHTMLGolden holds all of a page but its style and its script, which stand in files
// of their own.
func TestHTMLGolden(t *testing.T) {
	nothing := &dedup.Result{Options: dedup.DefaultOptions(), Articles: fixtureArticles()[:3],
		Summary: dedup.Summary{Articles: 3, Words: 1_242, Bytes: 7_471}}
	full := fixture()
	opts := withTexts(full, fixtureText(fixture()))
	for _, test := range []struct {
		file   string
		result *dedup.Result
		opts   Options
	}{
		{"report.html", full, opts},
		{"gate.html", fixture(), reviewedOptions()},
		{"nothing.html", nothing, fixtureOptions()},
		{"void.html", &dedup.Result{Options: dedup.DefaultOptions()}, fixtureOptions()},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := render(t, "html", test.result, test.opts)
			if again := render(t, "html", test.result, test.opts); again != got {
				t.Error("the same result was written in two ways")
			}
			got = regexp.MustCompile(`(?s)<style>.*</style>`).ReplaceAllString(got, "<style></style>")
			got = regexp.MustCompile(`(?s)<script>.*</script>`).ReplaceAllString(got, "<script></script>")
			got = regexp.MustCompile(`sha256-(?:[\w/=]|&#43;)*`).ReplaceAllString(got, "sha256-")
			checkGolden(t, test.file, got)
		})
	}
}

// TestHTMLOfRandomResults holds that whatever a corpus says, the page is a page: its
// blocks are JSON, and nothing of it controls or deceives.
func TestHTMLOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 200 {
		result := dice.result()
		texts := make([]string, len(result.Articles))
		for i := range texts {
			texts[i] = strings.Repeat(dice.text()+" the ferry waits outside the mole ", 3)
		}
		opts := withTexts(result, func(id dedup.ArticleID) string { return texts[id] })
		document := render(t, "html", result, opts)
		checkHarmless(t, document, Options{})
		found := blocks(t, document)
		h := newHTML(result, opts)
		for _, finding := range h.opening() {
			if name := finding.lay(finding.at).name; finding.articles > 1 && found["beside-"+name] == "" {
				t.Fatalf("%s has no block, with -seed=%d", name, seed)
			}
		}
	}
}

func TestHTMLOfExtremes(t *testing.T) {
	for name, result := range extremes() {
		t.Run(name, func(t *testing.T) { blocks(t, render(t, "html", result, Options{})) })
	}
}

// TestShownText holds the offsets against what is shown of each beginning of a text on
// its own.
func TestShownText(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 500 {
		body := []byte(strings.ReplaceAll(dice.text()+dice.text(), "\r\n", "\n"))
		whole, _ := shownText(body, nil)
		var offsets []int
		for at := range string(body) {
			offsets = append(offsets, at)
		}
		offsets = append(offsets, len(body))
		_, units := shownText(body, offsets)
		for i, at := range offsets {
			before, _ := shownText(body[:at], nil)
			if want := len(utf16.Encode([]rune(before))); units[i] != want || !strings.HasPrefix(whole, before) {
				t.Fatalf("byte %d of %q is unit %d, want %d, with -seed=%d", at, body, units[i], want, seed)
			}
		}
	}
	if text, units := shownText([]byte("a\r\nb"), []int{1, 3, 4}); text != "a\nb" || !cmp.Equal(units, []int{1, 2, 3}) {
		t.Errorf("CRLF is shown as %q at %d", text, units)
	}
}

// TestTextBlocks holds what is marked: what two articles share, by their own texts.
func TestTextBlocks(t *testing.T) {
	result := fixture()
	texts := fixtureText(fixture())
	opts := withTexts(result, texts)
	fetch := opts.Article
	opts.Article = func(id dedup.ArticleID) (corpus.Article, error) {
		switch id {
		case harbourBrief:
			return corpus.Article{}, errors.New("gone")
		case harbourEcho:
			return corpus.Article{Body: []byte("another text by now")}, nil
		}
		return fetch(id)
	}
	found := blocks(t, render(t, "html", result, opts))
	block := readRuns(t, found["beside-cluster-1"])
	var kinds []string
	for i, article := range block.Articles {
		kinds = append(kinds, fmt.Sprintf("%T against %d", readText(t, found, article), block.Against[i]))
	}
	// The late edition is laid beside the edit that joins it.
	want := []string{"string against 0", "string against 0", "string against 0", "<nil> against 0", "<nil> against 0", "string against 0", "string against 2"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	marked := markedIn(t, found, &block, 1)
	if len(marked) != 1 || !strings.HasPrefix(marked[0].one, "Storm shuts Velmora") || !strings.HasSuffix(marked[0].one, "before the bell is rung") || marked[0].one != marked[0].other {
		t.Errorf("the copy shares %v", marked)
	}
}

func readRuns(t *testing.T, text string) (block runBlock) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &block); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return block
}

// readText returns a text of a page, nil for one that could not be read again.
func readText(t *testing.T, found map[string]string, article int) any {
	t.Helper()
	for range 10 {
		var text any
		if err := json.Unmarshal([]byte(found[fmt.Sprintf("text-%d", article)]), &text); err != nil {
			t.Fatalf("text of article %d: %v", article, err)
		}
		equal, is := text.(float64)
		if !is {
			return text
		}
		article = int(equal)
	}
	t.Fatalf("the text of article %d is that of another without end", article)
	return nil
}

// A markedRun is what is marked in the two texts, and whether as a quote.
type markedRun struct {
	one, other string
	quoted     bool
}

// markedIn returns what is marked of an article of a block.
func markedIn(t *testing.T, found map[string]string, block *runBlock, at int) (marked []markedRun) {
	t.Helper()
	part := func(at, start, end int) string {
		return string(utf16.Decode(utf16.Encode([]rune(readText(t, found, block.Articles[at]).(string)))[start:end]))
	}
	for runs := block.Runs[at]; len(runs) > 0; runs = runs[5:] {
		marked = append(marked, markedRun{part(block.Against[at], runs[0], runs[1]), part(at, runs[2], runs[3]), runs[4] == 1})
	}
	return marked
}

// TestStoryBlocks holds what is marked of a story: passages that an explanation lists, and
// shorter ones that are quotes; and which article stands first.
func TestStoryBlocks(t *testing.T) {
	const quote, said, passage = "We had the light in sight", "said the pilot of the lifeboat", "nine ferries waited outside the mole for the sea to fall"
	texts := map[dedup.ArticleID]string{
		harbour:     "“" + quote + ",” " + said + ". On Tuesday " + passage + ".",
		harbourEdit: "Eleven are safe. “" + quote + ",” her master told them; all " + said + ".",
		fair:        "Since Monday " + passage + " again.\nNobody " + said + " went out.",
	}
	result := fixture()
	opts := withTexts(result, func(id dedup.ArticleID) string { return texts[id] })
	result.Clusters, result.Pairs = nil, nil
	found := blocks(t, render(t, "html", result, opts))
	block := readRuns(t, found["beside-story-1"])
	if diff := cmp.Diff([]int{0, 0, 0}, block.Against); diff != "" {
		t.Errorf("laid beside (-want +got):\n%s", diff)
	}
	for at, want := range [][]markedRun{nil, {{quote, quote, true}}, {{passage, passage, false}}} {
		if diff := cmp.Diff(want, markedIn(t, found, &block, at), cmp.AllowUnexported(markedRun{})); diff != "" {
			t.Errorf("marked of %d (-want +got):\n%s", at, diff)
		}
	}

	story := &result.Stories[0]
	h := newHTML(result, opts)
	firsts := []int{h.firstOfStory(story)}
	story.Members[0].Article = ferry // of no known time
	firsts = append(firsts, h.firstOfStory(story))
	story.Members[1].Fit = 0.7
	firsts = append(firsts, h.firstOfStory(story))
	if diff := cmp.Diff([]int{0, 0, 1}, firsts); diff != "" {
		t.Errorf("which stands first (-want +got):\n%s", diff)
	}
	if ids := h.layStory(0).ids; !cmp.Equal(ids, []dedup.ArticleID{harbourEdit, ferry, fair}) {
		t.Errorf("laid out: %d", ids)
	}
}

// TestStoryJoins holds beside which article each of a story is laid: the first, unless a
// quote or passage that is marked is shared with another alone.
func TestStoryJoins(t *testing.T) {
	result := &dedup.Result{Articles: make([]dedup.ArticleInfo, 6), Stories: []dedup.Story{{Members: make([]dedup.StoryMember, 6)}}}
	story := &result.Stories[0]
	for id := range story.Members {
		story.Members[id].Article = dedup.ArticleID(id)
	}
	story.Evidence = []dedup.StoryEvidence{
		{Kind: dedup.SharedQuote, Words: 4, Members: []dedup.ArticleID{1, 2, 3}},
		{Kind: dedup.SharedQuote, Words: 4, Members: []dedup.ArticleID{2, 4}},
		{Kind: dedup.SharedPassage, Words: dedup.DefaultRun, Members: []dedup.ArticleID{0, 3}},
		{Kind: dedup.SharedPassage, Words: dedup.DefaultRun - 1, Members: []dedup.ArticleID{4, 5}},
		{Kind: dedup.SharedNumber, Words: 9, Members: []dedup.ArticleID{4, 5}},
	}
	got := newHTML(result, Options{}).layStory(0).beside
	if diff := cmp.Diff(map[dedup.ArticleID]dedup.ArticleID{1: 2, 2: 1, 3: 0, 4: 2}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTextsAreHeldOnce holds that an article of several findings has one text on the page,
// and that pairs open which no cluster holds.
func TestTextsAreHeldOnce(t *testing.T) {
	result := fixture()
	document := render(t, "html", result, withTexts(result, fixtureText(fixture())))
	found := blocks(t, document)
	for _, name := range []string{"cluster-1", "cluster-2", "story-1", "story-2", "pair-8", "pair-9"} {
		if found["beside-"+name] == "" {
			t.Errorf("%s does not open", name)
		}
	}
	if found["beside-pair-1"] != "" {
		t.Error("a pair of a cluster opens by itself")
	}
	for name := range found {
		if n := strings.Count(document, `id="`+name+`"`); n != 1 {
			t.Errorf("block %s is there %d times", name, n)
		}
	}
}

// TestMarking holds that a run is kept where it marks something that no longer one does.
func TestMarking(t *testing.T) {
	run := func(words, a, b int) dedup.Run {
		return dedup.Run{Words: words, A: dedup.Range{Start: a, End: a + words}, B: dedup.Range{Start: b, End: b + words}}
	}
	runs := []dedup.Run{
		run(10, 0, 0),
		run(5, 0, 5),   // inside the first on both sides
		run(5, 5, 20),  // inside on one side: the paragraph stands again in the other
		run(12, 9, 8),  // longer, across the end of the first
		run(6, 12, 12), // inside that one
	}
	want := []dedup.Run{runs[0], runs[2], runs[3]}
	if diff := cmp.Diff(want, marking(runs, 30, 30)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text := strings.Repeat("The ferry waits outside the mole since the sea stands too high. ", 200)
	result := manyFindings(3)
	opts := withTexts(result, func(dedup.ArticleID) string { return text })
	if block := blocks(t, render(t, "html", result, opts))["beside-cluster-1"]; !strings.Contains(block, fmt.Sprintf(`"runs":[[],[0,%d,0,%d,0]]`, len(text)-2, len(text)-2)) {
		t.Errorf("a text that repeats itself is marked by %s", block[len(block)-200:])
	}
}

// TestChosenTexts holds that texts are bounded and that the page says so.
func TestChosenTexts(t *testing.T) {
	result := manyFindings(60_000)
	for i := range result.Articles {
		result.Articles[i].Bytes = 2_000
	}
	result.Articles[0].Bytes = htmlArticleBytes + 1
	large := &result.Clusters[7]
	for i := 30_000; i < 30_100; i++ {
		large.Members = append(large.Members, dedup.Member{Article: dedup.ArticleID(i), Kind: dedup.Near})
	}
	h := newHTML(result, Options{Article: func(dedup.ArticleID) (corpus.Article, error) { return corpus.Article{}, nil }})
	size, shown := 0, make(map[string]int)
	for _, of := range h.shown.of {
		shown[of.name] = len(of.ids)
		for _, id := range of.ids {
			size += result.Articles[id].Bytes
		}
	}
	if size > htmlTextBytes || size < htmlTextBytes*9/10 || shown["cluster-8"] != htmlTexts || shown["cluster-1"] != 0 {
		t.Errorf("%d bytes; %d of the large cluster, %d of the long one", size, shown["cluster-8"], shown["cluster-1"])
	}
	const want = "Of 40,000 articles in clusters, stories and pairs, this file holds the texts of 13,106. Of a large cluster or story those of the first 24 are there." +
		" All texts together are at most 26.2 MB, those of the largest clusters and stories first. An article longer than 262.1 kB is not shown, nor what is compared with it."
	if diff := cmp.Diff(want, h.shown.said()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLeftOut holds that the page says which findings it does not list.
func TestLeftOut(t *testing.T) {
	result := manyFindings(3 * (htmlFindings + 1))
	for i := range result.Repeats {
		result.Repeats[i].Of.Article = result.Repeats[i].At.Article - 1 // a text of its own each
	}
	h := newHTML(result, Options{})
	want := []string{
		"Of 100,001 clusters this page lists the largest 100,000.", "Of 100,001 pairs this page lists the first 100,000.",
		"Of 100,001 repeated paragraphs this page lists the widest 100,000.",
	}
	if diff := cmp.Diff(want, h.notListed()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestFlows holds who is named first: the earlier one where both times are known.
func TestFlows(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions()}
	add := func(source string, hour int) dedup.ArticleID {
		article := dedup.ArticleInfo{Source: source}
		if hour > 0 {
			article.Meta = &corpus.Meta{Published: time.Date(2031, 10, 7, hour, 0, 0, 0, time.UTC)}
		}
		result.Articles = append(result.Articles, article)
		return dedup.ArticleID(len(result.Articles) - 1)
	}
	pair := func(kind dedup.Kind, a, b dedup.ArticleID) {
		result.Pairs = append(result.Pairs, dedup.Pair{Kind: kind, A: a, B: b})
	}
	pair(dedup.Exact, add("Gazette", 9), add("Courier", 6))
	pair(dedup.Near, add("Courier", 1), add("Gazette", 2))
	pair(dedup.Near, add("Gazette", 1), add("Courier", 2))
	pair(dedup.Near, add("Gazette", 0), add("Courier", 2))
	pair(dedup.Near, add("Gazette", 2), add("Courier", 2))
	pair(dedup.Near, add("Courier", 2), add("Courier", 3))
	pair(dedup.Near, add("", 2), add("Courier", 3))
	pair(dedup.Template, add("Gazette", 2), add("Courier", 3))
	h := newHTML(result, Options{})
	rows, note := h.flows()
	want := []page.Flow{
		{From: "Courier", To: "Gazette", Known: true, Pairs: "2", Exact: "1", Later: "3 hours"},
		{From: "Courier", To: "Gazette", Pairs: "2", Exact: "0"},
		{From: "Gazette", To: "Courier", Known: true, Pairs: "1", Exact: "0", Later: "1 hour"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "1 pair is of articles of one source; of 1 pair the source of at least one article is unknown; 1 template is not counted."; note != want {
		t.Errorf("the note is %q, want %q", note, want)
	}
}

// TestArticleTitle holds what an article without a title is called: a line, with those
// behind it where it is a byline.
func TestArticleTitle(t *testing.T) {
	long := "The harbour master kept the great chain across the mole on Tuesday"
	for _, test := range []struct{ title, lead, want string }{
		{"", "", ""},
		{" Storm\nshuts harbour ", long, "Storm shuts harbour"},
		{"", "\n \n" + long + "\nNine ferries waited.", long},
		{"", "By Ilse Maron\n\n\tHarbour Courier\r\n" + long + "\nNine ferries waited.", "By Ilse Maron · Harbour Courier · " + long},
		{"", "By Ilse Maron", "By Ilse Maron"},
		{"", "By Ilse Maron\n \n…", "By Ilse Maron"},
		{"", "灯籠流し\n" + strings.Repeat("灯", 30) + "\n嵐", "灯籠流し · " + strings.Repeat("灯", 30)},
		{"", strings.Repeat("ferry ", 40), strings.Repeat("ferry ", 19) + "ferry…"},
	} {
		article := &dedup.ArticleInfo{Lead: test.lead}
		if test.title != "" {
			article.Meta = &corpus.Meta{Title: test.title}
		}
		if got := articleTitle(article); got != test.want {
			t.Errorf("%q, %q: %q, want %q", test.title, test.lead, got, test.want)
		}
	}
}

// TestWords holds that labels are explained where a pair has one, and only there.
func TestWords(t *testing.T) {
	result := &dedup.Result{Articles: make([]dedup.ArticleInfo, 1), Pairs: []dedup.Pair{
		{Kind: dedup.Contained, Label: dedup.FurnitureAround}, {Kind: dedup.Near, Label: dedup.LightEdit}, {Kind: dedup.Exact, Label: dedup.IdenticalCopy},
	}}
	terms := func() (terms []string) {
		for _, word := range newHTML(result, Options{}).words() {
			terms = append(terms, word.Term)
		}
		return terms
	}
	if diff := cmp.Diff([]string{"Light edit", "Furniture around a copy"}, terms()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	result.Options.Passages = 25
	for _, label := range []dedup.Label{dedup.CutVersion, dedup.ExtendedVersion, dedup.TemplateOf, dedup.IdenticalCopy} {
		result.Pairs = append(result.Pairs, dedup.Pair{Kind: dedup.Near, Label: label})
	}
	want := []string{"Identical copy", "Light edit", "Cut version", "Extended version", "Furniture around a copy", "Template", "Shared passage"}
	if diff := cmp.Diff(want, terms()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSharers holds the order of the articles of which something stands elsewhere.
func TestSharers(t *testing.T) {
	result := &dedup.Result{Articles: make([]dedup.ArticleInfo, 5)}
	for id, words := range map[int]int{0: 10, 2: 50, 3: 0, 4: 50} {
		result.Articles[id] = dedup.ArticleInfo{Words: 100, Elsewhere: &dedup.Elsewhere{Words: words}}
	}
	result.Articles[3] = dedup.ArticleInfo{Words: 30, Elsewhere: &dedup.Elsewhere{Words: 30}}
	if ids, all := sharers(result); !cmp.Equal(ids, []dedup.ArticleID{3, 2, 4, 0}) || all != 4 {
		t.Errorf("%d of %d", ids, all)
	}
}
