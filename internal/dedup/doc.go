// Package dedup finds what repeats what in a corpus: articles of one text
// (exact), articles that are nearly alike (near), articles that stand inside
// others (contained), and paragraphs that stand again (repeat); and, which is no repeat,
// articles that tell one event in other words (story). This comment is the
// map of the core; each package below explains its own part.
//
// # The way of an article
//
//	corpus.Record ─ decode ─ text.Document ─ shingle ─ minhash ─→ samples, kept
//	      │                                                           │
//	      └── locator, kept ──→ read again ── exact comparison ←── candidates
//	                                               │
//	                              pairs → clusters → repeats → Result
//
// The steps, in scan.go's order, and what part of the time of a scan each takes
// (make bench-stages prints it):
//
//  1. read (read.go; nearly half). Every article is decoded, cut into tokens and shingled
//     once, by any number of workers, a quarter of a megabyte at a time. Kept are
//     its locator, the hash of its text, the local minima of its shingle hashes (package
//     minhash), a bit map of all its shingles, and for each paragraph a hash, a
//     length, a place and a bit map. The text is dropped. A batch comes
//     back from its worker with the samples already parted by key, so that taking it over,
//     which only one goroutine does, is copying.
//  2. groupCopies (copies.go; a hundredth). Articles of one hash are read again
//     and their normal forms compared. The first of each text stands for its copies
//     from here on, so 10,000 copies cost 10,000 comparisons and not 50 million.
//  3. shareSamples (share.go; a fifth). Samples that stand alone are dropped, the
//     others sorted into lists (package group), partition by partition. What each article
//     and each paragraph shares with any others is added up: where that is too
//     little for a partner, as it is for five of six, its lists are not looked at again.
//  4. findPairs (pairs.go; an eighth). An inverted index of the lists that are
//     left (package candidate) names the pairs worth comparing. Those articles are
//     read again, and the pairs compared by their whole shingle sets (package
//     similarity).
//  5. joinClusters (clusters.go). Verified pairs join articles (package cluster).
//  6. listChanges (changes.go). Pairs that a report shows first are read once more, and
//     what stands in the place of what is kept (package align laid every pair
//     beside each other when it was compared: difference.go, label.go, template.go).
//  7. findRepeats (repeats.go; a fifth). Paragraphs of one hash, and near ones that
//     share samples, are ordered into standings (package repeat), read again and
//     compared. Only the paragraphs that are asked for are cut into tokens again.
//  8. findPassages (passages.go; only where Options.Passages asks for them, and then about one
//     and a half times what all else takes). While reading, shingles are sampled so that any
//     run of that many words that stands twice has a sample that does (islands.go; a tenth of
//     reading). Articles with such a sample are read again, and what lies near enough to it is
//     kept, as words that are numbered: a third of the text, where a third of the articles are
//     copies. Of it package passage finds all runs that stand twice, by a suffix array. The
//     articles with a place that is listed are read once more, for lines, quotation marks and
//     words.
//  9. findStories (stories.go; in small corpora, or where Options.Stories asks for them, and
//     then about four times what all else takes). While reading, the terms of an article
//     that may tell an event are kept, 6 bytes each. Package event relates what is not a copy
//     of another; the members of what it finds are read again for what they share.
//  10. selfCheck (check.go; a twentieth of a second by default). Some articles are compared with
//     others without sampling, to estimate what sampling missed.
//
// A survey (survey.go) is a scan at low thresholds that keeps what it takes to say what a scan
// at any higher ones finds, without the corpus: the pairs, and which paragraphs are kin. It also
// compares pairs that it is asked for, whatever their figures are (measure.go).
//
// With Options.Tolerant (tolerant.go) candidates are the pairs that share LeastShare, and each is laid
// beside each other before its figures are computed, with the misread words of the one (package
// misread) put right by the other. They are as exact as ever, of the texts so mended.
//
// What is read again goes in blocks (load.go): the first parts of the pairs are
// held in blocks that fit in memory, and the second ones read by, or looked up
// where they are held too. So a family of many large texts is read as often as it
// has blocks, and not as often as it has members.
//
// # What is promised
//
// Nothing is reported as a repeat that was not compared: exact and equal paragraphs by
// their normal forms, all else by the exact Jaccard similarity and containment
// of whole sets of shingle hashes, 64 bits each. What can be missed is a
// pair that never becomes a candidate: package minhash derives which pairs always
// do, package candidate says where the search is bounded (Summary.Bounded
// counts it), and package repeat likewise (Summary.RepeatsBounded). Passages are complete:
// nothing is missed, and nothing believed that hashes say, since words are compared.
// Options.Exhaustive replaces the candidates by every pair that shares a
// shingle; the tests hold the one against the other, and both against brute force.
//
// The Result depends on the input and the options alone: work is handed out in
// order and taken back in order (package parallel), and every slice has a
// total order.
//
// # What a pair is called
//
// Every near and contained pair is laid beside each other word by word (package align).
// From that come its Label and its Difference, and whether it is a Template: articles
// that differ in numbers, names and dates alone join no cluster and let nothing go.
// template.go says which those are, label.go what the others are called. Only numbers,
// months and days have words that are known (lexicon.go); what a name is, capitals say.
// Compare says all of that, and more, of two articles alone.
//
// Articles that stand in an index (package index, which finds them by Sketcher and Rules) come before those that
// are read, and take part as they do; but of two of them nothing is compared or reported, none is removable, and none is
// counted (earlier.go).
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
//	excerpts, 16–31 words   1 (297)   0.69 (91)     0.98 (334)   0
//	excerpts, 32–127 words  1 (304)   0.96 (105)    1 (348)      0.003
//
// Against 1/16 that takes three times the memory, against 1/4 a little less.
// Time (BenchmarkSketches): 2,180 MB/s for minima of 500 words, 1,750 scaled.
//
// And the samples serve twice: each is owned by the paragraph that it begins in, so
// near paragraphs are found in the same lists, and only those of fewer than twelve
// words need samples of their own. Signatures of their own would take 24 bytes a
// paragraph and a sort for every bin.
//
// # Why articles are read again, and not held
//
// The sets of all shingles would take 8 bytes a word, 3.2 KB an article of 400
// words, three times all else that is kept. Reading the articles in a candidate
// pair again, by the same way as the first time, takes a tenth of a scan. Bit
// maps of 512 bits (candidate.Map), which prove a pair out early, keep it there:
// of 100 MB of generated news, 10,800 pairs share enough samples, 6,000 after the
// maps, and 2,700 are pairs.
//
// # Memory
//
// Bytes while a scan reads, for an article of 400 words in 11 paragraphs of which 90
// shingles are samples, as the generated news of make bench-compare has them:
//
//	samples            6 each                                       540
//	paragraphs         28 each: hash, map, length, place, article   310
//	place and figures  locator, ArticleInfo                         120
//	key                the text of it, and an entry of the table     70
//	sketch             map, size, windows                            73
//	text hash                                                         8
//
// That is 1.1 KB; the garbage collector, and the lists of what is shared once
// reading ends and the samples go, bring the peak to about 1.5 KB (make
// bench-growth). Then a candidate takes 8 bytes, and an article has at most
// candidate.MaxPartners; a reported pair takes 104 bytes, a repeat about 200 and its
// text. What is read again is bounded by blockTokens, records in flight by
// batchBytes for each worker. With Options.MaxMemory samples that have no room go
// to a file, and the rest is refused where it has none (bound.go). An exhaustive
// scan holds every shingle: about 50 bytes a word. Passages take 6 bytes a sample while
// reading, of 25 words one word in eight is sampled, and passage.BytesPerToken for each
// word that is kept for the search, which is an error where Options.MaxMemory has no room
// for it. Terms by which stories are found take 6 bytes each, 1 KB for such an article, and
// 2.7 KB an article at the peak.
package dedup
