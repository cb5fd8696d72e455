package report

import (
	"encoding/json"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// hostileResults are results with names, texts and problems that try to get out of
// the form they are put into, with reviews of them.
func hostileResults(visit func(*dedup.Result, Options)) {
	dice := newDice(seeded.Seed())
	for range 200 {
		result := dice.result()
		visit(result, Options{})
		visit(result, Options{Review: dice.review(result)})
	}
	for _, name := range []string{"::error::x", "a\n::error file=b::c", "a%0A::error::x", "x]]>\x00", "--><!-- ", "&#10;<b>", "##[error]x", " ::error::x", "##vso[task.complete]", "a\r::warning::b", "title=x,line=9::y"} {
		result := fixture()
		for i := range result.Articles {
			result.Articles[i].Key, result.Articles[i].Path, result.Articles[i].Lead = name, name, name
		}
		for i := range result.Problems {
			result.Problems[i].Path, result.Problems[i].Message = name, name
		}
		visit(result, Options{})
	}
}

// command is a workflow command as GitHub's runner reads it: up to the first "::" behind
// the name stand the properties.
var command = regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$`)

// TestGitHubForgesNothing holds that each line is the one command that it is meant to be.
func TestGitHubForgesNothing(t *testing.T) {
	hostileResults(func(result *dedup.Result, opts Options) {
		report := render(t, "github", result, opts)
		review := opts.Review
		if review == nil {
			review = new(gate.Rules).Review(result, 0)
		}
		want := 1 + len(result.Problems) + review.New
		for _, check := range review.Checks {
			if check.Missed {
				want++
			}
		}
		lines := strings.Split(strings.TrimSuffix(report, "\n"), "\n")
		if len(lines) != want {
			t.Fatalf("%d lines, want %d:\n%s", len(lines), want, report)
		}
		for _, line := range lines {
			parts := command.FindStringSubmatch(line)
			if parts == nil {
				t.Fatalf("no command: %q", line)
			}
			for property := range strings.SplitSeq(parts[2], ",") {
				name, _, _ := strings.Cut(property, "=")
				if !strings.Contains(" file line endLine title ", " "+name+" ") {
					t.Errorf("property %q in %q", name, line)
				}
			}
			if strings.ContainsFunc(line, func(r rune) bool { return !isSafe(r) }) {
				t.Errorf("a control character in %q", line)
			}
		}
	})
}

// TestGitHubReadsBack holds that the runner's unescaping gives what was meant.
func TestGitHubReadsBack(t *testing.T) {
	unescape := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	for _, text := range []string{"a:b,c%d%25", "%0A", "%250A", "plain"} {
		if got := unescape.Replace(property(text)); got != text {
			t.Errorf("property %q is read as %q", text, got)
		}
		if got := unescape.Replace(data(text)); got != text {
			t.Errorf("message %q is read as %q", text, got)
		}
	}
}

// TestTextForgesNoCommand holds that no line of the text report is a command for the
// build server that keeps it as a log.
func TestTextForgesNoCommand(t *testing.T) {
	hostileResults(func(result *dedup.Result, opts Options) {
		for _, opts.Width = range []int{0, 40, 90} {
			for line := range strings.Lines(render(t, "text", result, opts)) {
				if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
					t.Fatalf("-seed=%d: %q", seeded.Seed(), line)
				}
			}
		}
	})
	for text, want := range map[string]string{
		"## Results [1]": "## Results [1]", "x ##[error]y": `x #\x23[error]y`, "##VSO[task": `#\x23VSO[task`, "###[": `##\x23[`, "a ::b::": "a ::b::",
		"::": `\x3a:`, "  ::error::x": `  \x3a:error::x`, "\u3000::b": "\u3000\\x3a:b", "\x1b[1m ::b\x1b[m": "\x1b[1m \\x3a:b\x1b[m", "": "", " ": " ",
	} {
		if got := noCommand(text); got != want {
			t.Errorf("%q is made %q, want %q", text, got, want)
		}
	}
}

// TestPathsBelowTheFolder holds that what a build server runs with absolute paths is
// told as the code host knows it, and that nothing else is changed.
func TestPathsBelowTheFolder(t *testing.T) {
	for _, test := range []struct{ folder, path, want string }{
		{"/build/corpus", "/build/corpus/night/a.txt", "night/a.txt"},
		{"/build/corpus", "/build/corpus2/a.txt", "/build/corpus2/a.txt"},
		{"/build/corpus", "/build/a.txt", "/build/a.txt"},
		{"/build/corpus", "../a.txt", "../a.txt"},
		{"/build/corpus", "-", "-"},
		{"", "/build/a.txt", "/build/a.txt"},
		{"/", "/a.txt", "a.txt"},
	} {
		if got := below(test.folder, test.path); got != test.want {
			t.Errorf("in %q the path %q is %q, want %q", test.folder, test.path, got, test.want)
		}
	}
	relative, absolute := fixture(), fixture()
	for i := range absolute.Articles {
		absolute.Articles[i].Path = "/build/" + absolute.Articles[i].Path
	}
	for i := range absolute.Problems {
		absolute.Problems[i].Path = "/build/" + absolute.Problems[i].Path
	}
	for _, format := range []string{"github", "gitlab"} {
		if diff := cmp.Diff(render(t, format, relative, Options{}), render(t, format, absolute, Options{Folder: "/build"})); diff != "" {
			t.Errorf("%s (-relative +absolute):\n%s", format, diff)
		}
	}
}

