package passage

import "math/bits"

// A Text is the parts of articles that are searched. The zero value is empty.
type Text struct {
	symbols []int32  // nil once an Index has been made of them
	length  int      // of symbols
	starts  []int32  // by part; it ends with a symbol of its own
	owners  []uint32 // by part, ascending
	weighty marks    // the tokens that weigh something

	partAt []int32 // by block of 64 symbols: the part that its first one is in
}

// MaxSymbols is the most tokens and parts that a Text can hold together.
const MaxSymbols = 1<<31 - 2

// Len is the number of tokens and parts.
func (t *Text) Len() int { return t.length }

// Parts is the number of parts.
func (t *Text) Parts() int { return len(t.starts) }

// Add adds a part of an article, whose number is not below that of the one before: its
// tokens, equal ones by equal numbers from 0 on, which are dense over all parts.
func (t *Text) Add(owner uint32, tokens []int32) {
	t.starts, t.owners = append(t.starts, int32(len(t.symbols))), append(t.owners, owner)
	t.symbols = append(append(t.symbols, tokens...), none)
	t.length = len(t.symbols)
}

// finish makes the tokens into symbols that can be sorted: each part ends in one that
// stands nowhere else, the last in the smallest. It returns how many there are.
func (t *Text) finish(weighty []bool) int {
	parts, part, most := int32(len(t.starts)), int32(0), int32(0)
	t.partAt = make([]int32, len(t.symbols)/64+1)
	for at, token := range t.symbols {
		if at%64 == 0 {
			t.partAt[at/64] = part
		}
		if token == none {
			part++
			t.symbols[at] = parts - part
		} else {
			t.symbols[at] = token + parts
			if weighty[token] {
				t.weighty.set(at)
			}
		}
		most = max(most, t.symbols[at])
	}
	t.weighty.finish(len(t.symbols))
	return int(most) + 1
}

// end is where a part ends, its last symbol included.
func (t *Text) end(part int) int32 {
	if part+1 < len(t.starts) {
		return t.starts[part+1]
	}
	return int32(t.length)
}

// part returns the part that a place is in.
func (t *Text) part(at int32) int32 {
	part := t.partAt[at/64]
	for int(part)+1 < len(t.starts) && t.starts[part+1] <= at {
		part++
	}
	return part
}

// A marks is a set of places that knows how many of it lie before any.
type marks struct {
	words  []uint64
	before []int32 // by word
}

func (m *marks) set(at int) {
	for at/64 >= len(m.words) {
		m.words = append(m.words, 0)
	}
	m.words[at/64] |= 1 << (at % 64)
}

func (m *marks) finish(length int) {
	for length/64 >= len(m.words) {
		m.words = append(m.words, 0)
	}
	m.before = make([]int32, len(m.words))
	total := 0
	for i, word := range m.words {
		m.before[i] = int32(total)
		total += bits.OnesCount64(word)
	}
}

func (m *marks) upTo(at int32) int32 {
	return m.before[at/64] + int32(bits.OnesCount64(m.words[at/64]&(1<<(at%64)-1)))
}

// any reports whether a place of the range is in the set.
func (m *marks) any(start, end int32) bool { return m.upTo(start) < m.upTo(end) }
