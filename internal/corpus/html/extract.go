package html

import (
	"bytes"
	"fmt"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// maxElements is how many elements a page may have for its article to be
// looked for: ten times those of a newspaper's long front page. The most
// hostile of the pages of this size that were tried takes a second.
const maxElements = 50_000

// maxDepths is the most that the depths of all elements of a page may come to
// for its article to be looked for: what an element asks for grows with the
// number of those that it stands in. It is a page of maxElements at a depth of
// 40. 49,000 paragraphs at that depth take 0.8 seconds, at one of 500 they took 7.
const maxDepths = 40 * maxElements

// A Page is what is taken out of a page.
type Page struct {
	Body   []byte        // valid UTF-8, a paragraph a line
	Values corpus.Values // what the page says of itself; no ID and no Text
	Lost   Lost
	broken string // why its article could not be looked for
}

// Extract takes the article out of a page as a server sent it, with the
// Content-Type of its header, "" where there is none. It keeps nothing of the
// page, and may be called by any number of goroutines.
func Extract(page []byte, contentType string) Page {
	text, lost := ToUTF8(page, contentType)
	found := extract(text)
	found.Lost = lost
	return found
}

func extract(page []byte) (found Page) {
	if !isTreeable(page) {
		return Page{Body: flatText(page)}
	}
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil { // it is too deep
		return Page{Body: flatText(page)}
	}
	found.Values = describe(tree)
	if !isSearchable(tree) {
		found.Body = visible(tree)
		return found
	}
	found.broken = guard(func() { found.Body = articleOf(tree) })
	if len(found.Body) > 0 {
		return found
	}
	// The search has changed the tree: an empty one is asked no more.
	if tree, err = html.Parse(bytes.NewReader(page)); err == nil {
		found.Body = visible(tree)
	}
	return found
}

// isSearchable reports whether looking for an article in the tree takes a
// bounded time.
func isSearchable(tree *html.Node) bool {
	elements, depths := measure(tree, 0)
	return elements <= maxElements && depths <= maxDepths
}

// measure returns the number of elements below the node and the sum of their
// depths. The parser has bounded how deep that is.
func measure(n *html.Node, depth int) (elements, depths int) {
	for child := range n.ChildNodes() {
		below, sum := measure(child, depth+1)
		elements, depths = elements+below, depths+sum
		if child.Type == html.ElementNode {
			elements, depths = elements+1, depths+depth+1
		}
	}
	return elements, depths
}

// articleOf returns the text of the page's article, nil where there is none.
// It uses the tree up.
func articleOf(tree *html.Node) []byte {
	parser := readability.NewParser()
	parser.DisableJSONLD = true // for describe reads it
	article, err := parser.ParseAndMutate(tree, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	return textOf(article.Node, func(*html.Node) bool { return false })
}

// guard calls the function and returns what it panicked with, "" where it did
// not. It is the last resort: no page is known that needs it, but thousands
// of lines that are not ours walk over a tree that a stranger has written, and
// one page must not end the scan of a million.
func guard(search func()) (broken string) {
	defer func() {
		if cause := recover(); cause != nil {
			broken = fmt.Sprint(cause)
		}
	}()
	search()
	return ""
}

// Problems returns the problems of the record that is the page.
func (p *Page) Problems(record corpus.Record) []corpus.Problem { return p.ProblemsFrom(record, 0) }

// ProblemsFrom returns the problems of the record in whose data the page
// begins at the given byte.
func (p *Page) ProblemsFrom(record corpus.Record, from int) []corpus.Problem {
	var problems []corpus.Problem
	if p.broken != "" {
		problems = append(problems, record.Problem(0, corpus.BadRecord,
			"no article could be told from the rest of the page, which is read whole: %.100s", p.broken))
	}
	if p.Lost.Unread != "" {
		problems = append(problems, record.Problem(0, corpus.BadRecord, "%s", p.Lost.unread()))
	}
	if p.Lost.Count > 0 {
		problems = append(problems, p.Lost.Problem(record, from))
	}
	return problems
}