// suites are JUnit's as a build server reads them.
type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Suites  []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Errors   int    `xml:"errors,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Name      string     `xml:"name,attr"`
			Classname string     `xml:"classname,attr"`
			Failure   []struct{} `xml:"failure"`
			Error     []struct{} `xml:"error"`
			Skipped   []struct{} `xml:"skipped"`
			Other     []xml.Attr `xml:",any,attr"`
			Elements  []struct {
				XMLName xml.Name
			} `xml:",any"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// TestJUnitIsWellFormed holds that what stands in the report is what was meant: counts
// that are true, and no element or attribute that a text made.
func TestJUnitIsWellFormed(t *testing.T) {
	hostileResults(func(result *dedup.Result, opts Options) {
		report := render(t, "junit", result, opts)
		var read suites
		if err := xml.Unmarshal([]byte(report), &read); err != nil {
			t.Fatalf("%v in\n%s", err, report)
		}
		skipped := 0
		for _, suite := range read.Suites {
			failures, errors := 0, 0
			for _, test := range suite.Cases {
				failures, errors, skipped = failures+len(test.Failure), errors+len(test.Error), skipped+len(test.Skipped)
				for _, attribute := range test.Other {
					if attribute.Name.Local != "file" {
						t.Errorf("attribute %s in\n%s", attribute.Name.Local, report)
					}
				}
				for _, element := range test.Elements {
					if element.XMLName.Local != "system-out" {
						t.Errorf("element %s in\n%s", element.XMLName.Local, report)
					}
				}
			}
			if len(suite.Cases) != suite.Tests || failures != suite.Failures || errors != suite.Errors {
				t.Errorf("suite %s says %d tests, %d failures, %d errors, and has %d, %d, %d", suite.Name,
					suite.Tests, suite.Failures, suite.Errors, len(suite.Cases), failures, errors)
			}
			if suite.Name == "input" && errors != len(result.Problems) || suite.Name != "input" && errors > 0 {
				t.Errorf("suite %s has %d errors; there are %d problems", suite.Name, errors, len(result.Problems))
			}
		}
		if opts.Review != nil && skipped > opts.Review.Known {
			t.Errorf("%d are skipped, and %d are known", skipped, opts.Review.Known)
		}
	})
}

// TestJUnitFailsAsTheGateDoes holds which findings are failures.
func TestJUnitFailsAsTheGateDoes(t *testing.T) {
	failures := func(policy gate.Policy) int {
		rules := &gate.Rules{Policy: policy}
		return strings.Count(render(t, "junit", fixture(), Options{Review: rules.Review(fixture(), 0)}), "<failure ")
	}
	for _, test := range []struct {
		name   string
		policy gate.Policy
		want   int
	}{
		{"no gate", gate.Policy{}, 9 + 14},
		{"a gate that is met", gate.Policy{Budgets: []gate.Budget{{Most: 100}}}, 0},
		{"a gate on one kind, and its check", gate.Policy{FailOn: []dedup.Kind{dedup.Near}}, 3 + 1},
	} {
		if got := failures(test.policy); got != test.want {
			t.Errorf("%s: %d failures, want %d", test.name, got, test.want)
		}
	}
}

// TestGitLabIssues holds what GitLab asks of an issue.
func TestGitLabIssues(t *testing.T) {
	hostileResults(func(result *dedup.Result, opts Options) {
		report := render(t, "gitlab", result, opts)
		var issues []struct {
			Description string `json:"description"`
			CheckName   string `json:"check_name"`
			Fingerprint string `json:"fingerprint"`
			Severity    string `json:"severity"`
			Location    struct {
				Path  string `json:"path"`
				Lines struct {
					Begin int `json:"begin"`
					End   int `json:"end"`
				} `json:"lines"`
			} `json:"location"`
		}
		decoder := json.NewDecoder(strings.NewReader(report))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&issues); err != nil || issues == nil {
			t.Fatalf("%v in\n%s", err, report)
		}
		seen := make(map[string]bool)
		for _, issue := range issues {
			if seen[issue.Fingerprint] {
				t.Errorf("the fingerprint %s stands twice", issue.Fingerprint)
			}
			seen[issue.Fingerprint] = true
			if issue.Description == "" || issue.CheckName == "" || issue.Location.Path == "" || issue.Location.Lines.Begin < 1 ||
				!strings.Contains(" info minor major critical blocker ", " "+issue.Severity+" ") {
				t.Errorf("an issue lacks something: %+v", issue)
			}
			if strings.ContainsFunc(issue.Description, func(r rune) bool { return !isSafe(r) }) {
				t.Errorf("a control character in %q", issue.Description)
			}
		}
	})
}
