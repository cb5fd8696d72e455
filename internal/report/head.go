package report

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// SchemaName names the form of the JSON report. It changes only where a reader
// of the old form would be misled.
const SchemaName = "newsdedup.report/1"

// A field is one of the keys that a report has beside its findings.
type field struct {
	name  string
	value []byte // in JSON
}

// newHead returns what a report says beside its findings. It is written once,
// so that encoding/json may do it: of strings, the options hold the names of
// kinds and styles alone, which need no escape.
func newHead(result *dedup.Result, opts Options) ([]field, error) {
	options, err := json.Marshal(newWireOptions(result.Options))
	if err != nil {
		return nil, fmt.Errorf("encoding options: %w", err)
	}
	counts := newWireSummary(result.Summary, opts.Review)
	counts.tellCheck(result.Check)
	summary, err := json.Marshal(counts)
	if err != nil {
		return nil, fmt.Errorf("encoding summary: %w", err)
	}
	verdict, err := json.Marshal(newWireGate(opts.Review))
	if err != nil {
		return nil, fmt.Errorf("encoding the gate: %w", err)
	}
	return []field{
		{"schema", appendString(nil, SchemaName)},
		{"version", appendString(nil, opts.Version)},
		{"options", options},
		{"summary", summary},
		{"gate", verdict},
	}, nil
}

type wireOptions struct {
	Kinds             []dedup.Kind `json:"kinds"`
	Threshold         float64      `json:"threshold"`
	Containment       float64      `json:"containment"`
	MinContainedWords int          `json:"min_contained_words"`
	ShingleSize       int          `json:"shingle_size"`
	RepeatSimilarity  float64      `json:"repeat_similarity"`
	MinRepeatWords    int          `json:"min_repeat_words"`
	Paragraphs        string       `json:"paragraphs"`
	MinPassageWords   int          `json:"min_passage_words"`
	Templates         string       `json:"templates"`
	Tolerant          bool         `json:"tolerant"`
	Exhaustive        bool         `json:"exhaustive"`
	Stories           bool         `json:"stories"`
	StoryWindow       int64        `json:"story_window_seconds"`
	Hash              string       `json:"hash"`
}

type wireSummary struct {
	Articles         int     `json:"articles"`
	Indexed          int     `json:"indexed"`
	Empty            int     `json:"empty"`
	Words            int     `json:"words"`
	Bytes            int64   `json:"bytes"`
	Problems         int     `json:"problems"`
	Estimates        int     `json:"estimates"`
	Exact            int     `json:"exact"`
	Near             int     `json:"near"`
	Contained        int     `json:"contained"`
	Template         int     `json:"template"`
	Clusters         int     `json:"clusters"`
	Repeats          int     `json:"repeats"`
	RepeatsWithin    int     `json:"repeats_within"`
	RepeatsSource    int     `json:"repeats_source"`
	RepeatsAcross    int     `json:"repeats_across"`
	RepeatsExplained int     `json:"repeats_explained"`
	Passages         int     `json:"passages"`
	Stories          int     `json:"stories"`
	StoryArticles    int     `json:"story_articles"`
	DuplicateWords   int     `json:"duplicate_words"`
	DuplicateShare   float64 `json:"duplicate_share"`
	Bounded          int     `json:"bounded"`
	RepeatsBounded   int     `json:"repeats_bounded"`

	PassagesExplained int `json:"passages_explained"`
	PassagesBounded   int `json:"passages_bounded"`
	ChangesUnlisted   int `json:"changes_unlisted"`
	New               int `json:"new"`
	Known             int `json:"known"`
	Stale             int `json:"stale"`
	Ignored           int `json:"ignored"`
	IgnoredArticles   int `json:"ignored_articles"`
	Outside           int `json:"outside"`

	// Of a self-check, 0 where there was none.
	CheckedArticles int `json:"checked_articles"`
	CheckedOthers   int `json:"checked_others"`
	CheckedOf       int `json:"checked_of"`
	CheckedPairs    int `json:"checked_pairs"`
	CheckedFound    int `json:"checked_found"`
}

// tellCheck adds what became of a self-check.
func (w *wireSummary) tellCheck(c *dedup.Check) {
	if c != nil {
		w.CheckedArticles, w.CheckedOthers, w.CheckedOf, w.CheckedPairs, w.CheckedFound = c.Articles, c.Others, c.Of, c.Pairs, c.Found
	}
}

func newWireOptions(o dedup.Options) wireOptions {
	return wireOptions{
		Kinds:             append([]dedup.Kind{}, o.Kinds...),
		Threshold:         o.Threshold,
		Containment:       o.Containment,
		MinContainedWords: o.MinContained,
		ShingleSize:       o.ShingleSize,
		RepeatSimilarity:  o.RepeatSimilarity,
		MinRepeatWords:    o.MinRepeat,
		Paragraphs:        o.Paragraphs.String(),
		MinPassageWords:   o.Passages,
		Templates:         string(cmp.Or(o.Templates, dedup.GuardTemplates)),
		Tolerant:          o.Tolerant,
		Exhaustive:        o.Exhaustive,
		Stories:           o.Stories != dedup.NoStories,
		StoryWindow:       int64(o.StoryWindow.Seconds()),
		Hash:              string(appendHex(nil, o.Hash())),
	}
}

func newWireSummary(s dedup.Summary, review *gate.Review) wireSummary {
	return wireSummary{
		Articles:         s.Articles,
		Indexed:          s.Earlier,
		Empty:            s.Empty,
		Words:            s.Words,
		Bytes:            s.Bytes,
		Problems:         s.Problems,
		Estimates:        s.Estimates,
		Exact:            s.Exact,
		Near:             s.Near,
		Contained:        s.Contained,
		Template:         s.Template,
		Clusters:         s.Clusters,
		Repeats:          repeats(s),
		RepeatsWithin:    s.RepeatsWithin,
		RepeatsSource:    s.RepeatsSource,
		RepeatsAcross:    s.RepeatsAcross,
		RepeatsExplained: s.RepeatsExplained,
		Passages:         s.Passages,
		Stories:          s.Stories,
		StoryArticles:    s.StoryArticles,
		DuplicateWords:   s.DuplicateWords,
		DuplicateShare:   figure(s.DuplicateShare()),
		Bounded:          s.Bounded,
		RepeatsBounded:   s.RepeatsBounded,

		PassagesExplained: s.PassagesExplained,
		PassagesBounded:   s.PassagesBounded,
		ChangesUnlisted:   s.ChangesUnlisted,
		New:               review.New,
		Known:             review.Known,
		Stale:             len(review.Stale),
		Ignored:           review.Ignored.Findings(),
		IgnoredArticles:   review.Ignored.Articles,
		Outside:           review.Outside.Findings(),
	}
}

// repeats counts the later standings that the report lists.
func repeats(s dedup.Summary) int { return s.RepeatsWithin + s.RepeatsSource + s.RepeatsAcross }
