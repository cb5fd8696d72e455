// Package jsonl reads JSON: lines of one object each (the format jsonl), and
// objects that stand otherwise (the format json); one article an object.
//
// In JSON lines a line is a record; blank lines are passed over. Each line is checked as a
// whole by RFC 8259, so that a damaged dump is noticed where it is damaged and
// not where it happens to matter. Of members of one name the last counts, as
// in jq, Python and encoding/json. A text must be a string; an identifier may
// be a number, and is then taken as it is written. Half a surrogate pair is
// replaced by U+FFFD and reported like a byte that is not UTF-8: both are
// characters that are lost.
//
// # JSON that is no lines
//
// A document is an array, whose elements are the records, or an object; several
// may stand one behind the other. An object is a record, unless it wraps some: it
// has no text of its own (a member called as one that is neither object nor array),
// and below it, through objects alone, stands an array of which an element has one.
// That is told from its first megabyte. Of a wrapper each such array is read, and
// all else is passed over, but for a text of its own that stands behind all that was
// looked at: that is a problem.
//
//	{"status": "ok", "totalResults": 2, "articles": [{…}, {…}]}
//
// Commas between values are not asked for, nor missed where there are too many.
// What begins no object or array is stray up to the next line that begins with one.
// An array or wrapper that the input ends in is a problem, or the element is that
// it ends in. The end of a record is where its brackets close. Where the syntax
// shows before that they cannot (see boundary), the record is broken, and goes up to
// the next object that begins as the first one did up to its first name, blanks
// included, behind a comma, a brace or a line feed; or that begins a line, as far
// from its left edge as the broken one. What an object holds seldom begins as it
// does; where it does, it is read as a record, and what follows it as documents.
// An object that was cut in an array of its own takes the next ones for elements of
// that; then the brackets cannot close at the end, and reading goes on at the first of
// them. Arrays in arrays are looked into, where they begin with an object.
// Where no object begins so, all to the end of the input is the one broken record,
// and is reported as such; or as too large, if it is.
//
// # Cost
//
// A line is passed over for its end and for the quotes of its strings; then a
// wanted string is checked, and copied from escape to escape. All but the
// check is left to the library's bytes.IndexByte and copy, which take 32 bytes
// an instruction; the check takes 32 bytes a step. (One pass that did all at
// once in words of 8 bytes was slower by a third.) Nothing but the wanted
// strings is ever built, and those in memory that the caller lends. Depth costs
// a byte of memory a level and is bounded by maxDepth.
//
// The scanner is the package's own because this is what a whole scan waits
// for. From line to article, generated news of 2.6 KB an article, one of two
// busy cores: encoding/json about 120 MB/s, gjson (check, then get) 140 MB/s,
// this 4,000 MB/s. Moreover a line of many million opening brackets overflows
// the stack of gjson, which ends the program. encoding/json remains the oracle
// of the tests and words the errors.
//
// The end of an object is found by its quotes and brackets, strings by
// bytes.IndexByte and what stands between them eight bytes at once: half as fast as
// a line's (5.5 GB/s against 10.5), and twice as fast as one decodes. A record larger
// than the window is looked at once, not once for each read.
//
// What is broken is looked at again behind the next object that begins as the first
// one did, and what may wrap articles before it is entered. Where that outgrows what has
// been read (see mostLooks) such an object is taken for the next record as soon as it
// stands there, and no object for a wrapper, until enough has been read for it: no
// input costs more than in proportion to its size.
//
// Literature: RFC 8259, RFC 7464 (text sequences). Bytes are tested eight at once by package swar.
package jsonl
