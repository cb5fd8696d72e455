package gate

import "github.com/newsdedup/newsdedup/internal/dedup"

// newWords counts the duplicate words of new findings.
func (r *Review) newWords() int {
	if r.hasAll() {
		return r.Result.Summary.DuplicateWords
	}
	words := 0
	removable := make(map[dedup.ArticleID]bool)
	isNew := r.NewMembers()
	for i := range r.Result.Clusters {
		cluster := &r.Result.Clusters[i]
		for k := range cluster.Members {
			member := &cluster.Members[k]
			if !member.Removable {
				continue
			}
			removable[member.Article] = true
			if isNew(cluster.Representative, member.Article) {
				words += r.Result.Articles[member.Article].Words
			}
		}
	}
	for i := range r.Result.Repeats {
		repeat := &r.Result.Repeats[i]
		if repeat.Class == dedup.Within && !removable[repeat.At.Article] && !r.KnowsRepeat(i) {
			words += repeat.Words
		}
	}
	return words
}

// hasAll reports whether every pair of the scan is in the Result, and new.
func (r *Review) hasAll() bool { return !r.Compared && r.Ignored.Pairs+r.Outside.Pairs == 0 }

// NewMembers returns a function that tells of a member of a cluster whether what joins
// it is new: its pair with the representative, or, where it is a copy that has none,
// that with the first of its text.
func (r *Review) NewMembers() func(representative, member dedup.ArticleID) bool {
	if r.hasAll() {
		return func(_, _ dedup.ArticleID) bool { return true }
	}
	pairs := make(map[[2]dedup.ArticleID]int, len(r.Result.Pairs))
	copies := make(map[dedup.ArticleID]int)
	for i := range r.Result.Pairs {
		pair := &r.Result.Pairs[i]
		pairs[[2]dedup.ArticleID{pair.A, pair.B}] = i
		if pair.Similarity == 1 {
			copies[pair.B] = i
		}
	}
	return func(representative, member dedup.ArticleID) bool {
		pair, found := pairs[[2]dedup.ArticleID{min(representative, member), max(representative, member)}]
		if !found {
			pair, found = copies[member]
		}
		return found && !r.KnowsPair(pair)
	}
}

// OnlyNew returns the Result without what the baseline knows: clusters with a new pair
// are in it with all their pairs, of repeats and of other pairs those that are new, and no
// templates, of which nobody has to know which are new. Its
// Summary is that of all findings. Without a baseline it is the Result.
func (r *Review) OnlyNew() *dedup.Result {
	if !r.Compared {
		return r.Result
	}
	only := *r.Result
	isNew, clusterOf := r.NewClusters(), r.Result.ClusterOf()
	only.Pairs, only.Clusters, only.Repeats = nil, nil, nil
	for i := range r.Result.Pairs {
		pair := &r.Result.Pairs[i]
		cluster := clusterOf[pair.A]
		if r.IsNewPair(i) || cluster >= 0 && cluster == clusterOf[pair.B] && isNew[cluster] {
			only.Pairs = append(only.Pairs, *pair)
		}
	}
	for i := range r.Result.Clusters {
		if isNew[i] {
			only.Clusters = append(only.Clusters, r.Result.Clusters[i])
		}
	}
	for i := range r.Result.Repeats {
		if !r.KnowsRepeat(i) {
			only.Repeats = append(only.Repeats, r.Result.Repeats[i])
		}
	}
	return &only
}
