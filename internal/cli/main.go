package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Exit statuses. statusMissed is for a gate alone.
const (
	statusOK          = 0
	statusMissed      = 1   // ran, and a gate was missed that was asked for
	statusError       = 2   // usage or run error; with --strict, also what is statusProblems without it
	statusProblems    = 3   // ran, but some input could not be read, or no article was
	statusInterrupted = 130 // as shells report an interrupt
)

// errProblems says that the report stands, but not all input could be read, or
// there was none.
var errProblems = errors.New("some input could not be read")

// grace is how long a run may take to end after an interrupt. It is only used
// up where a read blocks, as on a terminal; nothing is lost then, since
// the temporary file has no name any more.
const grace = 500 * time.Millisecond

// Main runs the command line and returns its exit status.
func Main(args []string, streams Streams) int {
	// Without this a closed pipe on stdout would kill the process before it
	// could end in good order.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, args, streams)
}

// run is Main without the signals. A run that does not end after an interrupt
// is abandoned: it may write no more.
func run(ctx context.Context, args []string, streams Streams) int {
	valve := newValve()
	guarded := streams
	guarded.Out, guarded.Err = valve.guard(outWriter{streams.Out}), valve.guard(streams.Err)
	done := make(chan error, 1)
	go func() { done <- execute(ctx, args, guarded) }()
	select {
	case err := <-done:
		return status(ctx, err, streams)
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return status(ctx, err, streams)
	case <-time.After(grace):
		valve.close()
		if streams.ErrWidth > 0 {
			_, _ = io.WriteString(streams.Err, eraseLine) // of the progress, which may stand there
		}
		return status(ctx, ctx.Err(), streams)
	}
}

func execute(ctx context.Context, args []string, streams Streams) error {
	out := &recorder{writer: streams.Out}
	root := newRootCommand(streams)
	root.SetOut(out)
	answerUnknownShells(root)
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		return err
	}
	if out.err != nil {
		return fmt.Errorf("writing: %w", out.err)
	}
	return nil
}

// status tells the error, and turns it into an exit status.
func status(ctx context.Context, err error, streams Streams) int {
	switch {
	case err == nil, isClosedPipe(err):
		return statusOK
	case errors.Is(err, errMissed):
		return statusMissed
	case errors.Is(err, errProblems):
		return statusProblems
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		streams.errorf("interrupted")
		return statusInterrupted
	}
	streams.errorf("%v", err)
	var hinted *hintedError
	if errors.As(err, &hinted) {
		streams.hintf("%s", hinted.hint)
	}
	return statusError
}

// isClosedPipe reports whether the reader of stdout has gone away: it has all
// that it wanted. Another pipe that breaks is an error as any.
func isClosedPipe(err error) bool {
	var out *outError
	return errors.As(err, &out) && errors.Is(out, syscall.EPIPE)
}

// A hintedError is an error with the way out of it.
type hintedError struct {
	error
	hint string
}

func (e *hintedError) Unwrap() error { return e.error }

func newRootCommand(streams Streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "newsdedup",
		Short: "Find what repeats what in a corpus of news articles",
		Long: `newsdedup finds what repeats what in a corpus of news articles: copies, near
copies, articles that stand inside others, and paragraphs that stand again.
Every finding is verified and shows its evidence.`,
		Example: `  newsdedup scan bundle.txt
  newsdedup scan crawl/ --format json | jq '.clusters | length'
  zstd -dc dump.jsonl.zst | newsdedup scan -`,
		Annotations:   map[string]string{exitStatuses: scanStatuses},
		Version:       version(),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args)
		},
	}
	root.SetIn(streams.In)
	root.SetErr(streams.Err)
	root.SetVersionTemplate("newsdedup {{.Version}}\n")
	root.SetUsageTemplate(usageTemplate(streams.OutWidth))
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newScanCommand(streams, runScan), newCleanCommand(streams, runClean), newExplainCommand(streams, runExplain), newEvalCommand(streams, runEval), newReportCommand(streams, runReport), newTuneCommand(streams, runTune), newIndexCommand(streams), newBundleCommand(streams), newSchemaCommand(), newConfigCommand(streams))
	return root
}

// unknownCommand answers a mistake with the command that was probably meant: a
// file's name in the place of a command most of all.
func unknownCommand(cmd *cobra.Command, args []string) error {
	err := fmt.Errorf("unknown command %q", args[0])
	if _, statErr := os.Stat(args[0]); statErr == nil {
		return &hintedError{err, fmt.Sprintf("newsdedup scan %s", args[0])}
	}
	cmd.SuggestionsMinimumDistance = 2
	if suggestions := cmd.SuggestionsFor(args[0]); len(suggestions) > 0 {
		return &hintedError{err, fmt.Sprintf("did you mean: %s %s", cmd.CommandPath(), suggestions[0])}
	}
	return &hintedError{err, cmd.CommandPath() + " --help lists the commands"}
}
