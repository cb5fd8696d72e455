package formats

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// resembles names the well-known form of a text that is not read, and how it
// may be had as one that is; "" where there is none.
func resembles(head []byte) string {
	text := bytes.TrimSpace(head)
	line, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case bytes.HasPrefix(text, []byte{'['}) && opensObject(text[1:]):
		return "a JSON array, which is not read yet (jq -c '.[]' makes JSON lines of it)"
	case opensObject(text) && bytes.HasPrefix(bytes.TrimSpace(text[1:]), []byte{'"'}):
		return "a JSON document over several lines, which is not read yet (jq -c . makes JSON lines of it)"
	}
	if language := markup(text); language != "" {
		return language + ", which is not read yet; --input-format text reads it as one article, tags and all"
	}
	if table := tableOf(bytes.TrimRight(line, "\r")); table != "" {
		return table
	}
	return ""
}

func opensObject(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte{'{'}) }

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

// column is a name in the first line of a table: no sentence of news is made
// of such words alone with commas between and no blanks.
var column = regexp.MustCompile(`^("[\w .:/-]{1,40}"|[A-Za-z_][\w.:/-]{0,39})$`)

// tableOf tells a table by the names of its columns, of which the line must
// consist.
func tableOf(line []byte) string {
	for _, kind := range []struct{ name, separator string }{{"CSV", ","}, {"TSV", "\t"}, {"CSV", ";"}} {
		columns := strings.Split(string(line), kind.separator)
		named := len(columns) > 1
		for _, name := range columns {
			named = named && column.MatchString(name)
		}
		if named {
			return fmt.Sprintf("%s (its first line names the columns %s, …), which is not read yet",
				kind.name, strings.Join(columns[:min(len(columns), 3)], ", "))
		}
	}
	return ""
}
