// Package repeat finds paragraphs that stand again: in the same article, in
// others of one source, or across sources.
//
// Paragraphs are equal when their token sequences are, and near when their
// shingle sets have a Jaccard similarity at or above a threshold. Neither is
// proved here: the caller compares the texts of what it reports.
//
// # Equal and near paragraphs
//
// Equal ones are brought together by a 64-bit hash of their tokens (Texts). Near
// ones share samples: those of their articles, each of which is owned by
// the paragraph that its shingle begins in. A paragraph and one near it have a
// run of shingles in common (minhash.LongestRun); where that may be shorter than
// the window of the articles' samples, the paragraph is sampled on its own by a
// window that is short enough (OwnWindow). So every near pair shares a sample, by
// certainty and not by chance, but for changes between words that stand twice
// (package minhash). At a similarity of 0.9 these are the paragraphs of 8 to 11
// tokens, and every sample else is there already.
//
// Two texts that share a sample are candidates when their bit maps (Map) differ in
// no more bits than near sets can differ in shingles: a paragraph of 30 words
// differs from a stranger in some 25 bits, from a near one in 3. A map of 64 bits
// fills up where a paragraph has hundreds of words, and then the exact comparison
// has to tell. Of one text only its first standing takes part, however often it
// stands.
//
// # Which standing repeats which
//
// A standing is one paragraph at its place. Each later standing of a text is
// reported once, against one earlier standing, the first that applies:
//
//  1. the first equal paragraph of the same article;
//  2. the first paragraph of the most similar near text in the same article;
//  3. the first equal paragraph of an article of the same, known, source;
//  4. the first equal paragraph of any article;
//  5. and 6., as 3. and 4., of the most similar near text that has one.
//
// So what is an outlet's own furniture is told from what came from outside,
// in whatever order the articles stand. A standing for which neither 1 nor 2
// applies is explained, and only counted, when an earlier standing of its text
// or a near one is in an article of the same cluster: of each cluster one
// standing is reported.
//
// This takes time linear in the number of standings, however many articles a
// paragraph stands in: of each text only the first standing of all, of each
// cluster and of each source need be known.
//
// # Cost
//
// 28 bytes a paragraph, and 4 more while texts are told apart. A list of
// samples costs the square of the texts in it, up to HotBucket, at a
// nanosecond a pair.
package repeat
