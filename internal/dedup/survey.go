package dedup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
)

// A Survey is a scan's result, and what it takes to say what a scan at higher
// thresholds would find, without the corpus. Its own thresholds are its floor: below
// them pairs were not looked for.
type Survey struct {
	Result     *Result  // at the floor, with the repeats that clusters explain
	TextHashes []uint64 // by ArticleID; fingerprints are made of them
	Copies     []Copies // by their firsts
	Paragraphs Kin
	Measured   []Pair               // those that were asked for, as asked
	Leads      map[ArticleID]string // the first words of the articles of Measured
}

// FirstOf returns the first article of the text of each.
func (v *Survey) FirstOf() []ArticleID {
	firstOf := make([]ArticleID, len(v.Result.Articles))
	for id := range firstOf {
		firstOf[id] = ArticleID(id)
	}
	for _, same := range v.Copies {
		for _, id := range same.Others {
			firstOf[id] = same.First
		}
	}
	return firstOf
}

// Copies are the articles of one text, in reading order.
type Copies struct {
	First  ArticleID
	Others []ArticleID
}

// Kin says which paragraphs have one text, and which texts are near each other: of
// those that stand again. It tells which repeats a cluster explains.
type Kin struct {
	Standings []KinStanding // in reading order
	Near      [][2]uint32   // texts
}

// A KinStanding is a place of a text, which is known by a number.
type KinStanding struct {
	Article   ArticleID
	Paragraph int // from 1
	Text      uint32
}

// TakeSurvey is Scan for those who want to look at its findings at several thresholds: the
// options' are the floor; that of near pairs is 1 where they are not asked for. Neither passages nor stories can be asked for. ask, which may be nil, is told of the articles once all are
// read, and returns pairs whose figures are wanted whatever they are.
func TakeSurvey(ctx context.Context, source Corpus, options Options, progress Progress, ask func([]ArticleInfo) [][2]ArticleID) (*Survey, error) {
	options.Explained = true
	if err := options.Validate(); err != nil {
		return nil, err
	}
	if !options.Finds(Near) {
		options.Threshold = 1 // above which nothing is contained: near pairs are not, whether they are asked for or not
	}
	if options.Stories != NoStories {
		return nil, errors.New("stories are of one clustering, and a survey is of many")
	}
	if options.Passages > 0 {
		return nil, errors.New("passages are of one clustering, and a survey is of many")
	}
	s := newScan(ctx, source, options, progress)
	s.keepsKin, s.ask = true, ask
	result, err := s.run()
	if err != nil {
		return nil, err
	}
	survey := &Survey{Result: result, TextHashes: s.textHashes, Paragraphs: s.kin, Measured: s.measured, Leads: s.leads}
	for first, others := range s.copies {
		survey.Copies = append(survey.Copies, Copies{first, others})
	}
	slices.SortFunc(survey.Copies, func(c, d Copies) int { return cmp.Compare(c.First, d.First) })
	return survey, nil
}

// At returns what Scan finds of the same articles with the options, which differ from
// the survey's in thresholds at or above its own, in fewer kinds, in Explained, and in how the work
// is done. The survey stays as it is, and shares memory with the result.
func (v *Survey) At(options Options) (*Result, error) {
	if err := v.covers(options); err != nil {
		return nil, err
	}
	s := newScan(context.Background(), nil, options, nil)
	s.textHashes = v.TextHashes
	s.result = *v.Result // with what no threshold of pairs bears on
	s.result.Options, s.result.Articles = options, slices.Clone(v.Result.Articles)
	s.result.Pairs, s.result.Clusters, s.result.Repeats = nil, nil, nil
	s.result.Summary = v.Result.Summary.uncounted()
	s.firstOf = v.FirstOf()
	for _, same := range v.Copies {
		s.copies[same.First] = same.Others
	}
	s.choosePairs(v.Result.Pairs)
	if err := s.joinClusters(); err != nil {
		return nil, err
	}
	s.chooseRepeats(v)
	s.result.Count()
	return &s.result, nil
}

// covers reports what the options ask for that the survey does not tell.
func (v *Survey) covers(options Options) error {
	if err := options.Validate(); err != nil {
		return err
	}
	floor := v.Result.Options
	for _, kind := range options.Kinds {
		if !floor.Finds(kind) {
			return fmt.Errorf("the scan did not look for %q", kind)
		}
	}
	if options.Finds(Near) && options.Threshold < floor.Threshold {
		return fmt.Errorf("threshold %v is below the floor of the scan, %v", options.Threshold, floor.Threshold)
	}
	if options.Finds(Contained) && options.Containment < floor.Containment {
		return fmt.Errorf("containment %v is below the floor of the scan, %v", options.Containment, floor.Containment)
	}
	if options.Finds(Contained) && !floor.Finds(Near) && options.Threshold > floor.Threshold {
		return fmt.Errorf("the scan did not look for pairs of a similarity from %v on", floor.Threshold)
	}
	same := options
	same.Kinds, same.Threshold, same.Containment = floor.Kinds, floor.Threshold, floor.Containment
	if same.Hash() != floor.Hash() {
		return fmt.Errorf("the scan was made with other options than its thresholds and kinds")
	}
	return nil
}

