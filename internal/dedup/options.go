package dedup

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/text"
)

// Options say what a scan looks for. Start from DefaultOptions: a zero
// threshold is refused, not replaced.
type Options struct {
	Kinds []Kind // what to look for, in the order of AllKinds

	ShingleSize int     // tokens in a shingle, ≥ 1
	Threshold   float64 // Jaccard of a near pair, in (0, 1]
	Containment float64 // share of the smaller article that stands in the larger, in (0, 1]

	// MinContained is the least number of tokens of an article that is called
	// contained: below it, a headline would be "contained" in every article
	// that quotes it. From 16 on, an excerpt at the default containment is found
	// whatever its edits: at most two of its twelve shingles are spoiled, which
	// only its ends can be, so that a window of eight stays whole.
	MinContained int

	RepeatSimilarity float64 // Jaccard of a paragraph that stands again, in [repeat.LeastSimilarity, 1]
	MinRepeat        int     // least tokens of a paragraph that counts as a repeat, ≥ 1

	Paragraphs text.Style

	// Templates says what becomes of near articles that differ in numbers, names and
	// dates alone.
	Templates Templates

	// Tolerant takes words that stand in one place and differ in few letters for the same (package
	// misread), in pairs that share LeastShare of the smaller's shingles as they stand: all figures
	// of pairs are those with that. Numbers, days and months are never taken for one another. Repeats and
	// passages are compared as ever.
	Tolerant bool

	// Passages is the least number of tokens of a passage, in LeastPassage..MostPassage;
	// 0 looks for none.
	Passages int

	// Stories says whether articles are looked for that tell one event in other words;
	// of a Result, whether they were. StoryWindow is how far apart two of them may be
	// published, where both times are known; 0 for any.
	Stories     StoryMode
	StoryWindow time.Duration

	// Explained lists the repeats between articles of one cluster as well, which
	// the cluster already tells of.
	Explained bool

	// Unread is the number of articles of an index that the corpus leaves out, since what
	// is read shares nothing with them: what stands in many articles is told by all.
	Unread int

	// Exhaustive compares every article with every other that shares a
	// shingle, without sampling. Its time grows with the square of the number
	// of articles that share a shingle.
	Exhaustive bool

	// MaxMemory is about the most memory that a scan of articles of ordinary size
	// may take, in bytes; 0 for as much as it needs. It bounds what is kept while
	// reading: samples that have no room go to a file, and a corpus of which the
	// rest has none is an error. What is found is held beside it, and so are texts
	// while they are read: a single article of 64 MB takes a gigabyte. The result
	// does not depend on it.
	MaxMemory int64

	// SelfCheck is how many articles are compared without sampling once all is found, to
	// estimate what was missed; 0 for none. What is found does not depend on it.
	SelfCheck int

	// Workers bounds the goroutines, ≥ 1. The Result does not depend on it.
	Workers int
}

// LeastMemory is the least that Options.MaxMemory may be: what a scan takes
// before it has read an article, and some more.
const LeastMemory = 64 << 20

// What Options.Passages may be: runs of fewer words are phrases of the language, and
// those of more are whole articles.
const (
	LeastPassage = 8
	MostPassage  = 10_000
)

// UsualPassage is the least number of words of a passage where nothing else is asked
// for: DESIGN's.
const UsualPassage = 25

// AllKinds lists the kinds in the order of reports.
func AllKinds() []Kind { return []Kind{Exact, Near, Contained, Repeated} }

// DefaultOptions are the options of DESIGN's table of findings.
func DefaultOptions() Options {
	return Options{
		Kinds:            AllKinds(),
		ShingleSize:      5,
		Threshold:        0.8,
		Containment:      0.8,
		MinContained:     16,
		RepeatSimilarity: 0.9,
		MinRepeat:        1,
		Paragraphs:       text.Auto,
		Templates:        GuardTemplates,
		StoryWindow:      DefaultStoryWindow,
		Workers:          1,
	}
}

// Finds reports whether the options ask for findings of the kind.
func (o Options) Finds(kind Kind) bool { return slices.Contains(o.Kinds, kind) }

// Validate returns all that is wrong with the options.
func (o Options) Validate() error {
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	share := func(x float64) bool { return x > 0 && x <= 1 }
	check(len(o.Kinds) > 0, "no kind of finding is asked for")
	for _, kind := range o.Kinds {
		check(slices.Contains(AllKinds(), kind), "unknown kind %q", kind)
	}
	check(o.ShingleSize >= 1 && o.ShingleSize <= 64, "shingle size %d is not in 1..64", o.ShingleSize)
	check(share(o.Threshold), "threshold %v is not in (0, 1]", o.Threshold)
	check(share(o.Containment), "containment %v is not in (0, 1]", o.Containment)
	check(o.MinContained >= 1, "least words of a contained article %d is below 1", o.MinContained)
	check(o.RepeatSimilarity >= repeat.LeastSimilarity && o.RepeatSimilarity <= 1,
		"repeat similarity %v is not in [%v, 1]", o.RepeatSimilarity, repeat.LeastSimilarity)
	check(o.MinRepeat >= 1, "least words of a repeat %d is below 1", o.MinRepeat)
	check(o.Passages == 0 || o.Passages >= LeastPassage && o.Passages <= MostPassage, "least words of a passage %d is not in %d..%d", o.Passages, LeastPassage, MostPassage)
	check(o.Templates == GuardTemplates || o.Templates == MergeTemplates, "unknown value %q for templates: known are %s and %s", o.Templates, GuardTemplates, MergeTemplates)
	check(o.MaxMemory == 0 || !o.Exhaustive, "an exhaustive comparison holds all shingles, and cannot be done in a given memory")
	check(o.MaxMemory == 0 || o.MaxMemory >= LeastMemory, "a scan takes at least %d MiB of memory, and %d bytes are allowed", LeastMemory>>20, o.MaxMemory)
	check(o.SelfCheck >= 0, "a self-check of %d articles: below 0", o.SelfCheck)
	check(o.StoryWindow >= 0, "a story window of %v is negative", o.StoryWindow)
	check(o.Workers >= 1, "%d workers: at least one is needed", o.Workers)
	return errors.Join(errs...)
}

// Hash identifies these options, but for Workers, MaxMemory, SelfCheck and Unread: two scans of the same
// articles with equal hashes find the same. How the articles were read, which
// is not known here, takes no part.
func (o Options) Hash() uint64 {
	kinds := make([]string, len(o.Kinds))
	for i, kind := range o.Kinds {
		kinds[i] = string(kind)
	}
	hashed := fmt.Sprintf("2 %s %d %v %v %d %v %d %v %t %s",
		strings.Join(kinds, ","), o.ShingleSize, o.Threshold, o.Containment, o.MinContained,
		o.RepeatSimilarity, o.MinRepeat, o.Paragraphs, o.Exhaustive, o.Templates)
	if o.Passages > 0 {
		hashed += fmt.Sprintf(" passages %d", o.Passages)
	}
	if o.Tolerant {
		hashed += " tolerant"
	}
	if o.Stories != NoStories {
		hashed += fmt.Sprintf(" stories %v", o.StoryWindow)
	}
	return xxhash.Sum64String(hashed)
}
