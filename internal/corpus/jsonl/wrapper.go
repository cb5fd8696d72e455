package jsonl

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	// maxWrappers is how deep below objects an array of articles is looked for.
	maxWrappers = 8
	// maxLookAhead bounds what is looked at of an object or array to tell what
	// it holds, and is what a Stream has at hand in any case.
	maxLookAhead = 1 << 20
	// leastAhead is looked at also where articles may only be small.
	leastAhead = 4 << 10
	// maxName bounds the name of a member beside an array of articles.
	maxName = 64 << 10
)

// An outline is what an object has of the names of a text.
type outline struct {
	text     []string // the names
	flat     bool     // arrays are passed over
	own      bool     // the object has a text of its own
	articles bool     // an array below it has elements with a text
	whole    bool     // the object has been looked at to its end
	looked   int      // how many bytes have been looked at, beside those passed over
}

// wraps reports whether the object that the text begins with wraps articles:
// it has no text of its own, and an array below objects alone has an element
// that has one.
func wraps(text []byte, names []string) bool {
	o := outline{text: names}
	return o.wraps(text)
}

func (o *outline) wraps(text []byte) bool {
	s := scanner{data: text}
	o.object(&s, "", 1)
	o.looked += s.pos
	return o.articles && !o.own
}

// object looks at the members of an object whose own name and a dot are path.
// It returns false where it breaks off, or where a text of its own decides.
func (o *outline) object(s *scanner, path string, depth int) bool {
	if !s.take('{') || s.take('}') {
		return s.pos > 0 && s.data[s.pos-1] == '}'
	}
	for {
		name, ok := s.memberName()
		if !ok || !o.member(s, path+string(name.plain()), depth) {
			return false
		}
		if !s.take(',') {
			o.whole = s.take('}')
			return o.whole
		}
	}
}

func (o *outline) member(s *scanner, name string, depth int) bool {
	switch c := s.here(); {
	case c == '{' && depth < maxWrappers:
		return o.object(s, name+".", depth+1)
	case c == '[' && !o.flat:
		return o.array(s)
	case c != '{' && c != '[' && slices.Contains(o.text, name):
		o.own = true
		return false
	}
	return s.value()
}

// array looks whether the array has elements with a text.
func (o *outline) array(s *scanner) bool {
	elements := scanner{data: s.data, pos: s.pos}
	for ok := elements.take('['); ok && !o.articles && elements.next() == '{'; ok = elements.take(',') {
		element := outline{text: o.text, flat: true}
		inner := elements
		element.object(&inner, "", 1)
		o.looked += inner.pos - elements.pos
		o.articles = element.own
		if !elements.value() {
			break
		}
	}
	o.looked += elements.pos - s.pos
	return s.value()
}

// wraps reports whether the object that the window begins with wraps articles.
func (s *documents) wraps() bool {
	o := outline{text: s.text}
	wraps := o.wraps(s.ahead(maxLookAhead))
	s.looked += int64(o.looked)
	return wraps
}

// ahead returns so many bytes from the window's first on, fewer where the limit
// or the input ends before.
func (s *documents) ahead(size int) []byte {
	size = min(size, max(s.in.Limit(), leastAhead))
	for len(s.in.Window()) < size && s.in.More() {
	}
	return s.in.Window()[:min(size, len(s.in.Window()))]
}

// member passes over the next member of an object that wraps articles. An
// object that is its value is entered, and so is an array of articles.
func (s *documents) member(c byte) {
	inner := scanner{data: s.ahead(maxName)}
	name, ok := inner.memberName()
	if c != '"' || !ok {
		s.stray(corpus.BadRecord, unsoundWrapper)
		return
	}
	called := string(name.plain())
	switch c := inner.here(); {
	case c == '{' && len(s.within) < maxWrappers:
		s.take(inner.pos)
		s.enter(c)
	case c == '[' && s.holdsArticles(inner.pos):
		s.take(inner.pos)
		s.enter(c)
	default:
		if c == '"' && len(s.within) == 1 && slices.Contains(s.text, called) {
			s.in.Report(s.in.Here(), corpus.BadRecord, "the field %q of the object around the articles is left out", called)
		}
		s.take(inner.pos)
		s.passMember()
	}
}

// unsoundWrapper says what becomes of a wrapper that is broken outside its articles.
const unsoundWrapper = "the object around the articles is no JSON from here on, and is left out up to the next one"

// holdsArticles reports whether the array at the position of the window holds
// articles.
func (s *documents) holdsArticles(at int) bool {
	o := outline{text: s.text}
	array := scanner{data: s.ahead(maxLookAhead), pos: at}
	o.array(&array)
	s.looked += int64(o.looked + array.pos - at)
	return o.articles
}

// passMember passes over the value that the window begins with.
func (s *documents) passMember() {
	s.boundary.begin(nil, false)
	for {
		switch s.boundary.scan(s.in.Window()) {
		case ended:
			s.take(s.boundary.pos)
			return
		case broken:
			s.take(s.boundary.pos)
			s.stray(corpus.BadRecord, unsoundWrapper)
			return
		}
		s.take(s.boundary.pos)
		s.boundary.pos = 0
		if !s.in.More() {
			return
		}
	}
}
