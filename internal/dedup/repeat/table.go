// Package repeat finds paragraphs that stand again: in the same article, in
// others of one source, or across sources.
//
// Paragraphs are equal when their token sequences are, and near when their
// shingle sets have a Jaccard similarity at or above a threshold. Equal
// ones are brought together by a 64-bit hash of the normal form and near ones
// by one-permutation MinHash signatures (package minhash), banded one row a band, over
// one standing of each distinct text, of at least MinNearTokens tokens. Neither is proof: the caller compares
// the texts of what it reports.
//
// # Which standing repeats which
//
// A standing is one paragraph at its place. Each later standing of a text is
// reported once, against one earlier standing, the first that applies:
//
//  1. the first equal paragraph of the same article;
//  2. the first paragraph of the most similar near text in the same article;
//  3. the first equal paragraph of an article of the same, known, source;
//  4. the first equal paragraph of any article;
//  5. and 6., as 3. and 4., of the most similar near text that has one.
//
// So what is an outlet's own furniture is told from what came from outside,
// in whatever order the articles stand. A standing for which neither 1 nor 2
// applies is explained, and only counted, when an earlier standing of its text
// or a near one is in an article of the same cluster: of each cluster one
// standing is reported.
//
// This takes time linear in the number of standings, however many articles a
// paragraph stands in: of each text only the first standing of all, of each
// cluster and of each source need be known.
//
// # Cost
//
// 12 bytes a paragraph and 4 a bin of its signature; 36 more a paragraph while grouping.
package repeat

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
)

// Paragraphs is the sketch of one article's paragraphs, in order.
type Paragraphs struct {
	Hashes     []uint64 // of the normal forms
	Tokens     []uint32
	Signatures []uint32 // of the paragraphs with at least the table's LeastSketched tokens, one after another
}

// Options say what counts as a repeat.
type Options struct {
	MinTokens   int     // of any paragraph that is looked at, ≥ 1
	Similarity  float64 // least Jaccard of near paragraphs
	ShingleSize int
}

// MinNearTokens is the least length of a paragraph that can be near another
// without being equal: shorter ones have so few shingles that similarity says
// nothing.
const MinNearTokens = 8

// LeastSketched is the least number of tokens of a paragraph that has a
// signature. Unequal sets of fewer than s/(1−s) shingles cannot reach s, but
// unequal texts can have equal sets (the same words going round once more).
func (o Options) LeastSketched() int { return max(MinNearTokens, o.MinTokens) }

// Bins is the number of bins of a signature.
func (o Options) Bins() int { return minhash.Bins(o.Similarity) }

// A Table holds the paragraphs of a corpus. A paragraph is known by its
// position in reading order, over all articles.
type Table struct {
	options    Options
	bins       int      // options.Bins()
	starts     []uint32 // by article: its first paragraph; one more at the end
	hashes     []uint64
	tokens     []uint32
	signatures []uint32
}

// NewTable returns an empty table.
func NewTable(options Options) *Table {
	return &Table{options: options, bins: options.Bins(), starts: []uint32{0}}
}

// Add adds the paragraphs of the next article, which are copied.
func (t *Table) Add(paragraphs *Paragraphs) {
	t.hashes = append(t.hashes, paragraphs.Hashes...)
	t.tokens = append(t.tokens, paragraphs.Tokens...)
	t.signatures = append(t.signatures, paragraphs.Signatures...)
	t.starts = append(t.starts, uint32(len(t.hashes)))
}

// ArticleOf returns the article of a paragraph and the paragraph's number in it, from 0.
func (t *Table) ArticleOf(paragraph uint32) (article uint32, number int) {
	// The last article that starts at or before it; articles without
	// paragraphs start where the next one does.
	after, _ := slices.BinarySearchFunc(t.starts, paragraph, func(start, p uint32) int {
		if start <= p {
			return -1
		}
		return 1
	})
	return uint32(after - 1), int(paragraph - t.starts[after-1])
}

// Paragraphs returns the paragraphs of an article, half-open.
func (t *Table) Paragraphs(article uint32) (first, end uint32) {
	return t.starts[article], t.starts[article+1]
}

// Len is the number of paragraphs of all articles.
func (t *Table) Len() int { return len(t.hashes) }

// Tokens is the number of tokens of a paragraph.
func (t *Table) Tokens(paragraph uint32) int { return int(t.tokens[paragraph]) }

// A Pair is two paragraphs that may be near, A < B, each the first standing of its text.
type Pair struct{ A, B uint32 }

// texts is the standings of every text, grouped.
type texts struct {
	standings []uint32 // of one text after another, ascending inside a text
	ends      []uint32 // by text
}

func (x *texts) of(text int) []uint32 {
	start := uint32(0)
	if text > 0 {
		start = x.ends[text-1]
	}
	return x.standings[start:x.ends[text]]
}

// group brings the standings of each text together.
func (t *Table) group() *texts {
	entries := make([]group.Entry, 0, len(t.hashes))
	for paragraph, hash := range t.hashes {
		if int(t.tokens[paragraph]) >= t.options.MinTokens {
			entries = append(entries, group.Entry{Key: hash, Owner: uint32(paragraph)})
		}
	}
	x := &texts{standings: make([]uint32, 0, len(entries))}
	group.Runs(group.Sort(entries), 1, func(run []group.Entry) {
		for _, entry := range run {
			x.standings = append(x.standings, entry.Owner)
		}
		x.ends = append(x.ends, uint32(len(x.standings)))
	})
	return x
}

