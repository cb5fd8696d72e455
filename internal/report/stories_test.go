package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// fixtureStories are one with all that can be said of a story, and one of hostile names.
func fixtureStories() []dedup.Story {
	all := []dedup.ArticleID{harbour, harbourEdit, fair}
	return []dedup.Story{
		{
			Score: 0.571234, Degree: dedup.OneStory, Fingerprint: 0x5701,
			Members: []dedup.StoryMember{
				{Article: harbour, Fit: 0.65, Degree: dedup.OneSource, Copies: []dedup.ArticleID{harbourCopy, harbourBrief}},
				{Article: harbourEdit, Fit: 0.6123456, Degree: dedup.OneSource},
				{Article: fair, Fit: 0.31, Weak: true, Degree: dedup.OneStory},
			},
			Evidence: []dedup.StoryEvidence{
				{Kind: dedup.SharedQuote, Text: "We had the light in sight and could not turn towards it", Words: 12, Members: all[:2]},
				{Kind: dedup.SharedPassage, Text: "kept the great chain\nacross the mole", Words: 7, Members: all},
				{Kind: dedup.SharedNumber, Text: "214", Words: 1, Members: all},
				{Kind: dedup.SharedNumber, Text: "nine ferries", Words: 2, Members: all[1:]},
				{Kind: dedup.SharedName, Text: "Ilse\nMaron", Words: 2, Members: all},
				{Kind: dedup.SharedTerm, Text: "Velmora", Words: 1, Share: 0.314159, Members: all},
				{Kind: dedup.SharedTerm, Text: "chain", Words: 1, Share: 0.004, Members: all[:2]},
			},
		},
		{
			Score: 0.36, Degree: dedup.OneSource, Fingerprint: 0xfedcba9876543211,
			Members: []dedup.StoryMember{{Article: dunes, Fit: 0.36, Degree: dedup.OneSource}, {Article: hostile, Fit: 0.36, Degree: dedup.OneSource}},
			Evidence: []dedup.StoryEvidence{
				{Kind: dedup.SharedQuote, Text: "the \x1b[5mtide\x1b[0m was\u202e out", Words: 4, Members: []dedup.ArticleID{dunes, hostile}},
				{Kind: dedup.SharedName, Text: "\x1b]0;title\x07", Words: 1, Members: []dedup.ArticleID{dunes, hostile}},
			},
		},
	}
}

// story draws one of the articles.
func (d dice) story(articles int) dedup.Story {
	degrees := []dedup.Degree{dedup.OneStory, dedup.OneSource}
	story := dedup.Story{Score: d.share(), Degree: degrees[d.IntN(2)], Fingerprint: d.Uint64()}
	var members []dedup.ArticleID
	for _, article := range d.Perm(articles)[:2+d.IntN(articles-1)] {
		member := dedup.StoryMember{Article: dedup.ArticleID(article), Fit: d.share(), Weak: d.IntN(3) == 0, Degree: degrees[d.IntN(2)]}
		for range d.IntN(3) {
			member.Copies = append(member.Copies, d.id(articles))
		}
		story.Members, members = append(story.Members, member), append(members, member.Article)
	}
	for _, kind := range []dedup.EvidenceKind{dedup.SharedQuote, dedup.SharedPassage, dedup.SharedNumber, dedup.SharedName, dedup.SharedTerm} {
		evidence := dedup.StoryEvidence{Kind: kind, Text: d.text(), Words: d.IntN(9), Members: members[:2+d.IntN(len(members)-1)]}
		if kind == dedup.SharedTerm {
			evidence.Share = d.share()
		}
		story.Evidence = append(story.Evidence, evidence)
	}
	return story
}

// The JSON form of a story, as encoding/json writes it.
type (
	wireStory struct {
		Score    float64             `json:"score"`
		Degree   string              `json:"degree"`
		Members  []wireStoryMember   `json:"members"`
		Evidence []wireStoryEvidence `json:"evidence"`
		Sources  []string            `json:"sources"`
		First    *time.Time          `json:"first_published"`
		Last     *time.Time          `json:"last_published"`

		Fingerprint string `json:"fingerprint"`
	}
	wireStoryMember struct {
		wirePlace
		Fit    float64     `json:"fit"`
		Weak   bool        `json:"weak"`
		Degree string      `json:"degree"`
		After  *int64      `json:"seconds_after_first"`
		Copies []wirePlace `json:"copies"`
	}
	wireStoryEvidence struct {
		Kind  string   `json:"kind"`
		Text  string   `json:"text"`
		Words int      `json:"words"`
		Share *float64 `json:"share"`
		In    []int    `json:"in"`
	}
)

