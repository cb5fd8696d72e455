package align

import "slices"

// search finds the shortest script between two texts, or between as many words at their
// beginning as it is sure of, adds its gaps and returns the words; false says that it was given
// up and has added nothing.
//
// Diagonal k holds the places (x, y) with x−y = k. After d edits, furthest has for
// each diagonal of the parity of d, from −d to d, the x of the place furthest along it that d
// edits lead to. One edit more leads from the neighbouring diagonals: an insertion
// from k+1 to the same x, a deletion from k−1 to x+1; equal words then lead on for nothing.
func (l *Aligner) search(p Gap) (ofA, ofB int, ok bool) {
	a, b := l.a[p.A:p.EndA], l.b[p.B:p.EndB]
	most := min(maxEdits, len(a)+len(b))
	if abs(len(a)-len(b)) > most {
		return 0, 0, false
	}
	const center = maxEdits + 1 // of diagonal 0
	l.furthest = slices.Grow(l.furthest[:0], 2*center+1)[:2*center+1]
	l.trace = l.trace[:0]
	steps := stepsAWord*(len(a)+len(b)) + leastSteps
	for edits := 0; edits <= most && steps >= 0; edits++ {
		// Beside the diagonals that so many edits lead to stand places that none leads
		// to; with no edit, the one that the first diagonal begins from.
		row := l.furthest[center-edits-1 : center+edits+2]
		row[0], row[len(row)-1] = -1, -1
		if edits == 0 {
			row[len(row)-1] = 0
		}
		for i := 1; i < len(row)-1; i += 2 {
			x := int(row[i+1])
			if left := int(row[i-1]); left >= x {
				x = left + 1
			}
			y := x - (i - 1 - edits)
			from := x
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			row[i] = int32(x)
			if x >= len(a) && y >= len(b) || edits >= sureEdits && x-from >= sureWords {
				l.follow(p, x, y, edits)
				return x, y, true
			}
			steps -= x - from + 1
		}
		l.trace = append(l.trace, row[1:len(row)-1]...)
	}
	return 0, 0, false
}

// follow goes back from a place along the places that the search has kept, and adds the
// gaps. What was kept after d edits begins at d², and is 2d+1 diagonals.
func (l *Aligner) follow(p Gap, x, y, edits int) {
	l.script = l.script[:0]
	for ; edits > 0; edits-- {
		before := l.trace[(edits-1)*(edits-1) : edits*edits]
		at := func(k int) int32 { return before[edits-1+k] }
		k := x - y
		inserted := reaches(at, edits-1, k+1) > reaches(at, edits-1, k-1)
		if inserted {
			x = int(at(k + 1))
			y = x - k - 1
			l.script = append(l.script, Gap{p.A + x, p.A + x, p.B + y, p.B + y + 1})
		} else {
			x = int(at(k - 1))
			y = x - k + 1
			l.script = append(l.script, Gap{p.A + x, p.A + x + 1, p.B + y, p.B + y})
		}
	}
	for i := len(l.script) - 1; i >= 0; i-- {
		l.add(l.script[i])
	}
}

// reaches is how far a diagonal was followed after so many edits, −1 where it was not.
func reaches(at func(int) int32, edits, k int) int32 {
	if k < -edits || k > edits {
		return -1
	}
	return at(k)
}

func abs(n int) int { return max(n, -n) }
