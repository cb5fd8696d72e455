package dedup

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

const (
	// articleBytes is what an article takes until the end of a scan, beside its
	// samples, paragraphs and metadata: its key, its place, its figures and its map.
	articleBytes = 300
	// usualKey is the length of a key that articleBytes has room for.
	usualKey = 64
	// metaBytes is what metadata takes beside its title and URL: the heads of three
	// strings, and a time.
	metaBytes = 72
	// paragraphBytes is what a paragraph takes.
	paragraphBytes = 28
	// roomShare is the part of Options.MaxMemory that may be taken while
	// reading. What follows needs as much: sorting, the lists of what is shared,
	// texts that are read again, and a third for the garbage collector.
	roomShare = 0.4
	// leastSpilled is the least that is spilled at once: 256 writes of 16 KB.
	leastSpilled = 4 << 20
)

// boundMemory moves the samples out of memory when what is kept reaches the
// bound, and reports an error when the rest does, which cannot be moved.
func (s *scan) boundMemory() error {
	if s.options.MaxMemory == 0 {
		return nil
	}
	room := int64(roomShare * float64(s.options.MaxMemory))
	rest := s.restBytes()
	if rest > room {
		return s.tooLarge(float64(rest) / roomShare)
	}
	if s.samples.Bytes() > max(s.leastSpilled, room-rest) {
		return s.samples.Spill(s.corpus.Spill())
	}
	return nil
}

// restBytes is about how much memory is taken by what cannot be moved.
func (s *scan) restBytes() int64 {
	return int64(len(s.result.Articles))*articleBytes + int64(s.paragraphs.Len())*paragraphBytes + s.textBytes +
		s.passages.samples.Bytes() + s.stories.sketches.Bytes()
}

// countTexts counts what is kept of the words that the corpus has for an article. A
// URL that is its key is there once, and there are few languages.
func (s *scan) countTexts(article *corpus.Article, meta *corpus.Meta) {
	s.textBytes += int64(max(0, len(article.Key)-usualKey))
	if meta == nil {
		return
	}
	s.textBytes += metaBytes + int64(len(meta.Title))
	if meta.URL != article.Key {
		s.textBytes += int64(len(meta.URL))
	}
}

// tooLarge is the error that what has been read needs so many bytes, and says what all
// of the corpus would need, where it is known how far it has been read.
func (s *scan) tooLarge(need float64) error {
	articles, whole := len(s.result.Articles), ""
	if read, total := s.corpus.Progress(); read > 0 && total >= read {
		whole = fmt.Sprintf(", and about %d MiB for all of this corpus", int64(need*float64(total)/float64(read))>>20)
	}
	return fmt.Errorf("%d articles need more memory than the %d MiB allowed: about %d MiB for a million of them%s",
		articles, s.options.MaxMemory>>20, int64(need)/int64(articles)*1e6>>20, whole)
}
