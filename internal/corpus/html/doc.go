// Package html reads pages: of a page it takes the article, and what the page
// says of itself. A file is one page.
//
// The body is plain text, a paragraph a line: an element that a browser
// displays as a block (a paragraph, a heading, an item of a list, a row of a
// table) begins and ends a line, and so does a br; white space collapses,
// entities are decoded, and no line is empty. A headline stands in it only where
// the page has it inside the article and says something else in its title.
//
// # How the article is found
//
// By readeck's go-readability, which follows Mozilla's Readability, the reader
// view of Firefox: paragraphs score for their length and their commas, and so
// do the elements around them; menus, link lists and share buttons fall out.
// Where it finds no article, or the page is above maxElements or maxDepths, the text is all
// that is visible, but for header, footer, nav and aside; and these too, where
// there is nothing else. So no page loses its text without an article in its
// place.
//
// A page above maxPageBytes, one that nests deeper than the 512 elements that
// golang.org/x/net/html follows, and one whose tree would be far larger than
// itself (see formatting) are read by their tags alone: their text with all
// furniture, and without what they say of themselves.
//
// # Which library
//
// Measured on one core, on the 117 pages of web archives that other projects
// test with (5.1 MB) and on 60 invented news pages of 3.3 KB; the program is
// one that does nothing else:
//
//	                         pages/s  MB/s  invented pages/s  MB/s  program
//	x/net/html alone            1538  67.5             17765  59.1   1.9 MB
//	go-readability v2.1.3        381  16.7              6125  20.4   5.9 MB
//	go-trafilatura v1.12.2       174   7.6              1200   4.0  13.3 MB
//	 and its fallbacks            95   4.2               907   3.0
//
// On the invented pages both kept every paragraph and dropped menu, cookie
// banner, share buttons, related links, comments, most-read list and footer.
// Readability kept a box for a newsletter: one paragraph of the same words on
// every page of an outlet, which the deduplicator finds as furniture. On the
// pages of archives, of which few are news, they differ most on home pages
// and lists of links, and neither is better throughout. The text of
// trafilatura is one line, without its paragraphs; it brings some twenty
// modules, among them a WebAssembly runtime and a date parser for 200
// languages. Readability neither panicked nor hung on hostile pages. So it is readability:
// the smaller and the faster.
//
// The metadata is read here, from Open Graph, JSON-LD and the meta elements
// that publishers use: readability cuts titles by a guess, and parses dates
// whose day and month may be taken for each other. The title that a page
// gives to others (og:title) counts before its title element, which most end
// with the name of their site; the canonical link counts before og:url.
//
// # Cost
//
// See BenchmarkExtract: 17 MB of page a second and core, 2,400 news pages of 7
// KB. TestHostilePages bounds what strangers can ask for: the worst of its
// pages of 8 MB take two seconds and allocate 800 MB.
//
// Literature: WHATWG, HTML, "Parsing HTML documents" and "encoding sniffing
// algorithm"; WHATWG, Encoding; Open Graph protocol; schema.org/Article.
package html
