package corpus

// A Record is the bytes of one article as they stand in the input, found by a
// splitter and not yet understood.
type Record struct {
	Input  int    // position of the input file in the corpus
	Offset int64  // of Data's first byte in the decompressed input
	Line   int    // of Data's first byte, from 1; the record's number, where an input has no lines
	Data   []byte // the record's bytes, delimiters included
	Cut    bool   // the input broke off in it
	Kept   int64  // where it stands in the spool, plus one; 0 where it does not
}

// A Locator says where an article can be read a second time: where its record
// stands in the input, or where the article is kept.
type Locator struct {
	Input  int
	Offset int64
	Length int
	Line   int
}

// Locator returns the place of the record.
func (r Record) Locator() Locator {
	if r.Kept > 0 {
		return Locator{Input: r.Input, Offset: r.Kept - 1, Length: keptLength(r), Line: r.Line}
	}
	return Locator{Input: r.Input, Offset: r.Offset, Length: len(r.Data), Line: r.Line}
}

// An Article is one story of the corpus.
type Article struct {
	Key    string // the corpus' own name for it; unique once admitted
	Source string // the outlet it came from, "" when unknown
	Meta   Meta
	Path   string // the input file as the user would name it, "-" for standard input
	Line   int    // where its record begins in Path, from 1; its number, where an input has no lines
	Input  int    // position of the input in the corpus, as in its Record
	Offset int64  // of its record's first byte, as in its Record
	// Earlier is true where it was read before the inputs: it stands in an index.
	Earlier bool
	// Locator is what Fetch finds it again by.
	Locator Locator

	// Body is the article's text: always valid UTF-8, since the reader has
	// replaced each bad byte by U+FFFD and reported it. It is lent: see Decode
	// and Fetch for how long. Its memory may reach on behind its end, and is
	// not to be written.
	Body []byte
	// BodyLine is the line of Path on which Body begins.
	BodyLine int
	// Verbatim is true where a line of Body is a line of Path, so that a place
	// inside the body has a line of its own; false where the text was escaped
	// into one line (JSON), which then is the line of all of it.
	Verbatim bool
}
