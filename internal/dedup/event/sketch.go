package event

import (
	"cmp"
	"math"
	"slices"

	"github.com/newsdedup/newsdedup/internal/text"
)

const (
	// MaxTerms is the most terms that are kept of an article: the heaviest. News of
	// 400 words has some 150; 128 lose a hundredth of the pairs of ECB+.
	MaxTerms = 256
	// lead is the number of words at the beginning, the headline among them, that
	// count leadCount times: there an article says what it is about.
	lead      = 60
	leadCount = 3
	// nameFactor is what a word weighs more that is mostly written with a capital
	// letter. Who and where tell events apart better than what: of the half of ECB+ that
	// was used for choosing, 2.5 finds .68 of the pairs at a precision of .9, 1 finds .50.
	nameFactor = 2.5
	// commonBand is the least band of words that are not kept at all.
	commonBand = tabled + 3
	// mostFigures is the part of the words of an article above which it is a table of
	// figures (results, dividends), and tells no story: numbers. News has a twentieth.
	mostFigures = 0.2
	// leastEvidence is what the words of an article that stand in a table must come
	// to, as a sum of shares, to tell its language.
	leastEvidence = 1.0
)

// A code is what is kept of a term in an article: its count, the lead's thrice,
// in the low eight bits, then whether it is a name, then its band.
type code = uint16

const (
	mostCount = 1<<8 - 1
	nameBit   = 1 << 8
	bandShift = 9
)

// weightOf returns what the term weighs before it is known how many articles have it.
func weightOf(c code) float32 {
	weight := countWeights[c&mostCount]
	if c&nameBit != 0 {
		weight *= nameFactor
	}
	return weight
}

// countWeights are 1 + ln n, by n.
var countWeights = func() (weights [mostCount + 1]float32) {
	for n := 1; n < len(weights); n++ {
		weights[n] = float32(1 + math.Log(float64(n)))
	}
	return weights
}()

// bandWeights are the weights of a word by its band alone.
var bandWeights = func() (weights [len(bandShares)]float32) {
	for b := range weights {
		weights[b] = float32(-math.Log(bandShares[b]))
	}
	return weights
}()

// A seen is a term of the article that is being read.
type seen struct {
	hash     uint64
	slot     uint64 // of Sketcher.slots
	count    uint32 // the lead's thrice
	total    uint32 // each once
	capitals uint32 // of total
	digits   int    // as termReader has it
	shares   []share
}

// A Sketcher makes the sketches of articles: the terms that weigh most. It keeps
// scratch memory, and is not for concurrent use.
type Sketcher struct {
	background *background
	reader     termReader
	terms      []seen   // in the order in which they first stand
	slots      []uint32 // by the low bits of a term's hash: its position in terms, plus 1
	figures    float64  // words that are numbers
	scores     []float64
	codes      []code
	order      []int
}

// NewSketcher returns one.
func NewSketcher() *Sketcher {
	b := theBackground()
	return &Sketcher{background: b, scores: make([]float64, len(b.names)), slots: make([]uint32, 1024)}
}

// keptScratch bounds what is kept from one article to the next, in terms.
const keptScratch = 1 << 14

// Sketch adds the sketch of a document, which has the sums of package shingle, to
// the store.
func (s *Sketcher) Sketch(doc *text.Document, sums []uint64, to *Store) {
	s.collect(doc, sums)
	if s.figures > mostFigures*float64(doc.Len()) {
		to.close(Unknown)
		return
	}
	language := s.language()
	s.code(language)
	s.choose()
	for _, at := range s.order {
		to.keys = append(to.keys, key(s.terms[at].hash, language))
		to.values = append(to.values, s.codes[at])
	}
	to.close(language)
	if cap(s.terms) > keptScratch {
		*s = *NewSketcher()
	}
}

// collect fills terms.
func (s *Sketcher) collect(doc *text.Document, sums []uint64) {
	for _, term := range s.terms {
		s.slots[term.slot] = 0
	}
	s.terms, s.figures = s.terms[:0], 0
	s.reader.start(doc, sums)
	for s.reader.next() {
		term := s.term(s.reader.hash)
		term.total++
		term.count++
		if s.reader.first < lead {
			term.count += leadCount - 1
		}
		if s.reader.capital {
			term.capitals++
		}
		if term.digits = s.reader.digits; term.digits > 0 {
			s.figures++
		}
	}
}

// term returns the term of the hash, a new one where it was not seen before.
func (s *Sketcher) term(hash uint64) *seen {
	at := s.find(hash)
	if s.slots[at] == 0 {
		if 2*len(s.terms) >= len(s.slots) {
			s.grow()
			at = s.find(hash)
		}
		s.terms = append(s.terms, seen{hash: hash, slot: at})
		s.slots[at] = uint32(len(s.terms))
	}
	return &s.terms[s.slots[at]-1]
}

// find returns the slot of the hash, or that where it would stand.
func (s *Sketcher) find(hash uint64) uint64 {
	mask := uint64(len(s.slots) - 1)
	at := hash & mask
	for s.slots[at] != 0 && s.terms[s.slots[at]-1].hash != hash {
		at = (at + 1) & mask
	}
	return at
}

func (s *Sketcher) grow() {
	s.slots = make([]uint32, 2*len(s.slots))
	for i, term := range s.terms {
		at := s.find(term.hash)
		s.slots[at], s.terms[i].slot = uint32(i+1), at
	}
}

// language looks the terms up, and returns the language whose words they are: the
// one whose shares come to most.
func (s *Sketcher) language() Language {
	clear(s.scores)
	for i := range s.terms {
		term := &s.terms[i]
		term.shares = s.background.of(term.hash)
		for _, share := range term.shares {
			s.scores[share.language] += bandShares[share.band]
		}
	}
	best := Unknown
	for language, score := range s.scores {
		if score >= leastEvidence && score > s.scores[best] {
			best = Language(language)
		}
	}
	return best
}

// code fills codes.
func (s *Sketcher) code(language Language) {
	s.codes = s.codes[:0]
	for i := range s.terms {
		term := &s.terms[i]
		band, inTable := in(term.shares, language)
		if !inTable && (term.digits == 1 || term.digits == 2 || term.digits == 4) {
			band = count
		}
		c := code(min(term.count, mostCount)) | code(band)<<bandShift
		if 2*term.capitals > term.total {
			c |= nameBit
		}
		s.codes = append(s.codes, c)
	}
}

// choose fills order: the positions of the terms that are kept, the heaviest as far
// as the background can tell, and of those that weigh the same the first.
func (s *Sketcher) choose() {
	s.order = s.order[:0]
	for i, c := range s.codes {
		if band(c>>bandShift) < commonBand {
			s.order = append(s.order, i)
		}
	}
	if len(s.order) <= MaxTerms {
		return
	}
	weight := func(at int) float32 { return weightOf(s.codes[at]) * bandWeights[s.codes[at]>>bandShift] }
	slices.SortFunc(s.order, func(p, q int) int { return cmp.Or(cmp.Compare(weight(q), weight(p)), cmp.Compare(p, q)) })
	s.order = s.order[:MaxTerms]
}

// key is the term in 32 bits, another one in each language: what is said of the
// words of one language must not depend on how many articles are of others.
func key(hash uint64, language Language) uint32 {
	hash ^= uint64(language) * 0x9e3779b97f4a7c15
	hash ^= hash >> 32
	return uint32(hash * 0xff51afd7ed558ccd >> 32)
}
