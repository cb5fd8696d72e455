// Package align lays two texts beside each other, word by word: which words of the one
// stand in the other in the same order, and what stands between them.
//
// It knows only the hashes of words. What a difference means, and how it is shown,
// is said elsewhere.
//
// # The way
//
// What both begin and end with is the same. Between, the greedy algorithm of Myers finds
// the shortest script of insertions and deletions: after d of them, how far each
// diagonal of the table of the two texts has been followed. That costs the square of the
// differences, so it ends for good, after sureEdits, at the next stretch of sureWords equal
// words, and begins anew behind them: two versions of a story cost little more
// than to compare them. Where it would take more than maxEdits, or more steps than in proportion to
// the texts, it is given up, and the texts are parted at what stands once in both: runs
// of anchorWords words, of which the longest ascending sequence is taken (patience
// sorting), later single words. Each part is aligned in the same way. A part that has
// no such anchor is one difference.
//
// # What is promised
//
// The words between two gaps are equal and in order, in both texts: an alignment is
// always right. Where Exact, no other one has more words in common (the longest common
// subsequence). Of several that have as many, which one is a matter of the algorithm,
// but the same on every machine.
//
// # Cost
//
// Linear in time and memory, for any texts: the steps of a search are bounded by
// stepsAWord for each word, and no word is searched more often than there are ways to part
// the texts, and once more. What is kept of a
// search is maxEdits² numbers, 64 KB. Two versions of 500 words that differ in ten take
// two microseconds (BenchmarkAlign).
//
// # Literature
//
// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986); the anchors are
// those of Bram Cohen's patience diff; Hunt and Szymanski (1977) for the reduction to
// a longest ascending sequence; Fredman (1975) for that.
package align

// A Gap is a place where two texts differ: words of A from A to before EndA, in the
// place of those of B. One of them may be empty. The words between two gaps, before the
// first and behind the last are equal in both texts, and at least one.
type Gap struct {
	A, EndA int
	B, EndB int
}

const (
	// maxEdits bounds the insertions and deletions of a search.
	maxEdits = 128
	// sureEdits and sureWords bound how far a search looks for a shorter way: what
	// twenty equal words stand behind is hardly ever found to belong elsewhere
	// (TestAlignRandom counts), and a fifth of a scan's alignments cost half as much.
	sureEdits = 16
	sureWords = 20
	// stepsAWord and leastSteps bound the words that a search compares: those of two
	// versions of a story are compared once or twice.
	stepsAWord = 32
	leastSteps = 1 << 16
	// anchorWords is the length of runs that part two texts. Shorter ones that
	// stand once are mostly common phrases, and longer ones rare where two texts are edited.
	anchorWords = 5
)

// An Aligner keeps its memory from one call to the next: one for each goroutine. The
// zero value is ready.
type Aligner struct {
	a, b  []uint64
	gaps  []Gap
	exact bool

	furthest []int32 // of the greedy search: by diagonal, how far into A
	trace    []int32 // what it was after each edit, one behind another
	script   []Gap   // of the greedy search, last first
	anchors  anchors
}

// Align returns the gaps between two texts, in order, and whether no alignment has fewer
// words in them. They are valid until the next call.
func (l *Aligner) Align(a, b []uint64) (gaps []Gap, exact bool) {
	l.a, l.b, l.gaps, l.exact = a, b, l.gaps[:0], true
	l.part(Gap{0, len(a), 0, len(b)}, 0)
	l.a, l.b = nil, nil
	return l.gaps, l.exact
}

// part aligns a part of the texts, which may be parted in the ways from one on.
func (l *Aligner) part(p Gap, way int) {
	for {
		p = l.trim(p)
		if p.A == p.EndA || p.B == p.EndB {
			l.add(p)
			return
		}
		a, b, ok := l.search(p)
		if !ok {
			break
		}
		p.A, p.B = p.A+a, p.B+b
		if p.A == p.EndA && p.B == p.EndB {
			return
		}
		l.exact = false
	}
	l.exact = false
	for ; way < len(ways); way++ {
		if found := l.anchors.find(l.a[p.A:p.EndA], l.b[p.B:p.EndB], ways[way]); len(found) > 0 {
			l.between(p, found, way)
			return
		}
	}
	l.add(p)
}

// between aligns what stands between the anchors, which are ascending in both texts.
func (l *Aligner) between(p Gap, found []anchor, way int) {
	at := p
	for _, next := range found {
		a, b := p.A+next.a, p.B+next.b
		if a < at.A || b < at.B {
			continue // covered by the one before
		}
		l.part(Gap{at.A, a, at.B, b}, way+1)
		at.A, at.B = a+ways[way].words, b+ways[way].words
		for at.A < p.EndA && at.B < p.EndB && l.a[at.A] == l.b[at.B] {
			at.A, at.B = at.A+1, at.B+1
		}
	}
	l.part(at, way+1)
}

// trim leaves off what both begin and end with.
func (l *Aligner) trim(p Gap) Gap {
	for p.A < p.EndA && p.B < p.EndB && l.a[p.A] == l.b[p.B] {
		p.A, p.B = p.A+1, p.B+1
	}
	for p.A < p.EndA && p.B < p.EndB && l.a[p.EndA-1] == l.b[p.EndB-1] {
		p.EndA, p.EndB = p.EndA-1, p.EndB-1
	}
	return p
}

// add adds a gap, to the last one where they touch.
func (l *Aligner) add(gap Gap) {
	if gap.A == gap.EndA && gap.B == gap.EndB {
		return
	}
	if last := len(l.gaps) - 1; last >= 0 && l.gaps[last].EndA == gap.A && l.gaps[last].EndB == gap.B {
		l.gaps[last].EndA, l.gaps[last].EndB = gap.EndA, gap.EndB
		return
	}
	l.gaps = append(l.gaps, gap)
}
