// Package report turns a dedup.Result into what a user reads: text for a
// person, one JSON document, JSON lines, and the forms in which build servers
// and code hosts take findings (SARIF, JUnit, GitHub's workflow commands, GitLab's
// code quality); and a dedup.Comparison of two articles likewise (Explanation).
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
// Literature: SARIF 2.1.0 with errata 01 (OASIS), RFC 3986 (URIs), RFC 8259 (JSON), JSON Lines 1.0, JSON Schema draft 2020-12,
// ECMA-48 (control functions), Unicode TR 36 and TR 9 (bidirectional controls
// as a way to deceive a reader), UAX 11 (widths of characters).
package report
