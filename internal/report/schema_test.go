package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// A described is a schema that is also held to describe every key it is shown.
type described struct {
	compiled *jsonschema.Schema
	source   map[string]any
}

func schemaOf(t testing.TB, format string) described {
	t.Helper()
	source, err := Schema(format)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	return described{compiler.MustCompile("schema.json"), parsed.(map[string]any)}
}

// check validates one JSON value and looks for keys without a description.
func (d described) check(t testing.TB, value string) {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(value))
	if err != nil {
		t.Fatalf("%v in\n%s", err, value)
	}
	if err := d.compiled.Validate(parsed); err != nil {
		t.Errorf("%v in\n%s", err, value)
	}
	for _, key := range d.undescribed([]map[string]any{d.source}, parsed, "") {
		t.Errorf("the schema does not describe the key %s of\n%s", key, value)
	}
}

// undescribed returns the places of the keys in value that none of the schemas
// that apply to it describes.
func (d described) undescribed(schemas []map[string]any, value any, at string) []string {
	schemas = d.applicable(schemas)
	var missing []string
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			var inner []map[string]any
			for _, schema := range schemas {
				if properties, ok := schema["properties"].(map[string]any); ok && properties[key] != nil {
					inner = append(inner, properties[key].(map[string]any))
				}
			}
			if !hasDescription(d.applicable(inner)) {
				missing = append(missing, at+"/"+key)
			}
			missing = append(missing, d.undescribed(inner, value[key], at+"/"+key)...)
		}
	case []any:
		var inner []map[string]any
		for _, schema := range schemas {
			if items, ok := schema["items"].(map[string]any); ok {
				inner = append(inner, items)
			}
		}
		for i, element := range value {
			missing = append(missing, d.undescribed(inner, element, fmt.Sprintf("%s/%d", at, i))...)
		}
	}
	return missing
}

// applicable follows references and takes in every branch of a condition:
// which of them applies is the validator's to say.
func (d described) applicable(schemas []map[string]any) []map[string]any {
	var all []map[string]any
	for _, schema := range schemas {
		all = append(all, schema)
		if reference, ok := schema["$ref"].(string); ok {
			target := d.source["$defs"].(map[string]any)[path.Base(reference)].(map[string]any)
			all = append(all, d.applicable([]map[string]any{target})...)
		}
		for _, keyword := range []string{"allOf", "anyOf"} {
			branches, _ := schema[keyword].([]any)
			for _, branch := range branches {
				all = append(all, d.applicable([]map[string]any{branch.(map[string]any)})...)
			}
		}
		if then, ok := schema["then"].(map[string]any); ok {
			all = append(all, d.applicable([]map[string]any{then})...)
		}
	}
	return all
}

func hasDescription(schemas []map[string]any) bool {
	return slices.ContainsFunc(schemas, func(schema map[string]any) bool { return schema["description"] != nil })
}

// checkBoth validates both JSON forms of a result.
func checkBoth(t *testing.T, result *dedup.Result, opts Options) {
	t.Helper()
	schemaOf(t, "json").check(t, render(t, "json", result, opts))
	lines := schemaOf(t, "jsonl")
	for line := range strings.Lines(render(t, "jsonl", result, opts)) {
		lines.check(t, line)
	}
}

func TestSchemaOfGoldens(t *testing.T) {
	for _, file := range []string{"report.json", "void.json", "gate.json"} {
		golden, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		schemaOf(t, "json").check(t, string(golden))
	}
	for _, file := range []string{"report.jsonl", "void.jsonl"} {
		golden, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(golden)) {
			schemaOf(t, "jsonl").check(t, line)
		}
	}
}

func TestSchemaOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 100 {
		result, opts := dice.result(), fixtureOptions()
		if checkBoth(t, result, opts); !t.Failed() {
			opts.Review = dice.review(result)
			checkBoth(t, result, opts)
		}
		if t.Failed() {
			t.Fatalf("with -seed=%d", seed)
		}
	}
}

