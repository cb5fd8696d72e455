package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

type decoder struct{ fields corpus.Fields }

// decode makes a line into an article.
func (d *decoder) decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	wanted := [...]lookup{{name: d.fields.ID}, {name: d.fields.Text, asked: true}, {name: d.fields.Source}}
	body := &wanted[1].text
	body.bytes = scratch.Text(len(record.Data))
	sound := findAll(record.Data, wanted[:])
	scratch.KeepText(body.bytes)
	if !sound {
		return corpus.Article{}, false, []corpus.Problem{unsound(record)}
	}
	id, written, source := wanted[0].value, wanted[1].value, wanted[2].value
	if !written.isString() {
		return corpus.Article{}, false, []corpus.Problem{record.Problem(0, corpus.BadRecord, "%s", d.noText(record, written))}
	}
	r := reading{record: record, scratch: scratch}
	r.add(body)
	article := corpus.Article{
		Key: r.key(id), Source: r.source(source),
		Body: body.bytes, BodyLine: record.Line,
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
	scratch  *corpus.Scratch
	replaced int // bytes and halves of surrogate pairs
	halves   int
	first    int // position of the first in the record
}

// add counts what was replaced in a text of the record.
func (r *reading) add(t *text) {
	if t.replaced == 0 {
		return
	}
	// Both are aliases of the record's memory, and reach as far.
	if first := cap(r.record.Data) - cap(t.first); r.replaced == 0 || first < r.first {
		r.first = first
	}
	r.replaced += t.replaced
	r.halves += t.halves
}

// short returns what a string stands for: an alias, where it is written so.
func (r *reading) short(v value) []byte {
	l := v.literal()
	if bytes.IndexByte(l, '\\') < 0 && utf8.Valid(l) {
		return l
	}
	var t text
	t.set(l)
	r.add(&t)
	return t.bytes
}

// key returns the identifier, "" where there is none.
func (r *reading) key(id value) string {
	if id.isString() {
		return r.scratch.Key(r.short(id))
	}
	if id.kind() == "a number" {
		return r.scratch.Key(id)
	}
	return ""
}

func (r *reading) source(source value) string {
	if !source.isString() {
		return ""
	}
	return r.scratch.Word(r.short(source))
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
