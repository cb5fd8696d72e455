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
	text := bytes.TrimSpace(head)
	if bytes.HasPrefix(text, []byte("WARC/")) {
		return "a WARC file, which is not read yet"
	}
	if language := markup(text); language != "" {
		return language + ", which is not read yet; --input-format text reads it as one article, tags and all"
	}
	columns, _, _ := table.Columns(head, c.fields)
	if len(columns) == 0 {
		return ""
	}
	return fmt.Sprintf("a table (its first line names the columns %s, …), but none is known to be the text; --text-field names it",
		strings.Join(columns[:min(len(columns), 3)], ", "))
}

// markup tells HTML and XML.
func markup(text []byte) string {
	start := strings.ToLower(string(text[:min(len(text), len("<!doctype html"))]))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "HTML"
	case strings.HasPrefix(start, "<?xml"), strings.HasPrefix(start, "<rss"), strings.HasPrefix(start, "<feed"):
		return "XML"
	}
	return ""
}
