package passage

// A sorter sorts the suffixes of a text by induced sorting. The text ends in a
// symbol that is smaller than all others and stands nowhere else.
//
// A suffix is of type S where it is smaller than the one behind it, else of type L;
// a suffix of type S behind one of type L is a leftmost S. Sorting the stretches
// between leftmost S suffixes names them; the text of those names, at most half as
// long, is sorted in the same way, and from the order of the leftmost S suffixes one
// pass over the text induces that of all L suffixes, and one more that of all S ones.
type sorter struct {
	text     []int32
	suffixes []int32
	isS      []uint64 // bits, by position
	ends     []int32  // by symbol: where its suffixes end in the order
	next     []int32  // by symbol: where the next of them is put
}

// none marks a place in the order that no suffix has been put at.
const none = -1

// sortSuffixes fills suffixes with the positions of the text in the order of their
// suffixes. The symbols are in 0..symbols-1.
func sortSuffixes(text, suffixes []int32, symbols int) {
	if len(text) == 1 {
		suffixes[0] = 0
		return
	}
	s := &sorter{text: text, suffixes: suffixes, isS: make([]uint64, len(text)/64+1), ends: make([]int32, symbols), next: make([]int32, symbols)}
	s.classify()
	s.count()
	s.putLeftmost()
	s.induce()
	leftmost, names := s.name()
	s.sortNamed(leftmost, names)
	s.spread(leftmost)
	s.induce()
}

func (s *sorter) s(at int32) bool { return s.isS[at/64]>>(at%64)&1 != 0 }

// leftmost reports whether the suffix is a leftmost S.
func (s *sorter) leftmost(at int32) bool { return at > 0 && s.s(at) && !s.s(at-1) }

// classify tells the types.
func (s *sorter) classify() {
	last := int32(len(s.text) - 1)
	smaller := true // the suffix behind is of type S, where symbols are equal
	s.isS[last/64] |= 1 << (last % 64)
	for at := last - 1; at >= 0; at-- {
		if s.text[at] != s.text[at+1] {
			smaller = s.text[at] < s.text[at+1]
		}
		if smaller {
			s.isS[at/64] |= 1 << (at % 64)
		}
	}
}

// count finds where the suffixes of each first symbol end.
func (s *sorter) count() {
	for _, symbol := range s.text {
		s.ends[symbol]++
	}
	total := int32(0)
	for symbol, count := range s.ends {
		total += count
		s.ends[symbol] = total
	}
}

// toEnds has suffixes put from the ends backwards.
func (s *sorter) toEnds() { copy(s.next, s.ends) }

// toStarts has them put from the starts on.
func (s *sorter) toStarts() {
	s.next[0] = 0
	copy(s.next[1:], s.ends)
}

func (s *sorter) putBack(at int32) {
	place := &s.next[s.text[at]]
	*place--
	s.suffixes[*place] = at
}

func (s *sorter) putOn(at int32) {
	place := &s.next[s.text[at]]
	s.suffixes[*place] = at
	*place++
}

// putLeftmost puts the leftmost S suffixes at the ends of their first symbols, in no order.
func (s *sorter) putLeftmost() {
	for i := range s.suffixes {
		s.suffixes[i] = none
	}
	s.toEnds()
	for at := int32(1); at < int32(len(s.text)); at++ {
		if s.leftmost(at) {
			s.putBack(at)
		}
	}
}

// induce sorts the L suffixes from the S ones behind them that have been put, and then
// all S ones anew.
func (s *sorter) induce() {
	s.toStarts()
	for _, at := range s.suffixes { // what is put on the way is met later
		if at > 0 && !s.s(at-1) {
			s.putOn(at - 1)
		}
	}
	s.toEnds()
	for i := len(s.suffixes) - 1; i >= 0; i-- {
		if at := s.suffixes[i]; at > 0 && s.s(at-1) {
			s.putBack(at - 1)
		}
	}
}

// name gathers the leftmost S suffixes, sorted by their stretches, at the front of
// the order, gives equal stretches one name, and leaves the text of the names at the
// end of it. It returns how many there are, and how many names.
func (s *sorter) name() (leftmost, names int32) {
	for _, at := range s.suffixes {
		if s.leftmost(at) {
			s.suffixes[leftmost] = at
			leftmost++
		}
	}
	byPlace := s.suffixes[leftmost:] // two leftmost S are never neighbours
	for i := range byPlace {
		byPlace[i] = none
	}
	before := int32(none)
	for _, at := range s.suffixes[:leftmost] {
		if before == none || !s.sameStretch(before, at) {
			names++
		}
		byPlace[at/2] = names - 1
		before = at
	}
	end := len(s.suffixes)
	for i := len(byPlace) - 1; i >= 0; i-- {
		if byPlace[i] != none {
			end--
			s.suffixes[end] = byPlace[i]
		}
	}
	return leftmost, names
}

// sameStretch reports whether two leftmost S suffixes agree up to the next leftmost S.
// The last symbol, which stands once, ends every comparison.
func (s *sorter) sameStretch(one, other int32) bool {
	for length := int32(0); ; length++ {
		if s.text[one+length] != s.text[other+length] || s.s(one+length) != s.s(other+length) {
			return false
		}
		if length > 0 && s.leftmost(one+length) {
			return s.leftmost(other + length)
		}
	}
}

// sortNamed sorts the leftmost S suffixes, by their names where these differ.
func (s *sorter) sortNamed(leftmost, names int32) {
	sorted, named := s.suffixes[:leftmost], s.suffixes[int32(len(s.suffixes))-leftmost:]
	if names < leftmost {
		sortSuffixes(named, sorted, int(names))
	} else {
		for i, name := range named {
			sorted[name] = int32(i)
		}
	}
	count := 0
	for at := int32(1); at < int32(len(s.text)); at++ {
		if s.leftmost(at) {
			named[count] = at
			count++
		}
	}
	for i, number := range sorted {
		sorted[i] = named[number]
	}
}

// spread puts the sorted leftmost S suffixes at the ends of their first symbols.
func (s *sorter) spread(leftmost int32) {
	for i := leftmost; i < int32(len(s.suffixes)); i++ {
		s.suffixes[i] = none
	}
	s.toEnds()
	for i := leftmost - 1; i >= 0; i-- {
		at := s.suffixes[i]
		s.suffixes[i] = none
		s.putBack(at)
	}
}

// commonPrefixes returns, by place in the order, how many symbols the suffix has in
// common with the one before it. ranks is the inverse of suffixes. No symbol that
// stands once is ever counted, so a prefix ends where its part of the text does.
func commonPrefixes(text, suffixes, ranks []int32) []int32 {
	common := make([]int32, len(text)+1) // and 0 behind the last
	length := int32(0)
	for at, rank := range ranks {
		if rank == 0 {
			length = 0
			continue
		}
		before := suffixes[rank-1]
		for text[int32(at)+length] == text[before+length] {
			length++
		}
		common[rank] = length
		length = max(0, length-1)
	}
	return common
}
