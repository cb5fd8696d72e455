package index

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A spot is an article of the index, by its segment and its place there: in the order of
// their adding.
type spot uint64

func newSpot(segment int, local uint32) spot { return spot(segment)<<32 | spot(local) }

func (s spot) segment() int  { return int(s >> 32) }
func (s spot) local() uint32 { return uint32(s) }

// A finder looks up which articles of the index a scan would compare with one that is new: one for
// each goroutine.
type finder struct {
	segments []*segment
	rules    dedup.Rules
	options  dedup.Options
	repeats  bool // are looked for
	minWords int  // of a paragraph that counts
	probes   [][4]probe
	long     map[listAt][]uint64 // lists that are long, read once
	longSize int                 // of their values together

	// Of the article at hand.
	found    []spot
	places   map[spot]int // in meetings
	meetings []meeting
	lists    []list // by key
	postings []spotted

	bounded, repeatsBounded bool
}

// A meeting is what an article of the index shares with that at hand.
type meeting struct {
	spot  spot
	class int
	heavy bool // some weight of the other is not known
	dedup.Meeting
}

// A list is the articles that have a key.
type list struct {
	key    uint64
	weight int
	from   int // in postings
	to     int
	cut    bool
}

// A spotted is a posting of any segment.
type spotted struct {
	spot spot
	posting
}

func (x *Index) newFinder(segments []*segment, options dedup.Options) *finder {
	return &finder{
		segments: segments, rules: options.Rules(x.options), options: options, repeats: options.Finds(dedup.Repeated), minWords: options.MinRepeat,
		probes: make([][4]probe, len(segments)), places: make(map[spot]int), long: make(map[listAt][]uint64),
	}
}

// The tables of a segment, by their probes.
const (
	inSamples = iota
	inParagraphs
	inTexts
	inNames
)

// A listAt is where a list of values stands: a segment, one of its tables, and the key.
type listAt struct {
	segment, which int
	key            uint64
}

const (
	// longList is the length from which a list is held, so that what stands in very many articles is not
	// decoded again for each that has it.
	longList = 1024
	// heldValues bounds the values that are held, unless one list alone has more: 8 MiB.
	heldValues = 1 << 20
)

// values returns the values of a key, until the next call for the table.
func (f *finder) values(segment, which int, key uint64) ([]uint64, error) {
	at := listAt{segment, which, key}
	if values, held := f.long[at]; held {
		return values, nil
	}
	s := f.segments[segment]
	values, err := [...]*table{s.samples, s.paragraphs, s.texts, s.names}[which].find(&f.probes[segment][which], key)
	if len(values) >= longList {
		f.hold(at, values)
	}
	return values, err
}

// hold holds a list, in the place of all others where there are too many.
func (f *finder) hold(at listAt, values []uint64) {
	if f.longSize += len(values); f.longSize > heldValues {
		clear(f.long)
		f.longSize = len(values)
	}
	f.long[at] = slices.Clone(values)
}

// find returns the articles of the index that a scan needs, to find of the new one all that it would find in
// a corpus of both, ascending, until the next call.
func (f *finder) find(sketch *dedup.Sketch, t *intake, tag uint32) ([]spot, error) {
	f.found, f.bounded, f.repeatsBounded = f.found[:0], false, false
	if t.words == 0 {
		return nil, nil
	}
	first, copied, err := f.first(inTexts, t.textHash)
	if err != nil {
		return nil, err
	}
	if copied {
		f.found = append(f.found, first)
	}
	if !copied || f.rules.FindsPassages() { // what else a copy is near, the first of its text has been held against
		if err := f.meet(t); err != nil {
			return nil, err
		}
		if err := f.findPartners(&t.outline); err != nil {
			return nil, err
		}
	}
	if f.repeats {
		if err := f.findParagraphs(sketch, tag, copied); err != nil {
			return nil, err
		}
	}
	slices.Sort(f.found)
	f.found = slices.Compact(f.found)
	return f.found, nil
}

// first returns the first article in which a text, or a paragraph, stands.
func (f *finder) first(which int, hash uint64) (spot, bool, error) {
	return f.firstOfSource(which, hash, anyTag)
}

// firstOfSource is first in the source of the tag.
func (f *finder) firstOfSource(which int, hash uint64, tag uint32) (spot, bool, error) {
	for i := range f.segments {
		values, err := f.values(i, which, hash)
		if err != nil {
			return 0, false, err
		}
		if at, ok := f.firstIn(i, values, tag); ok {
			return at, true, nil
		}
	}
	return 0, false, nil
}

