// Package dedup finds what repeats what in a corpus: articles of one text
// (exact), articles that are nearly alike (near), articles that stand inside
// others (contained), and paragraphs that stand again (repeat). This comment is the
// map of the core; each package below explains its own part.
//
// # The way of an article
//
//	corpus.Record ─ decode ─ text.Document ─ shingle ─ minhash ─→ sketches, kept
//	      │                                                            │
//	      └── locator, kept ──→ read again ── exact comparison ←── candidates
//	                                               │
//	                              pairs → clusters → repeats → Result
//
// The steps, in scan.go's order:
//
//  1. read (read.go). Every article is decoded, tokenised and shingled once, by
//     any number of workers. Kept are its locator, the hash of its normal
//     form, the local minima of its shingle hashes (package minhash), and for each
//     paragraph a hash, a length and a small signature. The text is dropped.
//  2. groupCopies (copies.go). Articles of one hash are read again and their
//     normal forms compared. The first of each text stands for its copies from
//     here on, so 10,000 copies cost 10,000 comparisons and not 50 million.
//  3. findPairs (pairs.go). An inverted index of the minima (package candidate)
//     names the pairs worth comparing. Those articles are read again, and the
//     pairs are compared by their whole shingle sets (package similarity).
//  4. joinClusters (clusters.go). Verified pairs join articles (package cluster).
//  5. findRepeats (repeats.go). Paragraphs of one hash, and near ones by their
//     signatures, are ordered into standings (package repeat), read again and compared.
//
// What is read again goes in tiles (load.go): the parts that take part in any
// pair are cut into blocks that fit in memory, and pairs are compared block
// against block. So a family of many large texts is read as often as it has
// blocks, and not as often as it has members.
//
// # What is promised
//
// Nothing is reported that was not compared: exact and equal paragraphs by
// their normal forms, all else by the exact Jaccard similarity and containment
// of whole sets of shingle hashes, 62 bits each. What can be missed is a
// pair that never becomes a candidate: package minhash derives which pairs always
// do, package candidate says where the search is bounded (Summary.Bounded
// counts it), and package repeat likewise (Summary.RepeatsBounded).
// Options.Exhaustive replaces the candidates by every pair that shares a
// shingle; the tests hold the one against the other, and both against brute force.
//
// The Result depends on the input and the options alone: work is handed out in
// order and taken back in order (package parallel), and every slice has a
// total order.
//
// # Why local minima, and not signatures in bands
//
// Banded signatures (the field's way) find pairs of a high Jaccard similarity,
// but an excerpt of a fifth of a long article has a Jaccard similarity of 0.2
// with it, and bands that see it see everything: a second structure would be
// needed for containment. A scaled sample (keep a shingle if its hash is small)
// sees both, but loses short excerpts, which may have no sample in a long
// article. Local minima see every run of 12 shared words (8 at a threshold of
// 0.5). Recall of pairs planted just at the threshold, with samples an article in
// brackets (TestContainedRecall of package candidate prints them):
//
//	                        minima    scaled 1/16   scaled 1/4   128 minima in 32×4 bands
//	near ≥ 0.8              1         1             1            1
//	near ≥ 0.5              1         1             1            0.90–0.94
//	excerpts, 16–31 words   1 (302)   0.71 (93)     0.99 (339)   0.002
//	excerpts, 32–127 words  1 (314)   0.97 (103)    1 (344)      0.007
//
// Against 1/16 that takes three times the memory, against 1/4 a little less.
// Time (BenchmarkSketches): 1,740 MB/s for minima of 500 words, 1,115 scaled.
//
// # Memory
//
// For an article of 500 words in 12 paragraphs, while a scan runs: 110 samples of 8
// bytes, 12 paragraphs of 36, and about 200 bytes of key, place and figures;
// while the index is built, 32 bytes more a sample. A candidate takes 8 bytes,
// and an article has at most candidate.MaxPartners; a reported pair takes 88
// bytes, a repeat about 200 and its text. What is read again is bounded by two
// blocks of blockTokens, records in flight by batchBytes for each worker. An
// exhaustive scan holds every shingle: about 50 bytes a word.
package dedup
