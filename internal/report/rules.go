package report

import "github.com/newsdedup/newsdedup/internal/dedup"

// A rule documents a kind of findings for reports that name rules.
type rule struct {
	kind        dedup.Kind
	name, short string
	full, help  string
}

// rules lists the kinds that findings are told of, in the order of reports.
func rules() []rule {
	return []rule{
		{
			dedup.Exact, "ExactCopy", "The same words as another article.",
			"Two articles have the same words in the same order, once case, quotation marks, dashes, white space and invisible characters are evened out.",
			"Keep one of the two. newsdedup clean removes the other and writes down which one it kept and why.",
		},
		{
			dedup.Near, "NearCopy", "The same story as another article, with small edits.",
			"The exact Jaccard similarity of the two articles' sets of shingles (runs of five words, if not asked for otherwise) reaches the threshold.",
			"Compare the two: an update may be wanted instead of the first version. newsdedup clean keeps the longer one, or the one that --keep says.",
		},
		{
			dedup.Contained, "ContainedArticle", "An article stands inside another.",
			"Most of the smaller article's shingles stand in the larger one: an excerpt, a cut agency story, or a copy amid the furniture of its page.",
			"Look at the larger one: where it is a copy with menus and forms around it, its extraction can be mended. newsdedup clean --remove contained removes the smaller one.",
		},
		{
			dedup.Repeated, "RepeatedParagraph", "A paragraph stands again.",
			"A paragraph is equal, or nearly, to one that stands before it: in the same article (mostly a fault of the extractor), in another article of the same source (furniture), or in another source (agency text).",
			"Mend the extractor where an article repeats itself; newsdedup clean cuts the later standing. What is known to be fine can be ignored by its words (--ignore-paragraph) or its fingerprint (--ignore).",
		},
	}
}

// ruleOf returns the position of a kind's rule.
func ruleOf(kind dedup.Kind) (index int, found bool) {
	for i, rule := range rules() {
		if rule.kind == kind {
			return i, true
		}
	}
	return 0, false
}
