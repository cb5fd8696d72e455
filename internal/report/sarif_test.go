package report

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// sarifStandard is the schema of the standard, with errata 01, as OASIS publishes it.
func sarifStandard(t testing.TB) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	parsed, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat() // of URIs most of all
	if err := compiler.AddResource("sarif.json", parsed); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("sarif.json")
}

func validateSARIF(t testing.TB, schema *jsonschema.Schema, report string) {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
	if err != nil {
		t.Fatalf("%v in\n%s", err, report)
	}
	if err := schema.Validate(parsed); err != nil {
		t.Errorf("%v in\n%s", err, report)
	}
}

func TestSARIFValidates(t *testing.T) {
	schema := sarifStandard(t)
	for _, file := range []string{"report.sarif", "gate.sarif", "void.sarif"} {
		golden, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		validateSARIF(t, schema, string(golden))
	}
	for name, result := range extremes() {
		t.Run(name, func(t *testing.T) { validateSARIF(t, schema, render(t, "sarif", result, fixtureOptions())) })
	}
	dice := newDice(seeded.Seed())
	for range 100 {
		result := dice.result()
		validateSARIF(t, schema, render(t, "sarif", result, Options{Version: dice.text(), Review: dice.review(result)}))
		if t.Failed() {
			t.Fatalf("with -seed=%d", seeded.Seed())
		}
	}
}

// TestSARIFSchemaRefuses holds that the validator can tell a wrong report at all.
func TestSARIFSchemaRefuses(t *testing.T) {
	schema := sarifStandard(t)
	report := render(t, "sarif", fixture(), fixtureOptions())
	for old, changed := range map[string]string{
		`"version": "2.1.0"`:             `"version": "2.2.0"`,
		`"level":"warning"`:              `"level":"loud"`,
		`"startLine":`:                   `"firstLine":`,
		`"uri":"news.txt"`:               `"uri":"%"`,
		`"columnKind": "utf16CodeUnits"`: `"columnKind": "bytes"`,
	} {
		wrong := strings.Replace(report, old, changed, 1)
		parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(wrong))
		if err != nil {
			t.Fatal(err)
		}
		if wrong == report || schema.Validate(parsed) == nil {
			t.Errorf("the schema accepts %s for %s", changed, old)
		}
	}
}

// sarifLog is what the tests read back.
type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID                     string
					ShortDescription, Help struct{ Text string }
				}
			}
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			BaselineState       string
			PartialFingerprints map[string]string
			Locations           []sarifLocation
		}
	}
}

// TestSARIFResults holds that results name their rules and are told apart, and that
// rules help.
func TestSARIFResults(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, "sarif", fixture(), reviewedOptions())), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for _, rule := range run.Tool.Driver.Rules {
		if rule.ShortDescription.Text == "" || len(rule.Help.Text) < 40 {
			t.Errorf("rule %s does not help", rule.ID)
		}
	}
	seen, states := make(map[string]bool), make(map[string]int)
	for _, result := range run.Results {
		if run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("result of rule %s points at another", result.RuleID)
		}
		hash := result.PartialFingerprints["primaryLocationLineHash"]
		if seen[hash] || !strings.HasPrefix(hash, result.PartialFingerprints["newsdedupFingerprint/v1"]+":") {
			t.Errorf("two results are known by %q, or its beginning is not the fingerprint", hash)
		}
		seen[hash] = true
		states[result.BaselineState+" "+result.Level]++
	}
	review := fixtureReview()
	if diff := cmp.Diff(map[string]int{"unchanged note": review.Known, "new error": 12, "new warning": 4}, states); diff != "" {
		t.Errorf("states and levels (-want +got):\n%s", diff)
	}
}

// TestFileURI holds that a reference is one that a reader resolves to the same path.
func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"news.txt":          "news.txt",
		"./a/../b/news.txt": "b/news.txt",
		"../news.txt":       "../news.txt",
		"/tmp/news.txt":     "file:///tmp/news.txt",
		"a b/100%.txt":      "a%20b/100%25.txt",
		"c:d.txt":           "./c:d.txt",
		"javascript:x":      "./javascript:x",
		"#?.txt":            "%23%3F.txt",
		"灯\xff.txt":         "%E7%81%AF%FF.txt",
		"a\nb\x1b.txt":      "a%0Ab%1B.txt",
	} {
		got := fileURI(path)
		if got != want {
			t.Errorf("fileURI(%q) = %q, want %q", path, got, want)
		}
		parsed, err := url.Parse(got)
		if err != nil || !strings.HasSuffix(parsed.Path, strings.TrimPrefix(want[strings.LastIndexByte(want, '/')+1:], "%")) && !strings.Contains(want, "%") {
			t.Errorf("%q is read as %+v, error %v", got, parsed, err)
		}
	}
}

// TestSARIFRegions holds lines and columns as the standard counts them.
func TestSARIFRegions(t *testing.T) {
	for _, test := range []struct {
		at   spot
		want string
	}{
		{spot{key: "k", path: "-", line: 3}, `{"logicalLocations":[{"name":"k"}]}`},
		{spot{path: "a.parquet"}, `{"physicalLocation":{"artifactLocation":{"uri":"a.parquet"}}}`},
		{spot{path: "a", line: 3, endLine: 3, column: 2}, `{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":3,"startColumn":2}}}`},
		{spot{path: "a", line: 3, endLine: 5, column: 1}, `{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":3,"startColumn":1,"endLine":5}}}`},
		{spot{path: "a", line: 1 << 40}, `{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":2147483647}}}`},
	} {
		if got := string(marshal(sarifLocationOf(&test.at))); got != test.want {
			t.Errorf("%+v is at %s, want %s", test.at, got, test.want)
		}
	}
}

// TestSARIFMessages holds that a name makes no link and no placeholder.
func TestSARIFMessages(t *testing.T) {
	if got, want := sarifMessage(`a [b](http://c) {0} \d`).Text, `a \[b\](http://c) {{0}} \\d`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestNoticesHaveRules holds that each kind that is found has a rule, and templates none.
func TestNoticesHaveRules(t *testing.T) {
	for _, kind := range dedup.AllKinds() {
		if _, found := ruleOf(kind); !found {
			t.Errorf("%s has no rule", kind)
		}
	}
	if _, found := ruleOf(dedup.Template); found {
		t.Error("a template is told as a finding")
	}
}
