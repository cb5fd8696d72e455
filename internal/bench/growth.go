package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

// growth times scans of corpora each about three times as large as the one
// before, up to the most articles.
func growth(s settings) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "articles\tMB\twall s\tMB/s wall\tMB/s CPU\tpeak MB\tbytes an article above 64 MB\t")
	for articles := s.most / 100; articles <= s.most; articles = articles * 10 / 3 {
		path, err := s.generated(fmt.Sprintf("%d", articles), writeNews(articles*10/11))
		if err != nil {
			return err
		}
		if err := s.row(table, fmt.Sprint(articles), path, articles); err != nil {
			return err
		}
	}
	return table.Flush()
}

// hot times scans of corpora made to be costly.
func hot(s settings) error {
	letter := strings.Repeat("the committee will meet again on monday to hear what the harbour master has to say ", 12)
	words := func(i int) string { return strings.Repeat(fmt.Sprintf("word%d ", i), 40) }
	const copies = 100000
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "corpus\tMB\twall s\tMB/s wall\tMB/s CPU\tpeak MB\tbytes an article above 64 MB\t")
	for _, c := range []struct {
		name  string
		count int
		text  func(i int) string
	}{
		{"100000-copies", copies, func(int) string { return letter }},
		{"a-paragraph-in-every-article", copies, func(i int) string { return words(i) + "\n" + letter }},
		{"a-template-in-100000-variants", copies, func(i int) string { return letter + words(i)[:20] + letter }},
		{"one-word-a-million-times", 4, func(i int) string { return strings.Repeat("word ", 1000000+i) }},
	} {
		path, err := s.generated(c.name, repeated(c.count, c.text))
		if err != nil {
			return err
		}
		if err := s.row(table, c.name, path, c.count); err != nil {
			return err
		}
	}
	return table.Flush()
}

func (s settings) row(table *tabwriter.Writer, name, path string, articles int) error {
	costs, err := inTurn([]command{s.scan(name, path)}, s.rounds)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	megas := float64(info.Size()) / 1e6
	of := costs[0]
	fmt.Fprintf(table, "%s\t%.0f\t%s\t%s\t%s\t%s\t%s\t\n", name, megas,
		spread(each(of, func(c cost) float64 { return c.wall.Seconds() }), "%.2f"),
		spread(each(of, func(c cost) float64 { return megas / c.wall.Seconds() }), "%.0f"),
		spread(each(of, func(c cost) float64 { return megas / c.cpu.Seconds() }), "%.0f"),
		spread(each(of, func(c cost) float64 { return float64(c.peak) / 1e6 }), "%.0f"),
		spread(each(of, func(c cost) float64 { return max(0, float64(c.peak-64<<20)) / float64(articles) }), "%.0f"))
	return nil
}
