package dedup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// planted is a corpus of news with copies of every kind planted in it.
func planted(seed uint64, articles int) *memory {
	options := corpusgen.DefaultOptions()
	options.Seed, options.Articles, options.Script = seed, articles, corpusgen.Mixed
	options.Copies = articles / 2
	options.Operations = corpusgen.StandardOperations()
	var stories []story
	for a := range corpusgen.New(options).All() {
		stories = append(stories, a)
	}
	return newMemory(stories...)
}

func plantedSize() int {
	if testing.Short() {
		return 60
	}
	return 400
}

// ignoreHow leaves out of a comparison how a result was come by.
var ignoreHow = gocmp.Options{
	cmpopts.IgnoreFields(Options{}, "Workers", "Exhaustive"),
	cmpopts.IgnoreFields(Summary{}, "Bounded", "RepeatsBounded"),
}

// ignoreRepeats leaves out what is found of paragraphs.
var ignoreRepeats = gocmp.Options{
	cmpopts.IgnoreFields(Result{}, "Repeats"),
	cmpopts.IgnoreFields(Summary{}, "RepeatsWithin", "RepeatsSource", "RepeatsAcross", "RepeatsExplained", "DuplicateWords"),
}

func TestWorkersDoNotMatter(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	want := scanOf(t, m, nil)
	for _, workers := range []int{2, 3, 8} {
		got := scanOf(t, m, func(o *Options) { o.Workers = workers })
		if diff := gocmp.Diff(want, got, ignoreHow); diff != "" {
			t.Errorf("%d workers (-one +several):\n%s", workers, diff)
		}
	}
}

// TestSamplingFindsAll holds that the sampled search finds what the exhaustive
// one finds, to the last figure, on planted copies of every kind, where it does
// not say that it is bounded.
func TestSamplingFindsAll(t *testing.T) {
	complete := 0
	for round := range uint64(3) {
		m := planted(seeded.Seed()+round, plantedSize())
		for _, threshold := range []float64{0.5, 0.8} {
			at := func(o *Options) { o.Threshold = threshold; o.Workers = 2 }
			sampled := scanOf(t, m, at)
			exhaustive := scanOf(t, m, func(o *Options) { at(o); o.Exhaustive = true })
			if len(sampled.Pairs) < plantedSize()/4 || len(sampled.Repeats) == 0 {
				t.Fatalf("%d pairs and %d repeats in a corpus of planted copies", len(sampled.Pairs), len(sampled.Repeats))
			}
			if sampled.Summary.Bounded > 0 {
				continue // nothing is promised
			}
			ignored := ignoreHow
			if sampled.Summary.RepeatsBounded > 0 {
				ignored = append(slices.Clone(ignoreHow), ignoreRepeats)
			} else {
				complete++
			}
			if diff := gocmp.Diff(exhaustive, sampled, ignored); diff != "" {
				t.Errorf("seed %d, threshold %v (-exhaustive +sampled):\n%s", seeded.Seed()+round, threshold, diff)
			}
		}
	}
	if complete == 0 {
		t.Error("all scans are bounded in their repeats")
	}
}

// TestOrderDoesNotMatter holds that the articles' order decides who is called
// A and who first, and nothing else. Copies are left out: they are paired with
// whichever stands first.
func TestOrderDoesNotMatter(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	m.Articles = withoutCopies(m.Articles)
	want := keyedPairs(scanOf(t, m, nil))
	m.shuffled(seeded.Seed(), func() {
		if diff := gocmp.Diff(want, keyedPairs(scanOf(t, m, nil))); diff != "" {
			t.Errorf("seed %d (-in order +shuffled):\n%s", seeded.Seed(), diff)
		}
	})
}

// shuffled calls visit with the corpus in several orders.
func (m *memory) shuffled(seed uint64, visit func()) {
	random := rand.New(rand.NewPCG(seed, 3))
	for range 3 {
		random.Shuffle(len(m.Articles), func(i, j int) { m.Articles[i], m.Articles[j] = m.Articles[j], m.Articles[i] })
		visit()
	}
}

