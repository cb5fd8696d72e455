package corpus

import (
	"bytes"
	"net/url"
	"strings"
	"time"
)

// Meta is what a corpus says of an article beside its name, outlet and text.
// All of it is valid UTF-8, and empty where it is unknown.
type Meta struct {
	Title     string
	URL       string
	Language  string    // as the corpus writes it, in lower case
	Published time.Time // in UTC, to the second
}

// Values are the values of a record's fields, by role, as valid UTF-8: nil
// where there is none.
type Values [Roles][]byte

// Describe fills in the article's Key, Source and Meta as the values tell them:
// an article without an identifier is known by its URL, and one without a
// source by the host of it.
func (s *Scratch) Describe(article *Article, values *Values) {
	for role := range values {
		if Role(role) != Text {
			values[role] = bytes.TrimSpace(values[role])
		}
	}
	article.Key = s.Key(values[ID])
	if article.Key == "" {
		article.Key = s.Key(values[URL])
	}
	article.Source = s.Word(values[Source])
	if article.Source == "" && len(values[URL]) > 0 {
		article.Source = s.Word([]byte(HostOf(string(values[URL]))))
	}
	for role := range values {
		if s.omit[role] {
			values[role] = nil
		}
	}
	meta := &article.Meta
	meta.Title = s.Key(values[Title])
	if language := values[Language]; len(language) > 0 {
		meta.Language = s.Word(bytes.ToLower(language))
	}
	meta.Published = s.time(values[Published])
	s.undated = meta.Published.IsZero() && len(values[Published]) > 0
	if meta.URL = article.Key; string(values[URL]) != meta.URL {
		meta.URL = s.Key(values[URL])
	}
}

// HostOf returns the host of a URL as the name of an outlet: in lower case,
// without a port and without the names that one outlet uses beside each other.
// "" where there is none.
func HostOf(address string) string {
	if !strings.Contains(address, "//") {
		return ""
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(strings.TrimSuffix(parsed.Hostname(), "."))
	for _, prefix := range []string{"www.", "m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}
