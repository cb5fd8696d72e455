package dedup

import (
	"bytes"
	"slices"

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
	standings, explained := s.paragraphs.Standings(s.texts, near, s.repeatArticles())
	s.result.Summary.RepeatsExplained = explained
	s.keepKin(standings, near)
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
	families := s.families()
	return repeat.Articles{
		Earlier: s.isEarlier,
		Source:  func(article uint32) int { return int(sources[article]) },
		Cluster: func(article uint32) int {
			if family, ok := families[ArticleID(article)]; ok && !s.options.Explained {
				return int(family)
			}
			return -1
		},
	}
}

// families returns, by article in a pair, one that it is joined with by pairs, always the
// same: those of a cluster, and those of a template too.
func (s *scan) families() map[ArticleID]ArticleID {
	parent := make(map[ArticleID]ArticleID)
	root := func(id ArticleID) ArticleID {
		for {
			above, known := parent[id]
			if !known {
				parent[id], above = id, id
			}
			if above == id {
				return id
			}
			parent[id] = parent[above]
			id = above
		}
	}
	for _, pair := range s.result.Pairs {
		a, b := root(pair.A), root(pair.B)
		parent[max(a, b)] = min(a, b)
	}
	for id := range parent {
		parent[id] = root(id)
	}
	return parent
}

// textsOfParagraphs brings equal paragraphs together, where repeats are looked for.
func (s *scan) textsOfParagraphs() (*repeat.Texts, error) {
	if !s.options.Finds(Repeated) {
		return nil, nil
	}
	lists, err := s.listsOf(s.paragraphs.Len(), s.paragraphs.AddTexts)
	if err != nil {
		return nil, err
	}
	return s.paragraphs.NewTexts(lists), nil
}

// nearParagraphs returns the pairs of distinct paragraphs that reach the similarity.
func (s *scan) nearParagraphs() (near []repeat.Near, err error) {
	if s.options.Exhaustive {
		return s.allNearParagraphs()
	}
	candidates, bounded := s.paragraphs.Candidates(s.texts, &s.shared.paragraphs)
	s.result.Summary.RepeatsBounded = bounded
	candidates = slices.DeleteFunc(candidates, s.onlyEarlierStand)
	pairs := make([]candidate.Pair, len(candidates))
	for i, pair := range candidates {
		pairs[i] = candidate.Pair(pair)
	}
	s.progress(Paragraphs, 0, len(pairs))
	err = join[similarity.Set, repeat.Near]{
		parts: s.singleParagraphs(),
		take:  func(a *analyst, _ *corpus.Article, _ part) similarity.Set { return a.set() },
		keep:  slices.Clone[similarity.Set],
		meet: func(a *analyst, pair int, one, other similarity.Set, first bool) (repeat.Near, bool) {
			least := similarity.LeastNear(len(one), len(other), s.options.RepeatSimilarity)
			jaccard := a.overlap(one, other, least, first).Jaccard()
			return repeat.Near{Pair: candidates[pair], Similarity: jaccard}, jaccard >= s.options.RepeatSimilarity
		},
		found:    func(one repeat.Near) { near = append(near, one) },
		progress: func(done int) { s.progress(Paragraphs, done, len(pairs)) },
	}.run(s, pairs)
	return near, err
}

// allNearParagraphs is nearParagraphs for every pair that shares a shingle.
func (s *scan) allNearParagraphs() (near []repeat.Near, err error) {
	err = s.allOverlaps(s.singleParagraphs(), s.paragraphs.Sketched(s.texts), func(overlap candidate.OverlapOf) {
		if similarity := overlap.Jaccard(); similarity >= s.options.RepeatSimilarity {
			near = append(near, repeat.Near{Pair: repeat.Pair(overlap.Pair), Similarity: similarity})
		}
	})
	return near, err
}

// A standing is a paragraph read again: its place and its bytes.
type standing struct {
	place ParagraphPlace
	text  []byte
}

// document reports the standings, in their order. Those that the hashes call
// equal are compared: one whose text differs is dropped, being no repeat.
func (s *scan) document(standings []repeat.Standing) error {
	s.progress(Documenting, 0, len(standings))
	pairs := make([]candidate.Pair, len(standings))
	for i, found := range standings {
		pairs[i] = candidate.Pair{A: found.Of, B: found.At}
	}
	repeats := make([]Repeat, len(standings))
	err := join[standing, struct{}]{
		parts: s.singleParagraphs(),
		take:  s.standing,
		keep:  func(st standing) standing { return standing{st.place, bytes.Clone(st.text)} },
		meet: func(a *analyst, pair int, earlier, later standing, _ bool) (none struct{}, found bool) {
			if !standings[pair].Equal || a.sameWords(later.text, earlier.text) {
				repeats[pair] = s.repeat(standings[pair], later, earlier)
			}
			return none, false
		},
		progress: func(done int) { s.progress(Documenting, done, len(standings)) },
	}.run(s, pairs)
	s.result.Repeats = slices.DeleteFunc(repeats, func(r Repeat) bool { return r.Class == "" })
	return err
}

// standing is the paragraph that the analyst has read, with the bytes of the body.
func (s *scan) standing(a *analyst, article *corpus.Article, p part) standing {
	start := int(s.paragraphs.Starts[p.id])
	place := ParagraphPlace{
		Article: p.article, Paragraph: p.number + 1,
		Line: a.lineOf(article, start), Column: a.columnOf(article, start), Start: start, End: start + len(a.paragraph),
	}
	place.EndLine = place.Line
	if article.Verbatim {
		place.EndLine += bytes.Count(a.paragraph, []byte{'\n'})
	}
	return standing{place, a.paragraph}
}

// sameWords reports whether two texts have the same normal form; mostly they
// are the same to the byte.
func (a *analyst) sameWords(one, other []byte) bool {
	if bytes.Equal(one, other) {
		return true
	}
	a.doc.ParseParagraph(one)
	norm := a.norm()
	a.doc.ParseParagraph(other)
	return bytes.Equal(norm, a.norm())
}

func (s *scan) repeat(found repeat.Standing, later, earlier standing) Repeat {
	return Repeat{
		Class: s.classOf(later.place.Article, earlier.place.Article), At: later.place, Of: earlier.place,
		Similarity: found.Similarity, Words: int(s.paragraphs.Tokens[found.At]), Text: evidence(later.text, MaxText),
		Fingerprint: s.repeatFingerprint(found.At, found.Of),
		AtText:      s.repeatFingerprint(found.At, found.At), OfText: s.repeatFingerprint(found.Of, found.Of),
	}
}

func (s *scan) repeatFingerprint(at, of uint32) uint64 {
	return fingerprint("repeat", s.paragraphs.Hashes[at], s.paragraphs.Hashes[of])
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
