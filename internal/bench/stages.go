package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/newsdedup/newsdedup/internal/cli"
)

// stages times the parts of scans of the compared corpus by one worker, as the
// program itself tells them, and counts what a scan allocates.
func stages(s settings) error {
	news, err := s.compared()
	if err != nil {
		return err
	}
	costs, err := inTurn([]command{s.scan("newsdedup", news.path, "--verbose", "--workers", "1")}, s.rounds)
	if err != nil {
		return err
	}
	if len(stagesOf(costs[0][0])) == 1 {
		return fmt.Errorf("%q told of no stages: %s", s.program, costs[0][0].told)
	}
	fmt.Printf("%s: %.0f MB, %d articles; one worker; rounds: %d, median [least–greatest]\n",
		news.path, news.megas, news.articles, s.rounds)
	printStages(os.Stdout, news, costs[0])
	return printAllocations(os.Stdout, news)
}

// A stage is one part of one run.
type stage struct {
	name string
	took time.Duration
}

// stagesOf reads lines "newsdedup: NAME: DURATION"; others are about something
// else. What the run took beside its stages comes last: to start, to write the
// report, to end.
func stagesOf(c cost) []stage {
	var found []stage
	rest := c.wall
	for told := range strings.Lines(c.told) {
		told, _ = strings.CutPrefix(strings.TrimSpace(told), "newsdedup: ")
		name, duration, _ := strings.Cut(told, ": ")
		if took, err := time.ParseDuration(duration); err == nil {
			found = append(found, stage{name, took})
			rest -= took
		}
	}
	return append(found, stage{"start, report, end", rest})
}

func printStages(w io.Writer, corpus corpusFile, costs []cost) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "stage\twall s\tshare\tMB/s\t")
	row := func(name string, seconds func(cost) float64) {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", name, spread(each(costs, seconds), "%.3f"),
			spread(each(costs, func(c cost) float64 { return 100 * seconds(c) / c.wallSeconds() }), "%.0f %%"),
			spread(each(costs, func(c cost) float64 { return corpus.megas / seconds(c) }), "%.0f"))
	}
	for i, s := range stagesOf(costs[0]) {
		row(s.name, func(c cost) float64 { return stagesOf(c)[i].took.Seconds() })
	}
	row("all", cost.wallSeconds)
	table.Flush()
}

// printAllocations runs a scan in this process, of the sources that bench was
// built from: the runtime counts what it allocates.
func printAllocations(w io.Writer, corpus corpusFile) error {
	args := []string{"scan", corpus.path, "--format", "json", "--workers", "1"}
	var told strings.Builder
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if status := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: &told}); status != 0 {
		return fmt.Errorf("the scan ended with status %d: %s", status, told.String())
	}
	runtime.ReadMemStats(&after)
	fmt.Fprintf(w, "a whole scan allocates %.1f times and %.2f MB for each MB of input; %.2f times an article\n",
		float64(after.Mallocs-before.Mallocs)/corpus.megas,
		float64(after.TotalAlloc-before.TotalAlloc)/1e6/corpus.megas,
		float64(after.Mallocs-before.Mallocs)/float64(corpus.articles))
	return nil
}
