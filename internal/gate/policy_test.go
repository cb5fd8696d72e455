package gate

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// TestChecks holds the order of checks, that a limit may be reached, and that 0 is 0.
func TestChecks(t *testing.T) {
	counts := map[dedup.Kind]int{dedup.Near: 2, dedup.Repeated: 3, "": 5}
	share := 0.02
	policy := Policy{
		FailOn:   []dedup.Kind{dedup.Repeated, dedup.Exact},
		Budgets:  []Budget{{dedup.Near, 2}, {dedup.Near, 1}, {"", 5}, {dedup.Contained, 0}, {"", 0}},
		MaxShare: &share,
	}
	want := []Check{
		{FailOn, dedup.Exact, 0, 0, false},
		{FailOn, dedup.Repeated, 0, 3, true},
		{MaxFindings, "", 5, 5, false},
		{MaxFindings, "", 0, 5, true},
		{MaxFindings, dedup.Near, 2, 2, false},
		{MaxFindings, dedup.Near, 1, 2, true},
		{MaxFindings, dedup.Contained, 0, 0, false},
		{MaxDuplicate, "", 0.02, 0.02, false},
	}
	if diff := cmp.Diff(want, policy.checks(counts, 0.02)); diff != "" {
		t.Errorf("checks (-want +got):\n%s", diff)
	}
	if got := policy.checks(counts, 0.0200001); !got[7].Missed {
		t.Errorf("a share above its limit: %+v", got[7])
	}
	if got := new(Policy).checks(counts, 1); got != nil {
		t.Errorf("a policy that asks for nothing has the checks %v", got)
	}
}

func TestPolicyValidate(t *testing.T) {
	share := func(x float64) *float64 { return &x }
	options := dedup.DefaultOptions()
	options.Kinds = []dedup.Kind{dedup.Exact, dedup.Repeated}
	for _, test := range []struct {
		policy Policy
		want   string // "" for valid
	}{
		{Policy{}, ""},
		{Policy{FailOn: []dedup.Kind{dedup.Exact}, Budgets: []Budget{{"", 0}, {dedup.Repeated, 3}}, MaxShare: share(0)}, ""},
		{Policy{FailOn: []dedup.Kind{"copies"}}, `unknown kind "copies"`},
		{Policy{FailOn: []dedup.Kind{dedup.Template}}, `unknown kind "template"`},
		{Policy{FailOn: []dedup.Kind{dedup.Near}}, "a gate on near would never fail"},
		{Policy{Budgets: []Budget{{dedup.Contained, 1}}}, "a gate on contained would never fail"},
		{Policy{Budgets: []Budget{{"", -1}}}, "-1 is below 0"},
		{Policy{MaxShare: share(1.01)}, "1.01 is not in [0, 1]"},
		{Policy{MaxShare: share(-0.1)}, "-0.1 is not in [0, 1]"},
		{Policy{MaxShare: share(math.NaN())}, "NaN is not in [0, 1]"},
	} {
		err := test.policy.Validate(options)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", test.policy, err, test.want)
		}
	}
	if (&Policy{}).Asks() || !(&Policy{MaxShare: share(0)}).Asks() || !(&Policy{Budgets: []Budget{{"", 0}}}).Asks() {
		t.Error("a policy asks for something where it does not, or the other way round")
	}
}
