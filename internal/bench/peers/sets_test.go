package peers

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
)

const (
	shingleSize = 5 // words
	threshold   = 0.8
)

// A set is the shingles of an article: hashes, sorted, unique.
type set []uint64

// setOf leans on no code that is measured. An article of fewer words than a
// shingle is one shingle, as newsdedup has it.
func setOf(text string) set {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil
	}
	shingles := make(set, 0, len(words))
	for i := range max(1, len(words)-shingleSize+1) {
		shingles = append(shingles, xxhash.Sum64String(strings.Join(words[i:min(i+shingleSize, len(words))], " ")))
	}
	slices.Sort(shingles)
	return slices.Compact(shingles)
}

// wordsOf finds the words of generated English: an apostrophe inside a word
// belongs to it.
func wordsOf(text string) []string {
	plain := strings.ReplaceAll(strings.ToLower(text), "’", "'")
	words := strings.FieldsFunc(plain, func(char rune) bool {
		return !unicode.IsLetter(char) && !unicode.IsNumber(char) && !unicode.IsMark(char) && char != '\''
	})
	for i, word := range words {
		words[i] = strings.Trim(word, "'")
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// A pair is the positions of two articles, the lower first.
type pair [2]int

// exactPairs compares every two articles that share a shingle.
func exactPairs(sets []set) map[pair]bool {
	similar := make(map[pair]bool)
	standings := make(map[uint64][]int)
	shared := make([]int, len(sets)) // with the current article, by earlier article
	var touched []int
	for b, shingles := range sets {
		for _, shingle := range shingles {
			for _, a := range standings[shingle] {
				if shared[a] == 0 {
					touched = append(touched, a)
				}
				shared[a]++
			}
			standings[shingle] = append(standings[shingle], b)
		}
		for _, a := range touched {
			union := len(sets[a]) + len(shingles) - shared[a]
			if float64(shared[a]) >= threshold*float64(union) {
				similar[pair{a, b}] = true
			}
			shared[a] = 0
		}
		touched = touched[:0]
	}
	return similar
}

// judge returns the recall and the precision of what was found.
func judge(found, truth map[pair]bool) (recall, precision float64) {
	hits := 0
	for p := range found {
		if truth[p] {
			hits++
		}
	}
	return float64(hits) / float64(len(truth)), float64(hits) / float64(len(found))
}
