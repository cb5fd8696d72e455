package minhash

import (
	"math/rand/v2"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// hashesOf returns that many random hashes.
func hashesOf(random *rand.Rand, count int) []uint64 {
	hashes := make([]uint64, count)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	return hashes
}

// shinglesOf returns the shingles of a text of token hashes.
func shinglesOf(tokens []uint64, size int) []uint64 {
	return shingle.Append(nil, shingle.AppendSums(nil, tokens), size)
}

// sketchOf returns a sketch of its own memory.
func sketchOf(hashes []uint64, window int) Sketch {
	var sketcher Sketcher
	return *sketcher.Sketch(hashes, window)
}

// An edit changes a text, a share of it or so.
type edit struct {
	name  string
	apply func(random *rand.Rand, tokens []uint64, places []int) []uint64
}

// at makes an edit out of what stands in the place of each token that is edited.
func at(replace func(random *rand.Rand, token uint64) []uint64) func(*rand.Rand, []uint64, []int) []uint64 {
	return func(random *rand.Rand, tokens []uint64, places []int) (edited []uint64) {
		for i, token := range tokens {
			if slices.Contains(places, i) {
				edited = append(edited, replace(random, token)...)
			} else {
				edited = append(edited, token)
			}
		}
		return edited
	}
}

var edits = []edit{
	{"deletion", at(func(*rand.Rand, uint64) []uint64 { return nil })},
	{"substitution", at(func(random *rand.Rand, _ uint64) []uint64 { return hashesOf(random, 1) })},
	{"insertion", at(func(random *rand.Rand, token uint64) []uint64 {
		return append(hashesOf(random, 1+random.IntN(10)), token)
	})},
	{"cut at the ends", func(random *rand.Rand, tokens []uint64, places []int) []uint64 {
		cut := min(len(places), len(tokens)-1)
		start := random.IntN(cut + 1)
		kept := tokens[start : len(tokens)-(cut-start)]
		return slices.Concat(hashesOf(random, random.IntN(20)), kept, hashesOf(random, random.IntN(20)))
	}},
	{"pieces in another order", func(random *rand.Rand, tokens []uint64, places []int) (edited []uint64) {
		slices.Sort(places)
		var pieces [][]uint64
		from := 0
		for _, place := range append(places, len(tokens)) {
			pieces, from = append(pieces, tokens[from:place]), place
		}
		random.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		return slices.Concat(pieces...)
	}},
}

// everyEdit applies each to some of the places.
func everyEdit(random *rand.Rand, tokens []uint64, places []int) []uint64 {
	for _, e := range edits {
		own := slices.DeleteFunc(slices.Clone(places), func(place int) bool {
			return place >= len(tokens) || random.IntN(len(edits)) > 0
		})
		tokens = e.apply(random, tokens, own)
	}
	return tokens
}

// A spread says where so many edits stand in a text of that length.
type spread struct {
	name   string
	places func(random *rand.Rand, length, count int) []int
}

var spreads = []spread{
	{"evenly", func(_ *rand.Rand, length, count int) []int {
		places := make([]int, count)
		for i := range places {
			places[i] = (2*i + 1) * length / (2 * count)
		}
		return places
	}},
	{"at random", func(random *rand.Rand, length, count int) []int { return random.Perm(length)[:count] }},
}
