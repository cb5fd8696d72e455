package dedup

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// blockTokens bounds the tokens of a block: what is held at once of the first
// articles of pairs, while the second ones are read by. At 17 bytes each, a shingle's
// hash, a word's and its class, that is 70 MB, and 100 MB where the texts are held too, to
// tell what changed. A single larger article is a block of its own.
const blockTokens = 4 << 20

// partTokens is what a part costs beside its tokens, in tokens: its place and
// its text. A million paragraphs of one word are not small.
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
	// read has the analyst read the part of the article.
	read func(a *analyst, article *corpus.Article, p part) error
}

func (s *scan) wholeArticles() parts {
	words := func(id uint32) int { return s.result.Articles[id].Words }
	return parts{
		of:     func(id uint32) part { return part{id, ArticleID(id), whole} },
		tokens: words,
		most:   s.blockTokens,
		// Articles that are alike are alike in size.
		before: func(a, b uint32) int { return cmp.Or(cmp.Compare(words(a), words(b)), cmp.Compare(a, b)) },
		read: func(a *analyst, article *corpus.Article, p part) error {
			a.analyse(article.Body)
			return checkUnchanged(a.textHash(), s.textHashes[p.article])
		},
	}
}

func (s *scan) singleParagraphs() parts {
	return parts{
		of: func(id uint32) part {
			return part{id, ArticleID(s.paragraphs.ArticleOf(id)), s.paragraphs.NumberOf(id)}
		},
		tokens: func(id uint32) int { return int(s.paragraphs.Tokens[id]) },
		most:   s.blockTokens,
		before: cmp.Compare[uint32], // all paragraphs of an article are read at once
		read: func(a *analyst, article *corpus.Article, p part) error {
			start, next := s.extent(p.id, len(article.Body))
			a.analyseParagraph(article.Body, start, next)
			return checkUnchanged(a.textHash(), s.paragraphs.Hashes[p.id])
		},
	}
}

// extent is where a paragraph begins in its article's body and where the next
// one does, or the body ends.
func (s *scan) extent(paragraph uint32, length int) (start, next int) {
	start, next = int(s.paragraphs.Starts[paragraph]), length
	if _, end := s.paragraphs.Of(s.paragraphs.ArticleOf(paragraph)); paragraph+1 < end {
		next = int(s.paragraphs.Starts[paragraph+1])
	}
	return min(start, length), min(max(start, next), length)
}

// checkUnchanged reports words that are other ones than when they were first read.
func checkUnchanged(found, read uint64) error {
	if found != read {
		return errChanged
	}
	return nil
}

// load reads the parts of the ids, which are ascending, and returns what take
// makes of each, and the zero value of those that are lost. Each article is fetched once, however many of its
// paragraphs are asked for. take is called concurrently, with an analyst that
// has read the part.
func load[T any](s *scan, what parts, ids []uint32, take func(*analyst, *corpus.Article, part) T) ([]T, error) {
	loaded := make([]T, 0, len(ids))
	err := eachArticle(s, what, ids, func(a *analyst, article *corpus.Article, asked []uint32) ([]T, error) {
		values := make([]T, len(asked))
		for i, id := range asked {
			p := what.of(id)
			ok, err := s.readPart(a, what, article, p)
			if err != nil {
				return nil, err
			}
			if ok {
				values[i] = take(a, article, p)
			}
		}
		return values, nil
	}, func(values []T) { loaded = append(loaded, values...) })
	return loaded, err
}

// eachArticle fetches the articles of the ids, which are ascending, and calls
// work with each, nil where it is lost, and those of the ids that are parts of it,
// concurrently. It hands the results to take in their order.
func eachArticle[Out any](s *scan, what parts, ids []uint32, work func(a *analyst, article *corpus.Article, asked []uint32) (Out, error), take func(Out)) error {
	var jobs [][]uint32 // one an article
	for start := 0; start < len(ids); {
		end, article := start+1, what.of(ids[start]).article
		for end < len(ids) && what.of(ids[end]).article == article {
			end++
		}
		jobs = append(jobs, ids[start:end])
		start = end
	}
	analysts := s.analysts()
	return parallel.Over(s.ctx, s.options.Workers, jobs, func(worker int, asked []uint32) (out Out, err error) {
		a := analysts[worker]
		article, ok, err := s.fetch(a, what.of(asked[0]).article)
		if err != nil {
			return out, err
		}
		if !ok {
			return work(a, nil, asked)
		}
		return work(a, &article, asked)
	}, take)
}

// A join reads the parts of pairs again and compares them.
type join[Part, Found any] struct {
	parts parts
	// take makes of a part that the analyst has read what is compared: in the
	// analyst's memory, valid until it reads another.
	take func(*analyst, *corpus.Article, part) Part
	keep func(Part) Part // a copy that lasts
	// meet compares the pair at a position of the list, and reports whether it has
	// found anything. It is called concurrently, for all pairs of one second
	// part in a row; first is true for the first of them.
	meet func(a *analyst, pair int, one, other Part, first bool) (Found, bool)
	// found is handed what meet has found, by one goroutine, in an order that means
	// nothing but does not depend on the workers.
	found func(Found)
	// progress is told how many pairs are done.
	progress func(done int)
}

