package dedup

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/dedup/event"
)

// A Story is articles that tell one event, as far as their words show: two or more,
// none of which is a copy of another. Whether one was written from the other, words
// cannot show.
type Story struct {
	Members  []StoryMember // those of a known time first, the earliest first
	Score    float64       // the mean likeness of each two of them, in [0, 1]
	Degree   Degree
	Evidence []StoryEvidence // by kind, the weightiest first; of the EvidenceMembers that fit best
	// Fingerprint is of the texts of its members, in any order.
	Fingerprint uint64
}

// A StoryMember is an article of a story.
type StoryMember struct {
	Article ArticleID
	Fit     float64 // its mean likeness to the others, in [0, 1]
	Weak    bool    // it fits less than weakFit of what the members do on the mean
	Degree  Degree
	Copies  []ArticleID // the others of its cluster, ascending: the cluster tells of them
}

// weakFit is the part of the score below which a member is weak.
const weakFit = 0.7

// A Degree says how sure it is that articles belong together.
type Degree string

// The degrees.
const (
	// OneSource: they share a quote, or ten words in a row: their words come from one source.
	OneSource Degree = "same source"
	// OneStory: they share the words that tell an event from others.
	OneStory Degree = "same story"
)

// EvidenceMembers is the most members of a story that are read again for evidence.
const EvidenceMembers = 32

// An EvidenceKind says what is shared.
type EvidenceKind = event.Kind

// The kinds of evidence, by what they are worth.
const (
	SharedQuote   = event.Quote   // the same words inside quotation marks
	SharedPassage = event.Passage // the same words in a row
	SharedNumber  = event.Number
	SharedName    = event.Name
	SharedTerm    = event.Term // a word of which the score is made
)

// A StoryEvidence is what several members of a story have in common.
type StoryEvidence struct {
	Kind    EvidenceKind
	Text    string // as it stands in the first of them, shortened to MaxText characters
	Words   int
	Share   float64     // of a term: of the score; else 0
	Members []ArticleID // that have it, in the order of Story.Members
}

// A StoryMode says of which corpora stories are looked for.
type StoryMode uint8

// The modes.
const (
	NoStories     StoryMode = iota
	SmallStories            // of those of at most mostSmallArticles and mostSmallWords
	AlwaysStories           // of all
)

var storyModeNames = []string{NoStories: "never", SmallStories: "auto", AlwaysStories: "always"}

// ParseStoryMode returns the mode of the given name.
func ParseStoryMode(name string) (StoryMode, error) {
	if mode := slices.Index(storyModeNames, name); mode >= 0 {
		return StoryMode(mode), nil
	}
	return NoStories, fmt.Errorf("unknown stories %q (auto, always or never)", name)
}

func (m StoryMode) String() string { return storyModeNames[m] }

// What a small corpus has at most. Of bbc_cross, 4,320 articles of 1.7 million words, the
// stories take 0.2 s of the processor beside the 0.11 s of all else: nobody waits for them. Of
// a hundred thousand articles they take four times as long as all else, and have to be asked for.
const (
	mostSmallArticles = 5_000
	mostSmallWords    = 2_000_000
)

// DefaultStoryWindow is how far apart the articles of a story are published at most.
const DefaultStoryWindow = 72 * time.Hour

// StorySpread returns where the members of a story come from, and when.
func (r *Result) StorySpread(s *Story) Spread {
	cluster := Cluster{Representative: s.Members[0].Article}
	for _, member := range s.Members[1:] {
		cluster.Members = append(cluster.Members, Member{Article: member.Article})
	}
	return r.Spread(&cluster)
}

// before orders the members of a story.
func (r *Result) before(p, q StoryMember) int {
	a, b := r.Articles[p.Article].Published(), r.Articles[q.Article].Published()
	switch {
	case a.IsZero() != b.IsZero():
		if a.IsZero() {
			return 1
		}
		return -1
	case !a.Equal(b):
		return a.Compare(b)
	}
	return cmp.Compare(p.Article, q.Article)
}
