package formats

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus/table"
)

// resembles names the well-known form of a text that is not read, and how it
// may be had as one that is; "" where there is none.
func (c *catalog) resembles(head []byte) string {
	if language := markup(head); language != "" {
		return language + ", which is not read yet; --input-format text reads it as one article, tags and all"
	}
	columns, _, _ := table.Columns(head, c.fields)
	if len(columns) == 0 {
		return ""
	}
	return fmt.Sprintf("a table (its first line names the columns %s, …), but none is known to be the text; --text-field names it",
		strings.Join(columns[:min(len(columns), 3)], ", "))
}

// prologue is how much is looked at of an XML document to see that it is a page.
const prologue = 1 << 10

// markup tells HTML and XML, "" for what is neither. A page may have a comment
// or an XML declaration (XHTML) above it.
func markup(head []byte) string {
	text := bytes.TrimSpace(head)
	start := strings.ToLower(string(text[:min(len(text), prologue)]))
	begins := func(with string) bool { return strings.HasPrefix(start, with) }
	isPage := strings.Contains(start, "<!doctype html") || strings.Contains(start, "<html")
	switch {
	case begins("<!doctype html"), begins("<html"), begins("<head"), isPage && (begins("<?xml") || begins("<!--")):
		return "HTML"
	case begins("<?xml"), begins("<rss"), begins("<feed"):
		return "XML"
	}
	return ""
}
