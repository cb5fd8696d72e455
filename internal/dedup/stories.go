package dedup

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/event"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// leastStoryWords is the least words of an article that is looked at for stories: a
// headline is like every other one on its subject.
const leastStoryWords = 16

// storyRun is the number of articles that are weighed or looked up at once.
const storyRun = 256

// A storyStore is what is kept of the articles to find their stories.
type storyStore struct {
	// wanted says that stories are looked for. It is told while the articles are read,
	// because it is not known before how many there will be.
	wanted   atomic.Bool
	words    int
	sketches event.Store
}

// keepStories takes over the sketches of the next articles, which are taken over already,
// and lets go of all when the corpus is too large for stories that nobody asked for.
func (s *scan) keepStories(next *event.Store) {
	if !s.stories.wanted.Load() {
		return
	}
	s.stories.sketches.Append(next)
	for _, article := range s.result.Articles[len(s.result.Articles)-next.Len():] {
		s.stories.words += article.Words
	}
	if s.options.Stories == SmallStories && (len(s.result.Articles) > mostSmallArticles || s.stories.words > mostSmallWords) {
		s.stories.wanted.Store(false)
		s.stories.sketches = event.Store{}
		s.result.Options.Stories, s.result.StoriesLeftOut = NoStories, true
	}
}

// findStories is the last step: articles that tell one event in other words.
func (s *scan) findStories() error {
	if !s.stories.wanted.Load() {
		return nil
	}
	finder := storyFinder{scan: s, templates: make(map[[2]ArticleID]bool), hold: make(map[ArticleID]bool)}
	finder.readTimes()
	finder.index = event.NewIndex(&s.stories.sketches, finder.active())
	for _, pair := range s.result.Pairs {
		if pair.Kind == Template {
			a, b := s.standsFor(pair.A), s.standsFor(pair.B)
			finder.templates[[2]ArticleID{min(a, b), max(a, b)}] = true
		}
	}
	groups, err := finder.groups()
	if err != nil {
		return err
	}
	for _, group := range groups {
		s.result.Stories = append(s.result.Stories, s.newStory(group))
	}
	if err := finder.document(groups); err != nil {
		return err
	}
	s.result.Stories = slices.DeleteFunc(s.result.Stories, func(found Story) bool { return !finder.hold[found.Members[0].Article] })
	slices.SortFunc(s.result.Stories, func(p, q Story) int { return cmp.Compare(p.firstRead(), q.firstRead()) })
	s.stories.sketches = event.Store{}
	return nil
}

// firstRead is the member that was read first.
func (s *Story) firstRead() ArticleID {
	first := s.Members[0].Article
	for _, member := range s.Members {
		first = min(first, member.Article)
	}
	return first
}

// standsFor returns the article that takes part in stories for another: the representative
// of its cluster, or itself.
func (s *scan) standsFor(id ArticleID) ArticleID {
	if cluster, is := s.clusterOf[id]; is {
		return s.result.Clusters[cluster].Representative
	}
	return id
}

// A storyFinder is one run of findStories.
type storyFinder struct {
	*scan
	index     *event.Index
	times     []int64               // by article, in seconds; untimed where it is not known when
	templates map[[2]ArticleID]bool // pairs that are templates, and so about different things, by those that take part
	hold      map[ArticleID]bool    // by first member of a story: whether enough speaks for it
}

// active says which articles take part: of a cluster its representative, of copies the first.
func (f *storyFinder) active() []bool {
	active := make([]bool, len(f.result.Articles))
	for i := range active {
		active[i] = f.firstOf[i] == ArticleID(i) && f.result.Articles[i].Words >= leastStoryWords
	}
	for _, cluster := range f.result.Clusters {
		for _, member := range cluster.Members {
			active[member.Article] = false
		}
	}
	for _, cluster := range f.result.Clusters {
		active[cluster.Representative] = f.result.Articles[cluster.Representative].Words >= leastStoryWords
	}
	return active
}

// apart reports whether two articles are not one story whatever their words.
func (f *storyFinder) apart(a, b uint32) bool {
	if len(f.templates) > 0 && f.templates[[2]ArticleID{ArticleID(a), ArticleID(b)}] {
		return true
	}
	if f.options.StoryWindow <= 0 {
		return false
	}
	from, to := f.times[a], f.times[b]
	return from != untimed && to != untimed && max(from-to, to-from) > int64(f.options.StoryWindow/time.Second)
}

