package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
	"github.com/newsdedup/newsdedup/internal/report"
)

// tuneOptions are the flags of a tuning, beside those of its scan.
type tuneOptions struct {
	scanOptions
	labels    string
	review    int
	precision float64
}

func newTuneCommand(streams Streams, run func(context.Context, *tuneOptions) error) *cobra.Command {
	opts := &tuneOptions{scanOptions: *newScanOptions(streams, "tune")}
	cmd := &cobra.Command{
		Use:   "tune INPUT...",
		Short: "Show what each threshold would remove, and recommend one",
		Long: `Show how alike the pairs of a corpus are, what each threshold would remove, and
which to take and why. --review asks about a sample of pairs, those nearest to the
thresholds first, whether they are copies, and appends the answers to the file of --labels: it can be
broken off and taken up again, and newsdedup eval --truth reads the file.`,
		Example: `  newsdedup tune crawl.jsonl
  newsdedup tune crawl.jsonl --labels judged.tsv --review 30
  newsdedup eval crawl.jsonl --truth judged.tsv --judged-only`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.inputs = args
			if err := opts.completeTune(); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addTuneFlags(cmd.Flags())
	completions(cmd, map[string][]string{"kinds": pairKinds()})
	return cmd
}

func (o *tuneOptions) addTuneFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVar(&o.labels, "labels", "", "a file of pairs labelled yes or no, which the advice heeds")
	flags.IntVar(&o.review, "review", 0, "ask about so many pairs, and append the answers to the file of --labels")
	flags.Float64Var(&o.precision, "precision", 0.95, "the precision that the advice is to reach by the labels, in (0, 1]")
	flags.Float64Var(&o.floor, "floor", defaultFloor, "the least similarity and containment that is looked for, in (0, 1]")
	flags.StringSliceVar(&o.kinds, "kinds", pairKinds(), "what to find")
	o.addPairFlags(flags)
	o.addWordFlags(flags)
	o.addEffortFlags(flags)
	o.addReadingFlags(flags)
	flags.StringVar(&o.color, "color", "auto", "colour: auto, always or never")
	o.addVerboseFlag(flags)
}

// completeTune checks the flags, all of them before the first byte is read.
func (o *tuneOptions) completeTune() error {
	if err := o.complete(); err != nil {
		return err
	}
	switch {
	case o.dedup.Finds(dedup.Repeated):
		return errors.New("tune: repeats have no part in it: known kinds are " + strings.Join(pairKinds(), ", "))
	case !o.dedup.Finds(dedup.Near) && !o.dedup.Finds(dedup.Contained):
		return errors.New("tune: exact copies have no threshold")
	case o.review < 0:
		return fmt.Errorf("tune: review of %d pairs: below 0", o.review)
	case o.review > 0 && o.labels == "":
		return &hintedError{errors.New("tune: --review needs a file for the answers"), "newsdedup tune " + strings.Join(o.inputs, " ") + " --labels judged.tsv --review " + fmt.Sprint(o.review)}
	case o.review > 0 && slices.Contains(o.inputs, "-"):
		return errors.New("tune: standard input cannot be both the corpus and the answers")
	case !(o.precision > 0 && o.precision <= 1):
		return fmt.Errorf("tune: precision %v is not in (0, 1]", o.precision)
	}
	return nil
}

// readLabels reads the labels; a file that does not exist yet has none.
func (o *tuneOptions) readLabels() (*quality.Truth, error) {
	var pairs []evaluate.Labelled
	if o.labels != "" {
		file, err := os.Open(o.labels)
		if err != nil && !(errors.Is(err, fs.ErrNotExist) && o.review > 0) {
			return nil, fmt.Errorf("tune: %w", err)
		}
		if err == nil {
			defer file.Close()
			if pairs, err = evaluate.ReadPairs(file); err != nil {
				return nil, fmt.Errorf("tune: %s", atPlace(o.labels, err))
			}
		}
	}
	truth, err := quality.FromPairs(pairs, nil, true)
	if err != nil {
		return nil, fmt.Errorf("tune: %s", atPlace(o.labels, err))
	}
	return truth, nil
}

// runTune scans at the floor, asks, and tells.
func runTune(ctx context.Context, o *tuneOptions) error {
	defer tuneMemory(o.dedup.MaxMemory)()
	truth, err := o.readLabels()
	if err != nil {
		return err
	}
	source, err := o.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	if info, err := os.Stat(o.labels); o.review > 0 && err == nil && isInput(info, source.Inputs()) {
		return fmt.Errorf("tune: appending answers to %q: it is an input", o.labels)
	}
	survey, placed, err := o.surveyFor(ctx, source, truth)
	if err != nil {
		return err
	}
	tuning, err := quality.Tune(survey, o.dedup, placed, o.precision)
	if err != nil {
		return fmt.Errorf("tune: %w", err)
	}
	if o.review > 0 {
		if err := o.ask(ctx, tuning, placed); err != nil {
			return err
		}
		if tuning, err = o.tuneAgain(tuning, placed); err != nil {
			return err
		}
	}
	options := o.reportOptions(nil)
	options.Hints.Found = "To look at pairs and label them, give --labels judged.tsv --review 30"
	if o.labels != "" {
		options.Hints.Found = fmt.Sprintf("newsdedup eval %s --truth %s --judged-only holds a scan against the labels", report.Harmless(strings.Join(o.inputs, " ")), report.Harmless(o.labels))
	}
	if err := report.WriteTuning(o.streams.Out, tuning, options); err != nil {
		return err
	}
	return o.judge(tuning.Result.Summary)
}

// tuneAgain is the tuning with the labels as they are now.
func (o *tuneOptions) tuneAgain(before *quality.Tuning, placed *quality.Placed) (*quality.Tuning, error) {
	truth, err := o.readLabels()
	if err != nil {
		return nil, err
	}
	survey := before.Survey
	known := make(map[[2]dedup.ArticleID]dedup.Pair)
	for i, ids := range placed.Asked() {
		known[ids] = survey.Measured[i]
	}
	for _, pair := range survey.Result.Pairs {
		known[[2]dedup.ArticleID{pair.A, pair.B}] = pair
	}
	now := truth.Place(survey.Result.Articles)
	survey.Measured = nil
	for _, ids := range now.Asked() {
		survey.Measured = append(survey.Measured, known[ids])
	}
	tuning, err := quality.Tune(survey, o.dedup, now, o.precision)
	if err != nil {
		return nil, fmt.Errorf("tune: %w", err)
	}
	return tuning, nil
}
