package main

import (
	"fmt"
	"slices"
)

// each takes one measure of all rounds.
func each(costs []cost, of func(cost) float64) []float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	return values
}

// fastest returns, round by round, the cost of the run that took the least wall
// time.
func fastest(runs ...[]cost) []cost {
	best := slices.Clone(runs[0])
	for _, costs := range runs[1:] {
		for round, c := range costs {
			if c.wall < best[round].wall {
				best[round] = c
			}
		}
	}
	return best
}

// ratios divides round by round: a machine that slows down from one round to
// the next slows both.
func ratios(costs, base []cost, of func(cost) float64) []float64 {
	quotients := make([]float64, len(costs))
	for round := range costs {
		quotients[round] = of(costs[round]) / of(base[round])
	}
	return quotients
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[half-1] + sorted[half]) / 2
	}
	return sorted[half]
}

// spread writes the median of the values, and of several the least and
// greatest in brackets.
func spread(values []float64, format string) string {
	if len(values) == 1 {
		return fmt.Sprintf(format, values[0])
	}
	return fmt.Sprintf(format+" ["+format+"–"+format+"]", median(values), slices.Min(values), slices.Max(values))
}

// A line is y = base + slope·x.
type line struct{ base, slope float64 }

// fit returns the line of least squares through at least two different xs.
func fit(xs, ys []float64) line {
	var meanX, meanY, covariance, variance float64
	for i := range xs {
		meanX += xs[i] / float64(len(xs))
		meanY += ys[i] / float64(len(xs))
	}
	for i := range xs {
		covariance += (xs[i] - meanX) * (ys[i] - meanY)
		variance += (xs[i] - meanX) * (xs[i] - meanX)
	}
	slope := covariance / variance
	return line{base: meanY - slope*meanX, slope: slope}
}
