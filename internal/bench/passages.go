package main

import (
	"fmt"
	"os"
	"text/tabwriter"
)

// passages times scans with passages against those without, of the compared corpus and of
// those made to be costly: round by round, so that a ratio is of one moment.
func passages(s settings) error {
	news, err := s.compared()
	if err != nil {
		return err
	}
	fmt.Printf("rounds: %d, two workers; median [least–greatest]; ratios to a scan without passages\n", s.rounds)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer table.Flush() // also what was measured before an error
	fmt.Fprintln(table, "corpus\tarticles\tleast words\twall s\tCPU s\tpeak MB\twall\tCPU\tpeak\t")
	if err := s.passagesOf(table, "news", news); err != nil {
		return err
	}
	for _, c := range hotCases(s.hot) {
		corpus, err := s.hotCorpus(c)
		if err != nil {
			return err
		}
		if err := s.passagesOf(table, c.name, corpus); err != nil {
			return err
		}
	}
	return nil
}

// passagesOf prints a row for each length of a passage.
func (s settings) passagesOf(table *tabwriter.Writer, name string, corpus corpusFile) error {
	lengths := []string{"25", "8"}
	commands := []command{s.scan(name, corpus.path)}
	for _, least := range lengths {
		commands = append(commands, s.scan(name, corpus.path, "--min-passage", least))
	}
	costs, err := inTurn(commands, s.rounds)
	if err != nil {
		return err
	}
	peak := func(c cost) float64 { return float64(c.peak) }
	for i, least := range lengths {
		of := costs[i+1]
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, corpus.articles, least,
			spread(each(of, cost.wallSeconds), "%.2f"), spread(each(of, cost.cpuSeconds), "%.2f"),
			spread(each(of, func(c cost) float64 { return peak(c) / 1e6 }), "%.0f"),
			spread(ratios(of, costs[0], cost.wallSeconds), "%.1f"), spread(ratios(of, costs[0], cost.cpuSeconds), "%.1f"),
			spread(ratios(of, costs[0], peak), "%.1f"))
	}
	return nil
}
