// Package jsonl reads JSON lines: one JSON object a line, one article an object.
//
// A line is a record; blank lines are passed over. Each line is checked as a
// whole by RFC 8259, so that a damaged dump is noticed where it is damaged and
// not where it happens to matter. Of members of one name the last counts, as
// in jq, Python and encoding/json. A text must be a string; an identifier may
// be a number, and is then taken as it is written. Half a surrogate pair is
// replaced by U+FFFD and reported like a byte that is not UTF-8: both are
// characters that are lost.
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
// Literature: RFC 8259. Bytes are tested eight at once by package swar.
package jsonl
