package repeat

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// Map is a bit map of a set of shingles: the bit that a shingle's hash names is
// set. Two sets differ in at least as many shingles as their maps in bits.
func Map(hashes []uint64) (bitmap uint64) {
	for _, hash := range hashes {
		bitmap |= 1 << (hash >> 58)
	}
	return bitmap
}

// Shares are, by paragraph, the weights of the samples that it shares with any
// others; one without a weight counts as one.
type Shares []uint16

// NewShares returns those of so many paragraphs.
func NewShares(paragraphs int) Shares { return make(Shares, paragraphs) }

// Add adds a sample that a paragraph shares.
func (s Shares) Add(paragraph uint32, weight uint8) {
	s[paragraph] = uint16(min(int(s[paragraph])+max(1, int(weight)), math.MaxUint16))
}

// Join adds what others have added up.
func (s Shares) Join(others Shares) {
	for paragraph, share := range others {
		s[paragraph] = uint16(min(int(s[paragraph])+int(share), math.MaxUint16))
	}
}

// Live tells which paragraphs are the first of their text and share enough to
// be near others.
func (t *Table) Live(texts *Texts, shares Shares) []bool {
	live := make([]bool, len(shares))
	bars := t.options.newBars()
	for paragraph, share := range shares {
		if share == 0 || int(t.Tokens[paragraph]) < t.options.LeastSketched() {
			continue
		}
		least := bars.windows(t.shingles(uint32(paragraph)), t.Maps[paragraph])
		live[paragraph] = int(share) >= min(least, math.MaxUint16) && texts.First(uint32(paragraph)) == uint32(paragraph)
	}
	return live
}

// shingles is the number of shingles of a paragraph, repetitions included.
func (t *Table) shingles(paragraph uint32) int {
	return shingle.Count(int(t.Tokens[paragraph]), t.options.ShingleSize)
}

// longText is the number of shingles from which a map is so full that it says
// little, and is not asked.
const longText = 192

// bars are what a paragraph must share to be near another, by the number of its
// shingles up to longText.
type bars struct {
	options Options
	short   [longText]bar
}

type bar struct {
	windows int
	// bits is the number of bits of a map below which shingles stand several
	// times in the paragraph, as far as can be told, and those that the other
	// lacks may touch more windows than else.
	bits int
}

func (o Options) newBars() *bars {
	b := &bars{options: o}
	free := 1.0 // the share of bits that are not set
	for shingles := range b.short {
		b.short[shingles] = bar{o.leastWindows(shingles), int(0.75 * 64 * (1 - free))}
		free *= 63.0 / 64
	}
	return b
}

// windows returns how many windows, at least, a paragraph shares with one near it.
func (b *bars) windows(shingles int, bitmap uint64) int {
	switch {
	case shingles >= longText:
		return b.options.leastWindows(shingles) / 2 // for what may stand in it several times
	case bits.OnesCount64(bitmap) < b.short[shingles].bits:
		return 0
	}
	return b.short[shingles].windows
}

// LeastShared returns how much a paragraph of so many tokens and the map must share to be near
// another, of the weights of its samples, where one without counts as one: 0 where
// it is too short to be near any.
func (o Options) LeastShared() func(tokens int, bitmap uint64) int {
	bars := o.newBars()
	return func(tokens int, bitmap uint64) int {
		if tokens < o.LeastSketched() {
			return 0
		}
		return max(1, bars.windows(shingle.Count(tokens, o.ShingleSize), bitmap))
	}
}

// leastWindows is the least number of windows that a paragraph of so many shingles,
// all different, shares with one near it.
func (o Options) leastWindows(shingles int) int {
	if shingles < longText && o.OwnWindow(shingles+o.ShingleSize-1) > 0 {
		return 0
	}
	return o.leftWindows(shingles)
}

// leftWindows is how many windows of a text of so many shingles are left, at
// least, where those that a near one may lack have touched all they can.
func (o Options) leftWindows(shingles int) int {
	return shingles - o.Window + 1 - minhash.Lost(minhash.Missing(shingles, o.Similarity), o.Window, o.ShingleSize)
}

// A bucket, the texts that share a sample, is that of a common phrase where it
// has more than HotBucket texts.
const HotBucket = 256

// BucketWindow bounds the texts that one is held against in a hot bucket: those
// next above it in length. A form letter's paragraph in 10,000 variants would
// else be looked at 50 million times.
const BucketWindow = 64

// MaxPartners bounds the candidates of a text in one bucket.
const MaxPartners = 32