// choosePairs adds those of the pairs that reach a threshold.
func (s *scan) choosePairs(pairs []Pair) {
	leads := make(map[ArticleID]bool)
	for _, pair := range pairs {
		kind, ok := s.kindOfFound(pair)
		if !ok {
			continue
		}
		s.result.Pairs = append(s.result.Pairs, s.relabelled(pair, kind))
		leads[pair.A], leads[pair.B] = true, true
	}
	for id := range s.result.Articles {
		if !leads[ArticleID(id)] {
			s.result.Articles[id].Lead = ""
		}
	}
}

// kindOfFound is kindOf for a pair of a survey.
func (s *scan) kindOfFound(pair Pair) (Kind, bool) {
	if s.firstOf[pair.B] != pair.B {
		return s.copyKind()
	}
	overlap := candidate.OverlapOf{Pair: candidate.Pair{A: uint32(pair.A), B: uint32(pair.B)}}
	overlap.Shared, overlap.Overlap.A, overlap.Overlap.B = pair.Shared, pair.ShinglesA, pair.ShinglesB
	kind, ok := s.kindOf(overlap)
	if pair.Kind == Template {
		kind = Template
	}
	return kind, ok
}

// relabelled is the pair as one of the kind. What tells a template or furniture from a cut does
// not depend on a threshold.
func (s *scan) relabelled(pair Pair, kind Kind) Pair {
	pair.Kind = kind
	if d := pair.Difference; d != nil && (pair.Label == LightEdit || pair.Label == CutVersion || pair.Label == ExtendedVersion) {
		f := figures{d.Same, d.Replaced, d.Inserted, d.Deleted, d.Before, d.After, d.Inside, d.Misread}
		pair.Label = f.labelOfCut(kind, s.published(candidate.Pair{A: uint32(pair.A), B: uint32(pair.B)}))
	}
	return pair
}

// chooseRepeats adds the repeats that no cluster explains.
func (s *scan) chooseRepeats(v *Survey) {
	if !s.options.Finds(Repeated) {
		s.result.Summary.RepeatsBounded = 0 // of those that were looked for
		return
	}
	if s.options.Explained {
		s.result.Repeats = v.Result.Repeats
		return
	}
	explains := s.explainer(&v.Paragraphs)
	for _, found := range v.Result.Repeats {
		if found.Class != Within && explains(found.At) {
			s.result.Summary.RepeatsExplained++
			continue
		}
		s.result.Repeats = append(s.result.Repeats, found)
	}
}

// explainer returns a function that reports whether a text of the standing or one near it
// stands earlier in an article of its cluster or template, as package repeat has it.
func (s *scan) explainer(kin *Kin) func(at ParagraphPlace) bool {
	type place struct {
		article   ArticleID
		paragraph int
	}
	type inFamily struct {
		text   uint32
		family ArticleID
	}
	families := s.families()
	texts, firsts := make(map[place]uint32), make(map[inFamily]place)
	for _, standing := range kin.Standings {
		at := place{standing.Article, standing.Paragraph}
		texts[at] = standing.Text
		if family, ok := families[at.article]; ok {
			if _, noted := firsts[inFamily{standing.Text, family}]; !noted {
				firsts[inFamily{standing.Text, family}] = at
			}
		}
	}
	nearTo := make(map[uint32][]uint32)
	for _, near := range kin.Near {
		nearTo[near[0]] = append(nearTo[near[0]], near[1])
		nearTo[near[1]] = append(nearTo[near[1]], near[0])
	}
	return func(at ParagraphPlace) bool {
		family, ok := families[at.Article]
		if !ok {
			return false
		}
		text := texts[place{at.Article, at.Paragraph}]
		return slices.ContainsFunc(append([]uint32{text}, nearTo[text]...), func(text uint32) bool {
			first, noted := firsts[inFamily{text, family}]
			return noted && cmp.Or(cmp.Compare(first.article, at.Article), cmp.Compare(first.paragraph, at.Paragraph)) < 0
		})
	}
}

// keepKin notes which paragraphs have one text, of those that stand again.
func (s *scan) keepKin(standings []repeat.Standing, near []repeat.Near) {
	if !s.keepsKin {
		return
	}
	numbers := make(map[uint32]uint32)
	add := func(paragraph, text uint32) {
		s.kin.Standings = append(s.kin.Standings, KinStanding{
			ArticleID(s.paragraphs.ArticleOf(paragraph)), s.paragraphs.NumberOf(paragraph) + 1, text,
		})
	}
	number := func(paragraph uint32) uint32 {
		first := s.texts.First(paragraph)
		text, known := numbers[first]
		if !known {
			text = uint32(len(numbers))
			numbers[first] = text
			add(first, text)
		}
		return text
	}
	for _, standing := range standings {
		if text := number(standing.At); s.texts.First(standing.At) != standing.At {
			add(standing.At, text)
		}
	}
	for _, link := range near {
		s.kin.Near = append(s.kin.Near, [2]uint32{number(link.A), number(link.B)})
	}
	slices.SortFunc(s.kin.Near, func(p, q [2]uint32) int { return slices.Compare(p[:], q[:]) })
	slices.SortFunc(s.kin.Standings, func(a, b KinStanding) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Paragraph, b.Paragraph))
	})
}

// uncounted is the summary without what count counts.
func (s Summary) uncounted() Summary {
	s.Exact, s.Near, s.Contained, s.Clusters = 0, 0, 0, 0
	s.RepeatsWithin, s.RepeatsSource, s.RepeatsAcross, s.RepeatsExplained = 0, 0, 0, 0
	s.DuplicateWords, s.Template, s.ChangesUnlisted = 0, 0, 0
	return s
}
