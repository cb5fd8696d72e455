package event

import (
	"embed"
	"fmt"
	"math"
	"math/bits"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

//go:embed background/*.txt
var tables embed.FS

// A Language is one that a background table tells: its position among them, from 1.
type Language uint8

// Unknown is the language of an article that no table tells.
const Unknown Language = 0

// A band is the share of the articles of a language that hold a word, coarsely.
type band uint8

// The bands of words that are in no table. That of other words was measured on
// English news, and hardly matters; counts are numbers of one or two digits, and years.
const (
	rare band = iota
	count
	tabled
)

// bandShares are the shares of the bands: those behind tabled are what a table may say.
var bandShares = [...]float64{rare: 0.026, count: 0.10, tabled: 0.12, 0.25, 0.40, 0.55, 0.70, 0.85, 0.95}

// bandOf returns the band of a share that a table says, in percent.
func bandOf(percent int) (band, bool) {
	for b := tabled; int(b) < len(bandShares); b++ {
		if math.Round(100*bandShares[b]) == float64(percent) {
			return b, true
		}
	}
	return rare, false
}

// A share says in what part of the articles of a language a word stands.
type share struct {
	word     uint64 // its hash as a term
	language Language
	band     band
}

// A background is the tables of all languages, by hash of the words.
type background struct {
	names  []string // by language; that of Unknown is ""
	shares []share  // of one word beside each other, by language
	slots  []uint32 // by the low bits of a hash: the position in shares, plus 1
	mask   uint64
}

// theBackground parses the tables when they are first asked for.
var theBackground = sync.OnceValue(func() *background {
	b, err := newBackground()
	if err != nil {
		panic(fmt.Sprintf("event: %v", err))
	}
	return b
})

func newBackground() (*background, error) {
	b := &background{names: []string{""}}
	entries, err := tables.ReadDir("background")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		data, err := tables.ReadFile(path.Join("background", entry.Name()))
		if err != nil {
			return nil, err
		}
		b.names = append(b.names, strings.TrimSuffix(entry.Name(), ".txt"))
		if err := b.add(Language(len(b.names)-1), string(data)); err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
	}
	b.index()
	return b, nil
}

// add adds a table: lines of a share in percent and the words that have it.
func (b *background) add(language Language, table string) error {
	var doc text.Document
	var terms termReader
	for line := range strings.Lines(table) {
		var percent int
		if _, err := fmt.Sscan(line, &percent); err != nil {
			return fmt.Errorf("no share begins the line %q", line)
		}
		band, ok := bandOf(percent)
		if !ok {
			return fmt.Errorf("a share of %d percent is none of those that tables have", percent)
		}
		_, words, _ := strings.Cut(line, " ")
		doc.Parse([]byte(words), text.Line)
		terms.start(&doc, shingle.AppendDocument(nil, &doc))
		for terms.next() {
			b.shares = append(b.shares, share{terms.hash, language, band})
		}
	}
	return nil
}

// index orders the shares and fills the slots, of which a quarter are taken.
func (b *background) index() {
	slices.SortFunc(b.shares, func(p, q share) int {
		switch {
		case p.word != q.word && p.word < q.word, p.word == q.word && p.language < q.language:
			return -1
		case p.word == q.word && p.language == q.language:
			return int(q.band) - int(p.band)
		}
		return 1
	})
	b.shares = slices.CompactFunc(b.shares, func(p, q share) bool { return p.word == q.word && p.language == q.language })
	b.slots = make([]uint32, 1<<bits.Len(uint(4*len(b.shares))))
	b.mask = uint64(len(b.slots) - 1)
	for i, s := range b.shares {
		if i > 0 && b.shares[i-1].word == s.word {
			continue
		}
		at := s.word & b.mask
		for b.slots[at] != 0 {
			at = (at + 1) & b.mask
		}
		b.slots[at] = uint32(i + 1)
	}
}

// of returns the shares of the word, by language.
func (b *background) of(word uint64) []share {
	for at := word & b.mask; b.slots[at] != 0; at = (at + 1) & b.mask {
		first := int(b.slots[at] - 1)
		if b.shares[first].word != word {
			continue
		}
		end := first + 1
		for end < len(b.shares) && b.shares[end].word == word {
			end++
		}
		return b.shares[first:end]
	}
	return nil
}

// in returns the band of a word in the language, by the shares of the word.
func in(shares []share, language Language) (band, bool) {
	for _, s := range shares {
		if s.language == language {
			return s.band, true
		}
	}
	return rare, false
}
