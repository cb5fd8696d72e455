package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/index"
	"github.com/newsdedup/newsdedup/internal/report"
)

func newIndexCommand(streams Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Remember articles, to find tomorrow what repeats them",
		Long: `Remember articles, to find tomorrow what repeats them.

An index is a folder. "scan --index" and "clean --index" compare what they read with the
articles in it as with their own, and "--add" adds what was read. An index is made for
what is to be found: with the flags of "index create", which scans with it then take over.`,
		Example: `  newsdedup index create seen.nd
  newsdedup index add seen.nd archive/
  newsdedup scan today.jsonl --index seen.nd --add
  newsdedup clean today.jsonl --index seen.nd --add -o new.jsonl
  tail -f feed.jsonl | newsdedup scan - --index seen.nd --add --format jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args)
		},
	}
	cmd.AddCommand(newIndexCreate(streams), newIndexAdd(streams), newIndexQuery(streams), newIndexRemove(streams),
		newIndexStat(streams), newIndexCheck(streams), newIndexCompact(streams))
	return cmd
}

// scansOnly are flags of what is to be found that an index is not made for.
var scansOnly = [...]struct{ flag, reason string }{
	{"tolerant", "an index finds by words as they stand"},
	{"exhaustive", "an index finds by samples"},
	{"templates", "any index serves both: it is asked of the scan"},
}

func newIndexCreate(streams Streams) *cobra.Command {
	opts, lean := newScanOptions(streams, "index create"), false
	cmd := &cobra.Command{
		Use:   "create PATH",
		Short: "Make an empty index, in a folder that does not exist yet",
		Long: `Make an empty index, in a folder that does not exist yet. The flags say what it is for: it serves
scans for the same shingles and paragraphs, and for the same or higher thresholds.

With --lean it keeps no texts, and takes a third of the room. What is like its articles is then
estimated from samples and not compared, and nothing is found of their paragraphs.`,
		Example: `  newsdedup index create seen.nd
  newsdedup index create strict.nd --threshold 0.9 --min-repeat-words 20
  newsdedup index create small.nd --lean`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, of := range scansOnly {
				if cmd.Flags().Changed(of.flag) {
					return fmt.Errorf("index create: --%s: %s", of.flag, of.reason)
				}
			}
			opts.inputs = args
			if err := opts.complete(); err != nil {
				return err
			}
			create := index.Create
			if lean {
				create = index.CreateLean
			}
			x, err := create(args[0], opts.dedup)
			if err != nil {
				return fmt.Errorf("%s: %w", opts.command, err)
			}
			return x.Close()
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&lean, "lean", false, "keep no texts: findings are estimates")
	opts.addFindingFlags(cmd.Flags())
	for _, of := range scansOnly {
		_ = cmd.Flags().MarkHidden(of.flag) // it exists: a test would see it at once
	}
	_ = cmd.Flags().MarkHidden("workers")
	return cmd
}

func newIndexAdd(streams Streams) *cobra.Command {
	opts := newScanOptions(streams, "index add")
	opts.add = true
	cmd := &cobra.Command{
		Use:   "add PATH INPUT...",
		Short: "Add articles, and find nothing",
		Long: `Add the articles of the inputs to an index, without comparing them. All of them are in it at the end, or
none. An article is not added twice: one that has the name and the words of one in the index is passed over.`,
		Example: `  newsdedup index add seen.nd archive/ dump.jsonl.zst`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.index, opts.inputs, opts.explicit = args[0], args[1:], cmd.Flags().Changed
			if len(opts.inputs) == 0 {
				return &hintedError{errors.New("index add: no input is named"), "newsdedup index add " + args[0] + " bundle.txt"}
			}
			if err := opts.complete(); err != nil {
				return err
			}
			return runIndexAdd(cmd.Context(), opts)
		},
	}
	cmd.Flags().SortFlags = false
	opts.addReadingFlags(cmd.Flags())
	opts.addScanningFlags(cmd.Flags())
	cmd.Flags().IntVar(&opts.dedup.Workers, "workers", runtime.GOMAXPROCS(0), "goroutines; the result does not depend on it")
	cmd.Flags().BoolVarP(&opts.verbose, "verbose", "v", false, "say on stderr what is read")
	return cmd
}

func runIndexAdd(ctx context.Context, o *scanOptions) error {
	defer tuneMemory(o.dedup.MaxMemory)()
	source, err := o.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	seen, err := o.openIndex()
	if err != nil {
		return err
	}
	defer seen.close()
	progress := newProgress(o.streams, source.Progress)
	view, err := seen.index.Read(ctx, source, o.intake(progress))
	progress.close()
	if err == nil {
		err = seen.index.Keep(ctx)
	}
	if err != nil {
		return seen.hinted(err)
	}
	summary := dedup.Summary{Articles: view.Added + view.Known, Problems: len(view.Problems()) + view.UnlistedProblems()}
	o.tellInputs(source, &dedup.Result{Problems: view.Problems()})
	o.streams.warnOf(view.Problems(), summary.Problems)
	if _, err := fmt.Fprintf(o.streams.Out, "%s.\n", addedTo(view, seen.index)); err != nil {
		return err
	}
	return o.judge(summary)
}

// openedIndex runs with an index that was opened.
func openedIndex(command, path string, mode index.Mode, run func(*index.Index) error) error {
	x, err := index.Open(path, mode)
	if err != nil {
		return hintIndex(command, path, err)
	}
	err = run(x)
	if err != nil {
		err = hintIndex(command, path, err)
	}
	return errors.Join(err, x.Close())
}

// An indexArticle is an article as query writes it.
type indexArticle struct {
	Key       string `json:"key"`
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Source    string `json:"source,omitempty"`
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	Bytes     int    `json:"bytes,omitempty"`
	Text      string `json:"text,omitempty"`
}

func newIndexQuery(streams Streams) *cobra.Command {
	withText := false
	cmd := &cobra.Command{
		Use:   "query PATH KEY...",
		Short: "Print what an index has under a name, as JSON lines",
		Long: `Print the articles of an index that have one of the names, as JSON lines: where each came from, and
with --text what it says. What is like an article that you have is found by scan --index.`,
		Example: `  newsdedup index query seen.nd 003_coast_bulletin.txt --text | jq -r .text`,
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return openedIndex("index query", args[0], index.Read, func(x *index.Index) error {
				if withText && x.IsLean() {
					return errors.New("it keeps no texts (it was made with --lean)")
				}
				return query(streams, x, args[1:], withText)
			})
		},
	}
	cmd.Flags().BoolVar(&withText, "text", false, "with the text")
	return cmd
}

func query(streams Streams, x *index.Index, keys []string, withText bool) error {
	encoder := json.NewEncoder(streams.Out)
	encoder.SetEscapeHTML(false)
	for _, key := range keys {
		found := false
		if err := x.Find(key, func(a *corpus.Article) error {
			found = true
			one := indexArticle{Key: a.Key, Path: a.Path, Line: a.Line, Source: a.Source, Title: a.Meta.Title, URL: a.Meta.URL, Language: a.Meta.Language, Bytes: len(a.Body)}
			if !a.Meta.Published.IsZero() {
				one.Published = a.Meta.Published.Format(time.RFC3339)
			}
			if withText {
				one.Text = string(a.Body)
			}
			return encoder.Encode(one)
		}); err != nil {
			return err
		}
		if !found {
			streams.warningf("no article is called %s", key)
		}
	}
	return nil
}

func newIndexRemove(streams Streams) *cobra.Command {
	before, unreadable := "", false
	cmd := &cobra.Command{
		Use:   "remove PATH KEY...",
		Short: "Remove articles by their names, or by their dates",
		Long: `Remove articles by their names (- reads them from standard input, one a line), or, with --before, those that were
published before a day. They are found no more; "index compact" gives their room back.

Of an index that is damaged --damaged removes the articles that cannot be read any more; once it is compacted it is
whole again, without them.`,
		Example: `  newsdedup index remove seen.nd 003_coast_bulletin.txt
  newsdedup index remove seen.nd --before 2031-01-01
  newsdedup index remove seen.nd --damaged && newsdedup index compact seen.nd`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ways := slices.DeleteFunc([]bool{before != "", unreadable, len(args) > 1}, func(is bool) bool { return !is })
			if len(ways) != 1 {
				return &hintedError{errors.New("index remove: either names or --before or --damaged say what to remove"), "newsdedup index remove --help"}
			}
			day, err := time.Parse(time.DateOnly, before)
			if before != "" && err != nil {
				return fmt.Errorf("index remove: --before %q is no day such as 2031-01-31", before)
			}
			return openedIndex("index remove", args[0], index.Write, func(x *index.Index) error {
				if before != "" {
					count, err := x.RemoveBefore(cmd.Context(), day)
					return tellRemovedFrom(streams, x, count, err)
				}
				if unreadable {
					count, err := x.RemoveDamaged(cmd.Context())
					return tellRemovedFrom(streams, x, count, err)
				}
				return removeKeys(streams, x, args[1:])
			})
		},
	}
	cmd.Flags().StringVar(&before, "before", "", "remove what was published before this day, in UTC")
	cmd.Flags().BoolVar(&unreadable, "damaged", false, "remove what cannot be read any more")
	return cmd
}

func removeKeys(streams Streams, x *index.Index, keys []string) error {
	if slices.Contains(keys, "-") {
		lines, err := readLines(streams.In)
		if err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
		keys = append(slices.DeleteFunc(keys, func(key string) bool { return key == "-" }), lines...)
	}
	count, unknown, err := x.Remove(keys)
	for _, key := range unknown {
		streams.warningf("no article is called %s", key)
	}
	return tellRemovedFrom(streams, x, count, err)
}

func readLines(in io.Reader) (lines []string, err error) {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, corpus.DefaultMaxArticleBytes) // a name is as long as its record lets it be
	for scanner.Scan() {
		if line := strings.TrimSuffix(scanner.Text(), "\r"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, scanner.Err()
}

func tellRemovedFrom(streams Streams, x *index.Index, count int, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(streams.Out, "%s removed; %s left.\n", counted(count, "article"), counted(x.Articles(), "article"))
	return err
}

func newIndexStat(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "stat PATH",
		Short: "Say what an index holds, and what it takes",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return openedIndex("index stat", args[0], index.Read, func(x *index.Index) error { return tellStat(streams, x) })
		},
	}
}

func tellStat(streams Streams, x *index.Index) error {
	s, o := x.Stat(), x.Options()
	size := func(n int64) string { return humanize.Bytes(uint64(n)) }
	kept := "texts"
	if x.IsLean() {
		kept = "names"
	}
	rows := [][2]string{
		{"articles", humanize.Comma(int64(s.Articles))},
		{"words", humanize.Comma(s.Words)},
		{"texts", size(s.Bytes)},
		{"on disk", fmt.Sprintf("%s in %s: %s for %s, %s for samples", size(s.Stored), counted(s.Segments, "segment"), size(s.TextsStored), kept, size(s.SamplesStored))},
		{"made for", fmt.Sprintf("--threshold %v --containment %v --min-contained-words %d --repeat-similarity %v --min-repeat-words %d --shingle-size %d --paragraphs %v",
			o.Threshold, o.Containment, o.MinContained, o.RepeatSimilarity, o.MinRepeat, o.ShingleSize, o.Paragraphs)},
	}
	if x.IsLean() {
		rows[2] = [2]string{"texts", "none: made with --lean, so that what is found is estimated"}
	}
	if s.Removed > 0 {
		rows = append(rows, [2]string{"removed", counted(s.Removed, "article") + ", in the words, texts and room above until newsdedup index compact"})
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(streams.Out, "%-9s %s\n", row[0], row[1]); err != nil {
			return err
		}
	}
	return nil
}

func newIndexCheck(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "check PATH",
		Short: "Read all of an index, and name everything in it that is not as it should be",
		Long: `Read all of an index, and name everything in it that is not as it should be: checksums, order, and that what is
known of each article is what its text says. Status 2 says that something is not.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return openedIndex("index check", args[0], index.Read, func(x *index.Index) error { return check(cmd.Context(), streams, x) })
		},
	}
}

