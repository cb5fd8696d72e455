package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// marking returns the runs that mark what no longer one marks, on either side, in their
// order. A text that repeats itself shares each of its parts with all the others; those
// would be many, and could not be seen.
func marking(runs []dedup.Run, there, here int) []dedup.Run {
	order := make([]int, len(runs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(runs[b].Words, runs[a].Words) })
	marked := [2][]bool{make([]bool, there), make([]bool, here)}
	mark := func(side []bool, at dedup.Range) (more bool) {
		for i := at.Start; i < at.End; i++ {
			more = more || !side[i]
			side[i] = true
		}
		return more
	}
	keep := make([]bool, len(runs))
	for _, i := range order {
		one, other := mark(marked[0], runs[i].A), mark(marked[1], runs[i].B)
		keep[i] = one || other
	}
	var kept []dedup.Run
	for i, run := range runs {
		if keep[i] {
			kept = append(kept, run)
		}
	}
	return kept
}

// shownAt turns byte offsets of a body, in any order, into UTF-16 offsets of what is
// shown of it.
func shownAt(body []byte, offsets []int) []int {
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	sorted := make([]int, len(offsets))
	for i, at := range order {
		sorted[i] = offsets[at]
	}
	_, units := shownText(body, sorted)
	at := make([]int, len(offsets))
	for i, original := range order {
		at[original] = units[i]
	}
	return at
}

// shownText returns a body as it is shown: line breaks and tabs stay, all else that
// controls or deceives is a visible escape. Of the byte offsets, which ascend, it
// returns where they are in it, in the units of UTF-16 that browsers count.
func shownText(body []byte, offsets []int) (text string, units []int) {
	var b strings.Builder
	b.Grow(len(body))
	unit := 0
	for at := 0; at < len(body); {
		for len(units) < len(offsets) && offsets[len(units)] <= at {
			units = append(units, unit)
		}
		r, length := utf8.DecodeRune(body[at:])
		switch {
		case r == utf8.RuneError && length == 1:
			said := fmt.Sprintf(`\x%02x`, body[at])
			b.WriteString(said)
			unit += len(said)
		case r == '\n' || r == '\t' || isSafe(r):
			b.WriteRune(r)
			unit++
			if r > 0xffff {
				unit++
			}
		case r == '\r' && at+1 < len(body) && body[at+1] == '\n': // of a line break, which the next byte is
		default:
			said := escape(r)
			b.WriteString(said)
			unit += len(said)
		}
		at += length
	}
	for len(units) < len(offsets) {
		units = append(units, unit)
	}
	return b.String(), units
}
