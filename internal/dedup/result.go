package dedup

import "github.com/newsdedup/newsdedup/internal/corpus"

// ArticleID is an article's dense position in reading order.
type ArticleID uint32

// Kind says how two articles resemble each other.
type Kind string

// The kinds of findings.
const (
	Exact     Kind = "exact"     // the same token sequence
	Near      Kind = "near"      // Jaccard similarity at or above the threshold
	Contained Kind = "contained" // the smaller stands in the larger
	Template  Kind = "template"  // near, but for numbers, names and dates: no copy
	Repeated  Kind = "repeat"    // a paragraph that stands again
)

// Class tells the repeats apart.
type Class string

// The classes of repeats.
const (
	Within Class = "within" // twice in one article: an extractor's fault
	Source Class = "source" // in two articles of one known source: furniture
	Across Class = "across" // in articles of different or unknown sources: agency text
)

// AllClasses returns the classes of repeats.
func AllClasses() []Class { return []Class{Within, Source, Across} }

// A Result is what a scan found. All slices are totally ordered, so that equal
// input gives an equal Result for any number of workers.
type Result struct {
	Options  Options
	Articles []ArticleInfo // by ArticleID
	Pairs    []Pair        // by A, B
	Clusters []Cluster     // by representative
	Repeats  []Repeat      // by At
	Passages []Passage     // by their first places; where Options.Passages asks for them
	Stories  []Story       // by those of their members that were read first; where Options.Stories asks for them
	// StoriesLeftOut says that no stories were looked for since the corpus is too large for
	// stories that nobody asked for (see SmallStories).
	StoriesLeftOut bool
	Problems       []corpus.Problem
	Summary        Summary
	// Texts are hashes of the articles' normal forms, by ArticleID: a finding can be known
	// by them again when one of its articles has been edited.
	Texts []uint64
	Check *Check // nil where none was asked for, or nothing is sampled

	// Of a comparison with an index that keeps no texts. Its articles stand behind the others.
	Lean      bool
	Estimates []Estimate // by B, A
}

// ArticleInfo is what a report says of an article.
type ArticleInfo struct {
	Key    string
	Source string       // "" when unknown
	Meta   *corpus.Meta // nil where the corpus says nothing more
	Path   string
	Line   int
	Input  int    // position of the input in the corpus
	Offset int64  // of its record in the input
	Words  int    // tokens
	Bytes  int    // of the body
	Lead   string // the first words of the body; only of articles that are in a pair or a story
	// Earlier is true of an article that was not read now, but stands in an index: what is
	// read is compared with it. It is no part of the corpus, is in none of the counts but
	// Summary.Earlier, and is never removable. Such articles come first, but those of
	// Result.Estimates, which come last.
	Earlier bool
	// Elsewhere is nil where passages were not looked for, or nothing of the article
	// stands in another.
	Elsewhere *Elsewhere
}

// A Pair is two articles whose similarity was computed exactly and reached its
// threshold. A < B. Copies of one text are each paired with its first standing
// alone, and only that first standing is paired with other texts. Where exact
// pairs are not asked for and near ones are, copies are near pairs.
type Pair struct {
	Kind        Kind
	A, B        ArticleID
	Similarity  float64 // exact Jaccard of the shingle sets
	AInB, BInA  float64 // containment both ways
	Shared      int     // shingles that stand in both
	ShinglesA   int     // distinct shingles of A
	ShinglesB   int
	Label       Label
	Difference  *Difference // nil of copies; not to be changed, since pairs may share it
	Fingerprint uint64      // of the two texts alone, in either order
}

// A Cluster is articles joined by verified pairs.
type Cluster struct {
	Representative ArticleID
	Members        []Member // by Article; the representative is not among them
	MinSimilarity  float64  // over the verified pairs inside the cluster
	MeanSimilarity float64
	Fingerprint    uint64 // of the texts of all articles in it, in any order
}

// A Member is an article of a cluster other than its representative.
type Member struct {
	Article    ArticleID
	Kind       Kind    // of its pair with the representative, "" where there is none
	Similarity float64 // Jaccard with the representative, 0 where there is no pair
	// Removable says that a verified pair lets the representative stand for it:
	// less than 1−threshold of what it says (of a contained one, 1−containment) is its own.
	Removable bool
	// Chain, without a pair, is the verified pairs that lead from it towards
	// the representative: at most cluster.MaxChain articles, beginning with
	// itself, and ending in the representative unless the way is longer.
	Chain []ArticleID
}