// stories returns the forms of all.
func (o oracle) stories() (forms []any) {
	for _, s := range o.Stories {
		form := wireStory{Score: figure(s.Score), Degree: string(s.Degree), Evidence: []wireStoryEvidence{}, Fingerprint: fmt.Sprintf("%016x", s.Fingerprint)}
		as := dedup.Cluster{Representative: s.Members[0].Article}
		position := make(map[dedup.ArticleID]int)
		for i, m := range s.Members {
			member := wireStoryMember{wirePlace: o.place(m.Article), Fit: figure(m.Fit), Weak: m.Weak, Degree: string(m.Degree), Copies: []wirePlace{}}
			member.After = o.relation(s.Members[0].Article, m.Article).SecondsApart
			for _, id := range m.Copies {
				member.Copies = append(member.Copies, o.place(id))
			}
			form.Members, position[m.Article] = append(form.Members, member), i
			as.Members = append(as.Members, dedup.Member{Article: m.Article})
		}
		cluster := o.cluster(as)
		form.Sources, form.First, form.Last = cluster.Sources, cluster.First, cluster.Last
		for _, e := range s.Evidence {
			evidence := wireStoryEvidence{Kind: string(e.Kind), Text: e.Text, Words: e.Words, In: []int{}}
			if share := figure(e.Share); e.Share > 0 {
				evidence.Share = &share
			}
			for _, id := range e.Members {
				evidence.In = append(evidence.In, position[id])
			}
			form.Evidence = append(form.Evidence, evidence)
		}
		forms = append(forms, form)
	}
	return forms
}

// TestStoriesAreNeverCopies holds that nothing that is said of a story says that one article was
// made from another.
func TestStoriesAreNeverCopies(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: fixtureArticles(), Stories: fixtureStories()}
	result.Summary.Stories = len(result.Stories)
	output := render(t, "text", result, fixtureOptions())
	_, output, _ = strings.Cut(output, "Stories: 2")
	output, _, _ = strings.Cut(output, "Pairs to compare")
	if !strings.Contains(output, "Story 2") {
		t.Fatalf("no stories in %q", output)
	}
	for _, word := range []string{"copied", "stolen", "plagiar", "copy of", "duplicate"} {
		if strings.Contains(strings.ToLower(output), word) {
			t.Errorf("the report says %q", word)
		}
	}
}

// TestExplanationOfStories holds what an explanation says of two articles that are no pair, in
// all forms.
func TestExplanationOfStories(t *testing.T) {
	explanation := func(days int, degree dedup.Degree, score float64) *Explanation {
		article := func(key, body string, day int) *corpus.Article {
			return &corpus.Article{Key: key, Path: "news.txt", Line: day, Body: []byte(body), Meta: corpus.Meta{Published: time.Date(2031, 10, day, 6, 30, 0, 0, time.UTC)}}
		}
		e := &Explanation{A: article("a", "The tide was out.", 1), B: article("b", "Nobody was there.", 1+days), Options: dedup.DefaultOptions(),
			Story: dedup.StoryPair{Score: score, Degree: degree, Evidence: []dedup.StoryEvidence{
				{Kind: dedup.SharedQuote, Text: "of \x1b[31mit", Words: 2, Members: []dedup.ArticleID{0, 1}},
				{Kind: dedup.SharedName, Text: "Osk\x1b[31m", Words: 1, Members: []dedup.ArticleID{0, 1}},
			}}}
		e.Comparison = dedup.Compare(e.A, e.B, e.Options)
		return e
	}
	for _, test := range []struct {
		e    *Explanation
		want string
	}{
		{explanation(2, dedup.OneSource, 0.5), "same source: score 0.50; a scan asks for 0.36, on the mean of all members\n  names       Osk\\x1b[31m\n"},
		{explanation(9, dedup.OneStory, 0.6), "same story: score 0.60; a scan asks for 0.36, on the mean of all members, and that they are published within 72 h, which these are not\n  names       Osk\\x1b[31m\n"},
		{explanation(0, "", 0.4), "no: nothing but the score speaks for it, score 0.40; a scan asks for 0.36, on the mean of all members\n  names       Osk\\x1b[31m\n"},
		{explanation(0, "", 0.1), "no: score 0.10; a scan asks for 0.36, on the mean of all members\n"},
	} {
		_, got, _ := strings.Cut(explained(t, "text", test.e, Options{}), "One story\n  ")
		got, _, _ = strings.Cut(got, "\nNo passage")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		schemaOf(t, "explanation").check(t, explained(t, "json", test.e, Options{}))
	}
}

// TestDegrees holds how sure a story is said to be.
func TestDegrees(t *testing.T) {
	for _, test := range []struct {
		sure, members int
		want          string
	}{
		{0, 2, "same story"},
		{2, 2, "same source: both share quotes or passages"},
		{5, 5, "same source: all share quotes or passages"},
		{2, 5, "same story; 2 of them share quotes or passages"},
	} {
		story := dedup.Story{Members: make([]dedup.StoryMember, test.members)}
		for i := range test.sure {
			story.Members[i].Degree = dedup.OneSource
		}
		if diff := cmp.Diff(test.want, degree(&story)); diff != "" {
			t.Errorf("%d of %d (-want +got):\n%s", test.sure, test.members, diff)
		}
	}
}