// Candidates returns the pairs of distinct texts that may be near, ordered,
// and the number of texts that had more neighbours in a hot bucket than they
// were held against, or more partners than are kept. lists are the paragraphs
// that share samples, with the weights of these.
func (t *Table) Candidates(texts *Texts, lists *group.Lists) (pairs []Pair, bounded int) {
	s := &search{table: t, texts: texts, bars: t.options.newBars(), hot: make(map[uint32]int), cut: make(map[uint32]bool)}
	var hot []int
	for list := range lists.Len() {
		owners, weights := lists.Of(list)
		if s.collect(owners); len(s.bucket) > HotBucket {
			hot = append(hot, list)
			s.weigh(owners, weights)
		} else {
			s.meetAll()
		}
	}
	for _, list := range hot {
		owners, _ := lists.Of(list)
		s.collect(owners)
		s.meetNext()
	}
	return s.distinctPairs(), len(s.cut)
}

// distinctPairs returns the pairs that share enough, ordered.
func (s *search) distinctPairs() (pairs []Pair) {
	s.met.each(func(pair Pair, times int) {
		if times >= s.leastMet(pair.A) && times >= s.leastMet(pair.B) {
			pairs = append(pairs, pair)
		}
	})
	return pairs
}

// leastMet is the number of samples that are not hot, at least, that a text shares with
// one near it. It is asked for long texts alone, which maps do not tell apart.
func (s *search) leastMet(text uint32) int {
	shingles := s.table.shingles(text)
	if shingles < longText {
		return 1
	}
	cold := s.bars.windows(shingles, s.table.Maps[text]) - s.hot[text]
	// A sample is the minimum of no more windows than a window is long.
	return min(mostMet, (cold+s.table.options.Window-1)/s.table.options.Window)
}

// A search goes through the buckets.
type search struct {
	table  *Table
	texts  *Texts
	bars   *bars
	bucket []member
	firsts []uint32
	hot    map[uint32]int  // by text: the weight of the samples of its first standing that are hot
	cut    map[uint32]bool // by text: it may have partners beyond those found
	met    met
}

// A member is a text of a bucket, known by its first standing.
type member struct {
	text     uint32
	shingles uint32 // repetitions included
	bitmap   uint64
}

// collect fills the bucket with the distinct texts of the paragraphs, ascending.
func (s *search) collect(paragraphs []uint32) {
	s.firsts = s.firsts[:0]
	for _, paragraph := range paragraphs {
		if int(s.table.Tokens[paragraph]) >= s.table.options.LeastSketched() {
			s.firsts = append(s.firsts, s.texts.First(paragraph))
		}
	}
	slices.Sort(s.firsts)
	s.bucket = s.bucket[:0]
	for _, first := range slices.Compact(s.firsts) {
		s.bucket = append(s.bucket, member{
			text:     first,
			shingles: uint32(s.table.shingles(first)),
			bitmap:   s.table.Maps[first],
		})
	}
}

// meetAll holds every two texts of the bucket against each other.
func (s *search) meetAll() {
	for i, one := range s.bucket {
		s.meet(one, s.bucket[i+1:])
	}
}

// meetNext holds each text of a hot bucket against those next above it in
// length, but for texts that meet all their likes in buckets that are not hot.
func (s *search) meetNext() {
	s.bucket = slices.DeleteFunc(s.bucket, func(m member) bool { return s.table.options.coldSuffices(m, s.hot[m.text]) })
	slices.SortStableFunc(s.bucket, func(a, b member) int { return cmp.Compare(a.shingles, b.shingles) })
	for i, one := range s.bucket {
		above := s.bucket[i+1:]
		if len(above) > BucketWindow {
			above, s.cut[one.text] = above[:BucketWindow], true
		}
		s.meet(one, above)
	}
}

// coldSuffices reports whether a near text must share a sample that is not
// hot: where more windows are left than have a hot minimum.
func (o Options) coldSuffices(m member, hot int) bool { return o.leftWindows(int(m.shingles)) > hot }

// weigh notes the weights of samples that are hot.
func (s *search) weigh(paragraphs []uint32, weights []uint8) {
	for i, paragraph := range paragraphs {
		if s.texts.First(paragraph) == paragraph {
			s.hot[paragraph] += int(weights[i])
		}
	}
}

// meet appends the likely pairs of a text, up to MaxPartners of them.
func (s *search) meet(one member, others []member) {
	partners, share := 0, s.table.options.most()
	for i := range others {
		other := &others[i]
		if bits.OnesCount64(one.bitmap^other.bitmap) > int(share*float64(min(one.shingles, other.shingles))) {
			continue
		}
		if partners == MaxPartners {
			s.cut[one.text] = true
			return
		}
		s.met.add(one.text, other.text)
		partners++
	}
}

// most is the greatest share of the shingles of either of two near texts in
// which they differ: of a union of at most |A|/s, they differ in at most the
// part 1−s.
func (o Options) most() float64 { return (1-o.Similarity)/o.Similarity + 1e-9 }
