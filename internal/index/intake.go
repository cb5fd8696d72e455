package index

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// mostWeight is where the weight of a sample is counted no further: it stands for any that
// is as large.
const mostWeight = 15

// fullWeight is the most that a weight of mostWeight may stand for, as the scan bounds it.
const fullWeight = 255

// A key is a sample of an article, with the weights of all its places added up.
type key struct {
	key    uint64
	weight int
}

// An intake is what the index takes in of an article, beside itself.
type intake struct {
	textHash   uint64
	words      int
	outline    dedup.Outline
	class      int      // as dedup.Rules say
	keys       []key    // ascending
	paragraphs []uint64 // the hashes of those that count, each once
}

// take fills the intake with what the sketch has, of paragraphs of at least so many tokens.
func (t *intake) take(sketch *dedup.Sketch, minTokens int, rules *dedup.Rules) {
	t.textHash, t.words, t.outline = sketch.TextHash, sketch.Words, sketch.Outline
	t.class = rules.Class(&t.outline)
	t.keys, t.paragraphs = t.keys[:0], t.paragraphs[:0]
	for _, sample := range sketch.Samples {
		t.keys = append(t.keys, key{sample.Key, int(sample.Weight)})
	}
	t.keys = joined(t.keys)
	for i := range sketch.Paragraphs {
		if sketch.Paragraphs[i].Tokens >= minTokens {
			t.paragraphs = append(t.paragraphs, sketch.Paragraphs[i].Hash)
		}
	}
	slices.Sort(t.paragraphs)
	t.paragraphs = slices.Compact(t.paragraphs)
}

// joined sorts keys, and makes one of those that are equal.
func joined(keys []key) []key {
	slices.SortFunc(keys, func(a, b key) int { return cmp.Compare(a.key, b.key) })
	kept := keys[:0]
	for _, k := range keys {
		if last := len(kept) - 1; last >= 0 && kept[last].key == k.key {
			kept[last].weight = min(kept[last].weight+k.weight, fullWeight)
		} else {
			kept = append(kept, k)
		}
	}
	return kept
}

// A posting is an article that has a sample, as a value of the table of samples. One more is
// stored, since 0 marks a list that was cut.
type posting uint64

const (
	weightBits  = 4
	classBits   = 3
	postingBits = weightBits + classBits
)

func newPosting(local uint32, weight, class int) posting {
	return posting(local)<<postingBits | posting(class)<<weightBits | posting(min(weight, mostWeight))
}

func (p posting) local() uint32 { return uint32(p >> postingBits) }
func (p posting) class() int    { return int(p>>weightBits) & (dedup.Classes - 1) }
func (p posting) at(local uint32) posting {
	return posting(local)<<postingBits | p&(1<<postingBits-1)
}

// isHeavy reports whether the weight may be more than is stored.
func (p posting) isHeavy() bool { return p&mostWeight == mostWeight }

// weight is the most that the weight may be.
func (p posting) weight() int {
	if weight := int(p & mostWeight); weight < mostWeight {
		return weight
	}
	return fullWeight
}

// cutMark stands before the postings of a list that was cut.
const cutMark = 0

// appendPostings appends the values of a list: of one of more than dedup.HotSample articles,
// the last of them, behind a mark.
func appendPostings(values []uint64, postings []posting, cut bool) []uint64 {
	if len(postings) > dedup.HotSample {
		postings, cut = postings[len(postings)-dedup.HotSample:], true
	}
	if cut {
		values = append(values, cutMark)
	}
	for _, p := range postings {
		values = append(values, uint64(p)+1)
	}
	return values
}

// readPostings is the other way round.
func readPostings(postings []posting, values []uint64) (_ []posting, cut bool) {
	if len(values) > 0 && values[0] == cutMark {
		values, cut = values[1:], true
	}
	for _, value := range values {
		postings = append(postings, posting(value-1))
	}
	return postings, cut
}

// A standing is where a paragraph, a text or a name stands: an article and the tag of its source.
type standing uint64

func newStanding(local, tag uint32) standing { return standing(local)<<tagBits | standing(tag) }

func (s standing) local() uint32 { return uint32(s >> tagBits) }
func (s standing) tag() uint32   { return uint32(s & (1<<tagBits - 1)) }
func (s standing) at(local uint32) standing {
	return newStanding(local, s.tag())
}

// standings are where a text stands: firsts in each source, and the others, both ascending.
// So the first of all and the first of a source are found without going through all, in
// whatever many articles a text stands. All are kept: any may be the first that is left when others are removed.
type standings struct{ firsts, others []standing }

// fill parts a list that is ascending, whose memory it takes over.
func (s *standings) fill(list []standing) {
	s.firsts, s.others = s.firsts[:0], list[:0]
	seen := make(map[uint32]struct{}, 1)
	for _, one := range list {
		if _, known := seen[one.tag()]; known {
			s.others = append(s.others, one)
			continue
		}
		seen[one.tag()] = struct{}{}
		s.firsts = append(s.firsts, one)
	}
}

// appendTo appends the values of the list: a single standing, or how many firsts there are,
// these, and the others.
func (s *standings) appendTo(values []uint64) []uint64 {
	if len(s.firsts) == 1 && len(s.others) == 0 {
		return append(values, uint64(s.firsts[0]))
	}
	values = append(values, uint64(len(s.firsts)))
	for _, one := range s.firsts {
		values = append(values, uint64(one))
	}
	for _, one := range s.others {
		values = append(values, uint64(one))
	}
	return values
}

// readStandings parts the values again: firsts, others.
func readStandings(values []uint64) (firsts, others []uint64) {
	if len(values) <= 1 {
		return values, nil
	}
	count := min(values[0], uint64(len(values)-1))
	return values[1 : 1+count], values[1+count:]
}
