package report

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// writeGitHub writes workflow commands: a line for each problem of the input, each new
// finding and each missed check, which GitHub shows beside the files, and at last one
// that sums up. Each line begins with a command, and what comes from the corpus is
// escaped, so that no text is taken for another command.
func writeGitHub(out *bufio.Writer, result *dedup.Result, opts Options) error {
	for i := range result.Problems {
		problem := &result.Problems[i]
		at := problemSpot(problem, opts)
		annotate(out, "warning", &at, "newsdedup: problem in the input", oneLine(problem.Message, lineBreak))
	}
	if err := notices(result, opts, func(n *notice) error {
		if n.level == noteLevel {
			return nil
		}
		return annotate(out, [...]string{"", "warning", "error"}[n.level], &n.at, "newsdedup: "+string(rules()[n.rule].kind), n.message)
	}); err != nil {
		return err
	}
	for _, check := range opts.Review.Checks {
		if check.Missed {
			annotate(out, "error", &spot{}, "newsdedup: gate failed", DescribeCheck(check, opts.Review))
		}
	}
	return annotate(out, "notice", &spot{}, "newsdedup", sumUp(result, opts))
}

// sumUp says in a line what was read and found.
func sumUp(result *dedup.Result, opts Options) string {
	r := opts.Review
	said := count(result.Summary.Articles, "article") + ", " + findings(r.New, r)
	if r.Compared {
		said += ", " + number(r.Known) + " known"
	}
	if len(r.Stale) > 0 {
		said += ", " + number(len(r.Stale)) + " of the baseline there no more"
	}
	return said
}

// annotate writes one command.
func annotate(out *bufio.Writer, command string, at *spot, title, message string) error {
	properties := ""
	if file := at.file(); file != "" {
		properties = "file=" + property(Harmless(file))
		if at.line > 0 {
			properties += fmt.Sprintf(",line=%d", lineNumber(at.line))
		}
		if at.endLine > at.line {
			properties += fmt.Sprintf(",endLine=%d", lineNumber(at.endLine))
		}
		properties += ","
	}
	_, err := fmt.Fprintf(out, "::%s %stitle=%s::%s\n", command, properties, property(title), data(message))
	return err
}

// data escapes the message of a command as the runner reads it. It is harmless by
// now, and so has no line break.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// property escapes a value among a command's properties.
func property(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}
