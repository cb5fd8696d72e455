// Package report turns a dedup.Result into what a user reads: text for a
// person, one JSON document, JSON lines, one HTML file for a browser (whose layout,
// style and script are package page's), Markdown for a comment, CSV, and the forms in
// which build servers and code hosts take findings (SARIF, JUnit, GitHub's workflow
// commands, GitLab's code quality); a dedup.Comparison of two articles into text or
// JSON (Explanation); a quality.Evaluation into text, JSON or HTML with its curves; and a
// quality.Tuning into text.
//
// It decides nothing about articles: which findings there are, their order and
// their figures come from the Result, and the JSON forms hold all of them. The
// text form groups them (clusters, runs of repeated paragraphs, places of one
// text) and shortens them, and says what it left out. The package opens no
// file and knows no flag: advice that names one is handed in as Hints.
//
// Invariants:
//   - Equal Results and Options give equal bytes.
//   - Text output holds no control character but the line feed, and, where
//     colour is asked for, the SGR sequences written here. All that comes from
//     the corpus passes through one function first (Harmless).
//   - JSON output is valid UTF-8 without a raw control character inside a
//     string, validates against the schemas of Schema, and within version 1
//     only grows: keys are added, none is renamed, removed or given another
//     meaning.
//   - HTML holds no control or deceptive character of the corpus: those of names are
//     escaped by Harmless, those of texts by shownText. What is marked as shared is what
//     dedup.Compare found, byte for byte.
//   - In Markdown all that comes from the corpus stands in code spans, and the whole is
//     at most maxMarkdown bytes. No cell of CSV begins a formula.
//   - A share below 1 is never written as 1 or as 100 %.
//   - SARIF validates against the schema of the standard. No text of the corpus makes
//     an element of XML, a link of SARIF or a workflow command.
//
// Cost: one pass over the findings. JSON is written finding by finding and
// needs memory for the largest one alone. Text needs about twelve bytes an
// article, eight a finding and some fifty a text that stands again for its
// grouping. Neither is built as one string. JUnit holds a line for each finding, and
// all forms for build servers number those of one text, in some forty bytes a text.
//
// HTML needs some 100 bytes an article that
// is in a finding, and the texts of a cluster, a story or a pair at a time. Of 73,000 articles with 66,000 pairs
// and 55,000 repeats it is 41 MB, of which 26 MB are texts, and takes 2.5 seconds beyond
// the scan; on a machine with other work Chromium paints it after 0.1 to 0.5 seconds,
// has drawn the first list after 0.5 to 2.7, and holds 50 MB for the script. Of 120,000
// articles in 41,000 clusters it is 57 MB, drawn after 1.9 to 2.8 seconds. A filter of
// 50,000 findings answers in under 0.1 seconds.
//
// Literature: SARIF 2.1.0 with errata 01 (OASIS), RFC 4180 (CSV), CommonMark 0.31 (code spans), RFC 3986 (URIs), RFC 8259 (JSON),
// JSON Lines 1.0, JSON Schema draft 2020-12,
// ECMA-48 (control functions), Unicode TR 36 and TR 9 (bidirectional controls
// as a way to deceive a reader), UAX 11 (widths of characters).
package report
