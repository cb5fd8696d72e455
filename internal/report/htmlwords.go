package report

import (
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// labelMeanings says what each label of a pair means, in the order of the page.
func labelMeanings() []page.Word {
	return []page.Word{
		{Term: string(dedup.IdenticalCopy), Meaning: "The same words in the same order."},
		{Term: string(dedup.LightEdit), Meaning: "A few words are others."},
		{Term: string(dedup.CutVersion), Meaning: "The shorter one lacks what the longer one has. It is the later one, or it is not known which is."},
		{Term: string(dedup.ExtendedVersion), Meaning: "The later one has what the earlier one has and more: an update."},
		{Term: string(dedup.FurnitureAround), Meaning: "One is the other with text of its page around it, such as links to share it."},
		{Term: string(dedup.MisreadCopy), Meaning: "Most of what differs is letters, as where a page was scanned."},
		{Term: string(dedup.TemplateOf), Meaning: "The same sentences about something else: the two differ in numbers, names and dates alone, as results or weather reports do. They are content, not copies."},
	}
}

// words explains what stands on this page and not on every one: the labels of its pairs,
// and passages.
func (h *html) words() []page.Word {
	found := make(map[string]bool)
	for i := range h.Pairs {
		if h.Pairs[i].Kind != dedup.Exact { // which every page explains
			found[string(h.Pairs[i].Label)] = true
		}
	}
	var words []page.Word
	for _, word := range labelMeanings() {
		if found[word.Term] {
			words = append(words, page.Word{Term: upper(word.Term), Meaning: word.Meaning})
		}
	}
	if h.Options.Passages > 0 {
		words = append(words, page.Word{Term: "Shared passage", Meaning: "A run of at least " + count(h.Options.Passages, "word") +
			" that stands in two places, whatever paragraphs it crosses. Its reach is its words times its places. One that is common to many articles, or made of names alone, is no evidence of copying."})
	}
	if len(h.Stories) > 0 {
		words = append(words, page.Word{Term: "Story", Meaning: "Articles that tell one event in other words. " + storiesNote +
			" The score is the mean likeness of each two of them, from 0 to 1; of the same source are those that share a quote or ten words in a row."})
	}
	return words
}
