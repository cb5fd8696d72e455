package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A property is what a page may say of itself, of one role by the first of
// them that it has.
type property int

const (
	ogTitle property = iota
	twitterTitle
	titleElement

	linkCanonical
	ogURL

	articlePublished
	jsonPublished
	itemPublished
	metaPublished
	timeElement

	ogSite
	applicationName

	langAttribute
	ogLocale
	contentLanguage

	properties // how many there are
)

// byRole are the properties of each role, the most trusted first. Pages put
// their own name behind the title element, so it comes last.
var byRole = map[corpus.Role][]property{
	corpus.Title:     {ogTitle, twitterTitle, titleElement},
	corpus.URL:       {linkCanonical, ogURL},
	corpus.Published: {articlePublished, jsonPublished, itemPublished, metaPublished, timeElement},
	corpus.Source:    {ogSite, applicationName},
	corpus.Language:  {langAttribute, ogLocale, contentLanguage},
}

// metaNames are the names of meta elements, as their name, property, itemprop
// or http-equiv attribute gives them: Open Graph, schema.org, Dublin Core, and
// what large publishers and their systems write.
var metaNames = map[string]property{
	"og:title": ogTitle, "twitter:title": twitterTitle,
	"og:url":                 ogURL,
	"article:published_time": articlePublished, "og:article:published_time": articlePublished,
	"datepublished": itemPublished, "datecreated": itemPublished,
	"article.published": metaPublished, "citation_publication_date": metaPublished, "cxenseparse:recs:publishtime": metaPublished,
	"date": metaPublished, "dc.date": metaPublished, "dc.date.issued": metaPublished, "dcterms.created": metaPublished,
	"dcterms.date": metaPublished, "dcterms.issued": metaPublished, "article.created": metaPublished,
	"parsely-pub-date": metaPublished, "pubdate": metaPublished, "publishdate": metaPublished, "publish-date": metaPublished,
	"publication_date": metaPublished, "sailthru.date": metaPublished, "article_date_original": metaPublished,
	"og:site_name": ogSite, "application-name": applicationName,
	"og:locale": ogLocale, "content-language": contentLanguage,
}

// A description is what a page says of itself.
type description struct {
	values [properties]string
	depth  int // of article and main elements around the node
}

// set keeps the value, unless there is one: the first counts.
func (d *description) set(p property, value string) {
	if d.values[p] == "" {
		d.values[p] = strings.Join(strings.Fields(value), " ")
	}
}

// describe returns what the page says of itself.
func describe(page *html.Node) (values corpus.Values) {
	var d description
	d.walk(page)
	for role, all := range byRole {
		for _, p := range all {
			if value := d.values[p]; value != "" && (role != corpus.URL || isAbsolute(value)) {
				values[role] = []byte(value)
				break
			}
		}
	}
	return values
}

// isAbsolute reports whether an address names its host. One that does not says
// nothing, since nobody knows where a file came from.
func isAbsolute(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

func (d *description) walk(n *html.Node) {
	within := n.DataAtom == atom.Article || n.DataAtom == atom.Main
	if within {
		d.depth++
	}
	d.element(n)
	if n.DataAtom != atom.Svg { // which has titles of its own
		for child := range n.ChildNodes() {
			d.walk(child)
		}
	}
	if within {
		d.depth--
	}
}

func (d *description) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		d.set(langAttribute, attribute(n, "lang"))
		d.set(langAttribute, attribute(n, "xml:lang"))
	case atom.Title:
		d.set(titleElement, content(n))
	case atom.Link:
		if strings.EqualFold(attribute(n, "rel"), "canonical") {
			d.set(linkCanonical, attribute(n, "href"))
		}
	case atom.Meta:
		for _, name := range [...]string{"property", "name", "itemprop", "http-equiv"} {
			if p, known := metaNames[strings.ToLower(strings.TrimSpace(attribute(n, name)))]; known {
				d.set(p, attribute(n, "content"))
			}
		}
	case atom.Time:
		d.time(n)
	case atom.Script:
		if d.values[jsonPublished] == "" && strings.EqualFold(strings.TrimSpace(attribute(n, "type")), "application/ld+json") {
			d.set(jsonPublished, publishedInJSON(content(n)))
		}
	}
}

// time reads a time element: that of the publication, where one says so; else
// the first inside the article, for others are those of other stories.
func (d *description) time(n *html.Node) {
	at := attribute(n, "datetime")
	if strings.EqualFold(attribute(n, "itemprop"), "datePublished") {
		d.set(itemPublished, at)
	}
	if d.depth > 0 {
		d.set(timeElement, at)
	}
}

// attribute returns the value of an attribute, "" where there is none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// content returns the text of an element that holds nothing else.
func content(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}
