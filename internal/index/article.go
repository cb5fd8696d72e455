package index

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// unpublished stands for the time of an article that has none.
const unpublished = math.MinInt64

// appendArticle appends an article as a block has it: numbers as varints, each text behind
// its length, the body last.
func appendArticle(b []byte, a *corpus.Article) []byte {
	verbatim, published := uint64(0), int64(unpublished)
	if a.Verbatim {
		verbatim = 1
	}
	if !a.Meta.Published.IsZero() {
		published = a.Meta.Published.Unix()
	}
	b = binary.AppendUvarint(b, uint64(a.Line))
	b = binary.AppendUvarint(b, uint64(a.BodyLine))
	b = binary.AppendUvarint(b, verbatim)
	b = binary.AppendVarint(b, published)
	for _, text := range [...]string{a.Key, a.Source, a.Path, a.Meta.Title, a.Meta.URL, a.Meta.Language} {
		b = binary.AppendUvarint(b, uint64(len(text)))
		b = append(b, text...)
	}
	return append(b, a.Body...)
}

// A parser takes numbers and texts off the bytes of an article.
type parser struct {
	rest []byte
	bad  bool
}

func (p *parser) number() uint64 {
	value, n := binary.Uvarint(p.rest)
	p.moveOn(n)
	return value
}

// moveOn takes n bytes off, of a number that could be read if it has any.
func (p *parser) moveOn(n int) {
	if n <= 0 {
		p.bad, p.rest = true, nil
		return
	}
	p.rest = p.rest[n:]
}

func (p *parser) signed() int64 {
	value, n := binary.Varint(p.rest)
	p.moveOn(n)
	return value
}

func (p *parser) text() []byte {
	length := p.number()
	if length > uint64(len(p.rest)) {
		p.bad, p.rest = true, nil
		return nil
	}
	text := p.rest[:length]
	p.rest = p.rest[length:]
	return text
}

// readArticle reads what appendArticle wrote. The body is an alias of b.
func readArticle(b []byte, scratch *corpus.Scratch) (corpus.Article, error) {
	p := parser{rest: b}
	a := corpus.Article{Line: int(p.number()), BodyLine: int(p.number()), Verbatim: p.number() == 1, Earlier: true}
	if published := p.signed(); published != unpublished {
		a.Meta.Published = time.Unix(published, 0).UTC()
	}
	a.Key, a.Source, a.Path = scratch.Key(p.text()), scratch.Word(p.text()), scratch.Word(p.text())
	a.Meta.Title, a.Meta.URL, a.Meta.Language = scratch.Key(p.text()), scratch.Key(p.text()), scratch.Word(p.text())
	if p.bad {
		return a, damaged("an article cannot be read")
	}
	a.Body = p.rest
	return a, nil
}

// A row is what is known of an article without reading it.
type row struct {
	block         uint64 // where its block stands in the file
	start, length uint32 // of the article in the block
	textHash      uint64
	words         uint32
	tag           uint32 // of its source
	outline       dedup.Outline
}

// rowBytes is the length of a row, with its checksum.
const rowBytes = 112

// wholeFlag is set in the flags of an article whose samples are all its shingles.
const wholeFlag = 1

func appendRow(b []byte, r *row) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint64(b, r.block)
	b = binary.LittleEndian.AppendUint32(b, r.start)
	b = binary.LittleEndian.AppendUint32(b, r.length)
	b = binary.LittleEndian.AppendUint64(b, r.textHash)
	b = binary.LittleEndian.AppendUint32(b, r.words)
	b = binary.LittleEndian.AppendUint32(b, r.tag)
	b = binary.LittleEndian.AppendUint32(b, uint32(r.outline.Shingles))
	b = binary.LittleEndian.AppendUint32(b, uint32(int32(r.outline.Windows)))
	flags := uint32(0)
	if r.outline.Whole {
		flags = wholeFlag
	}
	b = binary.LittleEndian.AppendUint32(b, flags)
	for _, word := range r.outline.Map {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return binary.LittleEndian.AppendUint32(b, sum(b[start:]))
}

// readRow reads what appendRow wrote, of rowBytes.
func readRow(b []byte) (r row, err error) {
	body := b[:rowBytes-sumBytes]
	if sum(body) != binary.LittleEndian.Uint32(b[len(body):]) {
		return r, damaged("a row has another checksum")
	}
	r.block = binary.LittleEndian.Uint64(b)
	r.start, r.length = binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b[12:])
	r.textHash = binary.LittleEndian.Uint64(b[16:])
	r.words, r.tag = binary.LittleEndian.Uint32(b[24:]), binary.LittleEndian.Uint32(b[28:])
	r.outline.Shingles = int(binary.LittleEndian.Uint32(b[32:]))
	r.outline.Windows = int(int32(binary.LittleEndian.Uint32(b[36:])))
	r.outline.Whole = binary.LittleEndian.Uint32(b[40:])&wholeFlag != 0
	for i := range r.outline.Map {
		r.outline.Map[i] = binary.LittleEndian.Uint64(b[44+8*i:])
	}
	return r, nil
}

// tagBits is the length of a source's tag: two sources of a million have the same, by which
// a paragraph may be said to repeat one that stood elsewhere and not in its own source.
const tagBits = 20

// tagOf is the tag of a source, 0 for an unknown one.
func tagOf(source string) uint32 {
	if source == "" {
		return 0
	}
	return 1 + uint32(xxhash.Sum64String(source)%(1<<tagBits-1))
}

// nameHash is what an article is found by that has the key.
func nameHash(key string) uint64 { return xxhash.Sum64String(key) }
