package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpus/spool"
)

// maxKeptFiles bounds the plain files that are kept open to be read again.
// A corpus in a few large files is fetched from without opening them each
// time; one of 100,000 small files stays far below the system's limit, which
// is 256 at the least of the usual systems.
const maxKeptFiles = 64

// addProblem takes a problem of the current input.
func (c *Corpus) addProblem(problem Problem) {
	problem.Input, problem.Path = c.current, c.inputs[c.current].path
	c.problems.Add(problem)
}

// Next returns the next record, io.EOF after the last. Its data is valid until
// the following call. An input that cannot be read, or breaks off, is a
// problem, and what follows it is read. Another error is final: ctx is done,
// or the spool cannot be written. What cannot be written may be an article that
// is decoded after the last record was returned: who has decoded all of them
// asks once more.
func (c *Corpus) Next(ctx context.Context) (Record, error) {
	c.stream.ctx = ctx
	for {
		if err := c.kept.failure(); err != nil {
			return Record{}, err
		}
		record, found, err := c.step()
		// Asked behind the step: what an interrupted input held is no record.
		if done := ctx.Err(); done != nil {
			return Record{}, done
		}
		if err != nil || found {
			return record, err
		}
	}
}

// step opens an input, or finds a record in it, or ends it.
func (c *Corpus) step() (record Record, found bool, err error) {
	switch {
	case c.splitter != nil:
		record, err := c.splitter.Split()
		if err != nil {
			return Record{}, false, c.end(err)
		}
		record.Input, record.Cut = c.current, c.brokeOff()
		if !c.chargeCoded(&record) {
			return Record{}, false, c.end(c.stream.Err())
		}
		if in := &c.inputs[c.current]; in.spooled && !in.format.Kept && !c.options.Live {
			if err := c.keepRecord(&record); err != nil {
				return Record{}, false, c.end(&spoolError{err})
			}
		}
		return record, true, nil
	case c.current < len(c.inputs):
		return Record{}, false, c.begin()
	default:
		return Record{}, false, io.EOF
	}
}

// chargeCoded charges a record in which more is compressed, where that is
// bounded. False says that there is no room for it.
func (c *Corpus) chargeCoded(record *Record) bool {
	decoded := c.inputs[record.Input].format.Decoded
	return decoded == nil || !c.total.bounded() || c.stream.Charge(decoded(*record, c.stream.Limit()))
}

// brokeOff reports whether the input has been read up to where it breaks off.
func (c *Corpus) brokeOff() bool {
	err := c.stream.Err()
	if err == nil || err == io.EOF || len(c.stream.Window()) > 0 {
		return false
	}
	_, whole := errors.AsType[*compress.TrailingError](err)
	return !whole
}

// begin opens the current input and tells its format. An input that holds no
// article is ended at once.
func (c *Corpus) begin() error {
	if c.noRoom {
		if err := c.coming.drop(c.inputs); err != nil {
			return err
		}
		c.addProblem(Problem{Kind: TooLarge, Message: "not read: " + (&totalError{c.options.MaxTotalBytes}).Error()})
		return c.end(io.EOF)
	}
	decompressed, err := c.open(&c.inputs[c.current])
	if err != nil {
		c.addProblem(Problem{Kind: Unreadable, Message: fmt.Sprintf("cannot be read: %v", withoutPath(err))})
		return c.end(io.EOF)
	}
	c.stream.open(decompressed)
	if len(c.stream.head()) == 0 {
		return c.end(c.stream.Err())
	}
	in := &c.inputs[c.current]
	format, encoded, err := c.teller.tell(c.stream, Candidate{Name: compress.TrimSuffix(in.path), InFolder: in.inFolder, Several: c.several})
	if encoded != nil {
		in.encoding = encoded.Name
		c.keepNoFile(in)
	}
	c.stream.whole = c.wholeOf(in)
	if err == io.EOF { // nothing but a mark
		return c.end(c.stream.Err())
	}
	if err != nil {
		if _, cut := errors.AsType[*totalError](c.stream.Err()); cut { // of a few bytes nothing can be told
			return c.end(c.stream.Err())
		}
		c.addProblem(Problem{Kind: UnknownFormat, Message: err.Error()})
		return c.end(io.EOF)
	}
	in.format = format
	c.splitter, in.decode = format.Open(c.stream)
	return nil
}

// wholeOf says how the current input can be read at any place.
func (c *Corpus) wholeOf(in *input) whole {
	if in.regular && !in.spooled {
		return whole{file: c.source.file, size: in.size, count: &c.readBytes}
	}
	return whole{spool: spool.New(c.options.SpoolBytes, c.options.TempDir)}
}

func (c *Corpus) setStamp(in *input, info os.FileInfo) {
	c.stamps.Lock()
	defer c.stamps.Unlock()
	in.stamp = stampOf(info)
}

// keep leaves the file of the input open, if there are not yet many.
func (c *Corpus) keep(in *input) {
	if c.filesOpen < maxKeptFiles {
		in.file = c.source.file
		c.filesOpen++
	}
}

// keepNoFile has the records kept instead of the file: what is decoded cannot
// be read again where it lies.
func (c *Corpus) keepNoFile(in *input) {
	if in.file != nil {
		in.file = nil
		c.filesOpen--
	}
	in.spooled = true
}

// end closes the current input, which ended with err, and moves on to the next.
func (c *Corpus) end(err error) error {
	if failure, ok := errors.AsType[*spoolError](err); ok {
		return c.inputs[c.current].notKept(failure.cause)
	}
	in := &c.inputs[c.current]
	if err != io.EOF {
		in.broke = true
		c.addProblem(Problem{Offset: c.stream.Offset(), Line: c.stream.Line(), Kind: c.breakKind(in, err), Message: endMessage(err)})
	}
	c.closeSource(in)
	if kept := c.stream.whole.spool; kept != nil {
		if err := kept.Close(); err != nil {
			return fmt.Errorf("closing %q: %w", in.path, err)
		}
	}
	c.stream.whole = whole{}
	c.splitter = nil
	c.current++
	return nil
}

// closeSource ends the reading of the input, if it was begun.
func (c *Corpus) closeSource(in *input) {
	read := in.dropped
	if s := c.source; s != nil {
		c.coming.done(s)
		if s.file != nil && in.file == nil {
			s.file.Close()
		}
		read = s.read.Load()
	}
	if c.totalBytes > 0 { // an input left unread is done with, too
		c.readBytes.Add(in.size - read)
	}
	c.source = nil
}

// breakKind says what kind of problem it is that the input broke off, and
// takes note of why it did. What was read of a file that shrunk can still be
// fetched, so it is from now on no other file.
func (c *Corpus) breakKind(in *input, err error) string {
	if _, shrunk := errors.AsType[*shrunkError](err); shrunk {
		if info, err := c.source.file.Stat(); err == nil {
			c.setStamp(in, info)
		}
	}
	if _, c.noRoom = errors.AsType[*totalError](err); c.noRoom {
		return TooLarge
	}
	return Unreadable
}

// endMessage says how an input ended that did not end well.
func endMessage(err error) string {
	trailing, ok := errors.AsType[*compress.TrailingError](err)
	if !ok {
		return fmt.Sprintf("the input breaks off here: %v", withoutPath(err))
	}
	where := ""
	if trailing.Offset > 0 {
		where = fmt.Sprintf(", from byte %d of the file on", trailing.Offset)
	}
	return fmt.Sprintf("bytes behind the end of the %s data are left out%s", trailing.Kind, where)
}
