package dedup

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

const (
	// maxRuns bounds the runs that are kept: the longest, of texts that repeat
	// themselves, in which every standing of a sentence pairs with every other.
	maxRuns = 1000
	// stepsAWord bounds the words that are compared for each word of the two texts.
	stepsAWord = 64
)

// sharedRuns returns the passages of at least so many words that two articles share: all
// of them, unless more is true.
//
// Where a run begins, its first words stand in the other text too: those are looked
// up by their hash, in a table of all places of A. A place is a beginning where the
// words before differ, and from there the run is followed word by word. Of ordinary texts
// that is one look-up a word; of others it ends when stepsAWord is used up.
func sharedRuns(one, other *side, least int) (runs []Run, more bool) {
	found, more := findRuns(one.wording.tokens, other.wording.tokens, least)
	if len(found) > maxRuns {
		slices.SortStableFunc(found, func(r, q tokenRun) int { return cmp.Compare(q.words, r.words) })
		found, more = found[:maxRuns], true
	}
	slices.SortFunc(found, func(r, q tokenRun) int { return cmp.Or(cmp.Compare(r.a, q.a), cmp.Compare(r.b, q.b)) })
	for _, r := range found {
		run := Run{Words: r.words, A: one.at(r.a, r.a+r.words), B: other.at(r.b, r.b+r.words)}
		run.Quoted = one.isQuoted(r.a, r.words) && other.isQuoted(r.b, r.words)
		runs = append(runs, run)
	}
	return runs, more
}

// A tokenRun is a shared run by the positions of its first tokens.
type tokenRun struct{ a, b, words int }

// findRuns finds the runs, by their places in B.
func findRuns(a, b []uint64, least int) (runs []tokenRun, more bool) {
	if len(a) < least || len(b) < least {
		return nil, false
	}
	hashes := func(tokens []uint64) []uint64 {
		return shingle.Append(nil, shingle.AppendSums(nil, tokens), least)
	}
	table := newPlaces(hashes(a))
	steps := stepsAWord*(len(a)+len(b)) + 1<<20
	for atB, hash := range hashes(b) {
		for atA := table.first(hash); atA >= 0; atA = int(table.next[atA]) {
			if steps--; steps < 0 {
				return runs, true
			}
			if atA > 0 && atB > 0 && a[atA-1] == b[atB-1] {
				continue
			}
			words := commonStart(a[atA:], b[atB:])
			if steps -= words; words >= least {
				runs = append(runs, tokenRun{atA, atB, words})
			}
		}
	}
	return runs, false
}

func commonStart(a, b []uint64) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// hashPlaces are where each of some hashes stands: the first, and from each the next one.
type hashPlaces struct {
	head map[uint64]int32
	next []int32 // -1 behind the last
}

func newPlaces(hashes []uint64) hashPlaces {
	p := hashPlaces{make(map[uint64]int32, len(hashes)), make([]int32, len(hashes))}
	for at := len(hashes) - 1; at >= 0; at-- {
		p.next[at] = int32(p.first(hashes[at]))
		p.head[hashes[at]] = int32(at)
	}
	return p
}

func (p hashPlaces) first(hash uint64) int {
	if at, known := p.head[hash]; known {
		return int(at)
	}
	return -1
}
