package html

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// readFile reads the file as a scan does.
func readFile(t testing.TB, text string) (articles []corpus.Article, problems []corpus.Problem) {
	t.Helper()
	stream := corpus.NewStream(strings.NewReader(text), 64<<20, func(p corpus.Problem) { problems = append(problems, p) })
	splitter, decode := Format().Open(stream)
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return articles, problems
		}
		if err != nil {
			t.Fatal(err)
		}
		article, ok, found := decode(new(corpus.Scratch), record, corpus.Origin{Name: "herald/a.html", Source: "herald"})
		if !ok {
			t.Fatalf("a page is refused: %v", found)
		}
		articles = append(articles, article)
		problems = append(problems, found...)
	}
}

const story = `<!DOCTYPE html>
<html lang="en-GB"><head><title>Ferry sails again | The Lindmouth Herald</title>
<meta property="og:title" content="Ferry sails &amp; sails again"><meta property="og:site_name" content="The Lindmouth Herald">
<meta property="article:published_time" content="2024-03-04T05:06:07+01:00"><link rel="canonical" href="https://www.herald.example/ferry">
</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<div class="cookie-banner">We use cookies to improve your visit. <button>Accept</button></div>
<main><article><h1>Ferry sails &amp; sails again</h1>
<div class="share"><a href="x">Share</a><a href="y">Mail</a></div>
<p>The ferry between Lindmouth and the
isle sails   again on Monday,&nbsp;the harbour master said, after nine days of storms, and two of fog.</p><p>&ldquo;Not a
day too soon&rdquo;, said a <b>crew</b><i>man</i>, who had spent them in the harbour, mending nets.<br>He would not give his name.</p>
<script>track("ferry")</script><style>p { color: red }</style>
<h2>What the captain says</h2>
<ul><li>The tide is what counts, not the timetable, and not the owners.</li><li>Fares stay as they are until the summer, when they rise by a tenth.</li></ul>
<table><tr><td>Monday</td><td>sails, weather permitting, at nine</td></tr></table>
<blockquote>We go when the tide lets us, and no sooner, whatever the timetable may say about it.</blockquote>
</article></main>
<aside><h2>Most read</h2><ol><li><a href="1">Cat rescued</a></li></ol></aside>
<footer><p>All rights reserved. <a href="/privacy">Privacy</a></p></footer></body></html>`

func TestPage(t *testing.T) {
	articles, problems := readFile(t, story)
	want := []corpus.Article{{
		Key: "herald/a.html", Source: "The Lindmouth Herald", BodyLine: 1,
		Meta: corpus.Meta{
			Title: "Ferry sails & sails again", URL: "https://www.herald.example/ferry", Language: "en-gb",
			Published: time.Date(2024, 3, 4, 4, 6, 7, 0, time.UTC),
		},
		Body: []byte(`The ferry between Lindmouth and the isle sails again on Monday, the harbour master said, after nine days of storms, and two of fog.
“Not a day too soon”, said a crewman, who had spent them in the harbour, mending nets.
He would not give his name.
What the captain says
The tide is what counts, not the timetable, and not the owners.
Fares stay as they are until the summer, when they rise by a tenth.
Monday sails, weather permitting, at nine
We go when the tide lets us, and no sooner, whatever the timetable may say about it.`),
	}}
	if diff := cmp.Diff(want, articles, cmp.Transformer("string", func(b []byte) string { return string(b) })); diff != "" || problems != nil {
		t.Errorf("problems %v (-want +got):\n%s", problems, diff)
	}
}

// TestShortAndBrokenPages holds that no text of them is lost.
func TestShortAndBrokenPages(t *testing.T) {
	deep := strings.Repeat("<div>", 100_000)
	tests := []struct{ name, page, want string }{
		{"nothing", "", ""},
		{"no text", "<html><body><img src=a></body></html>", ""},
		{"a fragment", "It <b>rained</b>.", "It rained."},
		{"hidden", "<p hidden>No</p><p style='display: none'>No</p><p aria-hidden=true>No</p><p>Yes", "Yes"},
		{"scripts", "<p>One<script>two</script><style>three</style><noscript>four</noscript><template>five</template>", "One"},
		{"a preformatted text", "<pre>one\n  two\n\nthree</pre>", "one\ntwo\nthree"},
		{"entities", "<p>a&lt;b&amp;c &#x263A; &nbsp; d", "a<b&c ☺ d"},
		{"too deep for a tree", deep + "<p>One</p>two<script>no</script><br>three &amp; four", "One\ntwo\nthree & four"},
		{"NUL bytes, too deep", deep + "o\x00ne", "one"},
		{"closed, too deep", deep + "One" + strings.Repeat("</div>", 100_000), "One"},
	}
	for _, test := range tests {
		page := Extract([]byte(test.page), "")
		if got := string(page.Body); got != test.want || page.broken != "" {
			t.Errorf("%s: got %q, want %q; %s", test.name, got, test.want, page.broken)
		}
	}
}

