package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// brute is the definition of the findings in a few lines of maps and strings:
// it shares nothing with the package but the words. Texts are lower-case words
// parted by single spaces.
type brute struct {
	options Options
	sets    []map[string]bool
	words   []int
}

func newBrute(texts []string, options Options) *brute {
	b := &brute{options: options}
	for _, body := range texts {
		words := strings.Fields(body)
		b.words = append(b.words, len(words))
		b.sets = append(b.sets, shingleStrings(words, options.ShingleSize))
	}
	return b
}

func shingleStrings(words []string, size int) map[string]bool {
	set := make(map[string]bool)
	if len(words) == 0 {
		return set
	}
	size = min(size, len(words))
	for i := 0; i+size <= len(words); i++ {
		set[strings.Join(words[i:i+size], " ")] = true
	}
	return set
}

// pairs compares all firsts of a text with each other, and the others with their first.
func (b *brute) pairs(texts []string) []keyed {
	var pairs []keyed
	first := make(map[string]int)
	for j, body := range texts {
		if b.words[j] == 0 {
			continue
		}
		normal := strings.Join(strings.Fields(body), " ")
		if i, seen := first[normal]; seen {
			pairs = append(pairs, keyed{Exact, key(i), key(j), 1, 1, 1})
			continue
		}
		for _, i := range first {
			if pair, ok := b.pair(i, j); ok {
				pairs = append(pairs, pair)
			}
		}
		first[normal] = j
	}
	slices.SortFunc(pairs, func(p, q keyed) int { return cmpStrings(p.A, q.A, p.B, q.B) })
	return pairs
}

func (b *brute) pair(i, j int) (keyed, bool) {
	shared := 0
	for shingle := range b.sets[i] {
		if b.sets[j][shingle] {
			shared++
		}
	}
	sizeI, sizeJ := len(b.sets[i]), len(b.sets[j])
	k := keyed{
		A: key(i), B: key(j),
		Similarity: float64(shared) / float64(sizeI+sizeJ-shared),
		AInB:       float64(shared) / float64(sizeI),
		BInA:       float64(shared) / float64(sizeJ),
	}
	switch {
	case k.Similarity >= b.options.Threshold:
		k.Kind = Near
		return k, true
	case k.AInB >= b.options.Containment && b.words[i] >= b.options.MinContained,
		k.BInA >= b.options.Containment && b.words[j] >= b.options.MinContained:
		k.Kind = Contained
		return k, true
	}
	return k, false
}

func key(i int) string { return fmt.Sprintf("%03d", i) }

func checkAgainstBrute(t *testing.T, texts []string, change func(*Options)) {
	t.Helper()
	options := DefaultOptions()
	options.Templates = MergeTemplates // see TestTemplates
	if change != nil {
		change(&options)
	}
	want := newBrute(texts, options).pairs(texts)
	for _, exhaustive := range []bool{false, true} {
		got := keyedPairs(scanOf(t, bodies(texts...), func(o *Options) {
			*o = options
			o.Exhaustive = exhaustive
		}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("exhaustive=%t, of %q (-want +got):\n%s", exhaustive, texts, diff)
		}
	}
}

// TestSmallWorld holds every corpus of three texts of up to four words out of two.
func TestSmallWorld(t *testing.T) {
	var texts []string
	for _, words := range []int{0, 1, 2, 3, 4} {
		for bits := range 1 << words {
			var body []string
			for w := range words {
				body = append(body, []string{"a", "b"}[bits>>w&1])
			}
			texts = append(texts, strings.Join(body, " "))
		}
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := range texts {
		for j := i; j < len(texts); j++ {
			for k := j; k < len(texts); k += step {
				checkAgainstBrute(t, []string{texts[i], texts[j], texts[k]}, func(o *Options) {
					o.ShingleSize, o.MinContained, o.Threshold, o.Containment = 2, 1, 0.5, 0.6
					o.Kinds = []Kind{Exact, Near, Contained}
				})
			}
		}
	}
}

// TestRandomCorpora holds random corpora full of copies, edits and excerpts
// against brute force, over thresholds.
func TestRandomCorpora(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for round := range rounds {
		random := rand.New(rand.NewPCG(seeded.Seed(), uint64(round)))
		texts := randomTexts(random, 40)
		threshold := []float64{0.3, 0.5, 0.8, 0.95}[round%4]
		t.Run(fmt.Sprintf("seed %d round %d at %v", seeded.Seed(), round, threshold), func(t *testing.T) {
			checkAgainstBrute(t, texts, func(o *Options) {
				o.Threshold = threshold
				o.ShingleSize = 1 + round%7
				o.Workers = 1 + round%3
			})
		})
	}
}

// randomTexts are originals of 0 to 400 words, and copies, edited copies,
// excerpts and texts with an excerpt of them.
func randomTexts(random *rand.Rand, count int) []string {
	var texts [][]string
	for len(texts) < count {
		switch origin := random.IntN(5); {
		case origin == 0 || len(texts) < 4:
			texts = append(texts, randomWords(random, random.IntN(400), 300))
		default:
			texts = append(texts, varied(random, texts[random.IntN(len(texts))], origin))
		}
	}
	joined := make([]string, count)
	for i, words := range texts {
		joined[i] = strings.Join(words, " ")
	}
	return joined
}

func randomWords(random *rand.Rand, count, vocabulary int) []string {
	words := make([]string, count)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", random.IntN(vocabulary))
	}
	return words
}

func varied(random *rand.Rand, original []string, way int) []string {
	words := slices.Clone(original)
	if len(words) == 0 {
		return words
	}
	switch way {
	case 1: // a copy
	case 2: // edited words
		for range 1 + random.IntN(1+len(words)/15) {
			words[random.IntN(len(words))] = "edited" + fmt.Sprint(random.IntN(1000))
		}
	case 3: // an excerpt
		start := random.IntN(len(words))
		words = words[start : start+1+random.IntN(len(words)-start)]
	case 4: // furniture around it
		words = slices.Concat(randomWords(random, random.IntN(60), 300), words, randomWords(random, random.IntN(60), 300))
	}
	return words
}
