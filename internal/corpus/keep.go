package corpus

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"time"
)

// NoArticle is the kind of the problem by which a Decode says that a record is
// none and need not be one (a picture in a crawl): its Message names what the
// record is. It is counted, by input and message, and not reported.
const NoArticle = "no-article"

// A keeper counts what is no article, and what was not UTF-8, and knows whether
// all articles could be kept. The zero value is ready.
type keeper struct {
	mu      sync.Mutex
	passed  tally // by message
	encoded tally // by encoding
	undated map[int]int
	failed  error // the first of keeping an article
}

// fail takes note that an article could not be kept.
func (k *keeper) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed == nil {
		k.failed = err
	}
}

// failure returns why an article could not be kept, nil where all could.
func (k *keeper) failure() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.failed
}

// A tally counts by input and name.
type tally map[int]map[string]int

func (t *tally) add(input int, name string) {
	if *t == nil {
		*t = make(tally)
	}
	if (*t)[input] == nil {
		(*t)[input] = make(map[string]int)
	}
	(*t)[input][name]++
}

// passOver takes the records that are no articles out of the problems.
func (k *keeper) passOver(input int, problems []Problem) []Problem {
	return slices.DeleteFunc(problems, func(p Problem) bool {
		if p.Kind != NoArticle {
			return false
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.passed.add(input, p.Message)
		return true
	})
}

// countEncoded counts an article that was not UTF-8.
func (k *keeper) countEncoded(input int, name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.encoded.add(input, name)
}

// countUndated counts an article whose time of publication cannot be read.
func (k *keeper) countUndated(input int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.undated == nil {
		k.undated = make(map[int]int)
	}
	k.undated[input]++
}

// fill fills in what is known of an input.
func (k *keeper) fill(info *InputInfo, input int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	info.PassedOver, info.Encodings = maps.Clone(k.passed[input]), maps.Clone(k.encoded[input])
	info.Undated = k.undated[input]
}

// keepRecord writes down a record that cannot be read again where it lies: its
// place in the input, and its bytes. So the spool holds what may be fetched,
// and not what a splitter passes over, of which there may be a thousand times as much.
func (c *Corpus) keepRecord(record *Record) error {
	c.place = binary.AppendVarint(c.place[:0], record.Offset)
	at, err := c.spool.Append(c.place, record.Data)
	record.Kept = at + 1
	return err
}

// keptLength is how much of the spool a record takes.
func keptLength(record Record) int {
	var place [binary.MaxVarintLen64]byte
	return binary.PutVarint(place[:], record.Offset) + len(record.Data)
}

// readKept reads the record that stands at the place again.
func (c *Corpus) readKept(scratch *Scratch, at Locator) (Record, error) {
	data := scratch.data(at.Length)
	if _, err := c.spool.ReadAt(data, at.Offset); err != nil {
		return Record{}, err
	}
	offset, n := binary.Varint(data)
	return Record{Input: at.Input, Offset: offset, Line: at.Line, Data: data[n:], Kept: at.Offset + 1}, nil
}

// keepArticle writes the article down as it was decoded, and returns where. That
// it cannot is an error of the next Next, and of every Fetch.
func (c *Corpus) keepArticle(scratch *Scratch, article *Article) Locator {
	b := appendArticle(scratch.kept[:0], article)
	offset, err := c.spool.Append(b)
	at := Locator{Input: article.Input, Offset: offset, Length: len(b), Line: article.Line}
	if err != nil {
		c.kept.fail(c.inputs[article.Input].notKept(err))
	}
	if scratch.kept = b; cap(b) > maxKeptScratch {
		scratch.kept = nil
	}
	return at
}

// notKept is the error that a part of the input could not be kept.
func (in *input) notKept(cause error) error {
	return fmt.Errorf("keeping %q for its second reading: %w", in.path, cause)
}

// fetchKept reads an article that was kept.
func (c *Corpus) fetchKept(scratch *Scratch, at Locator) (Article, error) {
	in := &c.inputs[at.Input]
	if err := c.kept.failure(); err != nil {
		return Article{}, err
	}
	data := scratch.data(at.Length)
	if _, err := c.spool.ReadAt(data, at.Offset); err != nil {
		return Article{}, fmt.Errorf("reading %q again: %w", in.path, err)
	}
	article := Article{Locator: at}
	offset := readArticle(data, &article, scratch)
	in.place(&article, at.Line, offset)
	return article, nil
}

// appendArticle appends the article, but for its input: numbers as varints,
// each text behind its length, the body last.
func appendArticle(b []byte, a *Article) []byte {
	b = binary.AppendVarint(b, a.Offset)
	b = binary.AppendVarint(b, int64(a.BodyLine))
	verbatim, published := int64(0), int64(unpublished)
	if a.Verbatim {
		verbatim = 1
	}
	if !a.Meta.Published.IsZero() {
		published = a.Meta.Published.Unix()
	}
	b = binary.AppendVarint(b, verbatim)
	b = binary.AppendVarint(b, published)
	for _, text := range [...]string{a.Key, a.Source, a.Meta.Title, a.Meta.URL, a.Meta.Language} {
		b = binary.AppendUvarint(b, uint64(len(text)))
		b = append(b, text...)
	}
	return append(b, a.Body...)
}

// unpublished stands for the time of an article that has none.
const unpublished = math.MinInt64

// readArticle reads what appendArticle wrote, and returns the article's offset.
// The body is an alias of b.
func readArticle(b []byte, a *Article, scratch *Scratch) (offset int64) {
	number := func() int64 {
		value, n := binary.Varint(b)
		b = b[n:]
		return value
	}
	text := func() []byte {
		length, n := binary.Uvarint(b)
		value := b[n : n+int(length)]
		b = b[n+int(length):]
		return value
	}
	offset = number()
	a.BodyLine, a.Verbatim = int(number()), number() == 1
	if published := number(); published != unpublished {
		a.Meta.Published = time.Unix(published, 0).UTC()
	}
	a.Key, a.Source = scratch.Key(text()), scratch.Word(text())
	a.Meta.Title, a.Meta.URL, a.Meta.Language = scratch.Key(text()), scratch.Key(text()), scratch.Word(text())
	a.Body = b
	return offset
}
