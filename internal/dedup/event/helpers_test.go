package event

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// parsed takes a body apart.
func parsed(body string) (*text.Document, []uint64) {
	doc := &text.Document{}
	doc.Parse([]byte(body), text.Auto)
	return doc, shingle.AppendDocument(nil, doc)
}

// storeOf is the sketches of the bodies.
func storeOf(bodies ...string) *Store {
	store, sketcher := &Store{}, NewSketcher()
	for _, body := range bodies {
		doc, sums := parsed(body)
		sketcher.Sketch(doc, sums, store)
	}
	return store
}

// indexOf makes an index of all articles of a store.
func indexOf(store *Store) *Index {
	ix := NewIndex(store, slices.Repeat([]bool{true}, store.Len()))
	for part := range Parts {
		ix.Count(part)
	}
	ix.Settle()
	ix.Weigh(0, store.Len())
	ix.Post()
	return ix
}

// never keeps no two articles apart.
func never(a, b uint32) bool { return false }

// groupsOf returns the groups of the bodies.
func groupsOf(bodies ...string) (groups []Group) {
	ix := indexOf(storeOf(bodies...))
	links := ix.Searcher().Links(nil, 0, len(bodies), never)
	grouper := ix.Grouper()
	for _, component := range Components(len(bodies), links) {
		groups = append(groups, grouper.Groups(component, never)...)
	}
	return groups
}

// textsOf reads bodies for evidence.
func textsOf(terms []Weight, bodies ...string) (texts []*Text) {
	store, sketcher := storeOf(bodies...), NewSketcher()
	for i, body := range bodies {
		doc, sums := parsed(body)
		texts = append(texts, sketcher.Read(doc, sums, store.Language(i), terms))
	}
	return texts
}

// hashOf is the hash of a word that is a token.
func hashOf(t testing.TB, word string) uint64 {
	t.Helper()
	doc, sums := parsed(word)
	if doc.Len() != 1 {
		t.Fatalf("%q is %d tokens", word, doc.Len())
	}
	return shingle.Token(sums[0], sums[1])
}

// about returns an invented article of many words on the names, in English.
func about(names string, variant int) string {
	fillers := [][]string{{"was said to be with", "and all of"}, {"had told them about", "before"}, {"will have more from", "after"}, {"did not go to", "when he was in"}}
	var b strings.Builder
	words := strings.Fields(names)
	for i, word := range words {
		filler := fillers[(variant+i)%len(fillers)]
		b.WriteString(word + " " + filler[0] + " " + words[(i+variant+1)%len(words)] + " " + filler[1] + " there. ")
	}
	return b.String()
}
