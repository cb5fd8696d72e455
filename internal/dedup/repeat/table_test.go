package repeat

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/minhash"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

func TestArticleOf(t *testing.T) {
	random := seeded.Rand(t)
	for range 300 {
		articles := make([][]int, random.IntN(12))
		for i := range articles {
			articles[i] = make([]int, max(0, random.IntN(6)-2)) // every other one is empty
		}
		table := tableOf(articles...)
		paragraph := uint32(0)
		for article, texts := range articles {
			first, end := table.Paragraphs(uint32(article))
			if first != paragraph || end != paragraph+uint32(len(texts)) {
				t.Fatalf("%v: article %d has the paragraphs %d to %d", articles, article, first, end)
			}
			for number := range texts {
				gotArticle, gotNumber := table.ArticleOf(paragraph)
				if gotArticle != uint32(article) || gotNumber != number {
					t.Fatalf("%v: paragraph %d is number %d of article %d, want %d of %d",
						articles, paragraph, gotNumber, gotArticle, number, article)
				}
				paragraph++
			}
		}
	}
}

// TestLeastSketched holds that the length alone decides, not how many shingles
// would be needed: unequal texts can have equal sets.
func TestLeastSketched(t *testing.T) {
	for _, test := range []struct{ minTokens, want int }{{1, MinNearTokens}, {8, 8}, {9, 9}, {30, 30}} {
		for _, similarity := range []float64{0.5, 0.9, 1} {
			options := Options{MinTokens: test.minTokens, Similarity: similarity, ShingleSize: 5}
			if got := options.LeastSketched(); got != test.want {
				t.Errorf("%+v: LeastSketched is %d, want %d", options, got, test.want)
			}
		}
	}
}

func TestColdBins(t *testing.T) {
	for similarity, want := range map[float64]uint8{0.5: 14, 0.8: 6, 0.9: 4, 0.99: 2, 1: 1} {
		options := Options{Similarity: similarity}
		if got := options.coldBins(); got != want {
			t.Errorf("at similarity %v %d cold bins are enough, want %d", similarity, got, want)
		}
	}
}

// A corpus of paragraphs that are random sets of shingles.
type paragraphs struct {
	options Options
	table   *Table
	sets    [][]uint64
	hashes  []uint64
}

func newParagraphs(options Options) *paragraphs {
	return &paragraphs{options: options, table: NewTable(options)}
}

// add makes an article of one paragraph of the set, with as many tokens as
// such a set has when no shingle repeats.
func (p *paragraphs) add(set []uint64) {
	hash := uint64(len(set))
	for _, element := range set {
		hash = hash*31 + element
	}
	p.addTokens(set, hash, len(set)+p.options.ShingleSize-1)
}

func (p *paragraphs) addTokens(set []uint64, hash uint64, tokens int) {
	one := Paragraphs{Hashes: []uint64{hash}, Tokens: []uint32{uint32(tokens)}}
	if tokens >= p.options.LeastSketched() {
		one.Signatures = minhash.AppendSignature(nil, set, p.options.Bins())
	}
	p.table.Add(&one)
	p.sets = append(p.sets, set)
	p.hashes = append(p.hashes, hash)
}

func randomSet(random *rand.Rand, count int) []uint64 {
	set := make([]uint64, count)
	for i := range set {
		set[i] = random.Uint64()
	}
	return set
}

// variant is a set of as many elements that has count of them replaced.
func variant(random *rand.Rand, set []uint64, count int) []uint64 {
	changed := slices.Clone(set)
	for _, i := range random.Perm(len(set))[:count] {
		changed[i] = random.Uint64()
	}
	return changed
}

// TestCandidates holds them to every pair of first standings that is likely by
// its signatures.
func TestCandidates(t *testing.T) {
	random := seeded.Rand(t)
	for range 200 {
		p := newParagraphs(Options{MinTokens: 1, Similarity: 0.6, ShingleSize: 5})
		for range 2 + random.IntN(20) {
			switch i := random.IntN(len(p.sets) + 1); {
			case i == len(p.sets) || random.IntN(4) == 0:
				p.add(randomSet(random, 1+random.IntN(30)))
			case random.IntN(4) == 0:
				p.add(p.sets[i]) // a later standing of the same text
			default:
				p.add(variant(random, p.sets[i], random.IntN(len(p.sets[i])+1)))
			}
		}
		want, sketched := p.brute()
		got, bounded := p.table.Candidates()
		if diff := gocmp.Diff(want, got); diff != "" || bounded != 0 {
			t.Fatalf("%d sets, bounded %d times: candidates (-want +got):\n%s", len(p.sets), bounded, diff)
		}
		if diff := gocmp.Diff(sketched, p.table.Sketched()); diff != "" {
			t.Fatalf("sketched (-want +got):\n%s", diff)
		}
	}
}