// TestOrderDoesNotMatterToClusters holds that the same texts are joined with the
// same figures in any order, copies included.
func TestOrderDoesNotMatterToClusters(t *testing.T) {
	type joined struct {
		Fingerprint uint64
		Members     int
		Minimum     float64
	}
	m := planted(seeded.Seed(), plantedSize())
	clusters := func() []joined {
		var all []joined
		for _, c := range scanOf(t, m, nil).Clusters {
			all = append(all, joined{c.Fingerprint, len(c.Members), c.MinSimilarity})
		}
		slices.SortFunc(all, func(c, d joined) int { return cmp.Compare(c.Fingerprint, d.Fingerprint) })
		return all
	}
	want := clusters()
	if len(want) < plantedSize()/10 {
		t.Fatalf("%d clusters in a corpus of planted copies", len(want))
	}
	m.shuffled(seeded.Seed(), func() {
		if diff := gocmp.Diff(want, clusters()); diff != "" {
			t.Errorf("seed %d (-in order +shuffled):\n%s", seeded.Seed(), diff)
		}
	})
}

// told is what the rules promise of a repeat in any order of the articles.
type told struct {
	Class       Class
	Fingerprint uint64
}

// repeatsTold counts the repeats of the classes; without their class where it is "".
func repeatsTold(r *Result, classes ...Class) map[told]int {
	counts := make(map[told]int)
	for _, found := range r.Repeats {
		if slices.Contains(classes, found.Class) {
			counts[told{found.Class, found.Fingerprint}]++
		}
		if slices.Contains(classes, "") {
			counts[told{"", found.Fingerprint}]++
		}
	}
	return counts
}

// TestOrderDoesNotMatterToRepeats holds what the rules of package repeat make
// independent of the order: all repeats within articles; of equal paragraphs,
// how often each is reported and how often explained, the articles of a cluster
// being as one; and, with no clusters, whether in its source or across. (Which
// of several near texts is called a repeat of which depends on the order, as
// does the class of a paragraph that a cluster has from two sources.)
func TestOrderDoesNotMatterToRepeats(t *testing.T) {
	equalOnly := func(o *Options) { o.RepeatSimilarity = 1 }
	for _, test := range []struct {
		name    string
		change  func(*Options)
		classes []Class
	}{
		{"within", nil, []Class{Within}},
		{"equal", equalOnly, []Class{""}},
		{"equal without clusters", func(o *Options) { equalOnly(o); o.Kinds = []Kind{Repeated} }, []Class{Within, Source, Across}},
	} {
		m := planted(seeded.Seed(), plantedSize())
		want := scanOf(t, m, test.change)
		wantTold := repeatsTold(want, test.classes...)
		if len(wantTold) == 0 {
			t.Fatalf("%s: no repeats in a corpus of planted copies", test.name)
		}
		m.shuffled(seeded.Seed(), func() {
			got := scanOf(t, m, test.change)
			if diff := gocmp.Diff(wantTold, repeatsTold(got, test.classes...)); diff != "" {
				t.Errorf("seed %d, %s (-in order +shuffled):\n%s", seeded.Seed(), test.name, diff)
			}
			if test.name != "within" && got.Summary.RepeatsExplained != want.Summary.RepeatsExplained {
				t.Errorf("seed %d, %s: %d explained, want %d", seeded.Seed(), test.name, got.Summary.RepeatsExplained, want.Summary.RepeatsExplained)
			}
		})
	}
}

func withoutCopies(stories []story) []story {
	seen := make(map[string]bool)
	return slices.DeleteFunc(stories, func(s story) bool {
		again := seen[s.Text]
		seen[s.Text] = true
		return again
	})
}

// TestStrangersDoNotMatter holds that adding articles that resemble nothing
// adds nothing and changes nothing.
func TestStrangersDoNotMatter(t *testing.T) {
	m := planted(seeded.Seed(), plantedSize())
	want := keyedPairs(scanOf(t, m, nil))
	random := rand.New(rand.NewPCG(seeded.Seed(), 4))
	for i := range 50 {
		body := ""
		for range 100 {
			body += fmt.Sprintf("stranger%d ", random.IntN(1e9))
		}
		m.Articles = append(m.Articles, story{Key: fmt.Sprintf("~stranger%d", i), Text: body})
	}
	if diff := gocmp.Diff(want, keyedPairs(scanOf(t, m, nil))); diff != "" {
		t.Errorf("seed %d (-without +with strangers):\n%s", seeded.Seed(), diff)
	}
}
