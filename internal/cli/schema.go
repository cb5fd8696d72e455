package cli

import (
	"github.com/spf13/cobra"

	"github.com/newsdedup/newsdedup/internal/report"
)

// newSchemaCommand prints the JSON Schema of a report, so that whoever reads
// reports by program has it at hand without the repository.
func newSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "schema json|jsonl",
		Short:     "Print the JSON Schema of a report format",
		Example:   `  newsdedup schema json > report-1.schema.json`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"json", "jsonl"},
		RunE: func(cmd *cobra.Command, args []string) error {
			schema, err := report.Schema(args[0])
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(schema)
			return err
		},
	}
}
