package passage

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestWorkGrowsWithTheText counts what could be more than linear: the suffixes that are looked at
// because a run may be the inside of a longer one, the intervals, and the votes for partners.
func TestWorkGrowsWithTheText(t *testing.T) {
	for _, size := range []int{1 << 10, 1 << 14, 1 << 18} {
		for name, parts := range hostileParts(t, size) {
			x := indexOfParts(25, parts)
			length := len(x.suffixes)
			if most := length * bits.Len(uint(length)); x.looked > most {
				t.Errorf("%s of %d tokens: %d suffixes are looked at, more than %d", name, length, x.looked, most)
			}
			if len(x.repeats)+len(x.commons) > 2*length {
				t.Errorf("%s of %d tokens: %d repeats and %d common ones", name, length, len(x.repeats), len(x.commons))
			}
			e := &elsewhere{Index: x}
			if e.gatherVotes(); len(e.votes) > maxVoters*length {
				t.Errorf("%s of %d tokens: %d votes", name, length, len(e.votes))
			}
		}
	}
}

// TestRepeatOfManyPlaces: a run that stands in each part is one repeat, and the work for
// each part does not grow with their number.
func TestRepeatOfManyPlaces(t *testing.T) {
	for _, parts := range []int{100, 10_000} {
		x := indexOfParts(25, paragraphEverywhere(40*parts))
		if len(x.repeats) != 1 || int(x.repeats[0].Standings) != parts || int(x.repeats[0].Owners) != parts || x.repeats[0].Length != 30 {
			t.Errorf("in %d parts: %+v", parts, x.repeats)
		}
		if places := x.Places(x.repeats[0], parts); len(places) != parts {
			t.Errorf("in %d parts: %d places", parts, len(places))
		}
		if x.looked > 0 {
			t.Errorf("in %d parts: %d suffixes are looked at once more", parts, x.looked)
		}
	}
}

// indexOfParts makes an index of parts of tokens, with an owner each.
func indexOfParts(least int, parts [][]int32) *Index {
	text, options := &Text{}, Options{Least: least, Common: 1 << 30}
	for owner, tokens := range parts {
		text.Add(uint32(owner), tokens)
		options.Groups = append(options.Groups, int32(owner))
		for int(slices.Max(tokens)) >= len(options.Weighty) {
			options.Weighty = append(options.Weighty, true)
		}
	}
	return NewIndex(text, options)
}

// hostileParts are texts of about a size whose runs lie in each other as often as can be.
func hostileParts(t *testing.T, size int) map[string][][]int32 {
	random := seeded.Rand(t)
	one, three, parity := make([]int32, size), make([]int32, size), make([]int32, size)
	for i := range size {
		three[i], parity[i] = int32(i%3), int32(bits.OnesCount(uint(i))%2)
	}
	golden, before := []int32{0, 1}, []int32{0}
	for len(golden) < size {
		golden, before = slices.Concat(golden, before), golden
	}
	broken := slices.Clone(three)
	for range size / 100 {
		broken[random.IntN(size)] = int32(random.IntN(5))
	}
	var cut [][]int32 // at every length
	for length, total := 25, 0; total < size; length++ {
		cut, total = append(cut, three[:min(length, size)]), total+length
	}
	return map[string][][]int32{
		"one word": {one}, "one word, in two parts": {one[:size/2], one[size/2:]}, "three words": {three}, "three words with mistakes": {broken},
		"parity": {parity}, "golden": {golden}, "cuts": cut, "a paragraph everywhere": paragraphEverywhere(size),
	}
}

// paragraphEverywhere is parts that share 30 tokens of 40.
func paragraphEverywhere(size int) (parts [][]int32) {
	next := int32(30)
	for range size / 40 {
		part := make([]int32, 0, 40)
		for i := range int32(40) {
			if i < 5 || i >= 35 {
				part, next = append(part, next), next+1
			} else {
				part = append(part, i-5)
			}
		}
		parts = append(parts, part)
	}
	return parts
}
