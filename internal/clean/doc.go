// Package clean writes a corpus without its copies, and a manifest of every
// removal.
//
// # What goes
//
// Plan decides, from what a scan has found. An article goes only for one that stays and with
// which it has a verified pair; of no pair that lets an article go do both stay (the
// greedy maximal independent set of plan.go). A contained article goes only for the
// larger one. Which of two stays is a total order, made of the user's criteria.
// Paragraphs go whole, and of a paragraph that repeats another of its article the
// first stays. Of furniture (text that a source puts on many of its pages) no
// copy stays, which is why it has to be asked for.
//
// Of a story (the same event in other words) one article stays, where that is asked for by
// name: these have no verified pair, and nothing that is said of pairs here holds of them.
// Members that fit a story weakly stay, and of a cluster in one the articles that its
// representative does not stand for. Among what stays other stories may be found.
//
// Where paragraphs go, articles are compared as they will be without them (a View,
// scanned by itself): else two that are alike only then would both stay, and cleaning
// the clean corpus would find something to remove.
//
// # How it is written
//
// An input of which something goes is read again (corpus.Rewrite), and written as it
// is but for the bytes that go: what stands between records, and records that could
// not be read, stay as they were. Cutting is done by lines, and checked record by
// record: what is read of it then is the article without those lines and nothing else.
// An input of which nothing goes, or can go, is copied as it is stored.
//
// Into another format articles are written one by one (corpus.Export), with the fields
// of their records where those have names, and nothing of what is no article.
//
// Outputs are written in a temporary folder beside their own place, and get their names
// when all of them are complete: one file by a link, which replaces nothing, or a
// folder as a whole. The manifest gets its name first, so that no clean corpus is
// without one, and loses it where the outputs cannot get theirs.
//
// A manifest is bound to its inputs by their size and hash, to how they were read, and
// each removal to its record by place and hash. So it can be shortened, and applied without
// a scan, and what it says is done or refused.
//
// This package knows formats only by what package corpus says of them, and no flags.
package clean
