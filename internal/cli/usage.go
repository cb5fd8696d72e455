package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// exitStatuses stands at the end of each command's help.
const exitStatuses = `
Exit status:
  0    ran
  2    usage or run error; with --strict, also input that could not be read
  3    ran, but some input could not be read
  130  interrupted
`

// usageTemplate is cobra's own with the exit statuses in it.
func usageTemplate(root *cobra.Command) string {
	before, after, _ := strings.Cut(root.UsageTemplate(), `{{if .HasHelpSubCommands}}`)
	return before + exitStatuses + `{{if .HasHelpSubCommands}}` + after
}
