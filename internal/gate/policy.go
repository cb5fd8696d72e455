package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Policy says what a corpus may not have. It is about new findings: those that are
// ignored, or known to a baseline, or touch no article that was asked about, do not
// count. The zero value asks for nothing.
type Policy struct {
	FailOn   []dedup.Kind // of these no finding
	Budgets  []Budget
	MaxShare *float64 // most of the words of the corpus that are new duplicate words, in [0, 1]; nil for any
}

// A Budget is the most findings there may be of a kind, or of all kinds together.
type Budget struct {
	Kind dedup.Kind // "" for all
	Most int        // ≥ 0; 0 is none
}

// Asks reports whether the policy asks for anything.
func (p *Policy) Asks() bool { return len(p.FailOn)+len(p.Budgets) > 0 || p.MaxShare != nil }

// Validate returns an error where the policy asks for what can never be missed.
func (p *Policy) Validate(options dedup.Options) error {
	for _, kind := range p.kinds() {
		switch {
		case !slices.Contains(Kinds(), kind):
			return fmt.Errorf("unknown kind %q of findings to fail on: known are %s and any", kind, kindNames())
		case !options.Finds(kind):
			return fmt.Errorf("a gate on %s would never fail: this kind is not looked for", kind)
		}
	}
	for _, budget := range p.Budgets {
		if budget.Most < 0 {
			return fmt.Errorf("most findings %d is below 0", budget.Most)
		}
	}
	if p.MaxShare != nil && !(*p.MaxShare >= 0 && *p.MaxShare <= 1) {
		return fmt.Errorf("most duplicate share %v is not in [0, 1]", *p.MaxShare)
	}
	return nil
}

func kindNames() string {
	var names []string
	for _, kind := range Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}

// kinds returns those that the policy names.
func (p *Policy) kinds() []dedup.Kind {
	kinds := slices.Clone(p.FailOn)
	for _, budget := range p.Budgets {
		if budget.Kind != "" {
			kinds = append(kinds, budget.Kind)
		}
	}
	return kinds
}

// A Rule is what a check holds a corpus to.
type Rule string

// The rules, called as users set them.
const (
	FailOn       Rule = "fail-on"
	MaxFindings  Rule = "max-findings"
	MaxDuplicate Rule = "max-duplicate-share"
)

// A Check is one thing that a policy asks for, and what was found.
type Check struct {
	Rule   Rule
	Kind   dedup.Kind // that it counts; "" for all, and of a share
	Limit  float64    // a number of findings, or a share
	Actual float64
	Missed bool // Actual is above Limit
}

// checks holds what was counted to the policy, in the order of rules and kinds.
func (p *Policy) checks(counts map[dedup.Kind]int, share float64) []Check {
	var all []Check
	check := func(rule Rule, kind dedup.Kind, limit, actual float64) {
		all = append(all, Check{rule, kind, limit, actual, actual > limit})
	}
	for _, kind := range Kinds() {
		if slices.Contains(p.FailOn, kind) {
			check(FailOn, kind, 0, float64(counts[kind]))
		}
	}
	for _, kind := range append([]dedup.Kind{""}, Kinds()...) {
		for _, budget := range p.Budgets {
			if budget.Kind == kind {
				check(MaxFindings, kind, float64(budget.Most), float64(counts[kind]))
			}
		}
	}
	if p.MaxShare != nil {
		check(MaxDuplicate, "", *p.MaxShare, share)
	}
	return all
}
