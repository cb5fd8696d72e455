package corpus

import (
	"fmt"
	"testing"
)

// TestNames holds that a name is found again wherever it stands, with so many
// that some dozen pairs of them share the 32 bits that a slot knows of a hash.
func TestNames(t *testing.T) {
	var n names
	const many = 500_000
	for i := range many {
		if place, added := n.add(fmt.Sprint(i), i, 0); !added || int(place) != i {
			t.Fatalf("%d stands at %d, added %t", i, place, added)
		}
	}
	for i := range many {
		if place, added := n.add(fmt.Sprint(i), 0, 0); added || int(place) != i || n.at(place).input != int32(i) {
			t.Fatalf("%d stands at %d, added %t", i, place, added)
		}
	}
	if full := float64(n.count()) / float64(len(n.slots)); full < 0.5-0.01 || full > 0.75 {
		t.Errorf("the table is %.2f full", full)
	}
}
