// Package corpus reads articles: from files, folders and standard input,
// plain or compressed, in any of the formats it is handed.
//
// A format is two things. Its splitter cuts the decompressed bytes of an input
// into records, one after the other and without understanding them, which is
// all that must be done in order. Its decoder makes one record into an
// Article: a pure function that any number of goroutines may call. A record is
// known by its Locator, a range of the decompressed input, so an article that
// is needed again is read again and nobody has to keep its text.
//
//	inputs ─ compress ─ encoding ─ Stream ─ Splitter ─ Record ─┬─ Decode ─ Article
//	                                                           └─ spool ─ Fetch
//
// A plain regular file is read again where it lies. Everything else (compressed
// inputs, standard input) passes only once: its records are copied, as they
// pass, into one spool of bounded memory that goes on in a temporary file. So
// no input is held twice and nothing is decompressed twice; and what is passed over
// (a line of a gigabyte, text outside of articles) is not held at all.
//
// Bodies are UTF-8. An input that says otherwise, or whose user does, is decoded
// before it is split; an article that is no UTF-8 but evidently windows-1252 is
// decoded by itself, and counted. See the package encoding.
//
// What cannot be read as it stands becomes a Problem with its place, and the
// rest is read. Errors are for what leaves nothing to trust: a named input
// that does not exist, a full disk below the spool. An article whose input has
// changed since it was read is an error of Fetch alone (ChangedError), for its
// caller to make a Problem of: the others can be read.
//
// This package holds no list of formats: they import it, so the list stands in
// the package formats, which is where a Corpus is opened. It knows nothing of
// words, similarity or flags.
//
// # Cost
//
// Articles are lent: Decode and Fetch use the memory of a Scratch again, one
// for each worker, so that reading allocates next to nothing however many
// articles there are. Records are lent as well, by Next until its next call,
// or by a Batch until it is filled again.
//
// One Stream at a time is open, whose window grows with the largest article
// and stays below two and a half times Options.MaxArticleBytes. A corpus keeps
// about 250 bytes for each input, and for each article the entry of its key in
// a table, 35 to 40 bytes. JSON lines and bundles that are in the system's cache
// are read and decoded at 2.2 GB/s and more by one core; else reading runs at
// the speed of the disk or of the decompressor. That has a goroutine of its own, and
// up to as many compressed files as there are processors, but 8 at the most, are
// decompressed ahead of their turn: 4 MiB of each, and what its decompressor takes.
//
// # Goroutines
//
// Next is for one goroutine; so is Admit, which may be another one. Decode,
// Fetch and Progress are safe for concurrent use, also beside Next and Admit,
// as long as each goroutine has a Scratch of its own.
// The rest is for when no other call runs. Close waits for what decompresses
// files; a goroutine that waits for standard input ends when that gives a byte.
package corpus
