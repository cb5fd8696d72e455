package report

import (
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

func TestCheckNote(t *testing.T) {
	for _, test := range []struct {
		check dedup.Check
		want  string
	}{
		{dedup.Check{Articles: 8, Others: 8, Of: 8, Pairs: 4, Found: 4}, "Checked without sampling: all 8 texts have 4 pairs with each other: found, all of them."},
		{dedup.Check{Articles: 100, Others: 2_000, Of: 300_000, Pairs: 31, Found: 30}, "Checked without sampling: 100 articles drawn at random have 31 pairs with 2,000 of 300,000: 30 found, 1 missed."},
		{dedup.Check{Articles: 1, Others: 200, Of: 200}, "Checked without sampling: 1 article drawn at random has no pairs with all 200."},
		{dedup.Check{Articles: 100, Others: 200, Of: 200, Pairs: 1, Found: 1, Threshold: 0.5}, "Checked without sampling: 100 articles drawn at random have 1 pair with all 200, at a similarity of 0.5 or a containment of 0.8: found, all of them."},
	} {
		if test.check.Threshold == 0 {
			test.check.Threshold = 0.8
		}
		test.check.Containment = 0.8
		if got := checkNote(&test.check, dedup.DefaultOptions()); got != test.want {
			t.Errorf("%+v:\n%s\nwant\n%s", test.check, got, test.want)
		}
	}
}
