package dedup

import (
	"github.com/newsdedup/newsdedup/internal/dedup/candidate"
	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A Sketch is what a scan keeps of an article to find its partners, for an index to
// keep in its stead.
type Sketch struct {
	TextHash   uint64 // of the normal form
	Words      int    // tokens; an article without any matches nothing
	Outline    Outline
	Samples    []Sample // by paragraph
	Paragraphs []ParagraphSketch
}

// Outline and Meeting are what Rules decide by.
type (
	Outline = candidate.Outline
	Meeting = candidate.Meeting
)

// A Sample is a shingle that was kept, by the paragraph that it begins in.
type Sample struct {
	Key       uint64 // SampleKeyBits of its hash
	Paragraph uint32
	Weight    uint8 // of how many of the article's windows it is the minimum there; 0 where of none
}

// SampleKeyBits is the number of bits of a sample's key.
const SampleKeyBits = group.KeyBits

// A ParagraphSketch is what is kept of a paragraph.
type ParagraphSketch struct {
	Hash   uint64 // of its tokens
	Tokens int
	// LeastShared is what the weights of its samples in another article add up to, at least, where a near
	// paragraph stands there, one without a weight counting as one; 0 where it is too short to be near any.
	LeastShared int
	Shingles    int
	Map         candidate.Map
}

// A Sketcher makes sketches as a scan with its options does. It keeps scratch
// memory: one for each goroutine.
type Sketcher struct {
	analyst     *analyst
	batch       batch
	sketch      Sketch
	leastShared func(tokens int, bitmap uint64) int
}

// NewSketcher returns a Sketcher for valid options.
func NewSketcher(options Options) *Sketcher {
	return &Sketcher{analyst: newAnalyst(options), leastShared: options.repeats().LeastShared()}
}

// Sketch returns the sketch of an article of that body. It is valid until the next call.
func (s *Sketcher) Sketch(body []byte) *Sketch {
	a, b := s.analyst, &s.batch
	a.analyse(body)
	b.counts = b.counts[:0]
	b.samples.Reset()
	b.paragraphs.Reset()
	var r reading
	a.keepSketch(b, &r)
	sketch := &s.sketch
	sketch.TextHash, sketch.Words = a.textHash(), a.doc.Len()
	sketch.Outline = Outline{Shingles: r.shingles, Windows: r.windows, Whole: r.whole, Map: r.bitmap}
	sketch.Samples = sketch.Samples[:0]
	b.samples.Each(func(key uint64, owner uint32, tag uint8) {
		sketch.Samples = append(sketch.Samples, Sample{key, owner, tag})
	})
	s.sketchParagraphs()
	return sketch
}

func (s *Sketcher) sketchParagraphs() {
	a, kept := s.analyst, &s.batch.paragraphs
	s.sketch.Paragraphs = s.sketch.Paragraphs[:0]
	for i, paragraph := range a.doc.Paragraphs {
		tokens := int(kept.Tokens[i])
		p := ParagraphSketch{Hash: kept.Hashes[i], Tokens: tokens, LeastShared: s.leastShared(tokens, kept.Maps[i])}
		if p.LeastShared > 0 {
			p.Shingles = shingle.Count(tokens, a.options.ShingleSize)
			p.Map.Fill(a.shinglesOf(paragraph))
		}
		s.sketch.Paragraphs = append(s.sketch.Paragraphs, p)
	}
}

// Rules tell from sketches which articles a scan would compare. They are the scan's
// own, so that who keeps sketches needs no copy of them.
type Rules struct {
	pairs    bool
	bound    candidate.Bound
	sketched candidate.Bound // of the options that the sketches were made with
	repeats  repeat.Options
	passages int
	options  Options
}

// Rules returns the rules of a scan with the options of sketches that were made with
// others: the window is that of the sketches.
func (o Options) Rules(sketched Options) Rules {
	r := Rules{
		pairs:   o.Finds(Near) || o.Finds(Contained),
		bound:   candidate.Bound{ShingleSize: sketched.ShingleSize, Window: sketched.window(), Containment: o.leastContainment()},
		repeats: o.repeats(), options: o,
	}
	r.sketched = r.bound
	r.sketched.Containment = sketched.leastContainment()
	if o.Passages > 0 {
		r.passages = min(max(1, o.Passages-LeastSampled(sketched)+1), mostSummed)
	}
	return r
}

// LeastSampled is the number of words in a row that two articles have in common from which
// they share a sample, wherever the words stand.
func LeastSampled(o Options) int { return o.ShingleSize + o.window() - 1 }

// mostSummed is what the weights of a sample need not add up beyond, for any rule.
const mostSummed = 255

// FindsPassages reports whether articles that share a passage alone are worth comparing.
func (r *Rules) FindsPassages() bool { return r.passages > 0 }

// MayPair reports whether two articles are worth comparing, the other being the earlier one.
func (r *Rules) MayPair(one, other *Outline, met Meeting) bool {
	return r.pairs && r.bound.MayPair(one, other, met) || r.passages > 0 && met.Windows >= r.passages
}

// MayHoldNear reports whether an article may hold a paragraph near the one, of whose samples it
// has so much.
func (r *Rules) MayHoldNear(paragraph *ParagraphSketch, article *Outline, shared int) bool {
	return paragraph.LeastShared > 0 && shared >= paragraph.LeastShared &&
		article.Map.MayHold(&paragraph.Map, paragraph.Shingles, r.repeats.Similarity)
}

// HotSample is the number of articles from which a sample says little: it is
// furniture, or belongs to a family of templates.
const HotSample = candidate.HotList

// MostPartners bounds the articles that one is compared with.
const MostPartners = candidate.MaxPartners

// Suffices reports whether what an article shares is enough for a partner that is no smaller, whoever it is.
func (r *Rules) Suffices(one *Outline, met Meeting) bool {
	return r.pairs && r.bound.Suffices(one, met) || r.passages > 0 && met.Windows >= r.passages
}

// Classes is the number of classes of articles.
const Classes = candidate.Classes

// Class says, as a power of two, what an article shares at least with a larger one.
func (r *Rules) Class(one *Outline) int { return r.sketched.Class(one) }

// Window is that of the samples, and so the most that the weight of a sample can be that stands in an article once.
func (r *Rules) Window() int { return r.bound.Window }

// Reached reports whether an article may be worth comparing with another one of a class, by
// what they share alone.
func (r *Rules) Reached(one *Outline, met Meeting, class int) bool {
	return r.pairs && (met.OtherWindows >= 1<<class || one.Whole && met.Samples >= 1<<class) || r.Suffices(one, met)
}
