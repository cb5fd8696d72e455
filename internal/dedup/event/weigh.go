package event

import "math"

// Parts is the number of parts that the terms are counted in, each by itself.
const Parts = 8

const partShift = 32 - 3

const (
	// background articles stand beside those of the corpus when it is counted how
	// many have a word: of five articles they say all, of a million nothing.
	pseudoArticles = 1000
	// Where no table tells what is common in a language, the corpus has to: few
	// pseudo-articles stand beside it, and below leastArticles nothing is said.
	untoldArticles = 20
	leastArticles  = 30
)

// An Index is sketches with what all of them together say of the weights of terms.
//
// It is made in steps, each of which may be done by several goroutines, but for the
// next to begin when all are done: Count every part; Settle; Weigh all articles; Post.
type Index struct {
	store  *Store
	active []bool // by article, whether it takes part
	totals [256]int
	parts  [Parts]counts
	kept   []uint16 // by article: its terms that another has too, which stand first
	heavy  []uint8  // by article: how many of them, which stand first, are heavy

	keys     []uint32 // by term, of those that several articles have
	standing []uint32 // by term: how many articles have it
	starts   []uint32 // by term: where its postings start
	postings []posting
}

// A posting says that a term is among the heaviest of an article.
type posting struct {
	article uint32
	weight  float32
}

// counts is a table of terms: by the low bits of the key, or the next free slot.
type counts struct {
	slots []counted
	used  int
	ids   uint32 // of terms that several articles have
	base  uint32 // of their ids
}

type counted struct {
	key      uint32
	articles uint32 // that have it; 0 for a free slot
	id       uint32 // among the terms of the part that several have
	language Language
	band     band
	idf      float32
}

// NewIndex begins an index of those articles of the store that are active.
func NewIndex(store *Store, active []bool) *Index {
	ix := &Index{store: store, active: active, kept: make([]uint16, store.Len()), heavy: make([]uint8, store.Len())}
	for article, language := range store.languages {
		if active[article] {
			ix.totals[language]++
		}
	}
	return ix
}

// Count counts the terms of a part.
func (ix *Index) Count(part int) {
	c := &ix.parts[part]
	c.slots = make([]counted, 1024)
	for article, isActive := range ix.active {
		if !isActive {
			continue
		}
		start, end := ix.store.of(article)
		for i, key := range ix.store.keys[start:end] {
			if key>>partShift == uint32(part) {
				c.add(key, ix.store.languages[article], band(ix.store.values[start+i]>>bandShift))
			}
		}
	}
	for i := range c.slots {
		if slot := &c.slots[i]; slot.articles > 0 {
			slot.idf = ix.idf(slot)
		}
	}
}

// idf is what a term weighs by how many articles have it: the logarithm of one in
// how many, those of the background and of the corpus together.
func (ix *Index) idf(c *counted) float32 {
	pseudo := float64(pseudoArticles)
	if c.language == Unknown {
		pseudo = untoldArticles
	}
	total := float64(ix.totals[c.language])
	return float32(max(0, math.Log((total+pseudo)/(float64(c.articles)+pseudo*bandShares[c.band]))))
}

func (c *counts) add(key uint32, language Language, b band) {
	slot := c.find(key)
	if slot.articles == 0 {
		if 2*c.used >= len(c.slots) {
			c.grow()
			slot = c.find(key)
		}
		c.used++
		*slot = counted{key: key, language: language, band: b}
	}
	if slot.articles++; slot.articles == 2 {
		slot.id = c.ids
		c.ids++
	}
}

// find returns the slot of the key, or that where it would stand.
func (c *counts) find(key uint32) *counted {
	mask := uint32(len(c.slots) - 1)
	at := key & mask
	for c.slots[at].articles != 0 && c.slots[at].key != key {
		at = (at + 1) & mask
	}
	return &c.slots[at]
}

func (c *counts) grow() {
	old := c.slots
	c.slots = make([]counted, 2*len(old))
	for _, slot := range old {
		if slot.articles > 0 {
			*c.find(slot.key) = slot
		}
	}
}

// Settle numbers the terms that several articles have.
func (ix *Index) Settle() {
	total := uint32(0)
	for i := range ix.parts {
		ix.parts[i].base = total
		total += ix.parts[i].ids
	}
	ix.keys, ix.standing = make([]uint32, total), make([]uint32, total)
	for i := range ix.parts {
		c := &ix.parts[i]
		for _, slot := range c.slots {
			if slot.articles > 1 {
				ix.keys[c.base+slot.id], ix.standing[c.base+slot.id] = slot.key, slot.articles
			}
		}
	}
}

