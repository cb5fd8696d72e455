// Package event finds articles that tell one event in other words: texts that share
// neither sentences nor shingles, but the words that tell this event from others.
//
// It compares words. It knows no synonyms and no grammar, does not translate, and
// cannot tell whether one article was written from another: what it finds is called one
// story, or, where the articles share a quote or ten words in a row, of one source.
//
// # The way of an article
//
//		text.Document ─ Sketcher.Sketch ─→ Store ─ Index.Count, Settle, Weigh, Post ─→ Index
//		                                                                                 │
//		     Group ←─ Grouper.Groups ←─ Components ←─ Link ←─ Searcher.Links ────────────┘
//		       │
//		     Prove (texts of the members, read again by Sketcher.Read) ─→ Proof
//
//	 1. Sketch, from the token hashes that a scan has anyway. A term is a word without a
//	    possessive or plural s, or of scripts without spaces two characters beside each other
//	    (term.go). Its count is that of its occurrences, those among the first 60 words thrice.
//	    What half of all articles have is dropped; of long articles 256 terms stay.
//	 2. Weigh. A term of count n in an article weighs (1 + ln n)·i, where i says how rare it is,
//	    and a name 2.5 times that:
//
//	    i = ln((N + B) / (f + B·p)), at least 0,
//
//	    of N articles of the language, f of which have the term, and B = 1000 articles of
//	    a background, a share p of which has it. So five articles are weighed by the background
//	    and a million by themselves. The weights of an article have a length of 1.
//	 3. Link. An inverted index of each article's 16 heaviest terms names the articles to
//	    compare: those that share two, and enough weight. A link is a cosine of all terms of
//	    at least LeastScore.
//	 4. Group. What hangs together by links is grouped by average linkage, so that a chain of
//	    likenesses is no story, and two groups of four or more are joined only where they are as
//	    near to each other as the looser of them is in itself: that keeps the second meeting of
//	    the same people apart from the first (group.go).
//	 5. Prove. Quotes, passages, numbers, names, and the terms that make up the score.
//	    A pair or three of low score needs words of one source (Holds): a quote, or ten words
//	    in a row that are more than names. What a score owes to letterheads does not count
//	    (Proof.Formal), and texts that say the same of different things, of other names or
//	    with other numbers, are a template (Proof.Template).
//
// # Background
//
// The tables in background/ say what share of a language's articles hold its commonest
// words, in seven bands. They also tell the language: the one whose words come to most. That
// of English is written by hand, from closed classes of words (articles, prepositions,
// pronouns, auxiliaries, numerals, days, months) and the verbs and nouns of all news; those of
// 23 other languages are made by internal/wordtable from the ranks of words, by Zipf's law. A language without
// a table is weighed by its own articles from 30 on, and of fewer nothing is said.
// Languages do not meet: each has terms of its own, so that a corpus of ten
// languages is weighed as ten corpora are.
//
// # How well it does
//
// TestStoryQuality of package cli prints it. Precision and recall of pairs, and F1 of B-cubed:
//
//	ECB+, odd topics (for choosing)   494 articles    .924 / .828    .900
//	ECB+, even topics (untouched)     484 articles    .966 / .718    .849
//	ECB+, all                         978 articles    .943 / .786    .881
//	gedikli_story_chains              100 articles    .861 / 1       .968
//
// In ECB+ each event has a twin that is hard to tell from it. Recall of the odd topics falls
// from .828 to .504 where names weigh no more than other words, to .793 without stems, to
// .807 where the opening counts as the rest does, and to .507 without the background; where
// groups are joined however near they are, precision falls from .924 to .893. A bound on what
// one term adds, square roots for logarithms and pairs of words for words gained nothing.
//
// # Where it fails
//
//   - Sagas: an affair that goes on for weeks is one story, or some. A window of time
//     (dedup.Options.StoryWindow) parts them where articles are dated.
//   - The same people and place on one subject: two hostages' deaths, two matches of the same teams.
//   - Forms: two weather reports share their words and no name, and are dropped, as are two
//     reports of one market with other figures; two results of one league share its name.
//     Tables of figures (a fifth of the words) are left out.
//   - Round-ups: a long article of many subjects is near to none of them.
//   - A brief of one sentence shares too little with a report of forty.
//   - Press offices: grants to two towns, in the same words. Of 11 groups among 1,500 random
//     articles of grimmer_press two are right, of 14 among 4,500 of bbc_cross, mccormick_1000
//     and reuters21578 nine are one affair (TestFewFalseStories of package cli prints them).
//   - Across languages nothing is found.
//
// # Cost
//
// Linear in the text, and nearly so in the number of articles: a heavy term that more than
// 4√N articles have, but at most 2000, finds no others, an article has at most 48 links, and
// no more than 1500 articles are grouped at once. A sketch has 6 bytes a term, 1 KB for an
// article of 400 words; the index adds half of that while it is made.
//
// Seconds of the processor, and MB at the peak, of whole scans with two workers and a JSON
// report, of the first articles of grimmer_press, reuters21578, bbc_cross and fnc1 shuffled, on
// a machine that had other work; in brackets what they are without stories:
//
//	 12,500 articles,  36 MB     1.4 [0.2] s    143 [53] MB
//	 25,000 articles,  70 MB     3.2 [0.6] s    177 [80] MB
//	 50,000 articles, 155 MB     8.0 [1.5] s    304 [128] MB
//	101,257 articles, 273 MB    16.7 [3.5] s    471 [201] MB
//
// The last has 10,500 stories, the evidence of which takes a third of the time.
//
// The result depends on the articles and their order alone; ties are decided by position.
//
// # Literature
//
// Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988);
// Allan, "Topic Detection and Tracking" (2002); Murtagh, "A survey of recent advances in
// hierarchical clustering algorithms" (1983); Harman, "How effective is suffixing?" (1991);
// Cybulska and Vossen, "Using a sledgehammer to crack a nut?" (2014), for ECB+.
package event