// TestVisible holds what is read of pages in which no article is found.
func TestVisible(t *testing.T) {
	for page, want := range map[string]string{
		"<nav>Menu</nav><a href=a>One</a> <a href=b>Two</a><footer>End</footer>": "One Two",
		"<header><h1>The Herald</h1></header><footer>End</footer>":               "The Herald\nEnd",
		"<aside hidden>No</aside><nav>Menu<button>Open</button></nav>":           "Menu",
		"<script>x</script>": "",
	} {
		tree, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(visible(tree)); got != want {
			t.Errorf("%s: got %q, want %q", page, got, want)
		}
	}
}

// TestLongLists holds that a page with more elements than are looked through
// is read all the same.
func TestLongLists(t *testing.T) {
	page := Extract([]byte("<nav>Menu</nav>"+strings.Repeat("<p>A tide, and another.</p>", maxElements)), "")
	if want := strings.Repeat("A tide, and another.\n", maxElements); string(page.Body)+"\n" != want {
		t.Errorf("%d bytes, want %d", len(page.Body), len(want)-1)
	}
}

func TestDescriptions(t *testing.T) {
	tests := []struct {
		name, head string
		want       corpus.Values
	}{
		{"nothing", "", corpus.Values{}},
		{"title element", "<title> The\n tide </title>", corpus.Values{corpus.Title: []byte("The tide")}},
		{"title of a picture", "<svg><title>Logo</title></svg><title>The tide</title>", corpus.Values{}}, // which ends the head
		{"og before title", "<title>a</title><meta property=og:title content=b>", corpus.Values{corpus.Title: []byte("b")}},
		{"first of two", "<meta name=og:title content=a><meta name=og:title content=b>", corpus.Values{corpus.Title: []byte("a")}},
		{"address that is none", "<link rel=canonical href=/a><meta property=og:url content='https://h.example/b'>", corpus.Values{corpus.URL: []byte("https://h.example/b")}},
		{"language", "<meta property=og:locale content=de_AT>", corpus.Values{corpus.Language: []byte("de_AT")}},
		{"language of a header", "<meta http-equiv=Content-Language content=de>", corpus.Values{corpus.Language: []byte("de")}},
		{"date", "<meta name=dcterms.issued content=2024-03-04>", corpus.Values{corpus.Published: []byte("2024-03-04")}},
		{"JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-04"}</script>`, corpus.Values{corpus.Published: []byte("2024-03-04")}},
		{"JSON-LD that is broken", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-04"</script>`, corpus.Values{}},
		{"time outside", "<body><time datetime=2020-01-01></time>", corpus.Values{}},
		{"time", "<body><article><time datetime=2024-03-04></time>", corpus.Values{corpus.Published: []byte("2024-03-04")}},
		{"time of the publication", "<body><article><time datetime=2020-01-01></time><time itemprop=datePublished datetime=2024-03-04>", corpus.Values{corpus.Published: []byte("2024-03-04")}},
	}
	for _, test := range tests {
		got := Extract([]byte("<html><head>"+test.head), "").Values
		if test.name == "title of a picture" {
			test.want[corpus.Title] = []byte("The tide")
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPublishedInJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"@graph":[{"@type":"WebPage","datePublished":"1"},{"@type":["Thing","ReportageNewsArticle"],"datePublished":"2"}]}`: "2",
		`[{"@type":"Person"},{"@type":"BlogPosting","datePublished":"3"}]`:                                                    "3",
		`{"@type":"WebPage","hasPart":{"@type":"Article","datePublished":"4"}}`:                                               "",
		`{"@type":"Article","datePublished":5}`:                                                                               "",
		`{"@type":7,"datePublished":"5"}`:                                                                                     "",
		strings.Repeat(`[`, 5000) + `"datePublished"` + strings.Repeat(`]`, 5000):                                             "",
	} {
		if got := publishedInJSON(text); got != want {
			t.Errorf("%.80s: %q, want %q", text, got, want)
		}
	}
}

func TestGuard(t *testing.T) {
	if got := guard(func() { panic("no such element") }); got != "no such element" {
		t.Errorf("panicked with %q", got)
	}
	if got := guard(func() {}); got != "" {
		t.Errorf("panicked with %q", got)
	}
	page := Page{broken: "no such element"}
	want := []corpus.Problem{{Line: 3, Offset: 40, Kind: corpus.BadRecord,
		Message: "no article could be told from the rest of the page, which is read whole: no such element"}}
	if diff := cmp.Diff(want, page.Problems(corpus.Record{Line: 3, Offset: 40})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
