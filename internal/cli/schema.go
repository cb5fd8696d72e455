package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/newsdedup/newsdedup/internal/report"
)

// newSchemaCommand prints the JSON Schema of a report, so that whoever reads
// reports by program has it at hand without the repository.
func newSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "schema json|jsonl|explanation|eval",
		Short:       "Print the JSON Schema of a report format, of an explanation or of an evaluation",
		Example:     `  newsdedup schema json > report-1.schema.json`,
		Args:        cobra.ArbitraryArgs,
		ValidArgs:   []string{"json", "jsonl", "explanation", "eval"},
		Annotations: map[string]string{exitStatuses: schemaStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("schema: one form is wanted: json or jsonl of a report, explanation, or eval")
			}
			schema, err := report.Schema(args[0])
			if err != nil {
				return fmt.Errorf("schema: %w", err)
			}
			_, err = cmd.OutOrStdout().Write(schema)
			return err
		},
	}
}
