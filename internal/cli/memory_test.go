package cli

import (
	"runtime/debug"
	"testing"
)

// TestMemoryLimitEnds holds that the settings of the garbage collector are those of
// before when a scan is over, whether the environment has set some or not.
func TestMemoryLimitEnds(t *testing.T) {
	percent := debug.SetGCPercent(100)
	defer debug.SetGCPercent(percent)
	for _, gogc := range []string{"", "50"} {
		t.Setenv("GOGC", gogc)
		limit := debug.SetMemoryLimit(-1)
		for bound, want := range map[int64]int64{0: limit, 1 << 40: 1 << 40} {
			end := tuneMemory(bound)
			if got := debug.SetMemoryLimit(-1); got != want {
				t.Errorf("GOGC %q, bound %d: the limit is %d, want %d", gogc, bound, got, want)
			}
			end()
			if got := debug.SetMemoryLimit(-1); got != limit {
				t.Errorf("GOGC %q, bound %d: the limit is %d afterwards, want %d", gogc, bound, got, limit)
			}
			if got := debug.SetGCPercent(100); got != 100 {
				t.Errorf("GOGC %q, bound %d: the percentage is %d afterwards", gogc, bound, got)
			}
		}
	}
}
