// Package evaluate measures findings against what people say of the same
// articles: precision, recall and F1 of pairs over thresholds, and the adjusted
// Rand index and B-cubed of groups. It reads the files that say so, and knows
// nothing of texts, formats or of how anything was found.
//
// # Pairs
//
// A pair is right if it is labelled as one that should be found, wrong if it is
// found and is not. At a threshold t
//
//	precision = right ones found with a score ≥ t / all found with a score ≥ t
//	recall    = right ones found with a score ≥ t / all right ones
//	F1        = their harmonic mean, 2·right / (found + wanted)
//
// Precision where nothing is found, and recall where nothing is wanted, are 0/0:
// the figures say that they are not known, and are never 0 or 1 by decree.
// Found pairs may come with a count, so that 10,000 copies of one text, which are
// fifty million pairs, need not be listed.
//
// # Groups
//
// A grouping gives each of n articles the number of its group. The adjusted Rand
// index compares the pairs of articles that are together in both groupings with
// what chance would give: 1 for equal groupings, about 0 for unrelated ones.
// Since most articles stand alone, B-cubed says more: for each article, which share
// of its found group belongs there (precision), and which share of its true
// group is there (recall), as means over the articles.
//
// Cost: sorting the scores; for groups, time and memory in proportion to the
// articles. Invariants: no figure depends on the order of pairs or on how groups are
// numbered.
//
// Literature: C. J. van Rijsbergen, Information Retrieval (1979), for F;
// L. Hubert and P. Arabie, Comparing partitions (1985); A. Bagga and B. Baldwin,
// Entity-based cross-document coreferencing using the vector space model (1998);
// E. Amigó and others, A comparison of extrinsic clustering evaluation metrics
// (2009), which of these holds B-cubed alone to meet all of its constraints;
// E. B. Wilson, Probable inference (1927), for the interval of a share; L. Kish, Survey Sampling
// (1965), for how much a sample is worth that is not drawn from all alike.
package evaluate
