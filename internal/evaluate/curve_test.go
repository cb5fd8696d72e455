package evaluate

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func TestCounts(t *testing.T) {
	type shares struct{ Precision, Recall, F1 float64 }
	for _, test := range []struct {
		counts Counts
		want   shares // −1 for not known
	}{
		{Counts{Found: 4, Right: 3, Wanted: 6}, shares{0.75, 0.5, 0.6}},
		{Counts{Found: 4, Wanted: 6}, shares{0, 0, 0}},
		{Counts{Wanted: 6}, shares{-1, 0, 0}},
		{Counts{Found: 4}, shares{0, -1, 0}},
		{Counts{}, shares{-1, -1, -1}},
	} {
		got := shares{known(test.counts.Precision()), known(test.counts.Recall()), known(test.counts.F1())}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.counts, diff)
		}
	}
}

func known(share float64, ok bool) float64 {
	if !ok {
		return -1
	}
	return share
}

// TestInterval holds Wilson's interval against figures that others have published
// of it: 8 of 10, and the rule of three at the ends.
func TestInterval(t *testing.T) {
	for _, test := range []struct {
		part, of  int64
		low, high float64
	}{{8, 10, 0.490, 0.943}, {0, 10, 0, 0.278}, {10, 10, 0.722, 1}, {0, 0, 0, 1}} {
		low, high := Interval(float64(test.part)/max(1, float64(test.of)), float64(test.of))
		if diff := [2]float64{low - test.low, high - test.high}; max(diff[0], -diff[0], diff[1], -diff[1]) > 0.0006 {
			t.Errorf("%d of %d: %.4f–%.4f, want %.3f–%.3f", test.part, test.of, low, high, test.low, test.high)
		}
	}
}

// TestEffective holds how much a sample is worth: where each stratum is drawn from in proportion to its
// size, as much as it has; else less; and against the variance of an estimate by strata, simulated.
func TestEffective(t *testing.T) {
	for _, test := range []struct {
		strata []Stratum
		want   float64
	}{
		{nil, 0}, {[]Stratum{{0, 0}}, 0}, {[]Stratum{{70, 7}}, 7}, {[]Stratum{{70, 7}, {30, 3}}, 10}, {[]Stratum{{70, 7}, {30, 3}, {0, 0}}, 10},
		{[]Stratum{{70, 7}, {30, 0}}, 0}, {[]Stratum{{90, 5}, {10, 5}}, 1 / (0.81/5 + 0.01/5)},
	} {
		if got := Effective(test.strata); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", test.strata, got, test.want)
		}
	}
	const share, rounds = 0.4, 100_000
	strata, random, variance := []Stratum{{80, 4}, {15, 6}, {5, 10}}, seeded.Rand(t), 0.0
	for range rounds {
		estimate := 0.0
		for _, s := range strata {
			for range int(s.Seen) {
				if random.Float64() < share {
					estimate += s.Size / 100 / s.Seen
				}
			}
		}
		variance += (estimate - share) * (estimate - share) / rounds
	}
	if worth := share * (1 - share) / variance; math.Abs(worth/Effective(strata)-1) > 0.03 {
		t.Errorf("worth %v by simulation, %v by the rule", worth, Effective(strata))
	}
}

func TestCurve(t *testing.T) {
	curve := NewCurve([]Scored{
		{0.5, 1, true}, {0.9, 2, true}, {0.7, 1, false}, {0.9, 1, false}, {1, 1, true}, {0.4, 10, false},
	}, 6)
	for _, test := range []struct {
		threshold float64
		want      Counts
	}{
		{1.1, Counts{0, 0, 6}}, {1, Counts{1, 1, 6}}, {0.95, Counts{1, 1, 6}}, {0.9, Counts{4, 3, 6}},
		{0.71, Counts{4, 3, 6}}, {0.7, Counts{5, 3, 6}}, {0.5, Counts{6, 4, 6}}, {0, Counts{16, 4, 6}},
	} {
		if diff := cmp.Diff(Point{test.threshold, test.want}, curve.At(test.threshold)); diff != "" {
			t.Errorf("at %v (-want +got):\n%s", test.threshold, diff)
		}
	}
	if best, ok := curve.Best(0.7, 0); !ok || best.Threshold != 0.9 {
		t.Errorf("of precision 0.7: %+v, %v", best, ok)
	}
	if best, ok := curve.Best(0.65, 0); !ok || best.Threshold != 0.5 {
		t.Errorf("of precision 0.65: %+v, %v", best, ok)
	}
	if best, ok := curve.Best(0.65, 0.6); !ok || best.Threshold != 0.9 {
		t.Errorf("of precision 0.65 from 0.6 on: %+v, %v", best, ok)
	}
	if best, ok := curve.BestF1(0); !ok || best.Threshold != 0.5 {
		t.Errorf("of the highest F1: %+v, %v", best, ok)
	}
	if best, ok := NewCurve([]Scored{{0.9, 1, false}}, 3).Best(0, 0); ok {
		t.Errorf("where nothing right is found: %+v", best)
	}
}

// TestCurveCounts holds the curve against counting, in any order of the pairs.
func TestCurveCounts(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		pairs := make([]Scored, random.IntN(30))
		var wanted int64
		for i := range pairs {
			pairs[i] = Scored{float64(random.IntN(11)) / 10, int64(random.IntN(3)), random.IntN(2) == 0}
			if pairs[i].Right {
				wanted += pairs[i].Count
			}
		}
		wanted += int64(random.IntN(3))
		curve := NewCurve(pairs, wanted)
		bestRight, wantBest := int64(0), -1.0
		for tenth := 11; tenth >= 0; tenth-- {
			threshold := float64(tenth) / 10
			want := Counts{Wanted: wanted}
			for _, p := range pairs {
				if p.Score >= threshold {
					want.Found += p.Count
					if p.Right {
						want.Right += p.Count
					}
				}
			}
			if got := curve.At(threshold); got.Counts != want {
				t.Fatalf("%v at %v: %+v, want %+v", pairs, threshold, got.Counts, want)
			}
			if p, _ := want.Precision(); p >= 0.6 && threshold >= 0.2 && want.Right > bestRight {
				bestRight, wantBest = want.Right, threshold
			}
		}
		best, ok := curve.Best(0.6, 0.2)
		if ok != (wantBest >= 0) || ok && best.Threshold != wantBest {
			t.Fatalf("%v: best %+v, %v, want at %v", pairs, best, ok, wantBest)
		}
		random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		if diff := cmp.Diff(curve, NewCurve(pairs, wanted), cmp.AllowUnexported(Curve{})); diff != "" {
			t.Fatalf("in another order:\n%s", diff)
		}
	}
}

// groupingsOf draws two groupings of n articles.
func groupingsOf(random *rand.Rand, n int) (found, truth []int) {
	found, truth = make([]int, n), make([]int, n)
	for i := range n {
		found[i], truth[i] = random.IntN(1+n/2), random.IntN(1+n/2)
		if random.IntN(2) == 0 {
			truth[i] = found[i]
		}
	}
	return found, truth
}
