package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"text/tabwriter"
)

// What a scan should cost at most, as shares of wc -w.
const (
	cpuBound  = 1.0
	wallBound = 0.5
)

// compare times a whole scan, JSON report included, against counting the words
// in both locales and against hashing the bytes.
func compare(s settings) error {
	news, err := s.compared()
	if err != nil {
		return err
	}
	counts := []command{
		{"wc -w (C)", []string{"wc", "-w", news.path}, []string{"LC_ALL=C"}},
		{"wc -w (C.UTF-8)", []string{"wc", "-w", news.path}, []string{"LC_ALL=C.UTF-8"}},
	}
	hashes, err := hashing(news.path)
	if err != nil {
		return err
	}
	scans := []command{
		s.scan("newsdedup, 1 worker", news.path, "--workers", "1"),
		s.scan("newsdedup, 2 workers", news.path, "--workers", "2"),
	}
	costs, err := inTurn(slices.Concat(counts, hashes, scans), s.rounds)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %.0f MB, %d articles; rounds: %d, median [least–greatest]; ratios to the faster wc of the same round\n",
		news.path, news.megas, news.articles, s.rounds)
	t := comparison{corpus: news, base: fastest(costs[:len(counts)]...)}
	beside := slices.Concat(counts, hashes)
	t.print(os.Stdout, beside, costs[:len(beside)], scans, costs[len(beside):])
	return nil
}

// hashing is what bounds a scan from below: to read the bytes and hash them.
func hashing(path string) ([]command, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	hashes := []command{{"xxhash (Go)", []string{self, hashCommand, path}, nil}}
	if _, err := exec.LookPath("xxhsum"); err != nil {
		fmt.Println("xxhsum (package xxhash) is not installed and left out")
		return hashes, nil
	}
	return append(hashes, command{"xxhsum -H3", []string{"xxhsum", "-H3", path}, nil}), nil
}

// A comparison is printed as a table and a verdict.
type comparison struct {
	corpus corpusFile
	base   []cost // of wc, by round
}

func (t comparison) print(w io.Writer, beside []command, besideCosts [][]cost, scans []command, scanCosts [][]cost) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\twall s\tCPU s\tMB/s wall\tMB/s CPU\twall / wc\tCPU / wc\tpeak MB\tbytes an article\t")
	for i, c := range beside {
		t.row(table, c.name, besideCosts[i], "–")
	}
	for i, c := range scans {
		perArticle := each(scanCosts[i], func(c cost) float64 { return float64(c.peak) / float64(t.corpus.articles) })
		t.row(table, c.name, scanCosts[i], spread(perArticle, "%.0f"))
	}
	table.Flush()
	for i, c := range scans {
		fmt.Fprintf(w, "%s: CPU ≤ wc %s, wall ≤ wc / 2 %s\n", c.name,
			verdict(ratios(scanCosts[i], t.base, cost.cpuSeconds), cpuBound),
			verdict(ratios(scanCosts[i], t.base, cost.wallSeconds), wallBound))
	}
}

func (t comparison) row(w io.Writer, name string, costs []cost, perArticle string) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name,
		spread(each(costs, cost.wallSeconds), "%.2f"),
		spread(each(costs, cost.cpuSeconds), "%.2f"),
		spread(each(costs, t.corpus.perWallSecond), "%.0f"),
		spread(each(costs, t.corpus.perCPUSecond), "%.0f"),
		spread(ratios(costs, t.base, cost.wallSeconds), "%.2f"),
		spread(ratios(costs, t.base, cost.cpuSeconds), "%.2f"),
		spread(each(costs, cost.peakMB), "%.0f"), perArticle)
}

// verdict says whether the median keeps to the bound, and in how many rounds it
// is kept.
func verdict(values []float64, bound float64) string {
	kept := 0
	for _, v := range values {
		if v <= bound {
			kept++
		}
	}
	answer := "does not hold"
	if median(values) <= bound {
		answer = "holds"
	}
	return fmt.Sprintf("%s (median %.2f, kept in %d of %d rounds)", answer, median(values), kept, len(values))
}
