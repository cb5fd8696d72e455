package gate

import (
	"regexp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Rules say which findings are to be answered for. The zero value leaves out
// nothing, knows nothing and asks for nothing.
type Rules struct {
	// Paragraphs are patterns of paragraphs whose repeats are ignored. What is
	// matched is a repeat's Text: the first dedup.MaxText characters.
	Paragraphs []*regexp.Regexp
	// Fingerprints are those of findings, or of the texts of paragraphs, that are ignored.
	Fingerprints []uint64
	// Only, if not nil, leaves the findings that touch one of its articles.
	Only *Selection
	// Baseline, if not nil, knows findings.
	Baseline *Baseline
	Policy   Policy
}

// ignores tells of pairs and repeats whether the rules ignore them.
type ignores struct {
	paragraphs   []*regexp.Regexp
	fingerprints map[uint64]bool
}

func newIgnores(rules *Rules) *ignores {
	i := &ignores{rules.Paragraphs, make(map[uint64]bool)}
	for _, fingerprint := range rules.Fingerprints {
		i.fingerprints[fingerprint] = true
	}
	return i
}

func (i *ignores) pair(pair *dedup.Pair) bool { return i.fingerprints[pair.Fingerprint] }

func (i *ignores) repeat(repeat *dedup.Repeat) bool {
	if i.fingerprints[repeat.Fingerprint] || i.fingerprints[repeat.AtText] || i.fingerprints[repeat.OfText] {
		return true
	}
	for _, pattern := range i.paragraphs {
		if pattern.MatchString(repeat.Text) {
			return true
		}
	}
	return false
}
