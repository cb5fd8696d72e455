package formats

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
	"github.com/newsdedup/newsdedup/internal/corpus/jsonl"
)

func isTextName(name string) bool {
	return slices.Contains([]string{".txt", ".text", ".md"}, strings.ToLower(path.Ext(name)))
}

func isJSONLName(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(path.Ext(name)))
}

// Reads reports whether a file of a folder is read.
func (c *catalog) Reads(name string) bool {
	return c.forced != nil || isTextName(name) || isJSONLName(name)
}

// Detect tells the format of an input.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	switch {
	case c.forced != nil && !input.InFolder:
		return c.forced, nil
	case c.forced != nil:
		return unlessForeign(c.forced, input.Head)
	case input.InFolder:
		return c.inFolder(input)
	default:
		return c.named(input)
	}
}

func (c *catalog) inFolder(input corpus.Candidate) (*corpus.Format, error) {
	switch {
	case isJSONLName(input.Name):
		return &c.jsonl, nil
	case bundle.Matches(input.Head):
		return &c.bundle, nil
	default:
		return unlessForeign(&c.text, input.Head)
	}
}

func (c *catalog) named(input corpus.Candidate) (*corpus.Format, error) {
	switch {
	case jsonl.Matches(input.Head):
		return &c.jsonl, nil
	case bundle.Matches(input.Head):
		return &c.bundle, nil
	case isJSONLName(input.Name):
		return &c.jsonl, nil
	}
	if err := foreign(input.Head); err != nil {
		return nil, err
	}
	if text := bytes.TrimSpace(input.Head); bytes.HasPrefix(text, []byte("[")) || bytes.HasPrefix(text, []byte("{")) {
		return nil, errors.New("not a bundle, and not JSON lines, which have one object on each line; " +
			"if it is one JSON document, put each of its articles on a line of its own (as jq -c does)")
	}
	where := ""
	if len(input.Head) >= corpus.SniffBytes {
		where = fmt.Sprintf(" in its first %d KiB", corpus.SniffBytes>>10)
	}
	return nil, fmt.Errorf("not a bundle (no line%s begins with <<<FILE) and not JSON lines; "+
		"if it is one article, add --input-format text, and if it is one of the others all the same, "+
		"--input-format bundle or jsonl", where)
}

// magics are the first bytes of what people take for text.
var magics = []struct{ magic, problem string }{
	{"\xFF\xFE", "UTF-16 text, and only UTF-8 is read: convert it (iconv -f UTF-16 -t UTF-8)"},
	{"\xFE\xFF", "UTF-16 text, and only UTF-8 is read: convert it (iconv -f UTF-16 -t UTF-8)"},
	{"\xFD7zXZ\x00", "compressed with xz, and only gzip and zstd are read: unpack it first (xz -dc)"},
	{"BZh91AY&SY", "compressed with bzip2, and only gzip and zstd are read: unpack it first (bzip2 -dc)"},
	{"\x04\x22\x4D\x18", "compressed with lz4, and only gzip and zstd are read: unpack it first (lz4 -dc)"},
	{"PK\x03\x04", "a zip archive: unpack it first, and name the folder"},
	{"%PDF-", "a PDF file, not text"},
}

// leastBytesPerNUL is how many bytes of a text there are for each NUL byte. A
// scraped text may hold one by accident; UTF-16 and machine formats hold one
// in every few bytes.
const leastBytesPerNUL = 32

func unlessForeign(format *corpus.Format, head []byte) (*corpus.Format, error) {
	if err := foreign(head); err != nil {
		return nil, err
	}
	return format, nil
}

// foreign says what is wrong with an input that is no text of any kind.
func foreign(head []byte) error {
	for _, known := range magics {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			return errors.New(known.problem)
		}
	}
	if !isText(head) {
		return errors.New("binary data (NUL bytes): not a bundle, JSON lines or text")
	}
	return nil
}

func isText(head []byte) bool {
	return bytes.Count(head, []byte{0})*leastBytesPerNUL <= len(head)
}
