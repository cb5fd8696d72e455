package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report"
	"github.com/newsdedup/newsdedup/internal/runfile"
)

func newReportCommand(streams Streams, run func(context.Context, *scanOptions, *pflag.FlagSet) error) *cobra.Command {
	opts := newScanOptions(streams, "report")
	cmd := &cobra.Command{
		Use:   "report RUN",
		Short: "Report a saved scan anew, at other thresholds or in another format",
		Long: `Report what newsdedup scan --save has kept, at other thresholds or in another format,
without reading the corpus again. Without flags it is the scan's own report; thresholds
may be any from the floor on that the run was saved with.`,
		Example: `  newsdedup scan crawl/ --save crawl.run --floor 0.4
  newsdedup report crawl.run --threshold 0.7
  newsdedup report crawl.run --kinds near --format json | jq '.pairs | length'`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: readStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &hintedError{errors.New("report: one saved run is wanted"), "newsdedup scan INPUT... --save crawl.run, and then newsdedup report crawl.run"}
			}
			opts.inputs = args
			opts.setFormat(cmd.Flags().Changed("format"))
			if err := opts.complete(); err != nil {
				return err
			}
			return run(cmd.Context(), opts, cmd.Flags())
		},
	}
	opts.addReportFlags(cmd.Flags())
	completions(cmd, nil)
	return cmd
}

func (o *scanOptions) addReportFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	d := &o.dedup
	flags.StringSliceVar(&o.kinds, "kinds", kindNames(), "what to tell of (default: what was looked for)")
	flags.Float64Var(&d.Threshold, "threshold", d.Threshold, "Jaccard similarity of a near pair, from the run's floor to 1 (default: the scan's)")
	flags.Float64Var(&d.Containment, "containment", d.Containment, "share of the smaller article that stands in the larger, likewise")
	flags.BoolVar(&o.strict, "strict", false, "exit with status 2, not 3, when some input could not be read, or no article was")
	o.addShowingFlags(flags)
	for name, unset := range map[string]string{"kinds": "[]", "threshold": "0", "containment": "0"} {
		flags.Lookup(name).DefValue = unset // of which help says nothing
	}
}

// runReport reads a run and tells of it.
func runReport(_ context.Context, o *scanOptions, flags *pflag.FlagSet) error {
	run, err := readRun(o.inputs[0])
	if err != nil {
		return err
	}
	o.dedup = o.chosen(run.Asked, flags)
	result, err := run.Survey.At(o.dedup)
	if err != nil {
		return &hintedError{fmt.Errorf("report: %q: %w", o.inputs[0], err), "newsdedup scan with --save again, and a lower --floor or more --kinds"}
	}
	options := o.reportOptions(nil)
	options.Hints.Exhaustive = "The run was saved with floors: it tells of " + toldFrom(run.Survey.Result.Options)
	outputs, err := o.createOutputs([]corpus.InputInfo{{Path: o.inputs[0]}})
	if err != nil {
		return err
	}
	defer outputs.discard()
	if err := outputs.writeMain(o.streams.Out, func(out io.Writer) error { return report.Write(out, o.format, result, options) }); err != nil {
		return err
	}
	return o.judge(result.Summary)
}

// chosen are the options of the scan, and what the flags say instead.
func (o *scanOptions) chosen(asked dedup.Options, flags *pflag.FlagSet) dedup.Options {
	if flags.Changed("threshold") {
		asked.Threshold = o.dedup.Threshold
	}
	if flags.Changed("containment") {
		asked.Containment = o.dedup.Containment
	}
	if flags.Changed("kinds") {
		asked.Kinds = slices.Clone(o.dedup.Kinds)
	}
	return asked
}

func readRun(path string) (*runfile.Run, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	defer file.Close()
	run, err := runfile.Read(file)
	if errors.Is(err, runfile.ErrNoRun) {
		return nil, &hintedError{fmt.Errorf("report: reading %q: %w", path, err), fmt.Sprintf("newsdedup scan %s --save crawl.run makes one", path)}
	}
	if err != nil {
		return nil, fmt.Errorf("report: reading %q: %w", path, err)
	}
	return run, nil
}
