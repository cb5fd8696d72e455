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
	"github.com/newsdedup/newsdedup/internal/corpus/warc"
)

func isTextName(name string) bool  { return hasExtension(name, ".txt", ".text", ".md") }
func isJSONLName(name string) bool { return hasExtension(name, ".jsonl", ".ndjson") }
func isHTMLName(name string) bool  { return hasExtension(name, ".html", ".htm", ".xhtml") }
func isWARCName(name string) bool  { return hasExtension(name, ".warc", ".wet", ".wat", ".arc") }

func hasExtension(name string, all ...string) bool {
	return slices.Contains(all, strings.ToLower(path.Ext(name)))
}

// Choose tells whether a file of a folder is read. A name without an
// extension says nothing.
func (c *catalog) Choose(name string) corpus.Choice {
	switch {
	case c.forced != nil || isTextName(name) || isJSONLName(name) || isHTMLName(name) || isWARCName(name):
		return corpus.Read
	case path.Ext(name) == "":
		return corpus.Sniff
	default:
		return corpus.LeaveOut
	}
}

// Detect tells the format of an input.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	if hasExtension(input.Name, ".wacz") && isZIP(input.Head) {
		return nil, errors.New("a WACZ archive: unpack it first (unzip), and name its folder archive")
	}
	if err := container(input.Head); err != nil {
		return nil, err
	}
	format := c.tell(input)
	switch {
	case format == &c.warc && warc.Matches(input.Head): // which holds pictures as well
		return format, nil
	case format == &c.bundle && isBundle(input.Head), format == &c.jsonl && jsonl.Matches(input.Head):
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

// tell returns the format of an input that is text, nil where it is unknown.
func (c *catalog) tell(input corpus.Candidate) *corpus.Format {
	switch {
	case c.forced != nil:
		return c.forced
	case input.InFolder && isJSONLName(input.Name):
		return &c.jsonl
	case input.InFolder && isHTMLName(input.Name):
		return &c.html
	case !(input.InFolder && isTextName(input.Name)) && warc.Matches(input.Head), input.InFolder && isWARCName(input.Name):
		return &c.warc
	case !(input.InFolder && isTextName(input.Name)) && jsonl.Matches(input.Head):
		return &c.jsonl
	case isBundle(input.Head):
		return &c.bundle
	case isJSONLName(input.Name):
		return &c.jsonl
	case !(input.InFolder && isTextName(input.Name)) && markup(input.Head) == "HTML", isHTMLName(input.Name):
		return &c.html
	case isWARCName(input.Name):
		return &c.warc
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
