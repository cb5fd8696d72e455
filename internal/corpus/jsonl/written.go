package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// line is a record of JSON lines as one line.
func line(_ corpus.Splitter, record corpus.Record, _ *corpus.Article) []byte {
	return bytes.TrimSpace(record.Data)
}

// inOneLine is a record that may have several lines, without the blanks between
// what it holds.
func inOneLine(_ corpus.Splitter, record corpus.Record, _ *corpus.Article) []byte {
	var compact bytes.Buffer
	if err := json.Compact(&compact, record.Data); err != nil {
		return nil
	}
	return compact.Bytes()
}

// encode appends an article as a line: the fields of its record, or else its own under
// the names that are read by default.
func encode(to []byte, article *corpus.Article, fields []byte) ([]byte, error) {
	if fields == nil {
		var err error
		if fields, err = objectOf(article); err != nil {
			return to, err
		}
	}
	return append(append(to, fields...), '\n'), nil
}

func objectOf(article *corpus.Article) ([]byte, error) {
	own := struct {
		ID        string `json:"id"`
		Title     string `json:"title,omitempty"`
		URL       string `json:"url,omitempty"`
		Published string `json:"published,omitempty"`
		Source    string `json:"source,omitempty"`
		Language  string `json:"language,omitempty"`
		Text      string `json:"text"`
	}{ID: article.Key, Title: article.Meta.Title, URL: article.Meta.URL, Source: article.Source, Language: article.Meta.Language, Text: string(article.Body)}
	if !article.Meta.Published.IsZero() {
		own.Published = article.Meta.Published.Format(time.RFC3339)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(own); err != nil {
		return nil, fmt.Errorf("writing %q as JSON: %w", article.Key, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// bodyAt returns where the text of a record is written: inside its quotes.
func (d *decoder) bodyAt(_ corpus.Splitter, record corpus.Record) (from, to int, escaped, ok bool) {
	found := members{names: d.names, ofBody: noBody}
	if !findAll(record.Data, &found) {
		return 0, 0, true, false
	}
	written, _ := found.of(corpus.Text)
	if written == nil {
		return 0, 0, true, false
	}
	l := written.literal()
	from = cap(record.Data) - cap(l) // an alias of the record's memory, which reaches as far
	return from, from + len(l), true, true
}
