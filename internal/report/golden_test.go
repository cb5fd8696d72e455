package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

var update = flag.Bool("update", false, "rewrite the golden reports in testdata")

// render writes a report into memory.
func render(t testing.TB, format string, result *dedup.Result, opts Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, format, result, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	withWidth := func(width int) Options {
		opts := fixtureOptions()
		opts.Width = width
		return opts
	}
	colored := withWidth(100)
	colored.Color = true
	limited := withWidth(100)
	limited.Limit = 1
	nothing := &dedup.Result{Options: dedup.DefaultOptions(), Articles: fixtureArticles()[:3],
		Summary: dedup.Summary{Articles: 3, Words: 1_242, Bytes: 7_471}}
	void := &dedup.Result{Options: dedup.DefaultOptions()}

	for _, test := range []struct {
		file, format string
		result       *dedup.Result
		opts         Options
	}{
		{"pipe.txt", "text", fixture(), withWidth(0)},
		{"width40.txt", "text", fixture(), withWidth(40)},
		{"width80.txt", "text", fixture(), withWidth(80)},
		{"color100.txt", "text", fixture(), colored},
		{"limit1.txt", "text", fixture(), limited},
		{"nothing.txt", "text", nothing, withWidth(80)},
		{"void.txt", "text", void, withWidth(80)},
		{"report.json", "json", fixture(), fixtureOptions()},
		{"void.json", "json", void, fixtureOptions()},
		{"report.jsonl", "jsonl", fixture(), fixtureOptions()},
		{"void.jsonl", "jsonl", void, fixtureOptions()},
		{"gate.txt", "text", fixture(), reviewedOptions()},
		{"gate.json", "json", fixture(), reviewedOptions()},
		{"report.sarif", "sarif", fixture(), fixtureOptions()},
		{"gate.sarif", "sarif", fixture(), reviewedOptions()},
		{"void.sarif", "sarif", void, fixtureOptions()},
		{"report.junit.xml", "junit", fixture(), fixtureOptions()},
		{"gate.junit.xml", "junit", fixture(), reviewedOptions()},
		{"void.junit.xml", "junit", void, fixtureOptions()},
		{"report.github.txt", "github", fixture(), fixtureOptions()},
		{"gate.github.txt", "github", fixture(), reviewedOptions()},
		{"void.github.txt", "github", void, fixtureOptions()},
		{"report.gitlab.json", "gitlab", fixture(), fixtureOptions()},
		{"gate.gitlab.json", "gitlab", fixture(), reviewedOptions()},
		{"void.gitlab.json", "gitlab", void, fixtureOptions()},
		{"report.md", "markdown", fixture(), fixtureOptions()},
		{"void.md", "markdown", void, fixtureOptions()},
		{"gate.md", "markdown", fixture(), reviewedOptions()},
		{"report.csv", "csv", fixture(), fixtureOptions()},
		{"gate.csv", "csv", fixture(), reviewedOptions()},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := render(t, test.format, test.result, test.opts)
			if again := render(t, test.format, test.result, test.opts); again != got {
				t.Errorf("the same result was written in two ways:\n%s", cmp.Diff(got, again))
			}
			checkGolden(t, test.file, got)
		})
	}
}

// checkGolden holds what was written to a file of testdata, which -update writes anew.
func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	golden := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s has changed; -update rewrites it (-want +got):\n%s", golden, diff)
	}
}
