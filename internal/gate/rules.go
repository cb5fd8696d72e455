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
	paragraphs []*regexp.Regexp
	fits       []bool          // by paragraph pattern: whether one was met that it fits
	met        map[uint64]bool // by fingerprint to be ignored: whether something was met that has it
}

func newIgnores(rules *Rules) *ignores {
	i := &ignores{rules.Paragraphs, make([]bool, len(rules.Paragraphs)), make(map[uint64]bool)}
	for _, fingerprint := range rules.Fingerprints {
		i.met[fingerprint] = false
	}
	return i
}

func (i *ignores) has(fingerprint uint64) bool {
	_, ignored := i.met[fingerprint]
	if ignored {
		i.met[fingerprint] = true
	}
	return ignored
}

func (i *ignores) pair(pair *dedup.Pair) bool { return i.has(pair.Fingerprint) }

func (i *ignores) repeat(repeat *dedup.Repeat) (ignored bool) {
	for _, fingerprint := range []uint64{repeat.Fingerprint, repeat.AtText, repeat.OfText} {
		ignored = i.has(fingerprint) || ignored
	}
	for at, pattern := range i.paragraphs {
		if ignored && i.fits[at] {
			continue
		}
		if pattern.MatchString(repeat.Text) {
			i.fits[at], ignored = true, true
		}
	}
	return ignored
}

// idle returns what of the rules fitted nothing, as it was written. Where no repeats are
// looked for, patterns of paragraphs are not asked.
func (i *ignores) idle(rules *Rules, options dedup.Options) (idle []string) {
	for _, fingerprint := range rules.Fingerprints {
		if !i.met[fingerprint] {
			idle = append(idle, Fingerprint(fingerprint).String())
		}
	}
	for at, pattern := range i.paragraphs {
		if !i.fits[at] && options.Finds(dedup.Repeated) {
			idle = append(idle, pattern.String())
		}
	}
	return idle
}
