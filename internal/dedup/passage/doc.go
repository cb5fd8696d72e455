// Package passage finds every run of tokens that stands twice in a text of many parts, with
// all of its places, and how much of each owner's parts stands in those of others.
//
// It knows neither words nor articles: a token is a number, an owner is one, and parts are
// what the caller kept of an article because something in it may stand again.
//
// # What is found
//
// A repeat is a run of at least Options.Least tokens that has two places and cannot be made
// longer to the left or to the right without losing one: a maximal repeat (Gusfield,
// Algorithms on Strings, Trees and Sequences, 1997, section 7.12). Each longest run that two
// places have in common is two places of one repeat, so the repeats with all of their places
// are the complete answer to "what stands twice", and as small as one can be: a run of ten
// thousand places is one repeat, not fifty million pairs.
//
// Two places that overlap are none where no two others are apart: "the the the" does not stand
// twice in "the the the the". A text that goes on repeating a few words would have a repeat of
// each length up to its half; that one alone is found (isInner), and of its places those that
// begin in the first half of the one before are left out (Places).
//
// # How
//
// The suffixes of the text are sorted by induced sorting (Nong, Zhang, Chan, "Two efficient
// algorithms for linear time suffix array construction", 2011); the standard library's
// index/suffixarray sorts bytes, and words are millions. Each part ends in a symbol that
// stands nowhere else, so that nothing reaches from one into the next. The prefixes that
// neighbours have in common come from Kasai, Lee, Arimura, Arikawa and Park (2001). Suffixes
// with a prefix in common are an interval of the order; a stack goes through these intervals
// from the inner to the outer (Abouelhoda, Kurtz, Ohlebusch, "Replacing suffix trees with
// enhanced suffix arrays", 2004), and an interval whose suffixes have different symbols before
// them is a repeat. Of each it knows its first and last place, and how many owners it has,
// without a look at the places: a suffix whose owner was met before is taken off where the two
// meet (Hui, "Color set size problem", 1992).
//
// # Cost
//
// Time is linear in the text but for two logarithms (holding, isInner) of which real text sees
// little, and in the places that are asked for. BenchmarkIndex: 3 to 4 million tokens a second
// on one core, and twice as many once the text fits the cache. Memory is BytesPerToken a
// token. All places of all repeats may be as many as the square of the text, where runs lie in
// each other; the caller chooses how many it asks for.
//
// Whoever wants the runs of one article looks at the places; whoever wants figures asks
// Elsewhere: the longest run that a suffix has in common with one of another owner is that
// with the nearest such in the order, so that all of it takes two passes. The partner of an
// owner is found by looking at all places of repeats that have few (maxVoters), and one of
// those that have many.
//
// # Invariants
//
// Repeats, their places and all figures depend on the parts, their order and the options
// alone; but for what is said of Places, they do not depend on how tokens are numbered.
package passage
