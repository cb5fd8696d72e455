package repeat

import (
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

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
			first, end := table.Of(uint32(article))
			if first != paragraph || end != paragraph+uint32(len(texts)) {
				t.Fatalf("%v: article %d has the paragraphs %d to %d", articles, article, first, end)
			}
			for number := range texts {
				if gotArticle, gotNumber := table.ArticleOf(paragraph), table.NumberOf(paragraph); gotArticle != uint32(article) || gotNumber != number {
					t.Fatalf("%v: paragraph %d is number %d of article %d, want %d of %d",
						articles, paragraph, gotNumber, gotArticle, number, article)
				}
				paragraph++
			}
		}
	}
}

func TestParagraphs(t *testing.T) {
	var one, other Paragraphs
	one.Add(1, 2, 3, 4)
	other.Add(5, 6, 7, 8)
	other.Add(9, 10, 11, 12)
	one.Append(&other)
	want := Paragraphs{Hashes: []uint64{1, 5, 9}, Tokens: []uint32{2, 6, 10}, Starts: []uint32{3, 7, 11}, Maps: []uint64{4, 8, 12}}
	if diff := gocmp.Diff(want, one); diff != "" || one.Len() != 3 {
		t.Errorf("%d paragraphs (-want +got):\n%s", one.Len(), diff)
	}
	one.Reset()
	if one.Append(&other); one.Len() != 2 || one.Maps[1] != 12 {
		t.Errorf("used again: %+v", one)
	}
}

// TestLeastSketched holds that the length alone decides, not how many shingles
// would be needed: unequal texts can have equal sets.
func TestLeastSketched(t *testing.T) {
	for _, test := range []struct{ minTokens, want int }{{1, MinNearTokens}, {8, 8}, {9, 9}, {30, 30}} {
		for _, similarity := range []float64{0.5, 0.9, 1} {
			options := Options{MinTokens: test.minTokens, Similarity: similarity, ShingleSize: 5, Window: 8}
			if got := options.LeastSketched(); got != test.want {
				t.Errorf("%+v: LeastSketched is %d, want %d", options, got, test.want)
			}
		}
	}
}

// someHashes are hashes of texts, few of them, of which some agree in the bits
// that package group tells keys apart by, and some in the others.
func someHashes(random *rand.Rand) []uint64 {
	hashes := hashesOf(random, 1+random.IntN(20))
	for range random.IntN(20) {
		const counted = 1<<44 - 1<<4
		hash := hashes[random.IntN(len(hashes))]
		switch random.IntN(3) {
		case 0:
			hash = hash&^counted | random.Uint64()&counted
		case 1:
			hash = hash&counted | random.Uint64()&^counted
		case 2:
			hash ^= 1 + random.Uint64N(15)
		}
		hashes = append(hashes, hash)
	}
	return hashes
}

// TestTexts holds them to the definition: the standings of a text are the
// paragraphs of its hash that are long enough.
func TestTexts(t *testing.T) {
	random := seeded.Rand(t)
	for round := range 300 {
		hashes := someHashes(random)
		count := random.IntN(100)
		if round == 0 {
			count = 2*textBatch + 100
		}
		table := NewTable(Options{MinTokens: 5, Similarity: 0.9, ShingleSize: 5, Window: 8})
		standings := make(map[uint64][]uint32)
		for paragraph := range uint32(count) {
			hash, tokens := hashes[random.IntN(len(hashes))], 3+random.IntN(20)
			table.Add(hash, tokens, 0, 0)
			if tokens >= 5 {
				standings[hash] = append(standings[hash], paragraph)
			}
		}
		checkTexts(t, table, standings)
	}
}

func checkTexts(t *testing.T, table *Table, standings map[uint64][]uint32) {
	t.Helper()
	texts := textsOf(t, table)
	var sketched []uint32
	inRuns := 0
	for p := range uint32(table.Len()) {
		want := []uint32{p}
		if table.Tokens[p] >= 5 {
			want = standings[table.Hashes[p]]
		}
		if got := texts.of(p); !slices.Equal(got, want) || texts.First(p) != want[0] {
			t.Fatalf("paragraph %d of %d, hash %#x: the text stands at %v, want %v", p, table.Len(), table.Hashes[p], got, want)
		}
		if table.Tokens[p] >= MinNearTokens && want[0] == p {
			sketched = append(sketched, p)
		}
	}
	for run := range texts.ends {
		of := texts.ofRun(run)
		if want := standings[table.Hashes[of[0]]]; !slices.Equal(of, want) || len(of) < 2 {
			t.Fatalf("run %d is %v, want %v", run, of, want)
		}
		inRuns += len(of)
	}
	for _, all := range standings {
		if len(all) > 1 {
			inRuns -= len(all)
		}
	}
	if inRuns != 0 {
		t.Fatalf("%d standings too many in the runs", inRuns)
	}
	if diff := gocmp.Diff(sketched, table.Sketched(texts)); diff != "" {
		t.Fatalf("sketched (-want +got):\n%s", diff)
	}
}
