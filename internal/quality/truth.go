package quality

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsdedup/newsdedup/internal/evaluate"
)

// Truth is what people say of articles, by their names.
type Truth struct {
	Pairs  []Judged
	Labels []Label // of the pairs, by name; none where the truth is groups
	Groups int     // 0 where the truth is pairs
	names  []Name  // of all articles that it speaks of, by name
	// judgedOnly says that nothing is known of other pairs; of groups, that nothing is
	// known of other articles. Else they are no copies.
	judgedOnly bool
}

// A Judged is a pair that somebody judged.
type Judged struct {
	evaluate.Labelled
	Wanted bool // it should be found
}

// A Label is how many pairs have a label.
type Label struct {
	Name   string
	Pairs  int
	Wanted bool
}

// A Name is an article that a truth speaks of, and the line of its file where it first does.
type Name struct {
	Name string
	Line int
}

// NotWanted are the labels of pairs that should not be found, in capitals or not, where it is
// not said which should be.
func NotWanted() []string { return []string{"no", "non", "none", "false", "0"} }

func isNotWanted(label string) bool {
	return slices.ContainsFunc(NotWanted(), func(no string) bool { return strings.EqualFold(no, label) })
}

// FromPairs returns the truth of labelled pairs. Those with a label among wanted should
// be found; where wanted is empty, all but those with a label of NotWanted. With judgedOnly
// nothing is known of other pairs. Of a pair that stands twice the first counts; it is an
// error if the two do not agree, or if a wanted label is none.
func FromPairs(pairs []evaluate.Labelled, wanted []string, judgedOnly bool) (*Truth, error) {
	truth := &Truth{judgedOnly: judgedOnly}
	isWanted := func(label string) bool {
		if len(wanted) == 0 {
			return !isNotWanted(label)
		}
		return slices.Contains(wanted, label)
	}
	first := make(map[[2]string]int)
	for _, pair := range pairs {
		judged, names := Judged{pair, isWanted(pair.Label)}, [2]string{min(pair.A, pair.B), max(pair.A, pair.B)}
		if at, known := first[names]; known {
			if before := truth.Pairs[at]; before.Wanted != judged.Wanted {
				return nil, fmt.Errorf("line %d: %q and %q are labelled %q here and %q in line %d", pair.Line, pair.A, pair.B, pair.Label, before.Label, before.Line)
			}
			continue
		}
		first[names] = len(truth.Pairs)
		truth.Pairs = append(truth.Pairs, judged)
		truth.names = append(truth.names, Name{pair.A, pair.Line}, Name{pair.B, pair.Line})
	}
	truth.tidy()
	for _, label := range wanted {
		if !slices.ContainsFunc(truth.Labels, func(l Label) bool { return l.Name == label }) {
			return nil, fmt.Errorf("no pair is labelled %q", label)
		}
	}
	return truth, nil
}

// MostGroupPairs bounds the pairs that groups stand for: each is compared.
const MostGroupPairs = 1_000_000

// FromGroups returns the truth of groups: two articles of one should be found, and no
// others. With judgedOnly nothing is known of articles that are in none.
func FromGroups(groups []evaluate.Grouped, judgedOnly bool) (*Truth, error) {
	truth := &Truth{judgedOnly: judgedOnly}
	members := make(map[string][]evaluate.Grouped)
	for _, grouped := range groups {
		earlier := members[grouped.Group]
		if len(truth.Pairs)+len(earlier) > MostGroupPairs {
			return nil, fmt.Errorf("line %d: the groups stand for more than %d pairs", grouped.Line, MostGroupPairs)
		}
		for _, one := range earlier {
			truth.Pairs = append(truth.Pairs, Judged{evaluate.Labelled{A: one.Article, B: grouped.Article, Label: grouped.Group, Line: grouped.Line}, true})
		}
		members[grouped.Group] = append(earlier, grouped)
		truth.names = append(truth.names, Name{grouped.Article, grouped.Line})
	}
	truth.Groups = len(members)
	truth.tidy()
	return truth, nil
}

// tidy puts the names in order, each once, and counts the labels.
func (t *Truth) tidy() {
	slices.SortFunc(t.names, func(a, b Name) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Line, b.Line)) })
	t.names = slices.CompactFunc(t.names, func(a, b Name) bool { return a.Name == b.Name })
	if t.Groups == 0 {
		t.Labels = labelsOf(t.Pairs)
	}
}

func labelsOf(pairs []Judged) (labels []Label) {
	at := make(map[string]int)
	for _, pair := range pairs {
		if _, known := at[pair.Label]; !known {
			at[pair.Label] = len(labels)
			labels = append(labels, Label{Name: pair.Label, Wanted: pair.Wanted})
		}
		labels[at[pair.Label]].Pairs++
	}
	slices.SortFunc(labels, func(a, b Label) int { return cmp.Compare(a.Name, b.Name) })
	return labels
}
