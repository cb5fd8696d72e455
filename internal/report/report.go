package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// Options say how a report is written. The zero value is complete text
// without colour, for a pipe. The JSON forms heed Version alone.
type Options struct {
	Version string // of the program, as the JSON forms name it
	Color   bool   // SGR sequences in text
	Width   int    // columns that text is laid out for; 0 for a pipe, where only evidence is shortened
	Limit   int    // findings that text lists of each kind; 0 for all
	Hints   Hints
	// Folder is where the paths of the result are read from, "" where that is not known.
	// Build servers and code hosts want paths relative to it: an absolute one below it is told so.
	Folder string
	// Review is what a gate says of the result. Where it is set, the findings that it
	// leaves are written, which may be fewer; where not, all, which are all new.
	Review *gate.Review
	// Article fetches an article again, whose text HTML shows beside those that it is
	// like. It may be nil, and what it returns is valid until the next call. An error of
	// it is not one of the report: the text is left out.
	Article func(dedup.ArticleID) (corpus.Article, error)
}

// Hints are the caller's words for what a reader of the text can do next, since
// the report knows no flag. An empty hint is not printed. Those marked as
// sentences begin with a capital and have no full stop; the others stand in
// parentheses or after a colon: "--limit 0 shows all".
type Hints struct {
	All        string // how to see what Limit left out
	Explained  string // how to see the repeats between articles of one cluster
	Exhaustive string // how to compare without sampling; a sentence
	Stories    string // how to see stories of a large corpus; a sentence
	Found      string // what to do with the findings; a sentence
	Nothing    string // what to try where nothing repeats; a sentence
}

// A format is one way to write a Result.
type format struct {
	name  string
	write func(*bufio.Writer, *dedup.Result, Options) error
}

// formats lists all formats, the default first.
func formats() []format {
	return []format{
		{"text", writeText},
		{"json", writeJSON},
		{"jsonl", writeLines},
		{"html", writeHTML},
		{"markdown", writeMarkdown},
		{"csv", writeCSV},
		{"sarif", writeSARIF},
		{"junit", writeJUnit},
		{"github", writeGitHub},
		{"gitlab", writeGitLab},
	}
}

// Formats returns the names of the formats, the default first.
func Formats() []string {
	var names []string
	for _, format := range formats() {
		names = append(names, format.name)
	}
	return names
}

// CheckFormat returns an error that names the known formats when the name is
// none of them, so that a mistake is told before a corpus is read.
func CheckFormat(name string) error {
	_, err := lookup(name)
	return err
}

func lookup(name string) (format, error) {
	for _, format := range formats() {
		if format.name == name {
			return format, nil
		}
	}
	return format{}, fmt.Errorf("unknown report format %q: known are %s", name, strings.Join(Formats(), ", "))
}

// outputBuffer is the bytes written at a time: large enough that the calls to
// the operating system do not count beside the encoding.
const outputBuffer = 64 << 10

// Write writes the result in the named format. The first error of w ends the
// work and is returned wrapped.
func Write(w io.Writer, formatName string, result *dedup.Result, opts Options) error {
	format, err := lookup(formatName)
	if err != nil {
		return err
	}
	if opts.Review == nil {
		opts.Review = new(gate.Rules).Review(result, 0)
	}
	result = opts.Review.Result
	out := bufio.NewWriterSize(w, outputBuffer)
	if err := format.write(out, result, opts); err != nil {
		return fmt.Errorf("writing the %s report: %w", formatName, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the %s report: %w", formatName, err)
	}
	return nil
}
