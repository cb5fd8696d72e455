// Package warc reads web archives: what a crawler was answered, page by page.
//
// Read are WARC of every version (0.17 to 1.1, with WET, which is WARC files of
// texts) and its forerunner ARC (1 and 2). A record is an article where it
// holds a page or a plain text that a server published: a response of status
// 200 or a resource, of type text/html, application/xhtml+xml or text/plain,
// or the text that somebody has taken out of one (conversion, in WET). The text
// of a page is taken out by package html. All other records are passed over and
// counted by what they are: requests, metadata (WAT), pictures, errors,
// robots.txt, the crawler's own log. A revisit record says that a page was the
// same as before, and holds no text.
//
// An article is called as it was fetched (WARC-Target-URI), and that is its
// address, whatever the page gives as its canonical one. A crawl visits
// addresses again, so names may repeat in an input without being a problem.
// When it was published is for the page to say: WARC-Date is when it was
// fetched, which is not the same, and so is not used.
//
// # Damage
//
// A record says how long it is. Where that cannot be right (no number, the
// input ends first, or behind it stands neither an end nor another record) and
// another record begins inside it, it is cut there. What is no record is
// passed over up to the next line at which one begins. Each is a problem with
// its place, whose line is the number of the record.
//
// What servers do wrong is put up with: header lines that end in any number of
// carriage returns, status lines without a text, chunks and codings that are
// announced but have been undone already. A body that breaks off is read as far
// as it goes, and reported. A body above the limit of an article is left out,
// and so is one that becomes larger by being decompressed, which is then no
// longer done.
//
// # Cost
//
// Cutting is one look at each header and behind each record, 4 GB/s
// (BenchmarkSplit). The rest is done by Decode, in any number of places at once:
// 25 MB of page a second and core, 760 pages of 33 KB (BenchmarkDecode), which is
// what package html takes. Memory is that of a stream's window and of one page
// a worker.
//
// The framing is the package's own. gowarc (of the National Library of Norway,
// version 3 was read) is the fullest library there is in Go: it too finds the
// next record behind damage. But it hands out a record as a reader of its
// source, to be done with before the next one is seen, buffers what it parses
// in files of its own, and knows no ARC. Here a record is a range of a bounded
// window that another goroutine decodes, and damage has its place. What there is
// to frame is a header and a length, some 300 lines.
//
// Literature: ISO 28500 (WARC 1.0 and 1.1, published by the IIPC); Burner and
// Kahle, Arc File Format, 1996; RFC 9110 and 9112 (HTTP); Common Crawl, WAT and
// WET.
package warc
