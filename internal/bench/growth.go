package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

// smallestShare is how many times the smallest growing corpus goes into the
// largest.
const smallestShare = 100

// A size is what scans of one corpus took.
type size struct {
	corpus corpusFile
	costs  []cost
}

func (z size) seconds() float64 { return median(each(z.costs, cost.wallSeconds)) }

// growth times scans of corpora each about three times as large as the one
// before, up to the most articles, and fits lines to them.
func growth(s settings) error {
	fmt.Printf("rounds: %d, two workers; median [least–greatest]\n", s.rounds)
	sizes, err := s.growing(os.Stdout)
	if err != nil {
		return err
	}
	tellGrowth(os.Stdout, sizes)
	return nil
}

func (s settings) growing(w io.Writer) ([]size, error) {
	table := newScanTable(w, "articles")
	defer table.Flush() // also what was measured before an error
	var sizes []size
	for _, divisor := range []int{smallestShare, 30, 10, 3, 1} {
		news, err := s.news(s.most / divisor)
		if err != nil {
			return nil, err
		}
		costs, err := s.scans(table, fmt.Sprint(news.articles), news)
		if err != nil {
			return nil, err
		}
		sizes = append(sizes, size{news, costs})
	}
	return sizes, nil
}

// scans fills a row of the table.
func (s settings) scans(table scanTable, name string, corpus corpusFile) ([]cost, error) {
	costs, err := inTurn([]command{s.scan(name, corpus.path)}, s.rounds)
	if err != nil {
		return nil, err
	}
	table.row(name, corpus, costs[0])
	return costs[0], nil
}

// tellGrowth states the slopes over all sizes, and how time an article changes
// from the smallest to the largest: 1 is linear growth.
func tellGrowth(w io.Writer, sizes []size) {
	var articles, seconds, peaks []float64
	for _, z := range sizes {
		articles = append(articles, float64(z.corpus.articles))
		seconds = append(seconds, z.seconds())
		peaks = append(peaks, median(each(z.costs, cost.peakMB)))
	}
	time, memory := fit(articles, seconds), fit(articles, peaks)
	least, most := sizes[0], sizes[len(sizes)-1]
	fmt.Fprintf(w, "memory, least squares: %.0f bytes an article above %.0f MB\n", memory.slope*1e6, memory.base)
	fmt.Fprintf(w, "time, least squares: %.2f s a million articles\n", time.slope*1e6)
	fmt.Fprintf(w, "time an article: × %.2f from %d to %d articles (1 is linear)\n",
		most.seconds()/float64(most.corpus.articles)/(least.seconds()/float64(least.corpus.articles)),
		least.corpus.articles, most.corpus.articles)
}

// A scanTable has a row for each corpus.
type scanTable struct{ *tabwriter.Writer }

func newScanTable(w io.Writer, first string) scanTable {
	table := scanTable{tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)}
	fmt.Fprintln(table, first+"\tMB\twall s\tCPU s\tMB/s wall\tMB/s CPU\tpeak MB\tbytes an article\t")
	return table
}

func (t scanTable) row(name string, corpus corpusFile, costs []cost) {
	fmt.Fprintf(t, "%s\t%.0f\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, corpus.megas,
		spread(each(costs, cost.wallSeconds), "%.2f"),
		spread(each(costs, cost.cpuSeconds), "%.2f"),
		spread(each(costs, corpus.perWallSecond), "%.0f"),
		spread(each(costs, corpus.perCPUSecond), "%.0f"),
		spread(each(costs, cost.peakMB), "%.0f"),
		spread(each(costs, func(c cost) float64 { return float64(c.peak) / float64(corpus.articles) }), "%.0f"))
}