func check(ctx context.Context, streams Streams, x *index.Index) error {
	violations := 0
	progress := newProgress(streams, func() (int64, int64) { return 0, 0 })
	err := x.Check(ctx, runtime.GOMAXPROCS(0), func(violation string) {
		violations++
		fmt.Fprintln(streams.Out, report.Harmless(violation))
	}, func(done, articles int) { progress.update("checking", done, articles) })
	progress.close()
	if err != nil {
		return err
	}
	if violations > 0 {
		return &hintedError{fmt.Errorf("the index is damaged: %s", counted(violations, "violation")),
			"forget what cannot be read: newsdedup index remove PATH --damaged, and newsdedup index compact PATH; or " + wayOn}
	}
	_, err = fmt.Fprintf(streams.Out, "%s: all as it should be.\n", counted(x.Articles(), "article"))
	return err
}

func newIndexCompact(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "compact PATH",
		Short: "Write an index anew as one segment, without the articles that were removed",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return openedIndex("index compact", args[0], index.Write, func(x *index.Index) error {
				before := x.Stat()
				if err := x.Compact(cmd.Context()); err != nil {
					return err
				}
				_, err := fmt.Fprintf(streams.Out, "%s on disk, before %s.\n", humanize.Bytes(uint64(x.Stat().Stored)), humanize.Bytes(uint64(before.Stored)))
				return err
			})
		},
	}
}
