// Package seeded gives random tests one flag: "go test ./internal/text -seed=7"
// draws other numbers in every package whose tests import this one, and a test that
// fails names the seed to repeat it with. Nothing else imports it.
package seeded

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var seed = flag.Uint64("seed", 1, "seed of the random tests")

// Seed is the seed of this run.
func Seed() uint64 { return *seed }

// Rand returns a source of random numbers that depends on the seed alone,
// which it names if the test fails.
func Rand(t testing.TB) *rand.Rand {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("-seed=%d", *seed)
		}
	})
	return rand.New(rand.NewPCG(*seed, 0))
}
