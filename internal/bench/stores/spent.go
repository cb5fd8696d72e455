package main

import (
	"syscall"
	"time"
)

// A spent is what something took: on a shared machine, the second says more.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(more spent) { s.wall, s.cpu = s.wall+more.wall, s.cpu+more.cpu }

// A clock measures from when it was started. The CPU is that of all goroutines, those that tidy up in the background too.
type clock struct {
	begun time.Time
	cpu   time.Duration
}

func start() clock { return clock{time.Now(), cpuOfProcess()} }

func (c clock) spent() spent { return spent{time.Since(c.begun), cpuOfProcess() - c.cpu} }

func cpuOfProcess() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
