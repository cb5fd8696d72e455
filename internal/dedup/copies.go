package dedup

import (
	"bytes"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// groupCopies finds the articles of one text. Those with one hash are read
// again and compared, each with the first of its kind, so that copies of one
// text cost one comparison each. From here on the first stands for all.
func (s *scan) groupCopies() error {
	s.firstOf = make([]ArticleID, len(s.textHashes))
	for id := range s.firstOf {
		s.firstOf[id] = ArticleID(id)
	}
	if !s.options.Finds(Exact) && !s.options.Finds(Near) && !s.options.Finds(Contained) {
		return nil
	}
	suspects, err := s.sameHashes()
	if err != nil {
		return err
	}
	analysts := s.analysts()
	compared, err := parallel.Each(s.ctx, s.options.Workers, suspects, func(worker int, run []uint32) ([]*sameText, error) {
		return s.partByText(analysts[worker], run)
	})
	for _, parts := range compared {
		for _, same := range parts {
			s.recordCopies(same)
		}
	}
	return err
}

// sameHashes returns the articles with a word whose hashes agree in the bits that
// a store groups by, ascending.
func (s *scan) sameHashes() (suspects [][]uint32, err error) {
	lists, err := s.listsOf(len(s.textHashes), func(batch *group.Batch, start, end int) {
		for article := start; article < end; article++ {
			if s.result.Articles[article].Words > 0 {
				batch.Add(s.textHashes[article], uint32(article-start), 0)
			}
		}
	})
	for i := range lists {
		for list := range lists[i].Len() {
			owners, _ := lists[i].Of(list)
			suspects = append(suspects, owners)
		}
	}
	return suspects, err
}

// sameText is the articles of one text, in reading order.
type sameText struct {
	norm     []byte
	ids      []ArticleID
	shingles int // distinct ones
	lead     string
}

// partByText parts articles of one hash by their texts. There is more than one
// part only where two texts share a hash.
func (s *scan) partByText(a *analyst, run []uint32) ([]*sameText, error) {
	var parts []*sameText
	for _, id := range run {
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
		article, ok, err := s.fetch(a, ArticleID(id))
		if err == nil && ok {
			ok, err = s.readPart(a, s.wholeArticles(), &article, part{id, ArticleID(id), whole})
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		norm := a.norm()
		at := slices.IndexFunc(parts, func(p *sameText) bool { return bytes.Equal(p.norm, norm) })
		if at < 0 {
			at = len(parts)
			parts = append(parts, &sameText{
				norm: norm, shingles: a.table.Fill(a.shingles), lead: lead(&article),
			})
		}
		parts[at].ids = append(parts[at].ids, ArticleID(id))
	}
	for _, p := range parts {
		p.norm = nil // was needed for comparing only; there may be many groups
	}
	return parts, nil
}

func (s *scan) recordCopies(same *sameText) {
	if len(same.ids) < 2 {
		return
	}
	first, copies := same.ids[0], same.ids[1:]
	kind, asked := s.copyKind()
	if asked {
		s.result.Articles[first].Lead = same.lead
	}
	for _, id := range copies {
		s.firstOf[id] = first
		if s.areEarlier(uint32(first), uint32(id)) {
			continue
		}
		s.copies[first] = append(s.copies[first], id)
		if asked {
			s.result.Articles[id].Lead = same.lead
			s.result.Pairs = append(s.result.Pairs, Pair{
				Kind: kind, A: first, B: id, Label: IdenticalCopy, Similarity: 1, AInB: 1, BInA: 1,
				Shared: same.shingles, ShinglesA: same.shingles, ShinglesB: same.shingles,
				Fingerprint: s.pairFingerprint(first, id),
			})
		}
	}
}

// leadLength is the number of characters of an article's opening that a report may
// show.
const leadLength = 200

func lead(article *corpus.Article) string { return evidence(article.Body, leadLength) }
