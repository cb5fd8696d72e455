package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

type decoder struct {
	names     *names
	one       string // what a record is called
	manyLines bool   // a record may have more than one
}

// decode makes a record into an article.
func (d *decoder) decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	found := members{names: d.names, ofBody: noBody}
	found.body.bytes = scratch.Text(len(record.Data))
	sound := findAll(record.Data, &found)
	scratch.KeepText(found.body.bytes)
	if !sound {
		return corpus.Article{}, false, []corpus.Problem{d.unsound(record)}
	}
	written, at := found.of(corpus.Text)
	if written == nil {
		if text, _ := found.any(corpus.Text); text == nil && holdsNothing(record.Data) {
			return corpus.Article{}, false, []corpus.Problem{record.Problem(0, corpus.NoArticle, "empty answer")}
		}
		return corpus.Article{}, false, []corpus.Problem{record.Problem(0, corpus.BadRecord, "%s", noText(record, &found))}
	}
	if at != found.ofBody {
		found.body.set(written.literal())
		scratch.KeepText(found.body.bytes)
	}
	r := reading{record: record, scratch: scratch}
	r.add(&found.body)
	article := corpus.Article{Body: found.body.bytes, BodyLine: record.Line}
	if d.manyLines {
		before := cap(record.Data) - cap(written) // an alias that reaches as far
		article.BodyLine += bytes.Count(record.Data[:before], []byte{'\n'})
	}
	r.describe(&article, &found)
	return article, true, r.problems(&article, &found)
}

// holdsNothing reports whether a sound object is the answer of an interface that
// had no article to give: it has an array without elements, or nothing at all.
func holdsNothing(object []byte) bool {
	members := 0
	s := scanner{data: object}
	for ok := s.take('{'); ok; ok = s.take(',') {
		if _, named := s.memberName(); !named {
			break
		}
		members++
		start := s.pos
		if !s.value() {
			break
		}
		if empty, inside := bytes.CutPrefix(s.data[start:s.pos], []byte{'['}); inside && string(bytes.TrimLeft(empty, space)) == "]" {
			return true
		}
	}
	return members == 0
}

// noText says why the record has no text, and what its user may do.
func noText(record corpus.Record, found *members) string {
	text, name := found.any(corpus.Text)
	if text == nil {
		return noField(record, name) + "; --text-field names the text"
	}
	return fmt.Sprintf("the field %q is %s, not a string", name, text.kind())
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

// describe fills in the article's key and metadata.
func (r *reading) describe(article *corpus.Article, found *members) {
	var values corpus.Values
	for role := range corpus.Roles {
		if role == corpus.Text {
			continue
		}
		switch v, _ := found.of(role); {
		case v.isString():
			values[role] = r.short(v)
		case v != nil:
			values[role] = v
		}
	}
	r.scratch.Describe(article, &values)
}

// problems returns the problems of an article.
func (r *reading) problems(article *corpus.Article, found *members) []corpus.Problem {
	var problems []corpus.Problem
	if article.Key == "" && found.names.askedID {
		problems = append(problems, r.record.Problem(0, corpus.UnnamedArticle, "%s", r.noName(found)))
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
func (r *reading) noName(found *members) string {
	switch id, name := found.any(corpus.ID); id.kind() {
	case "missing":
		return noField(r.record, name) + "; --id-field names the identifier"
	case "a string":
		return fmt.Sprintf("the field %q is empty, and so names no article", name)
	default:
		return fmt.Sprintf("the field %q is %s, not a string or a number", name, id.kind())
	}
}

// unsound says why the record is not a JSON object.
func (d *decoder) unsound(record corpus.Record) corpus.Problem {
	var whole json.RawMessage
	err := json.Unmarshal(record.Data, &whole)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := min(max(int(syntax.Offset)-1, 0), len(record.Data))
		message := fmt.Sprintf("the %s is not JSON: %v (byte %d of the %s)", d.one, err, at+1, d.one)
		if lines := bytes.Count(record.Data[at:], []byte{'\n'}); lines > 0 {
			message += fmt.Sprintf("; it is left out with the %d lines below", lines)
		}
		return record.Problem(at, corpus.BadRecord, "%s", message)
	}
	kind := value(bytes.TrimLeft(record.Data, space)).kind()
	return record.Problem(0, corpus.BadRecord, "the %s is %s, not a JSON object", d.one, kind)
}
