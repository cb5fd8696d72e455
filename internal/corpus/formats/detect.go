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
	"github.com/newsdedup/newsdedup/internal/corpus/parquet"
)

func isTextName(name string) bool {
	return slices.Contains([]string{".txt", ".text", ".md"}, strings.ToLower(path.Ext(name)))
}

func isJSONLName(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(path.Ext(name)))
}

func isParquetName(name string) bool { return strings.EqualFold(path.Ext(name), ".parquet") }

// Choose tells whether a file of a folder is read. A name without an
// extension says nothing.
func (c *catalog) Choose(name string) corpus.Choice {
	switch {
	case c.forced != nil || isTextName(name) || isJSONLName(name) || isParquetName(name):
		return corpus.Read
	case path.Ext(name) == "":
		return corpus.Sniff
	default:
		return corpus.LeaveOut
	}
}

// Detect tells the format of an input.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	if isParquet := parquet.Matches(input.Head); isParquet || c.forced == &c.parquet {
		return c.detectParquet(isParquet)
	}
	if err := container(input.Head); err != nil {
		return nil, err
	}
	format := c.tell(input)
	if format == &c.bundle && isBundle(input.Head) || format == &c.jsonl && jsonl.Matches(input.Head) {
		return format, nil // which a few control characters do not change
	}
	if !isText(input.Head) {
		return nil, errors.New("binary data (it holds NUL or control bytes), not text")
	}
	if format == nil {
		return nil, errors.New(unknown(input.Head))
	}
	return format, nil
}

// detectParquet tells what is Parquet by its bytes, or should be as its user says.
func (c *catalog) detectParquet(isParquet bool) (*corpus.Format, error) {
	switch {
	case !isParquet:
		return nil, errors.New("not a Parquet file: it does not begin with PAR1")
	case c.forced != nil && c.forced != &c.parquet:
		return nil, fmt.Errorf("a Parquet file, not %s: --input-format parquet reads it", c.forced.Name)
	}
	return &c.parquet, nil
}

// tell returns the format of an input that is text, nil where it is unknown.
func (c *catalog) tell(input corpus.Candidate) *corpus.Format {
	switch {
	case c.forced != nil:
		return c.forced
	case input.InFolder && isJSONLName(input.Name):
		return &c.jsonl
	case !(input.InFolder && isTextName(input.Name)) && jsonl.Matches(input.Head):
		return &c.jsonl
	case isBundle(input.Head):
		return &c.bundle
	case isJSONLName(input.Name):
		return &c.jsonl
	case input.InFolder && isTextName(input.Name):
		return &c.text
	default:
		return nil
	}
}

// isBundle reports whether a header stands in the head, below nothing but
// text: an archive may hold a bundle without being one.
func isBundle(head []byte) bool {
	at := bundle.Find(head)
	return at >= 0 && isText(head[:at])
}

// unknown says what a text of no known format is, and what its user may do.
func unknown(head []byte) string {
	if near := bundle.NearHeader(head); near != "" {
		return "not a bundle, but " + near
	}
	if form := resembles(head); form != "" {
		return "looks like " + form
	}
	where := ""
	if len(head) >= corpus.SniffBytes {
		where = fmt.Sprintf(" in its first %d KiB", corpus.SniffBytes>>10)
	}
	return fmt.Sprintf("not a bundle (no line%s begins with <<<FILE) and not JSON lines; "+
		"--input-format text reads it as one article", where)
}
