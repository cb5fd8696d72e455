package dedup

import (
	"github.com/newsdedup/newsdedup/internal/dedup/event"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// LeastStoryScore is the least score of a story.
const LeastStoryScore = event.LeastScore

// A StoryPair is what two texts by themselves say of one event.
type StoryPair struct {
	Score    float64         // in [0, 1]; 0 where no background table tells the language
	Degree   Degree          // "" where they are no story
	Evidence []StoryEvidence // Members are 0 and 1
}

// CompareStories compares two bodies as Scan compares the articles of a corpus of
// these two: how common a word is, the background tables alone say. The score in a
// larger corpus is another one, and copies are a story here.
func CompareStories(a, b []byte, paragraphs text.Style) StoryPair {
	var store event.Store
	var doc text.Document
	sketcher := event.NewSketcher()
	for _, body := range [][]byte{a, b} {
		doc.Parse(body, paragraphs)
		sketcher.Sketch(&doc, shingle.AppendDocument(nil, &doc), &store)
	}
	group := event.Pair(&store)
	texts := make([]*event.Text, 2)
	for i, body := range [][]byte{a, b} {
		doc.Parse(body, paragraphs)
		texts[i] = sketcher.Read(&doc, shingle.AppendDocument(nil, &doc), store.Language(i), group.Terms)
	}
	proof, pair := event.Prove(texts, group.Terms), StoryPair{Score: group.Score}
	for _, finding := range proof.Findings {
		pair.Evidence = append(pair.Evidence, newStoryEvidence(finding, []ArticleID{0, 1}))
	}
	switch told := (&Story{Members: make([]StoryMember, 2), Score: pair.Score}); {
	case pair.Score < event.LeastScore || !told.holds(proof):
	case proof.SameSource[0]:
		pair.Degree = OneSource
	default:
		pair.Degree = OneStory
	}
	return pair
}
