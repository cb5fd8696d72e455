package dedup

import (
	"bytes"
	"sync/atomic"
	"unicode/utf16"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/event"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/dedup/similarity"
	"github.com/newsdedup/newsdedup/internal/text"
)

// An analyst takes articles apart: tokens, shingles, paragraphs. It keeps
// scratch memory: one for each worker.
type analyst struct {
	options  Options
	repeats  repeat.Options
	window   int            // of the sketches
	samples  bool           // whether sketches are made
	scratch  corpus.Scratch // of the article that is read
	doc      text.Document
	sums     []uint64 // of the tokens, as package shingle has them
	shingles []uint64 // shingle hashes in order
	sketcher minhash.Sketcher
	stories  *event.Sketcher
	told     *atomic.Bool // whether stories are looked for

	long    []uint64 // shingles that are sampled for passages
	outside []int32  // see outside

	ownWindows [64]int // by tokens of a paragraph, see ownWindow

	table     similarity.Table
	distinct  similarity.Set
	paragraph []byte // as it stands in the body, if one was read
	wording   wording
	differ    differ

	lineCounter
}

// A lineCounter tells the lines of an article, and the columns.
type lineCounter struct {
	counted, countedTo int // the newlines before countedTo in its body
	units, columnTo    int // the UTF-16 units between the beginning of a line and columnTo
}

// analysts returns one for each worker, for one step: what they grow to for a
// large article is let go of at its end.
func (s *scan) analysts() []*analyst {
	analysts := make([]*analyst, s.options.Workers)
	for i := range analysts {
		analysts[i] = s.analyst()
	}
	return analysts
}

func (s *scan) analyst() *analyst {
	a := newAnalyst(s.options)
	if a.told = &s.stories.wanted; a.told.Load() {
		a.stories = event.NewSketcher()
	}
	return a
}

func newAnalyst(options Options) *analyst {
	a := &analyst{options: options, repeats: options.repeats(), window: options.window(), samples: options.needSamples()}
	for tokens := range a.ownWindows {
		a.ownWindows[tokens] = a.repeats.OwnWindow(tokens)
	}
	return a
}

// analyse reads the body. What it leaves in the analyst is valid until the next call.
func (a *analyst) analyse(body []byte) {
	a.doc.Parse(body, a.options.Paragraphs)
	a.hash()
	a.lineCounter = lineCounter{}
}

// analyseParagraph reads what stands of the body from start up to where the
// next paragraph begins, as if it were a text of one paragraph.
func (a *analyst) analyseParagraph(body []byte, start, next int) {
	a.doc.ParseParagraph(body[start:next])
	a.paragraph = body[start : start+a.doc.Paragraphs[0].End]
	a.hash()
}

// hash hashes what has been parsed.
func (a *analyst) hash() {
	a.sums = shingle.AppendDocument(a.sums[:0], &a.doc)
	a.shingles = shingle.Append(a.shingles[:0], a.sums, a.options.ShingleSize)
}

// lineOf returns the line of the article's file that holds the byte of its
// body at offset. Asked in ascending order it counts every line once.
func (l *lineCounter) lineOf(article *corpus.Article, offset int) int {
	if !article.Verbatim {
		return article.Line
	}
	if offset < l.countedTo {
		l.counted, l.countedTo = 0, 0
	}
	l.counted += bytes.Count(article.Body[l.countedTo:offset], []byte{'\n'})
	l.countedTo = offset
	return article.BodyLine + l.counted
}

// columnOf returns the column of the byte of the body at offset, from 1, in UTF-16 units
// as SARIF and most editors count, and 0 where the body does not stand in the file as it
// is. Asked in ascending order it reads every byte once, however long a line is.
func (l *lineCounter) columnOf(article *corpus.Article, offset int) int {
	if !article.Verbatim {
		return 0
	}
	if offset < l.columnTo {
		l.units, l.columnTo = 0, 0
	}
	between := article.Body[l.columnTo:offset]
	if newline := bytes.LastIndexByte(between, '\n'); newline >= 0 {
		l.units, between = 0, between[newline+1:]
	}
	for _, char := range string(between) {
		l.units += max(1, utf16.RuneLen(char))
	}
	l.columnTo = offset
	return l.units + 1
}

// shinglesOf returns the shingles of a paragraph, which do not reach over its ends.
func (a *analyst) shinglesOf(paragraph text.Paragraph) []uint64 {
	size := a.options.ShingleSize
	if paragraph.LastToken-paragraph.FirstToken >= size {
		return a.shingles[paragraph.FirstToken : paragraph.LastToken-size+1]
	}
	return shingle.Append(nil, a.sumsOf(paragraph), size)
}

func (a *analyst) sumsOf(paragraph text.Paragraph) []uint64 {
	return a.sums[paragraph.FirstToken : paragraph.LastToken+1]
}

// textHash is the hash of all tokens read.
func (a *analyst) textHash() uint64 { return shingle.Run(a.sums) }

// norm is the normal form of the text.
func (a *analyst) norm() []byte { return a.doc.AppendNorm(nil, 0, a.doc.Len()) }
