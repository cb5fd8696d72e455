package align

import "slices"

// search finds the shortest script between two texts, and adds its gaps; false says that
// it was given up and has added nothing.
//
// Diagonal k holds the places (x, y) with x−y = k. After d edits, furthest has for
// each diagonal of the parity of d, from −d to d, the x of the place furthest along it that d
// edits lead to. One edit more leads from the neighbouring diagonals: an insertion
// from k+1 to the same x, a deletion from k−1 to x+1; equal words then lead on for nothing.
func (l *Aligner) search(p Gap) bool {
	a, b := l.a[p.A:p.EndA], l.b[p.B:p.EndB]
	most := min(maxEdits, len(a)+len(b))
	if abs(len(a)-len(b)) > most {
		return false
	}
	l.furthest = slices.Grow(l.furthest[:0], 2*maxEdits+3)[:2*maxEdits+3]
	l.furthest[maxEdits+2] = 0 // diagonal 1, from which that of no edit begins
	l.trace = l.trace[:0]
	steps := stepsAWord*(len(a)+len(b)) + leastSteps
	for edits := 0; edits <= most; edits++ {
		for k := -edits; k <= edits; k += 2 {
			x := l.step(edits, k)
			y := x - k
			from := x
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			l.furthest[maxEdits+1+k] = int32(x)
			if x >= len(a) && y >= len(b) {
				l.follow(p, edits)
				return true
			}
			if steps -= x - from + 1; steps < 0 {
				return false
			}
		}
		l.trace = append(l.trace, l.furthest[maxEdits+1-edits:maxEdits+2+edits]...)
	}
	return false
}

// step returns how far into A one edit more leads on a diagonal.
func (l *Aligner) step(edits, k int) int {
	at := maxEdits + 1 + k
	if k == -edits || k != edits && l.furthest[at-1] < l.furthest[at+1] {
		return int(l.furthest[at+1])
	}
	return int(l.furthest[at-1]) + 1
}

// follow goes back from the end along the places that the search has kept, and adds the
// gaps. What was kept after d edits begins at d², and is 2d+1 diagonals.
func (l *Aligner) follow(p Gap, edits int) {
	l.script = l.script[:0]
	x, y := p.EndA-p.A, p.EndB-p.B
	for ; edits > 0; edits-- {
		before := l.trace[(edits-1)*(edits-1) : edits*edits]
		at := func(k int) int32 { return before[edits-1+k] }
		k := x - y
		inserted := k == -edits || k != edits && reaches(at, edits-1, k+1) > reaches(at, edits-1, k-1)
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
