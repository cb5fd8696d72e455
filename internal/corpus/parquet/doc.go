// Package parquet reads Parquet files, one article a row, as the hubs of data
// sets publish them.
//
// A file is told by its first bytes. What it holds is said at its end, so it is
// read at any place: see corpus.Stream.Whole. Of its columns only those are
// read and decompressed in which the wanted fields stand; a dotted name reaches
// into structs. Where several columns have names of one role, the first counts that
// is not null in the row; the others are not decompressed as long as none of their
// rows is needed. Row groups are read one after the other, and in each the pages
// of the wanted columns side by side, row by row.
//
// A row has no bytes of its own that could be read again, so its article is
// kept (corpus.Format.Kept). Its offset is the number of its row from 0, its
// line that number from 1. Where no column names the articles, they are called
// by their file and line. Integers and floats become decimal text, times RFC
// 3339.
//
// # What is read
//
// Versions 1 and 2 of data pages; the encodings plain, dictionary, and the
// three of differences, which is all that byte arrays and integers are written
// in; pages that are not compressed or with snappy, gzip, zstd or LZ4_RAW.
// Strings with or without that annotation; integers, floats, dates,
// timestamps (INT96 among them) and UUIDs for all fields but the text. Lists
// and maps are passed over: a column below one is no field. Not read are Brotli
// and LZO, encrypted columns, and columns in other files.
// Where all fields are wanted (corpus.Stream.AllFields, to write the rows as JSON),
// every column is read of those kinds; one that cannot be is null, and a problem.
//
// # Damage
//
// A page that cannot be read is a problem at the row where that is seen, and
// the rest of its row group is left out: the columns that could still be read
// say nothing without the others. A damaged footer, or none, leaves nothing that
// could be found: one problem for the file. A checksum is held against its page
// where there is one; most writers leave it out, so a byte that has changed
// inside a text may go unseen.
//
// # Cost
//
// Held are the footer, of the current row group one page and one dictionary of
// each wanted column, and one page as it stands, compressed: some 10 MB for
// what common writers make, and at most maxHeldBytes, the places of a dictionary's
// values included; a text that is written as what it has other than the one before
// is held beside its page. No length is believed before it has been held against the
// size of the file or of what is left.
// Levels, indexes and differences are unpacked one at a time as their row is
// read, so that a run of a billion of them takes no memory.
//
// A file of 73,000 scanned newspaper pages, 236 MB of text, is cut into rows at
// 720 MB/s from snappy and at 840 MB/s from zstd by one core of two busy ones;
// generated news that is not compressed at 5 GB/s (BenchmarkRead). So all but a
// tenth of the time is the decompressor's.
//
// OPT: the next page could be decompressed by a goroutine of its own. A scan of
// that file takes 2.4 s of processor time, 0.3 of them here and beside the rest,
// so two cores would gain nothing.
//
// # Why its own
//
// The two libraries for Go were tried first, with sound files and with some
// thousand in which one to four bytes had been changed. parquet-go v0.32.0 adds
// 6.2 MB to a program of 7.4 MB and reads the file above at 520 (snappy) and
// 480 MB/s (zstd); one changed byte, that of the codec, makes it double a buffer
// until the program ends for want of memory, which no recover holds; it panics
// in many other ways, and prints warnings. arrow-go v18.8.0 adds 22 MB, reads at
// 590 and 260 MB/s, panics as well, and makes room for any length before looking
// whether the file has as much. Both would have needed a reader of all headers in
// front of them; with that, what is left to do for columns of texts and numbers
// is little. This package adds 0.13 MB.
// parquet-go remains as the writer of the tests.
//
// Literature: the Apache Parquet format (parquet.thrift, Encodings.md,
// Compression.md), the Thrift compact protocol.
package parquet
