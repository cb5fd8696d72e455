package cli

import (
	"slices"
	"strings"
	"testing"
)

// TestReadLines holds that names are read from lines of any length, and empty lines are none.
func TestReadLines(t *testing.T) {
	long := strings.Repeat("k", 1<<20)
	got, err := readLines(strings.NewReader("ferry\r\n\n" + long + "\ngrain"))
	if err != nil || !slices.Equal(got, []string{"ferry", long, "grain"}) {
		t.Errorf("%d names, %v", len(got), err)
	}
}
