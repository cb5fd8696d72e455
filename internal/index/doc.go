// Package index keeps, on disk, what a scan needs of the articles that were seen before, so
// that new ones can be held against all of them without reading them again.
//
// It does not compare articles: it finds those earlier ones that a scan would compare with the
// new ones, and puts them before them as a corpus (View), which package dedup scans as any other. So
// what is found is verified exactly, by the same code, and is what one scan of everything would
// find: the pairs, the repeats and the passages that one of the new articles is in. Left out is what
// earlier articles have to do with each other, which was told when they were new.
//
// # What is kept
//
// An index is a folder with immutable files, segments, and a MANIFEST that names them in the order in which
// their articles were added. A segment has
//
//   - the articles: names, places, metadata and text, gathered into blocks of 32 KiB and compressed (zstd),
//   - a row of 112 bytes for each: where it stands, the hash of its text, and its outline
//     (candidate.Outline: sizes and a bit map of its shingles),
//   - a table of samples: by each local minimum of shingles (package minhash) the articles that have it,
//     with its weight there and a class that says how much the article must share to be a partner,
//   - tables of the hashes of paragraphs, texts and names, by which the first article is found in which
//     each stands, and the first of each source.
//
// Copies of a text have their samples noted once in a segment. Of a sample in more than dedup.HotSample articles the
// last are kept; what that may hide is counted (View.Bounded), as the scan counts it.
//
// With CreateLean the texts are left out, and the hashes of paragraphs: then nothing can be compared, and what is found
// is dedup.Estimate, from the rows and the weights of the samples in common.
//
// # The form of the files
//
// MANIFEST is a line of JSON and a line with its XXH64. Its version is formatVersion: a newer one is refused. It
// has the options that sketches depend on, and their hash: a scan with others is refused (Serves), but for
// higher thresholds, which need less. It has for each segment its number, its length, and the articles that have been
// removed, as distances in varints.
//
// A segment, all numbers little-endian:
//
//	8      "NDINDEX" 01
//	       blocks: length, length when unpacked, CRC-32C of these and of what follows (4 bytes each); zstd
//	       rows, in the order of adding: article.go has their bytes; the last four are their CRC-32C
//	       four tables: buckets, and behind them 8 bytes for each: where it ends
//	       footer: JSON, where each of these stands, and how many
//	16     length of the footer (4), its CRC-32C (4), "NDINDEX" 01
//
// A bucket has the keys that begin with its bits, ascending: for each, as varints, its distance from the one before (shifted
// by two; below, how many values it has: 1, 2, or 3 for a number that follows), and its values; then a
// CRC-32C. So the key 0x105 with the values 7 and 300, as the first of the bucket that begins at 0x100, is
//
//	16 07 ac 02    5<<2|2; 7; 300
//
// Segments have a version of their own, in the footer. Folders in testdata have what each version wrote, and a test
// opens them: they are opened for ever.
//
// # What is promised
//
// All that is added at once is there, or nothing of it, however the process or the machine ends: segments are
// written to files that nothing names, put on disk (fsync), and then a new manifest is renamed over the old one. What
// a killed process left is swept away by the next writer. TestCrash ends each operation before each of its steps
// and in the middle of each write, TestKill kills a process, TestDamage changes each byte and cuts at each length.
//
// Every byte is under a checksum that is looked at whenever it is read, but for directories that are too large to be held,
// of which Check alone reads all. Check goes through all of them, and through
// what they say: that each article is found by each of its keys, and that no key leads anywhere else.
//
// One process writes (a lock on the file LOCK, which ends with the process); any number read, and go on reading what
// was there when they came.
//
// # What it costs
//
// Opening reads the manifest, the footers and the directories of the tables. A look-up reads one bucket, of some 700 bytes,
// in each segment: an article of 400 words has a hundred keys. What is held is the directories (at most 16 MiB each, of larger ones
// what is asked for is read), blocks read last (8 MiB), what stands in very many articles (8 MiB a goroutine), and, while
// articles are added, Options.Memory for the segment that is built. That a sample is of 40 bits and an index has millions of articles brings look-ups that lead
// nowhere; they cost a row each, and are no findings.
//
// Four segments of about one size are joined, so that there are two dozen at the most, and an article is written again once for
// each fourfold of the index. Joining copies blocks as they are. It holds some bytes for each block and each
// bucket, and what stands under one key: of a paragraph that all articles have, some 40 bytes for each of them.
//
// # Why files of our own
//
// Measured were Pebble 2.1 (an LSM tree), bbolt 1.5 (a B+ tree) and modernc.org/sqlite 1.62, none of them with cgo, with the
// same blocks, rows, samples and hashes of generated news, ten thousand articles at a time, each such batch made durable ("make
// bench-stores"). The two cores were shared with other work, so that figures of CPU say more than those of time, which are
// several times what an idle machine takes:
//
//	                      added, articles    bytes       asked, articles   opens   one more
//	100,000 articles      a CPU second       an article  a CPU second      in      article
//	segments of our own   13,700             2,020       430               1 ms    32 ms
//	Pebble                15,600             2,730       410               1.4 s   14 ms
//	bbolt                 3,800              10,200      2,100             6 ms    7 ms
//	SQLite                4,800              3,190       370               1 ms    16 ms
//	1,000,000 articles
//	segments of our own   11,300             2,024       440               13 ms   25 ms
//	Pebble                12,100             2,710       110               1.0 s   2 ms
//	bbolt, 240,000        2,200              10,200      -                 45 ms   21 ms
//	SQLite, 490,000       3,000              3,230       -                 1 ms    9 ms
//
// bbolt and SQLite were stopped after six minutes of adding; their last batches came in at 220 and 690 articles a second of time,
// and were getting slower: a tree of keys has to find a place in all of it for each of a hundred keys. What is asked is
// the keys of an article, of each at most the dedup.HotSample articles that are read here too, and what
// stands in the first article that they lead to; of our own, the making of the sketch too, which also is in its figures of adding.
//
// So bbolt lost by its size and by adding, SQLite by adding. Pebble adds as fast and logs one more article sooner; it takes a third more
// room, opens slowly after much was added (its log is read), and would have been the choice if segments were not what
// remains of an LSM tree when articles come in order and a list is one value: they fit what is asked, are the smallest, and need no library.
//
// # Literature
//
// Lester, Moffat, Zobel: Fast on-line index construction by geometric partitioning (CIKM 2005), for the joining. O'Neil, Cheng,
// Gawlick, O'Neil: The log-structured merge-tree (1996).
package index
