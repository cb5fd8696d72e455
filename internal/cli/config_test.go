package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// TestSettable decides of every flag of a scan whether a file of settings may have it. What
// writes a file, and what is a matter of one run or one machine, may not stand in one: a
// new flag has to be put on one side or the other.
func TestSettable(t *testing.T) {
	commandLine := []string{
		"write-baseline", "only", "report", "output", "format", "limit", "color", "verbose",
		"workers", "max-memory", "config", "save", "floor", "index", "add",
	}
	command := newScanCommand(Streams{}, nil)
	settings := settable()
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		if slices.Contains(settings, flag.Name) == slices.Contains(commandLine, flag.Name) {
			t.Errorf("--%s is neither for a file of settings nor for the command line alone, or it is both", flag.Name)
		}
	})
	for _, name := range settings {
		if command.Flags().Lookup(name) == nil {
			t.Errorf("the setting %s is no flag", name)
		}
		if strings.Contains(name, "write") || strings.Contains(name, "out") || strings.Contains(name, "report") {
			t.Errorf("the setting %s sounds as if it made the program write", name)
		}
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct {
		list string
		want []string
	}{
		{"", nil},
		{"a.txt\nb c.txt\r\n\n", []string{"a.txt", "b c.txt"}},
		{"a.txt\x00b\nc.txt\x00", []string{"a.txt", "b\nc.txt"}},
	} {
		if diff := cmp.Diff(test.want, names([]byte(test.list))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.list, diff)
		}
	}
}

// TestParseShare tries what a share may be written as, and what it may not.
func TestParseShare(t *testing.T) {
	for written, want := range map[string]float64{"2%": 0.02, " 2 % ": 0.02, "0.02": 0.02, "0": 0, "0%": 0, "100%": 1, "1e-3": 0.001} {
		if got, err := parseShare(written); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", written, got, err, want)
		}
	}
	for _, written := range []string{"", "%", "1", "2", "-1", "-0.1%", "101%", "NaN", "Inf", "two", "2%%", "0,02"} {
		if got, err := parseShare(written); err == nil {
			t.Errorf("%q is taken for %v", written, got)
		}
	}
}
