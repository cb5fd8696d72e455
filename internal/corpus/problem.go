package corpus

import (
	"cmp"
	"fmt"
	"slices"
)

// Problem kinds. A kind is part of the JSON report: it never changes its meaning.
const (
	StrayText      = "stray-text"      // text that belongs to no article
	UnclosedBlock  = "unclosed-block"  // a block without its closing line
	UnnamedArticle = "unnamed-article" // a header without a name, a record without a key
	DuplicateKey   = "duplicate-key"   // a name that stands twice in one input
	BadHeader      = "bad-header"      // a header with something after it
	BadRecord      = "bad-record"      // a record that cannot be decoded
	InvalidUTF8    = "invalid-utf8"    // bytes replaced by U+FFFD
	UnknownFormat  = "unknown-format"  // a file of no known format
	Unreadable     = "unreadable"      // a file that cannot be opened, or breaks off
	Changed        = "changed"         // an article that was another when it was read again
	TooLarge       = "too-large"       // a record above the size limit, or what is above that of all inputs
)

// A Problem is something of the input that could not be read as it stands.
type Problem struct {
	Input   int // position of the input, for the order of a report
	Path    string
	Line    int   // from 1; 0 where the problem is the whole file's
	Offset  int64 // of the first byte it speaks of
	Kind    string
	Message string
}

// Error renders the problem as compilers do: path:line: message.
func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.Path, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message)
}

// MaxListedProblems bounds the problems that a ProblemLog keeps word for word,
// and MaxAlike those of one kind in one input; the rest is counted. A corpus of
// a million broken records stays a report of readable size, and one broken file does
// not hide what is wrong with the others.
const (
	MaxListedProblems = 1000
	MaxAlike          = 100
)

// A ProblemLog counts problems and keeps the first ones in the order of the
// input, within the bounds above. Its zero value is empty and ready. It is not safe for
// concurrent use.
type ProblemLog struct {
	Total  int
	listed []Problem
}

// Add records problems.
func (l *ProblemLog) Add(problems ...Problem) {
	l.Total += len(problems)
	l.listed = append(l.listed, problems...)
	if len(l.listed) >= 2*MaxListedProblems {
		l.listed = l.List()
	}
}

// List returns the problems kept, by input, place and kind.
func (l *ProblemLog) List() []Problem {
	sorted := slices.Clone(l.listed)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Input, b.Input), cmp.Compare(a.Offset, b.Offset),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Message, b.Message))
	})
	sorted = slices.DeleteFunc(sorted, l.isOneOfMany())
	return sorted[:min(len(sorted), MaxListedProblems)]
}

// isOneOfMany tells of problems in their order which of them stand behind
// MaxAlike of their kind in their input.
func (l *ProblemLog) isOneOfMany() func(Problem) bool {
	input, seen := -1, make(map[string]int)
	return func(p Problem) bool {
		if p.Input != input {
			input = p.Input
			clear(seen)
		}
		seen[p.Kind]++
		return seen[p.Kind] > MaxAlike
	}
}
