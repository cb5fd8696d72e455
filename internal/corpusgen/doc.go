// Package corpusgen makes text that behaves like news for the tests and
// benchmarks of the other packages, and plants copies of which the truth is
// known. It imports nothing of the project, so that no test leans on the code
// that it tests. No command uses it.
//
// What it makes is nonsense with the statistics that the cost and the recall
// of deduplication depend on: the frequencies of words (Zipf–Mandelbrot over
// 30,000 invented word forms, headed by common function words), words that
// belong to a topic and come back within an article, stock phrases that stand
// in many articles, names, numbers and quotes, sentences and paragraphs,
// lengths of articles (log-normal), and furniture that an outlet repeats.
// It has no grammar and no meaning: nothing that judges sense, such as the
// grouping of stories, can be judged on it. Beside 2,500 articles of each of two
// real corpora, the same counts:
//
//	                                          web news  newswire  latin
//	bytes a word                                   5.9       5.9    6.1
//	share of the most frequent word                .06       .05    .04
//	share of the 120 most frequent words           .47       .47    .50
//	different words in an article, of its words    .53       .52    .59
//	shingles that stand in two articles or more    .27       .05    .06
//	standard deviation of the log of the length     .9        .9     .8
//
// (Web news holds true copies, hence its .27.) Two articles made by chance
// share less than a hundredth of their 5-word shingles.
//
// Everything depends on Options alone: an article on the seed and its index, so
// that it can be made again without those before it, and by several goroutines
// at once. The vocabulary of a script is the same for every seed: two seeds
// give two corpora of one language.
//
// Cost: 110 to 140 MB a second on one core, 80 as JSON lines, a handful of
// allocations an article; memory does not grow with the corpus. A vocabulary
// takes some 20 ms, once in a process. Words are drawn at random from a table
// larger than the first cache, which is most of the time.
//
// Literature: B. Mandelbrot, An informational theory of the statistical
// structure of language (1953); M. D. Vose, A linear algorithm for generating
// random numbers with a given distribution (1991).
package corpusgen
