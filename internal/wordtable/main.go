// Command wordtable makes the background word tables of package event for the
// languages other than English, whose table is written by hand.
//
//	make background
//
// Of the first package (MIT) it takes the order of a language's commonest words, a
// fact of the language; of the second (MIT) which words are function words. What is
// in both is written, in that order. The order comes from film subtitles, in which
// "I" and "you" stand higher than in news: the shares are coarse, and need to be no
// better, for a function word has little weight either way.
//
// The share of articles that hold the word at rank r follows from Zipf's law as
// Mandelbrot put it: a word of 0.1/(r+2.7) of all running words is in
// 1−exp(−300·0.1/(r+2.7)) of the articles of 300 words.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// most is the number of words of a language.
const most = 150

// languages are the tables that are made, and the names of their word lists.
// Languages too near to be told apart by function words share a table.
var languages = []struct {
	code  string
	lists [][2]string // code of the function words, name of the ranks
}{
	{"ar", [][2]string{{"ar", "arabic"}}},
	{"bg", [][2]string{{"bg", "bulgarian"}}},
	{"cs", [][2]string{{"cs", "czech"}, {"sk", "slovak"}}},
	{"da", [][2]string{{"da", "danish"}, {"no", "norwegian"}}},
	{"de", [][2]string{{"de", "german"}}},
	{"el", [][2]string{{"el", "greek"}}},
	{"es", [][2]string{{"es", "spanish"}}},
	{"fa", [][2]string{{"fa", "farsi"}}},
	{"fi", [][2]string{{"fi", "finnish"}}},
	{"fr", [][2]string{{"fr", "french"}}},
	{"he", [][2]string{{"he", "hebrew"}}},
	{"hu", [][2]string{{"hu", "hungarian"}}},
	{"id", [][2]string{{"id", "indonesian"}}},
	{"it", [][2]string{{"it", "italian"}}},
	{"nl", [][2]string{{"nl", "dutch"}}},
	{"pl", [][2]string{{"pl", "polish"}}},
	{"pt", [][2]string{{"pt", "portuguese"}}},
	{"ro", [][2]string{{"ro", "romanian"}}},
	{"ru", [][2]string{{"ru", "russian"}}},
	{"sv", [][2]string{{"sv", "swedish"}}},
	{"tr", [][2]string{{"tr", "turkish"}}},
	{"uk", [][2]string{{"uk", "ukrainian"}}},
	{"vi", [][2]string{{"vi", "vietnamese"}}},
}

// bands are the shares that the tables know, in percent.
var bands = []int{95, 85, 70, 55, 40, 25, 12}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: wordtable RANKS-FOLDER STOPWORDS-FILE OUT-FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "wordtable:", err)
		os.Exit(1)
	}
}

func run(ranks, stopwords, out string) error {
	data, err := os.ReadFile(stopwords)
	if err != nil {
		return err
	}
	var functionWords map[string][]string
	if err := json.Unmarshal(data, &functionWords); err != nil {
		return fmt.Errorf("reading %q: %w", stopwords, err)
	}
	for _, language := range languages {
		shares := make(map[string]int)
		for _, list := range language.lists {
			words, err := ranked(filepath.Join(ranks, list[1]+".txt"), functionWords[list[0]])
			if err != nil {
				return err
			}
			for rank, word := range words {
				shares[word] = max(shares[word], share(rank+1))
			}
		}
		if err := os.WriteFile(filepath.Join(out, language.code+".txt"), format(shares), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// ranked returns the function words in the order of the list.
func ranked(path string, functionWords []string) (words []string, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for word := range strings.Lines(string(data)) {
		word = strings.ToLower(strings.TrimSpace(word))
		if len(words) < most && slices.Contains(functionWords, word) && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words, nil
}

// share is the band of a rank, from 1.
func share(rank int) int {
	percent := 100 * (1 - math.Exp(-30/(float64(rank)+2.7)))
	for _, band := range bands {
		if percent >= float64(band) {
			return band
		}
	}
	return bands[len(bands)-1]
}

// format writes a line for each share that words have, the words in their order.
func format(shares map[string]int) []byte {
	var table strings.Builder
	for _, band := range bands {
		var words []string
		for word, share := range shares {
			if share == band {
				words = append(words, word)
			}
		}
		if slices.Sort(words); len(words) > 0 {
			fmt.Fprintf(&table, "%d %s\n", band, strings.Join(words, " "))
		}
	}
	return []byte(table.String())
}
