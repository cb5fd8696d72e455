package corpus

import "strings"

const (
	// maxKeptScratch is how much memory for one text a Scratch keeps. A larger
	// article gets it once, and the next one lets go of it: no scan keeps the
	// size of its largest article for each worker.
	maxKeptScratch = 1 << 20
	// keyBlock is how many bytes of keys share one allocation: some 150 keys.
	keyBlock = 4 << 10
	// maxWords bounds the words a Scratch knows, and maxWordBytes each of them:
	// there are thousands of outlets in the largest collections, and what has
	// more names than that does not name outlets.
	maxWords     = 4096
	maxWordBytes = 256
)

// A Scratch is memory that Decode and Fetch use again for each article: the
// body of an article is valid until the next call with the same Scratch. Its
// strings stay. The zero value is ready; it serves one goroutine at a time and
// one Corpus, and must not be copied after its first use.
type Scratch struct {
	text    []byte
	record  []byte            // fetched
	kept    []byte            // written
	keys    strings.Builder   // a block of them
	words   map[string]string // those seen, by themselves
	layout  string            // of the time last read
	omit    [Roles]bool       // metadata that is not wanted
	undated bool              // the article last described has a time that cannot be read

	checked   int // the input last checked for changes, plus one
	unchecked int // fetches of it that may follow
}

// Text returns an empty slice that n bytes can be appended to. It is valid until
// the next call.
func (s *Scratch) Text(n int) []byte {
	s.text = ofSize(s.text, n)
	return s.text[:0]
}

// KeepText hands over the slice that Text returned and that has been moved, so
// that its larger memory is used from now on.
func (s *Scratch) KeepText(text []byte) { s.text = text }

// data returns n bytes for a record. They are valid until the next call.
func (s *Scratch) data(n int) []byte {
	s.record = ofSize(s.record, n)
	return s.record[:n]
}

// ofSize returns memory of at least n bytes: the given one, where it is large
// enough and not far too large.
func ofSize(memory []byte, n int) []byte {
	if tooLarge := cap(memory) > maxKeptScratch && n <= maxKeptScratch; cap(memory) >= n && !tooLarge {
		return memory
	}
	if n > maxKeptScratch {
		return make([]byte, 0, n)
	}
	return make([]byte, 0, min(max(n+n/2, 8<<10), maxKeptScratch))
}

// Key returns a string of the bytes. Keys share their memory in blocks, for
// they live as long as each other: until the corpus is done with.
func (s *Scratch) Key(name []byte) string {
	if len(name) > keyBlock/8 {
		return string(name)
	}
	if s.keys.Cap()-s.keys.Len() < len(name) {
		s.keys = strings.Builder{}
		s.keys.Grow(keyBlock)
	}
	start := s.keys.Len()
	s.keys.Write(name)
	return s.keys.String()[start:]
}

// Word returns a string of the bytes, the same one for the same bytes unless
// there are very many or they are long: outlets have few names.
func (s *Scratch) Word(word []byte) string {
	if known, ok := s.words[string(word)]; ok {
		return known
	}
	fresh := string(word)
	if len(word) > maxWordBytes || len(s.words) >= maxWords {
		return fresh
	}
	if s.words == nil {
		s.words = make(map[string]string)
	}
	s.words[fresh] = fresh
	return fresh
}
