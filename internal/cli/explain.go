package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report"
)

// explainOptions are the flags of an explanation, beside those of a scan by whose rules it is
// made.
type explainOptions struct {
	scanOptions
	names [2]string // of the articles: keys, or files
	in    []string
	least int // words of a passage: fewer than those of a scan may be
}

const explainStatuses = `  0    ran
  2    usage or run error, or an article that is not there
  130  interrupted`

func newExplainCommand(streams Streams, run func(context.Context, *explainOptions) error) *cobra.Command {
	opts := &explainOptions{scanOptions: *newScanOptions(streams, "explain")}
	cmd := &cobra.Command{
		Use:   "explain KEY KEY --in INPUT... | explain FILE FILE",
		Short: "Show how two articles are alike, and how they differ",
		Long: `Show how two articles are alike, and how they differ: the exact figures and how far
they are from each rule of a scan, the passages that both share, side by side where
the terminal has room, and the words that differ, marked as [-these-]{+those+}.

The two are named by their keys, as a report of the inputs behind --in names them, or
are files of one article each.`,
		Example: `  newsdedup explain 000_envoy.txt 003_talks.txt --in bundle.txt
  newsdedup explain 4711 4712 --in dump.jsonl.zst --threshold 0.5
  newsdedup explain monday/fire.txt tuesday/fire.txt
  newsdedup explain a.txt b.txt --format json | jq '.difference'`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: explainStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.completeExplain(args); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addExplainFlags(cmd.Flags())
	completions(cmd, map[string][]string{"format": report.ExplanationFormats()})
	return cmd
}

func (o *explainOptions) addExplainFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringArrayVar(&o.in, "in", nil, "an input that holds the articles; more of them may follow, or --in be given again")
	flags.IntVar(&o.least, "min-passage", dedup.DefaultRun, "least words of a passage that is shown")
	flags.StringVarP(&o.format, "format", "f", report.ExplanationFormats()[0], "show as "+strings.Join(report.ExplanationFormats(), ", "))
	flags.IntVar(&o.limit, "limit", o.limit, "passages and differences that the text shows, 0 for all")
	flags.StringVar(&o.color, "color", "auto", "colour the text: auto, always or never")
	o.addPairFlags(flags)
	o.addWordFlags(flags)
	o.dedup.Workers = 1
	o.addReadingFlags(flags)
}

// completeExplain checks the arguments and the flags.
func (o *explainOptions) completeExplain(args []string) error {
	if len(o.in) > 0 && len(args) > 2 { // --in folder/*.txt, as the shell writes it out
		o.in, args = append(o.in, args[2:]...), args[:2]
	}
	if len(args) != 2 {
		return &hintedError{fmt.Errorf("explain: two articles are wanted, and %s named", english.Plural(len(args), "is", "are")),
			"newsdedup explain 000_envoy.txt 003_talks.txt --in bundle.txt, or newsdedup explain a.txt b.txt"}
	}
	if args[0] == args[1] {
		return fmt.Errorf("explain: %q is named twice: two articles are wanted", args[0])
	}
	if !slices.Contains(report.ExplanationFormats(), o.format) {
		return fmt.Errorf("explain: unknown format %q: known are %s", o.format, strings.Join(report.ExplanationFormats(), ", "))
	}
	if o.least < 1 {
		return fmt.Errorf("explain: least words of a passage %d is below 1", o.least)
	}
	o.names = [2]string(args)
	if o.inputs = o.in; len(o.in) == 0 {
		o.inputs = args
		for _, name := range args {
			if _, err := os.Stat(name); err != nil {
				return &hintedError{fmt.Errorf("explain: %q is no file: %w", name, errors.Unwrap(err)),
					"newsdedup explain " + strings.Join(args, " ") + " --in INPUT finds articles by their keys"}
			}
		}
	}
	err := o.complete()
	o.dedup.Passages = o.least
	return err
}

// runExplain reads the two articles, compares them and shows what came of it.
func runExplain(ctx context.Context, o *explainOptions) error {
	source, err := o.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	find := o.findByKey
	if len(o.in) == 0 {
		find = o.readFiles
	}
	articles, err := find(ctx, source)
	if err != nil {
		return err
	}
	a, b := articles[0], articles[1]
	explanation := &report.Explanation{
		A: a, B: b, Options: o.dedup, Comparison: dedup.Compare(a, b, o.dedup), Story: dedup.CompareStories(a.Body, b.Body, o.dedup.Paragraphs),
	}
	if explanation.Kind == dedup.Template {
		explanation.Story.Degree = "" // as a scan has it
	}
	return report.WriteExplanation(o.streams.Out, o.format, explanation, o.reportOptions(nil))
}

