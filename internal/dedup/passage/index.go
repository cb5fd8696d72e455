package passage

// An Index is the suffixes of a text in their order, and the repeats in it. It is not
// changed once made, and may be asked concurrently.
type Index struct {
	text     *Text
	options  Options
	suffixes []int32
	owners   []uint32 // by rank, which is the place of a suffix in the order
	common   []int32  // by rank: the symbols in common with the suffix before; 0 behind the last
	ranks    []int32  // by place in the text; nil once the repeats are found

	repeats []Repeat
	commons []interval // of what stands in too many groups

	looked int // suffixes that isInner has looked at, for the tests, which hold it to its bound
}

// Options say what is looked for.
type Options struct {
	Least int // tokens of a repeat, ≥ 1
	// Groups are the groups of the owners, by number: articles of one cluster, or one
	// alone. They are dense.
	Groups []int32
	// Weighty says, by number of a token, whether it weighs something as evidence.
	Weighty []bool
	// Common is the number of groups from which a repeat weighs nothing.
	Common int
}

// BytesPerToken is about the most memory that the search takes.
const BytesPerToken = 28

// NewIndex sorts the text, which must not be added to any more, and finds its repeats.
// Of the text it lets go.
func NewIndex(text *Text, options Options) *Index {
	x := &Index{text: text, options: options, common: make([]int32, 1)}
	if text.Len() == 0 {
		return x
	}
	symbols := text.finish(options.Weighty)
	x.suffixes = make([]int32, text.Len())
	sortSuffixes(text.symbols, x.suffixes, symbols)
	x.rank()
	x.common = commonPrefixes(text.symbols, x.suffixes, x.ranks)
	x.findRepeats()
	text.symbols, x.ranks = nil, nil
	return x
}

// rank fills ranks and owners.
func (x *Index) rank() {
	x.ranks = make([]int32, len(x.suffixes))
	for rank, at := range x.suffixes {
		x.ranks[at] = int32(rank)
	}
	x.owners = make([]uint32, len(x.suffixes))
	for part, start := range x.text.starts {
		for _, rank := range x.ranks[start:x.text.end(part)] {
			x.owners[rank] = x.text.owners[part]
		}
	}
}
