package report

import (
	"bufio"
	"io"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// A Stream writes the JSON lines of a feed: what is found of each article when it comes, and
// the summary when the feed ends. After each article all has been written.
type Stream struct {
	out  *bufio.Writer
	opts Options
}

// NewStream returns a Stream to w. Of the options, Version counts alone.
func NewStream(w io.Writer, opts Options) *Stream {
	return &Stream{bufio.NewWriterSize(w, outputBuffer), opts}
}

// Write writes what was found of the last article of the result, and a line of the type
// "article" that says that this is all; of a result without an article its problems alone.
func (s *Stream) Write(result *dedup.Result) error {
	review := new(gate.Rules).Review(result, 0)
	w := &wire{Result: review.Result, review: review}
	if err := writeLinesOf(s.out, w); err != nil {
		return err
	}
	if result.Summary.Articles > 0 {
		if _, err := s.out.Write(w.answered()); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

// Close writes what is found of no article alone, problems of the input most of all, and the summary of all.
func (s *Stream) Close(total *dedup.Result) error {
	opts := s.opts
	opts.Review = new(gate.Rules).Review(total, 0)
	if err := writeLines(s.out, opts.Review.Result, opts); err != nil {
		return err
	}
	return s.out.Flush()
}

// answered is the line of an article of which all findings have been written.
func (w *wire) answered() []byte {
	id := dedup.ArticleID(w.Summary.Earlier + w.Summary.Articles - 1)
	b := w.place([]byte(`{"type":"article",`), id)
	b = appendInt(append(b, `,"words":`...), w.Articles[id].Words)
	b = appendInt(append(b, `,"pairs":`...), len(w.Pairs))
	b = appendInt(append(b, `,"estimates":`...), len(w.Estimates))
	b = appendInt(append(b, `,"repeats":`...), len(w.Repeats))
	b = strconv.AppendBool(append(b, `,"removable":`...), w.isRemovable(id))
	return append(b, "}\n"...)
}

func (w *wire) isRemovable(id dedup.ArticleID) bool {
	for _, cluster := range w.Clusters {
		for _, member := range cluster.Members {
			if member.Article == id {
				return member.Removable
			}
		}
	}
	return false
}
