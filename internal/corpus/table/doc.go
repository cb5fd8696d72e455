// Package table reads tables: comma-separated values (CSV) and tab-separated
// values (TSV), one article a row.
//
// The first row names the columns, which are those of corpus.Fields; a name in
// another case counts where none is spelt so. Where several columns have names of
// one role, the first counts that is filled in the row: not \N in TSV, and in both
// not an empty field without quotes, which is what PostgreSQL and most others write
// for a null; "" is a value. Where none is filled the first one counts, so the row is
// then an article without a text (in TSV, where that is \N, a problem). A table
// without a text is refused.
// Blank lines are passed over. A row with fewer fields than there are columns
// is an article where it reaches the text, and a problem; one with more is none,
// unless those are empty: it cannot be known which of its separators belongs to
// a text, and a text cut at the wrong one would be compared as what it is not.
//
// # CSV
//
// RFC 4180, with the separators comma, semicolon and tab: the one that parts the
// header so that it names a text, and among those the one that makes most columns.
// A field is quoted where a quote is its first byte. A quote within another field
// (5" pipe) is text, and so is one within a quoted field that is neither doubled
// nor followed by a separator or a line end.
//
// A quote that is not closed would swallow the rows below it. It is noticed by
// the next quote that begins a field of a later line, or at the end of the input,
// and the row is then a problem. Reading goes on at the first line below that
// quote that is, with the line behind it, a row of as many fields as there are
// columns; else at the line of the later quote; else the rest is left out with the
// row. What the problem says is left out is all that is. A row above the size
// limit is passed over likewise: to its end, or up to the line of a later quote.
//
// # TSV
//
// text/tab-separated-values has no quotes, but programs write them. A field is
// quoted where a quote is its first byte and the next one that is not doubled
// is its last: a text that begins with someone's words is not. In a field that is
// not quoted \t, \n, \r and \\ stand for a tab, a line feed, a carriage return and
// a backslash, as jq, PostgreSQL and MySQL write them, any other backslash for
// itself, and \N, where it is all of the field, for none. What a program wrote with
// neither quotes nor escapes cannot be told from that: a text all in quotes loses
// them, and in C:\new there is then a line feed (one article of 7,200 real ones had
// such a backslash).
//
// # Cost
//
// The end of a row is found by the quotes and the line feed alone, the separators
// are looked for by the decoder; all with bytes.IndexByte, which takes 32 bytes an
// instruction. A row is looked at twice where it has no quotes, once where a
// quoted text is the most of it. Rows that a quote swallowed are looked at again,
// but not once for each quote: see row.barren. Only wanted columns are unquoted,
// and copied only where a quote or a backslash stands in them.
//
// encoding/csv is not used but in the tests, as their oracle: it does not say
// which bytes a row is, and reads on to the end of the input behind an open quote.
//
// Literature: RFC 4180; the registration of text/tab-separated-values (IANA);
// W3C, Model for Tabular Data, 2015, which says what readers do.
package table
