package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
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
	peak      int64  // bytes
	told      string // what it wrote to stderr
}

func (c cost) wallSeconds() float64 { return c.wall.Seconds() }
func (c cost) cpuSeconds() float64  { return c.cpu.Seconds() }
func (c cost) peakMB() float64      { return float64(c.peak) / 1e6 }

// scan is a whole scan with its JSON report.
func (s settings) scan(name, path string, flags ...string) command {
	args := append([]string{s.program, "scan", path, "--format", "json"}, flags...)
	return command{name, args, []string{"GOMAXPROCS=2"}}
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
	spent := cost{
		wall: time.Since(begun),
		cpu:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		told: stderr.String(),
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		spent.peak = usage.Maxrss * 1024
	}
	return spent, nil
}

// inTurn runs all commands once to warm the file cache, then in rounds, and
// returns the costs by command and round.
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
