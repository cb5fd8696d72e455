package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle/folder"
	"github.com/newsdedup/newsdedup/internal/report"
)

// newBundleCommand turns folders into bundles and back.
func newBundleCommand(streams Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bundle pack|unpack|list",
		Short: "Turn a folder of files into a bundle and back, losing nothing",
		Example: `  newsdedup bundle pack articles/ > bundle.txt
  newsdedup bundle unpack bundle.txt -C articles/
  newsdedup bundle list bundle.txt`,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		Args:        cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return &hintedError{fmt.Errorf("bundle: unknown command %q", args[0]), "newsdedup bundle --help lists them"}
		},
	}
	cmd.AddCommand(newPackCommand(streams), newUnpackCommand(streams), newListCommand(streams))
	return cmd
}

func newPackCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "pack FOLDER",
		Short: "Write the files below a folder as a bundle",
		Long: `Write the files below a folder to stdout as a bundle, in the order of their
names. Hidden files are left out, and links are not followed.`,
		Example:     `  newsdedup bundle pack articles/ > bundle.txt`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &hintedError{errors.New("bundle pack: one folder is wanted"), "newsdedup bundle pack articles/ > bundle.txt"}
			}
			packed, err := folder.Pack(cmd.Context(), args[0], streams.Out, streams.OutFile)
			if err != nil {
				return err
			}
			for _, left := range packed.Left {
				streams.warningf("%s is left out: %s", left.Path, left.Reason)
			}
			if packed.Files == 0 {
				streams.warningf("there is no file below %s", args[0])
			}
			return nil
		},
	}
}

func newUnpackCommand(streams Streams) *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:   "unpack BUNDLE -C FOLDER",
		Short: "Write each article of a bundle to a file of its own",
		Long: `Write each article of a bundle to a file of its own below a folder, which is made
where it does not exist. Nothing is written outside it, whatever names the
articles bear, and no file that stands there is overwritten. - is standard input.`,
		Example: `  newsdedup bundle unpack bundle.txt -C articles/
  zstd -dc bundle.txt.zst | newsdedup bundle unpack - -C articles/`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || to == "" {
				return &hintedError{errors.New("bundle unpack: one bundle and a folder are wanted"), "newsdedup bundle unpack bundle.txt -C articles/"}
			}
			unpacked, err := folder.Unpack(cmd.Context(), args[0], streams.In, bundleOptions(), to)
			if err != nil {
				return err
			}
			return tellBundle(streams, unpacked.Problems, unpacked.Files)
		},
	}
	cmd.Flags().StringVarP(&to, "directory", "C", "", "the folder to write to")
	return cmd
}

func newListCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:         "list BUNDLE",
		Short:       "List the articles of a bundle: line, bytes, name",
		Example:     `  newsdedup bundle list bundle.txt`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: lenientStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &hintedError{errors.New("bundle list: one bundle is wanted"), "newsdedup bundle list bundle.txt"}
			}
			return list(cmd.Context(), streams, args[0])
		},
	}
}

// list prints a line for each article as it is read: a bundle may have no end.
func list(ctx context.Context, streams Streams, name string) error {
	articles := 0
	problems, err := folder.Each(ctx, name, streams.In, bundleOptions(), func(entry folder.Entry) error {
		articles++
		_, err := fmt.Fprintf(streams.Out, "%8d %10d  %s\n", entry.Line, len(entry.Body), report.Harmless(entry.Name))
		return err
	})
	if err != nil {
		return err
	}
	return tellBundle(streams, problems, articles)
}

// bundleOptions read what Pack may have written.
func bundleOptions() corpus.Options { return corpus.Options{MaxArticleBytes: folder.MostBytes} }

// tellBundle tells of what could not be read, and returns what the exit status says of it.
func tellBundle(streams Streams, problems folder.Problems, articles int) error {
	streams.warnOf(problems.Listed, len(problems.Listed)+problems.Unlisted)
	if articles == 0 {
		streams.warningf("no article was read")
	}
	if len(problems.Listed) > 0 || articles == 0 {
		return errProblems
	}
	return nil
}
