package dedup

import (
	"io"
	"slices"
	"sync"

	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// shared is what the samples that several paragraphs have tell: which articles
// and which paragraphs may have a partner at all, and the lists of those.
type shared struct {
	ranking    *candidate.Ranking
	articles   []candidate.Ranks // with an article in each that may ask for partners
	paragraphs group.Lists       // of paragraphs that may be near others
}

// shareSamples finds which paragraphs share samples, and keeps the lists that
// matter. What an article or a paragraph shares with any other is added up
// first: for most it is too little for a partner, and then nobody need
// look at its lists. That is done by partitions, many at a time, where what follows
// looks at all of them at once.
func (s *scan) shareSamples() error {
	defer s.countPartitions()()
	texts, err := s.textsOfParagraphs()
	if err != nil {
		return err
	}
	s.texts = texts
	lists := make([]group.Lists, group.Partitions)
	tallies := make([]tally, s.options.Workers)
	if err := s.eachList(&s.samples, func(worker, part int, ofPart group.Lists) {
		tallies[worker].add(s, &ofPart)
		if !s.samples.Spilled() { // else there is no room to keep them
			lists[part] = ofPart
		}
	}); err != nil {
		return err
	}
	articles, paragraphs := s.live(tallies)
	if articles != nil {
		s.shared.ranking = candidate.NewRanking(&s.sizes, s.isFirst)
	}
	s.shared.articles = make([]candidate.Ranks, group.Partitions)
	ofParagraphs := make([]group.Lists, group.Partitions)
	choose := func(_, part int, ofPart group.Lists) {
		s.choose(&ofPart, articles, &s.shared.articles[part])
		ofParagraphs[part] = ofPart.Select(paragraphs)
		lists[part] = group.Lists{}
	}
	if s.samples.Spilled() {
		err = s.eachList(&s.samples, choose)
	} else {
		err = s.eachPartition(func(worker, part int) error {
			choose(worker, part, lists[part])
			return nil
		})
	}
	s.shared.paragraphs = group.Join(ofParagraphs)
	return err
}

// listsOf groups so many owners, and returns their lists by partition. add adds the
// entries of some of the owners to a batch, counted from start; it is called
// concurrently.
func (s *scan) listsOf(count int, add func(batch *group.Batch, start, end int)) ([]group.Lists, error) {
	const atOnce = 1 << 12
	var store group.Store
	batches := sync.Pool{New: func() any { return new(group.Batch) }}
	next, stored := 0, 0
	if err := parallel.Map(s.ctx, s.options.Workers, parallel.Stream[int, *group.Batch]{
		Next: func() (start int, err error) {
			if next >= count {
				return 0, io.EOF
			}
			start, next = next, next+atOnce
			return start, nil
		},
		Work: func(_, start int) (*group.Batch, error) {
			batch := batches.Get().(*group.Batch)
			batch.Reset()
			add(batch, start, min(start+atOnce, count))
			batch.Part()
			return batch, nil
		},
		Emit: func(batch *group.Batch) error {
			defer batches.Put(batch)
			base := stored
			stored += atOnce
			return store.Append(batch, base)
		},
	}); err != nil {
		return nil, err
	}
	lists := make([]group.Lists, group.Partitions)
	err := s.eachList(&store, func(_, part int, ofPart group.Lists) { lists[part] = ofPart })
	return lists, err
}

// eachList calls visit with the lists of each partition, concurrently.
func (s *scan) eachList(store *group.Store, visit func(worker, part int, lists group.Lists)) error {
	listers := make([]group.Lister, s.options.Workers)
	return s.eachPartition(func(worker, part int) error {
		lists, err := listers[worker].Lists(store, part)
		if err == nil {
			visit(worker, part, lists)
		}
		return err
	})
}

func (s *scan) eachPartition(work func(worker, part int) error) error {
	parts := make([]int, group.Partitions)
	for i := range parts {
		parts[i] = i
	}
	return parallel.Over(s.ctx, s.options.Workers, parts, func(worker, part int) (done struct{}, err error) {
		return done, work(worker, part)
	}, func(struct{}) { s.partitionDone() })
}

// countPartitions tells the progress of the search by its partitions, as if each
// were so many articles, until the function that it returns is called.
func (s *scan) countPartitions() (end func()) {
	const passes = 3 // equal paragraphs, what is shared, what is chosen of it
	articles, done := len(s.result.Articles), 0
	s.progress(Searching, 0, articles)
	s.partitionDone = func() {
		done++
		s.progress(Searching, min(articles, articles*done/(passes*group.Partitions)), articles)
	}
	return func() { s.partitionDone = func() {} }
}

// A tally adds up what is shared: one for each worker, so that none waits for
// another.
type tally struct {
	articles   candidate.Shares
	paragraphs repeat.Shares
}

// add adds the lists of a partition.
func (t *tally) add(s *scan, lists *group.Lists) {
	if t.articles == nil {
		t.articles, t.paragraphs = candidate.NewShares(len(s.result.Articles)), repeat.NewShares(s.paragraphs.Len())
	}
	articleOf := s.paragraphs.Articles()
	for i, owner := range lists.Owners {
		t.articles.Add(articleOf[owner], lists.Tags[i])
		t.paragraphs.Add(owner, lists.Tags[i])
	}
}

// live tells which articles may ask for partners and which paragraphs may be near
// others.
func (s *scan) live(tallies []tally) (articles, paragraphs []bool) {
	var all tally
	for _, t := range tallies {
		switch {
		case t.articles == nil: // the worker had no partition
		case all.articles == nil:
			all = t
		default:
			all.articles.Join(t.articles)
			all.paragraphs.Join(t.paragraphs)
		}
	}
	if s.options.Finds(Near) || s.options.Finds(Contained) {
		articles = all.articles.Askers(&s.sizes, s.bound(), s.isFirst)
	}
	if s.options.Finds(Repeated) {
		paragraphs = s.paragraphs.Live(s.texts, all.paragraphs)
	}
	return articles, paragraphs
}

// choose adds the lists with an article that asks.
func (s *scan) choose(lists *group.Lists, askers []bool, chosen *candidate.Ranks) {
	if askers == nil {
		return
	}
	articleOf := s.paragraphs.Articles()
	chosen.Grow(len(lists.Owners))
	for list := range lists.Len() {
		owners, weights := lists.Of(list)
		if slices.ContainsFunc(owners, func(owner uint32) bool { return askers[articleOf[owner]] }) {
			chosen.Add(s.shared.ranking, articleOf, owners, weights)
		}
	}
}
