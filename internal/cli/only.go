package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// loadOnly takes over the articles that are asked about.
func (o *scanOptions) loadOnly() error {
	if len(o.gate.only) == 0 {
		return nil
	}
	selection := new(gate.Selection)
	for _, written := range o.gate.only {
		file, isFile := strings.CutPrefix(written, "@")
		if !isFile {
			if err := corpus.CheckPattern(written); err != nil {
				return fmt.Errorf("--only: %w", err)
			}
			selection.Patterns = append(selection.Patterns, written)
			continue
		}
		list, err := o.readList(file)
		if err != nil {
			return fmt.Errorf("--only: reading the list %q: %w", file, pathCause(err))
		}
		for _, name := range names(list) {
			selection.Names = append(selection.Names, name, otherPath(name))
		}
	}
	o.gate.rules.Only = selection
	return nil
}

// otherPath returns a path below the working folder as an absolute one, and an absolute
// one as seen from there: a list and the inputs need not agree on which they are.
func otherPath(name string) string {
	working, err := os.Getwd()
	if err != nil {
		return name
	}
	if !filepath.IsAbs(name) {
		return filepath.Join(working, name)
	}
	if relative, err := filepath.Rel(working, name); err == nil {
		return relative
	}
	return name
}

// readList reads a list of names whole.
func (o *scanOptions) readList(path string) ([]byte, error) {
	if path != "-" {
		return os.ReadFile(path)
	}
	if slices.Contains(o.inputs, "-") {
		return nil, fmt.Errorf("standard input is an input of the scan already")
	}
	return io.ReadAll(o.streams.In)
}

// names parts a list as git writes it: by NUL, or else by line, where git puts quotes
// around a name with other letters than those of ASCII.
func names(list []byte) []string {
	separator := "\n"
	if bytes.IndexByte(list, 0) >= 0 {
		separator = "\x00"
	}
	var all []string
	for name := range strings.SplitSeq(string(list), separator) {
		if separator == "\n" {
			name = unquoted(strings.TrimSuffix(name, "\r"))
		}
		if name != "" {
			all = append(all, name)
		}
	}
	return all
}

// unquoted returns what a line stands for: git escapes as Go does, with octal bytes.
func unquoted(line string) string {
	if !strings.HasPrefix(line, `"`) {
		return line
	}
	if name, err := strconv.Unquote(line); err == nil {
		return name
	}
	return line
}
