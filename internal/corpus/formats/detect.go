package formats

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
	"github.com/newsdedup/newsdedup/internal/corpus/jsonl"
	"github.com/newsdedup/newsdedup/internal/corpus/parquet"
	"github.com/newsdedup/newsdedup/internal/corpus/table"
	"github.com/newsdedup/newsdedup/internal/corpus/warc"
)

// ofExtension returns the format that the extension of a name stands for, nil
// where it stands for none. A text may be a bundle as well, and JSON be lines.
func (c *catalog) ofExtension(name string) *corpus.Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".md":
		return &c.text
	case ".jsonl", ".ndjson":
		return &c.jsonl
	case ".json":
		return &c.json
	case ".csv":
		return &c.csv
	case ".tsv", ".tab":
		return &c.tsv
	case ".html", ".htm", ".xhtml":
		return &c.html
	case ".warc", ".wet", ".wat", ".arc":
		return &c.warc
	case ".parquet":
		return &c.parquet
	}
	return nil
}

// Choose tells whether a file of a folder is read. A name without an
// extension says nothing.
func (c *catalog) Choose(name string) corpus.Choice {
	switch {
	case c.forced != nil || c.ofExtension(name) != nil:
		return corpus.Read
	case path.Ext(name) == "":
		return corpus.Sniff
	default:
		return corpus.LeaveOut
	}
}

// Detect tells the format of an input.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	if strings.EqualFold(path.Ext(input.Name), ".wacz") && isZIP(input.Head) {
		return nil, errors.New("a WACZ archive: unpack it first (unzip), and name its folder archive")
	}
	if isParquet := parquet.Matches(input.Head); isParquet || c.forced == &c.parquet {
		return c.detectParquet(isParquet)
	}
	if err := container(input.Head); err != nil {
		return nil, err
	}
	format := c.tell(input)
	if c.isSure(format, input.Head) {
		return format, nil // which a few control characters, or the pictures of a crawl, do not change
	}
	if !isText(input.Head) {
		return nil, errors.New("binary data (it holds NUL or control bytes), not text")
	}
	if format == nil {
		return nil, errors.New(c.unknown(input.Head))
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

// isSure reports whether the head itself says that it is of the format.
func (c *catalog) isSure(format *corpus.Format, head []byte) bool {
	switch format {
	case &c.warc:
		return warc.Matches(head)
	case &c.bundle:
		return isBundle(head)
	case &c.jsonl:
		return jsonl.Matches(head)
	case &c.json:
		return jsonl.MatchesDocuments(head, c.fields)
	}
	return false
}

// tell returns the format of an input that is text, nil where it is unknown.
func (c *catalog) tell(input corpus.Candidate) *corpus.Format {
	named := c.ofExtension(input.Name)
	asText := input.InFolder && named == &c.text
	switch {
	case c.forced != nil:
		return c.forced
	case named == &c.jsonl && jsonl.Wraps(input.Head, c.fields):
		return &c.json
	case named == &c.csv || named == &c.tsv, input.InFolder && (named == &c.jsonl || named == &c.html || named == &c.warc):
		return named
	case !asText && warc.Matches(input.Head):
		return &c.warc
	case !asText && named != &c.jsonl && jsonl.MatchesDocuments(input.Head, c.fields):
		return &c.json
	case !asText && jsonl.Matches(input.Head):
		return &c.jsonl
	case isBundle(input.Head) && !(input.InFolder && named == &c.json):
		return &c.bundle
	case !asText && isPage(input.Head):
		return &c.html
	case asText, input.Several && named == &c.text && bundle.NearHeader(input.Head) == "", named != nil && named != &c.text && named != &c.parquet:
		return named
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
	return fmt.Sprintf("its format cannot be told: no line%s begins with <<<FILE, as in a bundle, and it begins like "+
		"no JSON, table, page or web archive with articles; --input-format text reads it as one article", where)
}
