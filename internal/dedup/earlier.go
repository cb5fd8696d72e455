package dedup

import "github.com/newsdedup/newsdedup/internal/dedup/repeat"

// Articles that stand in an index (ArticleInfo.Earlier) take part in a scan so that
// others can be held against them: what only they have to do with each other is
// neither compared nor reported.

func (s *scan) isEarlier(article uint32) bool { return s.result.Articles[article].Earlier }

// areEarlier reports whether both articles stand in an index.
func (s *scan) areEarlier(one, other uint32) bool { return s.isEarlier(one) && s.isEarlier(other) }

// onlyEarlierStand reports whether two texts of paragraphs stand nowhere but in an index.
func (s *scan) onlyEarlierStand(pair repeat.Pair) bool {
	return s.areEarlier(s.paragraphs.ArticleOf(s.texts.Last(pair.A)), s.paragraphs.ArticleOf(s.texts.Last(pair.B)))
}
