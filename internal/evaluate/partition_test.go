package evaluate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestBCubedOfItsAuthors is the example of Bagga and Baldwin: true chains of five, two
// and five mentions, answered by joining the small one, or the two large ones.
func TestBCubedOfItsAuthors(t *testing.T) {
	truth := []int{0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2}
	for _, test := range []struct {
		found     []int
		precision float64
	}{
		{[]int{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, 0.762},
		{[]int{0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0}, 0.583},
	} {
		got := BCubed(test.found, truth)
		if math.Abs(got.Precision-test.precision) > 0.0005 || got.Recall != 1 {
			t.Errorf("%v: %+v, want precision %v and recall 1", test.found, got, test.precision)
		}
		if swapped := BCubed(truth, test.found); swapped.Recall != got.Precision {
			t.Errorf("%v: with found and truth exchanged %+v", test.found, swapped)
		}
	}
}

func TestAdjustedRand(t *testing.T) {
	for _, test := range []struct {
		found, truth []int
		want         float64
		ok           bool
	}{
		{[]int{0, 0, 1, 1}, []int{0, 0, 1, 2}, 4.0 / 7, true},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, -0.5, true},
		{[]int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0, true},
		{[]int{7, 7, 9}, []int{1, 1, 0}, 1, true},
		{[]int{0, 1, 2}, []int{5, 6, 7}, 0, false},
		{[]int{0, 0, 0}, []int{5, 5, 5}, 0, false},
		{nil, nil, 0, false},
	} {
		if got, ok := AdjustedRand(test.found, test.truth); got != test.want || ok != test.ok {
			t.Errorf("%v against %v: %v, %v, want %v, %v", test.found, test.truth, got, ok, test.want, test.ok)
		}
	}
}

// TestAdjustedRandOfACorpus holds that the figure of three copies among many
// articles is not lost in those that stand alone.
func TestAdjustedRandOfACorpus(t *testing.T) {
	const n = 300_000
	found, truth := make([]int, n), make([]int, n)
	for i := range n {
		found[i], truth[i] = i, i
	}
	truth[1], truth[2], found[1] = 0, 0, 0
	if got, ok := AdjustedRand(found, truth); math.Abs(got-0.5) > 1e-9 || !ok { // one pair of three
		t.Errorf("%v, %v, want about 0.5", got, ok)
	}
}

// TestGroupFiguresByPairs holds both figures against their definitions, article by
// article and pair by pair.
func TestGroupFiguresByPairs(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		found, truth := groupingsOf(random, 1+random.IntN(20))
		n := len(found)
		var b, p, q, all float64
		var want Scores
		for i := range n {
			var inBoth, inFound, inTruth float64
			for j := range n {
				inF, inT := found[i] == found[j], truth[i] == truth[j]
				inBoth, inFound, inTruth = inBoth+count(inF && inT), inFound+count(inF), inTruth+count(inT)
				if i < j {
					b, p, q, all = b+count(inF && inT), p+count(inF), q+count(inT), all+1
				}
			}
			want.Precision += inBoth / inFound / float64(n)
			want.Recall += inBoth / inTruth / float64(n)
		}
		got := BCubed(found, truth)
		if math.Abs(got.Precision-want.Precision) > 1e-12 || math.Abs(got.Recall-want.Recall) > 1e-12 {
			t.Fatalf("%v against %v: %+v, want %+v", found, truth, got, want)
		}
		if got, want := Pairs(found, truth), (Counts{Found: int64(p), Right: int64(b), Wanted: int64(q)}); got != want {
			t.Fatalf("%v against %v: %+v, want %+v", found, truth, got, want)
		}
		index, ok := AdjustedRand(found, truth)
		chance := p * q / all
		if most := (p + q) / 2; ok && math.Abs(index-(b-chance)/(most-chance)) > 1e-9 || !ok && all > 0 && math.Abs(most-chance) > 1e-9 {
			t.Fatalf("%v against %v: %v, %v", found, truth, index, ok)
		}
	}
}

func count(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

// TestJoin holds the groups against spreading the least number until nothing changes.
func TestJoin(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		n := 1 + random.IntN(12)
		pairs := make([][2]int, random.IntN(n+1))
		for i := range pairs {
			pairs[i] = [2]int{random.IntN(n), random.IntN(n)}
		}
		want := make([]int, n)
		for i := range want {
			want[i] = i
		}
		for range n {
			for _, pair := range pairs {
				least := min(want[pair[0]], want[pair[1]])
				want[pair[0]], want[pair[1]] = least, least
			}
		}
		if diff := cmp.Diff(want, Join(n, pairs)); diff != "" {
			t.Fatalf("%d, %v (-want +got):\n%s", n, pairs, diff)
		}
	}
}
