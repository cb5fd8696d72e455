package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

type decoder struct{ fields corpus.Fields }

// decode makes a line into an article. The body is an alias of the record's
// data where the text holds no escape.
func (d *decoder) decode(record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	wanted := [...]lookup{{name: d.fields.ID}, {name: d.fields.Text}, {name: d.fields.Source}}
	if !findAll(record.Data, wanted[:]) {
		return corpus.Article{}, false, []corpus.Problem{unsound(record)}
	}
	id, text, source := wanted[0].value, wanted[1].value, wanted[2].value
	literal, ok := text.literal()
	if !ok {
		return corpus.Article{}, false, []corpus.Problem{record.Problem(0, corpus.BadRecord, "%s", d.noText(record, text))}
	}
	r := reading{record: record}
	body := r.text(literal)
	article := corpus.Article{
		Key: r.key(id), Source: r.source(source),
		Body: body, BodyLine: record.Line,
	}
	return article, true, r.found(article.Key, id, d.fields.ID)
}

// noText says why the record has no text, and what its user may do.
func (d *decoder) noText(record corpus.Record, text value) string {
	if text == nil {
		return noField(record, d.fields.Text) + "; --text-field names the text"
	}
	return fmt.Sprintf("the field %q is %s, not a string", d.fields.Text, text.kind())
}

// A reading collects what had to be replaced in one record.
type reading struct {
	record   corpus.Record
	replaced int // bytes and halves of surrogate pairs
	halves   int
	first    int // position of the first in the record
}

// text returns the string as valid UTF-8.
func (r *reading) text(l literal) []byte {
	text, halves, first := l.unescape()
	repaired, bad := corpus.Repair(text)
	if halves+bad == 0 {
		return repaired
	}
	if bad > 0 {
		if at := corpus.FirstInvalid(l); first < 0 || at < first {
			first = at
		}
	}
	if first += r.position(l); r.replaced == 0 || first < r.first {
		r.first = first
	}
	r.replaced += halves + bad
	r.halves += halves
	return repaired
}

// position returns where the literal stands in the record. It is an alias of
// the record's data, and both reach as far.
func (r *reading) position(l literal) int { return cap(r.record.Data) - cap(l) }

// key returns the identifier, "" where there is none.
func (r *reading) key(id value) string {
	if l, ok := id.literal(); ok {
		return string(r.text(l))
	}
	if id.kind() == "a number" {
		return string(id)
	}
	return ""
}

func (r *reading) source(source value) string {
	l, ok := source.literal()
	if !ok {
		return ""
	}
	return string(r.text(l))
}

// found returns the problems of an article.
func (r *reading) found(key string, id value, field string) []corpus.Problem {
	var problems []corpus.Problem
	if key == "" {
		problems = append(problems, r.record.Problem(0, corpus.UnnamedArticle, "%s", r.noName(id, field)))
	}
	if r.halves > 0 {
		problems = append(problems, r.record.Problem(r.first, corpus.InvalidUTF8,
			"U+FFFD stands for what is no character: half surrogate pairs and bytes that are not UTF-8, %d in all", r.replaced))
	} else if r.replaced > 0 {
		problems = append(problems, r.record.Replaced(r.first, r.replaced))
	}
	return problems
}

// noName says why the record has no identifier, and what its user may do.
func (r *reading) noName(id value, field string) string {
	switch id.kind() {
	case "missing":
		return noField(r.record, field) + "; --id-field names the identifier"
	case "a string":
		return fmt.Sprintf("the field %q is empty, and so names no article", field)
	default:
		return fmt.Sprintf("the field %q is %s, not a string or a number", field, id.kind())
	}
}

// unsound says why the record is not a JSON object.
func unsound(record corpus.Record) corpus.Problem {
	var whole json.RawMessage
	err := json.Unmarshal(record.Data, &whole)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := min(max(int(syntax.Offset)-1, 0), len(record.Data))
		return record.Problem(at, corpus.BadRecord, "the line is not JSON: %v (byte %d of the line)", err, at+1)
	}
	kind := value(bytes.TrimLeft(record.Data, space)).kind()
	return record.Problem(0, corpus.BadRecord, "the line is %s, not a JSON object", kind)
}
