package gate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// randomEntries are of few texts, so that many share one, and some join two.
func randomEntries(random *rand.Rand) []Entry {
	entries := make([]Entry, random.IntN(9))
	for i := range entries {
		one, other := Fingerprint(1+random.IntN(4)), Fingerprint(1+random.IntN(4))
		if random.IntN(3) > 0 {
			other = one
		}
		one, other = min(one, other), max(one, other)
		entries[i] = Entry{
			Kind: dedup.Repeated, Fingerprint: 10*one + other, Texts: [2]Fingerprint{one, other},
			A: fmt.Sprint(random.IntN(3)), B: fmt.Sprint(random.IntN(3)),
		}
	}
	return entries
}

// familyOf finds the texts that are joined with one by looking at all entries again
// and again.
func familyOf(text Fingerprint, all []Entry) Fingerprint {
	family := map[Fingerprint]bool{text: true}
	for size := 0; size < len(family); {
		size = len(family)
		for _, e := range all {
			if family[e.Texts[0]] || family[e.Texts[1]] {
				family[e.Texts[0]], family[e.Texts[1]] = true, true
			}
		}
	}
	least := text
	for member := range family {
		least = min(least, member)
	}
	return least
}

// TestMatch holds that findings and entries of a family are matched one to one, as
// many as there are of the fewer, and that what is equal is matched first.
func TestMatch(t *testing.T) {
	random := seeded.Rand(t)
	for range 5000 {
		findings, known := randomEntries(random), randomEntries(random)
		all := append(append([]Entry(nil), findings...), known...)
		m := match(findings, known)
		used := make([]bool, len(known))
		balance := make(map[Fingerprint][3]int) // by family: findings, entries, matched
		equal := make(map[Entry][3]int)         // by entry, likewise; matched with an equal one
		for i, e := range findings {
			family := familyOf(e.Texts[0], all)
			tally, same := balance[family], equal[e]
			tally[0], same[0] = tally[0]+1, same[0]+1
			if at := m.entryOf[i]; at >= 0 {
				if used[at] {
					t.Fatalf("an entry is given twice: %v to %v", known, findings)
				}
				used[at] = true
				if familyOf(known[at].Texts[0], all) != family {
					t.Fatalf("%v is given to %v of another family", known[at], e)
				}
				tally[2]++
				if known[at] == e {
					same[2]++
				}
			}
			balance[family], equal[e] = tally, same
		}
		for i, e := range known {
			if used[i] != m.used[i] {
				t.Fatalf("entry %d is said to be used: %t, want %t", i, m.used[i], used[i])
			}
			family := familyOf(e.Texts[0], all)
			tally, same := balance[family], equal[e]
			tally[1], same[1] = tally[1]+1, same[1]+1
			balance[family], equal[e] = tally, same
		}
		for family, tally := range balance {
			if tally[2] != min(tally[0], tally[1]) {
				t.Fatalf("family %v: %d findings, %d entries, %d matched; findings %v, known %v", family, tally[0], tally[1], tally[2], findings, known)
			}
		}
		for e, tally := range equal {
			if tally[2] != min(tally[0], tally[1]) {
				t.Fatalf("%v: %d findings, %d entries, %d matched with an equal one; findings %v, known %v", e, tally[0], tally[1], tally[2], findings, known)
			}
		}
	}
}

// TestMatchTakesAllAtOnce holds that a text that stands a million times costs no more
// than so many texts.
func TestMatchTakesAllAtOnce(t *testing.T) {
	const many = 200_000
	entries := make([]Entry, many)
	for i := range entries {
		entries[i] = Entry{Kind: dedup.Repeated, Fingerprint: 7, Texts: [2]Fingerprint{7, 7}, A: "hub", B: fmt.Sprint(i)}
	}
	others := make([]Entry, many)
	for i := range others {
		others[i] = entries[i]
		others[i].B = fmt.Sprint("renamed", i)
	}
	for i, at := range match(others, entries).entryOf {
		if at < 0 {
			t.Fatalf("finding %d is new", i)
		}
	}
}
