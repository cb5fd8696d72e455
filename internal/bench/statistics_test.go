package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func seconds(walls ...int) []cost {
	var costs []cost
	for _, wall := range walls {
		costs = append(costs, cost{wall: time.Duration(wall) * time.Second, cpu: time.Duration(2*wall) * time.Second})
	}
	return costs
}

// TestRatiosPairRounds has a machine that slows down by half in the second
// round: ratios of medians would say something else.
func TestRatiosPairRounds(t *testing.T) {
	base := fastest(seconds(4, 12, 3), seconds(5, 6, 8))
	if diff := cmp.Diff([]float64{4, 6, 3}, each(base, cost.wallSeconds)); diff != "" {
		t.Errorf("the faster of each round (-want +got):\n%s", diff)
	}
	got := ratios(seconds(2, 9, 3), base, cost.wallSeconds)
	if diff := cmp.Diff([]float64{0.5, 1.5, 1}, got); diff != "" {
		t.Errorf("ratios (-want +got):\n%s", diff)
	}
	if got := ratios(seconds(2), seconds(8), cost.cpuSeconds); got[0] != 0.25 {
		t.Errorf("CPU ratio %v, want 0.25", got[0])
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{3}, "3.0"},
		{[]float64{3, 1}, "2.0 [1.0–3.0]"},
		{[]float64{3, 1, 7}, "3.0 [1.0–7.0]"},
	} {
		if got := spread(c.values, "%.1f"); got != c.want {
			t.Errorf("spread(%v) = %q, want %q", c.values, got, c.want)
		}
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{0.4, 0.5, 0.6}, "holds (median 0.50, kept in 2 of 3 rounds)"},
		{[]float64{0.5, 0.7, 0.6}, "does not hold (median 0.60, kept in 1 of 3 rounds)"},
	} {
		if got := verdict(c.values, wallBound); got != c.want {
			t.Errorf("verdict(%v) = %q, want %q", c.values, got, c.want)
		}
	}
}

func TestFit(t *testing.T) {
	if got := fit([]float64{1, 2, 4}, []float64{5, 7, 11}); got != (line{base: 3, slope: 2}) {
		t.Errorf("points on a line: %+v", got)
	}
	if got := fit([]float64{0, 1, 2, 3}, []float64{1, 0, 2, 1}); got != (line{base: 0.7, slope: 0.2}) {
		t.Errorf("points beside a line: %+v", got)
	}
}

func TestTellGrowth(t *testing.T) {
	var told strings.Builder
	tellGrowth(&told, []size{
		{corpusFile{articles: 1000}, []cost{{wall: time.Second, peak: 11e6}}},
		{corpusFile{articles: 3000}, []cost{{wall: 6 * time.Second, peak: 13e6}}},
	})
	want := `memory, least squares: 1000 bytes an article above 10 MB
time, least squares: 2500.00 s a million articles
time an article: × 2.00 from 1000 to 3000 articles (1 is linear)
`
	if diff := cmp.Diff(want, told.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
