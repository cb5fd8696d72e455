package passage

import (
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkIndex times the search in a text as reading leaves it: parts of some hundred tokens of
// a skewed vocabulary, each of which stands in another one too. A token counts as a byte.
func BenchmarkIndex(b *testing.B) {
	for _, size := range []struct {
		name  string
		parts int
	}{{"100k", 400}, {"3M", 12_000}} {
		b.Run(size.name, func(b *testing.B) {
			parts, groups, weighty := benchParts(size.parts)
			tokens := 0
			for _, part := range parts {
				tokens += len(part)
			}
			b.SetBytes(int64(tokens))
			b.ReportAllocs()
			for b.Loop() {
				text := &Text{}
				for owner, part := range parts {
					text.Add(uint32(owner), part)
				}
				x := NewIndex(text, Options{Least: 25, Groups: groups, Weighty: weighty, Common: 1000})
				if len(x.Repeats()) == 0 || x.Elsewhere()[0].Tokens == 0 {
					b.Fatal("nothing was found")
				}
			}
		})
	}
}

func benchParts(count int) (parts [][]int32, groups []int32, weighty []bool) {
	const words, length = 50_000, 250
	random := rand.New(rand.NewPCG(1, 2))
	for range words {
		weighty = append(weighty, true)
	}
	for owner := range count {
		part := make([]int32, 0, length)
		for len(part) < length {
			part = append(part, int32(math.Pow(words, random.Float64()))-1)
		}
		if owner > 0 { // a run of an earlier one
			start, run := random.IntN(length/2), 30+random.IntN(length/2-30)
			copy(part[random.IntN(length/2):], parts[random.IntN(owner)][start:start+run])
		}
		parts, groups = append(parts, part), append(groups, int32(owner))
	}
	return parts, groups, weighty
}
