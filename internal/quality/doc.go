// Package quality holds what a scan found against what people say of the same
// articles: which pairs they would call copies, and which not.
//
// Both sides are exact. Each pair of the truth is compared by itself, so its figures
// are known however low they are, and recall is known at every threshold. What was found
// beside the truth comes from a survey, a scan at a low floor, so precision is known
// from that floor on. Where only the pairs of the truth were judged (Truth.JudgedOnly),
// nothing else counts, and precision is known at every threshold too.
//
// Two articles of one text are a pair of similarity 1, also where a scan reports each
// copy with the first alone: of n copies all n·(n−1)/2 pairs count, and a pair of two
// texts counts for all of their copies.
//
// A pair has two scores: near, the Jaccard similarity, and contained, the share of the
// smaller article that stands in the larger, which is 0 where that article is shorter
// than what a scan calls contained.
//
// Stories are no pairs: they are of one clustering, and so of a scan of their own, whose
// groups MeasureStories holds against those of the truth.
//
// Without a truth, Tune tells what each threshold would remove, draws pairs to be judged, and
// recommends thresholds: by what was judged, or by where few pairs lie between many.
//
// Cost: beside the survey, time and memory in proportion to the pairs and articles.
package quality
