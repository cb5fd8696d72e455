// Package bundle reads and writes bundles: many articles in one file, parted
// by lines that a person can type.
//
//	<<<FILE 000_envoy.txt>>>
//	body, any number of lines, up to the next header, an end marker or the end of the file
//	<<<FILE: "001 talks.txt"
//	the block form: the header has no closing brackets, and a line of them ends the body
//	>>>
//
// # Grammar
//
// A delimiter is a line of its own that starts in column one. Blanks (space,
// tab, and the CR of a CRLF line end) may follow it.
//
//	header  = "<<<FILE" [blanks] [":"] [blanks] name [blanks] ">>>"   first form
//	        | "<<<FILE" [blanks] [":"] [blanks] name                  block form
//	end     = "<<<END>>>" | "<<<END FILE>>>" | "<<<EOF>>>" | "<<</FILE>>>"
//	noeol   = "<<<END NO NEWLINE>>>"
//	close   = ">>>"                                                   only in a block
//
// After "<<<FILE" stands a blank, ":", '"', ">" or the end of the line, so
// that "<<<FILES" is text. A name may stand in double or single quotes, and
// must where it holds ">>>" or begins with a quote, a colon or a blank. What
// follows the ">>>" of a header is a problem, and the first line of the body.
// A header is looked for in the first maxDelimiter bytes of a line.
//
// # Near headers
//
// A line that is no header but reads almost like one is text, as any other
// line, and is reported: else an article would vanish in the one before it. It
// is, in letters of either case,
//
//	[blanks] "<<<" [blanks] "FILE" …
//
// and holds ">>>" at its end or not at all; with words behind the brackets it
// is a sentence on headers. So "<<<FILEb>>>", "<<<file c>>>", "<<< FILE d >>>"
// and an indented header are near headers. There is one problem an article, at
// the first of them. A backslash before the line says that it is meant so.
//
// # Bodies
//
// A body is every byte between its two delimiter lines. The line feed before a
// delimiter thus belongs to the body: it is the end of the body's last line.
// A body whose last line has none is followed by the end marker noeol, and the
// line feed before that one is the marker's. So "a", "a\n" and "" are three
// different bodies. At the end of the file the body ends where the file ends.
//
// # Escapes
//
// A line of a body that would read as a delimiter or as a near header, and any
// such line with backslashes before it, is written with one more backslash in
// front, and read with one fewer. So a bundle can hold a bundle. ">>>" is escaped in blocks
// alone, since it ends nothing else.
//
// # Invariants
//
// Reading what a Writer wrote gives the same names and bodies, for any body.
// Every byte of an input is in a record, is blank between two articles, is a
// delimiter there, or is counted in a stray-text problem.
//
// # Cost
//
// The splitter visits each line once and looks at its first byte, and at more
// only of lines that begin with "<" or ">". Decoding looks for "<<<", for a
// backslash and for bytes that are not UTF-8; a body without the latter two is
// not copied.
package bundle
