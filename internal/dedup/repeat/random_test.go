package repeat

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// defaults are the options of a scan.
var defaults = Options{MinTokens: 1, Similarity: 0.9, ShingleSize: 5, Window: 8}

// hashOf stands for the hash of the normal form of a text known by a number.
func hashOf(text int) uint64 { return uint64(text+1) * 0x9e3779b97f4a7c15 }

// tableOf returns a table of articles that are given by the texts of their
// paragraphs. All have too few tokens to be near another.
func tableOf(articles ...[]int) *Table {
	table := NewTable(defaults)
	var counts []uint32
	for _, texts := range articles {
		counts = append(counts, uint32(len(texts)))
		for _, text := range texts {
			table.Add(hashOf(text), 5, 0, 0)
		}
	}
	table.AddArticles(counts)
	return table
}

// textBatch is the number of paragraphs whose entries textsOf adds at once.
const textBatch = 1 << 12

// textsOf makes the texts as a scan does, batch by batch.
func textsOf(t testing.TB, table *Table) *Texts {
	t.Helper()
	var store group.Store
	var batch group.Batch
	for start := 0; start < table.Len(); start += textBatch {
		batch.Reset()
		table.AddTexts(&batch, start, min(start+textBatch, table.Len()))
		batch.Part()
		if err := store.Append(&batch, start); err != nil {
			t.Fatal(err)
		}
	}
	return table.NewTexts(partsOf(t, &store))
}

// partsOf returns the lists of all partitions, and empties the store.
func partsOf(t testing.TB, store *group.Store) []group.Lists {
	t.Helper()
	var lister group.Lister
	parts := make([]group.Lists, group.Partitions)
	for part := range parts {
		lists, err := lister.Lists(store, part)
		if err != nil {
			t.Fatal(err)
		}
		parts[part] = lists
	}
	return parts
}

// standingsOf are those of the table's texts.
func standingsOf(t testing.TB, table *Table, near []Near, articles Articles) ([]Standing, int) {
	t.Helper()
	return table.Standings(textsOf(t, table), near, articles)
}

func hashesOf(random *rand.Rand, count int) []uint64 {
	hashes := make([]uint64, count)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	return hashes
}

func shinglesOf(tokens []uint64, size int) []uint64 {
	return shingle.Append(nil, shingle.AppendSums(nil, tokens), size)
}

// A corpus is what a scan keeps of articles, and of their paragraphs as tokens.
type corpus struct {
	options  Options
	table    *Table
	texts    [][]uint64 // by paragraph
	store    group.Store
	sketcher minhash.Sketcher
}

func newCorpus(options Options) *corpus { return &corpus{options: options, table: NewTable(options)} }

// add adds an article of the paragraphs, with the samples that a scan takes.
func (c *corpus) add(t testing.TB, paragraphs ...[]uint64) {
	t.Helper()
	var batch group.Batch
	size := c.options.ShingleSize
	sketch := c.sketcher.Sketch(shinglesOf(slices.Concat(paragraphs...), size), c.options.Window)
	end := 0
	base := c.table.Len()
	for number, tokens := range paragraphs {
		start := end
		end += len(tokens)
		for _, sample := range sketch.Samples {
			if start <= int(sample.At) && int(sample.At) < end {
				batch.Add(sample.Key, uint32(number), sample.Weight)
			}
		}
		hashes := shinglesOf(tokens, size)
		if window := c.options.OwnWindow(len(tokens)); window > 0 {
			for _, key := range c.sketcher.Minima(hashes, window) {
				batch.Add(key, uint32(number), 0)
			}
		}
		c.table.Add(shingle.Run(shingle.AppendSums(nil, tokens)), len(tokens), 0, Map(hashes))
		c.texts = append(c.texts, tokens)
	}
	batch.Part()
	if err := c.store.Append(&batch, base); err != nil {
		t.Fatal(err)
	}
	c.table.AddArticles([]uint32{uint32(len(paragraphs))})
}

// lists returns which paragraphs share samples. It empties the store.
func (c *corpus) lists(t testing.TB) *group.Lists {
	t.Helper()
	joined := group.Join(partsOf(t, &c.store))
	return &joined
}

// live tells which paragraphs share enough by the lists.
func (c *corpus) live(texts *Texts, lists *group.Lists) []bool {
	shares := NewShares(c.table.Len())
	for i, owner := range lists.Owners {
		shares.Add(owner, lists.Tags[i])
	}
	return c.table.Live(texts, shares)
}

// candidates are those of a scan: of the lists of paragraphs that are live. It empties the store.
func (c *corpus) candidates(t testing.TB) (pairs []Pair, bounded int) {
	t.Helper()
	texts, lists := textsOf(t, c.table), c.lists(t)
	selected := lists.Select(c.live(texts, lists))
	return c.table.Candidates(texts, &selected)
}
