package dedup

import (
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/hashset"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/passage"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A passageSearch is what the search for passages keeps from step to step.
type passageSearch struct {
	samples group.Store // of all articles, which own them
	shared  hashset.Set // the keys of those that stand twice
	askers  []uint32    // the articles that have one, ascending

	text    passage.Text
	islands []island // its parts
	words   int      // of all islands: of those that had no room too, which are not kept
	tokens  map[string]int32
	weighty []bool // by number of a token: it is not only seen in names
}

// passageShingle is the size of the shingles that are sampled for passages of at least
// some words, and the window: of size+window-1 words in a row that stand twice, one
// sample does. Longer shingles stand again by chance less often, longer windows keep
// fewer samples: at 25 words, one of eight shingles of eleven.
func passageShingle(least int) (size, window int) {
	window = min(minhash.LongestWinnow, least-max(5, least/3)+1)
	return least - window + 1, window
}

// keepPassageSamples adds the samples of the article to the batch, where passages are
// looked for.
func (a *analyst) keepPassageSamples(b *batch) {
	if a.options.Passages == 0 {
		return
	}
	owner := uint32(len(b.counts))
	a.eachPassageSample(func(key uint64, _ int) { b.passages.Add(key, owner, 0) })
}

// eachPassageSample calls visit with each sample and the token that its shingle begins with.
func (a *analyst) eachPassageSample(visit func(key uint64, at int)) {
	size, window := passageShingle(a.options.Passages)
	if a.doc.Len() < a.options.Passages {
		return
	}
	a.long = shingle.Append(a.long[:0], a.sums, size)
	a.sketcher.Winnow(a.long, window, visit)
}

// sharePassageSamples finds the samples that stand twice, and the articles with one.
func (s *scan) sharePassageSamples() error {
	if s.options.Passages == 0 {
		return nil
	}
	keys := make([][]uint64, group.Partitions)
	owners := make([][]bool, s.options.Workers)
	listers := make([]group.Lister, s.options.Workers)
	err := s.eachPartition(func(worker, part int) error {
		if owners[worker] == nil {
			owners[worker] = make([]bool, len(s.result.Articles))
		}
		return listers[worker].Each(&s.passages.samples, part, func(key uint64, owner uint32) {
			if last := len(keys[part]) - 1; last < 0 || keys[part][last] != key {
				keys[part] = append(keys[part], key)
			}
			owners[worker][owner] = true
		})
	})
	if err != nil {
		return err
	}
	s.passages.samples = group.Store{}
	s.passages.shared.Reset(lengths(keys))
	for _, ofPart := range keys {
		for _, key := range ofPart {
			s.passages.shared.Add(key)
		}
	}
	for id := range s.result.Articles {
		for _, has := range owners {
			if has != nil && has[id] {
				s.passages.askers = append(s.passages.askers, uint32(id))
				break
			}
		}
	}
	return nil
}

func lengths[T any](lists [][]T) (total int) {
	for _, list := range lists {
		total += len(list)
	}
	return total
}

// An island is a stretch of an article in which a passage may stand.
type island struct {
	article ArticleID
	first   int // token
	tokens  int
}

// islands are those of one article, as they go from a worker to the scan.
type islands struct {
	list    []island
	norm    []byte // the normal forms of their tokens, each followed by a space
	weighty []bool // by token: whether it is no name here
}

// readIslands reads the articles that share samples again, and keeps what may stand twice.
func (s *scan) readIslands() error {
	s.passages.tokens = make(map[string]int32)
	done := 0
	var tokens []int32
	err := eachArticle(s, s.wholeArticles(), s.passages.askers, func(a *analyst, article *corpus.Article, asked []uint32) (found islands, err error) {
		p := part{asked[0], ArticleID(asked[0]), whole}
		if ok, err := s.readPart(a, s.wholeArticles(), article, p); err != nil || !ok {
			return found, err
		}
		return a.islands(p.article, &s.passages.shared), nil
	}, func(found islands) {
		tokens = s.keepIslands(found, tokens[:0])
		done++
		s.progress(Passages, done, len(s.passages.askers))
	})
	s.passages.shared, s.passages.tokens = hashset.Set{}, nil
	return err
}

// islands returns the stretches that are covered by the runs of the least length that have
// a sample which stands twice: a passage lies in one of them, since any two such runs in
// it that are one word apart overlap.
func (a *analyst) islands(id ArticleID, shared *hashset.Set) (found islands) {
	least := a.options.Passages
	size, _ := passageShingle(least)
	a.eachPassageSample(func(key uint64, at int) {
		if !shared.Has(group.Counted(key)) {
			return
		}
		start, end := max(0, at+size-least), min(a.doc.Len(), at+least)
		if last := len(found.list) - 1; last >= 0 && start <= found.list[last].first+found.list[last].tokens {
			found.list[last].tokens = end - found.list[last].first
			return
		}
		found.list = append(found.list, island{id, start, end - start})
	})
	for _, one := range found.list {
		found.norm = a.doc.AppendNorm(found.norm, one.first, one.first+one.tokens)
		for token := one.first; token < one.first+one.tokens; token++ {
			found.weighty = append(found.weighty, !isName(a.doc.Body[a.doc.Starts[token]:a.doc.Ends[token]]))
		}
	}
	return found
}

// keepIslands adds the islands of the next article to the text that is searched, while there is
// room. Equal words get equal numbers: words, not hashes of them.
func (s *scan) keepIslands(found islands, tokens []int32) []int32 {
	for _, one := range found.list {
		s.passages.words += one.tokens + 1
	}
	if s.passages.words > s.roomForPassages() {
		return tokens
	}
	norm := found.norm
	for _, one := range found.list {
		tokens = tokens[:0]
		for range one.tokens {
			end := 0
			for norm[end] != ' ' {
				end++
			}
			number, known := s.passages.tokens[string(norm[:end])]
			if !known {
				number = int32(len(s.passages.tokens))
				s.passages.tokens[string(norm[:end])] = number
				s.passages.weighty = append(s.passages.weighty, false)
			}
			tokens, norm = append(tokens, number), norm[end+1:]
		}
		for i, number := range tokens {
			s.passages.weighty[number] = s.passages.weighty[number] || found.weighty[i]
		}
		found.weighty = found.weighty[one.tokens:]
		s.passages.text.Add(uint32(one.article), tokens)
		s.passages.islands = append(s.passages.islands, one)
	}
	return tokens
}

// longestAcronym is the letters from which a word in capitals is one of a headline in
// capitals, and not an acronym.
const longestAcronym = 5

// isName reports whether a word looks like a part of a name, or is a number: in scripts
// with case, a word with a capital.
func isName(word []byte) bool {
	first, size := utf8.DecodeRune(word)
	if unicode.IsNumber(first) {
		return true
	}
	if !unicode.IsUpper(first) && !unicode.IsTitle(first) {
		return false
	}
	letters := 1
	for word = word[size:]; len(word) > 0; word = word[size:] {
		var letter rune
		letter, size = utf8.DecodeRune(word)
		if unicode.IsLower(letter) {
			return true
		}
		letters++
	}
	return letters <= longestAcronym
}
