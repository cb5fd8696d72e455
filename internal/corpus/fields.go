package corpus

import "slices"

// A Role is what a field of a record says of the article.
type Role int

// The roles. Text is the one that a record must have.
const (
	ID Role = iota
	Text
	Title
	URL
	Published
	Source
	Language
	Roles // how many there are
)

// String returns the name of the role as flags and reports have it.
func (r Role) String() string {
	return [Roles]string{"id", "text", "title", "url", "published", "source", "language"}[r]
}

// Fields are the names of the fields of each role in records that name their
// fields (JSON, tables), in the order of preference: the first one that a
// record has counts. Where records nest, a dotted name reaches into them, unless
// a field bears it as it stands. No names stand for those of DefaultFields.
type Fields [Roles][]string

// DefaultFields are the names that scrapers and published corpora use.
func DefaultFields() Fields {
	return Fields{
		ID:    {"id", "guid", "uuid", "doc_id"},
		Text:  {"text", "body", "content", "maintext", "article_text", "full_text", "article"},
		Title: {"title", "headline"},
		URL:   {"url", "link", "uri"},
		Published: {
			"published", "published_at", "publishedAt", "published_date", "publish_date", "date_publish", "publishing_date",
			"datePublished", "pub_date", "pubDate", "date", "datetime", "timestamp",
		},
		Source:   {"source", "source.name", "source_name", "outlet", "publisher", "publication", "source_domain", "sitename", "site_name", "domain"},
		Language: {"language", "lang"},
	}
}

// OrDefault returns the fields with the empty roles replaced by their defaults.
func (f Fields) OrDefault() Fields {
	defaults := DefaultFields()
	for role := range f {
		if len(f[role]) == 0 {
			f[role] = defaults[role]
		}
	}
	return f
}

// Asked reports whether the user has named the fields of a role: then it is a
// problem where they are missing, and else only of a role that records must have.
func (f Fields) Asked(role Role) bool {
	return len(f[role]) > 0 && !slices.Equal(f[role], DefaultFields()[role])
}

// Columns returns, by role, the positions of its fields among the columns of a
// table, in the order of preference: of each row the first one counts that has
// a value there.
func (f Fields) Columns(columns []string) (at [Roles][]int) {
	for role, names := range f {
		for _, name := range names {
			if found := slices.Index(columns, name); found >= 0 && !slices.Contains(at[role], found) {
				at[role] = append(at[role], found)
			}
		}
	}
	return at
}