// anyTag stands for all sources.
const anyTag = 1 << tagBits

// firstIn returns the first of the standings in a segment that has not been removed and is of the source.
func (f *finder) firstIn(segment int, values []uint64, tag uint32) (spot, bool) {
	firsts, others := readStandings(values)
	ofTag := func(value uint64) bool { return tag == anyTag || standing(value).tag() == tag }
	left := func(value uint64) bool {
		return ofTag(value) && !f.segments[segment].removed.has(standing(value).local())
	}
	if !slices.ContainsFunc(firsts, ofTag) {
		return 0, false // it stands nowhere in the source
	}
	least, ok := uint32(0), false
	for _, values := range [][]uint64{firsts, others} { // ascending
		if at := slices.IndexFunc(values, left); at >= 0 && (!ok || standing(values[at]).local() < least) {
			least, ok = standing(values[at]).local(), true
		}
	}
	return newSpot(segment, least), ok
}

// meet looks up the keys, and adds up what each article of the index shares with them. What shares nothing but keys
// that stand in very many articles is not looked at, unless the new one is made of such.
func (f *finder) meet(t *intake) error {
	if err := f.lookUp(t.keys); err != nil {
		return err
	}
	hot := f.hot()
	f.bounded = hot.Samples > 0 && f.rules.Suffices(&t.outline, hot)
	for _, l := range f.lists {
		if l.cut && !f.bounded {
			continue
		}
		for _, p := range f.postings[l.from:l.to] {
			f.count(p.spot, l.weight, p.posting)
		}
	}
	return nil
}

// lookUp fills the lists of the keys.
func (f *finder) lookUp(keys []key) error {
	clear(f.places)
	f.meetings, f.lists, f.postings = f.meetings[:0], f.lists[:0], f.postings[:0]
	var memory []posting
	for _, k := range keys {
		l := list{key: k.key, weight: k.weight, from: len(f.postings)}
		for i := range f.segments {
			values, err := f.values(i, inSamples, k.key)
			if err != nil {
				return err
			}
			var cut bool
			memory, cut = readPostings(memory[:0], values)
			l.cut = l.cut || cut
			for _, p := range memory {
				f.postings = append(f.postings, spotted{newSpot(i, p.local()), p})
			}
		}
		l.to = len(f.postings)
		l.cut = l.cut || l.to-l.from > dedup.HotSample
		f.lists = append(f.lists, l)
	}
	return nil
}

func (f *finder) count(at spot, weight int, p posting) {
	place, met := f.places[at]
	if !met {
		place = len(f.meetings)
		f.places[at] = place
		f.meetings = append(f.meetings, meeting{spot: at, class: p.class()})
	}
	m := &f.meetings[place]
	m.Samples++
	m.Windows += weight
	m.OtherWindows += p.weight()
	m.heavy = m.heavy || p.isHeavy()
}

// hot is what any article may share beyond what it was seen to: the keys whose lists were cut. Each is
// taken to stand in the other twice as often, at the most, as in the new one.
func (f *finder) hot() (hot dedup.Meeting) {
	for _, l := range f.lists {
		if l.cut {
			hot.Samples++
			hot.Windows += l.weight
			hot.OtherWindows += min(fullWeight, 2*max(l.weight, f.rules.Window()))
		}
	}
	return hot
}

// findPartners adds the articles that the new one is worth comparing with.
func (f *finder) findPartners(outline *dedup.Outline) error {
	partners, err := f.partners(outline)
	for i := 0; i < len(partners) && err == nil; i++ {
		err = f.addText(partners[i].spot)
	}
	return err
}

// A partner is an article of the index that the new one is worth comparing with.
type partner struct {
	*meeting
	row row
}

// partners returns them; where there are too many, those that share most.
func (f *finder) partners(outline *dedup.Outline) (partners []partner, err error) {
	hot := f.hot()
	for i := range f.meetings {
		m := &f.meetings[i]
		met := dedup.Meeting{Samples: m.Samples + hot.Samples, Windows: m.Windows + hot.Windows, OtherWindows: m.OtherWindows + hot.OtherWindows}
		if !f.rules.Reached(outline, met, m.class) {
			continue
		}
		r, err := f.segments[m.spot.segment()].row(m.spot.local())
		if err != nil {
			return nil, err
		}
		if f.rules.MayPair(outline, &r.outline, met) {
			partners = append(partners, partner{m, r})
		}
	}
	if len(partners) > dedup.MostPartners {
		f.bounded = true
		slices.SortFunc(partners, func(p, q partner) int { return cmp.Or(cmp.Compare(q.Windows, p.Windows), cmp.Compare(p.spot, q.spot)) })
		partners = partners[:dedup.MostPartners]
	}
	return partners, nil
}

