package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxPageBytes is the largest page that is made into a tree: ten times those
	// that newspapers have.
	maxPageBytes = 8 << 20
	// fewTags cannot make a large tree whatever they are.
	fewTags = 4000
	// maxNodes bounds the tree, some 200 bytes a node.
	maxNodes = 1 << 20
	// mostOpen is how many elements the parser lets be open, which bounds what
	// one tag can repeat.
	mostOpen = 512
)

// formatting elements are opened again in every block that follows, until they
// are closed (WHATWG's HTML, "the list of active formatting elements"): so a
// page of 1 MB can ask for a tree of 20 GB.
var formatting = setOf(
	atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike,
	atom.Strong, atom.Tt, atom.U,
)

// isTreeable reports whether a page is small enough to be made into a tree.
func isTreeable(page []byte) bool {
	if len(page) > maxPageBytes {
		return false
	}
	return bytes.Count(page, []byte{'<'}) <= fewTags || estimateNodes(page) <= maxNodes
}

// estimateNodes returns about how many nodes the tree of a page has, counting
// each formatting element that is open once for each tag; it stops above
// maxNodes.
func estimateNodes(page []byte) int {
	open, isOpen := 0, make(map[atom.Atom]int)
	tokens := html.NewTokenizer(bytes.NewReader(page))
	nodes := 0
	for nodes <= maxNodes {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		nodes += 1 + min(open, mostOpen)
		name, _ := tokens.TagName()
		element := atom.Lookup(name)
		switch {
		case !formatting[element]:
		case kind == html.StartTagToken:
			open, isOpen[element] = open+1, isOpen[element]+1
		case kind == html.EndTagToken && isOpen[element] > 0:
			open, isOpen[element] = open-1, isOpen[element]-1
		}
	}
	return nodes
}

// flatText returns the text of a page by its tags alone, for pages that cannot
// be made into a tree: a tag of a block ends the line, and only what the
// tokenizer itself tells from text is left out. Its memory is that of the
// text, whatever the page.
func flatText(page []byte) []byte {
	var l lines
	tokens := html.NewTokenizer(bytes.NewReader(page))
	inUnread := false // in a script and its like, which are one token of text
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return l.bytes()
		case html.TextToken:
			if !inUnread {
				l.words(strings.ReplaceAll(string(tokens.Text()), "\x00", "")) // as in a tree
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			element := atom.Lookup(name)
			inUnread = kind == html.StartTagToken && rawText[element]
			if blocks[element] {
				l.end()
			}
			l.gap = l.gap || element == atom.Td || element == atom.Th
		}
	}
}

// rawText are the elements whose content the tokenizer takes for one text.
var rawText = setOf(
	atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Script, atom.Style, atom.Textarea, atom.Title,
)
