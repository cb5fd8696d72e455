package dedup

// A Comparison is all that can be said of two articles beside each other.
type Comparison struct {
	Kind       Kind // the finding that they are; "" for none
	Exact      bool // the same words
	Similarity float64
	AInB, BInA float64 // containment both ways
	// EstimateJaccard is what their sketches alone say of Similarity.
	EstimateJaccard      float64
	Shared               int // shingles
	ShinglesA, ShinglesB int
	WordsA, WordsB       int
	Label                Label // "" for none
	Difference           Difference
	Runs                 []Run  // shared passages, by their places in A
	Edits                []Edit // all that differs, in the order of A
}

// A Run is a passage that two articles share: the same words in both, and longer at
// neither end.
type Run struct {
	Words  int
	A, B   Range
	Quoted bool // it stands inside quotation marks, in both
}

// A Range is a part of a body.
type Range struct {
	Start, End    int // bytes, half-open
	Line, EndLine int // of the article's file
}

// An Edit is a place where two articles differ when they are laid beside each other:
// what stands in A, and in B instead. One of them may be empty, and then has the
// place where the other would stand.
type Edit struct {
	Kind ChangeKind
	A, B Range
}