// run goes through the pairs. The first parts are held block by block, so that
// they fit in memory; a second part that is not held itself is read for each
// block that it has a partner in, and not for each partner.
func (j join[Part, Found]) run(s *scan, pairs []candidate.Pair) error {
	done := 0
	for _, block := range j.blocks(pairs) {
		ids := make([]uint32, len(block))
		for i, pair := range block {
			ids[i] = pairs[pair].A
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		held, err := load(s, j.parts, ids, func(a *analyst, article *corpus.Article, p part) Part {
			return j.keep(j.take(a, article, p))
		})
		if err != nil {
			return err
		}
		b := joined[Part, Found]{join: j, scan: s, pairs: pairs, ids: ids, held: held, done: done}
		b.group(j.left(s, pairs, block))
		if err := b.meetHeld(); err != nil {
			return err
		}
		if err := b.meetRead(); err != nil {
			return err
		}
		done += len(block)
	}
	return nil
}

// left returns the pairs of a block, which it overwrites, whose first part is held
// and not lost, and whose second is not known to be.
func (j join[Part, Found]) left(s *scan, pairs []candidate.Pair, block []int) []int {
	if !s.lost.any() {
		return block
	}
	return slices.DeleteFunc(block, func(pair int) bool {
		return s.lost.has(j.parts.of(pairs[pair].A).article) || s.lost.has(j.parts.of(pairs[pair].B).article)
	})
}

// A joined is a block of a join: the pairs whose first parts are held.
type joined[Part, Found any] struct {
	join  join[Part, Found]
	scan  *scan
	pairs []candidate.Pair
	ids   []uint32 // of what is held, ascending
	held  []Part
	done  int // pairs, with those of the blocks before

	// The positions of the pairs, by their second parts, which are ascending:
	// of those that are held themselves, and of the others.
	inside, outside []row
}

// A row is the pairs of one second part.
type row struct {
	id    uint32
	pairs []int
}

// group fills inside and outside.
func (b *joined[Part, Found]) group(block []int) {
	slices.SortFunc(block, func(p, q int) int { return cmp.Or(cmp.Compare(b.pairs[p].B, b.pairs[q].B), cmp.Compare(p, q)) })
	for start := 0; start < len(block); {
		end, id := start+1, b.pairs[block[start]].B
		for end < len(block) && b.pairs[block[end]].B == id {
			end++
		}
		if _, held := b.find(id); held {
			b.inside = append(b.inside, row{id, block[start:end]})
		} else {
			b.outside = append(b.outside, row{id, block[start:end]})
		}
		start = end
	}
}

func (b *joined[Part, Found]) find(id uint32) (at int, held bool) {
	return slices.BinarySearch(b.ids, id)
}

// A meeting is what came of some pairs.
type meeting[Found any] struct {
	found []Found
	pairs int
}

// add adds what came of more.
func (m *meeting[Found]) add(found []Found, pairs int) {
	m.found, m.pairs = append(m.found, found...), m.pairs+pairs
}

// meetRow compares the pairs of a row.
func (b *joined[Part, Found]) meetRow(a *analyst, r row, other Part) (found []Found) {
	for i, pair := range r.pairs {
		at, _ := b.find(b.pairs[pair].A)
		if one, ok := b.join.meet(a, pair, b.held[at], other, i == 0); ok {
			found = append(found, one)
		}
	}
	return found
}

// take hands on what came of some pairs.
func (b *joined[Part, Found]) take(m meeting[Found]) {
	for _, one := range m.found {
		b.join.found(one)
	}
	b.done += m.pairs
	b.join.progress(b.done)
}

// meetHeld compares what is held.
func (b *joined[Part, Found]) meetHeld() error {
	analysts := b.scan.analysts()
	return parallel.Over(b.scan.ctx, b.scan.options.Workers, b.inside, func(worker int, r row) (meeting[Found], error) {
		at, _ := b.find(r.id)
		return meeting[Found]{b.meetRow(analysts[worker], r, b.held[at]), len(r.pairs)}, nil
	}, b.take)
}

// meetRead compares what is held with what is read by.
func (b *joined[Part, Found]) meetRead() error {
	ids := make([]uint32, len(b.outside))
	for i, r := range b.outside {
		ids[i] = r.id
	}
	return eachArticle(b.scan, b.join.parts, ids, func(a *analyst, article *corpus.Article, asked []uint32) (m meeting[Found], err error) {
		at, _ := slices.BinarySearch(ids, asked[0])
		for i, id := range asked {
			p := b.join.parts.of(id)
			ok, err := b.scan.readPart(a, b.join.parts, article, p)
			if err != nil {
				return m, err
			}
			r := b.outside[at+i]
			if !ok {
				m.pairs += len(r.pairs)
				continue
			}
			m.add(b.meetRow(a, r, b.join.take(a, article, p)), len(r.pairs))
		}
		return m, nil
	}, b.take)
}

// blocks parts the positions of the pairs by the block of their first parts.
// The paragraphs of an article that stand together are one block however many
// they are: it would be read again for each other one.
func (j join[Part, Found]) blocks(pairs []candidate.Pair) (blocks [][]int) {
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(p, q int) int {
		return cmp.Or(j.parts.before(pairs[p].A, pairs[q].A), cmp.Compare(p, q))
	})
	start, tokens := 0, 0
	for i, pair := range order {
		if i > start && pairs[order[i-1]].A == pairs[pair].A {
			continue
		}
		weight := j.parts.tokens(pairs[pair].A) + partTokens
		sameArticle := i > start && j.parts.of(pairs[order[i-1]].A).article == j.parts.of(pairs[pair].A).article
		if tokens > 0 && tokens+weight > j.parts.most && !sameArticle {
			blocks = append(blocks, order[start:i])
			start, tokens = i, 0
		}
		tokens += weight
	}
	if start < len(order) {
		blocks = append(blocks, order[start:])
	}
	return blocks
}
