package report

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// csvColumns are the columns of the CSV report. As in JSON, columns are only ever
// added, behind the last.
var csvColumns = []string{
	"kind", "label", "similarity", "a_in_b", "b_in_a", "shared_shingles", "a_shingles", "b_shingles",
	"same_source", "earlier", "seconds_apart", "cluster",
	"a_key", "a_path", "a_line", "a_source", "a_title", "a_url", "a_published", "a_words",
	"b_key", "b_path", "b_line", "b_source", "b_title", "b_url", "b_published", "b_words",
	"fingerprint", "new",
}

// writeCSV writes one row a pair, below a row with the names of the columns, as
// RFC 4180 has it. Spreadsheets run what begins like a formula, so no cell does;
// what is not known is an empty cell.
func writeCSV(out *bufio.Writer, result *dedup.Result, opts Options) error {
	rows := csv.NewWriter(out)
	rows.UseCRLF = true
	if err := rows.Write(csvColumns); err != nil {
		return err
	}
	table := csvTable{result, result.ClusterOf()}
	for i := range result.Pairs {
		if err := rows.Write(append(table.row(&result.Pairs[i]), strconv.FormatBool(opts.Review.IsNewPair(i)))); err != nil {
			return err
		}
	}
	rows.Flush()
	return rows.Error()
}

type csvTable struct {
	*dedup.Result
	clusterOf []int32
}

func (t csvTable) row(pair *dedup.Pair) []string {
	row := []string{
		string(pair.Kind), string(pair.Label), csvFigure(pair.Similarity), csvFigure(pair.AInB), csvFigure(pair.BInA),
		strconv.Itoa(pair.Shared), strconv.Itoa(pair.ShinglesA), strconv.Itoa(pair.ShinglesB),
	}
	row = append(row, t.relation(pair)...)
	row = append(row, t.cluster(pair))
	row = append(row, t.article(pair.A)...)
	row = append(row, t.article(pair.B)...)
	return append(row, string(appendHex(nil, pair.Fingerprint)))
}

// relation returns whether the sources are the same, and which article is the
// earlier one by how much: a sign before a number would look like a formula.
func (t csvTable) relation(pair *dedup.Pair) []string {
	relation := t.Relation(pair.A, pair.B)
	same, earlier, apart := "", "", ""
	if relation.Sources != dedup.UnknownSources {
		same = strconv.FormatBool(relation.Sources == dedup.SameSource)
	}
	if relation.Timed {
		seconds := relation.Apart
		switch {
		case seconds > 0:
			earlier = "a"
		case seconds < 0:
			earlier, seconds = "b", -seconds
		}
		apart = strconv.FormatInt(seconds, 10)
	}
	return []string{same, earlier, apart}
}

// cluster returns the number, from 1 in the order of the JSON report, of the cluster
// that holds both articles.
func (t csvTable) cluster(pair *dedup.Pair) string {
	if at := t.clusterOf[pair.A]; at >= 0 && at == t.clusterOf[pair.B] {
		return strconv.Itoa(int(at) + 1)
	}
	return ""
}

func (t csvTable) article(id dedup.ArticleID) []string {
	article := &t.Articles[id]
	cells := []string{cell(article.Key), cell(article.Path), strconv.Itoa(article.Line), cell(article.Source), "", "", "", strconv.Itoa(article.Words)}
	if meta := article.Meta; meta != nil {
		cells[4], cells[5] = cell(meta.Title), cell(meta.URL)
		if !meta.Published.IsZero() {
			cells[6] = cell(meta.Published.Format(time.RFC3339)) // years before the first begin with a sign
		}
	}
	return cells
}

func csvFigure(share float64) string { return strconv.FormatFloat(figure(share), 'f', -1, 64) }

// formulaStarts are the characters that begin a formula in one spreadsheet or
// another; the full-width ones do where Japanese is written.
const formulaStarts = "=+-@＝＋－＠"

// cell makes words of the corpus safe to stand in a cell: controls, a tab and a
// carriage return among them, are written as escapes, and what would begin a
// formula, behind spaces and what is not seen too, gets an apostrophe before it. Where a decimal comma is
// written, spreadsheets part cells at semicolons, so that what follows one begins a cell.
func cell(text string) string {
	parts := strings.Split(Harmless(text), ";")
	for i, part := range parts {
		start := strings.TrimLeftFunc(part, isNothing)
		if first, _ := utf8.DecodeRuneInString(start); start != "" && strings.ContainsRune(formulaStarts, first) {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, ";")
}

// isNothing reports whether a spreadsheet may pass over a character before a formula.
func isNothing(r rune) bool { return r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
