package dedup

// A Passage is a run of words that stands in two articles, or twice in one, and cannot
// be made longer at either end without losing one of its places.
type Passage struct {
	Words  int
	Text   string // as it stands at the first place, shortened to MaxText characters
	Places []PassagePlace
	// Standings counts all places, of which Places may be the first.
	Standings   int
	Weightless  string // why it is no evidence, "" where it is: see the constants
	Fingerprint uint64 // of its words
}

// Why a passage weighs nothing as evidence.
const (
	Common    = "common" // a large share of all articles has it
	NamesOnly = "names"  // it is made of names alone
)

// A PassagePlace is where a passage stands.
type PassagePlace struct {
	Article ArticleID
	Line    int // in the article's file, of its first and its last word
	EndLine int
	Start   int // byte range in the article's body, half-open
	End     int
	Quoted  bool // it stands inside quotation marks
}

// Elsewhere says how much of an article also stands in others.
type Elsewhere struct {
	Words        int       // of the article, that stand in a passage with another article
	Partner      ArticleID // the article with which it shares most; itself where there is none
	PartnerWords int       // of the article, that stand in it
}
