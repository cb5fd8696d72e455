package report

import (
	"sort"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A grouping says which repeats are of one text.
type grouping struct {
	of     []int32 // by position in Result.Repeats: the text
	origin []int32 // by text: its first repeat, which is of the text's first standing
}

// groupTexts groups all repeats. A repeat belongs to the text that its earlier
// standing belongs to, so that a near one is told with the text that it is near
// to. Repeats are ordered by place and point backwards, so one pass is enough.
func groupTexts(result *dedup.Result) *grouping {
	repeats := result.Repeats
	groups := &grouping{of: make([]int32, len(repeats))}
	starts := startsByArticle(result)
	first := make(map[uint64]int32) // by first standing: the text
	for i := range repeats {
		of := &repeats[i].Of
		if before, found := repeatAt(repeats, starts, of); found && before < i {
			groups.of[i] = groups.of[before]
			continue
		}
		text, known := first[keyOf(of)]
		if !known {
			text = int32(len(groups.origin))
			first[keyOf(of)] = text
			groups.origin = append(groups.origin, int32(i))
		}
		groups.of[i] = text
	}
	return groups
}

// keyOf returns a number of its own for each paragraph of the corpus.
func keyOf(place *dedup.ParagraphPlace) uint64 {
	return uint64(place.Article)<<32 | uint64(uint32(place.Paragraph))
}

// startsByArticle returns the positions where the repeats in each article
// begin, and behind them the number of all.
func startsByArticle(result *dedup.Result) []int32 {
	starts := make([]int32, len(result.Articles)+1)
	for i := range result.Repeats {
		starts[result.Repeats[i].At.Article+1]++
	}
	for i := range result.Articles {
		starts[i+1] += starts[i]
	}
	return starts
}

// repeatAt finds the repeat that stands at a place.
func repeatAt(repeats []dedup.Repeat, starts []int32, place *dedup.ParagraphPlace) (int, bool) {
	start, end := starts[place.Article], starts[place.Article+1]
	inArticle := repeats[start:end]
	at := sort.Search(len(inArticle), func(i int) bool { return inArticle[i].At.Paragraph >= place.Paragraph })
	found := at < len(inArticle) && inArticle[at].At.Paragraph == place.Paragraph
	return int(start) + at, found
}
