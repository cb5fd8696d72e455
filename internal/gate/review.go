package gate

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Review is a Result as the Rules have it.
type Review struct {
	// Result holds what is neither ignored nor outside of what was asked about. Of
	// clusters it has those that one of its pairs joins, without the members of which
	// every pair is ignored.
	Result *dedup.Result

	Compared bool    // with a baseline
	New      int     // findings of the Result, templates not counted
	Known    int     // likewise
	Stale    []Entry // of the baseline, which are of no finding of the whole corpus, ignored ones included

	Ignored Left     // by the rules
	Idle    []string // fingerprints and patterns of paragraphs of the rules that fit nothing here
	Asked   bool     // about some articles alone: Rules.Only was set
	Named   int      // articles that were asked about
	Outside Left     // findings that touch none of them

	// NewWords counts the duplicate words (see dedup.Summary) of new findings: of
	// removable articles whose pair with their representative, or with the first copy
	// of their text, is new and in the Result, and of new repeats within an article.
	NewWords int
	Checks   []Check

	named     []bool  // by article: whether it was asked about; nil where none was
	known     []Entry // of the baseline
	pairsIn   []int32 // by pair of the Result: its entry, -1 for none; nil without a baseline
	repeatsIn []int32 // likewise
}

// Left counts what was left out.
type Left struct{ Articles, Pairs, Repeats, Passages, Stories int }

// Findings counts all but the articles.
func (l Left) Findings() int { return l.Pairs + l.Repeats + l.Passages + l.Stories }

// Failed reports whether a check was missed.
func (r *Review) Failed() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Missed })
}

// KnowsPair and KnowsRepeat tell of a finding of the Result, by its position, whether
// the baseline knows it. A nil Review knows nothing.
func (r *Review) KnowsPair(i int) bool { return r != nil && r.pairsIn != nil && r.pairsIn[i] >= 0 }

// KnowsRepeat does so for repeats.
func (r *Review) KnowsRepeat(i int) bool {
	return r != nil && r.repeatsIn != nil && r.repeatsIn[i] >= 0
}

// IsNewPair reports whether a pair is one to be answered for: no template, and not known.
func (r *Review) IsNewPair(i int) bool {
	return r.Result.Pairs[i].Kind != dedup.Template && !r.KnowsPair(i)
}

// AskedAbout reports whether an article was asked about. Where none was, none is.
func (r *Review) AskedAbout(id dedup.ArticleID) bool { return r.named != nil && r.named[id] }

// NewClusters tells of the Result's clusters, by position, which have a new pair.
func (r *Review) NewClusters() []bool {
	isNew := make([]bool, len(r.Result.Clusters))
	clusterOf := r.Result.ClusterOf()
	for i := range r.Result.Pairs {
		pair := &r.Result.Pairs[i]
		if cluster := clusterOf[pair.A]; cluster >= 0 && cluster == clusterOf[pair.B] && r.IsNewPair(i) {
			isNew[cluster] = true
		}
	}
	return isNew
}

// Review reviews the result of a scan, which is left as it is. ignoredArticles were
// left out before it.
func (rules *Rules) Review(result *dedup.Result, ignoredArticles int) *Review {
	review := &Review{Asked: rules.Only != nil, Compared: rules.Baseline != nil, Ignored: Left{Articles: ignoredArticles}}
	m := review.compare(rules.Baseline, result)
	review.narrow(rules, result, m)
	review.count(rules)
	return review
}

// compare finds the entries of all findings, the pairs and then the repeats, and those
// that are stale. It returns nil without a baseline.
func (r *Review) compare(baseline *Baseline, result *dedup.Result) *matching {
	if baseline == nil {
		return nil
	}
	m := match(entries(result), baseline.Entries)
	r.known = baseline.Entries
	for i, used := range m.used {
		if !used {
			r.Stale = append(r.Stale, r.known[i])
		}
	}
	return m
}

// count counts the new findings and holds them to the policy.
func (r *Review) count(rules *Rules) {
	counts := make(map[dedup.Kind]int)
	add := func(kind dedup.Kind, known bool) {
		switch {
		case kind == dedup.Template:
		case known:
			r.Known++
		default:
			r.New++
			counts[kind]++
			counts[""]++
		}
	}
	for i := range r.Result.Pairs {
		add(r.Result.Pairs[i].Kind, r.KnowsPair(i))
	}
	for i := range r.Result.Repeats {
		add(dedup.Repeated, r.KnowsRepeat(i))
	}
	r.NewWords = r.newWords()
	share := 0.0
	if r.Result.Summary.Words > 0 {
		share = float64(r.NewWords) / float64(r.Result.Summary.Words)
	}
	r.Checks = rules.Policy.checks(counts, share)
}
