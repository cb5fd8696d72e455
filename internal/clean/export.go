package clean

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// export writes the articles of all inputs in another format, read once more: into
// one file, or for each input that has articles into one of its own. What is no
// article has no place there.
func (j *Job) export(ctx context.Context, entries []Input, done *Done) error {
	again, err := j.Corpus.Again()
	if err != nil {
		return err
	}
	defer again.Close()
	e := &exporting{job: j, entries: entries, current: -1}
	defer e.abandon()
	if j.Layout.Merged && !j.DryRun { // an output there is, also of no article
		first := slices.IndexFunc(entries, func(in Input) bool { return !in.Reference })
		if err := e.begin(first); err != nil {
			return err
		}
	}
	uncut, err := again.Export(ctx, j.edit, e.write)
	if err == nil {
		err = e.end()
	}
	if err == nil {
		err = j.Corpus.Unchanged()
	}
	if err != nil {
		return err
	}
	j.leaveUncut(uncut, done)
	known := j.Corpus.Problems()
	for _, problem := range again.Problems() {
		if !slices.Contains(known, problem) {
			done.Unread = append(done.Unread, problem)
		}
	}
	return nil
}

// exporting is the output that is being written.
type exporting struct {
	job        *Job
	entries    []Input
	current    int // input, -1 for none
	out        io.WriteCloser
	compressed io.WriteCloser
	buffer     []byte
}

// write writes an article.
func (e *exporting) write(article corpus.Exported) error {
	entry := &e.entries[article.Input]
	if entry.Reference || e.job.DryRun {
		return nil
	}
	if e.current < 0 || e.current != article.Input && !e.job.Layout.Merged {
		if err := e.end(); err != nil {
			return err
		}
		if err := e.begin(article.Input); err != nil {
			return err
		}
	}
	entry.Output = e.job.Layout.Names[article.Input]
	var err error
	if e.buffer, err = e.job.Encode(e.buffer[:0], article.Article, article.Fields); err != nil {
		return fmt.Errorf("%q, line %d: %w", article.Path, article.Line, err)
	}
	if _, err := e.compressed.Write(e.buffer); err != nil {
		return fmt.Errorf("writing %q: %w", entry.Output, err)
	}
	return nil
}

func (e *exporting) begin(input int) error {
	in := e.job.Corpus.Inputs()[input]
	paths := []string{in.Path}
	if e.job.Layout.Merged {
		paths = e.written()
	}
	out, err := e.job.create(e.job.Layout.Names[input], paths...)
	if err != nil {
		return err
	}
	e.current, e.out, e.compressed = input, out, nil
	if e.compressed, err = e.job.Compress(e.job.Kind(in.Compression), out); err != nil {
		return fmt.Errorf("writing %q: %w", e.job.Layout.Names[input], err)
	}
	return nil
}

// written returns the paths of the inputs that are.
func (e *exporting) written() (paths []string) {
	for i := range e.entries {
		if !e.entries[i].Reference {
			paths = append(paths, e.entries[i].Path)
		}
	}
	return paths
}

// end completes the output.
func (e *exporting) end() error {
	if e.out == nil {
		return nil
	}
	out := e.out
	e.out = nil
	if err := e.compressed.Close(); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// abandon closes what is still open, after an error.
func (e *exporting) abandon() {
	if e.out != nil {
		if e.compressed != nil {
			e.compressed.Close()
		}
		e.out.Close()
	}
}