// untimed is the time of an article of which none is known.
const untimed = math.MinInt64

// readTimes fills times.
func (f *storyFinder) readTimes() {
	f.times = make([]int64, len(f.result.Articles))
	for i := range f.times {
		f.times[i] = untimed
		if published := f.result.Articles[i].Published(); !published.IsZero() {
			f.times[i] = published.Unix()
		}
	}
}

// groups does the work of package event, step by step.
func (f *storyFinder) groups() (groups []event.Group, err error) {
	workers, articles := f.options.Workers, len(f.result.Articles)
	if err := f.each(event.Parts, func(_, part int) { f.index.Count(part) }); err != nil {
		return nil, err
	}
	f.index.Settle()
	runs := (articles + storyRun - 1) / storyRun
	if err := f.each(runs, func(_, run int) { f.index.Weigh(f.run(run)) }); err != nil {
		return nil, err
	}
	f.index.Post()
	links, err := f.links(runs)
	if err != nil {
		return nil, err
	}
	components := event.Components(articles, links)
	groupers := make([]*event.Grouper, workers)
	err = parallel.Over(f.ctx, workers, components, func(worker int, component []uint32) ([]event.Group, error) {
		if groupers[worker] == nil {
			groupers[worker] = f.index.Grouper()
		}
		return groupers[worker].Groups(component, f.apart), nil
	}, func(found []event.Group) { groups = append(groups, found...) })
	return groups, err
}

// links returns those of all articles.
func (f *storyFinder) links(runs int) (links []event.Link, err error) {
	searchers, done := make([]*event.Searcher, f.options.Workers), 0
	err = parallel.Over(f.ctx, f.options.Workers, count(runs), func(worker, run int) ([]event.Link, error) {
		if searchers[worker] == nil {
			searchers[worker] = f.index.Searcher()
		}
		first, last := f.run(run)
		return searchers[worker].Links(nil, first, last, f.apart), nil
	}, func(found []event.Link) {
		links = append(links, found...)
		done++
		f.progress(Relating, min(done*storyRun, len(f.result.Articles)), len(f.result.Articles))
	})
	return links, err
}

// run returns the articles of a run, half-open.
func (f *storyFinder) run(run int) (first, last int) {
	return run * storyRun, min((run+1)*storyRun, len(f.result.Articles))
}

// each calls work for the numbers below most, concurrently.
func (f *storyFinder) each(most int, work func(worker, i int)) error {
	return parallel.Over(f.ctx, f.options.Workers, count(most), func(worker, i int) (struct{}, error) {
		work(worker, i)
		return struct{}{}, nil
	}, func(struct{}) {})
}

