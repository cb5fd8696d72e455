package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
	"github.com/newsdedup/newsdedup/internal/report"
)

// evalOptions are the flags of an evaluation, beside those of its scan.
type evalOptions struct {
	scanOptions
	truth, groups string
	positive      []string
	judgedOnly    bool
	stories       bool
	precision     float64
}

// pairKinds are the kinds of pairs that a scan finds.
func pairKinds() []string {
	return slices.DeleteFunc(kindNames(), func(name string) bool { return name == string(dedup.Repeated) })
}

func newEvalCommand(streams Streams, run func(context.Context, *evalOptions) error) *cobra.Command {
	opts := &evalOptions{scanOptions: *newScanOptions(streams, "eval")}
	cmd := &cobra.Command{
		Use:   "eval INPUT... --truth PAIRS.tsv",
		Short: "Hold what a scan finds against labelled pairs: precision and recall",
		Long: `Hold what a scan finds against what people say of the same articles: precision,
recall and F1 of each kind and at every threshold, clusters, the best thresholds,
and the pairs that were missed or should not have been found.

PAIRS.tsv has two names of articles and a label a line, parted by tabs, as many more
columns as there are, and comments behind #. Without --positive all pairs are to be
found but those labelled no or 0. Pairs that it does not name are taken for no copies;
with --judged-only nothing is known of them. --truth-clusters reads a name and a group
a line instead, and with --stories the stories are held against these groups too, for
which the corpus is read again.`,
		Example: `  newsdedup eval crawl.jsonl --truth judged.tsv --positive dup,revised --judged-only
  newsdedup eval bundle.txt --truth pairs.tsv --precision 0.99
  newsdedup eval bundle.txt --truth-clusters stories.tsv --stories --format json | jq .stories`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.inputs = args
			opts.setFormat(cmd.Flags().Changed("format"))
			if err := opts.completeEval(); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addEvalFlags(cmd.Flags())
	completions(cmd, map[string][]string{"kinds": pairKinds(), "format": report.EvaluationFormats(), "stories": nil}) // which is a switch here
	return cmd
}

func (o *evalOptions) addEvalFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVar(&o.truth, "truth", "", "the file of labelled pairs")
	flags.StringVar(&o.groups, "truth-clusters", "", "a file of articles and their groups instead")
	flags.StringSliceVar(&o.positive, "positive", nil, "the labels of pairs to find (default: all but "+strings.Join(quality.NotWanted(), ", ")+")")
	flags.BoolVar(&o.judgedOnly, "judged-only", false, "pairs that the truth does not name count neither for nor against; with --truth-clusters, articles")
	flags.BoolVar(&o.stories, "stories", false, "with --truth-clusters, also measure stories: articles that tell one event in other words")
	flags.Float64Var(&o.precision, "precision", 0.95, "the precision that the best thresholds are to have, in (0, 1]")
	flags.Float64Var(&o.floor, "floor", defaultFloor, "the least similarity and containment that is looked for: precision is known from it on, in (0, 1]")
	flags.StringSliceVar(&o.kinds, "kinds", pairKinds(), "what to find")
	o.addPairFlags(flags)
	o.addWordFlags(flags)
	o.addEffortFlags(flags)
	o.addStoryWindowFlag(flags)
	o.addReadingFlags(flags)
	o.limit = 5
	o.addShowingFlags(flags)
	o.addVerboseFlag(flags)
	flags.Lookup("format").Usage = "report as " + strings.Join(report.EvaluationFormats(), ", ")
	flags.Lookup("limit").Usage = "pairs that the text report lists of those missed and of the false alarms, 0 for all"
}

