package report

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/chromium"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// pageFile writes a page to a file.
func pageFile(t *testing.T, result *dedup.Result, opts Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	if err := Write(out, "html", result, opts); err != nil {
		t.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// hostileWords try to become markup, a script, an address that runs one, and to end
// what they stand in.
const hostileWords = `</script><script>hacked=1</script><img src="https://evil.test/a.png" onerror="hacked=1"><a href="javascript:hacked=1">` +
	"'\"`${hacked=1}\u2028\x00\x1b[2J\u202egpj\xff<!--]]>"

// hostileFixture is the fixture with such words wherever a corpus can put some.
func hostileFixture() *dedup.Result {
	result := fixture()
	for i := range result.Articles {
		article := &result.Articles[i]
		article.Key, article.Path, article.Lead = hostileWords+article.Key, hostileWords, hostileWords+article.Lead
		if article.Source != "" {
			article.Source = hostileWords + article.Source
		}
		if article.Meta != nil {
			article.Meta.Title, article.Meta.URL = hostileWords, "https://evil.test/"+hostileWords
		}
	}
	for i := range result.Repeats {
		result.Repeats[i].Text = hostileWords + result.Repeats[i].Text
	}
	for i := range result.Stories {
		for j := range result.Stories[i].Evidence {
			result.Stories[i].Evidence[j].Text = hostileWords
		}
	}
	for i := range result.Problems {
		result.Problems[i].Path, result.Problems[i].Message = hostileWords, hostileWords
	}
	for i := range result.Pairs {
		if result.Pairs[i].Kind != dedup.Exact {
			result.Pairs[i].Label = dedup.LightEdit
			result.Pairs[i].Difference = &dedup.Difference{Same: 390, Replaced: 4, Inserted: 2, Deleted: 1, Listed: true,
				Changes: []dedup.Change{{Kind: dedup.WordChange, A: hostileWords, B: "storm"}}}
		}
	}
	result.Options.Passages = 25
	result.Passages = []dedup.Passage{{Words: 31, Text: hostileWords, Standings: 60, Places: []dedup.PassagePlace{
		{Article: harbour, Line: 7, EndLine: 9}, {Article: fair, Line: 302, EndLine: 302, Quoted: true}}}}
	result.Articles[fair].Elsewhere = &dedup.Elsewhere{Words: 320, Partner: harbour, PartnerWords: 160}
	result.Articles[ferry].Elsewhere = &dedup.Elsewhere{Words: 35, Partner: ferry}
	return result
}

// TestInBrowser uses the page as a reader does: he searches, filters, turns to another
// list, opens a cluster, walks through its passages and goes back, by keyboard. Nothing
// is asked for, nothing of the corpus is run, and the console stays empty.
func TestInBrowser(t *testing.T) {
	result := hostileFixture()
	text := func(id dedup.ArticleID) string {
		return hostileWords + "\n" + fixtureText(fixture())(id) + fmt.Sprintf("\n\nPilot%d: “The light is out again,” said%d.\n", id, id)
	}
	path := pageFile(t, result, withTexts(result, text))
	b := chromium.Start(t)
	b.Resize(1280, 900)
	b.Open(path)
	is := func(what, expression string, want any) {
		t.Helper()
		var got any
		b.Eval(expression, &got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", what, expression, diff)
		}
	}
	const drawn = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.getElementById("count").textContent))))`
	const later = `new Promise(done => setTimeout(() => done(%s), 100))`
	set := func(id, value string) string {
		return fmt.Sprintf(`(() => { const field = document.getElementById(%q); field.value = %q; field.dispatchEvent(new Event("input", {bubbles: true})); return %s })()`, id, value, drawn)
	}
	is("the start", drawn, "2 clusters")
	is("the tabs", `[...document.querySelectorAll("[role=tab]")].map(tab => tab.textContent)`,
		[]any{"Clusters (2)", "Pairs (10)", "Repeated paragraphs (8)", "Shared passages (1)", "Articles by what they share (4)", "Stories in other words (2)"})

	is("a search", set("search", "灯籠"), "1 of 2 clusters")
	is("a search in vain", set("search", "zeppelin"), "None of 2 clusters fits. Clear the filters to see all.")
	is("no search", set("search", ""), "2 clusters")
	b.Eval(`document.getElementById("tab-clusters").focus()`, nil)
	b.Press("ArrowRight")
	is("the next tab", drawn, "10 pairs")
	is("its tab", `document.activeElement.id + document.activeElement.getAttribute("aria-selected")`, "tab-pairstrue")
	is("a kind", set("kind", "near"), "3 of 10 pairs")
	is("and a share", set("least", "95"), "1 of 10 pairs")
	b.Eval(`document.querySelector("#filters button").click()`, nil)
	is("all again", fmt.Sprintf(later, `document.getElementById("count").textContent`), "10 pairs")
	is("different sources", set("relation", "across"), "3 of 10 pairs")
	is("a table with heads", `[...document.querySelectorAll("#list th")].map(th => th.scope + " " + th.textContent)`,
		[]any{"col How alike", "col First article", "col Second article"})
	b.Eval(`document.getElementById("filters").reset()`, nil)
	b.Eval(`document.getElementById("tab-passages").click()`, nil)
	is("passages", `document.querySelector("#list p").textContent`, "31 words · 60 places · reach 1,860 words · quoted")
	b.Eval(`document.getElementById("tab-stories").click()`, nil)
	is("stories", drawn, "2 stories")
	is("the articles of a story", `[...document.querySelectorAll("#list li:first-child .places li > div:last-child")].map(div => div.textContent.split(" · ").slice(-3).join(" · "))`,
		[]any{"fit 0.65 · the first · stands for 2 copies", "418 words · fit 0.61 · 1 day later", "640 words · fit 0.31 · fits weakly"})
	is("its evidence", `[...document.querySelectorAll("#list > ol > li:first-child > p")].map(p => p.textContent.replace(/<.*>/s, "…"))`,
		[]any{"3 articles · 2 sources · score 0.57 · same story; 2 of them share quotes or passages", "quote of 12 words in …gazette_edit.txt",
			"passage of 7 words in all", "Numbers: … (2)", "Names: …", "Words that the score is made of: … 0 %"})
	is("stories of one source", set("kind", "source"), "1 of 2 stories")
	is("and a score", set("least", "50"), "None of 2 stories fits. Clear the filters to see all.")
	b.Eval(`document.getElementById("filters").reset()`, nil)
	is("all stories again", fmt.Sprintf(later, `document.getElementById("count").textContent`), "2 stories")

	b.Eval(`document.querySelector("#list button").focus()`, nil)
	b.Press("Enter")
	is("a story", `document.getElementById("opened").open && document.getElementById("opened-title").textContent + location.hash`, "Story of 3 articles#story-1")
	is("its articles", `[...document.querySelectorAll(".members li")].map(li => li.textContent.includes("The earliest") + " " + (li.querySelector("button")?.getAttribute("aria-pressed") ?? "first"))`,
		[]any{"true first", "false true", "false false"})
	is("what both have", `[...document.querySelectorAll("#beside > p strong")].map(kind => kind.textContent)`,
		[]any{"short passages", "numbers", "names", "words that the score is made of"})
	is("the marks of a story", `[...document.querySelectorAll(".text")].map(text => [...text.querySelectorAll("mark")].map(mark => mark.className + ": " + mark.textContent).filter(mark => mark.includes("light")).join())`,
		[]any{"quoted: The light is out again", "quoted: The light is out again"})
	b.Press("ArrowDown")
	is("another article of it", `document.activeElement.dataset.member + document.activeElement.getAttribute("aria-pressed")`, "1true")
	b.Press("p")
	is("its last passage, which is a quote", `document.getElementById("run").textContent.replace(/\d+/g, "N") + document.querySelectorAll("mark.current.quoted").length`, "Passage N of N, a quote2")
	b.Eval(`[...document.querySelectorAll(".bar button")].find(button => button.textContent.startsWith("Next")).click()`, nil)
	is("the next story", `document.getElementById("opened-title").textContent + location.hash`, "Story of 2 articles#story-2")
	b.Press("Escape")
	is("closed again", fmt.Sprintf(later, `!document.getElementById("opened").open && document.activeElement.closest("#list") !== null && location.hash`), "")

	b.Eval(`location.hash = "#cluster-2"`, nil)
	is("an address that is typed", fmt.Sprintf(later, `document.getElementById("opened-title").textContent + " " + document.querySelector("[role=tab][aria-selected=true]").id`), "Cluster of 2 articles tab-clusters")
	b.Eval(`location.hash = "#story-9"`, nil)
	is("one that names nothing", fmt.Sprintf(later, `document.getElementById("opened").open`), false)
	b.Eval(`location.hash = "#pair-9"`, nil)
	is("a template", fmt.Sprintf(later, `document.getElementById("opened-title").textContent + document.querySelectorAll(".text").length`), "Two articles2")
	b.Press("Escape")
	b.Eval(`document.querySelector("#list button.plain").click()`, nil)
	is("opened by hand", fmt.Sprintf(later, `document.getElementById("opened").open && location.hash !== "#pair-9"`), true)
	b.Eval(`history.back()`, nil)
	is("the way back closes", fmt.Sprintf(later, `!document.getElementById("opened").open && location.hash`), "")
	b.Eval(`document.getElementById("tab-elsewhere").click()`, nil)
	is("shares elsewhere", `[...document.querySelectorAll("#list li p:first-of-type")].map(p => p.textContent.replace(/ in .*/, " in"))`,
		[]any{"81.9 % of its words (353 of 431) also stand in", "50 % of its words (320 of 640) also stand in",
			"33.3 % of its words (30 of 90) also stand in", "10 % of its words (35 of 350) also stand in"})
	is("shares of half", set("kind", "half"), "2 of 4 articles")

	b.Eval(`document.getElementById("tab-clusters").click(); document.querySelector("#list button").focus()`, nil)
	b.Press("Enter")
	is("a cluster", `document.getElementById("opened").open && document.getElementById("opened-title").textContent`, "Cluster of 7 articles")
	is("its address", `location.hash`, "#cluster-1")
	is("what is marked", `[...document.querySelectorAll(".text")].map(text => text.querySelectorAll("mark").length > 0)`, []any{true, true})
	b.Press("n")
	is("a passage", `document.getElementById("run").textContent.split(" of ")[0] + document.querySelectorAll("mark.current").length % 2`, "Passage 10")
	is("the marked words are the same", `new Set([...document.querySelectorAll(".text")].map(text => [...text.querySelectorAll("mark.current")].map(mark => mark.textContent).join(""))).size`, 1.0)
	b.Press("ArrowDown")
	is("the next member", `document.activeElement.dataset.member + document.activeElement.getAttribute("aria-pressed")`, "1true")
	is("what differs", `document.querySelector(".changes td:nth-child(2)").textContent.includes("<img") && document.querySelector("#beside summary").textContent`,
		"Word by word: 390 words in both in one order; 4 words replaced; 1 only in the one to keep, 2 only in the other.")
	b.Press("Escape")
	is("closed", fmt.Sprintf(later, `!document.getElementById("opened").open && document.activeElement.closest("#list") !== null && location.hash`), "")

	b.Eval(`(() => { const open = document.querySelector("#list button"); open.click(); document.getElementById("opened").close(); open.click() })()`, nil)
	is("opened, closed and opened at once", fmt.Sprintf(later, `document.getElementById("opened").open && document.querySelectorAll(".text").length`), 2.0)
	b.Press("Escape")

	b.Resize(400, 800)
	is("a narrow window", `document.documentElement.scrollWidth`, 400.0)
	b.Eval(`document.querySelector("#list button").click()`, nil)
	is("a cluster in it", `document.querySelector(".inside").scrollWidth <= 400`, true)
	b.Press("Escape")
	background := `getComputedStyle(document.body).backgroundColor`
	b.Prefer("light")
	is("light", background, "rgb(253, 253, 251)")
	b.Prefer("dark")
	is("dark", background, "rgb(22, 22, 24)")
	b.Eval(`document.getElementById("theme").click()`, nil)
	is("light by hand", background, "rgb(253, 253, 251)")

	b.Media("print")
	is("on paper", `["filters", "tabs"].map(id => getComputedStyle(document.getElementById(id)).display).join() + `+background, "none,nonergb(253, 253, 251)")
	b.Media("screen")

	is("nothing was run", `typeof hacked`, "undefined")
	is("no picture, and no address but those of the web", `document.querySelectorAll("img").length + [...document.links].filter(a => !/^(file|https?):$/.test(a.protocol)).length`, 0.0)
	is("every field has a label", `[...document.querySelectorAll("input, select")].filter(field => !field.labels.length).length`, 0.0)

	b.WithoutScript(true)
	b.Open(path)
	b.WithoutScript(false) // what was loaded without it stays as it is
	is("without script", `document.querySelector("noscript").textContent.includes("turned off") && document.getElementById("app").hidden && document.querySelector(".tallies").textContent.includes("clusters of 9 articles")`, true)
	checkSilent(t, b, path)
}

// checkSilent holds that only the file itself was asked for, and that the browser had
// nothing to complain of.
func checkSilent(t *testing.T, b *chromium.Browser, path string) {
	t.Helper()
	for _, request := range b.Requests() {
		if !strings.HasPrefix(request, "file://"+path) {
			t.Errorf("requested: %s", request)
		}
	}
	for _, said := range b.Said() {
		t.Errorf("the console says: %s", said)
	}
}

// TestLargePageInBrowser holds that a page of 50,000 findings is filtered to the right ones. How
// long each step takes it tells, and leaves to the reader: machines differ.
func TestLargePageInBrowser(t *testing.T) {
	result := manyFindings(50_000)
	for i := range result.Articles {
		result.Articles[i].Source = fmt.Sprintf("Outlet %d", i%60)
	}
	opts := withTexts(result, func(id dedup.ArticleID) string {
		return strings.Repeat(result.Articles[id].Lead+"\n", 12)
	})
	path := pageFile(t, result, opts)
	b := chromium.Start(t)
	b.Resize(1280, 900)
	b.Open(path)
	var took map[string]float64
	b.Eval(`(async () => {
		const frame = () => new Promise(requestAnimationFrame), took = {};
		const timed = async (name, id, value) => {
			const field = document.getElementById(id), begun = performance.now();
			field.value = value;
			field.dispatchEvent(new Event("input", {bubbles: true}));
			await frame(); await frame();
			took[name] = performance.now() - begun;
		};
		await timed("first search", "search", "ferry 16");
		await timed("second search", "search", "ferry 166");
		await timed("no search", "search", "");
		await timed("kind", "kind", "near");
		await timed("source", "source", "7");
		await timed("relation", "relation", "across");
		await timed("share", "least", "50");
		await timed("order", "order", "1");
		took.loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
		took.painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
		took.megabytes = performance.memory.usedJSHeapSize / 1e6;
		return took;
	})()`, &took)
	t.Logf("milliseconds: %v", took)
	var shown string
	b.Eval(`document.getElementById("count").textContent`, &shown)
	if want := "556 of 16,666 clusters; 1–25 are shown"; shown != want {
		t.Errorf("shown: %q, want %q", shown, want)
	}
	checkSilent(t, b, path)
}
