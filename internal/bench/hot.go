package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// A hotCase is a corpus made to be costly.
type hotCase struct {
	name     string
	articles int
	text     func(i int) string
}

// hotCases share a text, a paragraph or a template among that many articles.
func hotCases(articles int) []hotCase {
	letter, notice := wordsOfNews(200), wordsOfNews(60)
	half := strings.LastIndex(letter[:len(letter)/2], " ")
	own := newsOf(200)
	return []hotCase{
		{"one-text-everywhere", articles, func(int) string { return letter }},
		{"one-paragraph-everywhere", articles, func(i int) string { return own.Article(i).Text + "\n" + notice }},
		{"one-template-everywhere", articles, func(i int) string { return fmt.Sprintf("%s %d%s", letter[:half], i, letter[half:]) }},
		{"one-word-a-million-times", 4, func(i int) string { return strings.Repeat("word ", 1000000+i) }},
	}
}

// wordsOfNews is a paragraph of exactly that many words.
func wordsOfNews(count int) string {
	var words []string
	for i := 0; len(words) < count; i++ {
		words = append(words, strings.Fields(newsOf(count).Article(i).Text)...)
	}
	return strings.Join(words[:count], " ")
}

// newsOf makes articles of that many words in the mean, without furniture.
func newsOf(words int) *corpusgen.Generator {
	options := corpusgen.DefaultOptions()
	options.Words, options.Furnish = words, 0
	return corpusgen.New(options)
}

// hot times scans of all hot cases.
func hot(s settings) error {
	fmt.Printf("rounds: %d, two workers; median [least–greatest]\n", s.rounds)
	table := newScanTable(os.Stdout, "corpus")
	defer table.Flush() // also what was measured before an error
	for _, c := range hotCases(s.hot) {
		corpus, err := s.hotCorpus(c)
		if err != nil {
			return err
		}
		if _, err := s.scans(table, c.name, corpus); err != nil {
			return err
		}
	}
	return nil
}

func (s settings) hotCorpus(c hotCase) (corpusFile, error) {
	return s.generated(fmt.Sprintf("%s-%d", c.name, c.articles), "jsonl", c.articles, repeated(c.articles, c.text))
}
