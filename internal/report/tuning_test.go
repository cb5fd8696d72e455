package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
)

// TestTuningGolden holds what is told of thresholds, and the questions about two pairs.
func TestTuningGolden(t *testing.T) {
	narrow := fixtureOptions()
	narrow.Width, narrow.Color = 60, true
	for _, test := range []struct {
		file string
		opts Options
	}{{"tune.txt", fixtureOptions()}, {"tune60.txt", narrow}} {
		survey, placed := surveyed(t, true)
		tuning, err := quality.Tune(survey, survey.Result.Options, placed, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := WriteTuning(&out, tuning, test.opts); err != nil {
			t.Fatal(err)
		}
		for i, pair := range tuning.Sample(2, func(dedup.Pair) bool { return false }) {
			if err := WriteQuestion(&out, tuning, pair, i+1, 2, test.opts); err != nil {
				t.Fatal(err)
			}
		}
		got := out.String()
		checkGolden(t, test.file, got)
		if at := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' && (r != '\x1b' || !test.opts.Color) }); at >= 0 {
			t.Errorf("%s: a control character at %d", test.file, at)
		}
	}
}
