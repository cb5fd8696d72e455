package cli

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/config"
	"github.com/newsdedup/newsdedup/internal/report"
)

// newConfigCommand tells of settings.
func newConfigCommand(streams Streams) *cobra.Command {
	command := &cobra.Command{
		Use:   "config",
		Short: "Tell of the settings that a team keeps in " + configName,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args)
			}
			return cmd.Help()
		},
		Annotations: map[string]string{exitStatuses: schemaStatuses},
	}
	command.AddCommand(newConfigShowCommand(streams))
	return command
}

func newConfigShowCommand(streams Streams) *cobra.Command {
	opts := newScanOptions(streams, "config show")
	cmd := &cobra.Command{
		Use:   "show [INPUT...]",
		Short: "Print the settings in force, and where each comes from",
		Long: `Print the settings that newsdedup scan would have with these flags here, and where each
comes from. What is printed is a file of settings itself.`,
		Example: `  newsdedup config show
  newsdedup config show --threshold 0.7
  newsdedup config show > settings.yaml`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: schemaStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.inputs = args
			if err := opts.config.refuseStdout(streams.OutFile); err != nil {
				return err
			}
			if err := opts.configure(cmd.Flags()); err != nil {
				return err
			}
			err := opts.completeFlags() // what is wrong is shown too, with where it stands
			return cmp.Or(opts.showConfig(cmd.OutOrStdout(), cmd.Flags(), len(args) > 0), err)
		},
	}
	opts.addFlags(cmd.Flags())
	completions(cmd, nil)
	return cmd
}

// refuseStdout returns an error where stdout is the file of settings: a shell has emptied
// it by then, and the defaults would take the place of what a team had agreed on.
func (o *configOptions) refuseStdout(stdout fs.FileInfo) error {
	path, err := o.find()
	if err != nil || path == "" || stdout == nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil || !os.SameFile(info, stdout) {
		return nil // what else is wrong with it is told when it is read
	}
	return &hintedError{fmt.Errorf("writing the settings %q: they are read from there, and were emptied for it", path), "newsdedup config show > settings.yaml && mv settings.yaml " + path}
}

// showConfig prints the settings, each with its origin.
func (o *scanOptions) showConfig(out io.Writer, flags *pflag.FlagSet, inputsGiven bool) error {
	var text strings.Builder
	switch o.config.path {
	case "":
		text.WriteString("# no file of settings is read\n")
	default:
		fmt.Fprintf(&text, "# settings of %s\n", report.Harmless(o.config.path))
	}
	show := func(name string, values []string, list, given bool) {
		origin, inFile := o.config.origins[name]
		switch {
		case given:
			origin = "command line"
		case !inFile:
			origin = "default"
		}
		unasked := name == minPassageFlag && !o.passages // in a file it would ask for passages
		if unasked || len(values) == 0 || !list && values[0] == "" {
			fmt.Fprintf(&text, "# %s: not set\n", name)
			return
		}
		fmt.Fprintf(&text, "%-40s # %s\n", config.Format(name, values, list), report.Harmless(origin))
	}
	show(inputsSetting, o.inputs, true, inputsGiven)
	for _, name := range settable() {
		flag := flags.Lookup(name)
		if list, isList := flag.Value.(pflag.SliceValue); isList {
			show(name, list.GetSlice(), true, flag.Changed)
			continue
		}
		implied := name == "passages" && flags.Changed(minPassageFlag)
		show(name, []string{flag.Value.String()}, false, flag.Changed || implied)
	}
	_, err := io.WriteString(out, text.String())
	return err
}
