package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/report"
)

// A namedReport is a report that goes to a file.
type namedReport struct {
	format, path string
	file         *outputFile
}

// setReports takes over the reports as they are asked for: sarif=out.sarif.
func (o *scanOptions) setReports() error {
	if o.output == "-" {
		return errors.New("--output -: without --output the report goes to stdout")
	}
	for _, written := range o.reports {
		format, path, found := strings.Cut(written, "=")
		if !found || path == "" {
			return fmt.Errorf("--report: %q is no format and file, such as json=report.json", written)
		}
		if path == "-" {
			return fmt.Errorf("--report: %q: what goes to stdout is said by --format", written)
		}
		if err := report.CheckFormat(format); err != nil {
			return fmt.Errorf("--report: %w", err)
		}
		o.named = append(o.named, namedReport{format: format, path: path})
	}
	return nil
}

// outputs are the files that a scan writes beside its report.
type outputs struct {
	main     *outputFile // nil where the report goes to stdout
	reports  []namedReport
	baseline *outputFile // nil where none is written
}

// createOutputs opens them all before anything is read, and refuses what is read or
// named twice.
func (o *scanOptions) createOutputs(inputs []corpus.InputInfo) (*outputs, error) {
	if err := o.gate.refuseInput(inputs); err != nil {
		return nil, err
	}
	out := &outputs{}
	files := newOutputFiles(o.filesRead(inputs), o.stdoutFile())
	if o.save != "" {
		files.taken[wholePath(o.save)] = true
	}
	if err := o.createInto(out, files); err != nil {
		out.discard()
		return nil, err
	}
	return out, nil
}

func (o *scanOptions) createInto(out *outputs, files *outputFiles) (err error) {
	if o.gate.writeBaseline {
		if out.baseline, err = files.create(o.gate.baseline); err != nil {
			return err
		}
	}
	if o.output != "" {
		if out.main, err = files.create(o.output); err != nil {
			return err
		}
	}
	for _, named := range o.named {
		if named.file, err = files.create(named.path); err != nil {
			return err
		}
		out.reports = append(out.reports, named)
	}
	return nil
}

// filesRead adds to the inputs what else is read: no output may take its place.
func (o *scanOptions) filesRead(inputs []corpus.InputInfo) []corpus.InputInfo {
	read := slices.Clone(inputs)
	add := func(path string) {
		if path != "" {
			read = append(read, corpus.InputInfo{Path: path})
		}
	}
	add(o.config.path)
	if !o.gate.writeBaseline {
		add(o.gate.baseline)
	}
	for _, written := range o.gate.only {
		if list, isFile := strings.CutPrefix(written, "@"); isFile && list != "-" {
			add(list)
		}
	}
	return read
}

// stdoutFile describes the file that the report on stdout goes to, nil where it is none.
func (o *scanOptions) stdoutFile() fs.FileInfo {
	if o.output != "" {
		return nil
	}
	return o.streams.OutFile
}

// outputFiles are the outputs of a run, no two of which are one file.
type outputFiles struct {
	read   []corpus.InputInfo
	stdout fs.FileInfo     // nil where it is no file
	taken  map[string]bool // by path, absolute and without links
}

func newOutputFiles(read []corpus.InputInfo, stdout fs.FileInfo) *outputFiles {
	return &outputFiles{read, stdout, make(map[string]bool)}
}

func (f *outputFiles) create(path string) (*outputFile, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && f.stdout != nil && os.SameFile(info, f.stdout):
		return nil, fmt.Errorf("writing %q: stdout goes there already", path)
	case err != nil || info.Mode().IsRegular(): // several may go to a device
		whole := wholePath(path)
		if f.taken[whole] {
			return nil, fmt.Errorf("writing %q: it is named for two outputs", path)
		}
		f.taken[whole] = true
	}
	return createOutput(path, f.read)
}

// wholePath returns the one path that a file has, however it is named: absolute, and
// without links as far as it exists.
func wholePath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		return whole
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// write writes the reports, each whatever becomes of the others, and returns the first error.
func (out *outputs) write(ctx context.Context, review *gate.Review, options report.Options) error {
	options.Color, options.Width, options.Limit = false, 0, 0
	var first error
	for _, named := range out.reports {
		err := named.file.write(func(w io.Writer) error {
			return report.Write(until{ctx, w}, named.format, review.Result, options)
		})
		first = cmp.Or(first, err)
	}
	return first
}

// discard removes what was not completed.
func (out *outputs) discard() {
	for _, named := range out.reports {
		named.file.discard()
	}
	for _, file := range []*outputFile{out.main, out.baseline} {
		if file != nil {
			file.discard()
		}
	}
}
