package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dustin/go-humanize/english"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// tellScan tells of the inputs of a scan whose progress is closed, and how long its stages took.
func (o *scanOptions) tellScan(source scanned, result *dedup.Result, progress *progress) {
	o.tellInputs(source, result)
	if o.verbose {
		progress.tellStages()
	}
}

// tellInputs says what was read as what, and what was left out.
func (o *scanOptions) tellInputs(source scanned, result *dedup.Result) {
	others := slices.DeleteFunc(slices.Clone(source.Skipped()), corpus.Skipped.IsOwn) // than what nobody would miss
	if skipped := len(others); skipped > 0 && !o.verbose {
		o.streams.warningf("%s left out (--verbose says which and why)", english.Plural(skipped, "file", ""))
	}
	if !o.verbose {
		return
	}
	for _, input := range source.Inputs() {
		o.streams.tell("%s: %s", input.Path, readAs(input, result.Problems))
	}
	for _, file := range source.Skipped() {
		o.streams.tell("%s: left out: %s", file.Path, file.Reason)
	}
}

// warnOf tells of problems of the input, for commands whose output has no place for them.
// Of so many in all some may not be listed.
func (s Streams) warnOf(problems []corpus.Problem, total int) {
	for _, problem := range problems {
		s.warningf("%v", problem)
	}
	if left := total - len(problems); left > 0 {
		s.warningf("there %s %d more %s", english.PluralWord(left, "is", "are"), left, english.PluralWord(left, "problem", ""))
	}
}

// readAs says what came of an input.
func readAs(input corpus.InputInfo, problems []corpus.Problem) string {
	isWhole := func(p corpus.Problem) bool {
		return p.Path == input.Path && (p.Kind == corpus.UnknownFormat || p.Kind == corpus.Unreadable || p.Kind == corpus.TooLarge)
	}
	switch {
	case input.Format != "":
		return "read as " + input.Format + compressed(input) + inEncodings(input) + passedOver(input) + undated(input)
	case slices.ContainsFunc(problems, isWhole):
		return "not read, see the report"
	}
	return "empty"
}

// inEncodings says how an input was encoded, where that was not UTF-8.
func inEncodings(input corpus.InputInfo) string {
	said := ""
	if input.Encoding != "" {
		said = ", " + input.Encoding
	}
	for _, name := range slices.Sorted(maps.Keys(input.Encodings)) {
		said += fmt.Sprintf("; %s: %s", name, english.Plural(input.Encodings[name], "article", ""))
	}
	return said
}

// undated says how many times of publication were not understood.
func undated(input corpus.InputInfo) string {
	if input.Undated == 0 {
		return ""
	}
	return "; " + english.Plural(input.Undated, "time of publication", "times of publication") + " not understood"
}

// compressed says how an input was compressed.
func compressed(input corpus.InputInfo) string {
	if input.Compression == "" {
		return ""
	}
	return ", " + input.Compression
}

// passedOver says which records of an input are no articles.
func passedOver(input corpus.InputInfo) string {
	total := 0
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(input.PassedOver)) {
		total += input.PassedOver[kind]
		kinds = append(kinds, fmt.Sprintf("%d × %s", input.PassedOver[kind], kind))
	}
	if total == 0 {
		return ""
	}
	return fmt.Sprintf("; %s passed over: %s", english.Plural(total, "record", ""), strings.Join(kinds, ", "))
}
