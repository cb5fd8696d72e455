package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// writeJUnit writes test suites as build servers read them: one of the input, whose
// problems are errors, one of each kind of findings, and one of the gate. A new finding
// is a failure, unless a gate was asked for and no missed check counts it; a known one is
// skipped. A suite without a finding has one test, which passes.
func writeJUnit(out *bufio.Writer, result *dedup.Result, opts Options) error {
	fmt.Fprint(out, xml.Header, "<testsuites name=\"newsdedup\">\n")
	var cases []testCase
	for i := range result.Problems {
		problem := &result.Problems[i]
		at := location(problem.Path, problem.Line)
		cases = append(cases, testCase{name: at, file: problemSpot(problem, opts).path, verdict: "error", kind: problem.Kind, message: at + ": " + oneLine(problem.Message, lineBreak)})
	}
	writeSuite(out, "input", cases)
	for i, cases := range junitFindings(result, opts) {
		if result.Options.Finds(rules()[i].kind) {
			writeSuite(out, string(rules()[i].kind), cases)
		}
	}
	cases = nil
	for _, check := range opts.Review.Checks {
		test := testCase{name: string(check.Rule), message: DescribeCheck(check, opts.Review)}
		if check.Kind != "" {
			test.name += " " + string(check.Kind)
		}
		if check.Missed {
			test.verdict, test.kind = "failure", string(check.Rule)
		}
		cases = append(cases, test)
	}
	if len(cases) > 0 {
		writeSuite(out, "gate", cases)
	}
	_, err := out.WriteString("</testsuites>\n")
	return err
}

// A testCase is one test of a suite.
type testCase struct {
	name, file    string
	verdict, kind string // failure, error or skipped, and what of; "" where it passed
	message       string
}

// junitFindings returns the tests of all findings by rule. A suite says first how many
// it has, so they are held.
func junitFindings(result *dedup.Result, opts Options) [][]testCase {
	suites := make([][]testCase, len(rules()))
	asked := len(opts.Review.Checks) > 0
	_ = notices(result, opts, func(n *notice) error {
		test := testCase{file: n.at.path, kind: string(rules()[n.rule].kind)}
		test.name = fmt.Sprintf("%s and %s (%016x-%d)", Harmless(n.at.key), Harmless(n.of.key), n.fingerprint, n.standing)
		test.message = location(n.at.path, n.at.line) + ": " + n.message
		switch {
		case n.level == noteLevel:
			test.verdict = "skipped"
		case n.level == errorLevel || !asked:
			test.verdict = "failure"
		}
		suites[n.rule] = append(suites[n.rule], test)
		return nil
	})
	return suites
}

func writeSuite(out *bufio.Writer, suite string, cases []testCase) {
	if len(cases) == 0 {
		cases = []testCase{{name: "nothing found"}}
	}
	verdicts := make(map[string]int)
	for i := range cases {
		verdicts[cases[i].verdict]++
	}
	fmt.Fprintf(out, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n",
		suite, len(cases), verdicts["failure"], verdicts["error"], verdicts["skipped"])
	for i := range cases {
		cases[i].write(out, suite)
	}
	out.WriteString("  </testsuite>\n")
}

func (c *testCase) write(out *bufio.Writer, suite string) {
	fmt.Fprintf(out, "    <testcase classname=\"newsdedup.%s\" name=\"%s\"", suite, attribute(c.name))
	if c.file != "" && c.file != stdin {
		fmt.Fprintf(out, " file=\"%s\"", attribute(Harmless(c.file)))
	}
	switch c.verdict {
	case "":
		if c.message == "" {
			out.WriteString("/>\n")
			return
		}
		fmt.Fprintf(out, "><system-out>%s</system-out></testcase>\n", attribute(c.message))
	case "skipped":
		fmt.Fprintf(out, "><skipped message=\"%s\"/></testcase>\n", attribute("in the baseline: "+c.message))
	default:
		fmt.Fprintf(out, "><%s type=\"%s\" message=\"%s\"/></testcase>\n", c.verdict, attribute(c.kind), attribute(c.message))
	}
}

// attribute escapes text, which is harmless by now, for XML: of an attribute or between tags.
func attribute(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a Builder takes all
	return escaped.String()
}
