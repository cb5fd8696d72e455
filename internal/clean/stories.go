package clean

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// storyKind is the kind of a removal for another article of the same story. The two
// are not alike as texts, and have no similarity.
const storyKind dedup.Kind = "story"

// removeStories lets all articles of a story go but the one that the policy prefers,
// and those that fit it weakly, beside what has gone already.
func (p *planner) removeStories(gone []Removal) []Removal {
	if !p.policy.Stories {
		return gone
	}
	at := make(map[dedup.ArticleID]int, len(gone)) // its position in gone
	for i, removal := range gone {
		at[removal.Article] = i
	}
	chained := p.chained()
	for i := range p.result.Stories {
		story := &p.result.Stories[i]
		staying := p.staying(story, at, chained)
		for _, other := range staying[min(1, len(staying)):] {
			if other.protected {
				continue
			}
			_, rule := p.policy.compare(staying[0], other)
			at[other.id] = len(gone)
			gone = append(gone, Removal{Article: other.id, Kept: staying[0].id, Kind: storyKind, Rule: rule, Story: story})
		}
	}
	return p.forWhatStays(gone, at)
}

// chained are the articles that no representative of a cluster stands for: of those a story
// tells nothing. A brief is in a cluster with each long article that has it.
func (p *planner) chained() map[dedup.ArticleID]bool {
	chained := make(map[dedup.ArticleID]bool)
	for _, cluster := range p.result.Clusters {
		for _, member := range cluster.Members {
			if !member.Removable {
				chained[member.Article] = true
			}
		}
	}
	return chained
}

// staying returns the articles of a story that may go and have not, the one to stay first.
func (p *planner) staying(story *dedup.Story, gone map[dedup.ArticleID]int, chained map[dedup.ArticleID]bool) (staying []*candidate) {
	for _, member := range story.Members {
		if member.Weak {
			continue
		}
		for _, id := range append([]dedup.ArticleID{member.Article}, member.Copies...) {
			if _, is := gone[id]; !is && !chained[id] {
				staying = append(staying, p.candidate(id))
			}
		}
	}
	slices.SortFunc(staying, p.policy.order)
	return staying
}

// forWhatStays has what went for an article that has now gone too go for the one that
// stays of its story.
func (p *planner) forWhatStays(gone []Removal, at map[dedup.ArticleID]int) []Removal {
	for i, removal := range gone {
		if of, is := at[removal.Kept]; is {
			gone[i] = Removal{Article: removal.Article, Kept: gone[of].Kept, Kind: storyKind, Rule: gone[of].Rule, Story: gone[of].Story}
		}
	}
	slices.SortFunc(gone, func(a, b Removal) int { return cmp.Compare(a.Article, b.Article) })
	return gone
}
