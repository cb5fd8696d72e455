package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// paragraphsOf returns the paragraphs of a body.
func paragraphsOf(body string, style Style) (paragraphs []string) {
	var document Document
	document.Parse([]byte(body), style)
	for _, paragraph := range document.Paragraphs {
		paragraphs = append(paragraphs, body[paragraph.Start:paragraph.End])
	}
	return paragraphs
}

func TestLines(t *testing.T) {
	for body, expected := range map[string][]string{
		"":                              nil,
		" \n\t\r\n\u00a0\u200b\n\u3000": nil,
		"one":                           {"one"},
		"one\ntwo\n":                    {"one", "two"},
		"one\r\ntwo\rthree\n\n\rfour":   {"one", "two", "three", "four"},
		"a\vb\fc\u2028d\u2029e":         {"a", "b", "c", "d", "e"},
		"wait\u0085 a moment":           {"wait\u0085 a moment"},
		"\ufeff  one \u00a0\n\u3000二\t": {"one", "二"},
		"one\n***\n\x03\ntwo":           {"one", "***", "two"},
		"\xe2\x80 a\xe2\n\x80":          {"\xe2\x80 a\xe2", "\x80"},
	} {
		if diff := cmp.Diff(expected, paragraphsOf(body, Line)); diff != "" {
			t.Errorf("%+q (-expected +parsed):\n%s", body, diff)
		}
	}
}

func TestBlankLines(t *testing.T) {
	for body, expected := range map[string][]string{
		"one\ntwo\n\nthree":                       {"one\ntwo", "three"},
		"one\r\ntwo\r\n\r\nthree":                 {"one\r\ntwo", "three"},
		"one\n \u00a0\u200b\ntwo":                 {"one", "two"},
		"\n\n  one\n\n\n\ntwo  \n\n":              {"one", "two"},
		"    one\ntwo\n    three\nfour":           {"one\ntwo", "three\nfour"},
		"one\n two\n  three\n   four\n\tfive":     {"one\n two\n  three\n   four", "five"},
		"one\n  two":                              {"one", "two"},
		"\tone\ntwo\n\tthree":                     {"one\ntwo", "three"},
		"\u3000一\n二\n\u3000三":                     {"一\n二", "三"},
		"    a quote\n    of two lines\nand more": {"a quote\n    of two lines\nand more"},
	} {
		if diff := cmp.Diff(expected, paragraphsOf(body, Blank)); diff != "" {
			t.Errorf("%+q (-expected +parsed):\n%s", body, diff)
		}
	}
}

// TestParagraphTokens checks which tokens belong to a paragraph.
func TestParagraphTokens(t *testing.T) {
	body := "***\n\u200bOne two\n-- \n三 four\n"
	expected := []Paragraph{
		{Start: 0, End: 3},
		{Start: 7, End: 14, FirstToken: 0, LastToken: 2},
		{Start: 15, End: 17, FirstToken: 2, LastToken: 2},
		{Start: 19, End: 27, FirstToken: 2, LastToken: 4},
	}
	var document Document
	document.Parse([]byte(body), Line)
	if diff := cmp.Diff(expected, document.Paragraphs); diff != "" {
		t.Errorf("(-expected +parsed):\n%s", diff)
	}
}

// checkAlone holds that each paragraph of a body has the tokens on its own that it
// has there.
func checkAlone(t *testing.T, whole, alone *Document, body []byte, style Style) {
	t.Helper()
	whole.Parse(body, style)
	for index, paragraph := range whole.Paragraphs {
		next := len(body)
		if index+1 < len(whole.Paragraphs) {
			next = whole.Paragraphs[index+1].Start
		}
		alone.ParseParagraph(body[paragraph.Start:next])
		checkInvariants(t, body[paragraph.Start:next], alone)
		expected := []Paragraph{{End: paragraph.End - paragraph.Start, LastToken: paragraph.LastToken - paragraph.FirstToken}}
		if diff := cmp.Diff(expected, alone.Paragraphs); diff != "" {
			t.Fatalf("paragraph %d of %+q (-expected +parsed):\n%s", index, body, diff)
		}
		norm := string(whole.AppendNorm(nil, paragraph.FirstToken, paragraph.LastToken))
		if found := normOf(alone); found != norm {
			t.Fatalf("paragraph %d of %+q is %+q, alone it is %+q", index, body, norm, found)
		}
	}
}

func TestParseParagraph(t *testing.T) {
	random := seeded.Rand(t)
	var whole, alone Document
	for range 30000 {
		checkAlone(t, &whole, &alone, []byte(randomText(random, 30)), Style(random.IntN(3)))
	}
}

func FuzzParseParagraph(f *testing.F) {
	for _, words := range benchWords {
		f.Add(words + "\n\n" + words)
	}
	f.Add("one\n\u0301two\n\n\xff ﷺ½\n  กำแพง a\u00ad\r\nb\u2028´c")
	f.Fuzz(func(t *testing.T, body string) {
		var whole, alone Document
		for _, style := range []Style{Auto, Line, Blank} {
			checkAlone(t, &whole, &alone, []byte(body), style)
		}
		alone.ParseParagraph([]byte(body)) // no paragraph of any body, perhaps
	})
}

// TestReuse: what a document held before leaves no trace.
func TestReuse(t *testing.T) {
	random := seeded.Rand(t)
	var used Document
	for range 2000 {
		body := []byte(randomText(random, 30))
		style := Style(random.IntN(3))
		var fresh Document
		fresh.Parse(body, style)
		used.Parse(body, style)
		checkInvariants(t, body, &used)
		if first, then := normOf(&fresh), normOf(&used); first != then {
			t.Fatalf("Norm of %+q is %+q at first, then %+q", body, first, then)
		}
		if diff := cmp.Diff(clip(fresh.Paragraphs), clip(used.Paragraphs)); diff != "" {
			t.Fatalf("%+q (-fresh +used):\n%s", body, diff)
		}
	}
}

// clip makes an empty slice nil.
func clip(paragraphs []Paragraph) []Paragraph {
	return append([]Paragraph(nil), paragraphs...)
}

func TestStyleNames(t *testing.T) {
	for style, name := range map[Style]string{Auto: "auto", Line: "line", Blank: "blank"} {
		if parsed, err := ParseStyle(name); err != nil || parsed != style || style.String() != name {
			t.Errorf("%q is parsed as %v, %v", name, parsed, err)
		}
	}
	for _, name := range []string{"", "Auto", "lines"} {
		if _, err := ParseStyle(name); err == nil || !strings.Contains(err.Error(), `"`+name+`"`) {
			t.Errorf("ParseStyle(%q) gives the error %v", name, err)
		}
	}
	if name := Style(7).String(); name != "Style(7)" {
		t.Errorf("an unknown style is called %q", name)
	}
}
