package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/dustin/go-humanize/english"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// load reads the files that the flags name: those of the articles to report on, and the
// baseline, which must be one of the same options.
func (o *scanOptions) load() error {
	if err := o.loadOnly(); err != nil {
		return err
	}
	if o.gate.baseline == "" {
		return nil
	}
	baseline, err := readBaseline(o.gate.baseline)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.gate.writeBaseline:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return &hintedError{err, "with --write-baseline the file is made, and all that is found now is known"}
	case err != nil:
		return err
	}
	if err := baseline.Fits(o.dedup); err != nil {
		if !o.gate.writeBaseline {
			return &hintedError{fmt.Errorf("comparing with the baseline %q: %w", o.gate.baseline, err), "with --write-baseline it is made anew"}
		}
		o.streams.tell("baseline: %q is made anew: %v", o.gate.baseline, err)
		return nil
	}
	o.gate.rules.Baseline = baseline
	return nil
}

func readBaseline(path string) (*gate.Baseline, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline %q: %w", path, pathCause(err))
	}
	defer file.Close()
	baseline, err := gate.Read(file)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline %q: %w", path, pathCause(err))
	}
	return baseline, nil
}

// refuseInput returns an error where the baseline would be read as articles, as one that
// stands in the folder of a corpus.
func (o *gateOptions) refuseInput(inputs []corpus.InputInfo) error {
	info, err := os.Stat(o.baseline)
	if err != nil || !isInput(info, inputs) {
		return nil
	}
	return &hintedError{fmt.Errorf("the baseline %q is an input", o.baseline), "in a folder that is scanned files are passed over whose names begin with a dot, such as .newsdedup-known.json"}
}

// saveBaseline writes what the review leaves, and says what that changes.
func (o *scanOptions) saveBaseline(review *gate.Review, file *outputFile) error {
	baseline := review.Renewed()
	if err := file.write(baseline.Write); err != nil {
		return err
	}
	o.streams.tell("baseline: %q has %s: %d new, %d no longer there", o.gate.baseline,
		english.Plural(len(baseline.Entries), "finding", ""), review.New, len(review.Stale))
	return nil
}
