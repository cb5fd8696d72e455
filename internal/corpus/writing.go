package corpus

import (
	"bytes"
	"errors"
	"fmt"
)

// A Writing says how an input of a format is written down again without some
// of its records, and without some lines of the articles of others.
type Writing struct {
	Whole    bool // a record is the whole input, which goes with it
	LineEnds int  // of those behind a record, how many go with it
	Commas   bool // between two records may be a comma, of which there is one fewer
	Members  bool // where it is gzip, each record is a member
	// Body returns where the article's body is written in a record that the
	// splitter has cut, and whether its line ends are escaped there. nil where
	// that cannot be told.
	Body func(Splitter, Record) (from, to int, escaped, ok bool)
}

// Lines are some lines of a body, half-open, from 0.
type Lines struct{ First, End int }

// CutLines appends the text without the lines, which are ascending and do not
// overlap. Where the last line goes that has no line end, so does that of the one
// that is last then.
func CutLines(to, text []byte, lines []Lines) []byte { return cutLines(to, text, lines, lineFeed) }

// lineFeed returns how many bytes of the text a line has, and how many of them are
// its end.
func lineFeed(text []byte) (length, end int) {
	if at := bytes.IndexByte(text, '\n'); at >= 0 {
		return at + 1, 1
	}
	return len(text), 0
}

// escapedLineFeed is lineFeed for a text in which line ends are written \n, or
// as \u000a.
func escapedLineFeed(text []byte) (length, end int) {
	for at := 0; at < len(text); at++ {
		if text[at] != '\\' || at+1 == len(text) {
			continue
		}
		switch {
		case text[at+1] == 'n':
			return at + 2, 2
		case len(text)-at >= 6 && bytes.EqualFold(text[at:at+6], []byte(`\u000a`)):
			return at + 6, 6
		}
		at++ // of whatever is escaped, a backslash for one
	}
	return len(text), 0
}

func cutLines(to, text []byte, lines []Lines, next func([]byte) (length, end int)) []byte {
	lastEnd := 0 // length of the line end that was appended last
	for number := 0; len(text) > 0; number++ {
		for len(lines) > 0 && number >= lines[0].End {
			lines = lines[1:]
		}
		length, end := next(text)
		switch gone := len(lines) > 0 && number >= lines[0].First; {
		case !gone:
			to, lastEnd = append(to, text[:length]...), end
		case end == 0: // the last one
			to = to[:len(to)-lastEnd]
		}
		text = text[length:]
	}
	return to
}

// A Span is a range of bytes of a body, half-open.
type Span struct{ Start, End int }

// linesOf returns the lines of a body that a span takes up, if it has them for
// itself.
func linesOf(body []byte, span Span) (Lines, error) {
	start, end := span.Start, span.End
	if start < 0 || end > len(body) || start >= end {
		return Lines{}, fmt.Errorf("the article has no bytes %d to %d", start, end)
	}
	lineStart := bytes.LastIndexByte(body[:start], '\n') + 1
	lineEnd := len(body)
	if at := bytes.IndexByte(body[end:], '\n'); at >= 0 {
		lineEnd = end + at
	}
	if len(bytes.TrimSpace(body[lineStart:start])) > 0 || len(bytes.TrimSpace(body[end:lineEnd])) > 0 {
		return Lines{}, errors.New("the paragraph shares a line with other text")
	}
	first := bytes.Count(body[:lineStart], []byte{'\n'})
	return Lines{first, first + 1 + bytes.Count(body[start:end], []byte{'\n'})}, nil
}

// CutSpans returns the body without the lines of those spans that have lines for
// themselves. The spans ascend and do not overlap.
func CutSpans(body []byte, spans []Span) []byte {
	var lines []Lines
	for _, span := range spans {
		if one, err := linesOf(body, span); err == nil {
			lines = append(lines, one)
		}
	}
	return CutLines(nil, body, lines)
}

// An Uncut is a span of an article that could not be cut out of it.
type Uncut struct {
	Input  int
	Offset int64 // of the record
	Span   Span
	Reason error
}

// cut returns the record without the spans of its article's body, which ascend and
// do not overlap, and those that stay. What is left is checked: what is decoded of it is
// the body without those lines, and else what it was.
func (c *Corpus) cut(scratch, again *Scratch, splitter Splitter, record Record, spans []Span) (left []byte, uncut []Uncut) {
	article, decodes, _, _ := c.decode(scratch, record)
	var lines []Lines
	for _, span := range spans {
		one, err := linesOf(article.Body, span)
		if !decodes {
			err = errors.New("the record is no article")
		}
		if err != nil {
			uncut = append(uncut, Uncut{record.Input, record.Offset, span, err})
			continue
		}
		lines = append(lines, one)
	}
	if left = c.withoutLines(again, splitter, record, &article, lines); left != nil || len(lines) == 0 {
		return left, uncut
	}
	uncut = nil
	for _, span := range spans {
		uncut = append(uncut, Uncut{record.Input, record.Offset, span, errors.New("the record would not read as it should without it")})
	}
	return nil, uncut
}

// withoutLines returns the record without lines of its body, nil where that would
// be something else.
func (c *Corpus) withoutLines(scratch *Scratch, splitter Splitter, record Record, article *Article, lines []Lines) []byte {
	body := c.inputs[record.Input].format.Writing.Body
	if body == nil || len(lines) == 0 {
		return nil
	}
	from, to, escaped, ok := body(splitter, record)
	if !ok {
		return nil
	}
	next := lineFeed
	if escaped {
		next = escapedLineFeed
	}
	left := append([]byte{}, record.Data[:from]...)
	left = cutLines(left, record.Data[from:to], lines, next)
	left = append(left, record.Data[to:]...)
	want := CutLines(nil, article.Body, lines)
	record.Data = left
	got, decodes, _, _ := c.decode(scratch, record)
	if !decodes || !bytes.Equal(want, got.Body) || got.Key != article.Key || got.Source != article.Source || got.Meta != article.Meta {
		return nil
	}
	return left
}
