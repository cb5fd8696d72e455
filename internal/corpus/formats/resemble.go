package formats

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus/table"
)

// resembles names the well-known form of a text that is not read, and how it
// may be had as one that is; "" where there is none.
func (c *catalog) resembles(head []byte) string {
	if isXML(head) {
		return "XML, which is not read, nor are the feeds in it (RSS, Atom); --input-format text reads it as one article, tags and all"
	}
	columns, _, _ := table.Columns(head, c.fields)
	if len(columns) == 0 {
		return ""
	}
	return fmt.Sprintf("a table (its first line names the columns %s, …), but none is known to be the text; --text-field names it",
		strings.Join(columns[:min(len(columns), 3)], ", "))
}

// prologue is how much is looked at of a text to see that it is a page, or XML.
const prologue = 1 << 10

// startOf returns the beginning of a text in lower case.
func startOf(head []byte) string {
	text := bytes.TrimSpace(head)
	return strings.ToLower(string(text[:min(len(text), prologue)]))
}

func beginsWithAny(text string, beginnings ...string) bool {
	return slices.ContainsFunc(beginnings, func(beginning string) bool { return strings.HasPrefix(text, beginning) })
}

// isPage tells HTML. A page may have a comment or an XML declaration (XHTML)
// above it.
func isPage(head []byte) bool {
	start := startOf(head)
	return beginsWithAny(start, "<!doctype html", "<html", "<head") ||
		beginsWithAny(start, "<?xml", "<!--") && (strings.Contains(start, "<!doctype html") || strings.Contains(start, "<html"))
}

// isXML tells XML that is no page.
func isXML(head []byte) bool {
	return beginsWithAny(startOf(head), "<?xml", "<rss", "<feed") && !isPage(head)
}
