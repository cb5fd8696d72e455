package report

import (
	"bufio"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// The form of GitLab's code quality reports.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end,omitempty"`
	}
)

// writeGitLab writes an array of issues, known ones among them: GitLab itself shows
// what a merge request adds, by fingerprints. They differ for each standing of a text.
// Findings of standard input, which is no file, are at the path "-".
func writeGitLab(out *bufio.Writer, result *dedup.Result, opts Options) error {
	out.WriteByte('[')
	before := "\n"
	if err := notices(result, opts, func(n *notice) error {
		_, err := fmt.Fprintf(out, "%s  %s", before, marshal(gitlabIssueOf(n)))
		before = ",\n"
		return err
	}); err != nil {
		return err
	}
	_, err := out.WriteString("\n]\n")
	return err
}

func gitlabIssueOf(n *notice) gitlabIssue {
	issue := gitlabIssue{
		Description: n.message, CheckName: string(rules()[n.rule].kind),
		Fingerprint: fmt.Sprintf("%016x-%d", n.fingerprint, n.standing),
		Severity:    [...]string{"info", "minor", "major"}[n.level],
		Location:    gitlabLocation{Harmless(n.at.file()), gitlabLines{Begin: lineNumber(n.at.line)}},
	}
	if issue.Location.Path == "" {
		issue.Location.Path = stdin
	}
	if n.at.endLine > n.at.line {
		issue.Location.Lines.End = lineNumber(n.at.endLine)
	}
	return issue
}
