package report

import (
	"strconv"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// story appends a story. Its evidence names members by their positions, from 0:
// their places would be most of the bytes.
func (w *wire) story(b []byte, story *dedup.Story) []byte {
	b = w.figure(append(b, `"score":`...), story.Score)
	b = appendString(append(b, `,"degree":`...), string(story.Degree))
	b = append(b, `,"members":[`...)
	position := make(map[dedup.ArticleID]int, len(story.Members))
	for i := range story.Members {
		if i > 0 {
			b = append(b, ',')
		}
		position[story.Members[i].Article] = i
		b = w.storyMember(b, story.Members[0].Article, &story.Members[i])
	}
	b = append(b, `],"evidence":[`...)
	for i := range story.Evidence {
		if i > 0 {
			b = append(b, ',')
		}
		b = w.storyEvidence(b, &story.Evidence[i], position)
	}
	b = w.appendSpread(append(b, ']'), w.StorySpread(story))
	return appendFingerprint(b, story.Fingerprint)
}

// storyPair appends what two articles say of one event.
func (w *wire) storyPair(b []byte, pair *dedup.StoryPair) []byte {
	b = w.figure(append(b, `{"score":`...), pair.Score)
	b = append(b, `,"degree":`...)
	if pair.Degree == "" {
		b = append(b, "null"...)
	} else {
		b = appendString(b, string(pair.Degree))
	}
	b = append(b, `,"evidence":[`...)
	for i := range pair.Evidence {
		if i > 0 {
			b = append(b, ',')
		}
		b = w.storyEvidence(b, &pair.Evidence[i], map[dedup.ArticleID]int{0: 0, 1: 1})
	}
	return append(b, "]}"...)
}

// storyMember appends a whole object.
func (w *wire) storyMember(b []byte, first dedup.ArticleID, member *dedup.StoryMember) []byte {
	b = w.place(append(b, '{'), member.Article)
	b = w.figure(append(b, `,"fit":`...), member.Fit)
	b = strconv.AppendBool(append(b, `,"weak":`...), member.Weak)
	b = appendString(append(b, `,"degree":`...), string(member.Degree))
	b = append(b, `,"seconds_after_first":`...)
	if relation := w.Relation(first, member.Article); relation.Timed {
		b = strconv.AppendInt(b, relation.Apart, 10)
	} else {
		b = append(b, "null"...)
	}
	b = w.places(append(b, `,"copies":[`...), member.Copies)
	return append(b, `]}`...)
}

// storyEvidence appends a whole object.
func (w *wire) storyEvidence(b []byte, evidence *dedup.StoryEvidence, position map[dedup.ArticleID]int) []byte {
	b = appendString(append(b, `{"kind":`...), string(evidence.Kind))
	b = appendString(append(b, `,"text":`...), evidence.Text)
	b = appendInt(append(b, `,"words":`...), evidence.Words)
	b = append(b, `,"share":`...)
	if evidence.Share > 0 {
		b = w.figure(b, evidence.Share)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"in":[`...)
	for i, id := range evidence.Members {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendInt(b, position[id])
	}
	return append(b, `]}`...)
}
