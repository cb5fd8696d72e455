package jsonl

import (
	"bytes"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Documents is JSON whose objects may stand anywhere: in an array, over
// several lines, one behind the other, or in an object that wraps them.
func Documents(fields corpus.Fields) corpus.Format {
	fields = fields.OrDefault()
	d := &decoder{names: newNames(fields), one: "record", manyLines: true}
	return corpus.Format{
		Name: "json",
		Open: func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) {
			return &documents{in: in, text: fields[corpus.Text]}, d.decode
		},
		Writing: &corpus.Writing{Commas: true, Body: d.bodyAt},
		Object:  inOneLine,
	}
}

// MatchesDocuments reports whether the head of an input looks like JSON that
// is no JSON lines: an array of objects, or an object that goes on in a second
// line, is followed by another in its own, or wraps articles that have a text
// as the fields say.
func MatchesDocuments(head []byte, fields corpus.Fields) bool {
	text := bytes.TrimLeft(head, space)
	for _, before := range []byte{'[', separator} {
		if rest, found := bytes.CutPrefix(text, []byte{before}); found {
			return opensObject(bytes.TrimLeft(rest, space))
		}
	}
	return opensObject(text) && (!endsInLine(text) || wraps(text, fields.OrDefault()[corpus.Text]))
}

// Wraps reports whether the head of an input begins with an object that wraps
// articles, as answers of an interface that are kept one a line do.
func Wraps(head []byte, fields corpus.Fields) bool {
	text := bytes.TrimLeft(head, space)
	return opensObject(text) && wraps(text, fields.OrDefault()[corpus.Text])
}

// separator begins each text of a JSON text sequence (RFC 7464).
const separator = 0x1E

// opensObject reports whether the text begins with a brace and, behind it, a
// name or the brace that closes it.
func opensObject(text []byte) bool {
	rest, found := bytes.CutPrefix(text, []byte{'{'})
	rest = bytes.TrimLeft(rest, space)
	return found && len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

// endsInLine reports whether the object that the text begins with ends in its
// first line, or was meant to: one that is broken there goes on nowhere.
func endsInLine(text []byte) bool {
	line, below, more := bytes.Cut(text, []byte{'\n'})
	var b boundary
	b.begin(nil, false)
	if b.scan(line) == ended {
		rest := bytes.TrimLeft(line[b.pos:], space)
		return !opensObject(rest)
	}
	next := bytes.TrimLeft(below, space)
	if !more || b.inside || len(next) == 0 {
		return true
	}
	return b.scan(append(bytes.Clone(line), next[0])) == broken
}

// documents cuts JSON into the objects that are its articles. See the package
// for what it takes for one.
type documents struct {
	in   *corpus.Stream
	text []string // what the text of an article may be called

	within   []byte         // the closing brackets awaited around the next value: of objects that wrap an array, and last of the array
	begin    corpus.Locator // of the first of them
	boundary boundary
	lost     bool   // the end of the value is not to be found: the next one's beginning is looked for
	looked   int64  // how many bytes have been looked at to find the ends of values, each as often as it was
	column   int    // of the next value, from 0, where it is the first of its line; else notFirst
	opening  []byte // how the first object began, up to the end of its first name
}

const notFirst = -1

// Split returns the next element of an array or the next object.
func (s *documents) Split() (corpus.Record, error) {
	for {
		c, ok := s.next()
		if !ok {
			s.reportUnclosed()
			return corpus.Record{}, s.in.Err()
		}
		var record corpus.Record
		switch awaited := s.awaited(); {
		case awaited != 0 && c == awaited:
			s.take(1)
			s.within = s.within[:len(s.within)-1]
			continue
		case awaited == ']' && c == '[' && s.holdsObjects():
			s.enter(c)
			continue
		case awaited == ']':
			record, ok = s.value(false)
		case awaited == '}':
			s.member(c)
			continue
		case c == '[':
			s.enter(c)
			continue
		case c == '{':
			record, ok = s.value(true)
		default:
			s.stray(corpus.StrayText, "text that begins no JSON object or array is left out")
			continue
		}
		if ok {
			return record, nil
		}
	}
}

// holdsObjects reports whether the array that the window begins with is one of
// objects: pages of articles.
func (s *documents) holdsObjects() bool {
	return len(s.within) < maxWrappers && opensObject(bytes.TrimLeft(s.ahead(maxOpening)[1:], space))
}

// awaited returns the bracket that closes what the next value stands in, 0
// where it stands in nothing.
func (s *documents) awaited() byte {
	if len(s.within) == 0 {
		return 0
	}
	return s.within[len(s.within)-1]
}

// enter passes over an opening bracket, whose values are looked at one by one.
func (s *documents) enter(c byte) {
	if len(s.within) == 0 {
		s.begin = s.in.Here()
	}
	s.within = append(s.within, c+2)
	s.take(1)
}

// next advances to the next byte that is neither white space nor a comma, nor
// the separator of texts.
func (s *documents) next() (c byte, ok bool) {
	for {
		window := s.in.Window()
		at, lines := 0, 0
		for at < len(window) && (isSpace(window[at]) || window[at] == ',' || window[at] == separator) {
			switch c := window[at]; {
			case c == '\n':
				lines++
				s.column = 0
			case c == ',':
				s.column = notFirst
			case s.column >= 0:
				s.column++
			}
			at++
		}
		s.in.Advance(at, lines)
		if at < len(window) {
			return window[at], true
		}
		if !s.in.More() {
			return 0, false
		}
	}
}

// take advances over n bytes of values.
func (s *documents) take(n int) {
	s.in.Advance(n, bytes.Count(s.in.Window()[:n], []byte{'\n'}))
	s.column = notFirst
}

// reportUnclosed reports at the end of the input that an array or a wrapping
// object is not closed.
func (s *documents) reportUnclosed() {
	if len(s.within) > 0 && s.in.Err() == io.EOF {
		s.in.Report(s.begin, corpus.UnclosedBlock, "the array or object that begins here is not closed")
	}
	s.within = nil
}
