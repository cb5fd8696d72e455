package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Exit statuses. 1 is kept for a gate that was asked for and missed.
const (
	statusOK          = 0
	statusError       = 2   // usage or run error; unreadable input with --strict
	statusProblems    = 3   // ran, but some input could not be read
	statusInterrupted = 130 // as shells report an interrupt
)

// errProblems says that the report stands, but not all input could be read.
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

// run is Main without the signals.
func run(ctx context.Context, args []string, streams Streams) int {
	done := make(chan error, 1)
	go func() { done <- execute(ctx, args, streams) }()
	select {
	case err := <-done:
		return status(ctx, err, streams)
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return status(ctx, err, streams)
	case <-time.After(grace):
		return status(ctx, ctx.Err(), streams)
	}
}

func execute(ctx context.Context, args []string, streams Streams) error {
	root := newRootCommand(streams)
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// status tells the error, and turns it into an exit status.
func status(ctx context.Context, err error, streams Streams) int {
	var strict *strictError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE), errors.Is(err, os.ErrClosed):
		return statusOK
	case errors.Is(err, errProblems):
		return statusProblems
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		streams.errorf("interrupted")
		return statusInterrupted
	case errors.As(err, &strict):
		streams.errorf("%v", err)
		return statusError
	}
	streams.errorf("%v", err)
	var hinted *hintedError
	if errors.As(err, &hinted) {
		streams.hintf("%s", hinted.hint)
	}
	return statusError
}

// A strictError is errProblems where --strict was given.
type strictError struct{ problems int }

func (e *strictError) Error() string {
	if e.problems == 1 {
		return "1 problem in the input, and --strict was given"
	}
	return sprintf("%d problems in the input, and --strict was given", e.problems)
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
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.SetVersionTemplate("newsdedup {{.Version}}\n")
	root.SetUsageTemplate(usageTemplate(root))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &hintedError{err, sprintf("%s --help lists the flags", cmd.CommandPath())}
	})
	root.AddCommand(newScanCommand(streams, runScan), newSchemaCommand())
	return root
}

// unknownCommand answers a mistake with the command that was probably meant: a
// file's name in the place of a command most of all.
func unknownCommand(cmd *cobra.Command, args []string) error {
	err := errors.New(sprintf("unknown command %q", args[0]))
	if _, statErr := os.Stat(args[0]); statErr == nil {
		return &hintedError{err, sprintf("newsdedup scan %s", args[0])}
	}
	cmd.SuggestionsMinimumDistance = 2
	if suggestions := cmd.SuggestionsFor(args[0]); len(suggestions) > 0 {
		return &hintedError{err, sprintf("did you mean: newsdedup %s", suggestions[0])}
	}
	return &hintedError{err, "newsdedup --help lists the commands"}
}
