package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A command is timed as a whole process.
type command struct {
	name string
	args []string
	env  []string
}

// A cost is what one run took, by the operating system's account.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

func (c command) run() (cost, error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stdout = io.Discard // what a report's reader costs is not the program's
	var stderr strings.Builder
	cmd.Stderr = &stderr
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w: %s", c.name, err, stderr.String())
	}
	spent := cost{wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		spent.peak = usage.Maxrss * 1024
	}
	return spent, nil
}

// inTurn runs all commands once to warm the file cache, then in rounds, and
// returns the costs by command.
func inTurn(commands []command, rounds int) ([][]cost, error) {
	costs := make([][]cost, len(commands))
	for round := range rounds + 1 {
		for i, c := range commands {
			spent, err := c.run()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				costs[i] = append(costs[i], spent)
			}
		}
	}
	return costs, nil
}

// spread writes the median of the values, and the least and greatest in brackets.
func spread(values []float64, format string) string {
	slices.Sort(values)
	write := func(v float64) string { return fmt.Sprintf(format, v) }
	return fmt.Sprintf("%s [%s–%s]", write(values[len(values)/2]), write(values[0]), write(values[len(values)-1]))
}

func each(costs []cost, of func(cost) float64) []float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	return values
}
