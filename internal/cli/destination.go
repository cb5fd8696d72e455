package cli

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// setFormat takes the format from the name of the output where none is asked for. A
// name that says nothing leaves the default.
func (o *scanOptions) setFormat(asked bool) {
	if asked || o.output == "" {
		return
	}
	known := map[string]string{".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "markdown", ".sarif": "sarif"}
	if format := known[strings.ToLower(filepath.Ext(o.output))]; format != "" {
		o.format = format
	}
}

// width is the columns that text is laid out for, 0 where it goes to a file.
func (o *scanOptions) width() int {
	if o.output != "" {
		return 0
	}
	return o.streams.OutWidth
}

// showsTexts reports whether some report shows the texts of articles.
func (o *scanOptions) showsTexts() bool {
	return o.format == "html" || slices.ContainsFunc(o.named, func(r namedReport) bool { return r.format == "html" })
}

// writeMain writes the report that goes to stdout, or to the file that takes its place.
func (out *outputs) writeMain(stdout io.Writer, content func(io.Writer) error) error {
	if out.main == nil {
		return content(stdout)
	}
	return out.main.write(content)
}

// scanned is what is told of a corpus beside what a scan reads of it.
type scanned interface {
	dedup.Corpus
	Inputs() []corpus.InputInfo
	Skipped() []corpus.Skipped
}

// located is a corpus that remembers where its articles stand, by ArticleID, so that a
// report can show their texts.
type located struct {
	*corpus.Corpus
	texts    bool // false remembers nothing
	locators []corpus.Locator
	scratch  corpus.Scratch
}

// Admit is called with every article in the order of their IDs.
func (l *located) Admit(article *corpus.Article) []corpus.Problem {
	if l.texts {
		l.locators = append(l.locators, article.Locator)
	}
	return l.Corpus.Admit(article)
}

// article reads an article again. It is valid until the next call.
func (l *located) article(id dedup.ArticleID) (corpus.Article, error) {
	return l.Fetch(&l.scratch, l.locators[id])
}
