package cli

import (
	"os"
	"runtime"
	"runtime/debug"
)

const (
	// gcPercent is how far the heap may grow beyond what is in use before
	// garbage is collected. Nearly all that a scan holds are arrays of numbers,
	// which cost the collector nothing to look at: at 20 a scan of 1 GB takes a
	// third less memory than at Go's 100, and three hundredths more time.
	gcPercent = 20
	// ballastBytes count as in use and are never touched, so they take no memory,
	// and a small heap is not collected dozens of times on its way up: that was
	// a twentieth of the time of a scan of 100 MB.
	ballastBytes = 64 << 20
)

// tuneMemory tunes the garbage collector until the function that it returns is
// called. bound is the most memory to be taken, 0 for any; it goes before that of
// the environment, which goes before all else.
func tuneMemory(bound int64) (end func()) {
	if bound > 0 {
		limit := debug.SetMemoryLimit(bound) // of which a ballast would be a part
		before := debug.SetGCPercent(gcPercent)
		return func() {
			debug.SetGCPercent(before)
			debug.SetMemoryLimit(limit)
		}
	}
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(gcPercent)
	ballast := make([]byte, ballastBytes)
	return func() {
		runtime.KeepAlive(ballast)
		debug.SetGCPercent(before)
	}
}
