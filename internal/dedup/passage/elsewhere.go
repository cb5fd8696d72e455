package passage

import (
	"cmp"
	"slices"
)

// An Elsewhere is how much of an owner's text stands in those of others: the tokens in
// runs that are long enough and weigh something.
type Elsewhere struct {
	Tokens int
	// Partner is the owner with which it has the most in common, the first of several;
	// itself where none is known.
	Partner uint32
	// PartnerTokens are those in common with it. They may be more than is said, where
	// some of the runs stand in more than maxVoters places.
	PartnerTokens int
}

// maxVoters is the most places of a run of which each votes for all others as partners:
// the work is its square. Of a run with more, a place votes for one other alone.
const maxVoters = 32

// Elsewhere returns, by owner, how much of it stands elsewhere.
func (x *Index) Elsewhere() []Elsewhere {
	e := &elsewhere{Index: x, reach: make([]int32, len(x.suffixes)), by: make([]uint32, len(x.suffixes))}
	e.below = x.commonLengths()
	e.reachOthers()
	e.gatherVotes()
	shares := make([]Elsewhere, len(x.options.Groups))
	e.tally = make([]partnerTally, len(x.options.Groups))
	for first := 0; first < x.text.Parts(); {
		end := first + 1
		for end < x.text.Parts() && x.text.owners[end] == x.text.owners[first] {
			end++
		}
		shares[x.text.owners[first]] = e.share(first, end)
		first = end
	}
	return shares
}

// An elsewhere is what is known by place in the text.
type elsewhere struct {
	*Index
	below []int32  // by rank: the length up to which a prefix of it is common; nil for 0
	reach []int32  // the length of the longest run from there on that another owner has; 0 for none that counts
	by    []uint32 // such an owner
	votes []vote   // by place
	voted int      // up to which the votes have been heard

	tally   []partnerTally // by owner
	touched []uint32
}

// A vote is a place of a run that stands in few places.
type vote struct{ at, repeat int32 }

// A partnerTally is what the owner at hand has in common with one.
type partnerTally struct{ tokens, end int32 }

// commonLengths returns, by rank, the length of the longest prefix that stands in too
// many groups; nil where none does.
func (x *Index) commonLengths() []int32 {
	if x.commons == nil {
		return nil
	}
	common := x.commons
	slices.SortFunc(common, func(a, b interval) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.length, b.length)) })
	lengths := make([]int32, len(x.suffixes))
	var open []interval // each inside the one before
	for rank := range int32(len(lengths)) {
		for len(open) > 0 && open[len(open)-1].end <= rank {
			open = open[:len(open)-1]
		}
		for len(common) > 0 && common[0].first == rank {
			open, common = append(open, common[0]), common[1:]
		}
		if len(open) > 0 {
			lengths[rank] = open[len(open)-1].length
		}
	}
	return lengths
}

// reachOthers fills reach and by: the longest run that a suffix has in common with one
// of another owner is that with the nearest such suffix before or behind it in the order.
func (e *elsewhere) reachOthers() {
	length, other := int32(0), uint32(0)
	last := uint32(0)
	meet := func(rank, common int32) {
		at := e.suffixes[rank]
		owner := e.owners[rank]
		if owner == last {
			length = min(length, common)
		} else {
			length, other = common, last
		}
		if length > e.reach[at] && e.counts(rank, length) {
			e.reach[at], e.by[at] = length, other
		}
		last = owner
	}
	for rank := range int32(len(e.suffixes)) {
		meet(rank, e.common[rank])
	}
	length, last = 0, 0
	for rank := int32(len(e.suffixes)) - 1; rank >= 0; rank-- {
		meet(rank, e.common[rank+1])
	}
}

// counts reports whether a run of the suffix weighs something.
func (e *elsewhere) counts(rank, length int32) bool {
	at := e.suffixes[rank]
	return int(length) >= e.options.Least && (e.below == nil || length > e.below[rank]) && e.text.weighty.any(at, at+length)
}

// gatherVotes gathers the places of the runs that stand in few.
func (e *elsewhere) gatherVotes() {
	for i := range e.repeats {
		r := &e.repeats[i]
		if r.Standings > maxVoters || r.Owners < 2 || r.Common || !r.Weighty {
			continue
		}
		for _, at := range e.suffixes[r.first : r.first+r.Standings] {
			e.votes = append(e.votes, vote{at, int32(i)})
		}
	}
	slices.SortFunc(e.votes, func(a, b vote) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.repeat, b.repeat)) })
}

// share returns what stands elsewhere of the owner of some parts in a row.
func (e *elsewhere) share(first, end int) (share Elsewhere) {
	for part := first; part < end; part++ {
		share.Tokens += e.hear(e.text.owners[first], e.text.starts[part], e.text.end(part))
	}
	share.Partner, share.PartnerTokens = e.text.owners[first], 0
	for _, other := range e.touched {
		tokens := int(e.tally[other].tokens)
		if tokens > share.PartnerTokens || tokens == share.PartnerTokens && other < share.Partner {
			share.Partner, share.PartnerTokens = other, tokens
		}
		e.tally[other] = partnerTally{}
	}
	e.touched = e.touched[:0]
	return share
}

// hear goes through the places of a part, hears who has what begins there, and returns
// how many tokens some other has.
func (e *elsewhere) hear(owner uint32, start, next int32) (tokens int) {
	end := start
	for at := start; at < next; at++ {
		for ; e.voted < len(e.votes) && e.votes[e.voted].at == at; e.voted++ {
			r := &e.repeats[e.votes[e.voted].repeat]
			for _, other := range e.owners[r.first : r.first+r.Standings] {
				e.add(owner, other, at, r.Length)
			}
		}
		reach := e.reach[at]
		if reach == 0 {
			continue
		}
		if at == start || e.reach[at-1] != reach+1 {
			e.add(owner, e.by[at], at, reach)
		}
		tokens += int(max(0, at+reach-max(at, end)))
		end = max(end, at+reach)
	}
	return tokens
}

// add adds a run that an owner and another have in common. Of one other, the runs come in
// the order of the places.
func (e *elsewhere) add(owner, other uint32, at, length int32) {
	if owner == other {
		return
	}
	t := &e.tally[other]
	if t.end == 0 {
		e.touched = append(e.touched, other)
	}
	t.tokens += max(0, at+length-max(at, t.end))
	t.end = max(t.end, at+length)
}
