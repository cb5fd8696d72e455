package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
)

// surveyed is a survey of the fixture, with the pairs that truths are held against.
func surveyed(t testing.TB, judgedOnly bool) (*dedup.Survey, *quality.Placed) {
	t.Helper()
	key := func(id dedup.ArticleID) string { return fixtureArticles()[id].Key }
	truth, err := quality.FromPairs([]evaluate.Labelled{
		{A: key(harbour), B: key(harbourCopy), Label: "copy", Line: 1},
		{A: key(lantern), B: key(lanternEdit), Label: "no", Line: 2},
		{A: key(fair), B: hostileKey, Label: "copy\x1b[2J", Line: 3},
		{A: "gone\x07.txt", B: key(fair), Label: "copy", Line: 5},
	}, nil, judgedOnly)
	if err != nil {
		t.Fatal(err)
	}
	result := fixture()
	result.Options.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained}
	result.Options.Explained = true
	survey := &dedup.Survey{
		Result: result, TextHashes: make([]uint64, len(result.Articles)),
		Copies: []dedup.Copies{{First: harbour, Others: []dedup.ArticleID{harbourCopy}}, {First: harbourEdit, Others: []dedup.ArticleID{harbourEcho}}},
	}
	placed := truth.Place(result.Articles)
	survey.Measured = []dedup.Pair{result.Pairs[0], result.Pairs[8], {
		A: fair, B: hostile, Similarity: 12.0 / 400, AInB: 12.0 / 350, BInA: 12.0 / 62, Shared: 12, ShinglesA: 350, ShinglesB: 62,
		Difference: &dedup.Difference{Same: 16, Replaced: 50, Deleted: 290, Inside: 340, Listed: true, Changes: []dedup.Change{
			{Kind: dedup.WordChange, A: "The wool fair", B: "Subscribe \x1b[5mnow", LineA: 301, LineB: 481},
		}},
	}}
	survey.Leads = map[dedup.ArticleID]string{fair: "The wool fair of Osk", hostile: "Subscribe \x1b[5mnow"}
	return survey, placed
}

// evaluated holds the fixture's pairs against a truth of a right pair, a wrong one, a missed
// one and one that is of no article.
func evaluated(t testing.TB, judgedOnly bool) Evaluated {
	t.Helper()
	survey, placed := surveyed(t, judgedOnly)
	options := survey.Result.Options
	options.Explained = false
	e, err := quality.Evaluate(survey, options, placed)
	if err != nil {
		t.Fatal(err)
	}
	if !judgedOnly {
		e.MeasureStories(survey.Result)
	}
	return Evaluated{Evaluation: e, TruthPath: "truth.tsv", Precision: 0.9}
}

func renderEvaluation(t testing.TB, format string, e Evaluated, opts Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteEvaluation(&out, format, e, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEvaluationGolden(t *testing.T) {
	narrow := fixtureOptions()
	narrow.Width, narrow.Limit, narrow.Color = 60, 1, true
	for _, test := range []struct {
		file, format string
		judgedOnly   bool
		opts         Options
	}{
		{"eval.txt", "text", false, fixtureOptions()},
		{"eval-judged60.txt", "text", true, narrow},
		{"eval.json", "json", false, fixtureOptions()},
		{"eval-judged.json", "json", true, fixtureOptions()},
		{"eval.html", "html", false, fixtureOptions()},
	} {
		got := renderEvaluation(t, test.format, evaluated(t, test.judgedOnly), test.opts)
		if test.format == "html" {
			got = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(got, "<style></style>") // which stands in a file of its own
			got = regexp.MustCompile(`'sha256-[^']*'`).ReplaceAllString(got, "'sha256-…'")
		}
		checkGolden(t, test.file, got)
		if test.format == "json" {
			schemaOf(t, "eval").check(t, got)
		}
		if at := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' && (r != '\x1b' || !test.opts.Color) }); at >= 0 {
			t.Errorf("%s: a control character at %d", test.file, at)
		}
		if strings.Contains(got, "\x1b[2J") || strings.Contains(got, "\x1b[5m") {
			t.Errorf("%s: a sequence of the corpus", test.file)
		}
	}
}

func TestEvaluationOfNothing(t *testing.T) {
	e := Evaluated{Evaluation: &quality.Evaluation{Truth: (&quality.Truth{}).Place(nil), Result: &dedup.Result{Options: dedup.DefaultOptions()}}, TruthPath: "t"}
	schemaOf(t, "eval").check(t, renderEvaluation(t, "json", e, Options{}))
	if got := renderEvaluation(t, "text", e, Options{}); strings.Contains(got, "NaN") {
		t.Error(got)
	}
	if err := WriteEvaluation(new(bytes.Buffer), "yaml", e, Options{}); err == nil || !strings.Contains(err.Error(), "known are text, json, html") {
		t.Error(err)
	}
}
