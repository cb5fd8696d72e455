package dedup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/repeat"
	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

// bruteRepeats is the rules of package repeat in a few lines of maps and
// strings, over the paragraphs of a small corpus.
type bruteRepeats struct {
	options  Options
	stories  []story
	clusters map[int]int    // by article; 0 for none
	firsts   map[string]int // by text: its first standing
	all      []placed
}

// placed is a paragraph at its place.
type placed struct {
	article, number int // both from 0
	position        int // over all articles
	text            string
}

func newBruteRepeats(stories []story, options Options) *bruteRepeats {
	b := &bruteRepeats{options: options, stories: stories, firsts: make(map[string]int)}
	for article, s := range stories {
		for number, line := range strings.Split(s.Text, "\n") {
			if _, known := b.firsts[line]; !known {
				b.firsts[line] = len(b.all)
			}
			b.all = append(b.all, placed{article, number, len(b.all), line})
		}
	}
	b.clusters = b.join()
	return b
}

// join gives the articles that pairs join the same number, above 0.
func (b *bruteRepeats) join() map[int]int {
	var texts []string
	for _, s := range b.stories {
		texts = append(texts, strings.ReplaceAll(s.Text, "\n", " "))
	}
	numbers := make(map[int]int)
	number := func(key string) int {
		article, _ := strconv.Atoi(key)
		if numbers[article] == 0 {
			numbers[article] = article + 1
		}
		return article
	}
	for _, pair := range newBrute(texts, b.options).pairs(texts) {
		from, to := numbers[number(pair.A)], numbers[number(pair.B)]
		for article := range numbers {
			if numbers[article] == from {
				numbers[article] = to
			}
		}
	}
	return numbers
}

// similarity is 0 for paragraphs that have nothing to do with each other.
func (b *bruteRepeats) similarity(at, of placed) float64 {
	words, others := strings.Fields(at.text), strings.Fields(of.text)
	switch {
	case min(len(words), len(others)) < b.options.MinRepeat:
		return 0
	case at.text == of.text:
		return 1
	case min(len(words), len(others)) < repeat.MinNearTokens:
		return 0
	}
	set, other := shingleStrings(words, b.options.ShingleSize), shingleStrings(others, b.options.ShingleSize)
	shared := 0
	for shingle := range set {
		if other[shingle] {
			shared++
		}
	}
	jaccard := float64(shared) / float64(len(set)+len(other)-shared)
	if jaccard < b.options.RepeatSimilarity {
		return 0
	}
	return jaccard
}

// An option is an earlier paragraph that one may be a repeat of.
type option struct {
	placed
	similarity  float64
	equal       bool
	same        bool // article
	sameSource  bool
	sameCluster bool
	firstOfText int
}

func (b *bruteRepeats) optionsOf(at placed) []option {
	var all []option
	for _, of := range b.all[:at.position] {
		similarity := b.similarity(at, of)
		if similarity == 0 {
			continue
		}
		source := b.stories[at.article].Source
		all = append(all, option{
			placed: of, similarity: similarity, equal: at.text == of.text, same: at.article == of.article,
			sameSource:  source != "" && source == b.stories[of.article].Source,
			sameCluster: b.clusters[at.article] > 0 && b.clusters[at.article] == b.clusters[of.article],
			firstOfText: b.firsts[of.text],
		})
	}
	return all
}

// one is how true sorts: after false.
func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// compare orders by: the same article before others, the same text before near
// ones, the more similar, the first text, the same source, the first standing.
func (o option) compare(p option) int {
	return cmp.Or(
		cmp.Compare(one(p.same), one(o.same)),
		cmp.Compare(one(p.equal), one(o.equal)),
		cmp.Compare(p.similarity, o.similarity),
		cmp.Compare(o.firstOfText, p.firstOfText),
		cmp.Compare(one(p.sameSource), one(o.sameSource)),
		cmp.Compare(o.position, p.position),
	)
}

// A likeness is a repeat as brute force and scan both can tell it.
type likeness struct {
	Class      Class
	At, Of     string // article:paragraph
	Similarity float64
}

func (b *bruteRepeats) repeats() (all []likeness, explained int) {
	for _, at := range b.all {
		options := b.optionsOf(at)
		if len(options) == 0 {
			continue
		}
		best := slices.MinFunc(options, option.compare)
		class := Across
		switch {
		case best.same:
			class = Within
		case slices.ContainsFunc(options, func(o option) bool { return o.sameCluster }):
			explained++
			continue
		case best.sameSource:
			class = Source
		}
		all = append(all, likeness{
			class, fmt.Sprint(at.article, ":", at.number+1), fmt.Sprint(best.article, ":", best.number+1), best.similarity,
		})
	}
	return all, explained
}

func likenesses(r *Result) []likeness {
	at := func(p ParagraphPlace) string { return fmt.Sprint(p.Article, ":", p.Paragraph) }
	var all []likeness
	for _, found := range r.Repeats {
		all = append(all, likeness{found.Class, at(found.At), at(found.Of), found.Similarity})
	}
	return all
}

// fewParagraphs are articles out of a handful of paragraphs, some near each
// other, of sources known and unknown.
func fewParagraphs(random *rand.Rand) []story {
	var paragraphs []string
	for range 2 + random.IntN(6) {
		words := randomWords(random, 1+random.IntN(40), 60)
		for range 1 + random.IntN(3) {
			paragraphs = append(paragraphs, strings.Join(words, " "))
			words = append(words, fmt.Sprintf("w%d", random.IntN(60)))
		}
	}
	stories := make([]story, 1+random.IntN(12))
	for i := range stories {
		var body []string
		for range 1 + random.IntN(5) {
			body = append(body, paragraphs[random.IntN(len(paragraphs))])
		}
		stories[i] = storyOf(fmt.Sprint(i), []string{"", "courier", "ledger"}[random.IntN(3)], strings.Join(body, "\n"))
	}
	return stories
}

// TestRandomRepeats holds the repeats of small corpora to brute force: within,
// in a source, across, and explained by a cluster.
func TestRandomRepeats(t *testing.T) {
	rounds := 800
	if testing.Short() {
		rounds = 80
	}
	byClass, allExplained := make(map[Class]int), 0
	for round := range rounds {
		random := rand.New(rand.NewPCG(seeded.Seed(), uint64(round)))
		stories := fewParagraphs(random)
		options := DefaultOptions()
		options.Paragraphs = text.Line
		options.RepeatSimilarity = []float64{0.5, 0.9, 1}[round%3]
		options.MinRepeat = 1 + round%2*9
		options.Workers = 1 + round%2
		want, wantExplained := newBruteRepeats(stories, options).repeats()
		for _, options.Exhaustive = range []bool{false, true} {
			result := scanOf(t, newMemory(stories...), func(o *Options) { *o = options })
			if diff := gocmp.Diff(want, likenesses(result)); diff != "" || result.Summary.RepeatsExplained != wantExplained {
				t.Fatalf("seed %d round %d, exhaustive=%t, of %+v: %d explained, want %d; repeats (-want +got):\n%s",
					seeded.Seed(), round, options.Exhaustive, stories, result.Summary.RepeatsExplained, wantExplained, diff)
			}
		}
		for _, found := range want {
			byClass[found.Class]++
		}
		allExplained += wantExplained
	}
	for _, class := range []Class{Within, Source, Across} {
		if byClass[class] < rounds/4 || allExplained < rounds/4 {
			t.Fatalf("the corpora are poor: %v by class, %d explained", byClass, allExplained)
		}
	}
}
