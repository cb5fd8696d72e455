package dedup

// A Passage is a run of words that stands in two articles, or twice in one, and cannot
// be made longer at either end without losing one of its places. Of places that begin in
// the first half of the one before, so that the run is a few words again and again, the
// first alone is listed.
type Passage struct {
	Words  int
	Text   string // as it stands at the first place, shortened to MaxText characters
	Places []PassagePlace
	// Standings counts all places: Places are fewer where a list had to be cut
	// (Summary.PassagesBounded).
	Standings   int
	Weightless  string // why it is no evidence, "" where it is: see the constants
	Fingerprint uint64 // of its words
}

// Why a passage weighs nothing as evidence.
const (
	// Common says that a large share of all articles has it, a cluster counted once.
	Common = "common"
	// NamesOnly says that it is made of names and numbers alone: of words that stand in
	// no passage without a capital.
	NamesOnly = "names"
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

// ElsewhereShare is the share of the article's words that stand in others, in [0, 1].
func (a *ArticleInfo) ElsewhereShare() float64 {
	if a.Elsewhere == nil || a.Words == 0 {
		return 0
	}
	return float64(a.Elsewhere.Words) / float64(a.Words)
}

// Elsewhere says how much of an article also stands in others, in passages that are not
// weightless. Those that a cluster explains count too.
type Elsewhere struct {
	Words   int       // of the article, that stand in a passage with another article
	Partner ArticleID // the article with which it shares most, the first of several; itself where none is known
	// PartnerWords are those that stand in the partner. Of a passage that has more than
	// 32 places, two articles alone are looked at, so that they may be more, and another
	// may have more.
	PartnerWords int
}
