package corpus

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/newsdedup/newsdedup/internal/corpus/encoding"
	"github.com/newsdedup/newsdedup/internal/corpus/spool"
)

// Again returns a corpus of the same inputs, of which nothing has been read, to
// be closed by itself. It is an error where one of them can be read only once.
func (c *Corpus) Again() (*Corpus, error) {
	again := &Corpus{
		teller: c.teller, options: c.options, several: c.several, skipped: c.skipped, totalBytes: c.totalBytes,
		spool: spool.New(c.options.SpoolBytes, c.options.TempDir), total: total{room: c.options.MaxTotalBytes, most: c.options.MaxTotalBytes},
	}
	for i := range c.inputs {
		in := &c.inputs[i]
		if in.path == Stdin || !in.regular {
			return nil, fmt.Errorf("reading %q again: it can be read only once", in.path)
		}
		again.inputs = append(again.inputs, input{
			path: in.path, below: in.below, argument: in.argument, origin: in.origin, inFolder: in.inFolder, regular: true, size: in.size,
		})
	}
	again.stream = newStream(c.options.MaxArticleBytes, again.addProblem)
	again.stream.total = &again.total
	return again, nil
}

// Unchanged returns an error where an input is no longer what it was when the
// corpus was read.
func (c *Corpus) Unchanged() error {
	for i := range c.inputs {
		in := &c.inputs[i]
		if in.format == nil {
			continue
		}
		file, err := os.Open(in.path)
		if err == nil {
			err = c.checkUnchanged(in, file)
			file.Close()
		}
		if err != nil {
			return fmt.Errorf("reading %q again: %w", in.path, withoutPath(err))
		}
	}
	return nil
}

// An Exported is an article on its way into another format. It is lent for the call.
type Exported struct {
	*Article
	Fields []byte // of its record, as Format.Object has them; nil for none
}

// Export reads the corpus, of which nothing has been read, and gives the articles to
// emit, admitted and in their order, but for what edit says of their records. It
// returns what was to be cut, and stands.
func (c *Corpus) Export(ctx context.Context, edit func(Record) Edit, emit func(Exported) error) (uncut []Uncut, err error) {
	e := exporter{c: c}
	c.stream.allFields = true
	for {
		record, err := c.Next(ctx)
		if err == io.EOF {
			return e.uncut, nil
		}
		if err != nil {
			return e.uncut, err
		}
		article, ok, _, encoded := c.decode(&e.scratch[0], record)
		if !ok {
			continue
		}
		c.Admit(&article)
		what := edit(record)
		if what.Drop {
			continue
		}
		fields := e.fields(record, encoded, &article, what.Cut)
		if err := emit(Exported{&article, fields}); err != nil {
			return e.uncut, err
		}
	}
}

// An exporter makes records into articles without their paragraphs.
type exporter struct {
	c       *Corpus
	scratch [3]Scratch // of the article, and of what is left of its record when it is cut
	uncut   []Uncut
}

// fields returns the record's object, without what is cut, which is taken out of
// the article as well.
func (e *exporter) fields(record Record, encoded string, article *Article, spans []Span) []byte {
	in := &e.c.inputs[record.Input]
	if in.format.Writing == nil || in.format.Object == nil {
		e.cutBody(record, article, spans)
		if in.format.Object == nil {
			return nil
		}
		return in.format.Object(e.c.splitter, record, article)
	}
	if decoded, known := encoding.FromWindows1252(record.Data); encoded != "" && known {
		record.Data = decoded
	}
	record.Data = bytes.ToValidUTF8(record.Data, []byte("\uFFFD"))
	if len(spans) > 0 {
		left, uncut := e.c.cut(&e.scratch[1], &e.scratch[2], e.c.splitter, record, spans)
		e.uncut = append(e.uncut, uncut...)
		if left != nil {
			record.Data = left
			cut, _, _, _ := e.c.decode(&e.scratch[1], record)
			article.Body = cut.Body
		}
	}
	return in.format.Object(e.c.splitter, record, article)
}

// cutBody takes the spans out of the article, whose record has no fields beside it.
func (e *exporter) cutBody(record Record, article *Article, spans []Span) {
	for _, span := range spans {
		if _, err := linesOf(article.Body, span); err != nil {
			e.uncut = append(e.uncut, Uncut{record.Input, record.Offset, span, err})
		}
	}
	if len(spans) > 0 {
		article.Body = CutSpans(article.Body, spans)
	}
}
