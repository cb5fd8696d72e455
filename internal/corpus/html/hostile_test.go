package html

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const paragraph = "<p>The ferry between Lindmouth and the isle sails again on Monday, the harbour master said, after days, and days, of storms.</p>"

// fill repeats the piece to about n bytes.
func fill(piece string, n int) string { return strings.Repeat(piece, n/len(piece)) }

// numbered writes the pieces with a number each, to about n bytes.
func numbered(format string, n int) string {
	var out strings.Builder
	for i := 0; out.Len() < n; i++ {
		fmt.Fprintf(&out, format, i)
	}
	return out.String()
}

// hostilePages are what a stranger may write to make a reader hang, and what
// broken templates write without meaning it.
func hostilePages(n int) map[string]string {
	return map[string]string{
		"paragraphs":             fill(paragraph, n),
		"open blocks":            fill("<div>"+paragraph, n),
		"links":                  fill("<a>", n),
		"closed links":           fill("<div><a href=a>b, cc</a></div>", n),
		"open bold":              fill("<p><b>x", n),
		"fonts in paragraphs":    numbered("<font size=%d>", 7000) + fill("<p>x", n),
		"fonts that are closed":  fill("<p><font size=1>x</font>", n),
		"misnested":              fill("<a><b><i><p></a></b>", n),
		"tables":                 fill("<table>", n),
		"cells":                  fill("<table><td>", n),
		"rows":                   "<table>" + fill("<tr><td>a, b</td></tr>", n),
		"deep and closed":        fill(strings.Repeat("<div>", 300)+paragraph+strings.Repeat("</div>", 300), n),
		"one tag":                "<p " + fill("a=b ", n) + ">x",
		"attributes":             "<p " + numbered("a%d ", n) + ">x",
		"one text":               "<p>" + fill("word, ", n),
		"one word":               "<p>" + fill("x", n),
		"headings":               fill("<h2>a title</h2>", n),
		"pictures":               fill("<img src=a><noscript><img src=b></noscript>", n),
		"selects":                fill("<select><option>", n),
		"templates":              fill("<template>", n),
		"drawings":               fill("<svg>", n),
		"formulas":               fill("<math><mi>x", n),
		"an open comment":        "<!--" + fill("<!-- -", n),
		"open angle brackets":    fill("<", n),
		"ampersands":             fill("&", n),
		"line breaks":            fill("<br>", n),
		"descriptions":           fill("<meta property='og:title' content='a'>", n),
		"JSON":                   fill(`<script type="application/ld+json">{"@type":"Article","datePublished":1}</script>`, n),
		"deep JSON":              `<script type="application/ld+json">"datePublished"` + fill("[", n) + "</script>",
		"NUL":                    fill("\x00", n),
		"bytes that are no text": fill("<p>\xff\xfe", n),
	}
}

// TestHostilePages bounds the time and memory of pages that are as large as
// may be made into a tree, and of a larger one.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	const most, mostBytes = 20 * time.Second, 1 << 30
	pages := hostilePages(maxPageBytes - 10_000)
	pages["paragraphs in 500 blocks"] = strings.Repeat("<div>", 500) + strings.Repeat("<p>Some, words, here, and, more of them.", maxElements-1000)
	pages["one tag, 10 MB"] = "<p " + fill("a=b ", 10<<20) + ">x"
	for name, page := range pages {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		got := Extract([]byte(page), "text/html; charset=utf-8")
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		used := after.TotalAlloc - before.TotalAlloc
		t.Logf("%-24s %8v %5d MB allocated, %d bytes of text", name, took.Round(time.Millisecond), used>>20, len(got.Body))
		if took > most || used > mostBytes || got.broken != "" || !utf8.Valid(got.Body) {
			t.Errorf("%s: took %v and %d MB, broken %q", name, took, used>>20, got.broken)
		}
	}
}

// TestSearchIsBounded holds that no article is looked for where that would take
// long: a page with one in it, which the search alone tells from the rest of it,
// is read whole if it has too many elements, or they are too deep.
func TestSearchIsBounded(t *testing.T) {
	const sidebar = "<div class=sidebar><p>Read this, and that, too.</p></div>"
	for _, test := range []struct{ elements, depth int }{{maxElements / 10, 20}, {maxElements / 50, 450}, {maxElements, 20}, {maxElements / 5, 300}} {
		page := strings.Repeat("<div>", test.depth) + strings.Repeat(paragraph, test.elements) + sidebar
		within := test.elements < maxElements && test.elements*test.depth < maxDepths
		if got := Extract([]byte(page), ""); bytes.Contains(got.Body, []byte("Read this")) == within {
			t.Errorf("%d elements at depth %d: an article was looked for: %t", test.elements, test.depth, !within)
		}
	}
	tree, err := html.Parse(strings.NewReader("<!-- a --><html><body><p>a<b>b</b></p>c"))
	if elements, depths := measure(tree, 0); err != nil || elements != 5 || depths != 1+2+2+3+4 {
		t.Errorf("%d elements, their depths %d, error %v", elements, depths, err)
	}
}

// FuzzExtract holds that a page is text without markup, whatever it is.
func FuzzExtract(f *testing.F) {
	f.Add(story, "text/html")
	f.Add("\xff\xfe<\x00p\x00>\x00", "")
	for _, page := range hostilePages(400) {
		f.Add(page, "text/html; charset=shift_jis")
	}
	f.Fuzz(func(t *testing.T, page, contentType string) {
		got := Extract([]byte(page), contentType)
		if got.broken != "" || !utf8.Valid(got.Body) {
			t.Fatalf("broken %q, body %q", got.broken, got.Body)
		}
		for line := range strings.Lines(string(got.Body)) {
			if strings.TrimSuffix(line, "\n") == "" || strings.TrimSpace(line) != strings.TrimSuffix(line, "\n") {
				t.Fatalf("the body has the line %q", line)
			}
		}
		for role, value := range got.Values {
			if !utf8.Valid(value) {
				t.Fatalf("the value of role %d is %q", role, value)
			}
		}
		if flat := flatText([]byte(page)); strings.Contains(string(flat), "\n\n") {
			t.Fatalf("the flat text is %q", flat)
		}
	})
}

// BenchmarkExtract reads a news page of 33 paragraphs with its furniture.
func BenchmarkExtract(b *testing.B) {
	page := []byte(strings.Replace(story, "<blockquote>", strings.Repeat(paragraph+"\n<div class=ad><a href=x>Advertisement</a></div>", 30)+"<blockquote>", 1))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		Extract(page, "")
	}
}