func TestSchemaOfExtremes(t *testing.T) {
	for name, result := range extremes() {
		t.Run(name, func(t *testing.T) { checkBoth(t, result, fixtureOptions()) })
	}
}

// TestSchemaRefuses holds that the schemas can tell a wrong report at all.
func TestSchemaRefuses(t *testing.T) {
	report := render(t, "json", fixture(), fixtureOptions())
	for _, change := range []struct{ old, new string }{
		{`"newsdedup.report/1"`, `"newsdedup.report/2"`},
		{`"kind":"near"`, `"kind":"nearly"`},
		{`"similarity":1,`, `"similarity":1.000001,`},
		{`"removable":true`, `"removable":1`},
		{`"clusters": [`, `"klusters": [`},
		{`"fingerprint":"0000000000000a11"`, `"fingerprint":2577`},
		{`"class":"within"`, `"class":"inside"`},
		{`"copies":[]`, `"copies":null`},
		{`"weightless":"names"`, `"weightless":"short"`},
		{`"quoted":true`, `"quoted":1`},
		{`"paragraph":12`, `"paragraph":0`},
	} {
		changed := strings.Replace(report, change.old, change.new, 1)
		if changed == report {
			t.Fatalf("the report does not hold %s", change.old)
		}
		parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(changed))
		if err != nil {
			t.Fatal(err)
		}
		if schemaOf(t, "json").compiled.Validate(parsed) == nil {
			t.Errorf("the schema accepts %s for %s", change.new, change.old)
		}
	}
	lines := schemaOf(t, "jsonl")
	for _, line := range []string{`{}`, `{"type":"rumour"}`, `{"type":"pair"}`, `{"type":"summary"}`, `[]`} {
		parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if lines.compiled.Validate(parsed) == nil {
			t.Errorf("the schema accepts the line %s", line)
		}
	}
	if got := schemaOf(t, "json").undescribed([]map[string]any{schemaOf(t, "json").source},
		map[string]any{"summary": map[string]any{"articles": 1, "secret": 2}}, ""); !slices.Equal(got, []string{"/summary/secret"}) {
		t.Errorf("undescribed keys: %q", got)
	}
}

// TestSchemaAcceptsGrowth holds that a report of a later version 1, with keys
// that are not known yet, validates against the schema of today.
func TestSchemaAcceptsGrowth(t *testing.T) {
	report := render(t, "json", fixture(), fixtureOptions())
	for _, old := range []string{`{"key":`, `{"kind":`, `{"class":`, `{"articles":`, "{\n"} {
		report = strings.ReplaceAll(report, old, `{"new": {"key": []},`+old[1:])
	}
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	if err := schemaOf(t, "json").compiled.Validate(parsed); err != nil {
		t.Error(err)
	}
}

// TestSchemasAgree holds that the parts of both schemas are the same.
func TestSchemasAgree(t *testing.T) {
	report := schemaOf(t, "json").source["$defs"].(map[string]any)
	finding := maps.Clone(schemaOf(t, "jsonl").source["$defs"].(map[string]any))
	delete(finding, "last")
	delete(finding, "answered")
	if diff := cmp.Diff(report, finding); diff != "" {
		t.Errorf("parts of report-1 and finding-1 differ (-report +finding):\n%s", diff)
	}
}

func TestSchemaOfOtherFormats(t *testing.T) {
	for _, format := range []string{"text", "xml"} {
		want := `report format "` + format + `" has no JSON schema: json, jsonl, explanation and eval have one`
		if _, err := Schema(format); err == nil || err.Error() != want {
			t.Errorf("Schema(%q) says %v, want %s", format, err, want)
		}
	}
	var value any
	if schema, err := Schema("json"); err != nil || json.Unmarshal(schema, &value) != nil {
		t.Errorf("Schema(json) is no JSON: %v", err)
	}
}
