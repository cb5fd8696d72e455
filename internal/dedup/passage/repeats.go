package passage

import (
	"cmp"
	"slices"
)

// A Repeat is a run of tokens that stands twice, and cannot be made longer at either
// end without losing a place.
type Repeat struct {
	Length    int32
	Standings int32 // places, those that overlap included
	Owners    int32 // distinct ones of the places
	Groups    int32 // distinct ones of the owners
	Weighty   bool  // some token of it weighs something
	Common    bool  // it stands in too many groups to weigh anything

	first     int32 // rank of the first suffix that begins with it
	low, high int32 // the first and the last place
}

// A node is an interval of suffixes with a prefix in common that is longer than that
// of any wider interval. Once closed, it is a candidate for a repeat.
type node struct {
	length    int32
	first     int32
	count     int32
	low, high int32
	left      int32 // the symbol before all places; diverse if there are several
	again     int32 // places whose owner has one before in the order
	regroup   int32 // places whose group has one before

	inner innerNode
}

// An innerNode is the widest interval inside another, for isInner: its length is 0
// where it does not stand twice, or another is as wide.
type innerNode struct{ length, first, count int32 }

const diverse = -2

// A walk goes through the intervals, from the inner to the outer.
type walk struct {
	*Index
	open       []node
	shut       node    // what closed is called with
	lastOf     []int32 // by owner: the rank that it was last met at, and 1
	lastOfGang []int32 // by group
	closed     func(*node)
}

// findRepeats gathers all repeats, and the intervals of what stands in too many groups.
func (x *Index) findRepeats() {
	x.walk(func(n *node) {
		if x.isCommon(n) {
			x.commons = append(x.commons, interval{n.first, n.first + n.count, n.length})
		}
		if n.left == diverse && n.standsTwice() && !x.isInner(n) {
			x.repeats = append(x.repeats, x.repeat(n))
		}
	})
}

// Repeats returns all repeats, in an order that depends on the text alone. The slice is
// the index' own.
func (x *Index) Repeats() []Repeat { return x.repeats }

// An interval is suffixes in a row that have a prefix in common.
type interval struct{ first, end, length int32 }

func (x *Index) repeat(n *node) Repeat {
	return Repeat{
		Length: n.length, Standings: n.count, Owners: n.count - n.again, Groups: n.count - n.regroup,
		Weighty: x.text.weighty.any(n.low, n.low+n.length), Common: x.isCommon(n),
		first: n.first, low: n.low, high: n.high,
	}
}

func (x *Index) isCommon(n *node) bool { return int(n.count-n.regroup) >= x.options.Common }

// standsTwice reports whether two of the places do not overlap.
func (n *node) standsTwice() bool { return n.high-n.low >= n.length }

// walk calls closed with every interval of prefixes that are long enough.
func (x *Index) walk(closed func(*node)) {
	w := &walk{Index: x, closed: closed, lastOf: make([]int32, len(x.options.Groups)), lastOfGang: make([]int32, len(x.options.Groups))}
	for rank := range int32(len(x.suffixes)) {
		w.step(rank, x.common[rank+1])
	}
}

// step adds the suffix of a rank, which has a prefix of some length in common with the
// next, to the intervals, and closes those that end with it.
func (w *walk) step(rank, length int32) {
	if length < int32(w.options.Least) {
		length = 0
	}
	if length > w.top() {
		w.push(length, rank)
	}
	if len(w.open) == 0 {
		return
	}
	w.addSuffix(rank)
	for length < w.top() {
		w.shut = w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.closed(&w.shut)
		if length > w.top() {
			w.push(length, w.shut.first)
		}
		if len(w.open) > 0 {
			w.open[len(w.open)-1].add(&w.shut)
		}
	}
}

func (w *walk) top() int32 {
	if len(w.open) == 0 {
		return 0
	}
	return w.open[len(w.open)-1].length
}

func (w *walk) push(length, first int32) {
	w.open = append(w.open, node{length: length, first: first, left: none})
}

