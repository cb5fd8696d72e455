package dedup

import (
	"context"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A Corpus is what a scan reads. *corpus.Corpus is one.
type Corpus interface {
	// Next returns the records in order, io.EOF after the last. The record's
	// data is valid until the call after.
	Next(ctx context.Context) (corpus.Record, error)
	// Decode and Fetch are called concurrently, with a Scratch for each worker:
	// an article's body is valid until the next call with it.
	Decode(*corpus.Scratch, corpus.Record) (article corpus.Article, ok bool, problems []corpus.Problem)
	Fetch(*corpus.Scratch, corpus.Locator) (corpus.Article, error)
	// Spill returns a place for what memory has no room for, always the same.
	Spill() corpus.Spill
	// Admit is called with the decoded articles in the order of their records.
	Admit(*corpus.Article) []corpus.Problem
	// Progress returns how many bytes have been read of how many, 0 where that is
	// unknown.
	Progress() (read, total int64)
	// Problems returns the first of what Next had to pass over, and
	// UnlistedProblems the number of the others.
	Problems() []corpus.Problem
	UnlistedProblems() int
}

// Progress is told how far a scan is. It is called often, by one goroutine at a time.
type Progress func(stage Stage, done, total int)

// A Stage is a part of a scan that takes time.
type Stage string

// The stages in their order. Reading has no total in articles.
const (
	Reading     Stage = "reading"
	Searching   Stage = "searching"
	Comparing   Stage = "comparing"
	Paragraphs  Stage = "comparing paragraphs"
	Relating    Stage = "relating"
	Documenting Stage = "reading the evidence"
	Passages    Stage = "finding passages"
)

// Scan reads the corpus to its end and finds what repeats what. It returns an
// error only where no result can be trusted: the context is done, the options
// are invalid, there is no room for what must be kept. What of the input was
// unreadable, or was changed while it was read, is in Result.Problems.
func Scan(ctx context.Context, source Corpus, options Options, progress Progress) (*Result, error) {
	if err := options.Validate(); err != nil {
		return nil, err
	}
	return newScan(ctx, source, options, progress).run()
}

func (s *scan) run() (*Result, error) {
	for _, step := range []func() error{
		s.read, s.sharePassageSamples, s.groupCopies, s.shareSamples, s.findPairs, s.joinClusters, s.listChanges, s.findRepeats,
		s.findPassages, s.findStories, s.selfCheck, s.measure,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s.finish(), nil
}

// A scan is one run: what its steps hand on to each other. By article means by
// ArticleID.
type scan struct {
	ctx      context.Context
	corpus   Corpus
	options  Options
	progress Progress
	result   Result
	problems corpus.ProblemLog

	// Of the first step.
	blockTokens  int              // see the constant; smaller in tests
	leastSpilled int64            // likewise
	locators     []corpus.Locator // by article
	metas        []corpus.Meta    // the block that is being filled
	textBytes    int64            // see countTexts
	textHashes   []uint64         // by article: of the normal form; fingerprints are made of them
	samples      group.Store      // of all articles, owned by their paragraphs
	sizes        candidate.Sizes
	paragraphs   *repeat.Table
	stories      storyStore

	// partitionDone is called when a partition of a store has been looked at.
	partitionDone func()

	// Of the third step.
	texts  *repeat.Texts // nil where no repeats are looked for
	shared shared

	// firstOf is, by article, the first article of the same text: itself where
	// it stands alone. Of the second step.
	firstOf []ArticleID
	copies  map[ArticleID][]ArticleID // by the first article of a text that has several

	// clusterOf is the position in result.Clusters of each article in one.
	clusterOf map[ArticleID]int

	passages   passageSearch
	freePlaces int // see the constant; smaller in tests

	differences differences

	lost lost

	// Of a survey.
	keepsKin bool
	kin      Kin
	ask      func([]ArticleInfo) [][2]ArticleID
	measured []Pair
	leads    map[ArticleID]string // of the articles of measured
}

func newScan(ctx context.Context, source Corpus, options Options, progress Progress) *scan {
	if progress == nil {
		progress = func(Stage, int, int) {}
	}
	s := &scan{
		ctx: ctx, corpus: source, options: options, progress: progress,
		result:        Result{Options: options},
		partitionDone: func() {},
		blockTokens:   blockTokens,
		leastSpilled:  leastSpilled,
		freePlaces:    freePlaces,
		paragraphs:    repeat.NewTable(options.repeats()),
		copies:        make(map[ArticleID][]ArticleID),
		clusterOf:     make(map[ArticleID]int),
		differences:   make(differences),
	}
	s.stories.wanted.Store(options.Stories != NoStories)
	return s
}

// needSamples reports whether pairs are found by samples.
func (o Options) needSamples() bool {
	return !o.Exhaustive && (o.Finds(Near) || o.Finds(Contained) || o.Finds(Repeated))
}

// window is that of all sketches: one in which every pair meets, and no
// longer than the shortest article that is called contained, so that it
// meets the longest one that has all of it.
func (o Options) window() int {
	window := minhash.MaxWindow(o.ShingleSize, o.leastContainment())
	shortest := shingle.Count(max(o.MinContained, o.ShingleSize), o.ShingleSize)
	for o.Finds(Contained) && window > shortest {
		window /= 2
	}
	return window
}

// leastContainment is the least share of the smaller article's shingles that
// stand in the larger one of any pair that is looked for.
func (o Options) leastContainment() float64 {
	least := 1.0
	if o.Finds(Near) {
		least = minhash.ContainmentAt(o.Threshold)
	}
	if o.Finds(Contained) {
		least = min(least, o.Containment)
	}
	if o.Tolerant {
		least = min(least, LeastShare)
	}
	return least
}

func (o Options) repeats() repeat.Options {
	return repeat.Options{MinTokens: o.MinRepeat, Similarity: o.RepeatSimilarity, ShingleSize: o.ShingleSize, Window: o.window()}
}

// finish tells of problems and counts the findings.
func (s *scan) finish() *Result {
	r := &s.result
	s.problems.Add(s.corpus.Problems()...)
	for _, problem := range s.lost.articles {
		s.problems.Add(problem)
	}
	r.Problems = s.problems.List()
	r.Summary.Problems = s.problems.Total + s.corpus.UnlistedProblems()
	r.Texts = s.textHashes
	r.Count()
	return r
}

// Count counts the findings that the Result lists; whoever takes some of them out
// calls it again. What is not listed, such as RepeatsExplained, is left as it is.
func (r *Result) Count() {
	s := &r.Summary
	s.Exact, s.Near, s.Contained, s.Template, s.ChangesUnlisted = 0, 0, 0, 0, 0
	s.RepeatsWithin, s.RepeatsSource, s.RepeatsAcross, s.StoryArticles = 0, 0, 0, 0
	s.Clusters, s.Passages, s.Stories = len(r.Clusters), len(r.Passages), len(r.Stories)
	for i := range r.Stories {
		s.StoryArticles += len(r.Stories[i].Members)
	}
	for i := range r.Pairs {
		pair := &r.Pairs[i]
		s.countPair(pair.Kind)
		if pair.Difference != nil && !pair.Difference.Listed {
			s.ChangesUnlisted++
		}
	}
	for i := range r.Repeats {
		s.countRepeat(r.Repeats[i].Class)
	}
	s.DuplicateWords = r.duplicateWords()
}

// ClusterOf returns for each article the position of its cluster, -1 for none.
func (r *Result) ClusterOf() []int32 {
	clusters := slices.Repeat([]int32{-1}, len(r.Articles))
	for i := range r.Clusters {
		clusters[r.Clusters[i].Representative] = int32(i)
		for _, member := range r.Clusters[i].Members {
			clusters[member.Article] = int32(i)
		}
	}
	return clusters
}

func (s *Summary) countPair(kind Kind) {
	switch kind {
	case Exact:
		s.Exact++
	case Near:
		s.Near++
	case Contained:
		s.Contained++
	case Template:
		s.Template++
	}
}

func (s *Summary) countRepeat(class Class) {
	switch class {
	case Within:
		s.RepeatsWithin++
	case Source:
		s.RepeatsSource++
	case Across:
		s.RepeatsAcross++
	}
}

func (r *Result) duplicateWords() int {
	words := 0
	removable := make(map[ArticleID]bool)
	for _, cluster := range r.Clusters {
		for _, member := range cluster.Members {
			if member.Removable {
				removable[member.Article] = true
				words += r.Articles[member.Article].Words
			}
		}
	}
	for _, found := range r.Repeats {
		if found.Class == Within && !removable[found.At.Article] {
			words += found.Words
		}
	}
	return words
}