// brute compares the signatures of all paragraphs, by their definition.
func (p *paragraphs) brute() (pairs []Pair, sketched []uint32) {
	sketched = []uint32{}
	for b, set := range p.sets {
		if slices.Index(p.hashes, p.hashes[b]) < b || p.table.Tokens(uint32(b)) < p.options.LeastSketched() {
			continue
		}
		for _, a := range sketched {
			bins := p.options.Bins()
			if minhash.Likely(minhash.AppendSignature(nil, set, bins), minhash.AppendSignature(nil, p.sets[a], bins)) {
				pairs = append(pairs, Pair{a, uint32(b)})
			}
		}
		sketched = append(sketched, uint32(b))
	}
	slices.SortFunc(pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return pairs, sketched
}

// near is a set as little similar to the given one as the similarity allows,
// by elements replaced, or by one added where none can be replaced.
func near(random *rand.Rand, set []uint64, similarity float64) []uint64 {
	// Of n elements, r replaced: (n−r)/(n+r) ≥ s.
	if replaced := int(float64(len(set)) * (1 - similarity) / (1 + similarity)); replaced > 0 {
		return variant(random, set, replaced)
	}
	return append(slices.Clone(set), random.Uint64())
}

// TestCandidatesRecall plants pairs just at the similarity.
func TestCandidatesRecall(t *testing.T) {
	random := seeded.Rand(t)
	for _, similarity := range []float64{0.5, 0.8, 0.9} {
		options := Options{MinTokens: 1, Similarity: similarity, ShingleSize: 5}
		least := options.LeastSketched() - options.ShingleSize + 1
		for _, size := range []int{least, least + 1, least + 3, 20, 60, 200} {
			const planted = 4000
			p := newParagraphs(options)
			for range planted {
				set := randomSet(random, size)
				p.add(set)
				p.add(near(random, set, similarity))
			}
			found := 0
			candidates, _ := p.table.Candidates()
			for _, pair := range candidates {
				if pair.A%2 == 0 && pair.B == pair.A+1 {
					found++
				}
			}
			t.Logf("similarity %v, %d shingles: recall %.5f", similarity, size, float64(found)/planted)
			if missed := planted - found; missed > 12 { // one in a thousand, and four standard deviations
				t.Errorf("similarity %v, %d shingles: %d of %d pairs found", similarity, size, found, planted)
			}
		}
	}
}

// TestLookAlikes has 20,000 paragraphs of one letter form, of six lengths.
// All pairs would be 200 million.
func TestLookAlikes(t *testing.T) {
	random := seeded.Rand(t)
	variants := 20_000
	if testing.Short() {
		variants = 4000
	}
	p := newParagraphs(defaults)
	form := randomSet(random, 100)
	for i := range variants {
		p.addTokens(variant(random, form, 4), uint64(i)<<40, 104+i%6)
	}
	start := time.Now()
	candidates, bounded := p.table.Candidates()
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if most := variants * MaxPartners * p.options.Bins(); len(candidates) > most || len(candidates) < variants*MaxPartners {
		t.Errorf("%d candidates, want at most %d", len(candidates), most)
	}
	if bounded > variants || bounded < variants*9/10 {
		t.Errorf("%d texts are bounded, want nearly all of %d", bounded, variants)
	}
}

// TestMaxPartners has paragraphs whose signatures are all alike: each keeps
// those next to it in length.
func TestMaxPartners(t *testing.T) {
	for count := range 3 * MaxPartners {
		p := newParagraphs(Options{MinTokens: 1, Similarity: 1, ShingleSize: 5})
		var want []Pair
		for i := range uint32(count) {
			p.addTokens([]uint64{1, 2, 3}, uint64(i)<<40, int(1000-i))
			for j := i + 1; j < uint32(count); j++ {
				if j-i <= MaxPartners {
					want = append(want, Pair{i, j})
				}
			}
		}
		got, bounded := p.table.Candidates()
		if diff := gocmp.Diff(want, got); diff != "" || bounded != max(0, count-1-MaxPartners) {
			t.Fatalf("%d alike: bounded %d times; candidates (-want +got):\n%s", count, bounded, diff)
		}
	}
}

// signed is a paragraph known by its signature alone.
type signed struct {
	signature []uint32
	tokens    uint32
}

// someSigned are paragraphs of which a random share of the bins hold one of two
// values, the rest values of their own; some are variants of an earlier one.
func someSigned(random *rand.Rand, count, bins int) []signed {
	all := make([]signed, count)
	for i := range all {
		signature := make([]uint32, bins)
		share := random.Float64() * 1.3
		for bin := range signature {
			signature[bin] = random.Uint32N(minhash.EmptyBin)
			if random.Float64() < share {
				signature[bin] = random.Uint32N(2)
			}
			if random.IntN(20) == 0 {
				signature[bin] = minhash.EmptyBin
			}
		}
		if i > 0 && random.IntN(2) == 0 {
			copy(signature, all[random.IntN(i)].signature)
			signature[random.IntN(bins)] = random.Uint32N(minhash.EmptyBin)
		}
		all[i] = signed{signature, MinNearTokens + random.Uint32N(20)}
	}
	return all
}

// bruteBuckets finds the candidates by the rules of the buckets. order is the
// paragraphs by length, then position.
func bruteBuckets(all []signed, coldBins int) (pairs []Pair, bounded int) {
	bins := len(all[0].signature)
	sizes := make([]map[uint32]int, bins)
	for bin := range bins {
		sizes[bin] = make(map[uint32]int)
		for _, p := range all {
			sizes[bin][p.signature[bin]]++
		}
	}
	order := make([]int, len(all))
	doesWithout := make([]bool, len(all))
	for i, p := range all {
		order[i] = i
		cold := 0
		for bin, value := range p.signature {
			if value != minhash.EmptyBin && sizes[bin][value] <= HotBucket {
				cold++
			}
		}
		doesWithout[i] = cold >= coldBins
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(all[i].tokens, all[j].tokens), cmp.Compare(i, j))
	})
	for rank, i := range order {
		cut := false
		for bin, value := range all[i].signature {
			hot := sizes[bin][value] > HotBucket
			if value == minhash.EmptyBin || hot && doesWithout[i] {
				continue
			}
			seen, partners := 0, 0
			for _, j := range order[rank+1:] {
				if all[j].signature[bin] != value || hot && doesWithout[j] {
					continue
				}
				if hot && seen == BucketWindow || partners == MaxPartners {
					cut = true
					break
				}
				seen++
				if minhash.Likely(all[i].signature, all[j].signature) {
					partners++
					pairs = append(pairs, Pair{uint32(min(i, j)), uint32(max(i, j))})
				}
			}
		}
		if cut {
			bounded++
		}
	}
	slices.SortFunc(pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return slices.Compact(pairs), bounded
}

