package gate

// A matching says which findings a baseline knows, and which of its entries are of
// no finding any more.
type matching struct {
	entryOf []int32 // by finding: the position of its entry, -1 for none
	used    []bool  // by entry
}

// A trait is what a finding and an entry have in common. Where several findings
// have an entry to share, the one that is most like it gets it.
type trait struct {
	family      Fingerprint
	fingerprint Fingerprint // 0 where only the family is asked for
	a, b        string      // "" likewise
}

// match gives each entry to at most one finding: first to one with its fingerprint and
// both its articles, then to a pair of both its articles of which one has its words still,
// then to one with its fingerprint and one of its articles, with its fingerprint, at last
// to any of its family. Entries and findings are taken in their order, so that the last of
// several equal findings are the new ones.
func match(findings, known []Entry) *matching {
	families := newFamilies(findings, known)
	m := &matching{entryOf: make([]int32, len(findings)), used: make([]bool, len(known))}
	for i := range m.entryOf {
		m.entryOf[i] = -1
	}
	for _, traits := range []func(*Entry, Fingerprint) []trait{
		func(e *Entry, family Fingerprint) []trait { return []trait{{family, e.Fingerprint, e.A, e.B}} },
		func(e *Entry, _ Fingerprint) []trait { return e.ends() },
		func(e *Entry, family Fingerprint) []trait {
			return []trait{{family, e.Fingerprint, e.B, ""}, {family, e.Fingerprint, e.A, ""}}
		},
		func(e *Entry, family Fingerprint) []trait { return []trait{{family, e.Fingerprint, "", ""}} },
		func(_ *Entry, family Fingerprint) []trait { return []trait{{family, 0, "", ""}} },
	} {
		m.pass(findings, known, func(e *Entry) []trait { return traits(e, families.of(e)) })
	}
	return m
}

// ends are the traits of a pair of which one article is as it was: which one, and its words.
func (e *Entry) ends() []trait {
	if e.Ends == [2]Fingerprint{} {
		return nil
	}
	return []trait{{e.Ends[0], 0, e.A, e.B}, {e.Ends[1], 1, e.A, e.B}}
}

// pass matches what has a trait in common and is not matched yet.
func (m *matching) pass(findings, known []Entry, traits func(*Entry) []trait) {
	waiting := make(map[trait][]int32) // by trait: the entries that have it, in their order
	for i := range known {
		if m.used[i] {
			continue
		}
		for _, of := range traits(&known[i]) {
			waiting[of] = append(waiting[of], int32(i))
		}
	}
	if len(waiting) == 0 {
		return
	}
	for i := range findings {
		if m.entryOf[i] >= 0 || findings[i].Kind == "" {
			continue
		}
		for _, of := range traits(&findings[i]) {
			if m.take(i, waiting, of) {
				break
			}
		}
	}
}

// take gives the finding the first entry with the trait that is still free.
func (m *matching) take(finding int, waiting map[trait][]int32, of trait) bool {
	entries := waiting[of]
	for len(entries) > 0 && m.used[entries[0]] {
		entries = entries[1:]
	}
	if len(entries) == 0 {
		delete(waiting, of)
		return false
	}
	m.used[entries[0]] = true
	m.entryOf[finding] = entries[0]
	waiting[of] = entries[1:]
	return true
}

// families are the texts that near repeats join, as disjoint sets: each text has a
// parent of its family, and the one without is the family's name.
type families map[Fingerprint]Fingerprint

func newFamilies(lists ...[]Entry) families {
	f := make(families)
	for _, list := range lists {
		for i := range list {
			if texts := list[i].Texts; texts[0] != texts[1] {
				f.join(texts[0], texts[1])
			}
		}
	}
	return f
}

func (f families) join(one, other Fingerprint) {
	if one, other = f.root(one), f.root(other); one != other {
		f[max(one, other)] = min(one, other)
	}
}

// root finds the name of a text's family, and halves the way for the next time.
func (f families) root(text Fingerprint) Fingerprint {
	for {
		parent, joined := f[text]
		if !joined {
			return text
		}
		if above, joined := f[parent]; joined {
			f[text] = above
		}
		text = parent
	}
}

func (f families) of(e *Entry) Fingerprint { return f.root(e.Texts[0]) }
