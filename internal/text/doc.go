// Package text takes an article's body apart: tokens in a normal form, and
// paragraphs, each with its byte range in the body.
//
// It knows nothing of articles, files or hashes, finds no languages, sentences or
// stems, and has no dictionary.
//
// # Normal form
//
// Two texts that a reader takes for the same words have the same normal form:
//
//  1. Ignorable characters are dropped, as if they did not stand there: the
//     default-ignorable code points and all of category Cf. So a soft hyphen and
//     a zero-width space vanish, and a zero-width non-joiner joins a Persian word.
//  2. Apostrophes (see isApostrophe) become U+0027.
//  3. The rest is decomposed (NFKD), its case is folded in full, and it is
//     decomposed and composed again (NFKC): NFKC_Casefold of Unicode (section
//     3.13) but for the rules above. Final sigma is σ, ß is ss, ﬁ is fi, the
//     Turkish ı stays itself and İ is i with a dot.
//
// Marks are ordered over runs of any length, not of 30 at a time as x/text does
// in its stream-safe format, so that equivalent texts are always equal.
//
// # Tokens
//
// A token is a letter or digit and all letters, digits and marks that follow
// it. Letters are category L; digits are all of category N, so that Roman and
// Ethiopic numerals count. An apostrophe with a letter, digit or mark before it
// and a letter or digit behind it belongs to the token; any other is a separator.
//
// Han, hiragana, katakana, Thai, Lao, Khmer and Myanmar are written without
// spaces: each character of them (of the normal form, so each vowel sign and
// digit too) is a token of its own, together with marks of other scripts that
// follow and do not compose. A mark with no token before it stands on nothing
// and is a separator, as ¨ and ‾ are. All else separates: spaces, punctuation,
// symbols, control, private-use and unassigned characters, and U+FFFD, for
// which every byte counts that is not UTF-8.
//
// No token is cut, however long. The normal form of a normal form is itself.
//
// # Ranges
//
// The range of a token spans the characters that it was made from. What a
// character is made into has the range of that character: the tokens 1 and 2 of
// ½ have the same. Marks that canonical order exchanges all have the range of
// their run. Starts and ends never decrease from token to token.
//
// # Paragraphs
//
// A line ends at LF, CR, CRLF, VT, FF, U+2028 or U+2029, which part tokens too.
// In the style Line each line that is not blank is a paragraph. In the style
// Blank the lines between two blank ones are a paragraph, and a line that is
// indented at least two columns deeper than the line before it begins one, as
// newswires do. Auto is Blank for text that was broken to a width, and Line for
// all other; isHardWrapped says how that is told. Hard-wrapped text that marks its
// paragraphs in neither way is one paragraph. A paragraph may have no token ("* * *").
//
// Told right, of the articles that have a line followed at once by another (only
// those can be told wrong): of hard-wrapped ones, reuters21578 17,281 of 18,134,
// the others being tables and headlines broken in two, and ocr_overproof2 455 of
// 477; of others, fnc1 542 of 543, bbc_cross 38 of 38, ecb_plus 920 of 921,
// livedoor_ja 6,218 of 6,230, ant_arabic 9,702 of 9,707, grimmer_press 6,188 of
// 6,240, the rest being program text. The masakhane and onestop corpora have
// no more than one such article.
//
// # Plain and wide tokens
//
// A plain token is ASCII letters, digits and inner apostrophes with an ASCII
// separator, a common quote or dash, or nothing on either side. Its normal form is
// its bytes in lower case, so it is written nowhere, and only its range is kept. Any
// other token is wide, and has its normal form in Document.Norm.
//
// Bytes are classified 64 at a time, one bit each (classify): by AVX2 where there
// is, else eight bytes at a time. Where a block has plain bytes alone, the bits
// that differ from the one before are the starts and the ends of its tokens. Where
// it has others, the full path goes from the start of that word to the next ASCII
// separator. There, characters are looked up in pages of 256 that are built from
// x/text when a text first asks for one, and only where a character may join the
// one before, or change places with it, is the text normalised segment by segment.
// Tests and fuzzing hold all of that equal to a plain reference, on every script,
// and the two ways of classifying equal to each other.
//
// # Cost
//
// Time is linear in the length of the body, whatever it holds. MB of UTF-8 a
// second on one core, paragraphs included (BenchmarkParse): ASCII 2,140, with
// curly quotes in every third word 430, Chinese 350, Cyrillic, Arabic and Korean
// 260 to 290, Devanagari 230, Thai 180, Vietnamese 110, decomposed Korean 115
// and Vietnamese 80. AVX2 classifies 31,600 MB/s where plain Go does 1,860
// (BenchmarkClassify), which is an eighth of the time of a whole scan.
//
// Memory is that of the result, half a byte for each byte of the body, and 16
// bytes for each line and for each mark of the longest run; nothing is allocated
// once the slices have their size.
//
// # Literature
//
// The Unicode Standard, chapter 3 (sections 3.11 to 3.13); UAX #15, Unicode
// Normalization Forms; UAX #44, Unicode Character Database.
package text
