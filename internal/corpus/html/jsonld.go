package html

import (
	"encoding/json"
	"strings"
)

// maxJSONBytes is the largest block of JSON-LD that is read: an article's own
// is a few KB, with all of its text some 50.
const maxJSONBytes = 1 << 20

// publishedInJSON returns when an article was published, as the JSON-LD of its
// page says (schema.org, NewsArticle and its like), "" where it does not.
func publishedInJSON(text string) string {
	if len(text) > maxJSONBytes || !strings.Contains(text, "datePublished") {
		return ""
	}
	var document any
	if json.Unmarshal([]byte(text), &document) != nil {
		return ""
	}
	return publishedIn(document)
}

// publishedIn looks for the article of a document: the document itself, a
// member of it, or of its graph. Others that it links to are not looked into.
func publishedIn(document any) string {
	switch d := document.(type) {
	case []any:
		for _, member := range d {
			if found := publishedIn(member); found != "" {
				return found
			}
		}
	case map[string]any:
		if published, ok := d["datePublished"].(string); ok && isArticle(d["@type"]) {
			return published
		}
		return publishedIn(d["@graph"])
	}
	return ""
}

// isArticle reports whether a type of schema.org is one of an article
// (NewsArticle, ReportageNewsArticle, BlogPosting, ...).
func isArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		return strings.HasSuffix(k, "Article") || strings.HasSuffix(k, "Posting") || k == "Report"
	case []any:
		for _, one := range k {
			if name, ok := one.(string); ok && isArticle(name) {
				return true
			}
		}
	}
	return false
}
