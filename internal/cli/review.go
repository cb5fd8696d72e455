package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/quality"
	"github.com/newsdedup/newsdedup/internal/report"
)

// ask asks about pairs that have no label yet, on stderr, and appends each answer to the
// file as it is given.
func (o *tuneOptions) ask(ctx context.Context, tuning *quality.Tuning, placed *quality.Placed) (err error) {
	labelled := make(map[[2]dedup.ArticleID]bool)
	for _, ids := range placed.Asked() {
		labelled[ids] = true
	}
	sample := tuning.Sample(o.review, func(pair dedup.Pair) bool {
		names := tuning.Result.Articles[pair.A].Key + tuning.Result.Articles[pair.B].Key
		return labelled[[2]dedup.ArticleID{pair.A, pair.B}] || strings.ContainsAny(names, "\t\n\r") || strings.HasPrefix(names, "#")
	})
	if len(sample) == 0 {
		o.streams.tell("every pair has a label")
		return nil
	}
	answers, err := openAnswers(o.labels)
	if err != nil {
		return fmt.Errorf("tune: %w", err)
	}
	defer func() { err = errors.Join(err, answers.Close()) }()
	lines := bufio.NewScanner(o.streams.In)
	options := o.reportOptions(nil)
	options.Width = o.streams.ErrWidth
	options.Color = options.Color && o.streams.ErrWidth > 0
	for i, pair := range sample {
		if err := report.WriteQuestion(o.streams.Err, tuning, pair, i+1, len(sample), options); err != nil {
			return err
		}
		answer, more := o.answer(ctx, lines)
		if !more {
			break
		}
		if answer == "" {
			continue
		}
		_, err := fmt.Fprintf(answers, "%s\t%s\t%s\t%.4f\t%.4f\n", tuning.Result.Articles[pair.A].Key, tuning.Result.Articles[pair.B].Key,
			answer, pair.Similarity, max(pair.AInB, pair.BInA))
		if err != nil {
			return fmt.Errorf("tune: %w", err)
		}
	}
	return lines.Err()
}

// answer returns yes, no, or "" for a pair that is left open; more is false where the questions are
// to end.
func (o *tuneOptions) answer(ctx context.Context, lines *bufio.Scanner) (answer string, more bool) {
	for ctx.Err() == nil {
		fmt.Fprint(o.streams.Err, "  Is one a copy of the other? [y]es, [n]o, [s]kip, [q]uit: ")
		if !lines.Scan() {
			fmt.Fprintln(o.streams.Err)
			return "", false
		}
		switch strings.ToLower(strings.TrimSpace(lines.Text())) {
		case "y", "yes":
			return "yes", true
		case "n", "no":
			return "no", true
		case "s", "skip", "":
			return "", true
		case "q", "quit":
			return "", false
		}
	}
	return "", false
}

// openAnswers opens the file for more lines. A new one begins with what it is.
func openAnswers(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.Size() == 0 {
		_, err = fmt.Fprintln(file, "# two articles, whether one is a copy of the other, their similarity, the share of the smaller in the larger")
	} else if err == nil {
		last := make([]byte, 1)
		if _, err = file.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			_, err = fmt.Fprintln(file)
		}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}
