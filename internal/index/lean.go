package index

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A likeness is an article of the index that one may be like, by their samples.
type likeness struct {
	spot spot
	dedup.Estimate
}

// estimate returns what the new article may be like of a lean index, the first text first. Of one
// whose text is there, that alone, as of copies the first is compared with others.
func (f *finder) estimate(t *intake) ([]likeness, error) {
	f.bounded = false
	if t.words == 0 {
		return nil, nil
	}
	first, copied, err := f.first(inTexts, t.textHash)
	if err != nil {
		return nil, err
	}
	if copied {
		kind, asked := f.copies()
		if !asked {
			return nil, nil
		}
		return []likeness{{first, dedup.Estimate{Kind: kind, Similarity: 1, AInB: 1, BInA: 1}}}, nil
	}
	if err := f.meet(t); err != nil {
		return nil, err
	}
	partners, err := f.partners(&t.outline)
	if err != nil {
		return nil, err
	}
	return f.weigh(partners, t)
}

// copies says as what articles of one text are reported.
func (f *finder) copies() (dedup.Kind, bool) {
	if f.options.Finds(dedup.Exact) {
		return dedup.Exact, true
	}
	return dedup.Near, f.options.Finds(dedup.Near)
}

// weigh keeps the partners that reach a threshold, one of each text.
func (f *finder) weigh(partners []partner, t *intake) (found []likeness, err error) {
	for i := range partners {
		p := &partners[i]
		met := p.Meeting
		if p.heavy {
			met.OtherWindows = -1
		}
		e, ok := f.rules.Estimate(dedup.Sized{Outline: &p.row.outline, Words: int(p.row.words)}, dedup.Sized{Outline: &t.outline, Words: t.words}, met)
		if !ok {
			continue
		}
		first, stands, err := f.first(inTexts, p.row.textHash)
		if err != nil {
			return nil, err
		}
		if stands {
			found = append(found, likeness{first, e})
		}
	}
	slices.SortFunc(found, func(a, b likeness) int { return cmp.Compare(a.spot, b.spot) })
	return slices.CompactFunc(found, func(a, b likeness) bool { return a.spot == b.spot }), nil
}

// addEstimates adds to the result of a scan of the new articles what they are like of the index.
func (v *View) addEstimates(result *dedup.Result) error {
	result.Lean = v.index.lean
	ids := make(map[corpusPlace]dedup.ArticleID, len(result.Articles))
	for id := range result.Articles {
		ids[placeOf(&result.Articles[id])] = dedup.ArticleID(id)
	}
	known := make(map[spot]dedup.ArticleID)
	for _, one := range v.likenesses {
		fresh := &v.fresh[one.fresh]
		id, read := ids[corpusPlace{fresh.Input, fresh.Offset}]
		if !read { // it was changed meanwhile
			continue
		}
		for _, like := range one.found {
			earlier, added := known[like.spot]
			if !added {
				info, text, err := v.infoOf(like.spot)
				if err != nil {
					return err
				}
				earlier = dedup.ArticleID(len(result.Articles))
				known[like.spot] = earlier
				result.Articles, result.Texts = append(result.Articles, info), append(result.Texts, text)
			}
			like.A, like.B = earlier, id
			result.Estimates = append(result.Estimates, like.Estimate)
		}
	}
	result.Summary.Estimates = len(result.Estimates)
	return nil
}

// A corpusPlace tells the new articles apart.
type corpusPlace struct {
	input  int
	offset int64
}

func placeOf(a *dedup.ArticleInfo) corpusPlace { return corpusPlace{a.Input, a.Offset} }

// likenesses are those of a new article.
type likenesses struct {
	fresh int // of View.fresh
	found []likeness
}

// infoOf returns what is known of an article of the index without its text, and the hash of that.
func (v *View) infoOf(at spot) (info dedup.ArticleInfo, textHash uint64, err error) {
	u := v.index.unpackers.Get().(*unpacker)
	defer v.index.unpackers.Put(u)
	article, r, err := u.article(v.segments[at.segment()], at.local(), new(corpus.Scratch))
	if err != nil {
		return info, 0, fmt.Errorf("reading the index %q: %w", v.index.name, err)
	}
	info = dedup.ArticleInfo{
		Key: article.Key, Source: article.Source, Path: article.Path, Line: article.Line,
		Input: inIndex, Words: int(r.words), Earlier: true,
	}
	if article.Meta != (corpus.Meta{}) {
		info.Meta = &article.Meta
	}
	return info, r.textHash, nil
}
