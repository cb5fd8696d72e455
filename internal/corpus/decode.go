package corpus

import (
	"fmt"
	"os"
	"slices"
)

// Decode makes the record into an article, whose Body is valid as long as both
// the record's data and the scratch memory are left as they are. False says
// that there is no article, and that the problems say why; of a record that is
// cut, the problem of its input does.
func (c *Corpus) Decode(scratch *Scratch, record Record) (Article, bool, []Problem) {
	article, ok, problems, encoded := c.decode(scratch, record)
	if !ok {
		return Article{}, false, c.kept.passOver(record.Input, problems)
	}
	if encoded != "" {
		c.kept.countEncoded(record.Input, encoded)
	}
	if scratch.undated {
		c.kept.countUndated(record.Input)
	}
	if c.inputs[record.Input].format.Kept && !c.options.Live {
		article.Locator = c.keepArticle(scratch, &article)
	}
	return article, true, problems
}

// decode is Decode for an article that may have been counted before. It names
// the encoding of a record that is not UTF-8 but evidently in another one.
func (c *Corpus) decode(scratch *Scratch, record Record) (article Article, ok bool, problems []Problem, encoded string) {
	in := &c.inputs[record.Input]
	scratch.omit, scratch.undated = c.options.Omit, false
	article, ok, problems, encoded = c.decodeAnyway(scratch, in, record)
	if record.Cut {
		problems = slices.DeleteFunc(problems, isOfCut)
	}
	for i := range problems {
		problems[i].Input, problems[i].Path = record.Input, in.path
	}
	article.Locator = record.Locator()
	in.place(&article, record.Line, record.Offset)
	return article, ok, problems, encoded
}

// place fills in where the article stands, and its source, if it names none.
func (in *input) place(article *Article, line int, offset int64) {
	article.Path, article.Line = in.path, line
	article.Input, article.Offset = article.Locator.Input, offset
	if article.Source == "" {
		article.Source = in.origin.Source
	}
}

// isOfCut reports whether a problem is only that a record ends too early: that
// the input breaks off there is a problem already.
func isOfCut(problem Problem) bool {
	return problem.Kind == BadRecord || problem.Kind == UnclosedBlock
}

// checkEvery is how many articles of an input are fetched with one look at
// whether its file has changed: a look costs as much as a fetch.
const checkEvery = 256

// Fetch reads the article at the place of one of this corpus' records again;
// its Body is valid until the next call with the same scratch memory. Its Key
// is the record's own, which Admit has not made unique.
//
// An input that has changed since it was read is a ChangedError: what stands there
// now might be another article. That is looked at before a Scratch first
// fetches from an input, from time to time, and where the bytes make no
// article; it cannot be seen at the very moment, so who must be sure compares
// the text with what it was.
//
// OPT: articles fetched in their order could share a read of 128 KiB. Where a
// sixth of a corpus is fetched that costs more than a read each, 8.3 to 5.0 ms
// for 100 MB, since most of what is read is not wanted; where half is, 9 to 15.
func (c *Corpus) Fetch(scratch *Scratch, at Locator) (Article, error) {
	in := &c.inputs[at.Input]
	if in.format.Kept {
		return c.fetchKept(scratch, at)
	}
	record, file, err := c.readAgain(scratch, in, at)
	if file != nil && file != in.file {
		defer file.Close()
	}
	if err != nil {
		return Article{}, in.notReadAgain(err)
	}
	article, ok, _, _ := c.decode(scratch, record)
	if !ok {
		err := c.checkUnchanged(in, file)
		if err == nil {
			err = fmt.Errorf("line %d no longer holds the article it did", at.Line)
		}
		return Article{}, in.notReadAgain(err)
	}
	return article, nil
}

// A ChangedError says that an article cannot be read again since its input is
// no longer what it was: others still can.
type ChangedError struct{ Cause error }

func (e *ChangedError) Error() string { return e.Cause.Error() }
func (e *ChangedError) Unwrap() error { return e.Cause }

// notReadAgain is the error of Fetch for an article of the input. What has been
// kept in the spool does not change: its errors are not the input's.
func (in *input) notReadAgain(err error) error {
	err = withoutPath(err)
	if !in.spooled {
		err = &ChangedError{err}
	}
	return fmt.Errorf("reading %q again: %w", in.path, err)
}

// readAgain reads the record at the place, and returns the file it did so from,
// which the caller closes if it is not the one kept open; nil for the spool.
func (c *Corpus) readAgain(scratch *Scratch, in *input, at Locator) (Record, *os.File, error) {
	if in.spooled {
		record, err := c.readKept(scratch, at)
		return record, nil, err
	}
	file := in.file
	if file == nil {
		opened, err := os.Open(in.path)
		if err != nil {
			return Record{}, nil, err
		}
		file = opened
	}
	if file != in.file || scratch.mustCheck(at.Input) {
		if err := c.checkUnchanged(in, file); err != nil {
			return Record{}, file, err
		}
	}
	record := Record{Input: at.Input, Offset: at.Offset, Line: at.Line, Data: scratch.data(at.Length)}
	_, err := file.ReadAt(record.Data, at.Offset)
	if err != nil {
		if changed := c.checkUnchanged(in, file); changed != nil {
			err = changed
		}
	}
	return record, file, err
}

// mustCheck reports whether a fetch from the input should look whether it has
// changed, and counts the fetch.
func (s *Scratch) mustCheck(input int) bool {
	if s.checked != input+1 || s.unchecked == 0 {
		s.checked, s.unchecked = input+1, checkEvery
		return true
	}
	s.unchecked--
	return false
}

// checkUnchanged returns an error where the file of the input is not what it
// was when it was first read. nil, for an input in the spool, is.
func (c *Corpus) checkUnchanged(in *input, file *os.File) error {
	if file == nil {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	c.stamps.RLock()
	then := in.stamp
	c.stamps.RUnlock()
	if info.Size() != then.size || !info.ModTime().Equal(then.modified) {
		return fmt.Errorf("the file has changed since it was first read (%d bytes then, %d now)", then.size, info.Size())
	}
	return nil
}
