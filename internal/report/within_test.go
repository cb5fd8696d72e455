package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// within makes a repeat of paragraph of at paragraph at, each on the line of
// ten times its number.
func within(at, of int, fingerprint uint64) *dedup.Repeat {
	return &dedup.Repeat{
		Class: dedup.Within, Similarity: 1, Words: 10, Fingerprint: fingerprint,
		At: dedup.ParagraphPlace{Paragraph: at, Line: 10 * at}, Of: dedup.ParagraphPlace{Paragraph: of, Line: 10 * of},
	}
}

func TestRuns(t *testing.T) {
	near := within(4, 2, 1)
	near.Similarity = 0.95
	record := within(4, 2, 1)
	record.At.Line, record.Of.Line = 7, 7
	for _, test := range []struct {
		name    string
		repeats []*dedup.Repeat
		want    []string
	}{
		{"one", []*dedup.Repeat{within(4, 2, 1)}, []string{
			"paragraph 4 (line 40) repeats paragraph 2 (line 20): 10 words"}},
		{"one near", []*dedup.Repeat{near}, []string{
			"paragraph 4 (line 40) repeats paragraph 2 (line 20): 10 words, 95 % alike"}},
		{"a record of one line", []*dedup.Repeat{record}, []string{
			"paragraph 4 repeats paragraph 2: 10 words"}},
		{"a block", []*dedup.Repeat{within(6, 2, 1), within(7, 3, 2), within(8, 4, 3), within(9, 5, 4)}, []string{
			"paragraphs 6–9 (lines 60–90) repeat paragraphs 2–5 (lines 20–50): 40 words"}},
		{"a block, interrupted", []*dedup.Repeat{within(6, 2, 1), within(7, 3, 2), within(9, 5, 4)}, []string{
			"paragraphs 6–7 (lines 60–70) repeat paragraphs 2–3 (lines 20–30): 20 words",
			"paragraph 9 (line 90) repeats paragraph 5 (line 50): 10 words"}},
		{"a block in another order", []*dedup.Repeat{within(6, 3, 1), within(7, 2, 2)}, []string{
			"paragraph 6 (line 60) repeats paragraph 3 (line 30): 10 words",
			"paragraph 7 (line 70) repeats paragraph 2 (line 20): 10 words"}},
		{"one text again and again, of the first", []*dedup.Repeat{within(3, 2, 1), within(4, 2, 1), within(9, 2, 1)}, []string{
			"paragraph 2 (line 20) stands 3 more times, as paragraphs 3, 4 and 9: 30 words"}},
		{"one text again and again, of the one before", []*dedup.Repeat{within(3, 2, 1), within(4, 3, 1), within(9, 4, 1)}, []string{
			"paragraph 2 (line 20) stands 3 more times, as paragraphs 3, 4 and 9: 30 words"}},
		{"two texts in turn", []*dedup.Repeat{within(3, 1, 1), within(4, 2, 2), within(5, 3, 1), within(6, 4, 2)}, []string{
			"paragraphs 3–6 (lines 30–60) repeat paragraphs 1–4 (lines 10–40): 40 words"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, run := range runs(test.repeats) {
				got = append(got, run.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("runs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLabels(t *testing.T) {
	equal := run{repeats: []*dedup.Repeat{within(9, 2, 1), within(10, 3, 2)}}
	if diff := cmp.Diff([]string{" 9", "10"}, equal.labels(2)); diff != "" {
		t.Errorf("labels of equal paragraphs (-want +got):\n%s", diff)
	}
	equal.repeats[1].Similarity = 0.923
	if diff := cmp.Diff([]string{" 9   100 %", "10  92.3 %"}, equal.labels(2)); diff != "" {
		t.Errorf("labels of near paragraphs (-want +got):\n%s", diff)
	}
}