// addText adds the first article of the text of one that has its samples noted, which may be
// another one of its segment, removed, or copied from an earlier segment. Of passages all places
// are told, and so all articles of the text are added.
func (f *finder) addText(at spot) error {
	r, err := f.segments[at.segment()].row(at.local())
	if err != nil {
		return err
	}
	if f.rules.FindsPassages() {
		return f.addCopies(r.textHash)
	}
	first, ok, err := f.first(inTexts, r.textHash)
	if ok {
		f.found = append(f.found, first)
	}
	return err
}

// addCopies adds all articles of a text.
func (f *finder) addCopies(textHash uint64) error {
	for i, s := range f.segments {
		values, err := f.values(i, inTexts, textHash)
		if err != nil {
			return err
		}
		firsts, others := readStandings(values)
		for _, value := range slices.Concat(firsts, others) {
			if local := standing(value).local(); !s.removed.has(local) {
				f.found = append(f.found, newSpot(i, local))
			}
		}
	}
	return nil
}

// nearPartners bounds, for one paragraph, the articles that may have one near it: the first of all, and
// of its source.
const nearPartners = 32

// findParagraphs adds the articles in which a paragraph of the new one stands first, and first in its
// source; where it stands in none, those that may have one near it.
func (f *finder) findParagraphs(sketch *dedup.Sketch, tag uint32, copied bool) error {
	for number := range sketch.Paragraphs {
		p := &sketch.Paragraphs[number]
		if p.Tokens < f.minWords {
			continue
		}
		first, stands, err := f.first(inParagraphs, p.Hash)
		if err != nil {
			return err
		}
		switch {
		case stands:
			f.found = append(f.found, first)
			err = f.addOfSource(inParagraphs, p.Hash, tag)
		case p.LeastShared > 0 && !copied:
			err = f.findNear(sketch, uint32(number), tag)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addOfSource adds the first article in which it stands in the source, unless that is unknown.
func (f *finder) addOfSource(which int, hash uint64, tag uint32) error {
	if tag == 0 {
		return nil
	}
	at, ok, err := f.firstOfSource(which, hash, tag)
	if ok {
		f.found = append(f.found, at)
	}
	return err
}

// findNear adds the articles that may have a paragraph near one of the sketch.
func (f *finder) findNear(sketch *dedup.Sketch, number, tag uint32) error {
	p := &sketch.Paragraphs[number]
	shared, hot := f.sharedWith(sketch, number)
	f.repeatsBounded = f.repeatsBounded || hot >= p.LeastShared
	var near []spot
	for at, weight := range shared {
		if weight+hot >= p.LeastShared {
			near = append(near, at)
		}
	}
	slices.Sort(near)
	all, ofSource := 0, 0
	for _, at := range near {
		r, err := f.segments[at.segment()].row(at.local())
		if err != nil {
			return err
		}
		if !f.rules.MayHoldNear(p, &r.outline, shared[at]+hot) {
			continue
		}
		if all >= nearPartners && (tag == 0 || r.tag != tag || ofSource >= nearPartners) {
			f.repeatsBounded = true
			continue
		}
		all++
		if r.tag == tag {
			ofSource++
		}
		if err := f.addText(at); err != nil {
			return err
		}
		if err := f.addOfSource(inTexts, r.textHash, tag); err != nil {
			return err
		}
	}
	return nil
}

// sharedWith adds up the weights of the samples of a paragraph that each article of the index has, and of those
// whose lists were cut.
func (f *finder) sharedWith(sketch *dedup.Sketch, number uint32) (shared map[spot]int, hot int) {
	shared = make(map[spot]int)
	from, _ := slices.BinarySearchFunc(sketch.Samples, number, func(s dedup.Sample, number uint32) int { return cmp.Compare(s.Paragraph, number) })
	for _, sample := range sketch.Samples[from:] {
		if sample.Paragraph != number {
			break
		}
		at, _ := slices.BinarySearchFunc(f.lists, sample.Key, func(l list, key uint64) int { return cmp.Compare(l.key, key) })
		l := f.lists[at]
		weight := max(1, int(sample.Weight))
		if l.cut {
			hot += weight
			continue
		}
		for _, p := range f.postings[l.from:l.to] {
			shared[p.spot] += weight
		}
	}
	return shared, hot
}
