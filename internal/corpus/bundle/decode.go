package bundle

import (
	"bytes"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// decode makes a record into an article. The record is never refused: whatever
// the splitter cut off begins with a header.
func decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	d := decoder{scratch: scratch, record: record}
	ok := d.read()
	if ok {
		d.repair()
	}
	return d.article, ok, d.problems
}

// Raw is the Decode of who wants the bytes of a body and not its text: it is
// what was written, be it UTF-8 or not.
func Raw(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	d := decoder{scratch: scratch, record: record}
	ok := d.read()
	return d.article, ok, d.problems
}

// read fills in the article, with the bytes of its body as they are.
func (d *decoder) read() bool {
	line, start := firstLine(d.record.Data)
	heading, ok := parseHeader(line)
	if !ok {
		d.problem(0, corpus.BadRecord, "an article of a bundle begins with "+opening)
		return false
	}
	d.heading, d.bodyStart = heading, start
	d.readName()
	d.checkHeader(line)
	d.readBody()
	return true
}

// bodyAt returns where the body is written.
func bodyAt(_ corpus.Splitter, record corpus.Record) (from, to int, escaped, ok bool) {
	d := decoder{scratch: new(corpus.Scratch), record: record}
	ok = d.read()
	return d.bodyStart, d.bodyStart + len(d.raw), false, ok
}

// firstLine returns the first line without its line feed, and where the next begins.
func firstLine(data []byte) (line []byte, next int) {
	at := bytes.IndexByte(data, '\n')
	if at < 0 {
		return data, len(data)
	}
	return data[:at], at + 1
}

// A decoder holds what is known of one record while it is decoded.
type decoder struct {
	scratch   *corpus.Scratch
	record    corpus.Record
	heading   heading
	bodyStart int
	raw       []byte // the body as it is written
	article   corpus.Article
	problems  []corpus.Problem

	badBytes int // in name and body
	firstBad int // position of the first in the data
}

func (d *decoder) problem(at int, kind, message string) {
	d.problems = append(d.problems, d.record.Problem(at, kind, "%s", message))
}

func (d *decoder) readName() {
	name, bad := corpus.Repair(d.heading.name)
	if bad > 0 {
		d.badBytes, d.firstBad = bad, corpus.FirstInvalid(d.record.Data) // all before a name is ASCII
	}
	if len(name) == 0 {
		d.problem(0, corpus.UnnamedArticle, "the header has no name")
	}
	d.article.Key = d.scratch.Key(name)
	d.article.Source = d.scratch.Word([]byte(corpus.SourceOf(d.article.Key)))
}

// checkHeader keeps text behind the header's brackets as the body's first line.
func (d *decoder) checkHeader(line []byte) {
	rest := line[d.heading.after:]
	text := trimLeft(rest)
	if len(text) == 0 {
		return
	}
	d.problem(0, corpus.BadHeader,
		fmt.Sprintf("text follows the %s of the header: it is read as the first line of the article", closing))
	d.bodyStart = d.heading.after + len(rest) - len(text)
}

func (d *decoder) readBody() {
	data := d.record.Data
	raw, closed := d.withoutEnd(data[d.bodyStart:])
	if d.heading.block && !closed {
		d.problem(0, corpus.UnclosedBlock, fmt.Sprintf("the block is not closed by a line %s", closing))
	}
	d.checkNearHeaders(raw)
	d.raw = raw
	d.article.Body = unescape(d.scratch, raw, d.heading.block)
	d.article.Verbatim = true
	d.article.BodyLine = d.record.Line + bytes.Count(data[:d.bodyStart], []byte{'\n'})
}

// repair makes the body valid UTF-8.
func (d *decoder) repair() {
	body, bad := corpus.Repair(d.article.Body)
	if bad > 0 && d.badBytes == 0 {
		d.firstBad = d.bodyStart + corpus.FirstInvalid(d.raw)
	}
	if d.badBytes += bad; d.badBytes > 0 {
		d.problems = append(d.problems, d.record.Replaced(d.firstBad, d.badBytes))
	}
	d.article.Body = body
}

// checkNearHeaders reports the lines of the body as it is written that may have
// been meant as headers.
func (d *decoder) checkNearHeaders(raw []byte) {
	skipped := 0
	if d.record.Data[d.bodyStart-1] != '\n' { // the rest of the header's line, which is reported
		_, skipped = firstLine(raw)
	}
	first, count := nearHeaders(raw[skipped:])
	if count == 0 {
		return
	}
	remark := headerForm
	if count > 1 {
		remark = fmt.Sprintf("the first of %d such lines; %s", count, headerForm)
	}
	first += skipped
	d.problem(d.bodyStart+first, corpus.BadHeader,
		fmt.Sprintf("reads almost like a header and is taken as text: %s (%s)", quoteLine(raw[first:]), remark))
}

// withoutEnd returns the body without the line that ends it, if one does.
func (d *decoder) withoutEnd(body []byte) ([]byte, bool) {
	line := bytes.TrimSuffix(body, []byte{'\n'})
	if !bytes.HasSuffix(trimRight(line), []byte(closing)) {
		return body, false // as all that ends an article; most stories' last lines are long
	}
	start := bytes.LastIndexByte(line, '\n') + 1
	if start == 0 && d.record.Data[d.bodyStart-1] != '\n' {
		return body, false // the rest of the header's line, where no delimiter can be
	}
	switch kindOf(line[start:], d.heading.block) {
	case end, blockEnd:
		return body[:start], true
	case endNoEOL:
		return withoutLineEnd(body[:start], line), true
	default:
		return body, false
	}
}

// withoutLineEnd takes the last line end off the body: CRLF where the marker's
// own line ends so, as it does when a whole bundle was converted.
func withoutLineEnd(body, marker []byte) []byte {
	body = bytes.TrimSuffix(body, []byte{'\n'})
	if bytes.HasSuffix(marker, []byte{'\r'}) {
		body = bytes.TrimSuffix(body, []byte{'\r'})
	}
	return body
}

// count returns the number with its noun.
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