// completeEval checks the flags, all of them before the first byte is read.
func (o *evalOptions) completeEval() error {
	if !slices.Contains(report.EvaluationFormats(), o.format) {
		return fmt.Errorf("eval: unknown format %q: known are %s", o.format, strings.Join(report.EvaluationFormats(), ", "))
	}
	if err := o.complete(); err != nil {
		return err
	}
	switch {
	case o.dedup.Finds(dedup.Repeated):
		return errors.New("eval: pairs are evaluated, and repeats are none: known kinds are " + strings.Join(pairKinds(), ", "))
	case o.truth == "" && o.groups == "":
		return &hintedError{errors.New("eval: no truth is named"), "newsdedup eval " + strings.Join(o.inputs, " ") + " --truth PAIRS.tsv"}
	case o.truth != "" && o.groups != "":
		return errors.New("eval: --truth and --truth-clusters at once")
	case o.groups != "" && len(o.positive) > 0:
		return errors.New("eval: --positive is of pairs, and --truth-clusters names groups")
	case o.stories && o.groups == "":
		return errors.New("eval: --stories is of groups, and needs --truth-clusters")
	case o.stories && slices.Contains(o.inputs, corpus.Stdin):
		return errors.New("eval: for --stories the corpus is read twice, and standard input can be read only once")
	case !(o.precision > 0 && o.precision <= 1):
		return fmt.Errorf("eval: precision %v is not in (0, 1]", o.precision)
	}
	return nil
}

// truthPath is the file that says the truth.
func (o *evalOptions) truthPath() string { return o.truth + o.groups }

// readTruth reads the truth. Its errors have the place: file:line.
func (o *evalOptions) readTruth() (truth *quality.Truth, err error) {
	file, err := os.Open(o.truthPath())
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	defer file.Close()
	if o.groups != "" {
		var groups []evaluate.Grouped
		if groups, err = evaluate.ReadGroups(file); err == nil {
			truth, err = quality.FromGroups(groups, o.judgedOnly)
		}
	} else {
		var pairs []evaluate.Labelled
		if pairs, err = evaluate.ReadPairs(file); err == nil {
			truth, err = quality.FromPairs(pairs, o.positive, o.judgedOnly)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("eval: %s", atPlace(o.truthPath(), err))
	}
	return truth, nil
}

// atPlace puts a path before an error, and its line, if it begins with one, as compilers do.
func atPlace(path string, err error) string {
	line, rest, found := strings.Cut(err.Error(), ": ")
	if number, ok := strings.CutPrefix(line, "line "); found && ok {
		return path + ":" + number + ": " + rest
	}
	return path + ": " + err.Error()
}

// runEval reads the truth, scans, and holds the one against the other.
func runEval(ctx context.Context, o *evalOptions) error {
	defer tuneMemory(o.dedup.MaxMemory)()
	truth, err := o.readTruth()
	if err != nil {
		return err
	}
	source, err := o.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	outputs, err := o.createOutputs(append(source.Inputs(), corpus.InputInfo{Path: o.truthPath()}))
	if err != nil {
		return err
	}
	defer outputs.discard()
	survey, placed, err := o.surveyFor(ctx, source, truth)
	if err != nil {
		return err
	}
	evaluation, err := quality.Evaluate(survey, o.dedup, placed)
	if err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	if o.stories {
		if err := o.measureStories(ctx, source, evaluation); err != nil {
			return fmt.Errorf("eval: %w", err)
		}
	}
	told := report.Evaluated{Evaluation: evaluation, TruthPath: o.truthPath(), Precision: o.precision}
	if err := outputs.writeMain(o.streams.Out, func(out io.Writer) error {
		return report.WriteEvaluation(out, o.format, told, o.reportOptions(nil))
	}); err != nil {
		return err
	}
	if len(placed.Asked()) == 0 {
		o.streams.warningf("no pair of %q is in the corpus", o.truthPath())
		o.streams.hintf("names are those of the articles: newsdedup bundle list, or the key in a report")
	}
	return o.judge(evaluation.Result.Summary)
}

// measureStories scans again, for stories, which are of one clustering and not of a survey.
func (o *evalOptions) measureStories(ctx context.Context, source *corpus.Corpus, evaluation *quality.Evaluation) error {
	again, err := source.Again()
	if err != nil {
		return err
	}
	defer again.Close()
	options := o.dedup
	options.Stories = dedup.AlwaysStories
	progress := newProgress(o.streams, again.Progress)
	result, err := dedup.Scan(ctx, again, options, progress.update)
	progress.close()
	if err != nil {
		return err
	}
	evaluation.MeasureStories(result)
	return nil
}
