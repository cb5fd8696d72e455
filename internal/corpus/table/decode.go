package table

import (
	"bytes"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// decode makes a row into an article.
func (s *splitter) decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	r := reading{header: &s.header, record: record, scratch: scratch}
	if refusal := r.read(); refusal != nil {
		return corpus.Article{}, false, []corpus.Problem{*refusal}
	}
	text := r.found[corpus.Text].field
	var article corpus.Article
	article.BodyLine = record.Line + bytes.Count(record.Data[:text.start], []byte{'\n'})
	article.Body, article.Verbatim = r.body(text)
	var values corpus.Values
	for role, one := range r.found {
		if corpus.Role(role) != corpus.Text && one.rank > 0 {
			values[role] = r.short(one.field)
		}
	}
	scratch.Describe(&article, &values)
	return article, true, r.problems(&article)
}

// bodyAt returns where the text of a row is written: inside its quotes, or with
// escapes.
func bodyAt(of corpus.Splitter, record corpus.Record) (from, to int, escaped, ok bool) {
	s := of.(*splitter)
	r := reading{header: &s.header, record: record, scratch: new(corpus.Scratch)}
	if r.read() != nil {
		return 0, 0, false, false
	}
	text := r.found[corpus.Text]
	return text.start, text.start + len(text.written), s.header.tabs && !text.quoted, true
}

// A reading is a row while it is read.
type reading struct {
	header   *header
	record   corpus.Record
	scratch  *corpus.Scratch
	found    [corpus.Roles]ranked
	fields   int
	replaced int // bytes that are not UTF-8
	first    int // position of the first of them in the record
}

// A ranked is the field of a role, and its rank, 0 where the row has none.
type ranked struct {
	field
	rank int
}

// read finds the fields that are wanted, and returns what is against the row.
func (r *reading) read() *corpus.Problem {
	surplus := false
	for rest := r.header.fieldsOf(r.record.Data); ; r.fields++ {
		one, ok := rest.next()
		if !ok {
			break
		}
		if one.unclosed {
			lines := bytes.Count(r.record.Data[one.start:], []byte{'\n'})
			return r.problem(one.start-1, "a quote is not closed: the row is left out with the %d lines below the quote", lines)
		}
		if r.fields >= len(r.header.serve) {
			surplus = surplus || len(one.written) > 0
			continue
		}
		for _, as := range r.header.serve[r.fields] {
			r.keep(as, one)
		}
	}
	switch {
	case surplus:
		return r.problem(0, "the row has %d fields, and the table %d columns: it is left out, since a text may be cut in it", r.fields, len(r.header.names))
	case r.found[corpus.Text].rank == 0:
		return r.problem(0, "the row has %d fields, and the table %d columns: the text is missing", r.fields, len(r.header.names))
	case r.header.isNull(r.found[corpus.Text].field):
		return r.problem(r.found[corpus.Text].start, "the text is null")
	}
	return nil
}

func (r *reading) problem(at int, format string, args ...any) *corpus.Problem {
	p := r.record.Problem(at, corpus.BadRecord, format, args...)
	return &p
}

// keep keeps the field for the role, unless it has a better one: one that is
// filled before one that is not, and then the one of the better rank.
func (r *reading) keep(as service, one field) {
	held := &r.found[as.role]
	better := held.rank == 0 || as.rank < held.rank
	if held.rank > 0 {
		if filled := r.header.isFilled(one); filled != r.header.isFilled(held.field) {
			better = filled
		}
	}
	if better {
		*held = ranked{one, as.rank}
	}
}

// body returns the text of the article, and whether its lines are those of the file.
func (r *reading) body(f field) (body []byte, verbatim bool) {
	body, verbatim = f.written, true
	if !r.header.isPlain(f) {
		folded := false
		body, folded = r.header.appendValue(r.scratch.Text(len(f.written)), f)
		r.scratch.KeepText(body)
		verbatim = !folded
	}
	return r.repair(body, f), verbatim
}

// short returns the value of a field: an alias, where it is written so.
func (r *reading) short(f field) []byte {
	if r.header.isNull(f) {
		return nil
	}
	value := f.written
	if !r.header.isPlain(f) {
		value, _ = r.header.appendValue(nil, f)
	}
	return r.repair(value, f)
}

// repair replaces the bytes of a value that are not UTF-8, and counts them.
func (r *reading) repair(value []byte, f field) []byte {
	if utf8.Valid(value) {
		return value
	}
	value, count := corpus.Repair(value)
	if first := f.start + max(0, corpus.FirstInvalid(f.written)); r.replaced == 0 || first < r.first {
		r.first = first
	}
	r.replaced += count
	return value
}

// problems returns the problems of an article.
func (r *reading) problems(article *corpus.Article) []corpus.Problem {
	var problems []corpus.Problem
	if r.fields < len(r.header.names) {
		problems = append(problems, *r.problem(0, "the row has %d fields, and the table %d columns: the last are missing", r.fields, len(r.header.names)))
	}
	if r.replaced > 0 {
		problems = append(problems, r.record.Replaced(r.first, r.replaced))
	}
	return problems
}
