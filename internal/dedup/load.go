package dedup

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// blockTokens bounds the tokens of a block: what is read again of two blocks
// is held at once while their pairs are compared. At 8 bytes each that is 64 MB. A
// single larger article is a block of its own.
const blockTokens = 4 << 20

// partTokens is what a part costs beside its tokens, in tokens: its entry in a
// map, its place and its text. A million paragraphs of one word are not small.
const partTokens = 64

// A part is an article, or one paragraph of it, that is read again.
type part struct {
	id      uint32 // what the caller knows it by
	article ArticleID
	number  int // of the paragraph, from 0; whole for the article
}

const whole = -1

// parts says what the ids of a list of pairs mean.
type parts struct {
	of     func(id uint32) part
	tokens func(id uint32) int
	most   int // tokens of a block
	// before orders the parts into blocks: those that are likely to be in one
	// pair, or to be read together, stand near each other.
	before func(a, b uint32) int
}

func (s *scan) wholeArticles() parts {
	words := func(id uint32) int { return s.result.Articles[id].Words }
	return parts{
		of:     func(id uint32) part { return part{id, ArticleID(id), whole} },
		tokens: words,
		most:   s.blockTokens,
		// Articles that are alike are alike in size.
		before: func(a, b uint32) int { return cmp.Or(cmp.Compare(words(a), words(b)), cmp.Compare(a, b)) },
	}
}

func (s *scan) singleParagraphs() parts {
	return parts{
		of: func(id uint32) part {
			article, number := s.paragraphs.ArticleOf(id)
			return part{id, ArticleID(article), number}
		},
		tokens: s.paragraphs.Tokens,
		most:   s.blockTokens,
		before: cmp.Compare[uint32], // all paragraphs of an article are read at once
	}
}

// A tile is the pairs between two blocks, or within one.
type tile struct {
	pairs []int // positions in the list of pairs, ascending
	block int   // the later of the two blocks
}

// A tiling cuts a list of pairs into tiles, so that each tile's parts fit in
// memory, and every part is read again once for each block that it has a
// partner in, not once for each partner.
type tiling struct {
	tiles   []tile // by block, then by the other block
	blockOf map[uint32]int
}

func (p parts) tile(pairs []candidate.Pair) tiling {
	t := tiling{blockOf: p.blocks(pairs)}
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	blocks := func(i int) (later, earlier int) {
		a, b := t.blockOf[pairs[i].A], t.blockOf[pairs[i].B]
		return max(a, b), min(a, b)
	}
	compare := func(i, j int) int {
		laterI, earlierI := blocks(i)
		laterJ, earlierJ := blocks(j)
		return cmp.Or(cmp.Compare(laterI, laterJ), cmp.Compare(earlierI, earlierJ))
	}
	slices.SortStableFunc(order, compare)
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && compare(order[start], order[end]) == 0 {
			end++
		}
		later, _ := blocks(order[start])
		t.tiles = append(t.tiles, tile{order[start:end], later})
		start = end
	}
	return t
}

// blocks numbers the block of each part that is in a pair. The paragraphs of
// an article that stand together are one block however many they are: it would
// be read again for each other one.
func (p parts) blocks(pairs []candidate.Pair) map[uint32]int {
	var ids []uint32
	for _, pair := range pairs {
		ids = append(ids, pair.A, pair.B)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	slices.SortFunc(ids, p.before)
	blockOf := make(map[uint32]int, len(ids))
	block, tokens, last := 0, 0, ArticleID(0)
	for _, id := range ids {
		weight, article := p.tokens(id)+partTokens, p.of(id).article
		if tokens > 0 && tokens+weight > p.most && article != last {
			block, tokens = block+1, 0
		}
		tokens, last = tokens+weight, article
		blockOf[id] = block
	}
	return blockOf
}

// inTiles reads the parts of the pairs again, tile by tile, and calls do with
// the positions of each tile's pairs and what extract has made of their parts.
// Parts that skip names are not read.
func inTiles[T any](s *scan, what parts, pairs []candidate.Pair, work tiledWork[T]) error {
	t := what.tile(pairs)
	held, heldBlock := map[uint32]T{}, -1
	for _, tile := range t.tiles {
		if tile.block != heldBlock {
			held, heldBlock = map[uint32]T{}, tile.block
		}
		var missing []uint32
		for _, i := range tile.pairs {
			for _, id := range [2]uint32{pairs[i].A, pairs[i].B} {
				if _, ok := held[id]; !ok && (work.skip == nil || !work.skip(id)) {
					missing = append(missing, id)
				}
			}
		}
		slices.Sort(missing)
		loaded, err := load(s, what, slices.Compact(missing), work.extract)
		if err != nil {
			return err
		}
		for id, value := range loaded {
			if t.blockOf[id] == heldBlock {
				held[id] = value
			}
		}
		get := func(id uint32) T {
			if value, ok := held[id]; ok {
				return value
			}
			return loaded[id]
		}
		if err := work.do(tile.pairs, get); err != nil {
			return err
		}
	}
	return nil
}

// tiledWork is what is done with pairs whose parts are read again.
type tiledWork[T any] struct {
	extract func(*analyst, *corpus.Article, part) T // called concurrently
	skip    func(id uint32) bool                    // nil for none
	do      func(pairs []int, get func(id uint32) T) error
}

// load reads the parts of the ids again and returns what extract makes of
// each. Each article is read once, however many of its paragraphs are asked
// for. extract is called concurrently, with an analyst that has read the article.
func load[T any](s *scan, what parts, ids []uint32, extract func(*analyst, *corpus.Article, part) T) (map[uint32]T, error) {
	asked := make([]part, len(ids))
	for i, id := range ids {
		asked[i] = what.of(id)
	}
	slices.SortFunc(asked, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.number, b.number))
	})
	var jobs [][]part // one an article
	for start := 0; start < len(asked); {
		end := start + 1
		for end < len(asked) && asked[end].article == asked[start].article {
			end++
		}
		jobs = append(jobs, asked[start:end])
		start = end
	}
	analysts := s.analysts()
	extracted, err := parallel.Each(s.ctx, s.options.Workers, jobs, func(worker int, job []part) ([]T, error) {
		article, err := s.corpus.Fetch(&analysts[worker].scratch, s.locators[job[0].article])
		if err != nil {
			return nil, err
		}
		analysts[worker].analyse(article.Body)
		if err := s.checkUnchanged(analysts[worker], &article, job[0].article); err != nil {
			return nil, err
		}
		values := make([]T, len(job))
		for i, p := range job {
			values[i] = extract(analysts[worker], &article, p)
		}
		return values, nil
	})
	if err != nil {
		return nil, err
	}
	loaded := make(map[uint32]T, len(ids))
	for i, job := range jobs {
		for k, p := range job {
			loaded[p.id] = extracted[i][k]
		}
	}
	return loaded, nil
}

// checkUnchanged reports an article that has other words than when it was
// first read. The analyst has analysed it.
func (s *scan) checkUnchanged(a *analyst, article *corpus.Article, id ArticleID) error {
	if xxhash.Sum64(a.doc.Norm) != s.textHashes[id] {
		return fmt.Errorf("reading %q again: the article on line %d has changed since the scan began", article.Path, article.Line)
	}
	return nil
}
