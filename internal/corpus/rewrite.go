package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// An Edit is what becomes of a record. The zero value leaves it as it is.
type Edit struct {
	Drop bool
	Cut  []Span // of the body: ascending, not overlapping
}

// Rewritable returns why no article can be taken out of an input, nil where that
// can be done.
func (c *Corpus) Rewritable(input int) error {
	in := &c.inputs[input]
	switch {
	case in.path == Stdin || !in.regular:
		return errors.New("it can be read only once")
	case in.broke:
		return errors.New("it cannot be read to its end")
	case in.format == nil:
		return errors.New("it is of no known format")
	case in.format.Writing == nil:
		return fmt.Errorf("files of the format %s are not written", in.format.Name)
	case in.encoding != "":
		return fmt.Errorf("files in %s are not written", in.encoding)
	}
	return nil
}

// Cuts reports whether paragraphs can be cut from the articles of an input.
func (c *Corpus) Cuts(input int) bool {
	in := &c.inputs[input]
	return c.Rewritable(input) == nil && in.format.Writing.Body != nil
}

// Rewritten is what Rewrite wrote.
type Rewritten struct {
	Records int     // that were left, cut or not
	Gone    bool    // nothing is left of an input that was one record
	Uncut   []Uncut // what was to be cut, and stands
}

// Rewrite reads an input a second time and writes its decompressed bytes to
// out, but for what edit says of its records: all that stands between them is kept
// as it is, problems and all. out is told of each record's end by EndRecord, if it
// has that method. It may be called when all has been read.
func (c *Corpus) Rewrite(ctx context.Context, input int, out io.Writer, edit func(Record) Edit) (Rewritten, error) {
	in := &c.inputs[input]
	w := &rewriter{ctx: ctx, c: c, in: in, out: out}
	err := c.Rewritable(input)
	if err == nil {
		err = w.open()
	}
	if err != nil {
		return w.done, fmt.Errorf("reading %q again: %w", in.path, withoutPath(err))
	}
	defer w.close()
	err = w.run(input, edit)
	if err == nil {
		err = c.checkUnchanged(in, w.files[1])
	}
	if err != nil {
		return w.done, fmt.Errorf("writing %q again: %w", in.path, withoutPath(err))
	}
	return w.done, nil
}

// A rewriter reads an input twice at once: one reader finds the records, and
// the other one, a little behind, has the bytes. So no record or gap is held
// that the splitter does not hold anyway.
type rewriter struct {
	ctx           context.Context
	c             *Corpus
	in            *input
	out           io.Writer
	files         [2]*os.File
	decompressors [2]compress.Decompressor
	splitter      Splitter
	bytes         *bufio.Reader
	at            int64  // of bytes in the input
	held          []byte // what stands before a record that may go: a comma and blanks
	scratch       [2]Scratch
	done          Rewritten
}

const rewriteBuffer = 256 << 10

func (w *rewriter) open() error {
	var readers [2]io.Reader
	for i := range w.files {
		file, err := os.Open(w.in.path)
		if err != nil {
			return err
		}
		w.files[i] = file
		if readers[i], _, err = w.decompressors[i].Open(file); err != nil {
			return err
		}
	}
	stream := newStream(w.c.options.MaxArticleBytes, func(Problem) {})
	stream.ctx = w.ctx
	stream.open(readers[0])
	stream.peek(SniffBytes)
	w.splitter, w.in.decode = w.in.format.Open(stream)
	w.bytes = bufio.NewReaderSize(readers[1], rewriteBuffer)
	return nil
}

func (w *rewriter) close() {
	for i, file := range w.files {
		if file != nil {
			file.Close()
		}
		w.decompressors[i].Close()
	}
}

func (w *rewriter) run(input int, edit func(Record) Edit) error {
	for {
		record, err := w.splitter.Split()
		if err == nil {
			err = w.ctx.Err()
		}
		if err == io.EOF {
			return w.rest()
		}
		if err != nil { // which the first reading did not meet
			return err
		}
		record.Input = input
		if err := w.gap(record.Offset); err != nil {
			return err
		}
		if err := w.record(record, edit(record)); err != nil {
			return err
		}
	}
}

