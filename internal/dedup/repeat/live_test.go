package repeat

import (
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestShares adds up weights in several parts, and joins them.
func TestShares(t *testing.T) {
	random := seeded.Rand(t)
	for range 200 {
		want := make([]int, 20)
		parts := []Shares{NewShares(20), NewShares(20), NewShares(20)}
		for range random.IntN(400) {
			paragraph, weight := random.IntN(20), random.IntN(16)
			if paragraph < 5 {
				weight = 0
			}
			want[paragraph] += max(1, weight)
			parts[random.IntN(3)].Add(uint32(paragraph), uint8(weight))
		}
		parts[0].Join(parts[1])
		parts[0].Join(parts[2])
		for paragraph, share := range parts[0] {
			if int(share) != want[paragraph] {
				t.Fatalf("paragraph %d shares %d, want %d", paragraph, share, want[paragraph])
			}
		}
	}
	full := Shares{65530}
	full.Add(0, 15)
	full.Join(Shares{3})
	if full[0] != 65535 {
		t.Errorf("shares go on to %d, not to 65535", full[0])
	}
}

// someTokens are those of a paragraph of that many: random ones, or of a
// vocabulary so small that shingles stand again, or a stretch that goes round.
func someTokens(random *rand.Rand, length int) []uint64 {
	tokens := hashesOf(random, length)
	switch random.IntN(4) {
	case 0:
		vocabulary := hashesOf(random, 1+random.IntN(8))
		for i := range tokens {
			tokens[i] = vocabulary[random.IntN(len(vocabulary))]
		}
	case 1:
		period := 1 + random.IntN(length)
		for i := period; i < length; i++ {
			tokens[i] = tokens[i-period]
		}
	case 2:
		from := random.IntN(length)
		copy(tokens[random.IntN(length):], slices.Clone(tokens[from:min(length, from+1+random.IntN(length))]))
	}
	return tokens
}

// isOne reports whether a paragraph has no shingle twice.
func isOne(shingles []uint64) bool {
	sorted := slices.Sorted(slices.Values(shingles))
	return len(slices.Compact(sorted)) == len(shingles)
}

// TestNearParagraphsAreLive plants near pairs of every kind, at any similarity,
// size of shingles and window, each paragraph between others of its article. Of
// those that do not repeat themselves every one is live; of the others, all but one
// in a thousand.
func TestNearParagraphsAreLive(t *testing.T) {
	random := seeded.Rand(t)
	rounds := 400
	if testing.Short() {
		rounds = 40
	}
	near, repeating, lost := 0, 0, 0
	for range rounds {
		options := someOptions(random)
		if random.IntN(3) == 0 {
			options = defaults
		}
		c := newCorpus(options)
		for range 100 {
			length := MinNearTokens + random.IntN([]int{8, 30, 120, 400}[random.IntN(4)])
			tokens := someTokens(random, length)
			other := edited(random, tokens, random.IntN(1+length/4))
			c.add(t, hashesOf(random, random.IntN(60)), tokens, hashesOf(random, random.IntN(60)))
			c.add(t, other, hashesOf(random, random.IntN(60)))
		}
		live := c.live(textsOf(t, c.table), c.lists(t))
		for paragraph := 0; paragraph < c.table.Len(); paragraph += 5 {
			a, b := c.texts[paragraph+1], c.texts[paragraph+3]
			shinglesA, shinglesB := shinglesOf(a, options.ShingleSize), shinglesOf(b, options.ShingleSize)
			_, jaccard := differing(shinglesA, shinglesB)
			if len(b) < MinNearTokens || jaccard < options.Similarity || slices.Equal(a, b) {
				continue
			}
			repeats := !isOne(shinglesA) || !isOne(shinglesB)
			near, repeating = near+1, repeating+one(repeats)
			if live[paragraph+1] && live[paragraph+3] {
				continue
			}
			lost++
			if !repeats {
				t.Fatalf("%+v: paragraphs of %d and %d tokens and similarity %v are live: %t and %t",
					options, len(a), len(b), jaccard, live[paragraph+1], live[paragraph+3])
			}
		}
	}
	if 1000*lost > repeating {
		t.Errorf("of %d near pairs %d repeat themselves, %d of which are lost", near, repeating, lost)
	}
	if near < 10*rounds || repeating < 3*rounds {
		t.Errorf("only %d pairs, %d of which repeat themselves", near, repeating)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestLive has paragraphs of the default options, by their lengths and what they share.
func TestLive(t *testing.T) {
	const full, most, half, few = 1<<40 - 1, 1<<20 - 1, 1<<19 - 1, 1<<10 - 1 // maps
	for _, test := range []struct {
		tokens int
		bitmap uint64
		share  int
		want   bool
	}{
		{7, full, 255, false}, // too short to be near another
		{8, full, 0, false},
		{8, full, 1, true}, // sampled on its own
		{11, full, 1, true},
		// Of 8 shingles none may be missing, and there is one window.
		{12, full, 0, false},
		{12, full, 1, true},
		// Of 29 windows of 36 shingles three may be lost.
		{40, full, 25, false},
		{40, full, 26, true},
		{40, most, 25, false},
		{40, half, 25, true}, // a shingle that the other lacks may stand there several times
		{40, few, 1, true},
		{40, few, 0, false},
		// Of 179 windows 18 and 4 times 7 may be lost.
		{190, 1<<64 - 1, 132, false},
		{190, 1<<64 - 1, 133, true},
		{190, 1<<64 - 1, 255, true},
		// A full map does not tell what stands twice: half is left to that. Of 185
		// windows 19 and 4 times 7 may be lost; of 9,989, 999 and 249 times 7.
		{196, 1<<64 - 1, 68, false},
		{196, 1<<64 - 1, 69, true},
		{10_000, 1<<64 - 1, 3622, false},
		{10_000, 1<<64 - 1, 3623, true},
	} {
		table := NewTable(defaults)
		table.Add(1, test.tokens, 0, test.bitmap)
		table.Add(1, test.tokens, 0, test.bitmap) // the same text, which counts where it stands first
		table.Add(2, test.tokens, 0, test.bitmap)
		table.AddArticles([]uint32{3})
		shares := NewShares(3)
		for paragraph := range shares {
			for range test.share {
				shares.Add(uint32(paragraph), 1)
			}
		}
		got := table.Live(textsOf(t, table), shares)
		if diff := gocmp.Diff([]bool{test.want, false, test.want}, got); diff != "" {
			t.Errorf("%+v: live (-want +got):\n%s", test, diff)
		}
	}
}

// TestStrangersAreNotLive holds what Live is for: paragraphs that share a phrase of
// 12 words with many others, and nothing else, are not looked at.
func TestStrangersAreNotLive(t *testing.T) {
	random := seeded.Rand(t)
	c := newCorpus(defaults)
	phrase := hashesOf(random, 12)
	for range 500 {
		c.add(t, slices.Concat(hashesOf(random, random.IntN(50)), phrase, hashesOf(random, 30)))
	}
	alive := 0
	for _, isLive := range c.live(textsOf(t, c.table), c.lists(t)) {
		alive += one(isLive)
	}
	if alive > 5 {
		t.Errorf("%d of 500 paragraphs with a phrase in common are live", alive)
	}
}