func TestHotBuckets(t *testing.T) {
	random := seeded.Rand(t)
	allBounded, pairs := 0, 0
	for range 6 {
		options := Options{MinTokens: 1, Similarity: []float64{0.5, 0.8, 0.9}[random.IntN(3)], ShingleSize: 5}
		all := someSigned(random, 200+random.IntN(900), options.Bins())
		table := NewTable(options)
		for i, p := range all {
			table.Add(&Paragraphs{Hashes: []uint64{hashOf(i)}, Tokens: []uint32{p.tokens}, Signatures: p.signature})
		}
		want, wantBounded := bruteBuckets(all, int(options.coldBins()))
		got, bounded := table.Candidates()
		if diff := gocmp.Diff(want, got); diff != "" || bounded != wantBounded {
			t.Fatalf("%+v, %d paragraphs: %d bounded, want %d; candidates (-want +got):\n%s",
				options, len(all), bounded, wantBounded, diff)
		}
		allBounded, pairs = allBounded+bounded, pairs+len(got)
	}
	if allBounded < 100 || pairs < 1000 {
		t.Errorf("only %d bounded and %d candidates in all", allBounded, pairs)
	}
}

// BenchmarkCandidates has one paragraph of 250 bytes in ten look like others.
func BenchmarkCandidates(b *testing.B) {
	for _, family := range []int{2, 1000} {
		b.Run(fmt.Sprint("families-of-", family), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			p := newParagraphs(defaults)
			form := randomSet(random, 40)
			for i := range 50_000 {
				if i%(10*family) == 0 {
					form = randomSet(random, 40)
				}
				set := randomSet(random, 40)
				if i%10 == 0 {
					set = variant(random, form, 1)
				}
				p.add(set)
			}
			b.SetBytes(50_000 * 250)
			b.ReportAllocs()
			for b.Loop() {
				p.table.Candidates()
			}
		})
	}
}
