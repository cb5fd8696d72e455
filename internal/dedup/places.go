package dedup

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup/passage"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A wanted is a place to be read.
type wanted struct {
	article ArticleID
	token   uint32
	passage uint32
	place   uint32 // of the passage's
	tells   bool   // whether the words are wanted too
}

// documentPassages reads the places again, for their lines and their words.
func (s *scan) documentPassages(index *passage.Index, repeats []passage.Repeat, most int) error {
	found := make([]Passage, len(repeats))
	var reads []wanted
	for i, r := range repeats {
		at := index.Places(r, most)
		found[i] = Passage{Words: int(r.Length), Standings: int(r.Standings), Weightless: weightless(r), Places: make([]PassagePlace, len(at))}
		if int(r.Standings) <= most {
			found[i].Standings = len(at)
		} else {
			s.result.Summary.PassagesBounded++
		}
		for place, where := range at {
			island := s.passages.islands[where.Part]
			reads = append(reads, wanted{island.article, uint32(island.first + where.Token), uint32(i), uint32(place), place == 0})
		}
	}
	s.passages = passageSearch{} // what follows takes memory of its own
	slices.SortStableFunc(reads, func(a, b wanted) int { return cmp.Compare(a.article, b.article) })
	for again := reads; len(again) > 0; again = s.untold(found, reads) {
		if err := s.readPlaces(found, again); err != nil {
			return err
		}
	}
	s.result.Passages = s.listed(found)
	s.result.Summary.Passages = len(s.result.Passages)
	return nil
}

func weightless(r passage.Repeat) string {
	switch {
	case r.Common:
		return Common
	case !r.Weighty:
		return NamesOnly
	}
	return ""
}

// untold returns, of the passages whose words were to be read in an article that is lost,
// the next place that is not.
func (s *scan) untold(found []Passage, reads []wanted) (again []wanted) {
	if !s.lost.any() {
		return nil
	}
	asked := make(map[uint32]bool)
	for _, at := range reads {
		if found[at.passage].Text == "" && !asked[at.passage] && !s.lost.has(at.article) {
			asked[at.passage], at.tells = true, true
			again = append(again, at)
		}
	}
	return again
}

// listed drops the places in articles that are lost, and the passages that are left with
// less than two, or are explained after all: where only places that overlap stood twice
// in one article.
func (s *scan) listed(found []Passage) []Passage {
	kept := found[:0]
	for _, p := range found {
		if s.lost.any() {
			places := len(p.Places)
			p.Places = slices.DeleteFunc(p.Places, func(at PassagePlace) bool { return s.lost.has(at.Article) })
			p.Standings -= places - len(p.Places)
		}
		switch {
		case len(p.Places) < 2:
		case len(p.Places) == p.Standings && s.explains(p.Places):
			s.result.Summary.PassagesExplained++
		default:
			kept = append(kept, p)
		}
	}
	return kept
}

// explains reports whether a cluster tells of all places, which are of articles of their own.
func (s *scan) explains(places []PassagePlace) bool {
	if s.options.Explained {
		return false
	}
	cluster, ok := s.clusterOf[places[0].Article]
	for i, at := range places[1:] {
		other, joined := s.clusterOf[at.Article]
		if !ok || !joined || other != cluster || places[i].Article == at.Article {
			return false
		}
	}
	return true
}

// readPlaces reads the places, which are ordered by article, and fills them in.
func (s *scan) readPlaces(found []Passage, reads []wanted) error {
	ids := make([]uint32, len(reads))
	for i := range ids {
		ids[i] = uint32(i)
	}
	what := s.wholeArticles()
	what.of = func(id uint32) part { return part{id, reads[id].article, whole} }
	next := 0
	return eachArticle(s, what, ids, func(a *analyst, article *corpus.Article, asked []uint32) ([]passageRead, error) {
		ok, err := s.readPart(a, what, article, what.of(asked[0]))
		if err != nil || !ok { // the places are dropped later, by their article
			return slices.Repeat([]passageRead{{place: PassagePlace{Article: what.of(asked[0]).article}}}, len(asked)), err
		}
		return a.readPlaces(article, found, reads[asked[0]:][:len(asked)]), nil
	}, func(read []passageRead) {
		for i, place := range read {
			at := reads[next+i]
			p := &found[at.passage]
			p.Places[at.place] = place.place
			if place.text != "" {
				p.Text, p.Fingerprint = place.text, fingerprint("passage", place.hash)
			}
		}
		next += len(read)
	})
}

// A passageRead is a place as it was read, and of the first one of a passage its words.
type passageRead struct {
	place PassagePlace
	text  string
	hash  uint64
}

// readPlaces fills in places of the article that has been read.
func (a *analyst) readPlaces(article *corpus.Article, found []Passage, reads []wanted) []passageRead {
	a.outside = outside(&a.doc, a.outside)
	lines := linesOf(article)
	read := make([]passageRead, len(reads))
	for i, at := range reads {
		first, end := int(at.token), int(at.token)+found[at.passage].Words
		start, stop := int(a.doc.Starts[first]), int(a.doc.Ends[end-1])
		read[i].place = PassagePlace{
			Article: at.article, Line: lines.of(start), EndLine: lines.of(stop - 1), Start: start, End: stop,
			Quoted: a.outside[first] == a.outside[end],
		}
		if at.tells {
			read[i].text, read[i].hash = evidence(article.Body[start:stop], MaxText), shingle.Run(a.sums[first:end+1])
		}
	}
	return read
}

// lineEnds tells the lines of any places of an article.
type lineEnds struct {
	first int
	ends  []int // ascending
}

func linesOf(article *corpus.Article) lineEnds {
	if !article.Verbatim {
		return lineEnds{first: article.Line}
	}
	l := lineEnds{first: article.BodyLine}
	for at, octet := range article.Body {
		if octet == '\n' {
			l.ends = append(l.ends, at)
		}
	}
	return l
}

// of is the line of the file that holds the byte of the body.
func (l lineEnds) of(offset int) int {
	at, _ := slices.BinarySearch(l.ends, offset)
	return l.first + at
}
