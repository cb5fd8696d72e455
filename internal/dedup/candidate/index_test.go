package candidate

import (
	"math/bits"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// ranked is a list of an index taken apart.
type ranked struct {
	Ranks   []uint32
	Weights []int
}

func rankedLists(x *Index) []ranked {
	lists := make([]ranked, len(x.listEnds))
	for rank := range x.Len() {
		for _, m := range x.listsOfRank(rank) {
			list := &lists[m.list()]
			list.Ranks, list.Weights = append(list.Ranks, uint32(rank)), append(list.Weights, m.weight())
		}
	}
	return lists
}

// TestRanks pins how lists of owners become lists of ranks: articles by size, then
// by position, the weights of one article added up to 255 at the most, those that are not
// ranked left out, and with them the lists that have fewer than two.
func TestRanks(t *testing.T) {
	var sizes Sizes
	for _, shingles := range []int{30, 10, 20, 0, 10, 40} {
		sizes.Add(shingles, shingles, false, new(Map))
	}
	ranking := NewRanking(&sizes, func(article int) bool { return article != 5 })
	articleOf := []uint32{0, 0, 1, 2, 3, 4, 4, 5} // by owner
	parts := make([]Ranks, 4)                     // the third of which stays empty
	for _, list := range []struct {
		part    int
		owners  []uint32
		weights []uint8
	}{
		{0, []uint32{0, 1, 2}, []uint8{3, 4, 5}},
		{0, []uint32{0, 1}, []uint8{3, 4}},    // of one article
		{0, []uint32{2, 4, 7}, []uint8{1, 1}}, // one of the three is ranked
		{1, []uint32{0, 2, 3, 5, 6}, []uint8{1, 2, 0, 200, 100}},
		{1, nil, nil},
		{3, []uint32{3, 5}, []uint8{15, 255}},
	} {
		for len(list.weights) < len(list.owners) {
			list.weights = append(list.weights, 1)
		}
		parts[list.part].Add(ranking, articleOf, list.owners, list.weights)
	}
	index := NewIndex(ranking, parts)
	want := []ranked{
		{[]uint32{0, 3}, []int{5, 7}},
		{[]uint32{0, 1, 2, 3}, []int{2, 255, 0, 1}},
		{[]uint32{1, 2}, []int{255, 15}},
	}
	if diff := gocmp.Diff(want, rankedLists(index)); diff != "" {
		t.Errorf("lists (-want +got):\n%s", diff)
	}
	if diff := gocmp.Diff([]uint32{1, 4, 2, 0}, index.articles); diff != "" || index.Len() != 4 {
		t.Errorf("articles by rank (-want +got):\n%s", diff)
	}
	for i := range parts {
		if len(parts[i].ranks) > 0 {
			t.Errorf("part %d has been taken over and is there", i)
		}
	}
}

// TestLengthClass holds that a longer list is in no lower class, that those of up to
// 32 have a class each, and others a class for a quarter of a doubling.
func TestLengthClass(t *testing.T) {
	last := -1
	for length := range 1 << 20 {
		class := lengthClass(length)
		if class < last || class > last+1 || length <= 32 && class != length {
			t.Fatalf("the class of %d is %d, after %d", length, class, last)
		}
		last = class
	}
	for doubling := 5; doubling < 31; doubling++ {
		for quarter := range 4 {
			length := 1<<doubling + quarter<<(doubling-2)
			if got, below := lengthClass(length), lengthClass(length-1); got != below+1 || got != 32+4*(bits.Len(uint(length))-6)+quarter {
				t.Errorf("the class of %d is %d, and of one less %d", length, got, below)
			}
		}
	}
	if most := lengthClass(1<<32 - 1); most >= lengthClasses {
		t.Errorf("the longest lists are of class %d, of %d", most, lengthClasses)
	}
}
