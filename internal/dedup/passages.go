package dedup

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/newsdedup/newsdedup/internal/dedup/passage"
)

// findPassages finds the runs of words that stand twice, and how much of each article
// stands elsewhere.
func (s *scan) findPassages() error {
	if s.options.Passages == 0 {
		return nil
	}
	s.progress(Passages, 0, len(s.passages.askers))
	if err := s.readIslands(); err != nil {
		return err
	}
	if err := s.boundPassages(); err != nil {
		return err
	}
	groups, count := s.storyOf()
	index := passage.NewIndex(&s.passages.text, passage.Options{Least: s.options.Passages, Groups: groups, Weighty: s.passages.weighty, Common: commonFrom(count + s.options.Unread)})
	s.keepElsewhere(index)
	repeats, most := s.choosePassages(index)
	return s.documentPassages(index, repeats, most)
}

// roomForPassages is the most words that can be searched.
func (s *scan) roomForPassages() int {
	if s.options.MaxMemory == 0 {
		return passage.MaxSymbols
	}
	return int(min(passage.MaxSymbols, s.options.MaxMemory/passage.BytesPerToken))
}

// boundPassages reports an error where there is no room for the search.
func (s *scan) boundPassages() error {
	words := s.passages.words
	switch {
	case words <= s.roomForPassages():
		return nil
	case words > passage.MaxSymbols:
		return fmt.Errorf("finding passages: %d words may stand twice, and at most %d can be searched", words, passage.MaxSymbols)
	}
	return fmt.Errorf("finding passages: %d words may stand twice, which needs about %d MiB of memory, more than the %d MiB allowed",
		words, int64(words)*passage.BytesPerToken>>20, s.options.MaxMemory>>20)
}

// storyOf numbers the clusters, and the articles in none, and returns the number of
// each article, and how many there are.
func (s *scan) storyOf() (groups []int32, count int) {
	groups = make([]int32, len(s.result.Articles))
	count = len(s.result.Clusters)
	for id := range groups {
		if cluster, ok := s.clusterOf[ArticleID(id)]; ok {
			groups[id] = int32(cluster)
			continue
		}
		groups[id] = int32(count)
		count++
	}
	return groups, count
}

const (
	// commonShare is the share of a corpus, its clusters counted as one article each, from
	// which a passage is its furniture.
	commonShare = 0.05
	// leastCommon is the least number of articles that make a large share: five of a
	// hundred may well run one agency's story.
	leastCommon = 20
)

func commonFrom(stories int) int {
	return max(leastCommon, int(commonShare*float64(stories)))
}

// keepElsewhere takes over what of the articles stands in others.
func (s *scan) keepElsewhere(index *passage.Index) {
	for id, share := range index.Elsewhere() {
		if share.Tokens > 0 && !s.isEarlier(uint32(id)) {
			s.result.Articles[id].Elsewhere = &Elsewhere{Words: share.Tokens, Partner: ArticleID(share.Partner), PartnerWords: share.PartnerTokens}
		}
	}
}

const (
	// freePlaces is the number of places that are listed however little text there is.
	freePlaces = 1 << 20
	// placesPerToken bounds the places that are listed beyond those. One that overlaps no
	// other takes Options.Passages tokens.
	placesPerToken = 0.5
)

// choosePassages returns the passages that are listed, by their first places, and the
// most places that are listed of one. Of runs that lie in each other a thousand times,
// the places are as many as the square of the text: then the longest lists are cut.
func (s *scan) choosePassages(index *passage.Index) (repeats []passage.Repeat, most int) {
	for _, r := range index.Repeats() {
		if s.isEarlier(index.LastOwner(r)) { // those of an index come first
			continue
		}
		if r.Groups == 1 && r.Owners == r.Standings && !s.options.Explained {
			s.result.Summary.PassagesExplained++
			continue
		}
		repeats = append(repeats, r)
	}
	room := s.freePlaces + int(placesPerToken*float64(s.passages.text.Len()))
	if len(repeats) > room/2 {
		slices.SortFunc(repeats, func(a, b passage.Repeat) int {
			return cmp.Or(cmp.Compare(int64(b.Length)*int64(b.Standings), int64(a.Length)*int64(a.Standings)), index.Compare(a, b))
		})
		s.result.Summary.PassagesBounded += len(repeats) - room/2
		repeats = repeats[:room/2]
	}
	slices.SortFunc(repeats, index.Compare)
	most = sort.Search(s.passages.text.Len(), func(most int) bool { return places(repeats, most+1) > room })
	return repeats, max(2, most)
}

// places is how many places are listed if there are so many of one at the most.
func places(repeats []passage.Repeat, most int) (total int) {
	for _, r := range repeats {
		total += min(int(r.Standings), most)
	}
	return total
}
