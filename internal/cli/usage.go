package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// The exit statuses of a command stand at the end of its help, under this
// annotation.
const exitStatuses = "exit"

const (
	// scanStatuses are those of a scan, and so of the program.
	scanStatuses = `  0    ran
  1    ran, and a gate (--fail-on, --max-findings, --max-duplicate-share) was missed
  2    usage or run error; with --strict, also what is status 3 without it
  3    ran, but some input could not be read, or no article was
  130  interrupted`
	// readStatuses are those of commands without a gate, and lenientStatuses of those that
	// have no --strict either.
	readStatuses = `  0    ran
  2    usage or run error; with --strict, also what is status 3 without it
  3    ran, but some input could not be read, or no article was
  130  interrupted`
	lenientStatuses = `  0    ran
  2    usage or run error
  3    ran, but some input could not be read, or no article was
  130  interrupted`
	schemaStatuses = `  0    ran
  2    usage or run error`
)

// usageTemplate lays out a command's help. Flags are wrapped to the columns of
// the terminal; 0 is for a pipe, where nothing is.
func usageTemplate(columns int) string {
	return strings.ReplaceAll(`Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped COLUMNS | trimTrailingWhitespaces}}{{end}}{{with .Annotations.`+exitStatuses+`}}

Exit status:
{{.}}{{end}}{{if .HasAvailableSubCommands}}

"{{.CommandPath}} COMMAND --help" says more about a command.{{end}}
`, "COLUMNS", fmt.Sprintf("%d", columns))
}

// answerUnknownShells lets "completion" without a shell that cobra knows be an
// error that names those it knows; by itself it would print its help.
func answerUnknownShells(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	completion, _, err := root.Find([]string{"completion"})
	if err != nil { // cobra has made it just now
		return
	}
	var shells []string
	for _, shell := range completion.Commands() {
		shells = append(shells, shell.Name())
	}
	completion.Use = "completion " + strings.Join(shells, "|")
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return errors.New("completion: no shell is named: known are " + strings.Join(shells, ", "))
		}
		return fmt.Errorf("completion: unknown shell %q: known are %s", args[0], strings.Join(shells, ", "))
	}
}
