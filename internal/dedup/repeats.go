package dedup

import (
	"bytes"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
)

// findRepeats finds the paragraphs that stand again, and reads each of them
// again for its text and its place.
func (s *scan) findRepeats() error {
	if !s.options.Finds(Repeated) {
		return nil
	}
	s.progress(Paragraphs, 0, 0)
	near, err := s.nearParagraphs()
	if err != nil {
		return err
	}
	standings, explained := s.paragraphs.Standings(near, s.repeatArticles())
	s.result.Summary.RepeatsExplained = explained
	return s.document(standings)
}

// repeatArticles tells package repeat of the articles.
func (s *scan) repeatArticles() repeat.Articles {
	numbers := make(map[string]int)
	sources := make([]int32, len(s.result.Articles))
	for id, article := range s.result.Articles {
		if _, known := numbers[article.Source]; !known {
			numbers[article.Source] = len(numbers)
		}
		sources[id] = int32(numbers[article.Source])
		if article.Source == "" {
			sources[id] = -1
		}
	}
	return repeat.Articles{
		Source: func(article uint32) int { return int(sources[article]) },
		Cluster: func(article uint32) int {
			if c, ok := s.clusterOf[ArticleID(article)]; ok {
				return c
			}
			return -1
		},
	}
}

// nearParagraphs returns the pairs of distinct paragraphs that reach the similarity.
func (s *scan) nearParagraphs() ([]repeat.Near, error) {
	if s.options.Exhaustive {
		return s.allNearParagraphs()
	}
	candidates, bounded := s.paragraphs.Candidates()
	s.result.Summary.RepeatsBounded = bounded
	pairs := make([]candidate.Pair, len(candidates))
	for i, pair := range candidates {
		pairs[i] = candidate.Pair(pair)
	}
	var near []repeat.Near
	s.progress(Paragraphs, 0, len(pairs))
	done := 0
	err := inTiles(s, s.singleParagraphs(), pairs, tiledWork[similarity.Set]{
		extract: partSet,
		do: func(tile []int, get func(uint32) similarity.Set) error {
			overlaps, err := s.overlaps(pairs, tile, get)
			for _, overlap := range overlaps {
				near = s.appendNear(near, overlap)
			}
			done += len(tile)
			s.progress(Paragraphs, done, len(pairs))
			return err
		},
	})
	return near, err
}

func (s *scan) appendNear(near []repeat.Near, overlap candidate.OverlapOf) []repeat.Near {
	if overlap.Jaccard() < s.options.RepeatSimilarity {
		return near
	}
	return append(near, repeat.Near{Pair: repeat.Pair(overlap.Pair), Similarity: overlap.Jaccard()})
}

// allNearParagraphs is nearParagraphs for every pair that shares a shingle.
func (s *scan) allNearParagraphs() (near []repeat.Near, err error) {
	err = s.allOverlaps(s.singleParagraphs(), s.paragraphs.Sketched(), func(overlap candidate.OverlapOf) {
		near = s.appendNear(near, overlap)
	})
	return near, err
}

// A standing is a paragraph read again.
type standing struct {
	place ParagraphPlace
	norm  []byte
	text  string
}

func rereadParagraph(a *analyst, article *corpus.Article, p part) standing {
	paragraph := a.doc.Paragraphs[p.number]
	return standing{
		place: ParagraphPlace{
			Article: p.article, Paragraph: p.number + 1,
			Line: a.lineOf(article, paragraph.Start), Start: paragraph.Start, End: paragraph.End,
		},
		norm: bytes.Clone(a.normOf(paragraph)),
		text: evidence(article.Body[paragraph.Start:paragraph.End], MaxText),
	}
}

// document reports the standings. Those that the hashes call equal are
// compared: one whose texts differ is dropped, being no repeat.
func (s *scan) document(standings []repeat.Standing) error {
	s.progress(Documenting, 0, len(standings))
	pairs := make([]candidate.Pair, len(standings))
	for i, found := range standings {
		pairs[i] = candidate.Pair{A: found.At, B: found.Of}
	}
	repeats := make([]Repeat, len(standings))
	done := 0
	err := inTiles(s, s.singleParagraphs(), pairs, tiledWork[standing]{
		extract: rereadParagraph,
		do: func(tile []int, get func(uint32) standing) error {
			for _, i := range tile {
				later, earlier := get(standings[i].At), get(standings[i].Of)
				if !standings[i].Equal || bytes.Equal(later.norm, earlier.norm) {
					repeats[i] = s.repeat(standings[i], later, earlier)
				}
			}
			done += len(tile)
			s.progress(Documenting, done, len(standings))
			return nil
		},
	})
	s.result.Repeats = slices.DeleteFunc(repeats, func(r Repeat) bool { return r.Class == "" })
	return err
}

func (s *scan) repeat(found repeat.Standing, later, earlier standing) Repeat {
	class := s.classOf(later.place.Article, earlier.place.Article)
	return Repeat{
		Class: class, At: later.place, Of: earlier.place,
		Similarity: found.Similarity, Words: s.paragraphs.Tokens(found.At), Text: later.text,
		Fingerprint: fingerprint("repeat", xxhash.Sum64(later.norm), xxhash.Sum64(earlier.norm)),
	}
}

func (s *scan) classOf(at, of ArticleID) Class {
	source := s.result.Articles[at].Source
	switch {
	case at == of:
		return Within
	case source != "" && source == s.result.Articles[of].Source:
		return Source
	}
	return Across
}