// A bucket of more than HotBucket texts is that of a common phrase.
const HotBucket = 256

// coldBins is the number of bins in smaller buckets with which a text does
// without the hot ones. A near text agrees in none of them once in ten thousand
// times: (1−s)ⁿ, 4 bins at a similarity of 0.9 and 14 at 0.5.
func (o Options) coldBins() uint8 {
	bins, none := uint8(1), 1-o.Similarity
	for ; none > 1.0001e-4; none *= 1 - o.Similarity { // with a slack for rounding
		bins++
	}
	return bins
}

// BucketWindow bounds the texts that one is held against in a hot bucket: those
// next above it in length. A form letter's paragraph in 10,000 variants would
// else be looked at 50 million times.
const BucketWindow = 64

// MaxPartners bounds the candidates of a text in one bucket.
const MaxPartners = 32

// Candidates returns the pairs of distinct texts that may be near, ordered,
// and the number of texts that had more neighbours in a hot bucket than they were
// held against, or more partners than are kept.
func (t *Table) Candidates() (pairs []Pair, bounded int) {
	firsts := t.firstStandings()
	s := &search{table: t, firsts: firsts, cold: t.coldBins(firsts), cut: make([]bool, len(firsts))}
	for bin := range t.bins {
		group.Runs(group.Sort(t.bucketEntries(firsts, bin)), 2, s.bucket)
	}
	slices.SortFunc(s.pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	for _, cut := range s.cut {
		if cut {
			bounded++
		}
	}
	return slices.Compact(s.pairs), bounded
}

// coldBins counts, for each of the texts, the bins whose buckets are not hot.
func (t *Table) coldBins(firsts []sketched) []uint8 {
	cold := make([]uint8, len(firsts))
	for bin := range t.bins {
		group.Runs(group.Sort(t.bucketEntries(firsts, bin)), 1, func(bucket []group.Entry) {
			if len(bucket) > HotBucket {
				return
			}
			for _, entry := range bucket {
				cold[entry.Owner]++
			}
		})
	}
	return cold
}

// A sketched paragraph and where its signature begins.
type sketched struct {
	paragraph uint32
	signature int
}

// Sketched returns the first standing of each distinct text that has a signature, ascending.
func (t *Table) Sketched() []uint32 {
	firsts := t.firstStandings()
	paragraphs := make([]uint32, len(firsts))
	for i, first := range firsts {
		paragraphs[i] = first.paragraph
	}
	return paragraphs
}

func (t *Table) firstStandings() []sketched {
	isFirst := make([]bool, len(t.hashes))
	x := t.group()
	for text := range x.ends {
		isFirst[x.of(text)[0]] = true
	}
	var firsts []sketched
	least, signature := t.options.LeastSketched(), 0
	for paragraph, tokens := range t.tokens {
		if int(tokens) < least {
			continue
		}
		if isFirst[paragraph] {
			firsts = append(firsts, sketched{uint32(paragraph), signature})
		}
		signature += t.bins
	}
	return firsts
}

// bucketEntries returns an entry for each text whose bin is not empty, by its
// position in firsts. The 32 bits of the bin stand at the top of the key,
// where group wants the entropy.
func (t *Table) bucketEntries(firsts []sketched, bin int) []group.Entry {
	entries := make([]group.Entry, 0, len(firsts))
	for i, first := range firsts {
		if value := t.signatures[first.signature+bin]; value != minhash.EmptyBin {
			entries = append(entries, group.Entry{Key: uint64(value) << 32, Owner: uint32(i)})
		}
	}
	return entries
}

// A search goes through the buckets. Texts are known by their position in firsts.
type search struct {
	table  *Table
	firsts []sketched
	cold   []uint8 // by text: its bins whose buckets are not hot
	cut    []bool  // by text: it may have partners beyond those found
	pairs  []Pair
}

// bucket holds each text of a bucket against those next above it in length.
func (s *search) bucket(bucket []group.Entry) {
	window := len(bucket)
	if len(bucket) > HotBucket {
		window = BucketWindow
		enough := s.table.options.coldBins()
		bucket = slices.DeleteFunc(bucket, func(entry group.Entry) bool { return s.cold[entry.Owner] >= enough })
	}
	tokens := func(entry group.Entry) uint32 { return s.table.tokens[s.firsts[entry.Owner].paragraph] }
	slices.SortFunc(bucket, func(a, b group.Entry) int {
		return cmp.Or(cmp.Compare(tokens(a), tokens(b)), cmp.Compare(a.Owner, b.Owner))
	})
	for i, entry := range bucket {
		above := bucket[i+1:]
		if len(above) > window {
			above, s.cut[entry.Owner] = above[:window], true
		}
		s.meet(entry.Owner, above)
	}
}

// meet appends the likely pairs of a text, up to MaxPartners of them.
func (s *search) meet(text uint32, others []group.Entry) {
	one, partners := s.firsts[text], 0
	for _, entry := range others {
		if partners == MaxPartners {
			s.cut[text] = true
			return
		}
		other := s.firsts[entry.Owner]
		if minhash.Likely(s.table.signature(one), s.table.signature(other)) {
			a, b := one.paragraph, other.paragraph
			s.pairs = append(s.pairs, Pair{min(a, b), max(a, b)})
			partners++
		}
	}
}

func (t *Table) signature(of sketched) []uint32 {
	return t.signatures[of.signature : of.signature+t.bins]
}
