package cli

import (
	"fmt"
	"io"
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
	read := slices.Clone(inputs)
	if o.config.path != "" {
		read = append(read, corpus.InputInfo{Path: o.config.path})
	}
	out := &outputs{}
	paths := make(map[string]bool)
	create := func(path string, read []corpus.InputInfo) (*outputFile, error) {
		clean := filepath.Clean(path)
		if paths[clean] {
			return nil, fmt.Errorf("writing %q: it is named for two outputs", path)
		}
		paths[clean] = true
		return createOutput(path, read)
	}
	if o.gate.writeBaseline {
		file, err := create(o.gate.baseline, read)
		if err != nil {
			return nil, err
		}
		out.baseline = file
	} else if o.gate.baseline != "" {
		read = append(read, corpus.InputInfo{Path: o.gate.baseline})
	}
	if o.output != "" {
		file, err := create(o.output, read)
		if err != nil {
			out.discard()
			return nil, err
		}
		out.main = file
	}
	for _, named := range o.named {
		file, err := create(named.path, read)
		if err != nil {
			out.discard()
			return nil, err
		}
		named.file = file
		out.reports = append(out.reports, named)
	}
	return out, nil
}

// write writes the reports.
func (out *outputs) write(review *gate.Review, options report.Options) error {
	options.Color, options.Width, options.Limit = false, 0, 0
	for _, named := range out.reports {
		if err := named.file.write(func(w io.Writer) error {
			return report.Write(w, named.format, review.Result, options)
		}); err != nil {
			return err
		}
	}
	return nil
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
