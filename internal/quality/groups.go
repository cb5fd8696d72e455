package quality

import (
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// MeasureStories holds the stories of another scan of the corpus, at the options of
// the evaluation, against its truth. A story and the copies of its members are one
// group, and so is a cluster that is in no story.
func (e *Evaluation) MeasureStories(result *dedup.Result) {
	joined := clustered(result)
	for _, story := range result.Stories {
		first := int(story.Members[0].Article)
		for _, member := range story.Members {
			joined = append(joined, [2]int{first, int(member.Article)})
			for _, id := range member.Copies {
				joined = append(joined, [2]int{first, int(id)})
			}
		}
	}
	measured := e.Truth.Place(result.Articles).compare(len(result.Articles), joined)
	e.Stories = &measured
}

// clustered returns the pairs that the clusters join.
func clustered(result *dedup.Result) (joined [][2]int) {
	for _, cluster := range result.Clusters {
		for _, member := range cluster.Members {
			joined = append(joined, [2]int{int(cluster.Representative), int(member.Article)})
		}
	}
	return joined
}

// compare compares what pairs of so many articles join with what the wanted pairs do.
func (p *Placed) compare(articles int, joined [][2]int) Groups {
	var wanted [][2]int
	for i, judged := range p.judged {
		if judged.Wanted {
			wanted = append(wanted, [2]int{int(p.ids[i][0]), int(p.ids[i][1])})
		}
	}
	found, truth := evaluate.Join(articles, joined), evaluate.Join(articles, wanted)
	if !p.everyArticle() {
		found, truth = ofNamed(found, p.named), ofNamed(truth, p.named)
	}
	of := Groups{Articles: len(found), Pairs: evaluate.Pairs(found, truth), BCubed: evaluate.BCubed(found, truth)}
	of.AdjustedRand, of.RandKnown = evaluate.AdjustedRand(found, truth)
	return of
}

func ofNamed(groups []int, named []dedup.ArticleID) []int {
	var of []int
	for _, id := range named {
		of = append(of, groups[id])
	}
	return of
}
