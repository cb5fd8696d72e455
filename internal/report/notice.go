package report

import (
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// A notice is a finding for programs that show one message at one place: of a pair, at
// the article that came later or stands in the other, and of two of which one was asked
// about, at that one, since a code host shows what a change touches.
type notice struct {
	rule        int // in rules
	at, of      spot
	message     string // harmless, on one line
	fingerprint uint64
	standing    int // from 1, among the notices with this fingerprint
	level       level
}

// A spot is a place in a file.
type spot struct {
	key, path     string
	line, endLine int // 0 where there is none
	column        int
}

// A level says how much a notice matters.
type level int

const (
	noteLevel    level = iota // known to the baseline
	warningLevel              // new, and in no check that was missed
	errorLevel                // new, and in a check that was missed
)

// notices calls visit with each finding that has a rule, in the order of the result,
// until it returns an error.
func notices(result *dedup.Result, opts Options, visit func(*notice) error) error {
	review := opts.Review
	n := &noticing{result, review, opts.Folder, levels(review), make(map[uint64]int)}
	for i := range result.Pairs {
		pair := &result.Pairs[i]
		index, found := ruleOf(pair.Kind)
		if !found {
			continue
		}
		if err := visit(n.finish(n.pair(pair), index, pair.Fingerprint, review.KnowsPair(i))); err != nil {
			return err
		}
	}
	index, _ := ruleOf(dedup.Repeated)
	for i := range result.Repeats {
		repeat := &result.Repeats[i]
		if err := visit(n.finish(n.repeat(repeat), index, repeat.Fingerprint, review.KnowsRepeat(i))); err != nil {
			return err
		}
	}
	return nil
}

type noticing struct {
	*dedup.Result
	review    *gate.Review
	folder    string
	levels    []level // of new findings, by rule
	standings map[uint64]int
}

// levels returns by rule what new findings of its kind are.
func levels(review *gate.Review) []level {
	all := slices.Repeat([]level{warningLevel}, len(rules()))
	for _, check := range review.Checks {
		for i, rule := range rules() {
			if check.Missed && check.Rule != gate.MaxDuplicate && (check.Kind == "" || check.Kind == rule.kind) {
				all[i] = errorLevel
			}
		}
	}
	return all
}

func (n *noticing) finish(notice *notice, rule int, fingerprint uint64, known bool) *notice {
	n.standings[fingerprint]++
	notice.rule, notice.fingerprint, notice.standing = rule, fingerprint, n.standings[fingerprint]
	if notice.level = n.levels[rule]; known {
		notice.level = noteLevel
	}
	return notice
}

func (n *noticing) pair(pair *dedup.Pair) *notice {
	at, of := pair.B, pair.A
	if pair.Kind == dedup.Contained && smaller(*pair) == of {
		at, of = of, at
	}
	if n.turns(at, of) {
		at, of = of, at
	}
	said := ""
	switch {
	case pair.Kind == dedup.Exact:
		said = "has the same " + count(n.Articles[at].Words, "word") + " as " + n.called(of)
	case pair.Kind != dedup.Contained:
		said = "and " + n.called(of) + " are " + alike(*pair)
	case smaller(*pair) == at:
		said = "stands in " + n.called(of) + ": " + partOf(*pair, at, "its shingles") + " do"
	default:
		said = "holds " + n.called(of) + ": " + partOf(*pair, of, "that one's shingles") + " stand in it"
	}
	return &notice{at: n.article(at), of: n.article(of), message: n.called(at) + " " + said}
}

// turns reports whether a notice is wanted at the other of two articles.
func (n *noticing) turns(at, of dedup.ArticleID) bool {
	return n.review.AskedAbout(of) && !n.review.AskedAbout(at)
}

func (n *noticing) repeat(repeat *dedup.Repeat) *notice {
	at, of, repeats := &repeat.At, &repeat.Of, "repeats"
	if n.turns(at.Article, of.Article) {
		at, of, repeats = of, at, "stands again as"
	}
	said := ""
	switch repeat.Class {
	case dedup.Within:
		said = "paragraph " + number(of.Paragraph)
	case dedup.Source:
		said = "one of another article of its source, " + n.called(of.Article)
	default:
		said = "one of " + n.called(of.Article)
	}
	said = fmt.Sprintf("%s: paragraph %s %s %s: %s", n.called(at.Article), number(at.Paragraph), repeats, said, count(repeat.Words, "word"))
	if repeat.Similarity < 1 {
		said += ", " + percent(repeat.Similarity) + " alike"
	}
	return &notice{at: n.paragraph(at), of: n.paragraph(of), message: said}
}

// called names an article in a sentence.
func (n *noticing) called(id dedup.ArticleID) string { return name(n.Articles[id].Key) }

func (n *noticing) article(id dedup.ArticleID) spot {
	article := &n.Articles[id]
	return spot{key: article.Key, path: below(n.folder, article.Path), line: article.Line}
}

func (n *noticing) paragraph(at *dedup.ParagraphPlace) spot {
	article := &n.Articles[at.Article]
	return spot{key: article.Key, path: below(n.folder, article.Path), line: at.Line, endLine: at.EndLine, column: at.Column}
}

// problemSpot returns where a problem of the input is.
func problemSpot(problem *corpus.Problem, opts Options) spot {
	return spot{path: below(opts.Folder, problem.Path), line: problem.Line}
}

// below returns an absolute path below the folder as a relative one, and others as they are.
func below(folder, path string) string {
	if folder == "" || !filepath.IsAbs(path) {
		return path
	}
	if relative, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// stdin is the path of standard input, which is no file.
const stdin = "-"

// file returns the path in the form that programs for repositories want, "" for no file.
func (s *spot) file() string {
	if s.path == stdin || s.path == "" {
		return ""
	}
	return path.Clean(filepath.ToSlash(s.path))
}

// mostLine is the last line that can be told: SARIF and others read 32 bits.
const mostLine = math.MaxInt32

// lineNumber returns a line as programs count them, from 1.
func lineNumber(line int) int { return min(max(line, 1), mostLine) }