// gap copies what stands before a record. Of a format with commas, the last comma
// and the blanks around it are held until it is known whether the record stays.
func (w *rewriter) gap(to int64) error {
	if !w.in.format.Writing.Commas {
		n, err := io.CopyN(w.out, w.bytes, to-w.at)
		w.at += n
		return err
	}
	for w.at < to {
		c, err := w.bytes.ReadByte()
		if err != nil {
			return err
		}
		w.at++
		if !isBlank(c) && c != ',' || c == ',' && hasComma(w.held) || len(w.held) == rewriteBuffer {
			if err := w.release(); err != nil {
				return err
			}
		}
		if w.held = append(w.held, c); !isBlank(c) && c != ',' {
			if err := w.release(); err != nil {
				return err
			}
		}
	}
	return nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func hasComma(held []byte) bool {
	for _, c := range held {
		if c == ',' {
			return true
		}
	}
	return false
}

// release writes what is held.
func (w *rewriter) release() error {
	_, err := w.out.Write(w.held)
	w.held = w.held[:0]
	return err
}

// record writes a record, or passes over it.
func (w *rewriter) record(record Record, edit Edit) error {
	if err := w.skip(len(record.Data)); err != nil {
		return err
	}
	if edit.Drop {
		w.done.Gone = w.in.format.Writing.Whole
		return w.behind()
	}
	data := record.Data
	if len(edit.Cut) > 0 {
		left, uncut := w.c.cut(&w.scratch[0], &w.scratch[1], w.splitter, record, edit.Cut)
		w.done.Uncut = append(w.done.Uncut, uncut...)
		if left != nil {
			data = left
		}
	}
	if err := w.release(); err != nil {
		return err
	}
	w.done.Records++
	if _, err := w.out.Write(data); err != nil {
		return err
	}
	if err := w.lineEnds(w.out); err != nil {
		return err
	}
	if marked, ok := w.out.(interface{ EndRecord() error }); ok && w.in.format.Writing.Members {
		return marked.EndRecord()
	}
	return nil
}

func (w *rewriter) skip(n int) error {
	discarded, err := w.bytes.Discard(n)
	w.at += int64(discarded)
	return err
}

// behind passes over what goes with a record that goes: its line end, or one of the
// commas around it.
func (w *rewriter) behind() error {
	if w.in.format.Writing.Commas {
		return w.comma()
	}
	return w.lineEnds(io.Discard)
}

// lineEnds copies the line ends that belong to the record before them.
func (w *rewriter) lineEnds(to io.Writer) error {
	for range w.in.format.Writing.LineEnds {
		next, _ := w.bytes.Peek(2)
		size := 0
		if len(next) > 0 && next[0] == '\n' {
			size = 1
		} else if string(next) == "\r\n" {
			size = 2
		}
		if _, err := to.Write(next[:size]); err != nil {
			return err
		}
		if err := w.skip(size); err != nil {
			return err
		}
	}
	return nil
}

// comma passes over the comma behind a record and the blanks around it, or, of the
// last record, drops the one before it, which is held.
func (w *rewriter) comma() error {
	for n := 1; ; n++ {
		next, err := w.bytes.Peek(n)
		switch {
		case err != nil && err != io.EOF:
			return err
		case err == io.EOF || n == rewriteBuffer || !isBlank(next[n-1]) && next[n-1] != ',':
			w.held = w.held[:0]
			return nil
		case next[n-1] == ',':
			if err := w.skip(n); err != nil {
				return err
			}
			return w.blanks()
		}
	}
}

func (w *rewriter) blanks() error {
	for {
		next, err := w.bytes.Peek(1)
		if err != nil || !isBlank(next[0]) {
			return nil
		}
		if err := w.skip(1); err != nil {
			return err
		}
	}
}

// rest copies what stands behind the last record.
func (w *rewriter) rest() error {
	if err := w.release(); err != nil {
		return err
	}
	_, err := w.bytes.WriteTo(w.out)
	return err
}
