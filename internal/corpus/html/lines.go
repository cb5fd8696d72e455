package html

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// setOf returns the set of the elements.
func setOf(all ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(all))
	for _, a := range all {
		set[a] = true
	}
	return set
}

var (
	// blocks begin and end a line, as browsers display them.
	blocks = setOf(
		atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr,
		atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr, atom.Ul,
	)
	// unread hold no text of the page, or text for no reader.
	unread = setOf(
		atom.Audio, atom.Button, atom.Canvas, atom.Embed, atom.Head, atom.Iframe, atom.Map, atom.Noembed, atom.Noframes,
		atom.Noscript, atom.Object, atom.Script, atom.Select, atom.Style, atom.Svg, atom.Template, atom.Textarea,
		atom.Title, atom.Video,
	)
	// furniture stands around what a page is about.
	furniture = setOf(atom.Aside, atom.Footer, atom.Header, atom.Nav)
)

// lines collects text as a browser would display it: white space collapses
// into one blank, and a line ends where it is told to. Invariant: no line is
// empty, and none begins or ends with a blank.
type lines struct {
	text []byte
	gap  bool // there is white space before the next word
}

func (l *lines) inLine() bool { return len(l.text) > 0 && l.text[len(l.text)-1] != '\n' }

// end ends the line.
func (l *lines) end() {
	if l.inLine() {
		l.text = append(l.text, '\n')
	}
	l.gap = false
}

// words adds running text.
func (l *lines) words(text string) {
	for text != "" {
		word := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })
		if word != 0 {
			l.gap = true
		}
		if word < 0 {
			return
		}
		text = text[word:]
		if l.gap && l.inLine() {
			l.text = append(l.text, ' ')
		}
		l.gap = false
		end := wordEnd(text)
		l.text = append(l.text, text[:end]...)
		text = text[end:]
	}
}

func wordEnd(text string) int {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c == ' ' || c-'\t' < 5 {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			return i
		}
		i += size
	}
	return len(text)
}

// asWritten adds text whose line ends are meant.
func (l *lines) asWritten(text string) {
	for line := range strings.Lines(text) {
		l.words(line)
		if strings.HasSuffix(line, "\n") {
			l.end()
		}
	}
}

// bytes returns the text, without a line end behind its last line.
func (l *lines) bytes() []byte { return bytes.TrimSuffix(l.text, []byte{'\n'}) }

// node adds the text below the node, of which leaveOut is not asked. The
// parser has bounded how deep that is.
func (l *lines) node(n *html.Node, leaveOut func(*html.Node) bool, pre bool) {
	if n.Type == html.TextNode {
		if pre {
			l.asWritten(n.Data)
		} else {
			l.words(n.Data)
		}
		return
	}
	block := blocks[n.DataAtom]
	if block {
		l.end()
	}
	l.gap = l.gap || n.DataAtom == atom.Td || n.DataAtom == atom.Th
	pre = pre || n.DataAtom == atom.Pre
	for child := range n.ChildNodes() {
		if !unread[child.DataAtom] && !leaveOut(child) {
			l.node(child, leaveOut, pre)
		}
	}
	if block {
		l.end()
	}
}

// textOf returns the text below a node, but for what is left out.
func textOf(n *html.Node, leaveOut func(*html.Node) bool) []byte {
	var l lines
	l.node(n, leaveOut, false)
	return l.bytes()
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "aria-hidden" && a.Val == "true":
			return true
		case a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none"):
			return true
		}
	}
	return false
}

// visible returns the text of a page without its furniture; with it, where
// there is no other.
func visible(page *html.Node) []byte {
	text := textOf(page, func(n *html.Node) bool { return furniture[n.DataAtom] || isHidden(n) })
	if len(text) == 0 {
		text = textOf(page, isHidden)
	}
	return text
}