const (
	// heavyTerms is the number of an article's terms by which others are found that
	// tell the same story.
	heavyTerms = 16
	// mostStanding is the most articles that may have such a term: the square root
	// of their number four times, but at least leastStanding and at most mostStanding.
	leastStanding, mostStanding = 200, 2000
)

// usual returns the most articles that a term may stand in by which articles are found.
func (ix *Index) usual() uint32 {
	return uint32(min(mostStanding, max(leastStanding, 4*int(math.Sqrt(float64(len(ix.active)))))))
}

// Weigh gives the terms of the articles from first to before last their weights: of
// an article they come to a length of 1. Terms that stand in no other article count
// in that, and are then dropped. Those that are left stand by falling weight, first
// those by which articles are found.
func (ix *Index) Weigh(first, last int) {
	var w weigher
	for article := first; article < last; article++ {
		if ix.active[article] {
			w.weigh(ix, article)
		}
	}
}

type weigher struct{ terms []weighed }

type weighed struct {
	id     uint32
	weight float32
}

func (w *weigher) weigh(ix *Index, article int) {
	if ix.store.languages[article] == Unknown && ix.totals[Unknown] < leastArticles {
		return
	}
	start, end := ix.store.of(article)
	w.terms = w.terms[:0]
	sum := float32(0)
	for i, key := range ix.store.keys[start:end] {
		c := &ix.parts[key>>partShift]
		slot := c.find(key)
		weight := weightOf(ix.store.values[start+i]) * slot.idf
		sum += weight * weight
		if slot.articles > 1 && weight > 0 {
			w.terms = append(w.terms, weighed{c.base + slot.id, weight})
		}
	}
	if len(w.terms) == 0 {
		return
	}
	scale := float32(weightUnit / math.Sqrt(float64(sum)))
	ix.kept[article] = uint16(len(w.terms))
	ix.heavy[article] = w.order(ix)
	for i, term := range w.terms {
		ix.store.keys[start+i], ix.store.values[start+i] = term.id, code(min(term.weight*scale+0.5, math.MaxUint16))
	}
}

// weightUnit is a weight of 1 as it is kept.
const weightUnit = math.MaxUint16

// order puts the terms by which articles are found first, and returns how many they are.
func (w *weigher) order(ix *Index) uint8 {
	usual := ix.usual()
	for n := range min(heavyTerms, len(w.terms)) {
		best := -1
		for i := n; i < len(w.terms); i++ {
			if ix.standing[w.terms[i].id] <= usual && (best < 0 || w.terms[i].weight > w.terms[best].weight) {
				best = i
			}
		}
		if best < 0 {
			return uint8(n)
		}
		w.terms[n], w.terms[best] = w.terms[best], w.terms[n]
	}
	return uint8(min(heavyTerms, len(w.terms)))
}

// terms returns an article's terms and their weights, of weightUnit each.
func (ix *Index) terms(article uint32) (ids []uint32, weights []uint16) {
	start, _ := ix.store.of(int(article))
	end := start + int(ix.kept[article])
	return ix.store.keys[start:end], ix.store.values[start:end]
}

// Post makes the lists of the articles by their heavy terms, and lets go of the
// tables of all terms.
func (ix *Index) Post() {
	ix.parts = [Parts]counts{}
	ix.starts = make([]uint32, len(ix.keys)+1)
	ix.eachHeavy(func(id uint32, _ posting) { ix.starts[id+1]++ })
	for id := range ix.keys {
		ix.starts[id+1] += ix.starts[id]
	}
	ix.postings = make([]posting, ix.starts[len(ix.keys)])
	next := append([]uint32(nil), ix.starts...)
	ix.eachHeavy(func(id uint32, p posting) {
		ix.postings[next[id]] = p
		next[id]++
	})
}

func (ix *Index) eachHeavy(visit func(id uint32, p posting)) {
	for article := range ix.heavy {
		ids, weights := ix.terms(uint32(article))
		for i := range int(ix.heavy[article]) {
			visit(ids[i], posting{uint32(article), float32(weights[i]) / weightUnit})
		}
	}
}
