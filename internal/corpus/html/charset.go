package html

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	utf8Name        = "utf-8"
	windows1252Name = "windows-1252"
	replacementName = "replacement"
	mark            = "\uFEFF"
	// sniffed is how much of a page is looked at for what it says of its encoding.
	sniffed = 1024
)

// unreadLabels are those that WHATWG's Encoding lists under "replacement":
// ASCII in them may stand for markup, which has been used for attacks.
var unreadLabels = regexp.MustCompile(`csiso2022kr|hz-gb-2312|iso-2022-cn-ext|iso-2022-cn|iso-2022-kr|replacement`)

// Lost is what of an input was no character of its encoding, and is replaced
// by U+FFFD.
type Lost struct {
	Count   int
	At      int    // of the first, where the encoding is UTF-8; else 0
	Charset string // by its WHATWG name
	Unread  string // the label of another that it names, which is not read
}

// unread says that the input names an encoding that is not read.
func (l Lost) unread() string {
	return fmt.Sprintf("the page is read as %s, for it names an encoding that is not read, as by no browser: %q", l.Charset, l.Unread)
}

// Problem returns the problem of the record whose data from the given byte on
// has lost something. The record's line stands for all of it.
func (l Lost) Problem(record corpus.Record, from int) corpus.Problem {
	problem := record.Replaced(0, l.Count)
	problem.Offset += int64(from + l.At)
	if l.Charset != utf8Name {
		problem.Message = fmt.Sprintf("characters that are none in %s are replaced by U+FFFD: %d", l.Charset, l.Count)
	}
	return problem
}

// ToUTF8 returns a page in UTF-8. Its encoding is told as WHATWG's HTML says,
// "encoding sniffing": by a byte order mark, the charset of the Content-Type
// header, or a meta element in the first 1,024 bytes. It departs where neither
// a mark nor a header says anything, and Western European is what a meta
// element says or all that is left: a page that is valid UTF-8 from its first
// byte to its last is UTF-8 then, since by chance none is. And it departs
// where an encoding is named that WHATWG replaces, with all of the page, by one
// U+FFFD: what the header says is then not asked, and if the page says so, it
// is UTF-8.
func ToUTF8(page []byte, contentType string) ([]byte, Lost) {
	coding, name, certain := charset.DetermineEncoding(page, contentType)
	if name == replacementName {
		return replaced(page, contentType)
	}
	if !certain && name == windows1252Name && utf8.Valid(page) {
		name = utf8Name
	}
	return toUTF8(page, coding, name)
}

// replaced is ToUTF8 for a page whose header or meta element names an encoding
// that is not read.
func replaced(page []byte, contentType string) (text []byte, lost Lost) {
	if label, _, name := named(contentType); name == replacementName {
		text, lost = ToUTF8(page, "")
		lost.Unread = label
		return text, lost
	}
	text, lost = toUTF8(page, nil, utf8Name)
	lost.Unread = unreadLabels.FindString(strings.ToLower(string(page[:min(len(page), sniffed)])))
	if lost.Unread == "" { // it is written with character references
		lost.Unread = replacementName
	}
	return text, lost
}

// named returns the encoding that a Content-Type header names, and by which
// label; nil where it names none that is known.
func named(contentType string) (label string, coding encoding.Encoding, name string) {
	_, parameters, _ := mime.ParseMediaType(contentType)
	label = parameters["charset"]
	coding, name = charset.Lookup(label)
	return label, coding, name
}

// PlainToUTF8 returns a text without markup in UTF-8: from the charset of its
// Content-Type header, where it names one that is read.
func PlainToUTF8(text []byte, contentType string) ([]byte, Lost) {
	label, coding, name := named(contentType)
	switch {
	case name == replacementName:
		decoded, lost := toUTF8(text, nil, utf8Name)
		lost.Unread = label
		return decoded, lost
	case coding == nil:
		name = utf8Name
	}
	return toUTF8(text, coding, name)
}

func toUTF8(text []byte, coding encoding.Encoding, name string) ([]byte, Lost) {
	lost := Lost{Charset: name}
	if name == utf8Name {
		if lost.At = corpus.FirstInvalid(text); lost.At >= 0 {
			text, lost.Count = corpus.Repair(text)
		}
		return bytes.TrimPrefix(text, []byte(mark)), lost
	}
	decoded, err := coding.NewDecoder().Bytes(text)
	if err != nil { // no decoder of the list has one: what is bad is replaced
		decoded, lost.Count = corpus.Repair(text)
		return decoded, lost
	}
	lost.Count = bytes.Count(decoded, []byte("\uFFFD"))
	return bytes.TrimPrefix(decoded, []byte(mark)), lost
}