// eachArticle calls visit with every article until it is false, and returns the problems of what
// was read till then. The body is lent until visit returns.
func eachArticle(ctx context.Context, source *corpus.Corpus, visit func(*corpus.Article) (goOn bool)) ([]corpus.Problem, error) {
	var scratch corpus.Scratch
	var problems corpus.ProblemLog
	for goOn := true; goOn; {
		record, err := source.Next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		article, ok, found := source.Decode(&scratch, record)
		problems.Add(found...)
		if ok {
			problems.Add(source.Admit(&article)...)
			goOn = visit(&article)
		}
	}
	problems.Add(source.Problems()...)
	return problems.List(), nil
}

// lasting is a copy of the article that is not lent.
func lasting(article *corpus.Article) *corpus.Article {
	kept := *article
	kept.Body = bytes.Clone(article.Body)
	return &kept
}

// findByKey finds the two articles of the keys.
func (o *explainOptions) findByKey(ctx context.Context, source *corpus.Corpus) (found [2]*corpus.Article, err error) {
	var near [2]nearKeys
	problems, err := eachArticle(ctx, source, func(article *corpus.Article) bool {
		for i, key := range o.names {
			if article.Key == key {
				found[i] = lasting(article)
			} else {
				near[i].meet(key, article.Key)
			}
		}
		return found[0] == nil || found[1] == nil
	})
	if err != nil {
		return found, err
	}
	for i, key := range o.names {
		if found[i] == nil {
			return found, near[i].missing(key, o.in, problems)
		}
	}
	return found, nil
}

// readFiles reads the one article of each of two files.
func (o *explainOptions) readFiles(ctx context.Context, source *corpus.Corpus) (found [2]*corpus.Article, err error) {
	inputs := source.Inputs()
	if len(inputs) != 2 || inputs[0].Argument == inputs[1].Argument {
		return found, &hintedError{fmt.Errorf("explain: %q and %q are not two files of an article each", o.names[0], o.names[1]),
			"newsdedup explain KEY KEY --in INPUT finds articles in folders and in files of several"}
	}
	var counts [2]int
	problems, err := eachArticle(ctx, source, func(article *corpus.Article) bool {
		if counts[article.Input]++; counts[article.Input] == 1 {
			found[article.Input] = lasting(article)
		}
		return true
	})
	if err != nil {
		return found, err
	}
	for i, name := range o.names {
		switch {
		case counts[i] == 0:
			return found, fmt.Errorf("explain: %q holds no article%s", name, firstProblem(problems, name))
		case counts[i] > 1:
			return found, &hintedError{fmt.Errorf("explain: %q holds %d articles", name, counts[i]),
				fmt.Sprintf("newsdedup explain KEY KEY --in %s compares two of them, by their keys", name)}
		}
	}
	return found, nil
}

// firstProblem says why an input was not read, if that is known.
func firstProblem(problems []corpus.Problem, path string) string {
	for _, problem := range problems {
		if problem.Path == path {
			return ": " + problem.Message
		}
	}
	return ""
}

// nearKeys are the first keys that may have been meant by one that is not there, and the
// first of all, which shows what keys look like.
type nearKeys struct {
	keys  []string
	first string
}

// maxNear bounds the keys that are proposed.
const maxNear = 3

// meet takes note of a key that is near a misspelt one, or has it in it.
func (n *nearKeys) meet(wanted, key string) {
	if n.first == "" {
		n.first = key
	}
	if len(n.keys) == maxNear {
		return
	}
	lower, want := strings.ToLower(key), strings.ToLower(wanted)
	isPart := len(want) > mistakes && strings.Contains(lower, want)
	if isPart || max(len(lower), len(want))-min(len(lower), len(want)) <= mistakes && editDistance(lower, want) <= mistakes {
		n.keys = append(n.keys, key)
	}
}

// missing is the error that no article has the key. It may be the one of a record that could
// not be read.
func (n *nearKeys) missing(key string, inputs []string, problems []corpus.Problem) error {
	in := strings.Join(inputs, ", ")
	if len(problems) > 0 {
		in += fmt.Sprintf("; of what could not be read the first is %v", problems[0])
	}
	err := fmt.Errorf("explain: no article is named %q in %s", key, in)
	switch {
	case n.first == "":
		return fmt.Errorf("explain: there is no article in %s", in)
	case len(n.keys) == 0:
		return &hintedError{err, fmt.Sprintf("names are written as a report has them, the first one there is %q", n.first)}
	}
	quoted := make([]string, len(n.keys))
	for i, near := range n.keys {
		quoted[i] = fmt.Sprintf("%q", near)
	}
	return &hintedError{err, "did you mean " + english.OxfordWordSeries(quoted, "or")}
}
