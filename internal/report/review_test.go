package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

func TestDescribeCheck(t *testing.T) {
	for _, test := range []struct {
		check    gate.Check
		compared bool
		want     string
	}{
		{gate.Check{Rule: gate.FailOn, Kind: dedup.Near, Actual: 1}, true, "fail-on near: 1 new finding"},
		{gate.Check{Rule: gate.FailOn, Kind: dedup.Repeated}, false, "fail-on repeat: no findings"},
		{gate.Check{Rule: gate.MaxFindings, Limit: 1000, Actual: 1001}, false, "max-findings 1,000: 1,001 findings"},
		{gate.Check{Rule: gate.MaxFindings, Kind: dedup.Exact, Limit: 2, Actual: 3}, true, "max-findings exact=2: 3 new findings"},
		{gate.Check{Rule: gate.MaxDuplicate, Limit: 0.02, Actual: 0.403}, false, "max-duplicate-share 2 %: 40.3 % of all words"},
		{gate.Check{Rule: gate.MaxDuplicate, Limit: 0.02, Actual: 0.02001}, false, "max-duplicate-share 2 %: 2.001 % of all words"},
		{gate.Check{Rule: gate.MaxDuplicate}, false, "max-duplicate-share 0 %: 0 % of all words"},
	} {
		if got := DescribeCheck(test.check, &gate.Review{Compared: test.compared}); got != test.want {
			t.Errorf("%+v: %s, want %s", test.check, got, test.want)
		}
	}
}

// TestTextTellsWhatWasLeftOut holds that a corpus of which all was ignored is not said
// to repeat nothing.
func TestTextTellsWhatWasLeftOut(t *testing.T) {
	result := fixture()
	rules := new(gate.Rules)
	for _, pair := range result.Pairs {
		rules.Fingerprints = append(rules.Fingerprints, pair.Fingerprint)
	}
	for _, repeat := range result.Repeats {
		rules.Fingerprints = append(rules.Fingerprints, repeat.Fingerprint)
	}
	for _, passage := range result.Passages {
		rules.Fingerprints = append(rules.Fingerprints, passage.Fingerprint)
	}
	for _, story := range result.Stories {
		rules.Fingerprints = append(rules.Fingerprints, story.Fingerprint)
	}
	result.Summary.RepeatsExplained, result.Summary.PassagesExplained = 0, 0
	text := render(t, "text", result, Options{Review: rules.Review(result, 0)})
	left := fmt.Sprintf("ignored     %d findings left out", len(rules.Fingerprints))
	for _, want := range []string{left, "Nothing repeats beside what was left out."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not stand in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Gate") || strings.Contains(text, "(new)") {
		t.Errorf("what was not asked for is told:\n%s", text)
	}
}

// TestTextOfRandomReviews holds that no review lets a control character through.
func TestTextOfRandomReviews(t *testing.T) {
	dice := newDice(seeded.Seed())
	for range 200 {
		result := dice.result()
		text := render(t, "text", result, Options{Review: dice.review(result), Width: dice.IntN(90), Limit: dice.IntN(3)})
		for line := range strings.Lines(text) {
			if strings.ContainsFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return !isSafe(r) }) {
				t.Fatalf("-seed=%d: %q", seeded.Seed(), line)
			}
		}
	}
}
