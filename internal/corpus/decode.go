package corpus

import (
	"fmt"
	"os"
	"slices"
)

// Decode makes the record into an article. Its Body may alias the record's
// data. False says that there is no article, and that the problems say why; of a
// record that is cut, the problem of its input does.
func (c *Corpus) Decode(record Record) (Article, bool, []Problem) {
	in := &c.inputs[record.Input]
	article, ok, problems := in.format.Decode(record, in.origin)
	if record.Cut {
		problems = slices.DeleteFunc(problems, isOfCut)
	}
	for i := range problems {
		problems[i].Input, problems[i].Path = record.Input, in.path
	}
	if !ok {
		return Article{}, false, problems
	}
	article.Path, article.Line = in.path, record.Line
	article.Input, article.Offset = record.Input, record.Offset
	if article.Source == "" {
		article.Source = in.origin.Source
	}
	return article, true, problems
}

// isOfCut reports whether a problem is only that a record ends too early: that
// the input breaks off there is a problem already.
func isOfCut(problem Problem) bool {
	return problem.Kind == BadRecord || problem.Kind == UnclosedBlock
}

// Fetch reads the article at the place of one of this corpus' records again.
// Its Key is the record's own, which Admit has not made unique. An input that
// has changed since it was read is an error: what stands there now might be
// another article.
func (c *Corpus) Fetch(at Locator) (Article, error) {
	in := &c.inputs[at.Input]
	record := Record{Input: at.Input, Offset: at.Offset, Line: at.Line, Data: make([]byte, at.Length)}
	if err := c.readAgain(in, record); err != nil {
		return Article{}, fmt.Errorf("reading %q again: %w", in.path, withoutPath(err))
	}
	article, ok, _ := c.Decode(record)
	if !ok {
		return Article{}, fmt.Errorf("reading %q again: line %d no longer holds the article it did", in.path, at.Line)
	}
	return article, nil
}

func (c *Corpus) readAgain(in *input, record Record) error {
	if in.spooled {
		_, err := c.spool.ReadAt(record.Data, in.spoolStart+record.Offset)
		return err
	}
	file := in.file
	if file == nil {
		opened, err := os.Open(in.path)
		if err != nil {
			return err
		}
		defer opened.Close()
		file = opened
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() != in.size || !info.ModTime().Equal(in.modified) {
		return fmt.Errorf("the file has changed since it was first read (%d bytes then, %d now)", in.size, info.Size())
	}
	_, err = file.ReadAt(record.Data, record.Offset)
	return err
}
