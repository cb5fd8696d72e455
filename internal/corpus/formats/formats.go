// Package formats is the one list of the formats that are read, and opens
// corpora with it.
//
// The formats import the package corpus, so their list cannot stand there; and
// were it handed in by each caller, there would be several lists. To add a
// format, add it to all and say in Choose and tell how it is told.
//
// # How a format is told
//
// By the user (Options.Format), and then every file of a folder is read.
// Otherwise, for a file of a folder, by its extension, which decides as well
// whether it is read:
//
//	.txt .text .md    a bundle if a header stands in its first 64 KiB, else one article
//	.jsonl .ndjson    JSON lines, or JSON where the first line wraps an array of articles
//	.json             JSON lines if its first 64 KiB are such, else JSON
//	.csv              comma-separated values, by semicolons and tabs as well
//	.tsv .tab         tab-separated values
//	.html .htm .xhtml one page
//	.warc .wet .wat .arc
//	                  a web archive
//	.parquet          Parquet
//	none              by its first 64 KiB, and left out where they do not tell
//	others            left out
//
// each also with .gz, .zst, .zstd, .bz2, .xz or .lz4 behind it. A Parquet file is told by its
// first bytes, whatever it is called. Otherwise, for a named file or standard input: a table by its extension; else by the first 64 KiB.
// They are a web archive if they begin with a record of one; JSON if they begin an
// array of objects, or an object that goes on in a second line, is followed by
// another in its own or wraps an array of articles; JSON lines if the first line
// begins an object and some line is one; a bundle if a header stands there; a page if
// they begin as HTML does. If none of these, what the extension says; and
// without one, a table if the first line is nothing but names of columns, one of
// which is that of a text. A single file is not taken for one article: a bundle
// whose headers are misspelt would be read as one, and a scan of it would find
// nothing and say so.
//
// All of this is told of the text as it is when decompressed and, where it is in
// UTF-16 or the user names its encoding, decoded. Other binary data is never read, not even where the user says what it is: it is
// told by the first bytes of well-known formats, and by the share of NUL and
// other control bytes in the first 64 KiB, of which a scraped text may hold a
// few. A bundle in an archive is so no bundle. Only a web archive may hold
// binary data, between its texts.
//
// An input without a byte has no format, no article and no problem.
package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
	"github.com/newsdedup/newsdedup/internal/corpus/html"
	"github.com/newsdedup/newsdedup/internal/corpus/jsonl"
	"github.com/newsdedup/newsdedup/internal/corpus/parquet"
	"github.com/newsdedup/newsdedup/internal/corpus/plaintext"
	"github.com/newsdedup/newsdedup/internal/corpus/table"
	"github.com/newsdedup/newsdedup/internal/corpus/warc"
)

// A catalog is the formats, of which one may be asked for.
type catalog struct {
	bundle, jsonl, json, csv, tsv, html, warc, parquet, text corpus.Format
	forced                                                   *corpus.Format
	fields                                                   corpus.Fields
}

func (c *catalog) all() []*corpus.Format {
	return []*corpus.Format{&c.bundle, &c.jsonl, &c.json, &c.csv, &c.tsv, &c.html, &c.warc, &c.parquet, &c.text}
}

func newCatalog(options corpus.Options) (*catalog, error) {
	c := &catalog{
		bundle:  bundle.Format(),
		jsonl:   jsonl.Format(options.Fields),
		json:    jsonl.Documents(options.Fields),
		csv:     table.CSV(options.Fields),
		tsv:     table.TSV(options.Fields),
		parquet: parquet.Format(options.Fields),
		text:    plaintext.Format(),
		html:    html.Format(),
		warc:    warc.Format(),
		fields:  options.Fields,
	}
	if options.Format == "" {
		return c, nil
	}
	at := slices.IndexFunc(c.all(), func(f *corpus.Format) bool { return f.Name == options.Format })
	if at < 0 {
		return nil, fmt.Errorf("unknown input format %q: it is one of %s", options.Format, strings.Join(Names(), ", "))
	}
	c.forced = c.all()[at]
	return c, nil
}

// Names returns the names of all formats.
func Names() []string {
	var names []string
	c, _ := newCatalog(corpus.Options{})
	for _, format := range c.all() {
		names = append(names, format.Name)
	}
	return names
}

// An Encoder appends an article as a format writes it down: corpus.Format.Encode.
type Encoder = func(to []byte, article *corpus.Article, fields []byte) ([]byte, error)

// Encoders returns the formats into which articles of any other are written, by their
// names.
func Encoders() map[string]Encoder {
	encoders := make(map[string]Encoder)
	c, _ := newCatalog(corpus.Options{})
	for _, format := range c.all() {
		if format.Encode != nil {
			encoders[format.Name] = format.Encode
		}
	}
	return encoders
}

// Open returns the corpus of the named inputs, of which nothing has been read.
// See corpus.Open.
func Open(names []string, stdin io.Reader, options corpus.Options) (*corpus.Corpus, error) {
	formats, err := newCatalog(options)
	if err != nil {
		return nil, err
	}
	return corpus.Open(names, stdin, formats, options)
}
