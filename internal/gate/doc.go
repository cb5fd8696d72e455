// Package gate says what of a scan's findings is to be answered for: it tells new
// findings from those that a baseline knows, leaves out what is ignored or not
// asked about, and holds the rest to a policy.
//
// It stands between a dedup.Result and its report. It knows no flag and opens no
// file: a baseline is read from an io.Reader and written to an io.Writer, and what
// is wrong with it is said in words that name options as a user sets them.
//
// A baseline knows findings by their fingerprints, which are made of words alone, and
// by the names of their articles only where several findings have one fingerprint
// (then the names say which of them is the new one) and where one article of a pair has
// been edited: two that are called as they were, and of which one has its words still, are
// the pair that is known, of whatever kind it is now.
//
// Findings of one text belong together (all copies of an article; all standings of a
// paragraph, and of those near to it) and are counted: where one more stands than the
// baseline has, one is new, whatever the order, the names and the lines of the corpus are
// now. So a copy that goes where another of the same text comes is not told from one that
// was renamed. Only of texts that are near to one that stands between them, and not to each other, it
// depends on the order of the corpus how many are repeats: of 2,076 findings in 2,587
// pages of web news put into another order, one was new and one stale.
//
// Passages are evidence for a reader and no findings to be answered for, nor are stories:
// they are left out as others are, and a baseline knows none.
//
// Invariants:
//   - Equal Results, Rules and baselines give equal Reviews, and equal baselines written.
//   - Findings and entries are matched one to one: the new findings are as many as
//     have no entry, the stale entries as many as have no finding.
//   - A corpus held to the baseline that was made of it has no new finding and no stale entry.
//   - A Review's Result has the options, articles and problems of the one that it was made
//     of (articles that were not asked about without Elsewhere). Its findings are some of
//     those, in their order, and it counts them.
//
// Cost: time and memory in proportion to the findings and the entries, but for
// sorting a baseline that is written.
//
// Literature: code-scanning tools know findings by "partial fingerprints" (SARIF
// 2.1.0, 3.27.17). Families of texts are kept as disjoint sets (Tarjan 1975).
package gate
