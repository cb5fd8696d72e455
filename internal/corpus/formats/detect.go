package formats

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
	"github.com/newsdedup/newsdedup/internal/corpus/jsonl"
	"github.com/newsdedup/newsdedup/internal/corpus/table"
)

func isTextName(name string) bool { return hasExtension(name, ".txt", ".text", ".md") }

func isJSONLName(name string) bool { return hasExtension(name, ".jsonl", ".ndjson") }

func isJSONName(name string) bool { return hasExtension(name, ".json") }

func hasExtension(name string, extensions ...string) bool {
	return slices.Contains(extensions, strings.ToLower(path.Ext(name)))
}

// ofTable returns the format of a table of the name, nil where it is not that
// of one.
func (c *catalog) ofTable(name string) *corpus.Format {
	switch {
	case hasExtension(name, ".csv"):
		return &c.csv
	case hasExtension(name, ".tsv", ".tab"):
		return &c.tsv
	}
	return nil
}

// Choose tells whether a file of a folder is read. A name without an
// extension says nothing.
func (c *catalog) Choose(name string) corpus.Choice {
	switch {
	case c.forced != nil || isTextName(name) || isJSONLName(name) || isJSONName(name) || c.ofTable(name) != nil:
		return corpus.Read
	case path.Ext(name) == "":
		return corpus.Sniff
	default:
		return corpus.LeaveOut
	}
}

// Detect tells the format of an input.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	if err := container(input.Head); err != nil {
		return nil, err
	}
	format := c.tell(input)
	if format == &c.bundle && isBundle(input.Head) || format == &c.jsonl && jsonl.Matches(input.Head) ||
		format == &c.json && jsonl.MatchesDocuments(input.Head, c.fields) {
		return format, nil // which a few control characters do not change
	}
	if !isText(input.Head) {
		return nil, errors.New("binary data (it holds NUL or control bytes), not text")
	}
	if format == nil {
		return nil, errors.New(c.unknown(input.Head))
	}
	return format, nil
}

// tell returns the format of an input that is text, nil where it is unknown.
func (c *catalog) tell(input corpus.Candidate) *corpus.Format {
	asText := input.InFolder && isTextName(input.Name)
	byName := c.ofTable(input.Name)
	switch {
	case c.forced != nil:
		return c.forced
	case input.InFolder && isJSONLName(input.Name):
		return &c.jsonl
	case byName != nil:
		return byName
	case !asText && !isJSONLName(input.Name) && jsonl.MatchesDocuments(input.Head, c.fields):
		return &c.json
	case !asText && jsonl.Matches(input.Head):
		return &c.jsonl
	case isBundle(input.Head) && !(input.InFolder && isJSONName(input.Name)):
		return &c.bundle
	case isJSONLName(input.Name):
		return &c.jsonl
	case isJSONName(input.Name):
		return &c.json
	case asText:
		return &c.text
	default:
		return c.headed(input.Head)
	}
}

// headed returns the format of a table whose header names a text, nil where the
// head is none.
func (c *catalog) headed(head []byte) *corpus.Format {
	_, tabbed, known := table.Columns(head, c.fields)
	switch {
	case !known:
		return nil
	case tabbed:
		return &c.tsv
	default:
		return &c.csv
	}
}

// isBundle reports whether a header stands in the head, below nothing but
// text: an archive may hold a bundle without being one.
func isBundle(head []byte) bool {
	at := bundle.Find(head)
	return at >= 0 && isText(head[:at])
}

// unknown says what a text of no known format is, and what its user may do.
func (c *catalog) unknown(head []byte) string {
	if near := bundle.NearHeader(head); near != "" {
		return "not a bundle, but " + near
	}
	if form := c.resembles(head); form != "" {
		return "looks like " + form
	}
	where := ""
	if len(head) >= corpus.SniffBytes {
		where = fmt.Sprintf(" in its first %d KiB", corpus.SniffBytes>>10)
	}
	return fmt.Sprintf("not a bundle (no line%s begins with <<<FILE) and not JSON lines; "+
		"--input-format text reads it as one article", where)
}