// A Repeat is one later standing of a paragraph.
type Repeat struct {
	Class       Class
	At          ParagraphPlace
	Of          ParagraphPlace // where it stood before
	Similarity  float64        // 1 for equal token sequences
	Words       int            // tokens of the paragraph at At
	Text        string         // the paragraph at At, shortened to MaxText characters
	Fingerprint uint64         // of the two paragraphs' texts, in either order
	// AtText and OfText identify the text of each: what Fingerprint is where both
	// are equal. A near repeat joins two texts, and by them it is known which
	// repeats are of one family, whatever the order of the corpus.
	AtText, OfText uint64
}

// MaxText bounds the characters of a text kept as evidence. A text that was
// cut ends in an ellipsis.
const MaxText = 400

// A ParagraphPlace is where a paragraph stands.
type ParagraphPlace struct {
	Article   ArticleID
	Paragraph int // from 1, in its article
	Line      int // in the article's file
	EndLine   int // of its last byte
	Column    int // of its first character in Line, from 1, in UTF-16 units; 0 where a line holds a whole record
	Start     int // byte range in the article's body, half-open
	End       int
}

// Summary counts what a scan read and found.
type Summary struct {
	Articles int
	Earlier  int // articles of an index that the others were compared with
	Empty    int // articles without a token; among Articles
	Words    int
	Bytes    int64 // of the bodies
	Problems int   // all of them; Result.Problems lists the first ones

	Estimates     int // likenesses with articles of an index that keeps no texts
	Exact         int // pairs
	Near          int
	Contained     int
	Template      int
	Clusters      int
	Stories       int
	StoryArticles int // members of stories, without the copies of them
	RepeatsWithin int
	RepeatsSource int
	RepeatsAcross int
	// RepeatsExplained counts later standings between articles of one cluster or of one
	// template, which these already tell of.
	RepeatsExplained int
	// Bounded counts articles that met more candidates than are compared.
	// Such an article may have pairs beyond those reported.
	Bounded int
	// RepeatsBounded counts, likewise, the distinct paragraphs that had more
	// look-alikes than they were compared with.
	RepeatsBounded int

	// Passages counts those listed. PassagesExplained counts those that stand in articles
	// of one cluster alone, and twice in none of them. PassagesBounded counts those of
	// which not all places are listed, or none.
	Passages          int
	PassagesExplained int
	PassagesBounded   int

	// ChangesUnlisted counts the pairs that differ and of which no changes were read.
	ChangesUnlisted int

	// DuplicateWords counts the words of removable cluster members and of
	// paragraphs repeated within an article.
	DuplicateWords int
}

// DuplicateShare is the share of the corpus' words that are DuplicateWords, in [0, 1].
func (s Summary) DuplicateShare() float64 {
	if s.Words == 0 {
		return 0
	}
	return float64(s.DuplicateWords) / float64(s.Words)
}

// Add adds what another scan read and found.
func (s *Summary) Add(other Summary) {
	for _, sum := range []struct {
		into *int
		add  int
	}{
		{&s.Articles, other.Articles}, {&s.Earlier, other.Earlier}, {&s.Empty, other.Empty}, {&s.Words, other.Words}, {&s.Problems, other.Problems},
		{&s.Estimates, other.Estimates}, {&s.Exact, other.Exact}, {&s.Near, other.Near}, {&s.Contained, other.Contained}, {&s.Clusters, other.Clusters},
		{&s.RepeatsWithin, other.RepeatsWithin}, {&s.RepeatsSource, other.RepeatsSource}, {&s.RepeatsAcross, other.RepeatsAcross},
		{&s.RepeatsExplained, other.RepeatsExplained}, {&s.Bounded, other.Bounded}, {&s.RepeatsBounded, other.RepeatsBounded},
		{&s.DuplicateWords, other.DuplicateWords},
	} {
		*sum.into += sum.add
	}
	s.Bytes += other.Bytes
}
