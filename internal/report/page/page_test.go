package page

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// write returns a page with one block, of the value.
func write(t *testing.T, page *Page, value any) string {
	t.Helper()
	var written bytes.Buffer
	out := bufio.NewWriter(&written)
	w, err := New(out, page)
	if err != nil {
		t.Fatal(err)
	}
	w.Open("data")
	w.Value(value)
	w.Close()
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return written.String()
}

// elements returns the elements of a document with a name, as a browser would read it.
func elements(t *testing.T, document, name string) []*html.Node {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(document), html.ParseOptionEnableScripting(true))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && (name == "" || node.Data == name) {
			found = append(found, node)
		}
	}
	return found
}

func attribute(node *html.Node, name string) string {
	for _, attribute := range node.Attr {
		if attribute.Key == name {
			return attribute.Val
		}
	}
	return ""
}

// TestPolicy holds that the policy allows the style and the script of the document as
// they stand in it, by a digest that is made here, and nothing else.
func TestPolicy(t *testing.T) {
	document := write(t, &Page{}, nil)
	policy := ""
	for _, meta := range elements(t, document, "meta") {
		if attribute(meta, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(meta, "content")
		}
	}
	digest := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	styles, scripts := elements(t, document, "style"), elements(t, document, "script")
	if len(styles) != 1 || len(scripts) != 2 {
		t.Fatalf("%d styles and %d scripts", len(styles), len(scripts))
	}
	want := "default-src 'none'; script-src " + digest(scripts[1].FirstChild.Data) + "; style-src " + digest(styles[0].FirstChild.Data) + "; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("the policy is %q, want %q", policy, want)
	}
}

// TestNothingIsLoaded holds that no element of the page names what would be fetched, and
// that none has a script or a style of its own, which the policy would refuse.
func TestNothingIsLoaded(t *testing.T) {
	for _, node := range elements(t, write(t, &Page{Tallies: []Tally{{}}, Alike: Chart{Columns: []string{""}, Rows: []Row{{Bars: []Bar{{}}}}}, Words: []Word{{}}, Flows: []Flow{{}}, Problems: []Problem{{}}}, nil), "") {
		for _, attribute := range node.Attr {
			switch key := attribute.Key; {
			case key == "src", key == "style", key == "action", strings.HasPrefix(key, "on"), key == "href" && !strings.HasPrefix(attribute.Val, "#"):
				t.Errorf("<%s %s=%q>", node.Data, key, attribute.Val)
			}
		}
	}
	for _, word := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttpRequest", "import(", "</", "<!--"} {
		if strings.Contains(script, word) {
			t.Errorf("the script has %q", word)
		}
	}
}

// TestHostileWords holds that words neither end what they stand in nor become markup.
func TestHostileWords(t *testing.T) {
	const words = `</script><script>alert(1)</script><!-- </style><img src=x onerror=alert(1)>'"` + "`\u2028\x00\xff"
	document := write(t, &Page{
		Input: words, Verdict: words, Read: words, Version: words, FlowsNote: words, ProblemsLeft: words,
		Tallies: []Tally{{words, words, words}}, Alike: Chart{[]string{words}, []Row{{words, []Bar{{Count: words}}}}}, Words: []Word{{words, words}},
		Flows: []Flow{{From: words, To: words, Pairs: words, Exact: words, Later: words}}, Problems: []Problem{{words, words}},
		Notes: []string{words}, LeftOut: []string{words}, Options: []Option{{words, words}},
	}, words)
	if images := elements(t, document, "img"); len(images) > 0 {
		t.Error("words became an image")
	}
	scripts := elements(t, document, "script")
	if len(scripts) != 2 {
		t.Fatalf("%d scripts", len(scripts))
	}
	var read string
	if err := json.Unmarshal([]byte(scripts[0].FirstChild.Data), &read); err != nil || read != strings.ToValidUTF8(words, "\ufffd") {
		t.Errorf("the words are %q, %v", read, err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrors(t *testing.T) {
	w, err := New(bufio.NewWriter(full{}), &Page{})
	if err == nil {
		w.Raw(strings.Repeat("x", 1<<16))
		if !w.Failed() {
			t.Error("a writer that is full has not failed")
		}
		err = w.End()
	}
	if !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
	w = &Writer{out: bufio.NewWriter(new(bytes.Buffer))}
	w.Value(func() {})
	if w.End() == nil {
		t.Error("what is no value was written")
	}
}