// count returns the numbers from 0 to before most.
func count(most int) []int {
	numbers := make([]int, most)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

// holds reports whether enough speaks for a story. Of two or three articles a score that
// would do for more is mostly a subject that they share: then they must also share
// words that have one source. And what names nobody and nothing in common is a template.
func (s *Story) holds(proof event.Proof) bool {
	return !proof.Template && (event.Holds(len(s.Members), s.Score*(1-proof.Formal)) || slices.Contains(proof.SameSource, true))
}

// newStory returns the story of a group, without evidence.
func (s *scan) newStory(group event.Group) Story {
	found := Story{Score: group.Score, Degree: OneStory}
	var hashes []uint64
	for i, id := range group.Members {
		member := StoryMember{Article: ArticleID(id), Fit: group.Fits[i], Degree: OneStory, Copies: s.othersOf(ArticleID(id))}
		member.Weak = len(group.Members) > 2 && member.Fit < weakFit*group.Score
		found.Members = append(found.Members, member)
		hashes = append(hashes, s.textHashes[id])
	}
	slices.SortFunc(found.Members, s.result.before)
	found.Fingerprint = fingerprint("story", hashes...)
	return found
}

// othersOf returns the other articles of the cluster that an article represents, or
// of its copies where none are looked for.
func (s *scan) othersOf(id ArticleID) (others []ArticleID) {
	if cluster, is := s.clusterOf[id]; is {
		for _, member := range s.result.Clusters[cluster].Members {
			others = append(others, member.Article)
		}
		return others
	}
	return slices.Clone(s.copies[id])
}

// document reads the members of the stories again, some stories at a time, and adds
// the evidence.
func (f *storyFinder) document(groups []event.Group) error {
	for start := 0; start < len(groups); {
		end, words := start, 0
		for ; end < len(groups) && (end == start || words < f.blockTokens/storyTokenShare); end++ {
			for _, id := range f.documented(end) {
				words += f.result.Articles[id].Words
			}
		}
		if err := f.documentSome(groups, start, end); err != nil {
			return err
		}
		f.progress(Documenting, end, len(groups))
		start = end
	}
	return nil
}

// storyTokenShare is how many times the memory of a token in a block one takes that is read
// for evidence: its text, its place, and what it is.
const storyTokenShare = 4

// documented returns the members of a story that are read for evidence, those that
// fit best, in the order of the event.
func (f *storyFinder) documented(at int) []uint32 {
	members := slices.Clone(f.result.Stories[at].Members)
	if len(members) > EvidenceMembers {
		slices.SortStableFunc(members, func(p, q StoryMember) int { return cmp.Compare(q.Fit, p.Fit) })
		members = members[:EvidenceMembers]
		slices.SortFunc(members, f.result.before)
	}
	ids := make([]uint32, len(members))
	for i, member := range members {
		ids[i] = uint32(member.Article)
	}
	return ids
}

// documentSome adds the evidence of the stories from start to before end.
func (f *storyFinder) documentSome(groups []event.Group, start, end int) error {
	var ids []uint32
	terms := make(map[uint32][]event.Weight) // by article
	for at := start; at < end; at++ {
		for _, id := range f.documented(at) {
			ids = append(ids, id)
			terms[id] = groups[at].Terms
		}
	}
	slices.Sort(ids)
	texts, err := load(f.scan, f.wholeArticles(), ids, func(a *analyst, article *corpus.Article, p part) *event.Text {
		if info := &f.result.Articles[p.article]; info.Lead == "" {
			info.Lead = lead(article)
		}
		return a.stories.Read(&a.doc, a.sums, f.stories.sketches.Language(int(p.article)), terms[uint32(p.article)])
	})
	if err != nil {
		return err
	}
	next := start
	return parallel.Over(f.ctx, f.options.Workers, count(end-start), func(_, i int) (bool, error) {
		found := &f.result.Stories[start+i]
		return found.holds(f.addEvidence(found, groups[start+i].Terms, f.documented(start+i), ids, texts)), nil
	}, func(holds bool) {
		f.hold[f.result.Stories[next].Members[0].Article] = holds
		next++
	})
}

// addEvidence adds the evidence of a story, from those of the texts that its
// members are; those that are lost are left out.
func (f *storyFinder) addEvidence(to *Story, terms []event.Weight, members, ids []uint32, all []*event.Text) event.Proof {
	var texts []*event.Text
	var articles []ArticleID
	for _, id := range members {
		if at, _ := slices.BinarySearch(ids, id); all[at] != nil {
			texts, articles = append(texts, all[at]), append(articles, ArticleID(id))
		}
	}
	proof := event.Prove(texts, terms)
	for _, finding := range proof.Findings {
		to.Evidence = append(to.Evidence, newStoryEvidence(finding, articles))
	}
	for i := range to.Members {
		if at := slices.Index(articles, to.Members[i].Article); at >= 0 && proof.SameSource[at] {
			to.Members[i].Degree = OneSource
		}
	}
	if !slices.ContainsFunc(to.Members, func(m StoryMember) bool { return m.Degree != OneSource }) {
		to.Degree = OneSource
	}
	return proof
}

// newStoryEvidence returns a finding in the texts of the articles.
func newStoryEvidence(finding event.Finding, articles []ArticleID) StoryEvidence {
	found := StoryEvidence{Kind: finding.Kind, Text: evidence([]byte(finding.Text), MaxText), Words: finding.Words, Share: finding.Share}
	for _, at := range finding.In {
		found.Members = append(found.Members, articles[at])
	}
	return found
}
