package corpus

import (
	"bytes"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// Meta is what a corpus says of an article beside its name, outlet and text.
// All of it is valid UTF-8, and empty where it is unknown. It is kept of all
// articles until the end, so it is of bounded length.
type Meta struct {
	Title     string
	URL       string
	Language  string    // as the corpus writes it, in lower case
	Published time.Time // in UTC, to the second
}

const (
	// maxWordsBytes is the most of a title, of a language and of an outlet's name
	// that is kept, in bytes: the longest headlines have some 300. What is longer is
	// a text in the wrong field.
	maxWordsBytes = 1 << 10
	// maxNameBytes is the most of an article's name. A longer URL is none: the limits
	// of servers and browsers are at 2 to 8 KiB, and what is cut leads nowhere.
	maxNameBytes = 4 << 10
)

// Values are the values of a record's fields, by role, as valid UTF-8: nil
// where there is none.
type Values [Roles][]byte

// Describe fills in the article's Key, Source and Meta as the values tell them:
// an article without an identifier is known by its URL, and one without a
// source by the host of it. What is too long is cut; two names that are cut to the
// same are told apart as others are (Admit).
func (s *Scratch) Describe(article *Article, values *Values) {
	for role := range values {
		if Role(role) != Text {
			values[role] = bytes.TrimSpace(values[role])
		}
	}
	longURL := len(values[URL]) > maxNameBytes
	for _, role := range [...]Role{ID, URL} {
		values[role] = cut(values[role], maxNameBytes)
	}
	for _, role := range [...]Role{Title, Source, Language} {
		values[role] = cut(values[role], maxWordsBytes)
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
		if s.omit[role] || Role(role) == URL && longURL {
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

// cut returns the longest beginning of the text that has at most so many bytes and
// ends with a character.
func cut(text []byte, most int) []byte {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
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
