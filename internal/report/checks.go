package report

import (
	"fmt"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/gate"
)

// wireGate is what the policy of a gate asked for, and what came of it.
type wireGate struct {
	Baseline bool        `json:"baseline"`
	Only     bool        `json:"only"`
	Failed   bool        `json:"failed"`
	Checks   []wireCheck `json:"checks"`
}

type wireCheck struct {
	Rule   gate.Rule `json:"rule"`
	Kind   string    `json:"kind"`
	Limit  float64   `json:"limit"`
	Actual float64   `json:"actual"`
	Missed bool      `json:"missed"`
}

// allKinds is the kind of a check that counts all of them.
const allKinds = "all"

func newWireGate(review *gate.Review) wireGate {
	form := wireGate{Baseline: review.Compared, Only: review.Asked, Failed: review.Failed(), Checks: []wireCheck{}}
	for _, check := range review.Checks {
		kind := string(check.Kind)
		if kind == "" {
			kind = allKinds
		}
		form.Checks = append(form.Checks, wireCheck{check.Rule, kind, check.Limit, check.Actual, check.Missed})
	}
	return form
}

// DescribeCheck says what a check asked for and what was found: "fail-on near: 1 new
// finding".
func DescribeCheck(check gate.Check, review *gate.Review) string {
	limit, actual := number(int(check.Limit)), findings(int(check.Actual), review)
	asked := string(check.Rule)
	switch {
	case check.Rule == gate.MaxDuplicate:
		limit, actual = percent(check.Limit), percent(check.Actual)
		if limit == actual && check.Limit != check.Actual {
			limit, actual = exactPercent(check.Limit), exactPercent(check.Actual)
		}
		return fmt.Sprintf("%s %s: %s of all words", asked, limit, actual)
	case check.Rule == gate.FailOn:
		asked += " " + string(check.Kind)
	case check.Kind == "":
		asked += " " + limit
	default:
		asked += " " + string(check.Kind) + "=" + limit
	}
	return asked + ": " + actual
}

// findings counts findings, which are new ones where there is a baseline.
func findings(n int, review *gate.Review) string {
	if review.Compared {
		return count(n, "new finding")
	}
	return count(n, "finding")
}

func exactPercent(share float64) string {
	return strconv.FormatFloat(share*100, 'g', 9, 64) + " %"
}