// add adds an interval to the one around it.
func (n *node) add(inner *node) {
	n.addPlaces(inner.count, inner.low, inner.high, inner.left)
	n.again += inner.again
	n.regroup += inner.regroup
	switch {
	case inner.count == n.inner.count:
		n.inner.length = 0
	case inner.count > n.inner.count:
		n.inner = innerNode{inner.length, inner.first, inner.count}
		if !inner.standsTwice() {
			n.inner.length = 0
		}
	}
}

func (n *node) addPlaces(count, low, high, left int32) {
	if n.count == 0 {
		n.low, n.high, n.left = low, high, left
	}
	n.count += count
	n.low, n.high = min(n.low, low), max(n.high, high)
	if n.left != left {
		n.left = diverse
	}
}

// addSuffix adds a suffix to the innermost interval. Where its owner was met before, it
// is no new one for the intervals that hold both: the innermost of them takes note, and
// hands it on when it is closed.
func (w *walk) addSuffix(rank int32) {
	at := w.suffixes[rank]
	left := int32(diverse)
	if at > 0 && int(w.text.symbols[at-1]) >= w.text.Parts() {
		left = w.text.symbols[at-1]
	}
	w.open[len(w.open)-1].addPlaces(1, at, at, left)
	owner := w.owners[rank]
	if n := w.holding(w.lastOf[owner]); n != nil {
		n.again++
	}
	group := w.options.Groups[owner]
	if n := w.holding(w.lastOfGang[group]); n != nil {
		n.regroup++
	}
	w.lastOf[owner], w.lastOfGang[group] = rank+1, rank+1
}

// holding returns the innermost open interval that holds the suffix of a rank, which is
// given as one more, 0 for none.
func (w *walk) holding(rankAndOne int32) *node {
	if rankAndOne == 0 || rankAndOne-1 < w.open[0].first {
		return nil
	}
	low, high := 0, len(w.open)-1
	for low < high {
		middle := (low + high + 1) / 2
		if w.open[middle].first <= rankAndOne-1 {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return &w.open[low]
}

// isInner reports whether every place of the run is the start or the end of a place of
// one longer run that stands twice and is longer by less than the run, so that start and
// end overlap: so it is in a text that goes on repeating a few words, where a run of every
// length would stand twice. The longer run is the one that begins with it most often. The
// places where that does not begin are looked at, up to the first that is no end of it;
// over all intervals each suffix is, at the most, a logarithmic number of times.
func (x *Index) isInner(n *node) bool {
	if n.inner.length == 0 || n.inner.length-n.length >= n.length {
		return false
	}
	for rank := n.first; rank < n.first+n.count; rank++ {
		x.looked++
		if rank == n.inner.first {
			rank += n.inner.count - 1
			continue
		}
		start := x.suffixes[rank] - (n.inner.length - n.length)
		if start < 0 {
			return false
		}
		if at := x.ranks[start]; at < n.inner.first || at >= n.inner.first+n.inner.count {
			return false
		}
	}
	return true
}

// A Place is where a repeat stands: the part, and the token in it.
type Place struct {
	Part  int
	Token int
}

func (x *Index) place(at int32) Place {
	part := x.text.part(at)
	return Place{int(part), int(at - x.text.starts[part])}
}

// Places returns the places of a repeat, in the order of the text; of those that begin in
// the first half of the one before, which then is a few words said again and again, the
// first. Where there are more than most, which is at least 2, the first and the last of them
// are there, and others.
func (x *Index) Places(r Repeat, most int) []Place {
	count := min(int(r.Standings), most)
	starts := make([]int32, 0, count+2)
	if int(r.Standings) > most {
		starts = append(starts, r.low, r.high)
		count -= 2
	}
	starts = append(starts, x.suffixes[r.first:r.first+int32(count)]...)
	slices.Sort(starts)
	starts = slices.Compact(starts)
	places := make([]Place, 0, len(starts))
	half := int32(-1)
	for _, at := range starts {
		if at > half {
			places = append(places, x.place(at))
			half = at + r.Length/2
		}
	}
	return places
}

// LastOwner is the owner of the last place of a repeat.
func (x *Index) LastOwner(r Repeat) uint32 { return x.text.owners[x.text.part(r.high)] }

// Compare orders repeats by their first places, and those of one place the longest first.
func (x *Index) Compare(a, b Repeat) int {
	return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(b.Length, a.Length))
}
