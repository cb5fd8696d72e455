package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
	"github.com/newsdedup/newsdedup/internal/runfile"
)

// defaultFloor is the least similarity and containment that is looked for where thresholds
// are tried. Two articles that share half of their shingles are mostly copies; below, a
// corpus of templates has a pair for every two of them.
const defaultFloor = 0.5

// survey scans at thresholds of at most the floor.
func (o *scanOptions) survey(ctx context.Context, source scanned, ask func([]dedup.ArticleInfo) [][2]dedup.ArticleID) (*dedup.Survey, error) {
	options := o.dedup
	options.Threshold, options.Containment = min(options.Threshold, o.floor), min(options.Containment, o.floor)
	progress := newProgress(o.streams, source.Progress)
	survey, err := dedup.TakeSurvey(ctx, o.gate.ignoring(source), options, progress.update, ask)
	progress.close()
	if err != nil {
		return nil, err
	}
	o.tellScan(source, survey.Result, progress)
	return survey, nil
}

// surveyFor surveys the corpus, and the pairs that the truth speaks of with it.
func (o *scanOptions) surveyFor(ctx context.Context, source scanned, truth *quality.Truth) (survey *dedup.Survey, placed *quality.Placed, err error) {
	survey, err = o.survey(ctx, source, func(articles []dedup.ArticleInfo) [][2]dedup.ArticleID {
		placed = truth.Place(articles)
		return placed.Asked()
	})
	return survey, placed, err
}

// checkSave checks the floor and where a run is to be saved: over another run, but over no file
// of another kind.
func (o *scanOptions) checkSave() error {
	hasFloor := o.command == "scan" || o.command == "eval" || o.command == "tune"
	if hasFloor && !(o.floor > 0 && o.floor <= 1) {
		return fmt.Errorf("floor %v is not in (0, 1]", o.floor)
	}
	if o.save == "" {
		return nil
	}
	if o.save == "-" {
		return errors.New("a run is saved to a file, and not to standard output")
	}
	if o.dedup.Passages > 0 || o.passages {
		return errors.New("a saved run holds no passages, which depend on its clusters and so on its thresholds: --save and --passages exclude each other")
	}
	if o.dedup.Stories == dedup.AlwaysStories {
		return errors.New("a saved run holds no stories, which depend on its clusters and so on its thresholds: --save and --stories exclude each other")
	}
	o.dedup.Stories = dedup.NoStories
	file, err := os.Open(o.save)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	beginning, err := bufio.NewReader(file).Peek(64)
	if err != nil && err != io.EOF {
		return err
	}
	if !runfile.Is(beginning) {
		return fmt.Errorf("%q exists and is no saved run: it is not overwritten", o.save)
	}
	return nil
}

// scanAndSave is scan at the floor, saved, and told at the thresholds that were asked for.
func (o *scanOptions) scanAndSave(ctx context.Context, source scanned) (*dedup.Result, error) {
	file, err := createOutput(o.save, source.Inputs())
	if err != nil {
		return nil, fmt.Errorf("scan: %w", err)
	}
	defer file.discard()
	survey, err := o.survey(ctx, source, nil)
	if err != nil {
		return nil, err
	}
	asked := o.dedup
	asked.Workers = 1 // which is of the machine, and says nothing of the run
	run := &runfile.Run{Program: version(), Asked: asked, Survey: survey}
	survey.Result.Options.Workers = 1
	if err := file.write(func(w io.Writer) error { return runfile.Write(w, run) }); err != nil {
		return nil, fmt.Errorf("scan: %w", err)
	}
	o.streams.tell("saved %s: newsdedup report tells of %s", o.save, toldFrom(survey.Result.Options))
	return survey.At(o.dedup)
}

// toldFrom says which thresholds a run with the floor tells of.
func toldFrom(floor dedup.Options) string {
	var from []string
	if floor.Finds(dedup.Near) {
		from = append(from, fmt.Sprintf("--threshold from %v", floor.Threshold))
	}
	if floor.Finds(dedup.Contained) {
		from = append(from, fmt.Sprintf("--containment from %v", floor.Containment))
	}
	if len(from) == 0 {
		return "copies of one text, which have no threshold"
	}
	return "any " + strings.Join(from, " and ") + " on"
}
