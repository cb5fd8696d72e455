package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"text/tabwriter"
)

// compare times a whole scan, JSON report included, against counting the words
// in both locales and against hashing the bytes.
func compare(s settings) error {
	articles := s.megas * 1000000 / articleBytes
	path, err := s.generated(fmt.Sprintf("%dMB", s.megas), writeNews(articles))
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	commands := []command{
		{"wc -w (C)", []string{"wc", "-w", path}, []string{"LC_ALL=C"}},
		{"wc -w (C.UTF-8)", []string{"wc", "-w", path}, []string{"LC_ALL=C.UTF-8"}},
	}
	if _, err := exec.LookPath("xxhsum"); err == nil {
		commands = append(commands, command{"xxhsum", []string{"xxhsum", "-H3", path}, nil})
	} else {
		fmt.Println("xxhsum is not installed and left out")
	}
	for _, workers := range []int{1, 2} {
		commands = append(commands, s.scan(fmt.Sprintf("newsdedup, %d workers", workers), path, "--workers", strconv.Itoa(workers)))
	}
	costs, err := inTurn(commands, s.rounds)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %.0f MB; median of %d rounds [least–greatest]; ratios to the faster wc of the same round\n", path, float64(info.Size())/1e6, s.rounds)
	printComparison(commands, costs, float64(info.Size())/1e6)
	return nil
}

// scan is a whole scan with its JSON report.
func (s settings) scan(name, path string, flags ...string) command {
	args := append([]string{s.program, "scan", path, "--format", "json"}, flags...)
	return command{name, args, []string{"GOMAXPROCS=2"}}
}

func printComparison(commands []command, costs [][]cost, megas float64) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\twall s\tCPU s\tMB/s wall\tMB/s CPU\twall / wc\tCPU / wc\tpeak MB\t")
	for i, c := range commands {
		var wall, cpu []float64
		for round, spent := range costs[i] {
			faster := costs[0][round]
			if costs[1][round].wall < faster.wall {
				faster = costs[1][round]
			}
			wall = append(wall, spent.wall.Seconds()/faster.wall.Seconds())
			cpu = append(cpu, spent.cpu.Seconds()/faster.cpu.Seconds())
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", c.name,
			spread(each(costs[i], func(c cost) float64 { return c.wall.Seconds() }), "%.2f"),
			spread(each(costs[i], func(c cost) float64 { return c.cpu.Seconds() }), "%.2f"),
			spread(each(costs[i], func(c cost) float64 { return megas / c.wall.Seconds() }), "%.0f"),
			spread(each(costs[i], func(c cost) float64 { return megas / c.cpu.Seconds() }), "%.0f"),
			spread(wall, "%.2f"), spread(cpu, "%.2f"),
			spread(each(costs[i], func(c cost) float64 { return float64(c.peak) / 1e6 }), "%.0f"))
	}
	table.Flush()
}
